//! What the forms of the code book carry, read strictly.

use super::model::{LONGEST_DESCRIPTION, LONGEST_LABEL, Words, is_code};
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// A new code with its words, or the form with every error found.
pub fn new(fields: &Fields, lang: &Language) -> Result<(String, Words), Form> {
    let mut form = Form::filled(fields.clone());
    let code = fields.get("code");
    if !is_code(code) {
        form.error("code", lang.t("coding-code-wrong"));
    }
    let words = read(fields, lang, &mut form);
    if form.failed() { Err(form) } else { Ok((code.to_owned(), words)) }
}

/// Other words for a code, or the form with every error found.
pub fn words(fields: &Fields, lang: &Language) -> Result<Words, Form> {
    let mut form = Form::filled(fields.clone());
    let words = read(fields, lang, &mut form);
    if form.failed() { Err(form) } else { Ok(words) }
}

fn read(fields: &Fields, lang: &Language, form: &mut Form) -> Words {
    let label = fields.get("label").split_whitespace().collect::<Vec<_>>().join(" ");
    let description = fields.get("description").to_owned();
    if label.is_empty() {
        form.error("label", lang.t("coding-label-missing"));
    }
    for (name, value, longest) in [("label", &label, LONGEST_LABEL), ("description", &description, LONGEST_DESCRIPTION)]
    {
        let length = graphemes(value);
        if length > longest {
            form.error(name, lang.t2("compose-too-long", ("longest", longest), ("length", length)));
        }
    }
    Words { label, description }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language;

    #[test]
    fn every_fault_is_named() {
        let read = |code: &str, label: &str| {
            let fields = Fields::default().with("code", code).with("label", label);
            new(&fields, language::named("en"))
                .map_err(|form| form.errors().iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>())
        };
        let words = Words { label: "Human rights".into(), description: String::new() };
        assert_eq!(read("human-rights", " Human\n rights "), Ok(("human-rights".to_owned(), words)));
        assert_eq!(read("Human", " "), Err(vec!["code".to_owned(), "label".to_owned()]));
    }
}
