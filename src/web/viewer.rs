//! Who is looking at a page.

use chrono::TimeDelta;

use crate::clock::Moment;
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
    /// What the account may do now: without the second factor that staff must have, as little as any stakeholder's.
    pub role: Role,
    /// Whether somebody of the desk has no second factor yet.
    pub lacks_factor: bool,
    /// When the person last proved in this session who they are.
    pub verified_at: Option<Moment>,
}

/// How long a proof of who somebody is lasts.
const PROOF_LASTS: TimeDelta = TimeDelta::minutes(10);

impl Viewer {
    /// Whether the person proved just now who they are.
    pub fn is_proven(&self, now: Moment) -> bool {
        self.verified_at.is_some_and(|at| now - at <= PROOF_LASTS)
    }
}
