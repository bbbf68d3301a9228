//! What the forms about redactions carry, read strictly.

use crate::comments::attachments::model::Attachment;
use crate::comments::redaction::cut::{Fault, Passage};
use crate::comments::redaction::model::{Ending, Field};
use crate::ids::AttachmentId;
use crate::moderation::model::{Expected, LONGEST_STATEMENT};
use crate::norms::vocabulary::{Item, Vocabulary};
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// The most passages in one redaction.
pub const MOST_PASSAGES: usize = 30;

/// The longest reason for one passage, in graphemes.
const LONGEST_REASON: usize = 300;

/// How many passages the form has places for.
pub fn places(fields: &Fields) -> usize {
    fields.get("passages").parse().unwrap_or(1_usize).clamp(1, MOST_PASSAGES)
}

/// The revision and version a form was made for; `None` if it was not made by this portal.
pub fn expected(fields: &Fields) -> Option<Expected> {
    crate::moderation::form::expected(fields)
}

/// The passages with the numbers of their places in the form, or the form with every error found. A place that was left
/// empty is none.
pub fn passages(fields: &Fields, lang: &Language, vocabulary: &Vocabulary) -> Result<Vec<(usize, Passage)>, Form> {
    let mut form = Form::filled(fields.clone());
    let mut found = Vec::new();
    for number in 1..=places(fields) {
        let own = fields.below(&format!("p{number}_"));
        let is_empty = ["words", "place", "code", "reason"].iter().all(|name| own.get(name).is_empty());
        if !is_empty && let Some(passage) = passage(&mut form, number, &own, lang, vocabulary) {
            found.push((number, passage));
        }
    }
    if found.is_empty() && !form.failed() {
        form.error("p1_words", lang.t("redaction-nothing"));
    }
    if form.failed() { Err(form) } else { Ok(found) }
}

fn passage(form: &mut Form, number: usize, own: &Fields, lang: &Language, vocabulary: &Vocabulary) -> Option<Passage> {
    let mut fail = |name: &str, message: String| form.error(format!("p{number}_{name}"), message);
    let field = match own.get("field") {
        "" => Some(None),
        word => Field::parse(word).map(Some),
    };
    if field.is_none() {
        fail("field", lang.t("redaction-no-such-field"));
    }
    let words = own.get("words");
    if words.is_empty() && !field.flatten().is_some_and(Field::is_whole) {
        fail("words", lang.t("redaction-words-missing"));
    }
    let place = match own.get("place") {
        "" => Some(None),
        typed => typed.parse::<usize>().ok().filter(|place| *place > 0).map(Some),
    };
    if place.is_none() {
        fail("place", lang.t("redaction-place-wrong"));
    }
    let item = vocabulary.redactions.item(own.get("code"));
    if item.is_none() {
        fail("code", lang.t("redaction-code-missing"));
    }
    let reason = own.get("reason");
    let length = graphemes(reason);
    if length > LONGEST_REASON {
        fail("reason", lang.t2("compose-too-long", ("longest", LONGEST_REASON), ("length", length)));
    }
    let item = item?;
    Some(Passage {
        field: field?,
        words: words.to_owned(),
        place: place?,
        code: item.code.clone(),
        mark: mark(item),
        reason: reason.to_owned(),
    })
}

/// What stands in the place of words: in the text itself, so that it is the same in every file.
fn mark(item: &Item) -> String {
    format!("[redacted: {}]", item.label.to_lowercase())
}

/// Says at each passage why it can't be taken out.
pub fn refused(form: &mut Form, places: &[usize], faults: &[(usize, Fault)], lang: &Language) {
    for (at, fault) in faults {
        let number = places.get(*at).copied().unwrap_or(1);
        let (name, message) = match fault {
            Fault::Empty => ("words", lang.t("redaction-words-missing")),
            Fault::NotThere => ("words", lang.t("redaction-not-there")),
            Fault::PartOfWord => ("words", lang.t("redaction-part-of-word")),
            Fault::Overlap => ("words", lang.t("redaction-overlap")),
            Fault::NoSuchPlace(there) => {
                ("place", lang.tn("redaction-no-such-place", there).replace(['\u{2068}', '\u{2069}'], ""))
            }
            Fault::NoSuchField => ("field", lang.t("redaction-no-such-field")),
            Fault::Everything => ("words", lang.t("redaction-everything")),
        };
        form.error(format!("p{number}_{name}"), message);
    }
}

/// The statement that the grounds of `passages` have in the vocabulary, each once.
pub fn statement_of(passages: &[(usize, Passage)], vocabulary: &Vocabulary) -> String {
    let mut found: Vec<&str> = Vec::new();
    for (_, passage) in passages {
        let item = vocabulary.redactions.item(&passage.code);
        let text = item.and_then(|item| item.statement.as_deref()).unwrap_or_default();
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
    }
    found.join("\n\n")
}

/// Checks what is said of a redaction: the statement to the author, which must be there, and the note.
pub fn said(form: &mut Form, fields: &Fields, lang: &Language) {
    if fields.get("statement").is_empty() {
        form.error("statement", lang.t("redaction-statement-missing"));
    }
    for (name, message) in [("statement", "moderation-statement-long"), ("note", "moderation-note-long")] {
        let length = graphemes(fields.get(name));
        if length > LONGEST_STATEMENT {
            form.error(name, lang.t2(message, ("length", length), ("most", LONGEST_STATEMENT)));
        }
    }
}

/// Which of the comment's files everyone may have: those that were ticked.
pub fn cleared(fields: &Fields, files: &[Attachment]) -> Vec<AttachmentId> {
    files.iter().map(|file| file.id).filter(|id| fields.get(&format!("file-{id}")) == "yes").collect()
}

/// How an appeal is decided and with which reasons, or the form with its errors.
pub fn hearing(fields: &Fields, lang: &Language) -> Result<(Ending, String), Form> {
    let mut form = Form::filled(fields.clone());
    let outcome = Ending::parse(fields.get("outcome"));
    if outcome.is_none() {
        form.error("outcome", lang.t("moderation-outcome-missing"));
    }
    let statement = fields.get("statement");
    if statement.is_empty() {
        form.error("statement", lang.t("appeal-statement-missing"));
    }
    let length = graphemes(statement);
    if length > LONGEST_STATEMENT {
        form.error("statement", lang.t2("moderation-statement-long", ("length", length), ("most", LONGEST_STATEMENT)));
    }
    match outcome {
        Some(outcome) if !form.failed() => Ok((outcome, statement.to_owned())),
        _ => Err(form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::vocabulary::SHIPPED;
    use crate::web::language;

    fn read(pairs: &[(&str, &str)]) -> Result<Vec<(usize, Passage)>, Vec<String>> {
        let fields = pairs.iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, *value));
        passages(&fields, language::named("en"), &Vocabulary::parse(SHIPPED).unwrap())
            .map_err(|form| form.errors().iter().map(|(name, _)| name.to_string()).collect())
    }

    #[test]
    fn a_passage_needs_words_and_a_listed_ground() {
        let found = read(&[("passages", "3"), ("p2_words", " Ann "), ("p2_code", "personal-data")]).unwrap();
        let (number, passage) = &found[0];
        assert_eq!((found.len(), *number, passage.words.as_str(), passage.field), (1, 2, "Ann", None));
        assert_eq!(passage.mark, "[redacted: personal data]");
        assert_eq!(read(&[]), Err(vec!["p1_words".into()]));
        assert_eq!(read(&[("p1_words", "Ann"), ("p1_code", "viewpoint")]), Err(vec!["p1_code".into()]));
        let all_wrong = [("p1_field", "note"), ("p1_place", "0"), ("p1_reason", "x")];
        let expected = ["p1_field", "p1_words", "p1_place", "p1_code"].map(str::to_owned).to_vec();
        assert_eq!(read(&all_wrong), Err(expected));
        let name = [("p1_field", "author_name"), ("p1_code", "personal-data")];
        assert_eq!(read(&name).unwrap()[0].1.field, Some(Field::AuthorName));
    }

    #[test]
    fn a_forged_number_of_places_is_bounded() {
        for (typed, read) in [("", 1), ("0", 1), ("-1", 1), ("x", 1), ("7", 7), ("31", 30), ("99999999999999999999", 1)]
        {
            assert_eq!(places(&Fields::default().with("passages", typed)), read, "{typed}");
        }
    }
}
