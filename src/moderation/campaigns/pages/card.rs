//! The card of a campaign: what its letters share, who sent them and when, and what each adds.

use std::collections::HashSet;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::{PATH, says};
use crate::comments::model::{Comment, State};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{ClusterId, CommentId};
use crate::moderation::campaigns::card::{Makeup, Own, common, makeup, own};
use crate::moderation::campaigns::form::BOX;
use crate::moderation::campaigns::letter::Letter;
use crate::moderation::campaigns::model::{Cluster, LEAST, Text};
use crate::moderation::campaigns::store::{self, reading};
use crate::moderation::pages::state_name;
use crate::norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::chart::{self, Bar, Columns};
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Form, Page, PageError, days};

/// Letters in which is looked what they share.
const SAMPLE: i64 = 6;
/// Rows of a chart.
const MOST_ROWS: usize = 8;

#[derive(Template)]
#[template(path = "moderation/campaign.html")]
struct CardPage<'a> {
    ctx: &'a Ctx,
    form: &'a Form,
    it: &'a Cluster,
    norm: &'a str,
    is_listed: bool,
    common: &'a str,
    counted: usize,
    /// Whether only some of the comments were counted by who sent them.
    is_partly: bool,
    states: Vec<(String, i64)>,
    charts: Vec<Chart>,
    days: Columns,
    is_weeks: bool,
    rows: Vec<Row<'a>>,
    next_page: String,
    /// Whether what was to be corrected was moved meanwhile.
    is_lost: bool,
}

/// Who sent the comments, as a chart.
struct Chart {
    id: &'static str,
    heading: &'static str,
    rows: Vec<Bar>,
    /// How many values are left out.
    more: usize,
}

/// A text of the campaign against what all share.
struct Row<'a> {
    text: &'a Text,
    name: String,
    /// What its box is called.
    field: String,
    is_chosen: bool,
    comment: &'a Comment,
    state: String,
    waits: bool,
    own: Own,
}

pub(super) struct Loaded {
    pub cluster: Cluster,
    pub norm: String,
    pub common: String,
    makeup: Makeup,
    counted: usize,
    texts: Vec<(Text, Comment)>,
    next: Option<Cursor<CommentId>>,
}

/// Everything about the campaign, from `after` on; `Err` if it became a part of another.
fn load(
    conn: &mut AnyConnection,
    id: ClusterId,
    after: Option<Cursor<CommentId>>,
) -> DbResult<Option<Result<Loaded, ClusterId>>> {
    let Some(cluster) = store::find(conn, id)? else { return Ok(None) };
    if let Some(into) = cluster.merged_into {
        return Ok(Some(Err(into)));
    }
    let counted = reading::counted(conn, id)?;
    let mut texts = reading::texts(conn, id, after)?;
    let next = (texts.len() > reading::TEXTS).then(|| texts.truncate(reading::TEXTS));
    let next = next.and(texts.last()).map(|last| Cursor { at: last.first_at, id: last.first });
    let firsts: Vec<CommentId> = texts.iter().map(|text| text.first).collect();
    let mut comments = reading::comments_with(conn, &firsts)?;
    Ok(Some(Ok(Loaded {
        norm: norms::store::norm(conn, cluster.norm)?.title,
        common: shared(conn, &cluster)?,
        makeup: makeup(&counted),
        counted: counted.len(),
        texts: texts.into_iter().filter_map(|text| comments.remove(&text.first).map(|first| (text, first))).collect(),
        next,
        cluster,
    })))
}

/// What the letters of a campaign share.
pub(super) fn shared(conn: &mut AnyConnection, cluster: &Cluster) -> DbResult<String> {
    let (_, template) = store::said(conn, cluster.template.0, cluster.template.1)?;
    let mut letters = Vec::new();
    for (comment, revision) in store::some_members(conn, cluster.id, SAMPLE)? {
        let (norm, body) = store::said(conn, comment, revision)?;
        letters.push(Letter::from_body(norm, &body, &HashSet::new()));
    }
    let template = super::said(&template).join("\n\n");
    Ok(common(&template, &letters))
}

/// `GET /secretariat/campaigns/{id}`
pub async fn card(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    show(&ctx, &id, &vocabulary, &Form::default(), false).await
}

/// The card with `form` as it was filled in: 422 if it has errors, 409 if what it names was moved.
pub(super) async fn show(ctx: &Ctx, id: &str, vocabulary: &Vocabulary, form: &Form, is_lost: bool) -> Page {
    let id = ClusterId::parse(id).ok_or(PageError::NotFound)?;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let found = ctx.site().db().read(move |conn| load(conn, id, after)).await?;
    let loaded = match found.ok_or(PageError::NotFound)? {
        Ok(loaded) => loaded,
        Err(into) => return ctx.to(&format!("{PATH}/{into}")),
    };
    let here = format!("{PATH}/{id}");
    let opened = loaded.cluster.first_at.date();
    let (spans, is_weeks) = days::spans(opened, &loaded.makeup.days);
    let page = CardPage {
        ctx,
        form,
        it: &loaded.cluster,
        norm: &loaded.norm,
        is_listed: loaded.cluster.comments >= LEAST,
        common: &loaded.common,
        counted: loaded.counted,
        is_partly: i64::try_from(loaded.counted).unwrap_or(i64::MAX) < loaded.cluster.comments,
        states: loaded.makeup.states.iter().map(|(state, count)| (ctx.t(state_name(*state)), *count)).collect(),
        charts: charts(&loaded.makeup, vocabulary),
        days: chart::columns(&spans),
        is_weeks,
        rows: loaded.texts.iter().map(|(text, comment)| row(ctx, form, text, comment, &loaded.common)).collect(),
        next_page: loaded.next.map(|cursor| format!("{here}?after={}", cursor.encode())).unwrap_or_default(),
        is_lost,
    };
    let status = match (is_lost, form.failed()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    ctx.page_as(status, &page)
}

fn row<'a>(ctx: &Ctx, form: &Form, text: &'a Text, comment: &'a Comment, common: &str) -> Row<'a> {
    let name = text.first.to_string();
    let field = format!("{BOX}{name}");
    Row {
        is_chosen: !form.value(&field).is_empty(),
        state: ctx.t(state_name(comment.state)),
        waits: comment.state == State::Pending,
        own: own(common, &says(comment)),
        text,
        name,
        field,
        comment,
    }
}

fn charts(makeup: &Makeup, vocabulary: &Vocabulary) -> Vec<Chart> {
    let group = |code: &str| vocabulary.groups.label_or_code(code).to_owned();
    let country = |code: &str| rust_iso3166::from_alpha2(code).map_or(code, |country| country.name).to_owned();
    vec![
        chart_of("by-group", "campaign-by-group", &makeup.groups, group),
        chart_of("by-country", "campaign-by-country", &makeup.countries, country),
        chart_of("by-organisation", "campaign-by-organisation", &makeup.organisations, str::to_owned),
    ]
}

fn chart_of(
    id: &'static str,
    heading: &'static str,
    counts: &[(String, i64)],
    label: impl Fn(&str) -> String,
) -> Chart {
    let rows = counts.iter().take(MOST_ROWS).map(|(value, count)| (label(value), *count)).collect();
    Chart { id, heading, rows: chart::bars(rows), more: counts.len().saturating_sub(MOST_ROWS) }
}
