//! The pages of a paper: begin, parts, details, check. Every page stores what was typed before it says what is wrong.

pub mod begin;
pub mod check;
pub mod details;
pub mod parts;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::model::Paper;
use crate::comments::drafts::model::{Draft, Purpose};
use crate::comments::drafts::save::{self, SaveError, Saving};
use crate::comments::drafts::store as drafts;
use crate::comments::not_taken::shut_words;
use crate::comments::submissions::store as submissions;
use crate::db::DbError;
use crate::ids::{AccountId, DraftId, SubmissionId};
use crate::norms::model::{Norm, TextVersion, Window};
use crate::norms::store as norms;
use crate::web::{Ctx, Fields, Page, PageError};

/// The texts there are to comment on, and when.
struct Texts {
    norms: Vec<Norm>,
    versions: Vec<TextVersion>,
    window: Window,
}

impl Texts {
    async fn read(ctx: &Ctx) -> Result<Self, PageError> {
        let now = ctx.now;
        let read = move |conn: &mut crate::db::AnyConnection| {
            let Some(consultation) = norms::consultation(conn)? else { return Ok::<_, DbError>(None) };
            let (norms, versions) = (norms::norms(conn)?, norms::current_versions(conn)?);
            Ok(Some(Self { norms, versions, window: consultation.window(now) }))
        };
        ctx.site().db().read(read).await?.ok_or(PageError::NotFound)
    }

    fn is_open(&self) -> bool {
        matches!(self.window, Window::Open(_))
    }

    /// The norm with this slug, and its wording.
    fn find(&self, slug: &str) -> Option<(&Norm, &TextVersion)> {
        let norm = self.norms.iter().find(|norm| norm.slug == slug)?;
        Some((norm, self.versions.iter().find(|version| version.norm_id == norm.id)?))
    }

    /// Why nothing is taken now; empty while it is.
    fn shut(&self, ctx: &Ctx) -> String {
        shut_words(ctx, self.window)
    }
}

/// A paper that is being worked on.
struct Opened {
    id: DraftId,
    version: i64,
    paper: Paper,
    texts: Texts,
}

/// What an address of a paper leads to.
enum Found {
    /// A paper that was not sent.
    Open(Box<Opened>),
    /// It was sent: there is its receipt.
    Sent(HttpResponse),
}

/// The paper with this id that `account` may open; 404 if there is none.
async fn find(ctx: &Ctx, account: AccountId, id: &str) -> Result<Found, PageError> {
    let id = DraftId::parse(id).ok_or(PageError::NotFound)?;
    let now = ctx.now;
    let read = move |conn: &mut crate::db::AnyConnection| {
        let draft = drafts::open_to(conn, now, account, id)?.filter(|draft| draft.purpose == Purpose::Paper);
        let sent = match SubmissionId::from_bytes(id.as_bytes()) {
            Some(id) if draft.is_none() => submissions::by_id(conn, id)?.filter(|it| it.account == account),
            _ => None,
        };
        Ok::<_, DbError>((draft, sent))
    };
    match ctx.site().db().read(read).await? {
        (Some(draft), _) => Ok(Found::Open(Box::new(Opened {
            id,
            version: draft.version,
            paper: content(&draft)?,
            texts: Texts::read(ctx).await?,
        }))),
        (None, Some(sent)) => Ok(Found::Sent(ctx.to(&format!("/receipts/{}", sent.reference))?)),
        (None, None) => Err(PageError::NotFound),
    }
}

fn content(draft: &Draft) -> Result<Paper, PageError> {
    serde_json::from_str(&draft.content).map_err(|error| {
        tracing::error!(%error, "a stored paper can't be read");
        PageError::Fault
    })
}

impl Opened {
    /// Where its pages are; `page` is empty for the first.
    fn address(&self, page: &str) -> String {
        let folder = format!("/submissions/paper/{}", self.id);
        if page.is_empty() { folder } else { format!("{folder}/{page}") }
    }

    /// Stores what `fields` made of it, if nobody stored anything since their page was shown; else the page that says
    /// what stands against what.
    async fn save(
        &mut self,
        ctx: &Ctx,
        account: AccountId,
        fields: &Fields,
    ) -> Result<Option<HttpResponse>, PageError> {
        let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
        let (now, saving) = (ctx.now, saving(self.id, account, &self.paper));
        match ctx.site().db().write(move |conn| save::save(conn, now, saving, expected)).await {
            Ok(version) => {
                self.version = version;
                Ok(None)
            }
            Err(SaveError::Changed(stored)) => Ok(Some(self.changed(ctx, &stored, fields)?)),
            Err(SaveError::NotTheirs) => Err(PageError::NotFound),
            Err(SaveError::TooMany) => Err(PageError::Conflict),
            Err(SaveError::Database(DbError::Unavailable(why))) => {
                tracing::warn!(why, "a paper could not be saved");
                let text = ctx.t("papers-not-now");
                Ok(Some(kept(ctx, StatusCode::SERVICE_UNAVAILABLE, "error-unavailable-title", text, &self.paper)?))
            }
            Err(SaveError::Database(error)) => Err(error.into()),
        }
    }

    fn changed(&self, ctx: &Ctx, stored: &Draft, fields: &Fields) -> Page {
        if ctx.asks_json() {
            return ctx.json(StatusCode::CONFLICT, &serde_json::json!({ "text": ctx.t("papers-changed-elsewhere") }));
        }
        let fields = fields.clone().with("version", stored.version.to_string());
        let page =
            ChangedPage { ctx, stored, paper: &self.paper, address: self.address(""), carried: fields.except(&["go"]) };
        ctx.page_as(StatusCode::CONFLICT, &page)
    }

    /// 409: nothing is taken now.
    fn shut(&self, ctx: &Ctx) -> Page {
        kept(ctx, StatusCode::CONFLICT, "compose-shut-title", self.texts.shut(ctx), &self.paper)
    }
}

fn saving(id: DraftId, account: AccountId, paper: &Paper) -> Saving {
    Saving {
        id,
        account,
        purpose: Purpose::Paper,
        norm: None,
        text_version: None,
        kind: None,
        reference: None,
        title: paper.title.clone(),
        content: paper.to_json(),
    }
}

/// A page that can't do what was asked, with the whole text to be copied.
fn kept(ctx: &Ctx, status: StatusCode, title: &str, text: String, paper: &Paper) -> Page {
    ctx.page_as(status, &KeptPage { ctx, title: ctx.t(title), text, paper })
}

#[derive(Template)]
#[template(path = "papers/kept.html")]
struct KeptPage<'a> {
    ctx: &'a Ctx,
    title: String,
    text: String,
    paper: &'a Paper,
}

#[derive(Template)]
#[template(path = "papers/changed.html")]
struct ChangedPage<'a> {
    ctx: &'a Ctx,
    stored: &'a Draft,
    paper: &'a Paper,
    address: String,
    carried: Vec<(&'a str, &'a str)>,
}
