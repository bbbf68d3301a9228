//! One's own organisation: found one, ask to join one, see who belongs to it, let people in, leave.

use actix_web::web;
use askama::Template;

use super::domains::{AddressDomain, FreeMail};
use super::found::{self, FoundError, Founding};
use super::join::{self, JoinError};
use super::members::{self, MemberError, Verdict};
use super::model::{Organisation, Person, Standing};
use super::{form, store};
use crate::accounts::model::Account;
use crate::accounts::pages::Choices;
use crate::accounts::store as accounts;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, OrganisationId};
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Where one's organisation is.
const PATH: &str = "/account/organisation";

/// The page of somebody who belongs to none.
#[derive(Template)]
#[template(path = "organisations/none.html")]
struct NonePage<'a> {
    ctx: &'a Ctx,
    form: Form,
    choices: Choices,
    domain: AddressDomain,
    /// The organisation of the viewer's domain, if there is one.
    at_domain: Option<Organisation>,
    /// What the search found; `None` if nothing was searched for.
    found: Option<Vec<Organisation>>,
    account: &'a Account,
}

#[derive(Template)]
#[template(path = "organisations/asked.html")]
struct AskedPage<'a> {
    ctx: &'a Ctx,
    organisation: &'a Organisation,
}

#[derive(Template)]
#[template(path = "organisations/member.html")]
struct MemberPage<'a> {
    ctx: &'a Ctx,
    organisation: &'a Organisation,
    group: &'a str,
    country: String,
    members: Vec<Person>,
    /// Who wants to join: shown to the first member alone.
    waiting: Vec<Person>,
    viewer: AccountId,
    first: Option<AccountId>,
}

impl MemberPage<'_> {
    fn is_first(&self) -> bool {
        self.first == Some(self.viewer)
    }

    fn leads(&self, person: &Person) -> bool {
        self.first == Some(person.account)
    }
}

/// Where the viewer stands.
enum Stands {
    Member { organisation: Organisation, members: Vec<Person>, waiting: Vec<Person>, first: Option<AccountId> },
    Asked(Organisation),
    Nowhere { account: Box<Account>, at_domain: Option<Organisation>, found: Option<Vec<Organisation>> },
}

fn look(conn: &mut AnyConnection, viewer: AccountId, search: &str, free_mail: &FreeMail) -> DbResult<Stands> {
    if let Some(organisation) = store::of_member(conn, viewer)? {
        let first = store::first_member(conn, &organisation)?;
        let members = store::people(conn, organisation.id, Standing::Member)?;
        let waiting =
            if first == Some(viewer) { store::people(conn, organisation.id, Standing::Asked)? } else { Vec::new() };
        return Ok(Stands::Member { organisation, members, waiting, first });
    }
    if let Some(organisation) = store::asked_by(conn, viewer)? {
        return Ok(Stands::Asked(organisation));
    }
    let account = Box::new(accounts::by_id(conn, viewer)?);
    let at_domain = match free_mail.domain(&account.email) {
        AddressDomain::Own(domain) => store::by_domain(conn, &domain)?,
        AddressDomain::Anybodys(_) | AddressDomain::None => None,
    };
    let found = if search.is_empty() { None } else { Some(store::named_like(conn, search)?) };
    Ok(Stands::Nowhere { account, at_domain, found })
}

/// `GET /account/organisation`
pub async fn page(ctx: Ctx, vocabulary: web::Data<Vocabulary>, free_mail: web::Data<FreeMail>) -> Page {
    show(&ctx, &vocabulary, free_mail, None).await
}

async fn show(ctx: &Ctx, vocabulary: &Vocabulary, free_mail: web::Data<FreeMail>, form: Option<Form>) -> Page {
    let viewer = ctx.signed_in()?.id;
    let search = ctx.query.get("search").to_owned();
    let (searched, providers) = (search.clone(), free_mail.clone());
    match ctx.site().db().read(move |conn| look(conn, viewer, &searched, &providers)).await? {
        Stands::Member { organisation, members, waiting, first } => ctx.page(&MemberPage {
            ctx,
            group: vocabulary.groups.label_or_code(&organisation.stakeholder_group),
            country: country(&organisation),
            members,
            waiting,
            viewer,
            first,
            organisation: &organisation,
        }),
        Stands::Asked(organisation) => ctx.page(&AskedPage { ctx, organisation: &organisation }),
        Stands::Nowhere { account, at_domain, found } => {
            let failed = form.as_ref().is_some_and(Form::failed);
            let form = form.unwrap_or_else(|| prefilled(&account, &search));
            let choices = Choices::new(ctx, vocabulary);
            let domain = free_mail.domain(&account.email);
            let page = NonePage { ctx, form, choices, domain, at_domain, found, account: &account };
            ctx.form_page(&page, failed)
        }
    }
}

/// The name of an organisation's country; empty if not said.
pub(super) fn country(it: &Organisation) -> String {
    let code = it.country.as_deref().unwrap_or_default();
    rust_iso3166::from_alpha2(code).map(|country| country.name.to_owned()).unwrap_or_default()
}

fn prefilled(account: &Account, search: &str) -> Form {
    let details = &account.details;
    Form::filled(
        Fields::default()
            .with("search", search)
            .with("name", details.organisation.as_deref().unwrap_or_default())
            .with("stakeholder_group", &details.stakeholder_group)
            .with("country", details.country.as_deref().unwrap_or_default()),
    )
}

/// `POST /account/organisation/founding`
pub async fn found(posted: Posted, vocabulary: web::Data<Vocabulary>, free_mail: web::Data<FreeMail>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let founder = ctx.signed_in()?.id;
    let mut form = Form::filled(fields.clone());
    let Some(founding) = form::founding(&fields, &mut form, &vocabulary, ctx.lang) else {
        return show(&ctx, &vocabulary, free_mail, Some(form)).await;
    };
    match try_to_found(&ctx, founder, founding, &free_mail).await {
        Ok(_) => ctx.to_with(PATH, "flash-org-founded"),
        Err(FoundError::MemberAlready) => Err(PageError::Conflict),
        Err(FoundError::Database(error)) => Err(error.into()),
        Err(refused) => {
            let (field, message) = refusal(&ctx, &refused);
            form.error(field, message);
            show(&ctx, &vocabulary, free_mail, Some(form)).await
        }
    }
}

async fn try_to_found(
    ctx: &Ctx,
    founder: AccountId,
    founding: Founding,
    free_mail: &web::Data<FreeMail>,
) -> Result<OrganisationId, FoundError> {
    let now = ctx.now;
    let mut tries = 0;
    loop {
        let (once, providers) = (founding.clone(), free_mail.clone());
        match ctx.site().db().write(move |conn| found::found(conn, now, founder, &once, &providers)).await {
            // Somebody else founded one of this name or domain at the same moment: now it can be seen.
            Err(FoundError::Database(DbError::Taken(_))) if tries < 5 => tries += 1,
            outcome => return outcome,
        }
    }
}

/// The field that a refusal is about, and what to do.
fn refusal(ctx: &Ctx, error: &FoundError) -> (&'static str, String) {
    match error {
        FoundError::NameTaken(name) => ("name", ctx.t1("org-name-taken", "name", name)),
        FoundError::DomainTaken { domain, name } => {
            ("by_domain", ctx.t2("org-domain-taken", "domain", domain, "name", name))
        }
        FoundError::AnybodysDomain(provider) => ("name", ctx.t1("org-domain-anybodys", "provider", provider)),
        FoundError::OthersDomain(domain) => ("name", ctx.t1("org-domain-others", "domain", domain)),
        FoundError::MemberAlready | FoundError::Database(_) => ("name", String::new()),
    }
}

/// `POST /account/organisation/joining`
pub async fn join(posted: Posted, vocabulary: web::Data<Vocabulary>, free_mail: web::Data<FreeMail>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let person = ctx.signed_in()?.id;
    let organisation = OrganisationId::parse(fields.get("organisation")).ok_or(PageError::BadRequest)?;
    let (now, origin) = (ctx.now, ctx.site().origin());
    let most = ctx.site().config().limits.letters_an_hour;
    match ctx.site().db().write(move |conn| join::join(conn, now, person, organisation, &origin, most)).await {
        Ok(Standing::Member) => ctx.to_with(PATH, "flash-org-joined"),
        Ok(_) => ctx.to_with(PATH, "flash-org-asked"),
        Err(JoinError::Refused(until)) => {
            let mut form = Form::filled(fields);
            form.error("search", ctx.t1("org-refused-until", "time", ctx.time(until)));
            show(&ctx, &vocabulary, free_mail, Some(form)).await
        }
        Err(JoinError::NotFound) => Err(PageError::NotFound),
        Err(JoinError::Already | JoinError::Changed | JoinError::Database(DbError::Taken(_))) => {
            Err(PageError::Conflict)
        }
        Err(JoinError::Database(error)) => Err(error.into()),
    }
}

impl From<MemberError> for PageError {
    fn from(error: MemberError) -> Self {
        match error {
            MemberError::NotFound => Self::NotFound,
            MemberError::NotYours => Self::Forbidden,
            MemberError::Changed => Self::Conflict,
            MemberError::Database(error) => error.into(),
        }
    }
}

/// What a button on a person asks for: the verdict, about whom, and what to say when it is done.
pub(super) fn asked_for(fields: &Fields) -> Result<(AccountId, Verdict, &'static str), PageError> {
    let person = AccountId::parse(fields.get("person")).ok_or(PageError::BadRequest)?;
    let verdict = Verdict::parse(fields.get("go")).ok_or(PageError::BadRequest)?;
    let done = match verdict {
        Verdict::Approve => "flash-org-approved",
        Verdict::Refuse => "flash-org-refused",
        Verdict::PutOut => "flash-org-put-out",
    };
    Ok((person, verdict, done))
}

/// `POST /account/organisation/people`: the first member lets in, refuses or puts out.
pub async fn decide(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.signed_in()?.id;
    let (person, verdict, done) = asked_for(&fields)?;
    let now = ctx.now;
    ctx.site().db().write(move |conn| members::decide_as_first(conn, now, by, person, verdict)).await?;
    ctx.to_with(PATH, done)
}

/// `POST /account/organisation/leaving`
pub async fn leave(posted: Posted) -> Page {
    let (ctx, _) = posted.checked()?;
    let person = ctx.signed_in()?.id;
    let now = ctx.now;
    let had_one = ctx.site().db().write(move |conn| members::leave(conn, now, person)).await?;
    if had_one { ctx.to_with(PATH, "flash-org-left") } else { Err(PageError::Conflict) }
}
