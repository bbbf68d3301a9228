//! The Secretariat's people: who they are, inviting them, accepting an invitation.

use actix_web::web;
use askama::Template;

use super::form;
use super::invite::{self, Invitation};
use super::model::{Account, DisplayName, Email};
use super::pages::portal_name;
use super::password::Hasher;
use super::staff::model::Person;
use super::store::Token;
use super::{proof, staff, store};
use crate::audit::Actor;
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted, Role};

#[derive(Template)]
#[template(path = "accounts/people.html")]
struct PeoplePage<'a> {
    ctx: &'a Ctx,
    form: Form,
    people: People,
    /// The address that was asked for and that nobody has; empty if none was.
    lost: String,
    roles: Vec<(&'static str, String, String)>,
    link: String,
}

#[derive(Template)]
#[template(path = "accounts/invitation.html")]
struct InvitationPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    role: String,
    email_is_given: bool,
}

/// Whoever has a place at the desk, lost it, or is invited to one.
struct People {
    staff: Vec<Person>,
    suspended: Vec<Person>,
    invitations: Vec<Invited>,
}

/// An invitation that can still be accepted.
struct Invited {
    /// The digest of its secret: what the audit log calls it.
    digest: String,
    email: String,
    role: Role,
    until: Moment,
}

impl People {
    fn read(conn: &mut AnyConnection, now: Moment) -> DbResult<Self> {
        let invited = |token: Token| {
            let it: Invitation = serde_json::from_str(&token.detail).ok()?;
            let (digest, role) = (hex::encode(&token.hash), it.role()?);
            Some(Invited { digest, email: it.email.unwrap_or_default(), role, until: token.expires_at })
        };
        Ok(Self {
            staff: staff::store::staff(conn)?,
            suspended: staff::store::suspended_others(conn)?,
            invitations: staff::store::open_invitations(conn, now)?.into_iter().filter_map(invited).collect(),
        })
    }
}

async fn people_page(ctx: &Ctx, form: Form, link: String, lost: String) -> Page {
    let now = ctx.now;
    let people = ctx.site().db().read(move |conn| People::read(conn, now)).await?;
    let roles = [Role::Moderator, Role::Secretariat]
        .map(|role| (role.as_str(), ctx.t(format!("role-{role}")), ctx.t(format!("role-{role}-hint"))))
        .to_vec();
    let failed = form.failed();
    ctx.form_page(&PeoplePage { ctx, form, people, lost, roles, link }, failed)
}

/// `GET /secretariat/people`
pub async fn people(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    people_page(&ctx, Form::default(), String::new(), String::new()).await
}

/// `POST /secretariat/people/search`: on to the person who has the address. A form, so that the address stands in no log of a
/// server in front (ASVS 14.2.1).
pub async fn search(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    ctx.secretariat()?;
    if let Some(address) = Email::parse(fields.get("address"))
        && let Some(found) = ctx.site().db().read(move |conn| store::by_email(conn, &address)).await?
    {
        return ctx.to(&format!("/secretariat/people/{}", found.id));
    }
    people_page(&ctx, Form::default(), String::new(), fields.get("address").to_owned()).await
}

/// `POST /secretariat/people`
pub async fn invite(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = Actor::Account(ctx.secretariat()?.id);
    if !ctx.is_proven() {
        return proof::pages::ask(&ctx, &fields).await;
    }
    let mut form = Form::filled(fields.clone());
    let email = form::email(&fields, &mut form, ctx.lang);
    let name = invited_name(&fields, &mut form, &ctx);
    let role = Role::parse(fields.get("role")).filter(|role| role.is_staff());
    if role.is_none() {
        form.error("role", ctx.t("people-role-missing"));
    }
    let (Some(email), Some(name), Some(role)) = (email, name, role) else {
        return people_page(&ctx, form, String::new(), String::new()).await;
    };
    let invitation = Invitation::by_mail(&email, name, role);
    let (now, origin) = (ctx.now, ctx.site().origin());
    let link = ctx.site().db().write(move |conn| invite::invite(conn, now, by, &invitation, &origin)).await?;
    people_page(&ctx, Form::default(), link, String::new()).await
}

fn invited_name(fields: &Fields, form: &mut Form, ctx: &Ctx) -> Option<DisplayName> {
    let name = DisplayName::parse(fields.get("name"));
    if name.is_none() {
        let id = if fields.get("name").is_empty() { "account-name-missing" } else { "account-name-wrong" };
        form.error("name", ctx.t(id));
    }
    name
}

fn invitation_page(ctx: &Ctx, invitation: &Invitation, form: Form) -> Page {
    let role = invitation.role().ok_or(PageError::Fault)?;
    let failed = form.failed();
    let page =
        InvitationPage { ctx, form, role: ctx.t(format!("role-{role}")), email_is_given: invitation.email.is_some() };
    ctx.form_page(&page, failed)
}

/// `GET /invitations/{secret}`
pub async fn invitation(ctx: Ctx, secret: web::Path<String>) -> Page {
    let now = ctx.now;
    let invitation = ctx.site().db().read(move |conn| invite::read(conn, now, &secret)).await?;
    let fields = Fields::default()
        .with("email", invitation.email.as_deref().unwrap_or_default())
        .with("name", invitation.name.as_deref().unwrap_or_default());
    invitation_page(&ctx, &invitation, Form::filled(fields))
}

/// `POST /invitations/{secret}`
pub async fn accept(posted: Posted, secret: web::Path<String>, hasher: web::Data<Hasher>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let (now, looked) = (ctx.now, secret.clone());
    let invitation = ctx.site().db().read(move |conn| invite::read(conn, now, &looked)).await?;
    let fields = match &invitation.email {
        Some(email) => fields.with("email", email),
        None => fields,
    };
    let mut form = Form::filled(fields.clone());
    let email = form::email(&fields, &mut form, ctx.lang);
    let name = invited_name(&fields, &mut form, &ctx);
    let known = match email.clone() {
        Some(email) => ctx.site().db().read(move |conn| store::by_email(conn, &email)).await?,
        None => None,
    };
    let password = if let Some(account) = known.filter(|account| account.confirmed_at.is_some()) {
        its_password(&ctx, &hasher, &fields, account, &mut form).await?
    } else {
        let own = [fields.get("name"), fields.get("email"), portal_name(&ctx)];
        form::new_password(&fields, "password", &own, &mut form, ctx.lang)
    };
    let (Some(email), Some(name), Some(password)): (Option<Email>, _, _) = (email, name, password) else {
        return invitation_page(&ctx, &invitation, form);
    };
    let hash = hasher.hash(password).await?;
    ctx.site().db().write(move |conn| invite::accept(conn, now, &secret, &email, &name, &hash)).await?;
    ctx.to_with("/sign-in?next=%2Fsecretariat", "flash-joined")
}

/// The password typed, if it is the one of the account that has the invited address already: an invitation gives a role,
/// it takes nobody's account.
async fn its_password(
    ctx: &Ctx,
    hasher: &Hasher,
    fields: &Fields,
    account: Account,
    form: &mut Form,
) -> Result<Option<String>, PageError> {
    let password = fields.raw("password").to_owned();
    let matches = hasher.matches(password.clone(), Some(account.password_hash)).await?;
    if !matches {
        form.error("password", ctx.t("invitation-known"));
    }
    Ok(matches.then_some(password))
}
