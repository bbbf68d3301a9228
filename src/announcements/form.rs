//! What the form of an announcement carries, read strictly.

use unicode_segmentation::UnicodeSegmentation as _;

use super::model::{LONGEST_TEXT, LONGEST_TITLE, Words};
use crate::web::{Fields, Form, Language};

/// The words, or the form with every error found.
pub fn words(fields: &Fields, lang: &Language) -> Result<Words, Form> {
    let mut form = Form::filled(fields.clone());
    let title = fields.get("title").split_whitespace().collect::<Vec<_>>().join(" ");
    let text = fields.get("text");
    for (name, value, missing, longest) in [
        ("title", title.as_str(), "announce-title-missing", LONGEST_TITLE),
        ("text", text, "announce-text-missing", LONGEST_TEXT),
    ] {
        let length = value.graphemes(true).count();
        if value.is_empty() {
            form.error(name, lang.t(missing));
        } else if length > longest {
            form.error(name, lang.t2("compose-too-long", ("longest", longest), ("length", length)));
        }
    }
    if form.failed() { Err(form) } else { Ok(Words { title, text: text.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language;

    fn read(title: &str, text: &str) -> Result<Words, Vec<String>> {
        let fields = Fields::default().with("title", title).with("text", text);
        words(&fields, language::named("en"))
            .map_err(|form| form.errors().iter().map(|(name, _)| name.to_string()).collect())
    }

    #[test]
    fn every_fault_is_named() {
        assert_eq!(
            read(" The\n Commission ", " meets. "),
            Ok(Words { title: "The Commission".into(), text: "meets.".into() })
        );
        assert_eq!(read("", " "), Err(vec!["title".to_owned(), "text".to_owned()]));
        assert_eq!(read(&"a".repeat(LONGEST_TITLE + 1), "x"), Err(vec!["title".to_owned()]));
        assert_eq!(read("x", &"a".repeat(LONGEST_TEXT + 1)), Err(vec!["text".to_owned()]));
    }
}
