//! The composers: choose, words, form, check, send. New comments and corrections share them.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web;

use super::attachments::attach::Holder;
use super::attachments::intake::{self, Came, FormError, FormFiles, Takes};
use super::compose::{self, Selection};
use super::composer::{Composer, Opened, Purpose};
use super::correct::{self, CorrectError};
use super::drafts::{content, store as drafts, typed};
use super::form;
use super::life::store as life;
use super::model::{Comment, Kind, State};
use super::redaction::store as redaction;
use super::store;
use super::submit::{self, Incoming, SendError, Spent, Stationery, SubmitError};
use crate::accounts::pages::sign_in_with;
use crate::db::DbError;
use crate::files::Files;
use crate::ids::{AccountId, CommentId, DraftId};
use crate::norms::model::{Norm, TextVersion, Window};
use crate::norms::shelf::{Shelf, Texts};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::senders;
use crate::web::form::FILES_LOST;
use crate::web::{Ctx, Fields, Form, Page, PageError, PostedFiles};

/// A text, its open wording and the window; and all texts, as they stand now.
pub(super) struct Text {
    pub norm: Norm,
    pub version: TextVersion,
    window: Window,
    all: Arc<Texts>,
}

/// The text at an address.
pub(super) async fn text(ctx: &Ctx, shelf: &Shelf, slug: &str) -> Result<Text, PageError> {
    let (db, epochs) = (ctx.site().db(), ctx.site().epochs());
    let all = shelf.texts(db, epochs, ctx.now).await?.ok_or(PageError::NotFound)?;
    let (norm, version) = all.find(|norm| norm.slug == slug).ok_or(PageError::NotFound)?;
    let (norm, version, window) = (norm.clone(), version.clone(), all.consultation.window(ctx.now));
    Ok(Text { norm, version, window, all })
}

pub(super) fn stationery(ctx: &Ctx, vocabulary: &web::Data<Vocabulary>) -> Stationery {
    Stationery { origin: ctx.site().origin(), vocabulary: vocabulary.clone().into_inner() }
}

/// `GET /norms/{slug}/comments/new`
pub async fn choose(ctx: Ctx, slug: web::Path<String>, shelf: web::Data<Shelf>) -> Page {
    let Text { norm, version, window, .. } = text(&ctx, &shelf, &slug).await?;
    Composer::new_comment(&ctx, &norm, &version, Kind::General).choose_page(window)
}

/// `GET /norms/{slug}/comments/new/{kind}`
pub async fn new(
    ctx: Ctx,
    path: web::Path<(String, String)>,
    vocabulary: web::Data<Vocabulary>,
    shelf: web::Data<Shelf>,
) -> Page {
    let (slug, kind) = path.into_inner();
    let kind = Kind::parse(&kind).ok_or(PageError::NotFound)?;
    let Text { norm, version, window, .. } = text(&ctx, &shelf, &slug).await?;
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
pub(super) fn open(composer: &Composer, fields: Fields, vocabulary: &Vocabulary) -> Page {
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

/// A script whose session is another one by now gets the token of this one.
pub fn fresh_token(ctx: &Ctx, genuine: bool) -> Option<Page> {
    let fresh = || ctx.json(StatusCode::FORBIDDEN, &serde_json::json!({ "csrf": ctx.csrf() }));
    (!genuine && ctx.asks_json()).then(fresh)
}

fn is_save(fields: &Fields, genuine: bool) -> bool {
    genuine && fields.get("go") == "save"
}

/// Keeps what the form holds as a draft. `None` if a file that came with it is wrong: then the form is shown again.
async fn save(composer: &Composer<'_>, account: AccountId, fields: &mut Fields) -> Option<Page> {
    if composer.files.faults.is_empty() {
        return Some(typed::save(composer, account, fields).await);
    }
    fields.set("go", "edit");
    None
}

/// `POST /norms/{slug}/comments/new/{kind}`
pub async fn create(
    sent: PostedFiles,
    path: web::Path<(String, String)>,
    vocabulary: web::Data<Vocabulary>,
    files: web::Data<Files>,
    shelf: web::Data<Shelf>,
) -> Page {
    let (slug, kind) = path.into_inner();
    let kind = Kind::parse(&kind).ok_or(PageError::NotFound)?;
    let Text { norm, version, window, all } = text(&sent.posted.ctx, &shelf, &slug).await?;
    let Some(account) = sent.posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_first(sent);
    };
    let genuine = sent.posted.is_genuine();
    let (came, ctx, mut fields) = ((sent.files, sent.too_many), sent.posted.ctx, sent.posted.fields);
    let mut composer = Composer::new_comment(&ctx, &norm, &version, kind);
    if let Some(token) = fresh_token(&ctx, genuine) {
        return token;
    }
    if !matches!(window, Window::Open(_)) && !is_save(&fields, genuine) && fields.get("go") != "send" {
        return composer.shut_page(window, &fields);
    }
    let id = CommentId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    // Most forms are sent as they were checked: which files they have only another page would show.
    let is_last_step = genuine && fields.get("go") == "send" && came.0.is_empty() && came.1.is_empty();
    let (norm, text_version) = (norm.id, version.id);
    let it = |answers| Incoming { id, account, norm, text_version, class: None, answers, known: Some(all.clone()) };
    let mut refused = None;
    if is_last_step && let Ok(answers) = composer.step(&fields, genuine, &vocabulary)? {
        match send(&composer, it(answers), &fields, &vocabulary).await {
            Ok(reference) => return ctx.to(&format!("/receipts/{reference}")),
            Err(error) => refused = Some(error),
        }
    }
    composer.files =
        match form_files(&ctx, &files, account, (Holder::Form(id), Takes::Documents), came, genuine, &fields).await {
            Ok(files) => files,
            Err(FormError::Changed) => return Err(PageError::Conflict),
            Err(FormError::NotNow) => return composer.not_now(&fields),
            Err(FormError::Page(error)) => return Err(error),
        };
    if let Some(error) = refused {
        return not_sent(&composer, account, fields, error, &vocabulary).await;
    }
    if is_save(&fields, genuine)
        && let Some(page) = save(&composer, account, &mut fields).await
    {
        return page;
    }
    let answers = match composer.step(&fields, genuine, &vocabulary)? {
        Ok(answers) => answers,
        Err(page) => return Ok(page),
    };
    match send(&composer, it(answers), &fields, &vocabulary).await {
        Ok(reference) => ctx.to(&format!("/receipts/{reference}")),
        Err(error) => not_sent(&composer, account, fields, error, &vocabulary).await,
    }
}

/// Sends what a composer holds; the reference of the comment.
async fn send(
    composer: &Composer<'_>,
    it: Incoming,
    fields: &Fields,
    vocabulary: &web::Data<Vocabulary>,
) -> Result<String, SendError> {
    let ctx = composer.ctx;
    note_sender(ctx, it.account).await?;
    let draft = Spent { version: typed::version(fields), content: content::of(fields) };
    submit::submit(ctx.site().db(), ctx.now, it, draft, stationery(ctx, vocabulary)).await
}

/// The page that says why a comment was not sent, with everything that was typed.
async fn not_sent(
    composer: &Composer<'_>,
    account: AccountId,
    fields: Fields,
    error: SendError,
    vocabulary: &Vocabulary,
) -> Page {
    match error {
        SendError::DraftChanged(draft) => typed::conflict(composer, account, &fields, *draft, true).await,
        SendError::Submit(SubmitError::NotOpen(window)) => composer.shut_page(window, &fields),
        SendError::Submit(SubmitError::TextChanged) => composer.text_changed(fields, vocabulary),
        SendError::Submit(SubmitError::FormUsed) => typed::used(composer, account, &fields).await,
        SendError::Submit(SubmitError::Database(DbError::Unavailable(why))) => {
            tracing::warn!(why, "a comment could not be stored");
            composer.not_now(&fields)
        }
        SendError::Submit(SubmitError::Database(error)) => Err(error.into()),
    }
}

/// Notes for two days from which network address a person sends, in a form that it can't be told from.
async fn note_sender(ctx: &Ctx, account: AccountId) -> Result<(), DbError> {
    match ctx.address() {
        Some(ip) => senders::keep::note(ctx.site().db(), ctx.now, ip, account).await,
        None => Ok(()),
    }
}

/// The sign-in page in place of a form whose session had ended. Of files that came with it only the word stays.
pub(super) fn sign_in_first(sent: PostedFiles) -> Page {
    let mut fields = sent.posted.fields;
    if sent.lost {
        fields.set(FILES_LOST, "yes");
    }
    sign_in_with(&sent.posted.ctx, &sent.posted.ctx.path, &fields)
}

/// The files of a form, after it was seen to that those that came are kept. A form from before the last sign-in changes
/// nothing, but says so.
pub(super) async fn form_files(
    ctx: &Ctx,
    files: &Files,
    account: AccountId,
    (holder, takes): (Holder, Takes),
    came: Came,
    genuine: bool,
    fields: &Fields,
) -> Result<FormFiles, FormError> {
    let was_lost = !fields.get(FILES_LOST).is_empty() || (!genuine && !came.0.is_empty());
    let mut found = if genuine {
        intake::receive(ctx, files, account, holder, takes, came, fields.get("go")).await?
    } else {
        FormFiles::of(intake::listed(ctx, account, holder).await?)
    };
    found.lost = was_lost;
    Ok(found)
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
            // Words that were taken out of it stand in the form again: its author corrects what they wrote.
            let comment = redaction::as_sent(conn, comment)?;
            let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
            let request = life::of(conn, comment.id)?.request(comment.revision).to_owned();
            Ok(Some((comment, norm, version, request)))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

fn correction<'a>(ctx: &'a Ctx, comment: &Comment, text: (&'a Norm, &'a TextVersion), request: String) -> Composer<'a> {
    let purpose = Purpose::Correction { reference: comment.reference.clone(), request };
    let files = FormFiles::default();
    Composer { ctx, norm: text.0, version: text.1, kind: comment.kind, purpose, files, opened: None }
}

/// `GET /my-comments/{reference}/correction`
pub async fn correct_page(
    ctx: Ctx,
    reference: web::Path<String>,
    vocabulary: web::Data<Vocabulary>,
    shelf: web::Data<Shelf>,
) -> Page {
    let (comment, norm, version, request) = own(&ctx, reference.into_inner()).await?;
    if !comment.can_be_corrected() {
        return Err(PageError::Conflict);
    }
    let window = text(&ctx, &shelf, &norm.slug).await?.window;
    let fields = form::filled(&comment.body, comment.publication)
        .with("version", comment.version.to_string())
        .with("form_id", CommentId::new().to_string());
    let holder = Holder::Comment(comment.id, comment.version);
    let mut composer = correction(&ctx, &comment, (&norm, &version), request);
    composer.files = FormFiles::of(intake::listed(&ctx, comment.author.account, holder).await?);
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
    let holder = Holder::Comment(comment.id, comment.version);
    let files = FormFiles::of(intake::listed(ctx, comment.author.account, holder).await?);
    let composer = Composer { opened: Some(opened), files, ..correction(ctx, &comment, (&norm, &version), request) };
    if fields.get("version") != comment.version.to_string() || !comment.can_be_corrected() {
        return composer.overtaken(&comment, &fields);
    }
    reopen(&composer, fields, vocabulary)
}

/// `POST /my-comments/{reference}/correction`
pub async fn correct(
    sent: PostedFiles,
    reference: web::Path<String>,
    vocabulary: web::Data<Vocabulary>,
    files: web::Data<Files>,
) -> Page {
    let Some(account) = sent.posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_first(sent);
    };
    let (comment, norm, version, request) = own(&sent.posted.ctx, reference.clone()).await?;
    let genuine = sent.posted.is_genuine();
    let (came, ctx, mut fields) = ((sent.files, sent.too_many), sent.posted.ctx, sent.posted.fields);
    if let Some(token) = fresh_token(&ctx, genuine) {
        return token;
    }
    let mut expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let mut composer = correction(&ctx, &comment, (&norm, &version), request);
    if is_save(&fields, genuine) && expected != comment.version {
        if ctx.asks_json() {
            let said = serde_json::json!({ "text": ctx.t("compose-overtaken-title") });
            return ctx.json(StatusCode::CONFLICT, &said);
        }
        return composer.overtaken(&comment, &fields);
    }
    let holder = Holder::Comment(comment.id, expected);
    composer.files = match form_files(&ctx, &files, account, (holder, Takes::Documents), came, genuine, &fields).await {
        Ok(files) => files,
        Err(FormError::Changed) => return composer.overtaken(&comment, &fields),
        Err(FormError::NotNow) => return composer.not_now(&fields),
        Err(FormError::Page(error)) => return Err(error),
    };
    // A file that came or went moved the comment on.
    if let Some(Holder::Comment(_, now)) = composer.files.holder {
        expected = now;
        fields.set("version", now.to_string());
    }
    if is_save(&fields, genuine)
        && let Some(page) = save(&composer, account, &mut fields).await
    {
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
