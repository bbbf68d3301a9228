//! Home, the page of a norm, the permalink of a comment.

use std::collections::BTreeMap;

use actix_web::web;
use askama::Template;

use super::entry::Entry;
use super::model::{Cursors, PlaceCursor, quotations};
use super::permalink::{CommentPage, Shown};
use super::store;
use super::supporters;
use super::text::{self, ShownClause};
use crate::accounts::organisations::model::Organisation;
use crate::announcements;
use crate::announcements::model::Announcement;
use crate::clock::Moment;
use crate::comments::attachments;
use crate::comments::model::{Comment, Kind};
use crate::comments::on_behalf;
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};
use crate::norms::model::{Consultation, Norm, TextKind, TextVersion, Window};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Language, Page, PageError};

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

/// The comments of one kind on a norm page.
struct Section<'a> {
    kind: Kind,
    heading: &'static str,
    pages: &'static str,
    empty: &'static str,
    count: i64,
    entries: Vec<Entry<'a>>,
    /// The address of the first page; empty on it.
    first_page: String,
    /// The address of the next page; empty on the last.
    next_page: String,
}

#[derive(Template)]
#[template(path = "public/norm.html")]
struct NormPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    version: &'a TextVersion,
    window: Window,
    clauses: Vec<ShownClause>,
    quotations: Vec<&'a str>,
    whole: &'static str,
    sections: Vec<Section<'a>>,
}

impl NormPage<'_> {
    fn is_open(&self) -> bool {
        matches!(self.window, Window::Open(_))
    }
}

impl HomePage<'_> {
    /// Whether readers are to be asked to take part.
    fn invites(&self) -> bool {
        !matches!(self.window, Window::Closed(_))
    }
}

/// `GET /`
pub async fn home(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    let read = |conn: &mut AnyConnection| -> DbResult<_> {
        let announced = announcements::store::latest(conn, LATEST)?;
        Ok((norms::consultation(conn)?, norms::norms(conn)?, norms::current_versions(conn)?, announced))
    };
    let (consultation, norms, versions, announcements) = ctx.site().db().read(read).await?;
    let Some(consultation) = consultation else { return ctx.page(&NoConsultationPage { ctx: &ctx }) };
    ctx.page(&HomePage {
        ctx: &ctx,
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

/// What the page of a norm is made of.
struct NormData {
    consultation: Consultation,
    norm: Norm,
    version: TextVersion,
    /// Earlier versions that comments on the page are about.
    earlier: Vec<TextVersion>,
    lists: Vec<(Kind, Vec<Comment>, Option<PlaceCursor>)>,
    /// Whom they speak for.
    organisations: BTreeMap<CommentId, Organisation>,
}

impl NormData {
    fn read(conn: &mut AnyConnection, slug: &str, cursors: &Cursors) -> DbResult<Option<Self>> {
        let (Some(consultation), Some(norm)) = (norms::consultation(conn)?, norms::norm_by_slug(conn, slug)?) else {
            return Ok(None);
        };
        let version = norms::current_version(conn, norm.id)?;
        let mut lists = Vec::new();
        let mut earlier: Vec<TextVersion> = Vec::new();
        for kind in Kind::ALL {
            let mut comments = store::published(conn, norm.id, *kind, cursors.of(*kind))?;
            let next = PlaceCursor::cut(&mut comments);
            for id in comments.iter().map(|comment| comment.text_version_id) {
                if id != version.id && earlier.iter().all(|known| known.id != id) {
                    earlier.push(norms::version(conn, id)?);
                }
            }
            lists.push((*kind, comments, next));
        }
        let ids: Vec<CommentId> = lists.iter().flat_map(|(_, list, _)| list).map(|comment| comment.id).collect();
        let organisations = on_behalf::store::organisations_of(conn, &ids)?.into_iter().collect();
        Ok(Some(Self { consultation, norm, version, earlier, lists, organisations }))
    }

    fn entry<'a>(&'a self, comment: &'a Comment, vocabulary: &Vocabulary, lang: &Language) -> Entry<'a> {
        let earlier = self.earlier.iter().find(|version| version.id == comment.text_version_id);
        let version = earlier.unwrap_or(&self.version);
        let organisation = self.organisations.get(&comment.id);
        Entry::new(comment, &self.norm, version, earlier.is_none(), organisation, (vocabulary, lang))
    }
}

/// `GET /norms/{slug}`
pub async fn norm(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let cursors = Cursors::read(&ctx.query).ok_or(PageError::BadRequest)?;
    let (slug, here) = (slug.into_inner(), cursors.clone());
    let found = ctx.site().db().read(move |conn| NormData::read(conn, &slug, &here)).await?;
    let data = found.ok_or(PageError::NotFound)?;
    let sections = data.lists.iter().map(|(kind, comments, next)| {
        let entries = comments.iter().map(|comment| data.entry(comment, &vocabulary, ctx.lang)).collect();
        section(&ctx, *kind, &data.norm, entries, &cursors, *next)
    });
    ctx.page(&NormPage {
        ctx: &ctx,
        window: data.consultation.window(ctx.now),
        clauses: text::clauses(&data.version),
        quotations: quotations(&data.norm.context),
        whole: match data.norm.kind {
            TextKind::Norm => "public-comment-norm",
            TextKind::Call => "public-comment-call",
            TextKind::Definition => "public-comment-definition",
        },
        sections: sections.collect(),
        norm: &data.norm,
        version: &data.version,
    })
}

fn section<'a>(
    ctx: &Ctx,
    kind: Kind,
    norm: &Norm,
    entries: Vec<Entry<'a>>,
    cursors: &Cursors,
    next: Option<PlaceCursor>,
) -> Section<'a> {
    let (heading, pages, empty, count) = match kind {
        Kind::Wording => ("public-wording", "public-wording-pages", "public-wording-empty", norm.published.wording),
        Kind::Lever => ("public-lever", "public-lever-pages", "public-lever-empty", norm.published.lever),
        Kind::General => ("public-general", "public-general-pages", "public-general-empty", norm.published.general),
    };
    let is_first = cursors.of(kind).is_none();
    let first_page = if is_first { String::new() } else { cursors.address(&ctx.path, kind, None) };
    let next_page = next.map(|next| cursors.address(&ctx.path, kind, Some(next))).unwrap_or_default();
    Section { kind, heading, pages, empty, count, entries, first_page, next_page }
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
    files.retain(|file| file.is_public(&comment));
    Ok(Looked::Shown(Box::new(Shown {
        is_current: norms::current_version(conn, norm.id)?.id == version.id,
        organisation: on_behalf::store::organisations_of(conn, &[comment.id])?.pop().map(|(_, it)| it),
        supporters: supporters::read(conn, &comment, viewer, now)?,
        files,
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
    let (viewer, now) = (ctx.viewer.as_ref().map(|viewer| viewer.id), ctx.now);
    match ctx.site().db().read(move |conn| look(conn, reference.as_str(), viewer, now)).await? {
        Looked::Shown(shown) => ctx.page(&CommentPage::new(&ctx, &vocabulary, &shown)),
        Looked::Withdrawn => Err(PageError::Gone),
        Looked::Nothing => Err(PageError::NotFound),
    }
}
