//! `GET /norms/{slug}`.

use actix_web::web;
use askama::Template;

use super::filters::{self, Ignored, Select, Tallies};
use super::heat::{self, Step};
use super::matrix::{self, Matrix};
use super::model::{PositionCursor, View};
use super::proposal::{self, Group, Proposal, Show};
use super::read::{self, Around, Told};
use super::sections::{self, Looked};
use super::store::{self, Span};
use crate::comments::model::Kind;
use crate::comments::record::model::Facet;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::model::{Consultation, Norm, TextKind, TextVersion, Window};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::entry::cited;
use crate::public::model::quotations;
use crate::public::social::Head;
use crate::public::text::{self, ShownClause};
use crate::web::{Ctx, Fields, Language, Page, PageError};

/// The most spans that words are tinted by: those with the most voices.
const MOST_SPANS: i64 = 2_000;
/// The most spans that the table names.
const MOST_ROWS: usize = 20;
/// Proposals looked at for the most proposed change on a span: a concern is none.
const MOST_ON_SPAN: i64 = 10;
/// The last figure of a proposal's place that says it changes nothing.
const CONCERN: i64 = 3;

/// The proposals of one kind.
struct Section<'a> {
    kind: Kind,
    heading: &'static str,
    pages: &'static str,
    empty: &'static str,
    count: i64,
    /// How many different things those ask for.
    different: i64,
    groups: Vec<Group<'a>>,
    /// The address of the first page; empty on it.
    first_page: String,
    /// The address of the next page; empty on the last.
    next_page: String,
    /// Whether the next page goes on looking for what fits.
    is_cut: bool,
}

/// A choice that is on: what of, its words, and the address without it.
struct Chosen {
    facet: &'static str,
    label: String,
    without: String,
}

/// A row of the table of where people commented.
struct HeatRow<'a> {
    about: String,
    quote: String,
    span: Span,
    proposed: Option<Proposal<'a>>,
    address: String,
}

/// Where people commented.
struct Heat<'a> {
    steps: Vec<Step>,
    rows: Vec<HeatRow<'a>>,
    /// Whether there are more than the table names.
    is_cut: bool,
}

#[derive(Template)]
#[template(path = "public/norm.html")]
struct NormPage<'a> {
    ctx: &'a Ctx,
    head: Head,
    norm: &'a Norm,
    version: &'a TextVersion,
    window: Window,
    clauses: Vec<ShownClause>,
    quotations: Vec<&'a str>,
    whole: &'static str,
    sections: Vec<Section<'a>>,
    ignored: &'a Ignored,
    chosen: Vec<Chosen>,
    selects: Vec<Select>,
    matrix: Option<Matrix>,
    heat: Option<Heat<'a>>,
    /// The address with the tint on, or off where it is on.
    other_heat: String,
}

impl NormPage<'_> {
    fn is_open(&self) -> bool {
        matches!(self.window, Window::Open(_))
    }

    /// Whether any proposal on the page stands for several comments.
    fn has_merged(&self) -> bool {
        let groups = self.sections.iter().flat_map(|section| &section.groups);
        groups.flat_map(|group| &group.proposals).any(|proposal| proposal.comments > 1)
    }
}

/// What is read of where people commented.
struct HeatData {
    /// The largest first.
    spans: Vec<Span>,
    /// The largest, in text order, with the change that the most propose.
    rows: Vec<(Span, Option<Told>)>,
}

impl HeatData {
    fn read(conn: &mut AnyConnection, version: &TextVersion) -> DbResult<Self> {
        let spans = store::spans(conn, version.id, heat::LEAST, MOST_SPANS)?;
        let mut largest: Vec<Span> = spans.iter().copied().take(MOST_ROWS).collect();
        largest.sort_unstable_by_key(|span| (span.first_word, span.last_word));
        let mut rows = Vec::new();
        for span in largest {
            let mut proposed = store::on_span(conn, version.id, span, MOST_ON_SPAN)?;
            proposed.retain(|position| position.sort % 10 != CONCERN);
            // One voice more than any other change has, and not one voice alone: else none is the most proposed.
            let leads = match proposed.as_slice() {
                [] => false,
                [first] => first.voices > 1,
                [first, second, ..] => first.voices > second.voices.max(1),
            };
            proposed.truncate(usize::from(leads));
            rows.push((span, read::told(conn, proposed)?.pop()));
        }
        Ok(Self { spans, rows })
    }
}

/// What the page of a norm is made of.
struct NormData {
    consultation: Consultation,
    norm: Norm,
    version: TextVersion,
    tallies: Tallies,
    view: View,
    ignored: Ignored,
    sections: Vec<(Kind, Vec<Told>, Option<PositionCursor>, bool)>,
    heat: Option<HeatData>,
    around: Around,
}

impl NormData {
    fn read(
        conn: &mut AnyConnection,
        slug: &str,
        mut view: View,
        query: &Fields,
        vocabulary: &Vocabulary,
    ) -> DbResult<Option<Self>> {
        let (Some(consultation), Some(norm)) = (norms::consultation(conn)?, norms::norm_by_slug(conn, slug)?) else {
            return Ok(None);
        };
        let version = norms::current_version(conn, norm.id)?;
        let tallies = store::tallies(conn, norm.id)?;
        let ignored = filters::read(&mut view, query, &tallies, (&version, vocabulary));
        let mut sections = Vec::new();
        for kind in Kind::ALL.iter().copied().filter(|kind| is_shown(*kind, &view)) {
            let Looked { positions, next, is_cut } = sections::look(conn, norm.id, kind, &view, &tallies)?;
            sections.push((kind, read::told(conn, positions)?, next, is_cut));
        }
        let heat = if view.heat { Some(HeatData::read(conn, &version)?) } else { None };
        let proposed = heat.iter().flat_map(|heat| &heat.rows).filter_map(|(_, told)| told.as_ref());
        let told = sections.iter().flat_map(|(_, told, ..)| told).chain(proposed);
        let first = told.filter_map(|told| told.said.first());
        let around = Around::read(conn, &version, first.map(|(_, comment)| comment))?;
        Ok(Some(Self { consultation, norm, version, tallies, view, ignored, sections, heat, around }))
    }

    fn show<'a>(&'a self, vocabulary: &'a Vocabulary, lang: &'a Language) -> Show<'a> {
        Show { norm: &self.norm, version: &self.version, around: &self.around, vocabulary, lang }
    }

    fn sections<'a>(&'a self, show: Show<'a>) -> Vec<Section<'a>> {
        let section = |(kind, told, next, is_cut): &'a (Kind, Vec<Told>, Option<PositionCursor>, bool)| {
            let (heading, pages, empty, count) = words_of(*kind, &self.norm);
            let slug = &self.norm.slug;
            let turned = |cursor| format!("{}#{kind}", self.view.turned(*kind, cursor).address(slug));
            Section {
                kind: *kind,
                heading,
                pages,
                empty,
                count,
                different: filters::tally(&self.tallies, Facet::Said, kind.as_str()),
                groups: proposal::groups(told, show),
                first_page: if self.view.after(*kind).is_none() { String::new() } else { turned(None) },
                next_page: next.map(|next| turned(Some(next))).unwrap_or_default(),
                is_cut: *is_cut,
            }
        };
        self.sections.iter().map(section).collect()
    }

    fn heat<'a>(&'a self, show: Show<'a>) -> Option<Heat<'a>> {
        let data = self.heat.as_ref()?;
        let row = |(span, told): &'a (Span, Option<Told>)| {
            let cursor = PositionCursor::before(span.first_word, span.last_word);
            let view = View { heat: true, ..View::default() }.turned(Kind::Wording, cursor);
            let word = |word: i32| usize::try_from(word).unwrap_or_default();
            let words = (word(span.first_word), word(span.last_word));
            HeatRow {
                about: cited(&self.norm, &self.version, words, show.lang),
                quote: proposal::quote(&self.version, span.first_word, span.last_word),
                span: *span,
                proposed: told.as_ref().and_then(|told| Proposal::of(told, show)),
                address: format!("{}#wording", view.address(&self.norm.slug)),
            }
        };
        let rows: Vec<HeatRow> = data.rows.iter().map(row).collect();
        Some(Heat { steps: heat::legend(&data.spans), is_cut: data.spans.len() > rows.len(), rows })
    }

    fn chosen(&self, vocabulary: &Vocabulary, lang: &Language) -> Vec<Chosen> {
        let chosen = self.view.choices.iter().map(|(facet, value)| Chosen {
            facet: facet.as_str(),
            label: filters::label(*facet, value, vocabulary, lang),
            without: self.view.without(*facet).address(&self.norm.slug),
        });
        chosen.collect()
    }
}

/// Whether a comment of `kind` can fit what is chosen.
fn is_shown(kind: Kind, view: &View) -> bool {
    let wanted = view.choice(Facet::Kind);
    (wanted.is_empty() || wanted == kind.as_str())
        && view.choices.iter().all(|(facet, _)| filters::applies(*facet, kind))
}

/// The messages of a section, and how many comments it has.
fn words_of(kind: Kind, norm: &Norm) -> (&'static str, &'static str, &'static str, i64) {
    match kind {
        Kind::Wording => ("public-wording", "public-wording-pages", "public-wording-empty", norm.published.wording),
        Kind::Lever => ("public-lever", "public-lever-pages", "public-lever-empty", norm.published.lever),
        Kind::General => ("public-general", "public-general-pages", "public-general-empty", norm.published.general),
    }
}

/// `GET /norms/{slug}`
pub async fn norm(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Norm(&slug), render(&ctx, &slug, &vocabulary)).await
}

async fn render(ctx: &Ctx, slug: &str, vocabulary: &web::Data<Vocabulary>) -> Page {
    let view = View::read(&ctx.query).ok_or(PageError::BadRequest)?;
    let (slug, query, known) = (slug.to_owned(), ctx.query.clone(), vocabulary.clone());
    let found = ctx.site().db().read(move |conn| NormData::read(conn, &slug, view, &query, &known)).await?;
    let data = found.ok_or(PageError::NotFound)?;
    let show = data.show(vocabulary, ctx.lang);
    let spans = data.heat.as_ref().map_or(&[][..], |heat| &heat.spans);
    let levels = heat::levels(data.version.words().len(), spans);
    let NormData { norm, version, view, tallies, .. } = &data;
    ctx.page(&NormPage {
        ctx,
        head: Head::norm(ctx, norm, version),
        window: data.consultation.window(ctx.now),
        clauses: text::clauses(version, &levels),
        quotations: quotations(&norm.context),
        whole: match norm.kind {
            TextKind::Norm => "public-comment-norm",
            TextKind::Call => "public-comment-call",
            TextKind::Definition => "public-comment-definition",
        },
        sections: data.sections(show),
        ignored: &data.ignored,
        chosen: data.chosen(vocabulary, ctx.lang),
        selects: filters::offered(view, tallies, vocabulary, ctx.lang),
        // Its numbers are those of the whole text: beside a choice of comments they would say something else.
        matrix: if view.choices.is_empty() { matrix::matrix(&norm.slug, tallies, vocabulary, ctx.lang) } else { None },
        heat: data.heat(show),
        other_heat: View { heat: !view.heat, ..view.clone() }.address(&norm.slug),
        norm,
        version,
    })
}
