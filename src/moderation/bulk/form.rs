//! The boxes of the queue, read strictly: each stands for a comment as it was shown.

use super::model::Item;
use crate::comments::model::Comment;
use crate::ids::CommentId;
use crate::moderation::model::{Expected, round};
use crate::web::Fields;

/// A comment as it is shown now.
pub fn as_shown(comment: &Comment) -> Item {
    let (revision, version, round) = (comment.revision, comment.version, round(comment.state));
    (comment.id, Expected { revision, version, round })
}

/// What a box stands for: comment, revision, version and round.
pub fn mark((id, expected): Item) -> String {
    format!("{id}.{}.{}.{}", expected.revision, expected.version, expected.round)
}

/// The comments whose boxes were ticked, each once; `None` if a box was not made by this portal.
pub fn items(fields: &Fields) -> Option<Vec<Item>> {
    let mut found: Vec<Item> = Vec::new();
    for mark in fields.all("item") {
        let item = item(mark)?;
        if found.iter().all(|(id, _)| *id != item.0) {
            found.push(item);
        }
    }
    Some(found)
}

fn item(mark: &str) -> Option<Item> {
    let mut parts = mark.split('.');
    let id = CommentId::parse(parts.next()?)?;
    let revision: i32 = parts.next()?.parse().ok()?;
    let version: i64 = parts.next()?.parse().ok()?;
    let round: i32 = parts.next()?.parse().ok()?;
    let is_sound = revision >= 1 && version >= 1 && (0..=1).contains(&round) && parts.next().is_none();
    is_sound.then_some((id, Expected { revision, version, round }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_a_comment_as_it_was_shown_and_nothing_else() {
        let id = CommentId::new();
        let encoded = format!("item={id}.2.7.1&item={id}.2.7.1&other=x");
        let fields = Fields::decode(encoded.as_bytes()).unwrap();
        let item = (id, Expected { revision: 2, version: 7, round: 1 });
        assert_eq!((items(&fields), mark(item)), (Some(vec![item]), format!("{id}.2.7.1")));
        assert_eq!(items(&Fields::default()), Some(Vec::new()));
        for wrong in ["", "x", "1.1.0", "1.1.1.0.0", "0.1.0", "1.0.0", "1.1.2", "1.1.-1", "1.1.1.x", "a.1.0"] {
            let fields = Fields::default().with("item", format!("{id}.{wrong}"));
            assert_eq!(items(&fields), None, "{wrong}");
        }
        assert_eq!(items(&Fields::default().with("item", "1.1.1.0")), None);
    }
}
