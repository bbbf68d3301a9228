//! The composers: choose, words, form, check, send. New comments and corrections share them.

use actix_web::http::StatusCode;
use actix_web::web;

use super::compose::{self, Selection};
use super::composer::{Composer, Opened, Purpose};
use super::correct::{self, CorrectError};
use super::drafts::{content, store as drafts, typed};
use super::form;
use super::model::{Comment, Kind, State};
use super::store;
use super::submit::{self, Incoming, SendError, Spent, Stationery, SubmitError};
use crate::accounts::pages::sign_in_with;
use crate::db::DbError;
use crate::ids::{AccountId, CommentId, DraftId};
use crate::norms::model::{Norm, TextVersion, Window};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// The norm at an address, its open wording and the window.
async fn text(ctx: &Ctx, slug: String) -> Result<(Norm, TextVersion, Window), PageError> {
    let now = ctx.now;
    let found = ctx
        .site()
        .db()
        .read(move |conn| {
            let (Some(norm), Some(consultation)) = (norms::norm_by_slug(conn, &slug)?, norms::consultation(conn)?)
            else {
                return Ok::<_, DbError>(None);
            };
            let version = norms::current_version(conn, norm.id)?;
            Ok(Some((norm, version, consultation.window(now))))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

fn stationery(ctx: &Ctx, vocabulary: &web::Data<Vocabulary>) -> Stationery {
    Stationery { origin: ctx.site().origin(), vocabulary: vocabulary.clone().into_inner() }
}

/// `GET /norms/{slug}/comments/new`
pub async fn choose(ctx: Ctx, slug: web::Path<String>) -> Page {
    let (norm, version, window) = text(&ctx, slug.into_inner()).await?;
    Composer::new_comment(&ctx, &norm, &version, Kind::General).choose_page(window)
}

/// `GET /norms/{slug}/comments/new/{kind}`
pub async fn new(ctx: Ctx, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (slug, kind) = path.into_inner();
    let kind = Kind::parse(&kind).ok_or(PageError::NotFound)?;
    let (norm, version, window) = text(&ctx, slug).await?;
    let account = ctx.signed_in()?.id;
    let composer = Composer::new_comment(&ctx, &norm, &version, kind);
    if !matches!(window, Window::Open(_)) {
        return composer.shut_page(window, &Fields::default());
    }
    let last = ctx.site().db().read(move |conn| store::last_publication(conn, account)).await?;
    let mut fields = ctx.query.clone().with("form_id", CommentId::new().to_string());
    if let Some(publication) = last {
        fields.set("publication", publication.as_str());
    }
    open(&composer, fields, &vocabulary)
}

/// The first page of a composer: for wording, the words come first.
fn open(composer: &Composer, fields: Fields, vocabulary: &Vocabulary) -> Page {
    if composer.kind != Kind::Wording {
        return composer.form_page(Form::filled(fields), None, vocabulary);
    }
    match compose::select(composer.version, &fields) {
        Ok(Selection::Nothing) => composer.words_page(Form::filled(fields)),
        Ok(Selection::Several(places)) => composer.which_page(&fields, &places),
        Ok(Selection::Words(anchor)) => composer.form_page(Form::filled(fields), Some(&anchor), vocabulary),
        Err(fault) => {
            let mut form = Form::filled(fields);
            form.error(fault.field(), composer.ctx.t(fault.message()));
            composer.words_page(form)
        }
    }
}

/// The page of a composer that a draft was left on. A choice of words that can't be read is asked for again without
/// reproach.
pub(super) fn reopen(composer: &Composer, fields: Fields, vocabulary: &Vocabulary) -> Page {
    match compose::select(composer.version, &fields) {
        Err(_) if composer.kind == Kind::Wording => composer.words_page(Form::filled(fields)),
        _ => open(composer, fields, vocabulary),
    }
}

/// What stands before everything else that a composer's form can ask for: a script whose session is another one gets the
/// token of this one, and a draft is kept as it is.
async fn kept(composer: &Composer<'_>, account: AccountId, fields: &Fields, genuine: bool) -> Option<Page> {
    if !genuine && composer.ctx.asks_json() {
        let fresh = serde_json::json!({ "csrf": composer.ctx.csrf() });
        return Some(composer.ctx.json(StatusCode::FORBIDDEN, &fresh));
    }
    if genuine && fields.get("go") == "save" {
        return Some(typed::save(composer, account, fields).await);
    }
    None
}

/// `POST /norms/{slug}/comments/new/{kind}`
pub async fn create(posted: Posted, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (slug, kind) = path.into_inner();
    let kind = Kind::parse(&kind).ok_or(PageError::NotFound)?;
    let (norm, version, window) = text(&posted.ctx, slug).await?;
    let Some(account) = posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    };
    let genuine = posted.is_genuine();
    let (ctx, fields) = (posted.ctx, posted.fields);
    let composer = Composer::new_comment(&ctx, &norm, &version, kind);
    if let Some(page) = kept(&composer, account, &fields, genuine).await {
        return page;
    }
    if !matches!(window, Window::Open(_)) && fields.get("go") != "send" {
        return composer.shut_page(window, &fields);
    }
    let id = CommentId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let answers = match composer.step(&fields, genuine, &vocabulary)? {
        Ok(answers) => answers,
        Err(page) => return Ok(page),
    };
    let it = Incoming { id, account, norm: norm.id, text_version: version.id, class: None, answers };
    let spent = Spent { version: typed::version(&fields), content: content::of(&fields) };
    match submit::submit(ctx.site().db(), ctx.now, it, spent, stationery(&ctx, &vocabulary)).await {
        Ok(reference) => ctx.to(&format!("/receipts/{reference}")),
        Err(SendError::DraftChanged(draft)) => typed::conflict(&composer, account, &fields, *draft, true).await,
        Err(SendError::Submit(SubmitError::NotOpen(window))) => composer.shut_page(window, &fields),
        Err(SendError::Submit(SubmitError::TextChanged)) => composer.text_changed(fields, &vocabulary),
        Err(SendError::Submit(SubmitError::FormUsed)) => typed::used(&composer, account, &fields).await,
        Err(SendError::Submit(SubmitError::Database(DbError::Unavailable(why)))) => {
            tracing::warn!(why, "a comment could not be stored");
            composer.not_now(&fields)
        }
        Err(SendError::Submit(SubmitError::Database(error))) => Err(error.into()),
    }
}

/// A comment of the person signed in, with its text. `None`: there is none by this reference that is theirs.
async fn own(ctx: &Ctx, reference: String) -> Result<(Comment, Norm, TextVersion, String), PageError> {
    let account = ctx.signed_in()?.id;
    let found = ctx
        .site()
        .db()
        .read(move |conn| {
            let comment = store::by_reference(conn, &reference)?.filter(|it| it.author.account == account);
            let Some(comment) = comment else { return Ok::<_, DbError>(None) };
            let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
            let answers = store::answers(conn, comment.id)?;
            let request =
                answers.into_iter().rev().find(|it| it.outcome == "return" && it.revision == comment.revision);
            Ok(Some((comment, norm, version, request.map(|it| it.statement).unwrap_or_default())))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

fn correction<'a>(ctx: &'a Ctx, comment: &Comment, text: (&'a Norm, &'a TextVersion), request: String) -> Composer<'a> {
    let purpose = Purpose::Correction { reference: comment.reference.clone(), request };
    Composer { ctx, norm: text.0, version: text.1, kind: comment.kind, purpose, opened: None }
}

/// `GET /my-comments/{reference}/correction`
pub async fn correct_page(ctx: Ctx, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (comment, norm, version, request) = own(&ctx, reference.into_inner()).await?;
    if !comment.can_be_corrected() {
        return Err(PageError::Conflict);
    }
    let window = text(&ctx, norm.slug.clone()).await?.2;
    let fields = form::filled(&comment.body, comment.publication)
        .with("version", comment.version.to_string())
        .with("form_id", CommentId::new().to_string());
    let composer = correction(&ctx, &comment, (&norm, &version), request);
    if comment.state == State::Pending && !matches!(window, Window::Open(_)) {
        return composer.shut_page(window, &Fields::default());
    }
    open(&composer, fields, &vocabulary)
}

/// The composer of a correction as a draft left it; 409 with what was typed if the comment changed since.
pub(super) async fn open_correction(
    ctx: &Ctx,
    reference: String,
    opened: Opened,
    fields: Fields,
    vocabulary: &Vocabulary,
) -> Page {
    let (comment, norm, version, request) = own(ctx, reference).await?;
    let composer = Composer { opened: Some(opened), ..correction(ctx, &comment, (&norm, &version), request) };
    if fields.get("version") != comment.version.to_string() || !comment.can_be_corrected() {
        return composer.overtaken(&comment, &fields);
    }
    reopen(&composer, fields, vocabulary)
}

/// `POST /my-comments/{reference}/correction`
pub async fn correct(posted: Posted, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let Some(account) = posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    };
    let (comment, norm, version, request) = own(&posted.ctx, reference.clone()).await?;
    let genuine = posted.is_genuine();
    let (ctx, fields) = (posted.ctx, posted.fields);
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let composer = correction(&ctx, &comment, (&norm, &version), request);
    if fields.get("go") == "save" && expected != comment.version {
        return composer.overtaken(&comment, &fields);
    }
    if let Some(page) = kept(&composer, account, &fields, genuine).await {
        return page;
    }
    let answers = match composer.step(&fields, genuine, &vocabulary)? {
        Ok(answers) => answers,
        Err(page) => return Ok(page),
    };
    let (now, letters) = (ctx.now, stationery(&ctx, &vocabulary));
    let own_page = format!("/my-comments/{reference}");
    let draft = DraftId::parse(fields.get("form_id"));
    let outcome = ctx
        .site()
        .db()
        .write(move |conn| {
            correct::correct(conn, now, account, &reference, expected, &answers, &letters)?;
            if let Some(draft) = draft {
                drafts::discard_of(conn, account, draft)?;
            }
            Ok(())
        })
        .await;
    match outcome {
        Ok(()) => ctx.to_with(&own_page, "flash-corrected"),
        Err(CorrectError::NotFound) => Err(PageError::NotFound),
        Err(CorrectError::Changed(now)) => composer.overtaken(&now, &fields),
        Err(CorrectError::NotOpen(window)) => composer.shut_page(window, &fields),
        Err(CorrectError::Database(DbError::Unavailable(why))) => {
            tracing::warn!(why, "a correction could not be stored");
            composer.not_now(&fields)
        }
        Err(CorrectError::Database(error)) => Err(error.into()),
    }
}

/// 409: what was typed could not be stored, and is shown to be copied.
pub(super) const NOT_STORED: StatusCode = StatusCode::CONFLICT;
