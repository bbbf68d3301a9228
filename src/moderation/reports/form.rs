//! What a report and an answer to it carry, read strictly.

use super::model::{Answer, Given, LONGEST_TEXT, Report};
use crate::accounts::form::email;
use crate::clock::Moment;
use crate::ids::ReportId;
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// The report, or the form with every error found.
pub fn report(
    fields: &Fields,
    id: ReportId,
    now: Moment,
    vocabulary: &Vocabulary,
    lang: &Language,
) -> Result<Report, Form> {
    let mut form = Form::filled(fields.clone());
    let (complaint, text) = (fields.get("complaint"), fields.get("text"));
    if !vocabulary.complaints.has(complaint) {
        form.error("complaint", lang.t("report-complaint-missing"));
    } else if complaint == "other" && text.is_empty() {
        form.error("text", lang.t("report-text-missing"));
    }
    fits(text, "text", &mut form, lang);
    let address = match fields.get("email") {
        "" => String::new(),
        _ => email(fields, &mut form, lang).map(|it| it.as_str().to_owned()).unwrap_or_default(),
    };
    if form.failed() {
        return Err(form);
    }
    Ok(Report {
        id,
        complaint: complaint.to_owned(),
        text: text.to_owned(),
        email: address,
        language: lang.code().to_owned(),
        made_at: now,
    })
}

/// The answer to reports, or the form with every error found. Nothing is answered by default.
pub fn answer(fields: &Fields, lang: &Language) -> Result<Given, Form> {
    let mut form = Form::filled(fields.clone());
    let answer = Answer::parse(fields.get("answer"));
    if answer.is_none() {
        form.error("answer", lang.t("report-answer-missing"));
    }
    let (reply, note) = (fields.get("reply"), fields.get("note"));
    if note.is_empty() {
        form.error("note", lang.t("name-report-note-missing"));
    }
    fits(reply, "reply", &mut form, lang);
    fits(note, "note", &mut form, lang);
    match answer {
        Some(answer) if !form.failed() => Ok(Given { answer, reply: reply.to_owned(), note: note.to_owned() }),
        _ => Err(form),
    }
}

/// Adds an error if `text` is over-long: it is never cut.
pub fn fits(text: &str, field: &'static str, form: &mut Form, lang: &Language) {
    let length = graphemes(text);
    if length > LONGEST_TEXT {
        form.error(field, lang.t2("compose-too-long", ("longest", LONGEST_TEXT), ("length", length)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;
    use crate::norms::vocabulary::SHIPPED;
    use crate::web::language;

    fn wrong(form: &Form) -> Vec<String> {
        form.errors().iter().map(|(name, _)| name.to_string()).collect()
    }

    fn read(complaint: &str, text: &str, email: &str) -> Result<Report, Vec<String>> {
        let fields = Fields::default().with("complaint", complaint).with("text", text).with("email", email);
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        report(&fields, ReportId::new(), from_micros(0), &vocabulary, language::named("en")).map_err(|it| wrong(&it))
    }

    #[test]
    fn a_report_has_a_listed_complaint_and_an_address_only_if_it_is_one() {
        assert!(read("insult", "", "").is_ok());
        assert_eq!(read("insult", "x", " Ada@Example.org ").unwrap().email, "ada@example.org");
        assert_eq!(read("", "x", ""), Err(vec!["complaint".to_owned()]));
        assert_eq!(read("viewpoint", "x", "ada"), Err(vec!["complaint".to_owned(), "email".to_owned()]));
        assert_eq!(read("other", " ", ""), Err(vec!["text".to_owned()]));
        assert_eq!(read("insult", &"a".repeat(LONGEST_TEXT + 1), ""), Err(vec!["text".to_owned()]));
        assert!(read("insult", &"e\u{301}".repeat(LONGEST_TEXT), "").is_ok());
    }

    #[test]
    fn nothing_is_answered_by_default() {
        let read = |answer_: &str, note: &str| {
            let fields = Fields::default().with("answer", answer_).with("note", note).with("reply", "Thank you.");
            answer(&fields, language::named("en")).map_err(|it| wrong(&it))
        };
        assert_eq!(read("", ""), Err(vec!["answer".to_owned(), "note".to_owned()]));
        assert_eq!(read("delete", "x"), Err(vec!["answer".to_owned()]));
        assert_eq!(read("review", "Look again.").unwrap().answer, Answer::Review);
    }
}
