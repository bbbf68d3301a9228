//! Publishing: the decisions that two people found right, and what was published together. For the Secretariat.

use actix_web::web;
use askama::Template;

use super::PATH;
use super::shown::{Around, Shown, shown};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::{MOST, State};
use crate::deliberation::board::publish;
use crate::deliberation::board::store::issues;
use crate::deliberation::board::store::publishing::{self, InBatch};
use crate::ids::{BatchId, IssueId};
use crate::moderation::mail::Letterhead;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Page, PageError, Posted};

/// An issue that can be published, with its text.
struct Row {
    norm: String,
    issue: Shown,
    /// What its box stands for.
    mark: String,
}

#[derive(Template)]
#[template(path = "deliberation/publication.html")]
struct PublicationPage<'a> {
    ctx: &'a Ctx,
    rows: Vec<Row>,
    batch: BatchId,
    /// What was published together just now or before, with the decisions in words.
    published: Vec<(InBatch, &'a str)>,
}

/// `GET /secretariat/deliberation/publication`
pub async fn page(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.secretariat()?;
    let asked = BatchId::parse(ctx.query.get("batch"));
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let found = issues::in_state(conn, State::Validated, most)?;
        let published = match asked {
            Some(batch) => publishing::of_batch(conn, batch)?,
            None => Vec::new(),
        };
        Ok((Around::read(conn, &found)?, found, published, norms::norms(conn)?))
    };
    let (around, found, published, norms) = ctx.site().db().read(read).await?;
    let row = |issue| {
        let issue: crate::deliberation::board::model::Issue = issue;
        let norm = norms.iter().find(|norm| norm.id == issue.norm)?;
        let mark = format!("{}.{}", issue.id, issue.version);
        Some(Row { norm: norm.title.clone(), issue: shown(&ctx, &vocabulary, norm, issue, &around), mark })
    };
    let in_words = |it: InBatch| {
        let label = vocabulary.dispositions.item(&it.disposition).map_or("", |item| item.label.as_str());
        (it, label)
    };
    ctx.page(&PublicationPage {
        ctx: &ctx,
        rows: found.into_iter().filter_map(row).collect(),
        batch: BatchId::new(),
        published: published.into_iter().map(in_words).collect(),
    })
}

/// The issues whose boxes were ticked, each as it was shown.
fn items(boxes: &[String]) -> Result<Vec<(IssueId, i64)>, PageError> {
    let item = |mark: &String| {
        let (id, version) = mark.split_once('.')?;
        Some((IssueId::parse(id)?, version.parse().ok()?))
    };
    boxes.iter().map(|mark| item(mark).ok_or(PageError::BadRequest)).collect()
}

/// `POST /secretariat/deliberation/publication`
pub async fn publish(mut posted: Posted, vocabulary: web::Data<Vocabulary>) -> Page {
    let boxes = std::mem::take(&mut posted.boxes);
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let batch = BatchId::parse(fields.get("batch")).ok_or(PageError::BadRequest)?;
    let items = items(&boxes)?;
    let path = format!("{PATH}/publication");
    if items.is_empty() {
        return ctx.to_with(&path, "flash-board-none-ticked");
    }
    if items.len() > MOST {
        return Err(PageError::BadRequest);
    }
    let letters = Letterhead::of(ctx.site(), vocabulary.clone().into_inner());
    let (done, changed) = publish::publish_all(ctx.site().db(), ctx.now, by, batch, items, &letters).await?;
    let flash = match (done, changed) {
        (0, _) => "flash-board-published-none",
        (_, 0) => "flash-board-published",
        _ => "flash-board-published-some",
    };
    ctx.to_with(&format!("{path}?batch={batch}"), flash)
}
