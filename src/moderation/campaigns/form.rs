//! What the forms of a campaign carry, read strictly.

use crate::ids::CommentId;
use crate::web::Fields;

/// What comes before the name of a text's box: a text is named by a comment that says it. Its digest leaves to nobody: with
/// everything but a word known, it would tell by trial which word was taken out.
pub const BOX: &str = "text-";

/// The comments whose texts' boxes were ticked; `None` if a box was not made by this portal.
pub fn texts(fields: &Fields) -> Option<Vec<CommentId>> {
    fields.below(BOX).except(&[]).into_iter().map(|(name, _)| CommentId::parse(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_names_a_comment_and_nothing_else() {
        let id = CommentId::new();
        let fields = |name: &str| Fields::default().with(&format!("{BOX}{name}"), "on").with("go", "split");
        assert_eq!(texts(&fields(&id.to_string())), Some(vec![id]));
        assert_eq!(texts(&Fields::default()), Some(Vec::new()));
        for wrong in ["", "x", "07", "018f0000-0000-7000-8000-00000000000"] {
            assert_eq!(texts(&fields(wrong)), None, "{wrong}");
        }
    }
}
