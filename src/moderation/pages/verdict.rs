//! Takes the form of a decision, and tells who lost a race what won it.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::detail::{self, Loaded};
use super::{QUEUE, claim, comment_page, outcome_name, state_name};
use crate::accounts::pages::sign_in_with;
use crate::comments::model::{Comment, Event};
use crate::db::DbError;
use crate::moderation::decide::{self as verb, DecideError};
use crate::moderation::form::Case;
use crate::moderation::listing::{Filter, Place};
use crate::moderation::mail::Letterhead;
use crate::moderation::model::{Decision, Expected, Outcome};
use crate::moderation::{form, store};
use crate::norms::vocabulary::Vocabulary;
use crate::web::form::Posted;
use crate::web::{Ctx, Fields, Form, Page, PageError};

#[derive(Template)]
#[template(path = "moderation/conflict.html")]
struct ConflictPage<'a> {
    ctx: &'a Ctx,
    reference: &'a str,
    headline: String,
    decision: Option<&'a Decision>,
    outcome: String,
    reason: &'a str,
    /// Where the comment stands, if it was not decided but changed.
    state: String,
    typed: Typed<'a>,
    comment_page: String,
    queue: String,
}

/// What the moderator had filled in.
struct Typed<'a> {
    outcome: String,
    reason: &'a str,
    statement: &'a str,
    note: &'a str,
}

/// `POST /secretariat/comments/{reference}/decision`
pub async fn decide(posted: Posted, path: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let loaded = detail::loaded(&ctx, &path, &vocabulary).await?;
    if fields.get("go") == "edit" {
        return detail::show(&ctx, &vocabulary, loaded, &Form::filled(fields));
    }
    if fields.get("go") == "template" {
        let form = with_template(fields, &loaded.author_language, &vocabulary);
        return detail::show(&ctx, &vocabulary, loaded, &form);
    }
    let expected = form::expected(&fields).ok_or(PageError::BadRequest)?;
    let case = Case { state: loaded.comment.state, language: &loaded.author_language, now: ctx.now };
    let verdict = match form::verdict(&fields, case, ctx.lang, &vocabulary) {
        Ok(verdict) => verdict,
        Err(form) => return again(&ctx, &vocabulary, loaded, expected, &fields, &form).await,
    };
    let outcome = verdict.outcome;
    let (id, now) = (loaded.comment.id, ctx.now);
    let letters = Letterhead::of(ctx.site(), vocabulary.clone().into_inner());
    let write = move |conn: &mut _| verb::decide(conn, now, by, id, expected, &verdict, &letters);
    match ctx.site().db().write(write).await {
        Ok(_) => on_to_next(&ctx, &loaded, outcome).await,
        Err(DecideError::Claimed(it)) => claim::held(&ctx, &vocabulary, &loaded.comment, Some(&*it), &fields).await,
        Err(error @ (DecideError::OwnComment | DecideError::EnteredThemselves | DecideError::Unscanned)) => {
            let why = match error {
                DecideError::OwnComment => ctx.t("moderation-own"),
                DecideError::Unscanned => ctx.t("unscanned-decision"),
                _ => ctx.t("received-own"),
            };
            let mut form = Form::filled(fields.clone());
            form.error("outcome", why);
            again(&ctx, &vocabulary, loaded, expected, &fields, &form).await
        }
        Err(DecideError::Db(DbError::Taken(_))) => lost(&ctx, &vocabulary, &loaded, expected, &fields).await,
        Err(error) => conflict(&ctx, &vocabulary, &loaded, &fields, error),
    }
}

/// The form with the text for the chosen reason as its statement.
fn with_template(mut fields: Fields, language: &str, vocabulary: &Vocabulary) -> Form {
    if let Some(item) = vocabulary.reasons.item(fields.get("reason")) {
        fields.set("outcome", Outcome::Decline.as_str());
        fields.set("statement", item.statement_in(language).0);
    }
    Form::filled(fields)
}

/// The form with its errors, unless the comment is no longer the one that was read.
async fn again(
    ctx: &Ctx,
    vocabulary: &Vocabulary,
    loaded: Loaded,
    expected: Expected,
    fields: &Fields,
    form: &Form,
) -> Page {
    if is_as_read(&loaded.comment, expected) {
        return detail::show(ctx, vocabulary, loaded, form);
    }
    lost(ctx, vocabulary, &loaded, expected, fields).await
}

/// Whether the comment still waits as the moderator read it.
fn is_as_read(comment: &Comment, expected: Expected) -> bool {
    let waits = comment.state.apply(Event::Publish).is_some();
    waits && comment.revision == expected.revision && comment.version == expected.version
}

async fn on_to_next(ctx: &Ctx, loaded: &Loaded, outcome: Outcome) -> Page {
    let flash = match outcome {
        Outcome::Publish => "flash-moderation-published",
        Outcome::Return => "flash-moderation-returned",
        Outcome::Decline => "flash-moderation-declined",
    };
    let next = next_page(ctx, loaded).await?;
    ctx.to_with(&next, flash)
}

/// The page of the comment that comes after this one in the queue; the queue if there is none.
pub(super) async fn next_page(ctx: &Ctx, loaded: &Loaded) -> Result<String, PageError> {
    let by = ctx.staff()?.id;
    let after = Place { priority: loaded.priority, at: loaded.comment.submitted_at, id: loaded.comment.id };
    let (now, state, wanted) = (ctx.now, loaded.comment.state, loaded.filter.clone());
    let next = ctx.site().db().read(move |conn| store::next_for(conn, now, (state, by), &wanted, after)).await?;
    let path = next.map_or_else(|| QUEUE.to_owned(), |next| comment_page(&next.comment));
    Ok(loaded.filter.address(&path, &[]))
}

async fn lost(ctx: &Ctx, vocabulary: &Vocabulary, loaded: &Loaded, expected: Expected, fields: &Fields) -> Page {
    let id = loaded.comment.id;
    let error = ctx.site().db().read(move |conn| verb::lost(conn, id, expected)).await?;
    if let DecideError::Changed(comment) = &error
        && is_as_read(comment, expected)
    {
        tracing::error!(%id, "a verdict was refused as a second one, but there is no first");
        return Err(PageError::Fault);
    }
    conflict(ctx, vocabulary, loaded, fields, error)
}

fn conflict(ctx: &Ctx, vocabulary: &Vocabulary, loaded: &Loaded, fields: &Fields, error: DecideError) -> Page {
    let (decision, changed) = match error {
        DecideError::Decided(decision) => (Some(decision), None),
        DecideError::Changed(comment) => (None, Some(comment)),
        DecideError::NoSuchComment => return Err(PageError::NotFound),
        DecideError::Db(error) => return Err(error.into()),
        DecideError::OwnComment
        | DecideError::EnteredThemselves
        | DecideError::Unscanned
        | DecideError::OwnDecision
        | DecideError::Claimed(_) => {
            return Err(PageError::Forbidden);
        }
    };
    let label = |code| vocabulary.reasons.label(code).unwrap_or_default();
    let done = |outcome: Option<Outcome>| outcome.map(|outcome| ctx.t(outcome_name(outcome))).unwrap_or_default();
    let filter: &Filter = &loaded.filter;
    let page = ConflictPage {
        ctx,
        reference: &loaded.comment.reference,
        headline: headline(ctx, decision.as_deref()),
        outcome: done(decision.as_ref().map(|decision| decision.outcome)),
        reason: decision.as_ref().and_then(|decision| decision.reason.as_deref()).map_or("", label),
        decision: decision.as_deref(),
        state: changed.map(|comment| ctx.t(state_name(comment.state))).unwrap_or_default(),
        typed: Typed {
            outcome: done(Outcome::parse(fields.get("outcome"))),
            reason: label(fields.get("reason")),
            statement: fields.get("statement"),
            note: fields.get("note"),
        },
        comment_page: filter.address(&comment_page(&loaded.comment), &[]),
        queue: filter.address(QUEUE, &[]),
    };
    ctx.page_as(StatusCode::CONFLICT, &page)
}

fn headline(ctx: &Ctx, decision: Option<&Decision>) -> String {
    match decision {
        Some(it) => {
            let time = it.decided_at.format("%H:%M");
            let gone = ctx.t("decider-gone");
            let name = if it.decider_name.is_empty() { &gone } else { &it.decider_name };
            ctx.t2("moderation-conflict-decided", "name", name, "time", time)
        }
        None => ctx.t("moderation-conflict-changed"),
    }
}
