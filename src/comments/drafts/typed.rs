//! What a composer answers when it is kept as a draft, and when a draft stands in the way of sending it.

use actix_web::http::StatusCode;
use askama::Template;
use serde_json::json;

use super::content;
use super::keep::{self, KeepError};
use super::model::{self, Draft};
use super::save::{SaveError, Saving};
use crate::accounts::store as accounts;
use crate::comments::composer::{Composer, Purpose};
use crate::comments::not_taken::WRITTEN;
use crate::comments::redline::Redline;
use crate::db::DbError;
use crate::ids::{AccountId, CommentId, DraftId, TextVersionId};
use crate::norms::store as norms;
use crate::web::{Ctx, Fields, Page, PageError};

/// Two longer texts than this, in bytes, are shown without what changed between them.
const LONGEST_COMPARED: usize = 20_000;

/// One field of two versions.
struct Pair {
    label: String,
    theirs: String,
    yours: String,
    redline: Option<Redline>,
}

#[derive(Template)]
#[template(path = "comments/draft_conflict.html")]
struct ConflictPage<'a> {
    ctx: &'a Ctx,
    title: String,
    text: String,
    pairs: Vec<Pair>,
    theirs: DraftId,
    yours: Option<DraftId>,
}

/// Keeps what a composer holds, complete or not. A script hears so as data, a person on the draft's page.
pub async fn save(composer: &Composer<'_>, account: AccountId, fields: &Fields) -> Page {
    let ctx = composer.ctx;
    let it = saving(composer, account, fields).await?;
    if it.content.len() > content::MOST_BYTES {
        return refused(composer, StatusCode::PAYLOAD_TOO_LARGE, "drafts-too-large", fields);
    }
    let (id, expected) = (it.id, version(fields));
    match keep::keep(ctx.site().db(), ctx.now, it.clone(), expected).await {
        Ok(version) => saved(ctx, id, version),
        Err(KeepError::Sent(_)) => used(composer, account, fields).await,
        Err(KeepError::Save(SaveError::Changed(stored))) => conflict(composer, account, fields, *stored, false).await,
        Err(KeepError::Save(SaveError::NotTheirs)) => {
            refused(composer, StatusCode::CONFLICT, "drafts-not-theirs", fields)
        }
        Err(KeepError::Save(SaveError::TooMany)) => refused(composer, StatusCode::CONFLICT, "drafts-too-many", fields),
        Err(KeepError::Save(SaveError::Database(DbError::Unavailable(why)))) => {
            tracing::warn!(why, "a draft could not be kept");
            if ctx.asks_json() { Err(PageError::Unavailable) } else { composer.not_now(fields) }
        }
        Err(KeepError::Save(SaveError::Database(error))) => Err(error.into()),
    }
}

/// The version of the draft that a form shows; 0 if it was never saved.
pub fn version(fields: &Fields) -> i64 {
    fields.get("draft_version").parse().unwrap_or(0)
}

async fn saving(composer: &Composer<'_>, account: AccountId, fields: &Fields) -> Result<Saving, PageError> {
    let id = DraftId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let (current, norm) = (composer.version.id, composer.norm.id);
    let text_version = match TextVersionId::parse(fields.get("text_version")) {
        Some(shown) if shown != current => {
            let found = composer.ctx.site().db().read(move |conn| norms::find_version(conn, shown)).await?;
            found.filter(|version| version.norm_id == norm).map_or(current, |version| version.id)
        }
        _ => current,
    };
    let (purpose, reference) = match &composer.purpose {
        Purpose::New => (model::Purpose::Comment, None),
        Purpose::Correction { reference, .. } => (model::Purpose::Correction, Some(reference.clone())),
        // Its form offers no draft.
        Purpose::Received { .. } => return Err(PageError::BadRequest),
    };
    Ok(Saving {
        id,
        account,
        purpose,
        norm: Some(norm),
        text_version: Some(text_version),
        kind: Some(composer.kind),
        reference,
        title: content::title(fields),
        content: content::of(fields),
    })
}

fn saved(ctx: &Ctx, id: DraftId, version: i64) -> Page {
    if ctx.asks_json() {
        return told_saved(ctx, id, version);
    }
    ctx.to_with(&format!("/my-comments/drafts/{id}"), "flash-draft-saved")
}

/// Tells a script that a draft was saved: which, at which version, and when in words.
pub fn told_saved(ctx: &Ctx, id: DraftId, version: i64) -> Page {
    let time = ctx.now.format("%H:%M:%S").to_string();
    let said = json!({
        "id": id.to_string(),
        "version": version,
        "saved_at": ctx.lang.plain("draft-saved-at", &[("time", &time)]),
    });
    ctx.json(StatusCode::OK, &said)
}

/// Not kept: says why, and shows what was typed.
fn refused(composer: &Composer, status: StatusCode, why: &str, fields: &Fields) -> Page {
    let ctx = composer.ctx;
    if ctx.asks_json() {
        return ctx.json(status, &json!({ "text": ctx.t(format!("{why}-text")) }));
    }
    let page = composer.kept_page(&format!("{why}-title"), ctx.t(format!("{why}-text")), fields);
    page.map(|mut answer| {
        *answer.status_mut() = status;
        answer
    })
}

/// 409: the form was sent before, with other words or by somebody else.
pub async fn used(composer: &Composer<'_>, account: AccountId, fields: &Fields) -> Page {
    let ctx = composer.ctx;
    let form = CommentId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let sent = ctx.site().db().read(move |conn| keep::sent_by_another(conn, account, form)).await?;
    let text = match &sent {
        Some((name, reference)) => ctx.t2("drafts-sent-text", "name", name, "reference", reference),
        None => ctx.t("compose-used-text"),
    };
    if ctx.asks_json() {
        return ctx.json(StatusCode::CONFLICT, &json!({ "text": text }));
    }
    let title = if sent.is_some() { "drafts-sent-title" } else { "compose-used-title" };
    composer.kept_page(title, text, fields)
}

/// 409: somebody changed the draft since the form was opened. What was typed is kept as a draft of its own, and both are
/// shown side by side. `sending`: the form was to be sent, not saved.
pub async fn conflict(
    composer: &Composer<'_>,
    account: AccountId,
    fields: &Fields,
    stored: Draft,
    sending: bool,
) -> Page {
    let ctx = composer.ctx;
    let db = ctx.site().db();
    let it = saving(composer, account, fields).await?;
    let yours = keep::keep_apart(db, ctx.now, it).await?;
    let editor = stored.edited_by;
    let name = db.read(move |conn| accounts::by_id(conn, editor)).await?.details.name;
    let text = if editor == account {
        ctx.t1("drafts-conflict-own", "time", ctx.time(stored.edited_at))
    } else {
        ctx.t2("drafts-conflict-other", "name", name, "time", ctx.time(stored.edited_at))
    };
    if ctx.asks_json() {
        let kept = ctx.t(if yours.is_some() { "drafts-conflict-kept" } else { "drafts-conflict-not-kept" });
        let said = json!({
            "text": format!("{text} {kept}"),
            "id": yours.map(|id| id.to_string()),
            "version": 1,
        });
        return ctx.json(StatusCode::CONFLICT, &said);
    }
    let page = ConflictPage {
        ctx,
        title: ctx.t(if sending { "drafts-conflict-not-sent" } else { "drafts-conflict-title" }),
        text,
        pairs: pairs(ctx, &content::fields(&stored), fields),
        theirs: stored.id,
        yours,
    };
    ctx.page_as(StatusCode::CONFLICT, &page)
}

fn pairs(ctx: &Ctx, theirs: &Fields, yours: &Fields) -> Vec<Pair> {
    let pair = |(name, label): &(&str, &str)| {
        let (theirs, yours) = (theirs.raw(name), yours.raw(name));
        let compares = !theirs.is_empty() && !yours.is_empty() && theirs.len().max(yours.len()) <= LONGEST_COMPARED;
        let redline = compares.then(|| Redline::between(theirs, yours)).filter(|redline| !redline.is_unchanged());
        Pair { label: ctx.t(label), theirs: theirs.to_owned(), yours: yours.to_owned(), redline }
    };
    let all = WRITTEN.iter().map(pair);
    all.filter(|pair| !(pair.theirs.is_empty() && pair.yours.is_empty())).collect()
}
