//! The search page: form, notes, results.

use std::collections::BTreeMap;

use actix_web::web;
use askama::Template;
use unicode_segmentation::UnicodeSegmentation as _;

use super::filters::{self, Counted, Filter};
use super::snippet::{Piece, snippet};
use super::store;
use crate::accounts::organisations::model::Organisation;
use crate::clock::Moment;
use crate::comments::body::Body;
use crate::comments::model::{Comment, Kind};
use crate::comments::on_behalf;
use crate::comments::record::find::{Wanted, find};
use crate::comments::record::model::texts;
use crate::comments::record::query::{self, Note, Query};
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::ids::CommentId;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::entry::Entry;
use crate::public::norm_page::shorten;
use crate::public::store as record;
use crate::web::cache::once;
use crate::web::{Ctx, Page, PageError};

/// Comments on a page.
const ROWS: usize = 20;

/// A comment that was found.
struct Hit<'a> {
    entry: Entry<'a>,
    kind: &'static str,
    norm: &'a Norm,
    published: Moment,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "public/search.html")]
struct SearchPage<'a> {
    ctx: &'a Ctx,
    typed: &'a str,
    filters: &'a [Filter],
    notes: Vec<String>,
    /// Whether there is anything to look for; without, the newest comments stand there.
    is_asked: bool,
    /// Whether what was typed holds nothing to look for.
    is_silent: bool,
    /// A reference that no published comment has.
    reference: Option<String>,
    hits: Vec<Hit<'a>>,
    /// Back to when comments were looked through, if the time was over before the page was full.
    looked_back_to: Option<Moment>,
    is_first: bool,
    first_page: String,
    next_page: String,
}

impl SearchPage<'_> {
    /// How many filters are set.
    fn chosen(&self) -> usize {
        self.filters.iter().filter(|filter| !filter.chosen.is_empty()).count()
    }
}

/// What the page is made of, as read.
struct Data {
    hits: Vec<(i64, Comment)>,
    versions: Vec<TextVersion>,
    organisations: BTreeMap<CommentId, Organisation>,
    languages: BTreeMap<CommentId, String>,
    next: Option<i64>,
    /// Whether the time was over before the page was full.
    is_cut: bool,
    looked_back_to: Option<Moment>,
}

impl Data {
    fn read(conn: &mut AnyConnection, wanted: &Wanted, before: Option<i64>) -> DbResult<Self> {
        let found = find(conn, wanted, before, ROWS)?;
        let mut versions = norms::current_versions(conn)?;
        for (_, comment) in &found.comments {
            if versions.iter().all(|known| known.id != comment.text_version_id) {
                versions.push(norms::version(conn, comment.text_version_id)?);
            }
        }
        let ids: Vec<CommentId> = found.comments.iter().map(|(_, comment)| comment.id).collect();
        let looked_back_to = match found.next.filter(|_| found.is_cut) {
            Some(next) => store::published_from(conn, next)?,
            None => None,
        };
        Ok(Self {
            versions,
            organisations: on_behalf::store::organisations_of(conn, &ids)?.into_iter().collect(),
            languages: record::languages(conn, &ids)?.into_iter().collect(),
            next: found.next,
            is_cut: found.is_cut,
            looked_back_to,
            hits: found.comments,
        })
    }
}

/// `GET /search`
pub async fn search(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, async {
        let before = filters::before(&ctx.query).map_err(|()| PageError::BadRequest)?;
        let typed: String = ctx.query.get("q").graphemes(true).take(query::LONGEST).collect();
        let reference = Reference::parse(&typed).ok();
        if let Some(reference) = reference.clone() {
            let address = format!("/comments/{reference}");
            let found = move |conn: &mut AnyConnection| record::by_reference(conn, reference.as_str());
            if ctx.site().db().read(found).await?.is_some() {
                return ctx.to(&address);
            }
        }
        let read = |conn: &mut AnyConnection| -> DbResult<(Vec<Norm>, Counted)> {
            Ok((norms::norms(conn)?, store::counted(conn)?))
        };
        let (norms, counted) = ctx.site().db().read(read).await?;
        let (filters, unknown) = filters::read(&ctx, &norms, &vocabulary, &counted);
        let query = query::parse(ctx.query.get("q"));
        let wanted = wanted(&query, &filters);
        let is_silent = !typed.is_empty() && query.phrases.is_empty();
        let data = if is_silent {
            None
        } else {
            let wanted = wanted.clone();
            Some(ctx.site().db().read(move |conn| Data::read(conn, &wanted, before)).await?)
        };
        let hits = data.iter().flat_map(|data| {
            let hits = data.hits.iter();
            hits.filter_map(|(_, comment)| hit(&ctx, comment, data, &norms, &vocabulary, &query))
        });
        let next = data.as_ref().and_then(|data| data.next);
        let is_cut = data.as_ref().is_some_and(|data| data.is_cut);
        let page = ctx.page(&SearchPage {
            ctx: &ctx,
            typed: &typed,
            notes: notes(&ctx, &query, &unknown),
            is_asked: !wanted.phrases.is_empty() || wanted.norm.is_some() || !wanted.facets.is_empty(),
            is_silent,
            reference: reference.map(|reference| reference.to_string()),
            hits: hits.collect(),
            looked_back_to: data.as_ref().and_then(|data| data.looked_back_to),
            is_first: before.is_none(),
            first_page: before.map(|_| filters::address(&typed, &filters, None)).unwrap_or_default(),
            next_page: next.map(|next| filters::address(&typed, &filters, Some(next))).unwrap_or_default(),
            filters: &filters,
        })?;
        // With more time, the next one who asks may be shown more.
        Ok(if is_cut { once(page) } else { page })
    })
    .await
}

fn wanted(query: &Query, filters: &[Filter]) -> Wanted {
    let mut wanted = Wanted { phrases: query.phrases.clone(), ..Wanted::default() };
    for filter in filters.iter().filter(|filter| !filter.chosen.is_empty()) {
        match filters::facet(filter.name) {
            Some(facet) => wanted.facets.push((facet, filter.chosen.clone())),
            None => wanted.norm = Some(filter.chosen.clone()),
        }
    }
    wanted
}

fn notes(ctx: &Ctx, query: &Query, unknown: &[String]) -> Vec<String> {
    let of_query = query.notes.iter().map(|note| match note {
        Note::TooLong => ctx.t1("search-note-long", "most", query::LONGEST),
        Note::TooManyWords => ctx.t1("search-note-words", "most", query::MOST_WORDS),
        Note::NoLetters(words) => ctx.t1("search-note-signs", "words", words),
    });
    let of_filters = unknown.iter().map(|filter| ctx.t1("search-note-filter", "filter", filter));
    of_query.chain(of_filters).collect()
}

fn hit<'a>(
    ctx: &Ctx,
    comment: &'a Comment,
    data: &'a Data,
    norms: &'a [Norm],
    vocabulary: &Vocabulary,
    query: &Query,
) -> Option<Hit<'a>> {
    let norm = norms.iter().find(|norm| norm.id == comment.norm_id)?;
    let version = data.versions.iter().find(|version| version.id == comment.text_version_id)?;
    let organisation = data.organisations.get(&comment.id);
    let mut entry = Entry::new(comment, norm, version, true, organisation, (vocabulary, ctx.lang));
    entry.language = data.languages.get(&comment.id).cloned().unwrap_or_default();
    shorten(&mut entry);
    let mut said = texts(comment);
    if let Body::Wording(it) = &comment.body {
        // The change stands above: of two parts that show as much, the reason says more.
        said.sort_by_key(|text| *text != it.rationale);
        said.push(&it.anchor.quote);
    }
    Some(Hit {
        kind: match comment.kind {
            Kind::Wording => "kind-wording",
            Kind::Lever => "kind-lever",
            Kind::General => "kind-general",
        },
        published: comment.published_at.unwrap_or(comment.submitted_at),
        pieces: snippet(&said, &query.phrases),
        norm,
        entry,
    })
}
