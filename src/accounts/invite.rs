//! Staff come by invitation only.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::{Account, Details, DisplayName, Email, OnBehalfOf, Purpose};
use super::register::{LinkError, look, put_link, spend};
use super::{mail, staff, store};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{self, AccountId};
use crate::mail as post;
use crate::web::{Role, language};

/// Who is invited. The first invitation of a portal names nobody: whoever started it fills in name and address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invitation {
    /// The address, if known.
    pub email: Option<String>,
    /// The name, if known.
    pub name: Option<String>,
    role: String,
}

impl Invitation {
    /// An invitation by mail.
    pub fn by_mail(email: &Email, name: DisplayName, role: Role) -> Self {
        Self { email: Some(email.as_str().to_owned()), name: Some(name.into_string()), role: role.as_str().to_owned() }
    }

    /// The role it gives.
    pub fn role(&self) -> Option<Role> {
        Role::parse(&self.role)
    }
}

/// Makes an invitation, mails it if it has an address, and returns its link.
pub fn invite(
    conn: &mut AnyConnection,
    now: Moment,
    by: Actor,
    invitation: &Invitation,
    origin: &str,
) -> DbResult<String> {
    let secret = ids::secret();
    let detail = serde_json::to_string(invitation).map_err(|error| DbError::Fault(error.to_string()))?;
    put_link(conn, now, Purpose::Invite, None, &secret, &detail)?;
    let link = format!("{origin}/invitations/{secret}");
    if let Some(letter) = mail::invitation(invitation, &link, &secret) {
        post::queue(conn, now, letter)?;
    }
    let act = Act {
        action: "staff.invited",
        subject: format!("invitation:{}", hex::encode(ids::sha256(secret.as_bytes()))),
        detail: json!({ "role": invitation.role }),
    };
    audit::append(conn, now, by, act)?;
    Ok(link)
}

/// The link for whoever started the portal, while nobody has the role of the Secretariat.
pub fn first(conn: &mut AnyConnection, now: Moment, origin: &str) -> DbResult<Option<String>> {
    if store::has_secretariat(conn)? {
        return Ok(None);
    }
    let nobody = Invitation { email: None, name: None, role: Role::Secretariat.as_str().to_owned() };
    invite(conn, now, Actor::Operator, &nobody, origin).map(Some)
}

/// The invitation behind a link that may still be used.
pub fn read(conn: &mut AnyConnection, now: Moment, secret: &str) -> Result<Invitation, LinkError> {
    let token = look(conn, now, Purpose::Invite, secret)?;
    serde_json::from_str(&token.detail).map_err(|error| DbError::Fault(error.to_string()).into())
}

/// Accepts an invitation: makes the staff account, or gives the role to the account with that address, whose password
/// the caller has compared; nobody of the Secretariat loses that role so. The invitation's address goes over what was
/// typed. The first invitation, which names nobody, is over once somebody has the role of the Secretariat.
pub fn accept(
    conn: &mut AnyConnection,
    now: Moment,
    secret: &str,
    email: &Email,
    name: &DisplayName,
    password_hash: &str,
) -> Result<(), LinkError> {
    let invitation = read(conn, now, secret)?;
    spend(conn, now, Purpose::Invite, secret)?;
    let role = invitation.role().ok_or(LinkError::Unknown)?;
    if invitation.email.is_none() && store::has_secretariat(conn)? {
        return Err(LinkError::Over);
    }
    let email = invitation.email.as_deref().and_then(Email::parse).unwrap_or_else(|| email.clone());
    let id = match store::by_email(conn, &email)? {
        // Only a reinstatement ends a suspension.
        Some(known) if staff::store::is_suspended(conn, known.id)? => return Err(LinkError::Over),
        Some(known) => {
            if known.confirmed_at.is_none() {
                // Nobody ever used it: whoever has the invitation has its address.
                store::set_password(conn, known.id, password_hash)?;
            }
            if known.role != Role::Secretariat {
                store::set_role(conn, known.id, role)?;
            }
            store::confirm(conn, now, known.id)?;
            store::end_sessions(conn, known.id, &[])?;
            store::end_tokens(conn, now, known.id)?;
            known.id
        }
        None => add(conn, now, &email, name.clone(), role, password_hash)?,
    };
    let act =
        Act { action: "staff.joined", subject: format!("account:{id}"), detail: json!({ "role": role.as_str() }) };
    Ok(audit::append(conn, now, Actor::Account(id), act)?)
}

fn add(
    conn: &mut AnyConnection,
    now: Moment,
    email: &Email,
    name: DisplayName,
    role: Role,
    password_hash: &str,
) -> DbResult<AccountId> {
    let account = Account {
        id: AccountId::new(),
        email: email.as_str().to_owned(),
        details: Details {
            name: name.into_string(),
            stakeholder_group: "other".to_owned(),
            organisation: None,
            country: None,
            on_behalf_of: OnBehalfOf::Myself,
        },
        language: language::DEFAULT.to_owned(),
        password_hash: password_hash.to_owned(),
        role,
        confirmed_at: Some(now),
        version: 1,
    };
    store::insert(conn, now, &account)?;
    Ok(account.id)
}
