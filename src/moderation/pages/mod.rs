//! The pages of moderation: the queue, a comment in full, the verdict on it.

mod answers;
mod detail;
mod queue;
mod verdict;

pub use detail::detail;
pub use queue::queue;
pub use verdict::decide;

use super::model::Outcome;
use crate::comments::model::State;

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
fn state_name(state: State) -> &'static str {
    match state {
        State::Pending => "moderation-state-pending",
        State::Returned => "moderation-state-returned",
        State::Appealed => "moderation-state-appealed",
        State::Published => "moderation-state-published",
        State::Declined => "moderation-state-declined",
        State::Withdrawn => "moderation-state-withdrawn",
    }
}
