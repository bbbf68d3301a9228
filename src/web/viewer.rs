//! Who is looking at a page.

use crate::db::words;
use crate::ids::AccountId;

words! {
    /// What an account may do.
    Role {
        /// Comments.
        Stakeholder = "stakeholder",
        /// Decides on comments.
        Moderator = "moderator",
        /// Also exports, invites, opens and closes.
        Secretariat = "secretariat",
    }
}

impl Role {
    /// Whether the account belongs to the Secretariat's desk.
    pub fn is_staff(self) -> bool {
        self != Self::Stakeholder
    }
}

/// A signed-in person, as read from the database for this very request.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The account.
    pub id: AccountId,
    /// The name shown in the masthead.
    pub name: String,
    /// The address.
    pub email: String,
    /// What the account may do.
    pub role: Role,
}
