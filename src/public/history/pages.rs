//! `GET /norms/{slug}/history`, `/versions/{label}` and `/compare`.

use actix_web::web;
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded::Serializer;

use crate::comments::record::model::Facet;
use crate::comments::redline::Redline;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::public::norm_page::tallies;
use crate::public::text::{self, ShownClause};
use crate::web::{Ctx, Page, PageError};

/// A text and all its wordings.
struct History {
    norm: Norm,
    /// In the order in which they came; never empty.
    versions: Vec<TextVersion>,
    /// How many published comments are about each.
    comments: Vec<i64>,
    /// The label of the one that is open for comment.
    current: String,
}

impl History {
    fn read(conn: &mut AnyConnection, slug: &str) -> DbResult<Option<Self>> {
        let Some(norm) = norms::norm_by_slug(conn, slug)? else { return Ok(None) };
        let versions = norms::versions(conn, norm.id)?;
        let counts = tallies(conn, norm.id)?;
        let count = |version: &TextVersion| {
            let of_it = counts.iter().find(|(facet, value, _)| *facet == Facet::Version && *value == version.label);
            of_it.map_or(0, |(_, _, count)| *count)
        };
        let comments = versions.iter().map(count).collect();
        let current = norms::current_version(conn, norm.id)?.label;
        Ok(Some(Self { norm, versions, comments, current }))
    }

    async fn of(ctx: &Ctx, slug: String) -> Result<Self, PageError> {
        let found = ctx.site().db().read(move |conn| Self::read(conn, &slug)).await?;
        found.ok_or(PageError::NotFound)
    }

    fn version(&self, label: &str) -> Result<&TextVersion, PageError> {
        self.versions.iter().find(|version| version.label == label).ok_or(PageError::NotFound)
    }
}

fn address(norm: &Norm, version: &TextVersion) -> String {
    format!("/norms/{}/versions/{}", norm.slug, utf8_percent_encode(&version.label, NON_ALPHANUMERIC))
}

fn comparison(norm: &Norm, from: &TextVersion, to: &TextVersion) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("from", &from.label).append_pair("to", &to.label);
    format!("/norms/{}/compare?{}", norm.slug, query.finish())
}

/// A wording in the list.
struct Row<'a> {
    version: &'a TextVersion,
    comments: i64,
    is_current: bool,
    address: String,
    /// The address of what changed since the one before; empty for the first.
    changes: String,
}

#[derive(Template)]
#[template(path = "public/history.html")]
struct HistoryPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    /// Newest first.
    rows: Vec<Row<'a>>,
}

/// `GET /norms/{slug}/history`
pub async fn history(ctx: Ctx, slug: web::Path<String>) -> Page {
    ctx.cached(Scope::Norm(&slug), history_page(&ctx, &slug)).await
}

async fn history_page(ctx: &Ctx, slug: &str) -> Page {
    let history = History::of(ctx, slug.to_owned()).await?;
    let norm = &history.norm;
    let mut rows: Vec<Row> = Vec::new();
    for (version, comments) in history.versions.iter().zip(&history.comments) {
        let changes = rows.last().map(|before| comparison(norm, before.version, version)).unwrap_or_default();
        let is_current = version.label == history.current;
        rows.push(Row { version, comments: *comments, is_current, address: address(norm, version), changes });
    }
    rows.reverse();
    ctx.page(&HistoryPage { ctx, norm, rows })
}

#[derive(Template)]
#[template(path = "public/version.html")]
struct VersionPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    version: &'a TextVersion,
    comments: i64,
    is_current: bool,
    /// The address of what changed from it to the present one; empty for that.
    changes: String,
    clauses: Vec<ShownClause>,
}

/// `GET /norms/{slug}/versions/{label}`
pub async fn version(ctx: Ctx, path: web::Path<(String, String)>) -> Page {
    let (slug, label) = path.into_inner();
    ctx.cached(Scope::Norm(&slug), version_page(&ctx, &slug, &label)).await
}

async fn version_page(ctx: &Ctx, slug: &str, label: &str) -> Page {
    let history = History::of(ctx, slug.to_owned()).await?;
    let version = history.version(label)?;
    let current = history.version(&history.current)?;
    let is_current = version.id == current.id;
    let place = history.versions.iter().position(|other| other.id == version.id);
    ctx.page(&VersionPage {
        ctx,
        norm: &history.norm,
        version,
        comments: place.and_then(|place| history.comments.get(place)).copied().unwrap_or_default(),
        is_current,
        changes: if is_current { String::new() } else { comparison(&history.norm, version, current) },
        clauses: text::clauses(version, &[]),
    })
}

#[derive(Template)]
#[template(path = "public/compare.html")]
struct ComparePage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    versions: &'a [TextVersion],
    from: &'a TextVersion,
    to: &'a TextVersion,
    redline: Redline,
}

/// `GET /norms/{slug}/compare`: the last change, unless the address says `from` and `to`.
pub async fn compare(ctx: Ctx, slug: web::Path<String>) -> Page {
    ctx.cached(Scope::Norm(&slug), compare_page(&ctx, &slug)).await
}

async fn compare_page(ctx: &Ctx, slug: &str) -> Page {
    let history = History::of(ctx, slug.to_owned()).await?;
    let versions = &history.versions;
    let last = versions.last().ok_or(PageError::NotFound)?;
    let before = versions.iter().rev().nth(1).unwrap_or(last);
    let asked = |name: &str, otherwise| match ctx.query.get(name) {
        "" => Ok(otherwise),
        label => history.version(label),
    };
    let (from, to) = (asked("from", before)?, asked("to", last)?);
    let redline = Redline::between(&from.body, &to.body);
    ctx.page(&ComparePage { ctx, norm: &history.norm, versions, from, to, redline })
}
