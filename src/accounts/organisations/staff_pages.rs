//! The Secretariat's view of organisations: confirm their names, decide about their people.

use actix_web::web;
use askama::Template;

use super::model::{Organisation, Person, Standing};
use super::pages::{asked_for, country};
use super::{confirm, members, store};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, OrganisationId};
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "organisations/list.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    waiting: Vec<(Organisation, Person)>,
    organisations: Vec<Organisation>,
    vocabulary: &'a Vocabulary,
    next_page: String,
}

#[derive(Template)]
#[template(path = "organisations/show.html")]
struct ShowPage<'a> {
    ctx: &'a Ctx,
    it: Whole,
    group: &'a str,
    country: String,
}

struct Whole {
    organisation: Organisation,
    members: Vec<Person>,
    waiting: Vec<Person>,
    first: Option<AccountId>,
}

impl Whole {
    fn leads(&self, person: &Person) -> bool {
        self.first == Some(person.account)
    }
}

/// `GET /secretariat/organisations`
pub async fn list(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.secretariat()?;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, OrganisationId::parse).ok_or(PageError::BadRequest)?),
    };
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        // People who wait stand on the first page alone.
        let waiting = if after.is_none() { store::waiting(conn)? } else { Vec::new() };
        Ok((waiting, store::all(conn, after)?))
    };
    let (waiting, mut rows) = ctx.site().db().read(read).await?;
    let next = paging::cut(&mut rows, |(it, at)| Cursor { at: *at, id: it.id });
    let next_page = next.map(|cursor| format!("{}?after={}", ctx.path, cursor.encode())).unwrap_or_default();
    let organisations = rows.into_iter().map(|(it, _)| it).collect();
    ctx.page(&ListPage { ctx: &ctx, waiting, organisations, vocabulary: &vocabulary, next_page })
}

fn whole(conn: &mut AnyConnection, id: OrganisationId) -> DbResult<Option<Whole>> {
    let Some(organisation) = store::by_id(conn, id)? else { return Ok(None) };
    Ok(Some(Whole {
        members: store::people(conn, id, Standing::Member)?,
        waiting: store::people(conn, id, Standing::Asked)?,
        first: store::first_member(conn, &organisation)?,
        organisation,
    }))
}

fn named(path: &str) -> Result<OrganisationId, PageError> {
    OrganisationId::parse(path).ok_or(PageError::NotFound)
}

/// `GET /secretariat/organisations/{id}`
pub async fn show(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.secretariat()?;
    let id = named(&id)?;
    let it = ctx.site().db().read(move |conn| whole(conn, id)).await?.ok_or(PageError::NotFound)?;
    let group = vocabulary.groups.label_or_code(&it.organisation.stakeholder_group).to_owned();
    let country = country(&it.organisation);
    ctx.page(&ShowPage { ctx: &ctx, it, group: &group, country })
}

/// `POST /secretariat/organisations/{id}`: confirms the name, or decides about a person.
pub async fn change(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let id = named(&id)?;
    let (now, here) = (ctx.now, ctx.path.clone());
    if fields.get("go") == "confirm" {
        let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
        ctx.site().db().write(move |conn| confirm::confirm(conn, now, by, id, expected)).await?;
        return ctx.to_with(&here, "flash-org-confirmed");
    }
    let (person, verdict, done) = asked_for(&fields)?;
    ctx.site().db().write(move |conn| members::decide_as_secretariat(conn, now, by, id, person, verdict)).await?;
    ctx.to_with(&here, done)
}
