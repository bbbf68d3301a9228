//! The SQL of moderation.

mod decisions;
mod history;
mod queue;

pub use decisions::{answers_due, decision, decision_since, decisions_of, last_standing, latest_of};
pub(super) use decisions::{insert, set_undone};
pub use history::{Earlier, earlier, history};
pub use queue::{Counts, MOST_COUNTED, beside, counts, in_tab, listed_now, next_for, set_priority};
