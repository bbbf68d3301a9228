//! Handing what somebody works on over to a colleague. Who leaves the desk hands over nothing by themselves: what they
//! held is free at once.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::json;

use super::form;
use super::pages::{PEOPLE, named, refused};
use crate::accounts::proof;
use crate::accounts::staff::change::{self, ChangeError};
use crate::accounts::staff::model::{Grounds, Person, subject};
use crate::accounts::staff::store;
use crate::audit::{self, Act, Actor};
use crate::clock::{self, Moment};
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::mail::{self as post, Letter};
use crate::moderation::claims::store as claims;
use crate::web::language;
use crate::web::{Ctx, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "oversight/hand_over.html")]
struct HandOverPage<'a> {
    ctx: &'a Ctx,
    form: &'a Form,
    person: Person,
    colleagues: Vec<(String, String)>,
}

/// Gives every comment that `from` holds to `to`; how many those were.
fn hand_over(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (from, to): (AccountId, AccountId),
    grounds: &Grounds,
    origin: &str,
) -> Result<usize, ChangeError> {
    change::may(conn, by)?;
    let giver = store::person_by_id(conn, from)?.ok_or(ChangeError::Unknown)?;
    let taker = store::person_by_id(conn, to)?.filter(Person::is_staff).ok_or(ChangeError::Changed)?;
    let comments = claims::hand_over(conn, now, from, to)?;
    for person in [&giver, &taker] {
        post::queue(conn, now, letter(person, now, &taker, comments, grounds, origin))?;
    }
    let detail = json!({ "to": to.to_string(), "comments": comments, "grounds": change::digest(grounds) });
    store::put_grounds(conn, now, by, &subject(from), "claim.handed_over", grounds)?;
    let act = Act { action: "claim.handed_over", subject: subject(from), detail };
    audit::append(conn, now, Actor::Account(by), act)?;
    Ok(comments)
}

fn letter(person: &Person, now: Moment, taker: &Person, comments: usize, grounds: &Grounds, origin: &str) -> Letter {
    let lang = language::named(&person.account.language);
    let (count, queue) = (comments.to_string(), format!("{origin}/secretariat"));
    let args = [
        ("name", person.account.details.name.as_str()),
        ("taker", taker.account.details.name.as_str()),
        ("count", &count),
        ("grounds", grounds.as_str()),
        ("queue", &queue),
    ];
    Letter {
        once_key: format!("handed-over:{}:{}", person.account.id, clock::micros(now)),
        to: person.account.email.clone(),
        subject: lang.plain("handed-over-mail-subject", &args),
        body: lang.plain("handed-over-mail-body", &args),
    }
}

fn read(conn: &mut AnyConnection, id: AccountId) -> DbResult<Option<(Person, Vec<Person>)>> {
    let Some(person) = store::person_by_id(conn, id)? else { return Ok(None) };
    let colleagues = store::staff(conn)?.into_iter().filter(|it| it.is_staff() && it.account.id != id).collect();
    Ok(Some((person, colleagues)))
}

async fn page(ctx: &Ctx, id: AccountId, form: &Form, status: StatusCode) -> Page {
    let (person, colleagues) = ctx.site().db().read(move |conn| read(conn, id)).await?.ok_or(PageError::NotFound)?;
    let colleagues = colleagues.into_iter().map(|it| (it.account.id.to_string(), it.account.details.name)).collect();
    ctx.page_as(status, &HandOverPage { ctx, form, person, colleagues })
}

/// `GET /secretariat/people/{id}/claims`
pub async fn claims_page(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.secretariat()?;
    page(&ctx, named(&id)?, &Form::default(), StatusCode::OK).await
}

/// `POST /secretariat/people/{id}/claims`
pub async fn give(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let from = named(&id)?;
    let mut form = Form::filled(fields.clone());
    let to = AccountId::parse(fields.get("to")).filter(|to| *to != from);
    if to.is_none() {
        form.error("to", ctx.t("oversight-colleague-missing"));
    }
    let grounds = form::grounds(&ctx, &fields, &mut form);
    let (Some(to), Some(grounds)) = (to, grounds) else {
        return page(&ctx, from, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (now, origin) = (ctx.now, ctx.site().origin());
    let done = ctx.site().db().write(move |conn| hand_over(conn, now, by, (from, to), &grounds, &origin)).await;
    match done {
        Ok(_) => ctx.to_with(&format!("{PEOPLE}/{from}"), "flash-oversight-claims"),
        Err(ChangeError::Changed) => page(&ctx, from, &form, StatusCode::CONFLICT).await,
        Err(error) => Err(refused(error)),
    }
}
