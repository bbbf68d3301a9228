//! Founding an organisation: one transaction.

use serde_json::json;

use super::domains::{self, AddressDomain, FreeMail};
use super::model::{Grounds, Membership, Organisation, Standing};
use super::store;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, OrganisationId};

/// What its founder says of an organisation.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Its name.
    pub name: String,
    /// A code of the vocabulary.
    pub stakeholder_group: String,
    /// ISO 3166-1 alpha-2, if any.
    pub country: Option<String>,
    /// Whether people with a confirmed address at the founder's own domain join by themselves.
    pub by_domain: bool,
}

/// Why there is no organisation.
#[derive(Debug, thiserror::Error)]
pub enum FoundError {
    /// The founder is a member of one already.
    #[error("a member already")]
    MemberAlready,
    /// There is one of this name, as it is written there.
    #[error("the name is taken")]
    NameTaken(String),
    /// The people of the founder's domain have one, of this name.
    #[error("the domain is taken")]
    DomainTaken {
        /// The domain.
        domain: String,
        /// The name of its organisation.
        name: String,
    },
    /// Anybody can have an address at this provider, so it stands for nobody.
    #[error("a provider's domain")]
    AnybodysDomain(String),
    /// The name claims this domain, and the founder's address is not there.
    #[error("somebody else's domain")]
    OthersDomain(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Founds the organisation; its founder is its first member. The domain is never typed: it is that of the founder's own
/// confirmed address.
pub fn found(
    conn: &mut AnyConnection,
    now: Moment,
    founder: AccountId,
    it: &Founding,
    free_mail: &FreeMail,
) -> Result<OrganisationId, FoundError> {
    if store::of_member(conn, founder)?.is_some() {
        return Err(FoundError::MemberAlready);
    }
    let domain = domain(&accounts::by_id(conn, founder)?.email, it, free_mail)?;
    if let Some(known) = store::by_name(conn, &it.name)? {
        return Err(FoundError::NameTaken(known.name));
    }
    if let Some(domain) = &domain
        && let Some(known) = store::by_domain(conn, domain)?
    {
        return Err(FoundError::DomainTaken { domain: domain.clone(), name: known.name });
    }
    let organisation = Organisation {
        id: OrganisationId::new(),
        name: it.name.clone(),
        domain,
        stakeholder_group: it.stakeholder_group.clone(),
        country: it.country.clone(),
        founded_by: founder,
        confirmed_at: None,
        version: 1,
    };
    store::insert(conn, now, &organisation)?;
    store::put_membership(
        conn,
        &Membership {
            organisation: organisation.id,
            account: founder,
            standing: Standing::Member,
            grounds: Grounds::Founder,
            asked_at: now,
            decided_at: None,
        },
    )?;
    store::take_back(conn, now, founder, organisation.id)?;
    let act = Act {
        action: "organisation.founded",
        subject: format!("organisation:{}", organisation.id),
        detail: json!({ "by_domain": organisation.domain.is_some() }),
    };
    audit::append(conn, now, Actor::Account(founder), act)?;
    Ok(organisation.id)
}

/// The domain whose people join by themselves, if the founder wants that and may.
fn domain(email: &str, it: &Founding, free_mail: &FreeMail) -> Result<Option<String>, FoundError> {
    let own = free_mail.domain(email);
    if let Some(claimed) = domains::claimed(&it.name).filter(|claimed| own.own() != Some(claimed)) {
        return Err(match own {
            AddressDomain::Anybodys(provider) => FoundError::AnybodysDomain(provider),
            AddressDomain::Own(_) | AddressDomain::None => FoundError::OthersDomain(claimed),
        });
    }
    match own {
        _ if !it.by_domain => Ok(None),
        AddressDomain::Own(domain) => Ok(Some(domain)),
        AddressDomain::Anybodys(provider) => Err(FoundError::AnybodysDomain(provider)),
        AddressDomain::None => Err(FoundError::AnybodysDomain(email.rsplit('@').next().unwrap_or_default().to_owned())),
    }
}
