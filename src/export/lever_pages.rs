//! The desk's page of levers: matrices of who proposes what for whom, and the texts behind a cell.

use actix_web::web;
use askama::Template;
use url::form_urlencoded::Serializer;

use super::levers::{Chosen, Grid, NO_REGION, Proposed, Side, fits, grid};
use super::store;
use crate::comments::body::{Body, Lever};
use crate::comments::model::{Comment, Publication};
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Page, PageError};

/// Levers that are counted.
pub const MOST: usize = 20_000;

/// Texts on a page.
const TEXTS: usize = 25;

#[derive(Template)]
#[template(path = "export/levers.html")]
struct LeversPage<'a> {
    ctx: &'a Ctx,
    norms: Vec<Norm>,
    /// Slug of the norm that was chosen; empty for all.
    norm: String,
    chosen: Chosen,
    count: usize,
    is_cut: bool,
    grids: Vec<Shown>,
    texts: Vec<(Comment, Lever)>,
    number: usize,
    is_last: bool,
    vocabulary: &'a Vocabulary,
}

/// A matrix as the page shows it.
struct Shown {
    id: &'static str,
    sides: (Side, Side),
    grid: Grid,
}

impl Shown {
    /// The numbers of a row with what their columns are.
    fn cells<'a>(&'a self, counts: &'a [usize]) -> impl Iterator<Item = (&'a String, &'a usize)> {
        self.grid.columns.iter().zip(counts)
    }
}

/// What was read for a page.
struct Read {
    norms: Vec<Norm>,
    levers: Vec<Proposed>,
    texts: Vec<(Comment, Lever)>,
}

/// `GET /secretariat/deliberation/levers`
pub async fn levers(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let chosen: Chosen = Side::ALL
        .into_iter()
        .map(|side| (side, ctx.query.get(side.field()).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let (slug, wanted) = (ctx.query.get("norm").to_owned(), ctx.query.get("page").parse().unwrap_or(1).max(1));
    let (asked, fitting) = (slug.clone(), chosen.clone());
    let read = ctx.site().db().read(move |conn| read(conn, &asked, &fitting, wanted)).await?;
    let Read { norms, mut levers, texts } = read.ok_or(PageError::NotFound)?;
    let is_cut = levers.len() > MOST;
    levers.truncate(MOST);
    let all: Vec<&Proposed> = levers.iter().filter(|lever| fits(lever, &chosen)).collect();
    let shown = |(id, down, across): (&'static str, Side, Side)| {
        let grid = grid(all.iter().copied(), (down, across), &vocabulary);
        Shown { id, sides: (down, across), grid }
    };
    let grids = [
        ("levers-by-instrument", Side::Actor, Side::Instrument),
        ("levers-by-group", Side::Group, Side::Actor),
        ("levers-by-region", Side::Region, Side::Actor),
    ];
    let page = LeversPage {
        ctx: &ctx,
        norms,
        norm: slug,
        count: all.len(),
        is_cut,
        grids: grids.into_iter().map(shown).collect(),
        is_last: wanted.saturating_mul(TEXTS) >= all.len(),
        number: wanted,
        texts,
        chosen,
        vocabulary: &vocabulary,
    };
    ctx.page(&page)
}

/// `None` if there is no such norm.
fn read(conn: &mut AnyConnection, slug: &str, chosen: &Chosen, number: usize) -> DbResult<Option<Read>> {
    let norms = norms::norms(conn)?;
    let asked: Vec<&Norm> = norms.iter().filter(|norm| slug.is_empty() || norm.slug == slug).collect();
    if asked.is_empty() && !slug.is_empty() {
        return Ok(None);
    }
    let mut levers = Vec::new();
    for norm in asked {
        if levers.len() <= MOST {
            levers.extend(store::levers(conn, norm.id, MOST + 1 - levers.len())?);
        }
    }
    let fitting = levers.iter().take(MOST).filter(|lever| fits(lever, chosen));
    let ids: Vec<CommentId> =
        fitting.skip(number.saturating_sub(1).saturating_mul(TEXTS)).take(TEXTS).map(|lever| lever.comment).collect();
    let mut comments = store::by_ids(conn, &ids)?;
    comments.sort_by_key(|comment| ids.iter().position(|id| *id == comment.id));
    let lever = |comment: Comment| match comment.body.clone() {
        Body::Lever(lever) => Some((comment, lever)),
        Body::Wording(_) | Body::General(_) => None,
    };
    let texts = comments.into_iter().filter_map(lever).collect();
    Ok(Some(Read { norms, levers, texts }))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand out references")]
impl LeversPage<'_> {
    fn side_words(&self, side: &Side) -> String {
        self.ctx.t(match side {
            Side::Actor => "levers-actor",
            Side::Instrument => "levers-instrument",
            Side::Group => "levers-group",
            Side::Region => "levers-region",
        })
    }

    fn label(&self, side: &Side, value: &str) -> String {
        let lists = self.vocabulary;
        match side {
            Side::Actor => lists.actors.label_or_code(value).to_owned(),
            Side::Instrument => lists.instruments.label_or_code(value).to_owned(),
            Side::Group => lists.groups.label_or_code(value).to_owned(),
            Side::Region if value == NO_REGION => self.ctx.t("overview-region-none"),
            Side::Region => self.ctx.t(format!("overview-region-{value}")),
        }
    }

    /// What the comment says of one side, in words.
    fn said(&self, side: &str, comment: &Comment, lever: &Lever) -> String {
        match side {
            "actor" => self.label(&Side::Actor, &lever.actor),
            "instrument" => self.label(&Side::Instrument, &lever.instrument),
            _ => self.label(&Side::Group, &comment.author.stakeholder_group),
        }
    }

    /// The address with these sides chosen besides what is chosen, and without `off`.
    fn address(&self, more: &[(Side, &str)], off: Option<Side>, number: usize) -> String {
        let mut query = Serializer::new(String::new());
        if !self.norm.is_empty() {
            query.append_pair("norm", &self.norm);
        }
        let is_new = |side: Side| more.iter().any(|(other, _)| *other == side);
        for (side, value) in self.chosen.iter().filter(|(side, _)| off != Some(*side) && !is_new(*side)) {
            query.append_pair(side.field(), value);
        }
        for (side, value) in more {
            query.append_pair(side.field(), value);
        }
        if number > 1 {
            query.append_pair("page", &number.to_string());
        }
        format!("/secretariat/deliberation/levers?{}", query.finish())
    }

    fn cell(&self, shown: &Shown, row: &str, column: &str) -> String {
        let (down, across) = shown.sides;
        format!("{}#texts", self.address(&[(down, row), (across, column)], None, 1))
    }

    fn without(&self, side: &Side) -> String {
        self.address(&[], Some(*side), 1)
    }

    fn turned(&self, number: usize) -> String {
        format!("{}#texts", self.address(&[], None, number))
    }

    fn title_of(&self, comment: &Comment) -> &str {
        self.norms.iter().find(|norm| norm.id == comment.norm_id).map(|norm| norm.title.as_str()).unwrap_or_default()
    }
}

/// Who proposes it: the name and the organisation, as the desk knows them.
fn who(comment: &Comment) -> String {
    let author = &comment.author;
    match &author.organisation {
        Some(organisation) => format!("{}, {organisation}", author.name),
        None => author.name.clone(),
    }
}

fn country(comment: &Comment) -> &'static str {
    let code = comment.author.country.as_deref().unwrap_or_default();
    rust_iso3166::from_alpha2(code).map_or("", |country| country.name)
}

fn is_confidential(comment: &Comment) -> bool {
    comment.publication == Publication::Commission
}
