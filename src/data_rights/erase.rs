//! Deleting an account: one transaction. What was done stays in the audit log, which holds no personal data.

use serde_json::json;

use super::{mail, store};
use crate::accounts::model::OnBehalfOf;
use crate::accounts::staff;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::attachments::store as attachments;
use crate::comments::model::{Comment, State};
use crate::comments::redaction::store as redaction;
use crate::comments::{considered, record, store as comments};
use crate::db::{AnyConnection, DbError, DbResult, words};
use crate::epochs::{self, Scope};
use crate::ids::{AccountId, AttachmentId};
use crate::mail as post;
use crate::web::Role;

words! {
    /// What becomes of comments that were accepted.
    Accepted {
        /// They stay, without the name.
        Keep = "keep",
        /// They are taken back.
        Withdraw = "withdraw",
    }
}

/// Why the account stays.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// Nobody else of the Secretariat would be left.
    #[error("the last of the Secretariat")]
    LastOfSecretariat,
    /// A comment or the account changed at the same moment: try again.
    #[error("changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Deletes the account and all that is the person's alone; what was sent and accepted goes or stays as `accepted` says,
/// and what still waits is taken back. Returns the files whose bytes are the caller's to delete.
pub fn erase(
    conn: &mut AnyConnection,
    now: Moment,
    id: AccountId,
    accepted: Accepted,
    origin: &str,
) -> Result<Vec<AttachmentId>, EraseError> {
    let account = accounts::by_id(conn, id)?;
    if account.role == Role::Secretariat {
        staff::store::hold_secretariat(conn)?;
        if staff::store::count_secretariat(conn)? < 2 {
            return Err(EraseError::LastOfSecretariat);
        }
    }
    // First, so that nothing more can be sent in this name.
    if !store::empty(conn, now, &account)? {
        return Err(EraseError::Changed);
    }
    // Before the record is touched: whoever takes a co-signature off goes in this order too.
    store::sweep(conn, id)?;
    considered::store::forget_remarks(conn, id)?;
    staff::store::forget_grounds(conn, &staff::model::subject(id))?;
    let withdrawn = let_go(conn, now, id, accepted)?;
    // Their name may have stood under comments of others.
    epochs::raise(conn, Scope::Site)?;
    let loose = loose_files(conn, id)?;
    post::store::forget(conn, &account.email)?;
    post::queue(conn, now, mail::farewell(&account, origin))?;
    for comment in &withdrawn {
        let act = Act {
            action: "comment.withdrawn",
            subject: format!("comment:{}", comment.reference),
            detail: json!({ "revision": comment.revision, "was": comment.state.as_str() }),
        };
        audit::append(conn, now, Actor::Account(id), act)?;
    }
    let act = Act {
        action: "account.deleted",
        subject: format!("account:{id}"),
        detail: json!({ "accepted": accepted.as_str(), "withdrawn": withdrawn.len() }),
    };
    audit::append(conn, now, Actor::Account(id), act)?;
    Ok(loose)
}

/// Takes the name off every comment; returns those that were taken back with it, as they were.
fn let_go(
    conn: &mut AnyConnection,
    now: Moment,
    id: AccountId,
    accepted: Accepted,
) -> Result<Vec<Comment>, EraseError> {
    let (mut withdrawn, mut public) = (Vec::new(), Vec::new());
    for comment in store::comments_of(conn, id)? {
        let goes = match comment.state {
            State::Pending | State::Returned | State::Appealed => true,
            State::Published => accepted == Accepted::Withdraw,
            State::Declined | State::Withdrawn => false,
        };
        if !store::let_go(conn, now, &comment, goes)? {
            return Err(EraseError::Changed);
        }
        redaction::forget_names(conn, comment.id, comment.author.on_behalf_of == OnBehalfOf::Organisation)?;
        if comment.is_public() {
            public.push(comment.clone());
        }
        if goes {
            withdrawn.push(comment);
        }
    }
    // Issues and the record after comments, as every decision does it.
    let ids: Vec<_> = withdrawn.iter().filter(|it| it.state == State::Published).map(|it| it.id).collect();
    considered::changed(conn, &ids)?;
    for comment in public {
        match comments::by_id(conn, comment.id)?.filter(Comment::is_public) {
            Some(after) => record::change(conn, &comment, &after)?,
            None => record::leave(conn, &comment)?,
        }
    }
    Ok(withdrawn)
}

/// Takes out the files that belong to nothing that stays.
fn loose_files(conn: &mut AnyConnection, id: AccountId) -> DbResult<Vec<AttachmentId>> {
    let mut loose = Vec::new();
    for it in attachments::of_account(conn, id)? {
        if !store::is_held(conn, &it)? && attachments::remove(conn, it.id)? {
            loose.push(it.id);
        }
    }
    Ok(loose)
}
