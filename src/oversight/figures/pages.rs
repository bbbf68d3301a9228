//! The page of figures: the desk sees how it stands; who decided how much is for the Secretariat alone.

use std::collections::BTreeMap;

use actix_web::web;
use askama::Template;
use chrono::{Days, NaiveDate, TimeDelta};

use super::model::{Measure, Summary, Waiting};
use super::store;
use crate::accounts::staff::store as staff;
use crate::clock::Moment;
use crate::comments::model::State;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, NormId};
use crate::mail;
use crate::mail::model::MailState;
use crate::moderation::model::Outcome;
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::chart::{self, Bar, Columns};
use crate::web::{Ctx, Page, days};

/// The stretches of time to choose from, in days; the last is all of it.
const STRETCHES: [(&str, u64); 4] = [("7", 7), ("30", 30), ("90", 90), ("all", 36_500)];

/// The stretch that is shown unless another is asked for.
const USUAL: &str = "30";

/// Days that may be counted while a page is made: those that are not kept yet.
const MOST_LIVE: u64 = 3;

#[derive(Template)]
#[template(path = "oversight/figures.html")]
struct FiguresPage<'a> {
    ctx: &'a Ctx,
    norms: Vec<(String, String)>,
    norm: String,
    stretch: &'static str,
    stretches: [&'static str; 4],
    waiting: Vec<Wait>,
    days: Columns,
    is_weeks: bool,
    received: i64,
    charts: Vec<Counted>,
    /// In words; empty without any decision.
    median: String,
    ninth: String,
    rest: Vec<(&'static str, i64)>,
    queued: i64,
    dead: i64,
    outcomes: Vec<String>,
    /// Nobody's, unless the Secretariat looks.
    deciders: Vec<(String, Vec<i64>)>,
}

/// A row of what waits.
struct Wait {
    what: String,
    count: i64,
    oldest: String,
    median: String,
}

/// A chart of bars with its words.
struct Counted {
    id: &'static str,
    heading: &'static str,
    rows: Vec<Bar>,
}

/// What the page is made of, as read.
struct Data {
    norms: Vec<Norm>,
    norm: Option<NormId>,
    pending: Waiting,
    appealed: Waiting,
    by_norm: Vec<(String, Waiting)>,
    arrivals: Vec<(String, i64)>,
    summary: Summary,
    names: BTreeMap<AccountId, String>,
    queued: i64,
    dead: i64,
}

impl Data {
    fn read(conn: &mut AnyConnection, now: Moment, slug: &str, stretch: u64) -> DbResult<Self> {
        let norms = norms::norms(conn)?;
        let norm = norms.iter().find(|norm| norm.slug == slug).map(|norm| norm.id);
        let today = now.date();
        let from = today.checked_sub_days(Days::new(stretch - 1)).unwrap_or_default();
        let mut summary = store::summary(conn, norm, from)?;
        let mut arrivals = store::arrivals(conn, norm, from)?;
        for day in uncounted(conn, from, today)? {
            let ids: Vec<NormId> = norms.iter().map(|norm| norm.id).collect();
            let counts = store::of_day(conn, &ids, day)?;
            let mut live = Summary::default();
            live.add_counts(&counts, norm);
            arrivals.push((day.to_string(), live.all(Measure::Received)));
            summary.add_counts(&counts, norm);
        }
        let by_norm = |conn: &mut AnyConnection, state| -> DbResult<Vec<(String, Waiting)>> {
            let chosen = norms.iter().filter(|it| norm.is_none_or(|norm| norm == it.id));
            chosen.map(|it| Ok((it.title.clone(), store::waiting(conn, state, it.id)?))).collect()
        };
        let everywhere = |conn: &mut AnyConnection, state| match norm {
            Some(norm) => store::waiting(conn, state, norm),
            None => store::waiting_everywhere(conn, state),
        };
        let ids: Vec<AccountId> = summary.deciders().into_iter().map(|(id, _)| id).collect();
        Ok(Self {
            pending: everywhere(conn, State::Pending)?,
            appealed: everywhere(conn, State::Appealed)?,
            by_norm: by_norm(conn, State::Pending)?,
            names: staff::names(conn, &ids)?.into_iter().collect(),
            queued: mail::store::count(conn, MailState::Queued)?,
            dead: mail::store::count(conn, MailState::Dead)?,
            norm,
            arrivals,
            summary,
            norms,
        })
    }
}

/// The days from `from` to today that are not kept yet, today last.
fn uncounted(conn: &mut AnyConnection, from: NaiveDate, today: NaiveDate) -> DbResult<Vec<NaiveDate>> {
    let first = today.checked_sub_days(Days::new(MOST_LIVE - 1)).unwrap_or(today).max(from);
    let next = store::last_counted(conn)?.and_then(|last| last.checked_add_days(Days::new(1)));
    let first = next.map_or(first, |next| next.max(first));
    Ok(first.iter_days().take_while(|day| *day <= today).collect())
}

/// `GET /secretariat/figures`
pub async fn figures(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let asked = ctx.query.get("days");
    let (stretch, length) = STRETCHES
        .into_iter()
        .find(|(word, _)| *word == asked)
        .or_else(|| STRETCHES.into_iter().find(|(word, _)| *word == USUAL))
        .unwrap_or((USUAL, 30));
    let (now, slug) = (ctx.now, ctx.query.get("norm").to_owned());
    let data = ctx.site().db().read(move |conn| Data::read(conn, now, &slug, length)).await?;
    let summary = &data.summary;
    let first = ctx.now.date().checked_sub_days(Days::new(length - 1)).filter(|_| stretch != "all");
    let (spans, is_weeks) = days::spans(first.unwrap_or(ctx.now.date()), &data.arrivals);
    let page = FiguresPage {
        ctx: &ctx,
        norms: data.norms.iter().map(|norm| (norm.slug.clone(), norm.title.clone())).collect(),
        norm: data.norms.iter().find(|it| Some(it.id) == data.norm).map(|it| it.slug.clone()).unwrap_or_default(),
        stretch,
        stretches: STRETCHES.map(|(word, _)| word),
        waiting: waits(&ctx, &data),
        days: chart::columns(&spans),
        is_weeks,
        received: summary.all(Measure::Received),
        charts: charts(&ctx, summary, &vocabulary),
        median: hours(&ctx, summary.hours(50)),
        ninth: hours(&ctx, summary.hours(90)),
        rest: rest(summary),
        queued: data.queued,
        dead: data.dead,
        outcomes: Outcome::ALL.iter().map(|outcome| ctx.t(format!("figures-outcome-{outcome}"))).collect(),
        deciders: if ctx.is_secretariat() { deciders(&data) } else { Vec::new() },
    };
    ctx.page(&page)
}

/// Withdrawals and appeals: what each is called, and how many there were.
fn rest(summary: &Summary) -> Vec<(&'static str, i64)> {
    let answered = summary.all(Measure::Answered);
    let lifted = summary.all(Measure::RedactionLifted);
    vec![
        ("figures-withdrawn", summary.all(Measure::Withdrawn)),
        ("figures-appealed", summary.all(Measure::Appealed)),
        ("figures-answered", answered),
        ("figures-overturned", answered - summary.one(Measure::Answered, Outcome::Decline.as_str())),
        ("figures-redactions-appealed", summary.all(Measure::RedactionAppealed)),
        ("figures-redactions-answered", summary.all(Measure::RedactionUpheld) + lifted),
        ("figures-redactions-lifted", lifted),
    ]
}

/// A length of time in words; empty if there is none.
fn hours(ctx: &Ctx, hours: Option<i64>) -> String {
    match hours {
        None => String::new(),
        Some(0) => ctx.t("figures-within-hour"),
        Some(hours) => ctx.lang.span("span", TimeDelta::hours(hours)),
    }
}

fn waits(ctx: &Ctx, data: &Data) -> Vec<Wait> {
    let age = |at: Option<Moment>| at.map(|at| ctx.lang.span("span", ctx.now - at)).unwrap_or_default();
    let row =
        |what: String, it: &Waiting| Wait { what, count: it.count, oldest: age(it.oldest), median: age(it.median) };
    let mut rows =
        vec![row(ctx.t("figures-waiting-new"), &data.pending), row(ctx.t("figures-waiting-appeals"), &data.appealed)];
    if data.norm.is_none() {
        rows.extend(data.by_norm.iter().map(|(title, it)| row(title.clone(), it)));
    }
    rows
}

fn charts(ctx: &Ctx, summary: &Summary, vocabulary: &Vocabulary) -> Vec<Counted> {
    let outcome = |outcome: &Outcome| {
        (ctx.t(format!("figures-outcome-{outcome}")), summary.one(Measure::Decided, outcome.as_str()))
    };
    let reason = |(code, n): (&str, i64)| (vocabulary.reasons.label_or_code(code).to_owned(), n);
    vec![
        Counted {
            id: "by-outcome",
            heading: "figures-by-outcome",
            rows: chart::bars(Outcome::ALL.iter().map(outcome).collect()),
        },
        Counted {
            id: "by-reason",
            heading: "figures-by-reason",
            rows: chart::bars(summary.of(Measure::Declined).map(reason).collect()),
        },
    ]
}

fn deciders(data: &Data) -> Vec<(String, Vec<i64>)> {
    let name = |id: AccountId| data.names.get(&id).filter(|name| !name.is_empty()).cloned();
    let row = |(id, counts): (AccountId, Vec<i64>)| (name(id).unwrap_or_else(|| id.to_string()), counts);
    data.summary.deciders().into_iter().map(row).collect()
}
