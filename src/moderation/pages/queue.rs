//! The queue: what waits, and what was decided, as a table.

use std::collections::BTreeMap;

use actix_web::web;
use askama::Template;

use super::last::{self, Last};
use super::rows::{self, Listed, Row};
use super::{QUEUE, filters, tabs};
use crate::comments::on_behalf;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};
use crate::moderation::campaigns::Campaigns;
use crate::moderation::gist::Gist;
use crate::moderation::keys::{self, Keys};
use crate::moderation::listing::{Filter, Place, Tab, Waiting};
use crate::moderation::saved::store::{self as saved, Saved};
use crate::moderation::store::Counts;
use crate::moderation::{alert, claims, flags, form, reports, store};
use crate::norms;
use crate::norms::model::TextVersion;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::ROWS;
use crate::web::{Ctx, Fields, Page, PageError};

#[derive(Template)]
#[template(path = "moderation/queue.html")]
struct QueuePage<'a> {
    ctx: &'a Ctx,
    tab: Tab,
    tabs: Vec<tabs::Shown>,
    filters: filters::Shown,
    rows: Vec<Row>,
    /// Where the boxes are sent to; with the tab and the filter.
    bulk: String,
    first_page: String,
    next_page: String,
    /// Thresholds that are crossed, in words.
    alerts: Vec<String>,
    open_reports: i64,
    last: Option<Last>,
    keys: Keys,
    /// How many campaigns there are, and of how many comments and texts.
    campaigns: Campaigns,
}

/// What the page is made from.
struct Loaded {
    filter: Filter,
    listed: Listed,
    counts: Counts,
    saved: Vec<Saved>,
    last: Option<Last>,
    open_reports: i64,
    keys: Keys,
}

/// `GET /secretariat`
pub async fn queue(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    let by = ctx.staff()?.id;
    let tab = form::tab(&ctx.query);
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(Place::decode(text).ok_or(PageError::BadRequest)?),
    };
    let (query, words) = (ctx.query.clone(), vocabulary.clone());
    let asked = Asked { tab, by, after, now: ctx.now, hold: ctx.site().config().moderation.hold() };
    let mut loaded = ctx.site().db().read(move |conn| load(conn, &query, &words, &asked)).await?;
    let next = cut(&mut loaded.listed.waiting);
    let (now, desk) = (ctx.now, ctx.site().config().desk);
    let alerts = ctx.site().db().read(move |conn| alert::crossed(conn, now, desk)).await?;
    let filter = &loaded.filter;
    let pairs = tab.pairs();
    let next_page = next.map(|place| {
        let place = place.encode();
        filter.address(QUEUE, &[pairs.as_slice(), &[("after", place.as_str())]].concat())
    });
    let page = QueuePage {
        ctx: &ctx,
        tab,
        tabs: tabs::tabs(&ctx, filter, &loaded.counts, tab),
        filters: filters::filters(&ctx, &vocabulary, &loaded.listed.norms, (tab, filter), loaded.saved),
        rows: rows::rows(&ctx, &vocabulary, &loaded.listed, (tab, filter), by),
        bulk: filter.address(&format!("{QUEUE}/bulk"), &pairs),
        first_page: if after.is_some() { filter.address(QUEUE, &pairs) } else { String::new() },
        next_page: next_page.unwrap_or_default(),
        alerts: alerts.iter().map(|it| it.words(ctx.lang)).collect(),
        open_reports: loaded.open_reports,
        campaigns: loaded.listed.campaigns,
        last: loaded.last,
        keys: loaded.keys,
    };
    ctx.page(&page)
}

struct Asked {
    tab: Tab,
    by: AccountId,
    after: Option<Place>,
    now: crate::clock::Moment,
    hold: chrono::TimeDelta,
}

/// Takes one row more than a page as the sign that there is a next page; returns that page's place.
fn cut(rows: &mut Vec<Waiting>) -> Option<Place> {
    if rows.len() <= ROWS {
        return None;
    }
    rows.truncate(ROWS);
    rows.last().map(Waiting::place)
}

fn load(conn: &mut AnyConnection, query: &Fields, vocabulary: &Vocabulary, asked: &Asked) -> DbResult<Loaded> {
    let Asked { tab, by, after, now, hold } = *asked;
    let norms = norms::store::norms(conn)?;
    let filter = form::filter(query, &norms, vocabulary);
    let waiting = store::in_tab(conn, now, (tab, by), &filter, after)?;
    let current = norms::store::current_versions(conn)?;
    let mut texts: BTreeMap<_, TextVersion> = current.into_iter().map(|text| (text.id, text)).collect();
    for Waiting { comment, .. } in &waiting {
        if !texts.contains_key(&comment.text_version_id) {
            let text = norms::store::version(conn, comment.text_version_id)?;
            texts.insert(text.id, text);
        }
    }
    let ids: Vec<CommentId> = waiting.iter().map(|it| it.comment.id).collect();
    let claims = if tab.waits() { claims::store::of_many(conn, now, &ids)? } else { Vec::new() };
    let due = if tab == Tab::Returned { store::answers_due(conn, &ids)? } else { Vec::new() };
    let listed = Listed {
        waiting,
        norms,
        texts,
        organisations: on_behalf::store::organisations_of(conn, &ids)?.into_iter().collect(),
        claims: claims.into_iter().map(|claim| (claim.comment_id, claim)).collect(),
        due: due.into_iter().collect(),
        raised: flags::store::of(conn, &ids)?,
        campaigns: Campaigns::read(conn, &ids)?,
    };
    Ok(Loaded {
        filter,
        listed,
        counts: store::counts(conn, now, by)?,
        saved: saved::of(conn, by)?,
        last: last::of(conn, by, now, hold)?,
        open_reports: reports::staff_pages::open(conn)?,
        keys: keys::of(conn, by)?,
    })
}
