//! The pages of moderation: the queue, a comment in full, who works on it, the verdict on it, undoing it.

pub(super) mod answers;
mod claim;
mod detail;
mod filters;
mod last;
mod priority;
mod queue;
mod rows;
mod tabs;
mod undo;
mod verdict;

pub use claim::claim;
pub use detail::{detail, next};
pub use priority::set_priority;
pub use queue::queue;
pub use undo::{undo, undo_page};
pub use verdict::decide;

use super::model::Outcome;
use crate::accounts::model::OnBehalfOf;
use crate::accounts::organisations::model::Organisation;
use crate::comments::model::{Author, Comment, State};
use crate::web::Ctx;

/// Where the queue is.
pub(super) const QUEUE: &str = "/secretariat";

/// Where a comment is read and decided.
pub(super) fn comment_page(comment: &Comment) -> String {
    format!("{QUEUE}/comments/{}", comment.reference)
}

/// The message that names an outcome, as something that was done.
pub(super) fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Publish => "moderation-done-publish",
        Outcome::Return => "moderation-done-return",
        Outcome::Decline => "moderation-done-decline",
    }
}

/// The message that names a state to staff; what the author reads of it is another.
pub(super) fn state_name(state: State) -> &'static str {
    match state {
        State::Pending => "moderation-state-pending",
        State::Returned => "moderation-state-returned",
        State::Appealed => "moderation-state-appealed",
        State::Published => "moderation-state-published",
        State::Declined => "moderation-state-declined",
        State::Withdrawn => "moderation-state-withdrawn",
    }
}

/// Whom the author of a comment speaks for, and what is known about that; `linked` is the organisation that they were a
/// member of when they sent it.
fn speaks_for(ctx: &Ctx, author: &Author, linked: Option<&Organisation>) -> String {
    if author.on_behalf_of == OnBehalfOf::Myself {
        return ctx.t("moderation-behalf-myself");
    }
    match linked {
        Some(it) if it.is_confirmed() => match &it.domain {
            Some(domain) => ctx.t2("moderation-behalf-member-at", "name", &it.name, "domain", domain),
            None => ctx.t1("moderation-behalf-member", "name", &it.name),
        },
        Some(it) => ctx.t1("moderation-behalf-unconfirmed", "name", &it.name),
        None => ctx.t1("moderation-behalf-says", "name", author.organisation.as_deref().unwrap_or_default()),
    }
}
