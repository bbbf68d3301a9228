//! The pages of a draft: opened in its composer, shared, discarded.

use actix_web::web;
use askama::Template;
use chrono::TimeDelta;

use super::model::{Draft, Purpose};
use super::{content, share, store};
use crate::accounts::organisations::store as organisations;
use crate::accounts::store as accounts;
use crate::clock::Moment;
use crate::comments::attachments::attach::{Holder, of_form};
use crate::comments::attachments::intake::{self, FormFiles};
use crate::comments::attachments::store as attachments;
use crate::comments::attachments::sweep::delete_bytes;
use crate::comments::composer::{Composer, Opened};
use crate::comments::model::Kind;
use crate::comments::pages;
use crate::comments::redline::Redline;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::files::Files;
use crate::ids::{AccountId, AttachmentId, CommentId, DraftId};
use crate::norms::model::{Norm, TextVersion, Window};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Page, PageError, Posted};

/// Whoever opened or saved a shared draft so lately has it open, as far as anybody can tell.
const PRESENT: TimeDelta = TimeDelta::minutes(5);

#[derive(Template)]
#[template(path = "comments/draft_discard.html")]
struct DiscardPage<'a> {
    ctx: &'a Ctx,
    draft: &'a Draft,
}

#[derive(Template)]
#[template(path = "comments/draft_share.html")]
struct SharePage<'a> {
    ctx: &'a Ctx,
    draft: &'a Draft,
    /// The viewer's organisation; empty if there is none.
    organisation: String,
}

/// A draft of a new comment with what its page needs.
struct Begun {
    norm: Norm,
    /// The wording open for comment.
    current: TextVersion,
    /// The wording it was begun on.
    old: TextVersion,
    window: Window,
}

/// The draft, if the viewer may open it; 404 for everybody else's, as for none.
async fn found(ctx: &Ctx, id: &str) -> Result<(Draft, AccountId), PageError> {
    let viewer = ctx.signed_in()?.id;
    let id = DraftId::parse(id).ok_or(PageError::NotFound)?;
    let now = ctx.now;
    let draft = ctx.site().db().read(move |conn| store::open_to(conn, now, viewer, id)).await?;
    Ok((draft.ok_or(PageError::NotFound)?, viewer))
}

/// [`found`], if the viewer began it; 403 for a member it is only shared with.
async fn own(ctx: &Ctx, id: &str) -> Result<Draft, PageError> {
    let (draft, viewer) = found(ctx, id).await?;
    if draft.account == viewer { Ok(draft) } else { Err(PageError::Forbidden) }
}

/// `GET /my-comments/drafts/{id}`
pub async fn open(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (draft, viewer) = found(&ctx, &id).await?;
    let opened = opened(&ctx, &draft, viewer).await?;
    match draft.purpose {
        Purpose::Comment => open_comment(&ctx, &draft, opened, &vocabulary).await,
        Purpose::Correction => {
            let reference = draft.reference.clone().unwrap_or_default();
            pages::open_correction(&ctx, reference, opened, content::fields(&draft), &vocabulary).await
        }
        Purpose::Paper => ctx.to(&format!("/submissions/paper/{}", draft.id)),
        Purpose::Table => ctx.to(&format!("/submissions/table/{}", draft.id)),
    }
}

/// What the page says about the draft; notes for the others that it is open.
async fn opened(ctx: &Ctx, draft: &Draft, viewer: AccountId) -> Result<Opened, PageError> {
    let (now, draft) = (ctx.now, draft.clone());
    let opened = ctx
        .site()
        .db()
        .write(move |conn| {
            let organisation = organisations::of_member(conn, viewer)?;
            if draft.organisation.is_some() {
                store::opened(conn, now, viewer, draft.id)?;
            }
            let present = present(conn, now, &draft, viewer)?;
            Ok::<_, DbError>(Opened {
                id: draft.id,
                is_shared: draft.organisation.is_some(),
                is_own: draft.account == viewer && draft.purpose == Purpose::Comment,
                organisation: organisation.map(|it| it.name).unwrap_or_default(),
                present,
                change: None,
            })
        })
        .await?;
    Ok(opened)
}

/// Who else has the draft open, and since when.
fn present(
    conn: &mut AnyConnection,
    now: Moment,
    draft: &Draft,
    viewer: AccountId,
) -> DbResult<Option<(String, Moment)>> {
    let edited = (draft.edited_by, draft.edited_at);
    let seen = draft.opened_by.zip(draft.opened_at).into_iter().chain([edited]);
    let lately = seen.filter(|(who, at)| *who != viewer && *at > now - PRESENT);
    match lately.min_by_key(|(_, at)| *at) {
        // Somebody whose account is deleted has nothing open.
        Some((who, at)) => {
            Ok(Some((accounts::by_id(conn, who)?.details.name, at)).filter(|(name, _)| !name.is_empty()))
        }
        None => Ok(None),
    }
}

async fn open_comment(ctx: &Ctx, draft: &Draft, opened: Opened, vocabulary: &Vocabulary) -> Page {
    let (norm, version, now) = (draft.norm, draft.text_version, ctx.now);
    let begun = ctx
        .site()
        .db()
        .read(move |conn| {
            let (Some(norm), Some(version), Some(consultation)) = (norm, version, norms::consultation(conn)?) else {
                return Ok::<_, DbError>(None);
            };
            let (norm, old) = (norms::norm(conn, norm)?, norms::version(conn, version)?);
            let current = norms::current_version(conn, norm.id)?;
            Ok(Some(Begun { norm, current, old, window: consultation.window(now) }))
        })
        .await?;
    let begun = begun.ok_or(PageError::NotFound)?;
    let mut fields = content::fields(draft);
    let mut opened = opened;
    if !opened.is_own {
        // What becomes public is for whoever sends it to choose.
        fields.set("publication", "");
    }
    if begun.old.id != begun.current.id {
        fields = content::carried_over(fields, &begun.old, &begun.current);
        opened.change = Some(Redline::between(&begun.old.body, &begun.current.body));
    }
    let files = match CommentId::from_bytes(draft.id.as_bytes()) {
        Some(form) => intake::listed(ctx, ctx.signed_in()?.id, Holder::Form(form)).await?,
        None => Vec::new(),
    };
    let composer = Composer {
        files: FormFiles::of(files),
        opened: Some(opened),
        ..Composer::new_comment(ctx, &begun.norm, &begun.current, draft.kind.unwrap_or(Kind::General))
    };
    if !matches!(begun.window, Window::Open(_)) {
        return composer.shut_page(begun.window, &fields);
    }
    pages::reopen(&composer, fields, vocabulary)
}

/// `GET /my-comments/drafts/{id}/discard`
pub async fn discard_page(ctx: Ctx, id: web::Path<String>) -> Page {
    let draft = own(&ctx, &id).await?;
    ctx.page(&DiscardPage { ctx: &ctx, draft: &draft })
}

/// `POST /my-comments/drafts/{id}/discard`
pub async fn discard(posted: Posted, id: web::Path<String>, files: web::Data<Files>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let draft = own(&ctx, &id).await?;
    if fields.get("version") != draft.version.to_string() {
        return Err(PageError::Conflict);
    }
    let now = ctx.now;
    let gone = ctx.site().db().write(move |conn| discard_with_files(conn, now, &draft)).await?;
    for id in gone.ok_or(PageError::Conflict)? {
        delete_bytes(&files, id).await;
    }
    ctx.to_with("/my-comments", "flash-draft-discarded")
}

/// Throws the draft and the rows of its files away; the files whose bytes are to go. `None`: it changed meanwhile.
fn discard_with_files(conn: &mut AnyConnection, now: Moment, draft: &Draft) -> DbResult<Option<Vec<AttachmentId>>> {
    let held = match CommentId::from_bytes(draft.id.as_bytes()) {
        // Nothing is listed for a form that was sent: its files belong to what it became.
        Some(form) => of_form(conn, now, draft.account, Holder::Form(form))?,
        None => Vec::new(),
    };
    if !store::discard_as(conn, draft.id, draft.version)? {
        return Ok(None);
    }
    let mut gone = Vec::new();
    for file in held {
        if attachments::remove(conn, file.id)? {
            gone.push(file.id);
        }
    }
    Ok(Some(gone))
}

/// `GET /my-comments/drafts/{id}/sharing`
pub async fn share_page(ctx: Ctx, id: web::Path<String>) -> Page {
    let draft = own(&ctx, &id).await?;
    if draft.purpose != Purpose::Comment {
        return Err(PageError::NotFound);
    }
    let owner = draft.account;
    let organisation = ctx.site().db().read(move |conn| organisations::of_member(conn, owner)).await?;
    let organisation = organisation.map(|it| it.name).unwrap_or_default();
    ctx.page(&SharePage { ctx: &ctx, draft: &draft, organisation })
}

/// `POST /my-comments/drafts/{id}/sharing`
pub async fn share(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let draft = own(&ctx, &id).await?;
    let shared = match fields.get("share") {
        "yes" if draft.purpose == Purpose::Comment => true,
        "no" => false,
        _ => return Err(PageError::BadRequest),
    };
    let (now, owner, id) = (ctx.now, draft.account, draft.id);
    if !ctx.site().db().write(move |conn| share::share(conn, now, owner, id, shared)).await? {
        return Err(PageError::Conflict);
    }
    let flash = if shared { "flash-draft-shared" } else { "flash-draft-unshared" };
    ctx.to_with(&format!("/my-comments/drafts/{id}"), flash)
}
