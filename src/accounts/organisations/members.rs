//! Who belongs to an organisation: letting in, refusing, putting out, leaving, losing the address it rested on.

use serde_json::json;

use super::model::{Grounds, Organisation, Standing};
use super::{mail, store};
use crate::accounts::model::Email;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, OrganisationId};
use crate::mail as post;

/// What can be decided about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Who asked becomes a member.
    Approve,
    /// Who asked does not.
    Refuse,
    /// A member is one no more.
    PutOut,
}

impl Verdict {
    /// Reads the word of a button.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "approve" => Some(Self::Approve),
            "refuse" => Some(Self::Refuse),
            "put-out" => Some(Self::PutOut),
            _ => None,
        }
    }

    fn way(self) -> (Standing, Standing) {
        match self {
            Self::Approve => (Standing::Asked, Standing::Member),
            Self::Refuse => (Standing::Asked, Standing::Refused),
            Self::PutOut => (Standing::Member, Standing::Refused),
        }
    }

    /// What the audit log calls it, and what the letter about it is called.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Approve => ("organisation.approved", "org-approved"),
            Self::Refuse => ("organisation.refused", "org-refused"),
            Self::PutOut => ("organisation.put_out", "org-put-out"),
        }
    }
}

/// Why nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum MemberError {
    /// There is no such organisation.
    #[error("no such organisation")]
    NotFound,
    /// Only its first member and the Secretariat decide.
    #[error("not the first member")]
    NotYours,
    /// Somebody else decided, the person took the question back, or is a member elsewhere now.
    #[error("changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The first member decides about a person of their own organisation; never about themselves: they leave.
pub fn decide_as_first(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    person: AccountId,
    verdict: Verdict,
) -> Result<(), MemberError> {
    let it = store::of_member(conn, by)?.ok_or(MemberError::NotYours)?;
    if store::first_member(conn, &it)? != Some(by) || person == by {
        return Err(MemberError::NotYours);
    }
    decide(conn, now, by, &it, person, verdict)
}

/// The Secretariat decides about a person of any organisation.
pub fn decide_as_secretariat(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    organisation: OrganisationId,
    person: AccountId,
    verdict: Verdict,
) -> Result<(), MemberError> {
    let it = store::by_id(conn, organisation)?.ok_or(MemberError::NotFound)?;
    decide(conn, now, by, &it, person, verdict)
}

fn decide(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    it: &Organisation,
    person: AccountId,
    verdict: Verdict,
) -> Result<(), MemberError> {
    match store::move_on(conn, now, it.id, person, verdict.way(), by) {
        Ok(true) => {}
        // The index that holds everybody to one organisation: they joined another one meanwhile.
        Ok(false) | Err(DbError::Taken(_)) => return Err(MemberError::Changed),
        Err(error) => return Err(error.into()),
    }
    let account = accounts::by_id(conn, person)?;
    let (action, letter) = verdict.names();
    post::queue(conn, now, mail::decided(&account, it, letter, now))?;
    let detail = json!({ "account": person.to_string() });
    let act = Act { action, subject: format!("organisation:{}", it.id), detail };
    Ok(audit::append(conn, now, Actor::Account(by), act)?)
}

/// Ends a person's membership, or takes their question back. `false`: they had neither.
pub fn leave(conn: &mut AnyConnection, now: Moment, person: AccountId) -> DbResult<bool> {
    for (standing, found) in
        [(Standing::Member, store::of_member(conn, person)?), (Standing::Asked, store::asked_by(conn, person)?)]
    {
        if let Some(it) = found
            && store::move_on(conn, now, it.id, person, (standing, Standing::Left), person)?
        {
            left(conn, now, person, &it, "wish")?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Called when an account gets another address: a membership that rests on an address at the organisation's domain
/// ends with that address, the founder's too; one that was approved stays. `once` is the address link's secret.
pub fn address_changed(
    conn: &mut AnyConnection,
    now: Moment,
    person: AccountId,
    new: &Email,
    once: &str,
) -> DbResult<()> {
    let Some(it) = store::of_member(conn, person)? else { return Ok(()) };
    let grounds = store::membership(conn, it.id, person)?.map(|membership| membership.grounds);
    let rests_on_domain = it.domain.is_some() && grounds != Some(Grounds::Approval);
    if !rests_on_domain || it.has_address(new.as_str()) {
        return Ok(());
    }
    if store::move_on(conn, now, it.id, person, (Standing::Member, Standing::Left), person)? {
        let account = accounts::by_id(conn, person)?;
        post::queue(conn, now, mail::ended(&account, &it, once))?;
        left(conn, now, person, &it, "address")?;
    }
    Ok(())
}

fn left(conn: &mut AnyConnection, now: Moment, person: AccountId, it: &Organisation, because: &str) -> DbResult<()> {
    let act = Act {
        action: "organisation.left",
        subject: format!("organisation:{}", it.id),
        detail: json!({ "account": person.to_string(), "because": because }),
    };
    audit::append(conn, now, Actor::Account(person), act)
}
