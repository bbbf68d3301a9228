//! Sharing a draft with one's organisation, and throwing one away: one transaction each.

use serde_json::json;

use super::store;
use crate::accounts::organisations::store as organisations;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, DraftId};

/// Opens the draft to the owner's organisation, or to the owner alone again. `false`: there is no such draft of theirs,
/// or they belong to no organisation.
pub fn share(conn: &mut AnyConnection, now: Moment, owner: AccountId, id: DraftId, shared: bool) -> DbResult<bool> {
    let organisation = if shared { organisations::of_member(conn, owner)?.map(|it| it.id) } else { None };
    if shared != organisation.is_some() || !store::set_organisation(conn, owner, id, organisation)? {
        return Ok(false);
    }
    let act = Act {
        action: if shared { "draft.shared" } else { "draft.unshared" },
        subject: format!("draft:{id}"),
        detail: json!({ "organisation": organisation.map(|id| id.to_string()) }),
    };
    audit::append(conn, now, Actor::Account(owner), act)?;
    Ok(true)
}
