//! The page of transparency. It changes when a comment is published and once a day, when a day was counted.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;

use super::model::{Coarse, STEP, days};
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::moderation::model::Outcome;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::oversight::figures::model::{Measure, Summary};
use crate::oversight::figures::store;
use crate::web::{Ctx, Page};

#[derive(Template)]
#[template(path = "public/transparency.html")]
struct TransparencyPage<'a> {
    ctx: &'a Ctx,
    published: i64,
    unique: i64,
    /// The last day that is counted, in words; empty before the first one: there is nothing to show then.
    until: String,
    rows: Vec<(String, Coarse)>,
    reasons: Vec<(String, Coarse)>,
    days: Option<i64>,
}

struct Data {
    published: i64,
    unique: i64,
    until: Option<NaiveDate>,
    summary: Summary,
}

impl Data {
    fn read(conn: &mut AnyConnection) -> DbResult<Self> {
        Ok(Self {
            published: norms::norms(conn)?.iter().map(|norm| norm.published.all()).sum(),
            unique: store::unique_texts(conn)?,
            until: store::last_counted(conn)?,
            summary: store::summary(conn, None, NaiveDate::default())?,
        })
    }
}

/// `GET /transparency`
pub async fn transparency(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, async {
        let data = ctx.site().db().read(Data::read).await?;
        let summary = &data.summary;
        // What was accepted is counted exactly above, as far as it is public.
        let outcomes = Outcome::ALL.iter().filter(|outcome| **outcome != Outcome::Publish);
        let outcome = |outcome: &Outcome| {
            (ctx.t(format!("figures-outcome-{outcome}")), summary.one(Measure::Decided, outcome.as_str()))
        };
        let answered = summary.all(Measure::Answered);
        let mut rows = vec![(ctx.t("transparency-received"), summary.all(Measure::Received))];
        rows.extend(outcomes.map(outcome));
        rows.push((ctx.t("transparency-redacted"), summary.all(Measure::Redacted)));
        rows.push((ctx.t("transparency-withdrawn"), summary.all(Measure::Withdrawn)));
        rows.push((ctx.t("transparency-appeals"), summary.all(Measure::Appealed)));
        let upheld = summary.one(Measure::Answered, Outcome::Decline.as_str());
        rows.push((ctx.t("transparency-overturned"), answered - upheld));
        rows.push((ctx.t("transparency-redaction-appeals"), summary.all(Measure::RedactionAppealed)));
        rows.push((ctx.t("transparency-redactions-lifted"), summary.all(Measure::RedactionLifted)));
        // Every reason of the list, or a row alone would tell that there was one.
        let reasons = vocabulary.reasons.items().iter();
        let reasons =
            reasons.map(|it| (it.label.clone(), Coarse::of(summary.one(Measure::Declined, &it.code)))).collect();
        ctx.page(&TransparencyPage {
            ctx: &ctx,
            published: data.published,
            unique: data.unique,
            until: data.until.map(|day| ctx.lang.date(day)).unwrap_or_default(),
            rows: rows.into_iter().map(|(words, n)| (words, Coarse::of(n))).collect(),
            reasons,
            days: days(summary.all(Measure::Decided), summary.hours(50)),
        })
    })
    .await
}
