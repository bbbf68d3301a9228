//! The pages of moderation: the queue, a comment in full, the verdict on it.

mod answers;
mod detail;
mod queue;
mod verdict;

pub use detail::detail;
pub use queue::queue;
pub use verdict::decide;

use super::model::Outcome;
use crate::accounts::model::OnBehalfOf;
use crate::accounts::organisations::model::Organisation;
use crate::comments::model::{Author, State};
use crate::web::Ctx;

/// Where the queue is.
const QUEUE: &str = "/secretariat";

/// The message that names an outcome, as something that was done.
fn outcome_name(outcome: Outcome) -> &'static str {
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
