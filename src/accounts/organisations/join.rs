//! Joining an organisation: at once by a confirmed address at its domain, else by asking. One transaction.

use serde_json::json;

use super::model::{Grounds, Membership, Organisation, REFUSED_FOR, Standing};
use super::{mail, store};
use crate::accounts::model::Account;
use crate::accounts::register::has_enough;
use crate::accounts::staff::model::Person;
use crate::accounts::staff::store as staff;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, OrganisationId};
use crate::mail as post;

/// Why somebody stands where they stood.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// There is no such organisation.
    #[error("no such organisation")]
    NotFound,
    /// They are a member of one, or wait for an answer: leave, or take the question back first.
    #[error("a member already, or waiting")]
    Already,
    /// They were refused or put out, and may ask again from then on.
    #[error("refused")]
    Refused(Moment),
    /// The same person did something else at the same moment.
    #[error("changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Makes `person` a member if their confirmed address is exactly at the organisation's domain; else asks its first
/// member and the Secretariat, each by at most `most` letters an hour. Somebody who was refused or put out once can only ask.
pub fn join(
    conn: &mut AnyConnection,
    now: Moment,
    person: AccountId,
    organisation: OrganisationId,
    origin: &str,
    most: i64,
) -> Result<Standing, JoinError> {
    let it = store::by_id(conn, organisation)?.ok_or(JoinError::NotFound)?;
    if store::of_member(conn, person)?.is_some() || store::asked_by(conn, person)?.is_some() {
        return Err(JoinError::Already);
    }
    let account = accounts::by_id(conn, person)?;
    let before = store::membership(conn, organisation, person)?;
    let was_refused = before.as_ref().filter(|it| it.standing == Standing::Refused);
    if let Some(until) = was_refused.and_then(|it| it.decided_at).map(|at| at + REFUSED_FOR).filter(|at| now < *at) {
        return Err(JoinError::Refused(until));
    }
    // Whoever was let in, refused or put out once stands on people's word, also after taking a question back.
    let on_their_word = before.as_ref().is_some_and(|it| it.grounds == Grounds::Approval);
    let may_join = was_refused.is_none() && !on_their_word;
    let by_domain = account.confirmed_at.is_some() && it.has_address(&account.email) && may_join;
    let (standing, grounds) =
        if by_domain { (Standing::Member, Grounds::Domain) } else { (Standing::Asked, Grounds::Approval) };
    let after = Membership { organisation, account: person, standing, grounds, asked_at: now, decided_at: None };
    match before {
        None => store::put_membership(conn, &after)?,
        Some(before) if store::again(conn, &before, &after)? => {}
        Some(_) => return Err(JoinError::Changed),
    }
    if standing == Standing::Asked {
        tell(conn, now, &it, &account, (origin, most))?;
    }
    let act = Act {
        action: if by_domain { "organisation.joined" } else { "organisation.asked" },
        subject: format!("organisation:{organisation}"),
        detail: json!({ "account": person.to_string() }),
    };
    audit::append(conn, now, Actor::Account(person), act)?;
    Ok(standing)
}

/// Writes to those who can answer, to each at most so often in an hour.
fn tell(
    conn: &mut AnyConnection,
    now: Moment,
    it: &Organisation,
    asker: &Account,
    (origin, most): (&str, i64),
) -> DbResult<()> {
    let mut to = Vec::new();
    let link = format!("{origin}/secretariat/organisations/{}", it.id);
    if let Some(first) = store::first_member(conn, it)? {
        to.push((accounts::by_id(conn, first)?, format!("{origin}/account/organisation")));
    }
    let desk = staff::staff(conn)?.into_iter().filter(Person::is_secretariat);
    to.extend(desk.map(|it| (it.account, link.clone())));
    for (account, link) in to {
        if !has_enough(conn, now, &account.email, mail::ASKED, most)? {
            let letter = mail::asked(&account, it, asker, now, &link);
            if !post::store::is_queued(conn, &letter.once_key)? {
                post::queue(conn, now, letter)?;
            }
        }
    }
    Ok(())
}
