//! Home, and the permalink of a comment.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web;
use askama::Template;

use super::norm_page;
use super::permalink::{CommentPage, Shown};
use super::social::Head;
use super::store;
use super::supporters;
use super::text;
use crate::announcements;
use crate::announcements::model::Announcement;
use crate::clock::Moment;
use crate::comments::attachments;
use crate::comments::considered::store as considered;
use crate::comments::on_behalf;
use crate::comments::redaction::store as redaction;
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::ids::AccountId;
use crate::norms::model::{Consultation, Norm, TextKind, TextVersion, Window};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::cache::narrow;
use crate::web::{Ctx, Page, PageError};

/// How many announcements stand on the home page and the overview.
pub(super) const LATEST: i64 = 3;

/// A text as a row of the home page.
struct Row {
    norm: Norm,
    opening: String,
}

/// Texts of one kind under their heading.
struct Group {
    heading: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage<'a> {
    ctx: &'a Ctx,
    head: Head,
    consultation: &'a Consultation,
    window: Window,
    groups: Vec<Group>,
    reasons: Vec<&'a str>,
    announcements: Vec<Announcement>,
}

#[derive(Template)]
#[template(path = "public/no_consultation.html")]
struct NoConsultationPage<'a> {
    ctx: &'a Ctx,
}

impl HomePage<'_> {
    /// Whether somebody without an account is to be asked in.
    fn invites(&self) -> bool {
        self.ctx.viewer.is_none() && !matches!(self.window, Window::Closed(_))
    }
}

/// `GET /`
pub async fn home(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, home_page(&ctx, &vocabulary)).await
}

async fn home_page(ctx: &Ctx, vocabulary: &Vocabulary) -> Page {
    let read = |conn: &mut AnyConnection| -> DbResult<_> {
        let announced = announcements::store::latest(conn, LATEST)?;
        Ok((norms::consultation(conn)?, norms::norms(conn)?, norms::current_versions(conn)?, announced))
    };
    let (consultation, norms, versions, announcements) = ctx.site().db().read(read).await?;
    let Some(consultation) = consultation else { return ctx.page(&NoConsultationPage { ctx }) };
    ctx.page(&HomePage {
        ctx,
        head: Head::home(ctx, &consultation),
        window: consultation.window(ctx.now),
        groups: groups(norms, &versions),
        reasons: vocabulary.reasons.items().iter().map(|item| item.label.as_str()).collect(),
        consultation: &consultation,
        announcements,
    })
}

fn groups(norms: Vec<Norm>, versions: &[TextVersion]) -> Vec<Group> {
    let mut groups = [
        (TextKind::Norm, Group { heading: "public-home-norms", rows: Vec::new() }),
        (TextKind::Call, Group { heading: "public-home-calls", rows: Vec::new() }),
        (TextKind::Definition, Group { heading: "public-home-definition", rows: Vec::new() }),
    ];
    for norm in norms {
        let version = versions.iter().find(|version| version.norm_id == norm.id);
        let opening = version.map(text::opening).unwrap_or_default();
        if let Some((_, group)) = groups.iter_mut().find(|(kind, _)| *kind == norm.kind) {
            group.rows.push(Row { norm, opening });
        }
    }
    groups.into_iter().map(|(_, group)| group).filter(|group| !group.rows.is_empty()).collect()
}

/// Why a reference leads to no page.
enum Looked {
    Shown(Box<Shown>),
    Withdrawn,
    Nothing,
}

fn look(conn: &mut AnyConnection, reference: &str, viewer: Option<AccountId>, now: Moment) -> DbResult<Looked> {
    let Some(comment) = store::by_reference(conn, reference)? else {
        let was_public = store::was_public(conn, reference)?;
        return Ok(if was_public { Looked::Withdrawn } else { Looked::Nothing });
    };
    let norm = norms::norm(conn, comment.norm_id)?;
    let version = norms::version(conn, comment.text_version_id)?;
    let mut files = attachments::store::held_by(conn, comment.id.as_bytes())?;
    let cleared = redaction::cleared(conn, &files)?;
    files.retain(|file| file.is_public(&comment, cleared.contains(&file.id)));
    let grounds = if comment.redactions > 0 { redaction::grounds(conn, &comment)? } else { Vec::new() };
    Ok(Looked::Shown(Box::new(Shown {
        is_current: norms::current_version(conn, norm.id)?.id == version.id,
        organisation: on_behalf::store::organisations_of(conn, &[comment.id])?.pop().map(|(_, it)| it),
        supporters: supporters::read(conn, &comment, viewer, now)?,
        shared: norm_page::shared(conn, &norm.slug, comment.id)?,
        files,
        grounds,
        decisions: considered::of_comment(conn, comment.id)?,
        comment,
        norm,
        version,
    })))
}

/// `GET /comments/{reference}`: 404 for everything that was never public, 410 for what was.
pub async fn comment(ctx: Ctx, typed: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let reference = Reference::parse(&typed).map_err(|_| PageError::NotFound)?;
    if reference.as_str() != typed.as_str() {
        return ctx.to(&format!("/comments/{reference}"));
    }
    let page = comment_page(&ctx, &reference, &vocabulary);
    // What somebody signed in may add to a comment differs for everybody.
    if ctx.viewer.is_some() { page.await } else { ctx.cached(Scope::Record, page).await }
}

async fn comment_page(ctx: &Ctx, reference: &Reference, vocabulary: &Vocabulary) -> Page {
    let (viewer, now, reference) = (ctx.viewer.as_ref().map(|viewer| viewer.id), ctx.now, reference.clone());
    match ctx.site().db().read(move |conn| look(conn, reference.as_str(), viewer, now)).await? {
        Looked::Shown(shown) => {
            let mut page = ctx.page(&CommentPage::new(ctx, vocabulary, &shown))?;
            // The same address gives data to those who ask for it.
            page.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
            Ok(narrow(page, Scope::Norm(&shown.norm.slug)))
        }
        Looked::Withdrawn => Err(PageError::Gone),
        Looked::Nothing => Err(PageError::NotFound),
    }
}
