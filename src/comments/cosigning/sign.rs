//! Putting a name under a comment, and taking it off: one transaction each.

use serde_json::json;

use super::model::{Cosignature, Signatory};
use super::store;
use crate::accounts::model::Account;
use crate::accounts::organisations::model::Organisation;
use crate::accounts::organisations::store as organisations;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::comments::record;
use crate::comments::store as comments;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::AccountId;
use crate::norms::model::Window;
use crate::norms::store as norms;

/// Why no name was put there or taken off.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// There is no such comment that everyone may see, or no name to take off.
    #[error("no such comment")]
    NotFound,
    /// Names are put there while comments are taken.
    #[error("not open")]
    NotOpen(Window),
    /// It is the person's own comment, or speaks for their organisation.
    #[error("one's own comment")]
    Own,
    /// The person signed before: for themselves, or for this organisation.
    #[error("signed before")]
    Signed(Option<String>),
    /// Another member signed for the organisation.
    #[error("the organisation signed before")]
    OrganisationSigned(String),
    /// They are a member of no organisation.
    #[error("no organisation")]
    NoOrganisation,
    /// Nobody has confirmed that the organisation is what its name says.
    #[error("the organisation is not confirmed")]
    NotConfirmed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// A person before a comment that they may sign.
pub struct Ready {
    /// The comment.
    pub comment: Comment,
    /// Whose organisation they may sign for, if they are a member of one.
    pub organisation: Option<Organisation>,
}

/// The public comment with this reference; `None` for any other.
pub fn public_comment(conn: &mut AnyConnection, reference: &str) -> DbResult<Option<Comment>> {
    Ok(comments::by_reference(conn, reference)?.filter(Comment::is_public))
}

/// Whether `account` may sign the comment at all.
pub fn ready(conn: &mut AnyConnection, now: Moment, account: AccountId, reference: &str) -> Result<Ready, SignError> {
    let comment = public_comment(conn, reference)?.ok_or(SignError::NotFound)?;
    let organisation = organisations::of_member(conn, account)?;
    let speaks_for = comments::organisation_of(conn, comment.id)?;
    let is_ours = organisation.as_ref().is_some_and(|it| Some(it.id) == speaks_for);
    if comment.author.account == account || is_ours {
        return Err(SignError::Own);
    }
    if let Some(known) = store::by_account(conn, comment.id, account)? {
        return Err(SignError::Signed(known.organisation));
    }
    let window = norms::consultation(conn)?.ok_or(SignError::NotFound)?.window(now);
    if !matches!(window, Window::Open(_)) {
        return Err(SignError::NotOpen(window));
    }
    Ok(Ready { comment, organisation })
}

/// Puts the name of a person, or of their organisation, under a public comment.
pub fn sign(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    reference: &str,
    signatory: Signatory,
) -> Result<(), SignError> {
    let Ready { comment, organisation } = ready(conn, now, account, reference)?;
    let account = accounts::by_id(conn, account)?;
    let (actor, subject) = (Actor::Account(account.id), format!("comment:{reference}"));
    let organisation = match signatory {
        Signatory::Myself => None,
        Signatory::Organisation => Some(organisation.ok_or(SignError::NoOrganisation)?),
    };
    if let Some(it) = &organisation {
        if !it.is_confirmed() {
            return Err(SignError::NotConfirmed);
        }
        if let Some(known) = store::by_organisation(conn, comment.id, it.id)? {
            return Err(SignError::OrganisationSigned(known.name));
        }
    }
    let detail = json!({ "organisation": organisation.as_ref().map(|it| it.id.to_string()) });
    store::insert(conn, cosignature(now, &comment, account, organisation))?;
    record::touch(conn, &comment)?;
    Ok(audit::append(conn, now, actor, Act { action: "comment.cosigned", subject, detail })?)
}

fn cosignature(now: Moment, comment: &Comment, account: Account, for_it: Option<Organisation>) -> Cosignature {
    let details = account.details;
    let (organisation_id, organisation, stakeholder_group, country) = match for_it {
        Some(it) => (Some(it.id), Some(it.name), it.stakeholder_group, it.country),
        None => (None, None, details.stakeholder_group, details.country),
    };
    Cosignature {
        comment: comment.id,
        account: account.id,
        organisation_id,
        name: details.name,
        organisation,
        stakeholder_group,
        country,
        signed_at: now,
    }
}

/// Takes a name off, whenever and whatever became of the comment: one's own, or that of the organisation one is a member
/// of, whoever put it there. Tells whether everyone may see the comment.
pub fn remove(
    conn: &mut AnyConnection,
    now: Moment,
    account: AccountId,
    reference: &str,
    signatory: Signatory,
) -> Result<bool, SignError> {
    let comment = comments::by_reference(conn, reference)?.ok_or(SignError::NotFound)?;
    let organisation = match signatory {
        Signatory::Myself => None,
        Signatory::Organisation => Some(organisations::of_member(conn, account)?.ok_or(SignError::NotFound)?.id),
    };
    let removed = match organisation {
        None => store::remove_own(conn, comment.id, account)?,
        Some(organisation) => store::remove_organisation(conn, comment.id, organisation)?,
    };
    if !removed {
        return Err(SignError::NotFound);
    }
    record::touch(conn, &comment)?;
    let act = Act {
        action: "comment.cosign_removed",
        subject: format!("comment:{}", comment.reference),
        detail: json!({ "organisation": organisation.map(|id| id.to_string()) }),
    };
    audit::append(conn, now, Actor::Account(account), act)?;
    Ok(comment.is_public())
}
