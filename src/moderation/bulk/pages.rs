//! Deciding on many comments: the confirmation with their exact number, the result for each, undoing all of it.

use actix_web::web;
use askama::Template;

use super::decide::{self as verb, BulkError};
use super::form::{as_shown, items, mark};
use super::model::{Batch, Fate, Item, MOST, Member};
use super::{store, undo};
use crate::comments::model::{Comment, State};
use crate::db::{DbError, DbResult};
use crate::ids::{BatchId, CommentId, DecisionId};
use crate::moderation::form::{self, Case};
use crate::moderation::gist::{Gist, gist};
use crate::moderation::listing::{Filter, Tab};
use crate::moderation::mail::Letterhead;
use crate::moderation::model::{LONGEST_STATEMENT, Outcome};
use crate::moderation::pages::{QUEUE, outcome_name, state_name};
use crate::moderation::store as queue;
use crate::moderation::undo::Undoer;
use crate::norms;
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::graphemes;
use crate::web::form::Posted;
use crate::web::{Ctx, Form, Page, PageError, language};

#[derive(Template)]
#[template(path = "moderation/bulk.html")]
struct ConfirmPage<'a> {
    ctx: &'a Ctx,
    rows: Vec<Row>,
    form: &'a Form,
    batch: BatchId,
    action: String,
    queue: String,
    outcomes: Vec<(&'static str, String, String)>,
    reasons: Vec<(&'a str, &'a str)>,
    /// How many were chosen, if those are too many.
    too_many: usize,
    /// Whether they are the first of those that fit the filter.
    is_filtered: bool,
}

/// A comment that was chosen.
struct Row {
    reference: String,
    gist: Gist,
    mark: String,
}

#[derive(Template)]
#[template(path = "moderation/batch.html")]
struct BatchPage<'a> {
    ctx: &'a Ctx,
    batch: &'a Batch,
    outcome: String,
    reason: &'a str,
    members: Vec<Shown<'a>>,
    done: usize,
    /// How many decisions can be undone by whoever looks.
    standing: usize,
    needs_words: bool,
    form: &'a Form,
}

struct Shown<'a> {
    it: &'a Member,
    fate: String,
    state: String,
}

/// What the page of the queue was filtered by, and its tab.
async fn view(ctx: &Ctx, vocabulary: &web::Data<Vocabulary>) -> Result<(Tab, Filter), PageError> {
    let (query, words) = (ctx.query.clone(), vocabulary.clone());
    let filter = ctx
        .site()
        .db()
        .read(move |conn| Ok::<_, DbError>(form::filter(&query, &norms::store::norms(conn)?, &words)))
        .await?;
    Ok((form::tab(&ctx.query), filter))
}

/// `POST /secretariat/bulk`
pub async fn bulk(mut posted: Posted, vocabulary: web::Data<Vocabulary>) -> Page {
    let boxes = std::mem::take(&mut posted.boxes);
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let (tab, filter) = view(&ctx, &vocabulary).await?;
    if !tab.waits() {
        return Err(PageError::BadRequest);
    }
    let is_filtered = fields.get("go") == "filtered";
    let items: Vec<Item> = if is_filtered {
        let (now, wanted) = (ctx.now, filter.clone());
        let all =
            ctx.site().db().read(move |conn| queue::listed_now(conn, now, (tab, by), &wanted, None, MOST)).await?;
        all.iter().map(|it| as_shown(&it.comment)).collect()
    } else {
        items(&boxes).ok_or(PageError::BadRequest)?
    };
    let back = filter.address(QUEUE, &tab.pairs());
    if items.is_empty() {
        return ctx.to_with(&back, "flash-bulk-nothing");
    }
    let batch = BatchId::parse(fields.get("batch"));
    let confirm = Confirm {
        batch: batch.unwrap_or_default(),
        items,
        action: filter.address(&format!("{QUEUE}/bulk"), &tab.pairs()),
        back,
        is_filtered,
    };
    if confirm.items.len() > MOST || fields.get("go") != "decide" {
        return confirm.page(&ctx, &vocabulary, &with_day(&ctx)).await;
    }
    if batch.is_none() {
        return Err(PageError::BadRequest);
    }
    let is_appeal = confirm.items.iter().any(|(_, expected)| expected.round > 0);
    let state = if is_appeal { State::Appealed } else { State::Pending };
    let case = Case { state, language: language::DEFAULT, now: ctx.now };
    let verdict = match form::verdict(&fields, case, ctx.lang, &vocabulary) {
        Ok(verdict) => verdict,
        Err(form) => return confirm.page(&ctx, &vocabulary, &form).await,
    };
    let page = format!("{QUEUE}/batches/{}", confirm.batch);
    let letters = Letterhead::of(ctx.site(), vocabulary.clone().into_inner());
    match verb::decide(ctx.site().db(), ctx.now, (confirm.batch, by), confirm.items, verdict, &letters).await {
        // The same form twice: it was decided once.
        Ok(_) | Err(BulkError::Db(DbError::Taken(_))) => ctx.to(&page),
        Err(BulkError::Nothing | BulkError::TooMany(_) | BulkError::NoSuchComment) => Err(PageError::BadRequest),
        Err(BulkError::Db(error)) => Err(error.into()),
    }
}

fn with_day(ctx: &Ctx) -> Form {
    let mut form = Form::default();
    form.prefill("answer_by", &form::proposed_day(ctx.now));
    form
}

/// What is to be decided, before it is.
struct Confirm {
    batch: BatchId,
    items: Vec<Item>,
    action: String,
    back: String,
    is_filtered: bool,
}

impl Confirm {
    async fn page(self, ctx: &Ctx, vocabulary: &Vocabulary, form: &Form) -> Page {
        let too_many = if self.items.len() > MOST { self.items.len() } else { 0 };
        let ids: Vec<CommentId> = self.items.iter().take(MOST).map(|(id, _)| *id).collect();
        let chosen = ctx.site().db().read(move |conn| store::chosen(conn, &ids)).await?;
        if too_many == 0 && chosen.len() != self.items.len() {
            return Err(PageError::BadRequest);
        }
        let is_appeal = self.items.iter().any(|(_, expected)| expected.round > 0);
        let row = |comment: &Comment| {
            let sent = self.items.iter().find(|(id, _)| *id == comment.id);
            Row {
                reference: comment.reference.clone(),
                gist: gist(&comment.body),
                mark: sent.map(|item| mark(*item)).unwrap_or_default(),
            }
        };
        let page = ConfirmPage {
            ctx,
            rows: chosen.iter().map(row).collect(),
            form,
            batch: self.batch,
            outcomes: outcomes(ctx, is_appeal),
            reasons: vocabulary.reasons.items().iter().map(|it| (it.code.as_str(), it.label.as_str())).collect(),
            too_many,
            is_filtered: self.is_filtered,
            action: self.action.clone(),
            queue: self.back.clone(),
        };
        ctx.form_page(&page, form.failed() || too_many > 0)
    }
}

fn outcomes(ctx: &Ctx, is_appeal: bool) -> Vec<(&'static str, String, String)> {
    let all = [
        (Outcome::Publish, "moderation-publish", "bulk-publish-hint"),
        (Outcome::Return, "moderation-return", "moderation-return-hint"),
        (Outcome::Decline, "moderation-decline", "moderation-decline-hint"),
    ];
    let may_be = all.into_iter().filter(|(outcome, ..)| !is_appeal || *outcome != Outcome::Return);
    may_be.map(|(outcome, name, hint)| (outcome.as_str(), ctx.t(name), ctx.t(hint))).collect()
}

struct Loaded {
    batch: Batch,
    members: Vec<Member>,
    standing: Vec<DecisionId>,
    is_any_told: bool,
}

async fn loaded(ctx: &Ctx, id: &str) -> Result<(Loaded, Undoer), PageError> {
    let viewer = ctx.staff()?;
    let by = Undoer { id: viewer.id, role: viewer.role };
    let id = BatchId::parse(id).ok_or(PageError::NotFound)?;
    let load = move |conn: &mut _| -> DbResult<Option<Loaded>> {
        let Some(batch) = store::batch(conn, id)? else { return Ok(None) };
        let standing = undo::standing(conn, id)?;
        let is_any_told = undo::is_any_told(conn, &standing)?;
        Ok(Some(Loaded { batch, members: store::members(conn, id)?, standing, is_any_told }))
    };
    let found = ctx.site().db().read(load).await?;
    Ok((found.ok_or(PageError::NotFound)?, by))
}

/// `GET /secretariat/batches/{id}`
pub async fn batch(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (loaded, by) = loaded(&ctx, &id).await?;
    show(&ctx, &vocabulary, &loaded, by, &Form::default())
}

fn show(ctx: &Ctx, vocabulary: &Vocabulary, loaded: &Loaded, by: Undoer, form: &Form) -> Page {
    let Loaded { batch, members, standing, is_any_told } = loaded;
    let may = may(batch, by);
    let page = BatchPage {
        ctx,
        batch,
        outcome: ctx.t(outcome_name(batch.outcome)),
        reason: vocabulary.reasons.label_or_code(batch.reason.as_deref().unwrap_or_default()),
        done: members.iter().filter(|it| it.fate == Fate::Done).count(),
        members: members
            .iter()
            .map(|it| Shown { it, fate: fate(ctx, it), state: ctx.t(state_name(it.state)) })
            .collect(),
        standing: if may { standing.len() } else { 0 },
        needs_words: *is_any_told,
        form,
    };
    ctx.form_page(&page, form.failed())
}

fn may(batch: &Batch, by: Undoer) -> bool {
    batch.made_by == by.id || by.role == crate::web::Role::Secretariat
}

fn fate(ctx: &Ctx, it: &Member) -> String {
    match it.fate {
        Fate::Done if it.decision.is_some_and(|(_, stands)| !stands) => ctx.t("bulk-undone"),
        Fate::Done => ctx.t("bulk-done"),
        Fate::Waiting => ctx.t("bulk-waiting"),
        Fate::Decided => ctx.t1("bulk-decided", "name", &it.other),
        Fate::Changed => ctx.t("bulk-changed"),
        Fate::Own => ctx.t("bulk-own"),
        Fate::OwnDecision => ctx.t("bulk-own-decision"),
        Fate::Unscanned => ctx.t("bulk-unscanned"),
        Fate::Claimed => ctx.t1("bulk-claimed", "name", &it.other),
    }
}

/// `POST /secretariat/batches/{id}/undo`
pub async fn undo_batch(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let (loaded, by) = loaded(&ctx, &id).await?;
    if !may(&loaded.batch, by) {
        return Err(PageError::Forbidden);
    }
    let words = fields.get("words");
    let mut form = Form::filled(fields.clone());
    let length = graphemes(words);
    if loaded.is_any_told && words.is_empty() {
        form.error("words", ctx.t("undo-words-missing"));
    } else if length > LONGEST_STATEMENT {
        form.error("words", ctx.t2("moderation-statement-long", "length", length, "most", LONGEST_STATEMENT));
    }
    if form.failed() {
        return show(&ctx, &vocabulary, &loaded, by, &form);
    }
    let batch = loaded.batch.id;
    let letters = Letterhead::of(ctx.site(), vocabulary.clone().into_inner());
    let undone = undo::undo(ctx.site().db(), ctx.now, by, batch, words, &letters).await?;
    let flash = if undone.stay == 0 { "flash-bulk-undone" } else { "flash-bulk-undone-some" };
    ctx.to_with(&format!("{QUEUE}/batches/{batch}"), flash)
}
