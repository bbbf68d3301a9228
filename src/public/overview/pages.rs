//! The overview page.

use actix_web::web;
use askama::Template;

use super::{regions, store};
use crate::announcements;
use crate::announcements::model::Announcement;
use crate::comments::record::model::Facet;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::model::{Consultation, Norm};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::pages::LATEST;
use crate::web::chart::{self, Bar, Columns};
use crate::web::{Ctx, Page, PageError, days};

/// A chart of bars with its words.
struct Counted {
    /// The id of its heading.
    id: &'static str,
    heading: &'static str,
    /// What is counted in the first column of the table.
    column: &'static str,
    note: &'static str,
    rows: Vec<Bar>,
}

#[derive(Template)]
#[template(path = "public/overview.html")]
struct OverviewPage<'a> {
    ctx: &'a Ctx,
    consultation: &'a Consultation,
    total: i64,
    /// How many different things they ask for.
    different: i64,
    texts: usize,
    countries: usize,
    charts: Vec<Counted>,
    days: Columns,
    is_weeks: bool,
    announcements: Vec<Announcement>,
}

/// What the page is made of, as read.
struct Data {
    consultation: Option<Consultation>,
    norms: Vec<Norm>,
    groups: Vec<(String, i64)>,
    countries: Vec<(String, i64)>,
    days: Vec<(String, i64)>,
    said: Vec<(String, i64)>,
    announcements: Vec<Announcement>,
}

impl Data {
    fn read(conn: &mut AnyConnection) -> DbResult<Self> {
        Ok(Self {
            consultation: norms::consultation(conn)?,
            norms: norms::norms(conn)?,
            groups: store::tally(conn, Facet::Group)?,
            countries: store::tally(conn, Facet::Country)?,
            days: store::tally(conn, Facet::Day)?,
            said: store::tally(conn, Facet::Said)?,
            announcements: announcements::store::latest(conn, LATEST)?,
        })
    }
}

/// `GET /overview`
pub async fn overview(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, async {
        let data = ctx.site().db().read(Data::read).await?;
        let consultation = data.consultation.as_ref().ok_or(PageError::NotFound)?;
        let total = data.norms.iter().map(|norm| norm.published.all()).sum();
        let (spans, is_weeks) = days::spans(consultation.opens_at.date(), &data.days);
        ctx.page(&OverviewPage {
            ctx: &ctx,
            total,
            different: data.said.iter().map(|(_, count)| count).sum(),
            texts: data.norms.len(),
            countries: data.countries.len(),
            charts: vec![
                of_norms(&data.norms),
                of_groups(&data.groups, &vocabulary),
                of_regions(&ctx, &data.countries, total),
            ],
            days: chart::columns(&spans),
            is_weeks,
            announcements: data.announcements,
            consultation,
        })
    })
    .await
}

fn of_norms(norms: &[Norm]) -> Counted {
    let counts = norms.iter().map(|norm| (norm.title.clone(), norm.published.all())).collect();
    let mut rows = chart::bars(counts);
    for (row, norm) in rows.iter_mut().zip(norms) {
        row.address = format!("/norms/{}", norm.slug);
    }
    Counted { id: "by-norm", heading: "overview-by-norm", column: "overview-text", note: "overview-by-norm-note", rows }
}

/// The groups in the order of the vocabulary; one that the list has lost comes last under its code.
fn of_groups(tally: &[(String, i64)], vocabulary: &Vocabulary) -> Counted {
    let count = |code: &str| tally.iter().find(|(value, _)| value == code).map_or(0, |(_, count)| *count);
    let known = vocabulary.groups.items().iter().map(|item| (item.label.clone(), count(&item.code)));
    let lost = tally.iter().filter(|(code, _)| !vocabulary.groups.has(code)).cloned();
    Counted {
        id: "by-group",
        heading: "overview-by-group",
        column: "overview-group",
        note: "overview-by-group-note",
        rows: chart::bars(known.chain(lost).collect()),
    }
}

fn of_regions(ctx: &Ctx, countries: &[(String, i64)], total: i64) -> Counted {
    let count = |region: &str| {
        countries.iter().filter(|(code, _)| regions::of(code) == Some(region)).map(|(_, count)| count).sum()
    };
    let mut counts: Vec<(String, i64)> =
        regions::REGIONS.iter().map(|(region, label)| (ctx.t(label), count(region))).collect();
    let placed: i64 = counts.iter().map(|(_, count)| count).sum();
    counts.push((ctx.t("overview-region-none"), (total - placed).max(0)));
    counts.retain(|(_, count)| *count > 0);
    Counted {
        id: "by-region",
        heading: "overview-by-region",
        column: "overview-region",
        note: "overview-by-region-note",
        rows: chart::bars(counts),
    }
}
