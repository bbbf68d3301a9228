//! What the forms of a campaign carry, read strictly.

use crate::web::Fields;

/// What comes before the name of a text's box.
pub const BOX: &str = "text-";

/// The name of a text in boxes and addresses.
pub fn name(digest: &[u8]) -> String {
    hex::encode(digest)
}

/// The text with this name; `None` if it is none's.
pub fn digest(name: &str) -> Option<Vec<u8>> {
    hex::decode(name).ok().filter(|digest| digest.len() == 16)
}

/// The texts whose boxes were ticked; `None` if a box was not made by this portal.
pub fn texts(fields: &Fields) -> Option<Vec<Vec<u8>>> {
    fields.below(BOX).except(&[]).into_iter().map(|(name, _)| digest(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_names_a_text_and_nothing_else() {
        let whole = vec![7; 16];
        let fields = |name: &str| Fields::default().with(&format!("{BOX}{name}"), "on").with("go", "split");
        assert_eq!(texts(&fields(&name(&whole))), Some(vec![whole]));
        assert_eq!(texts(&Fields::default()), Some(Vec::new()));
        for wrong in ["", "x", "07", "0707070707070707070707070707070", "zz070707070707070707070707070707"] {
            assert_eq!(texts(&fields(wrong)), None, "{wrong}");
        }
    }
}
