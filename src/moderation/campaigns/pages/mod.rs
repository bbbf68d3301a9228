//! The pages of campaigns: the list, a card, a text of it with all who say it, corrections by hand.

mod card;
mod correct;
mod list;
mod text;

pub use card::card;
pub use correct::{put_in, take_out};
pub use list::list;
pub use text::text;

use super::letter::said;
use crate::comments::model::Comment;

/// Where the list is.
pub(super) const PATH: &str = "/secretariat/campaigns";

/// All that a comment says in sentences.
fn says(comment: &Comment) -> String {
    said(&comment.body).join("\n\n")
}
