//! A person's page, and the pages on which their role is changed, or they are suspended or reinstated.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::form;
use crate::accounts::staff::change::{self, ChangeError};
use crate::accounts::staff::model::{Ground, Order, Person};
use crate::accounts::staff::store;
use crate::accounts::{factor, passkeys, proof};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::moderation::claims::store as claims;
use crate::oversight::log::actions;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted, Role};

/// Where the list of people is.
pub const PEOPLE: &str = "/secretariat/people";

/// What is done to somebody's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Another role.
    Role,
    /// No signing in.
    Suspension,
    /// Signing in again.
    Reinstatement,
    /// No second factor, until they set up another one.
    SecondFactor,
}

impl Step {
    /// The end of the step's address.
    fn word(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Suspension => "suspension",
            Self::Reinstatement => "reinstatement",
            Self::SecondFactor => "second-factor",
        }
    }

    fn flash(self) -> &'static str {
        match self {
            Self::Role => "flash-oversight-role",
            Self::Suspension => "flash-oversight-suspension",
            Self::Reinstatement => "flash-oversight-reinstatement",
            Self::SecondFactor => "flash-oversight-second-factor",
        }
    }

    /// Whether it can be done to the person as they are.
    fn fits(self, person: &Person, has_factor: bool) -> bool {
        match self {
            Self::Role => true,
            Self::SecondFactor => has_factor,
            Self::Suspension => person.suspended_at.is_none(),
            Self::Reinstatement => person.suspended_at.is_some(),
        }
    }

    fn run(
        self,
        conn: &mut AnyConnection,
        now: Moment,
        order: &Order,
        role: Option<Role>,
        origin: &str,
    ) -> Result<(), ChangeError> {
        // Whoever leaves the desk, for a while or for good, works on nothing any more.
        if matches!(self, Self::Suspension) || role == Some(Role::Stakeholder) {
            claims::release_all(conn, order.whom)?;
        }
        match (self, role) {
            (Self::Role, Some(role)) => change::role(conn, now, order, role, origin),
            (Self::Role, None) => Err(ChangeError::Changed),
            (Self::Suspension, _) => change::suspend(conn, now, order, origin),
            (Self::Reinstatement, _) => change::reinstate(conn, now, order, origin),
            (Self::SecondFactor, _) => change::reset_factor(conn, now, order, origin),
        }
    }
}

#[derive(Template)]
#[template(path = "oversight/person.html")]
struct PersonPage<'a> {
    ctx: &'a Ctx,
    person: Person,
    /// What was done, in words, with its grounds.
    grounds: Vec<(String, Ground)>,
    is_oneself: bool,
    has_factor: bool,
}

#[derive(Template)]
#[template(path = "oversight/step.html")]
struct StepPage<'a> {
    ctx: &'a Ctx,
    form: &'a Form,
    step: Step,
    person: Person,
    roles: Vec<(&'static str, String, String)>,
    /// Somebody else changed the person meanwhile: this is how they are now.
    is_overtaken: bool,
}

/// What can't be shown beside a field.
pub(super) fn refused(error: ChangeError) -> PageError {
    match error {
        ChangeError::NotSecretariat | ChangeError::Oneself => PageError::Forbidden,
        ChangeError::Unknown => PageError::NotFound,
        ChangeError::Changed | ChangeError::Unconfirmed | ChangeError::LastOfSecretariat => PageError::Conflict,
        ChangeError::Database(error) => error.into(),
    }
}

pub(super) fn named(id: &str) -> Result<AccountId, PageError> {
    AccountId::parse(id).ok_or(PageError::NotFound)
}

fn read(conn: &mut AnyConnection, id: AccountId) -> DbResult<Option<(Person, Vec<Ground>, bool)>> {
    let Some(person) = store::person_by_id(conn, id)? else { return Ok(None) };
    let grounds = store::grounds_of(conn, &person.subject())?;
    let has_factor = factor::store::is_set(conn, id)? || passkeys::store::has_any(conn, id)?;
    Ok(Some((person, grounds, has_factor)))
}

/// `GET /secretariat/people/{id}`
pub async fn person(ctx: Ctx, id: web::Path<String>) -> Page {
    let by = ctx.secretariat()?.id;
    let id = named(&id)?;
    let (person, grounds, has_factor) =
        ctx.site().db().read(move |conn| read(conn, id)).await?.ok_or(PageError::NotFound)?;
    let grounds = grounds.into_iter().map(|it| (actions::words(ctx.lang, &it.action), it)).collect();
    ctx.page(&PersonPage { ctx: &ctx, person, grounds, is_oneself: id == by, has_factor })
}

async fn step_page(ctx: &Ctx, step: Step, id: &str, form: &Form, status: StatusCode) -> Page {
    let by = ctx.secretariat()?.id;
    let id = named(id)?;
    let (person, _, has_factor) = ctx.site().db().read(move |conn| read(conn, id)).await?.ok_or(PageError::NotFound)?;
    if id == by {
        return Err(PageError::Forbidden);
    }
    if !step.fits(&person, has_factor) {
        return Err(PageError::Conflict);
    }
    let others = Role::ALL.iter().filter(|role| **role != person.account.role);
    let roles =
        others.map(|role| (role.as_str(), ctx.t(format!("role-{role}")), ctx.t(format!("role-{role}-hint")))).collect();
    let is_overtaken = status == StatusCode::CONFLICT;
    ctx.page_as(status, &StepPage { ctx, form, step, person, roles, is_overtaken })
}

/// Takes the step that a form asks for, or shows the form again.
async fn take(posted: Posted, step: Step, id: &str) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let whom = named(id)?;
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let mut form = Form::filled(fields.clone());
    let role = wanted(&ctx, step, &fields, &mut form);
    let grounds = form::grounds(&ctx, &fields, &mut form);
    let (Some(grounds), false) = (grounds, form.failed()) else {
        return step_page(&ctx, step, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (now, origin) = (ctx.now, ctx.site().origin());
    let order = Order { by, whom, expected, grounds };
    match ctx.site().db().write(move |conn| step.run(conn, now, &order, role, &origin)).await {
        Ok(()) => ctx.to_with(&format!("{PEOPLE}/{whom}"), step.flash()),
        Err(ChangeError::Changed) => step_page(&ctx, step, id, &form, StatusCode::CONFLICT).await,
        Err(ChangeError::Unconfirmed) => {
            form.error("role", ctx.t("oversight-role-unconfirmed"));
            step_page(&ctx, step, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(refused(error)),
    }
}

/// The role chosen, where the step needs one.
fn wanted(ctx: &Ctx, step: Step, fields: &Fields, form: &mut Form) -> Option<Role> {
    let role = Role::parse(fields.get("role")).filter(|_| step == Step::Role);
    if step == Step::Role && role.is_none() {
        form.error("role", ctx.t("people-role-missing"));
    }
    role
}

/// `GET /secretariat/people/{id}/role`
pub async fn role_page(ctx: Ctx, id: web::Path<String>) -> Page {
    step_page(&ctx, Step::Role, &id, &Form::default(), StatusCode::OK).await
}

/// `POST /secretariat/people/{id}/role`
pub async fn role(posted: Posted, id: web::Path<String>) -> Page {
    take(posted, Step::Role, &id).await
}

/// `GET /secretariat/people/{id}/suspension`
pub async fn suspension_page(ctx: Ctx, id: web::Path<String>) -> Page {
    step_page(&ctx, Step::Suspension, &id, &Form::default(), StatusCode::OK).await
}

/// `POST /secretariat/people/{id}/suspension`
pub async fn suspend(posted: Posted, id: web::Path<String>) -> Page {
    take(posted, Step::Suspension, &id).await
}

/// `GET /secretariat/people/{id}/reinstatement`
pub async fn reinstatement_page(ctx: Ctx, id: web::Path<String>) -> Page {
    step_page(&ctx, Step::Reinstatement, &id, &Form::default(), StatusCode::OK).await
}

/// `POST /secretariat/people/{id}/reinstatement`
pub async fn reinstate(posted: Posted, id: web::Path<String>) -> Page {
    take(posted, Step::Reinstatement, &id).await
}

/// `GET /secretariat/people/{id}/second-factor`
pub async fn factor_page(ctx: Ctx, id: web::Path<String>) -> Page {
    step_page(&ctx, Step::SecondFactor, &id, &Form::default(), StatusCode::OK).await
}

/// `POST /secretariat/people/{id}/second-factor`
pub async fn reset_factor(posted: Posted, id: web::Path<String>) -> Page {
    take(posted, Step::SecondFactor, &id).await
}
