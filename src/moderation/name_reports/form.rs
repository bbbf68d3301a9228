//! What a report carries, read strictly.

use super::model::{MOST_REFERENCES, NameReport};
use crate::accounts::form::email;
use crate::accounts::model::DisplayName;
use crate::clock::Moment;
use crate::comments::reference::{Reference, ReferenceError};
use crate::ids::NameReportId;
use crate::moderation::reports::form::fits;
use crate::web::{Fields, Form, Language};

/// The report, or the form with every error found.
pub fn report(fields: &Fields, id: NameReportId, now: Moment, lang: &Language) -> Result<NameReport, Form> {
    let mut form = Form::filled(fields.clone());
    let references = references(fields.get("reference"), &mut form, lang);
    let name = DisplayName::parse(fields.get("name"));
    if name.is_none() {
        let id = if fields.get("name").is_empty() { "account-name-missing" } else { "account-name-wrong" };
        form.error("name", lang.t(id));
    }
    let email = email(fields, &mut form, lang);
    let text = fields.get("text");
    if text.is_empty() {
        form.error("text", lang.t("name-report-text-missing"));
    }
    fits(text, "text", &mut form, lang);
    match (name, email) {
        (Some(name), Some(email)) if !form.failed() => Ok(NameReport {
            id,
            references,
            name: name.into_string(),
            email: email.as_str().to_owned(),
            text: text.to_owned(),
            made_at: now,
            handled: None,
        }),
        _ => Err(form),
    }
}

/// The references, a line each; commas and semicolons part them too.
fn references(typed: &str, form: &mut Form, lang: &Language) -> String {
    let parts: Vec<&str> = typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        form.error("reference", lang.t("reference-missing"));
    }
    if parts.len() > MOST_REFERENCES {
        form.error("reference", lang.t1("name-report-many", "most", MOST_REFERENCES));
        return String::new();
    }
    let mut read = Vec::new();
    for part in parts {
        match Reference::parse(part) {
            Ok(reference) => read.push(reference.to_string()),
            Err(ReferenceError::BadForm) => form.error("reference", lang.t("reference-bad-form")),
            Err(ReferenceError::BadCheck) => {
                form.error("reference", lang.t1("name-report-bad-check", "reference", part));
            }
        }
    }
    read.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;
    use crate::moderation::reports::model::LONGEST_TEXT;
    use crate::web::language;

    fn read(reference: &str, text: &str) -> Result<String, Vec<String>> {
        let fields = Fields::default().with("reference", reference).with("text", text);
        let fields = fields.with("name", "Ada").with("email", "ada@example.org");
        report(&fields, NameReportId::new(), from_micros(0), language::named("en"))
            .map(|it| it.references)
            .map_err(|form| form.errors().iter().map(|(name, _)| name.to_string()).collect())
    }

    #[test]
    fn every_reference_is_read_and_a_wrong_one_named() {
        let good = "GCSC-N3-7K4Q-MW2R-9";
        assert_eq!(read(&format!(" {good} ,\n{}; ", good.to_lowercase()), "x"), Ok(format!("{good}\n{good}")));
        assert_eq!(read("", "x"), Err(vec!["reference".to_owned()]));
        assert_eq!(read(&format!("{good}, GCSC-N4-7K4Q-MW2R-9"), "x"), Err(vec!["reference".to_owned()]));
        assert_eq!(read(&format!("{good},").repeat(21), ""), Err(vec!["reference".to_owned(), "text".to_owned()]));
        assert_eq!(read(good, &"e\u{301}".repeat(LONGEST_TEXT)), Ok(good.to_owned()));
        assert_eq!(read(good, &"a".repeat(LONGEST_TEXT + 1)), Err(vec!["text".to_owned()]));
    }
}
