//! What the forms of the board carry, read strictly.

use super::model::{About, LONGEST_STATEMENT, LONGEST_TEXT, MOST_OPTIONS, Texts};
use crate::comments::anchor::{Anchor, find_quote};
use crate::comments::redline::same_text;
use crate::comments::reference::Reference;
use crate::norms::model::TextVersion;
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// What an issue is about, with its statement; or the form with every error found.
pub fn about(
    fields: &Fields,
    text: &TextVersion,
    vocabulary: &Vocabulary,
    lang: &Language,
) -> Result<(About, Texts), Form> {
    let mut form = Form::filled(fields.clone());
    let about = match fields.get("about") {
        "words" => words(fields, text, lang, &mut form),
        "lever" => lever(fields, vocabulary, lang, &mut form),
        "whole" => Some(About::Whole),
        _ => {
            form.error("about", lang.t("board-about-missing"));
            None
        }
    };
    let texts = read(fields, vocabulary, lang, &mut form);
    if let Some(about) = &about {
        wording(&texts, about, lang, &mut form);
    }
    match about {
        Some(about) if !form.failed() => Ok((about, texts)),
        _ => Err(form),
    }
}

fn words(fields: &Fields, text: &TextVersion, lang: &Language, form: &mut Form) -> Option<About> {
    let found = find_quote(&text.body, fields.get("quote"), None);
    let anchor = match found.as_slice() {
        [(first, last)] => Anchor::from_words(&text.body, *first, *last).ok(),
        [] => None,
        _ => {
            form.error("quote", lang.t("board-quote-repeated"));
            return None;
        }
    };
    let Some(anchor) = anchor else {
        form.error("quote", lang.t("board-quote-unknown"));
        return None;
    };
    Some(About::Words { first: anchor.first_word, last: anchor.last_word, quote: anchor.quote })
}

fn lever(fields: &Fields, vocabulary: &Vocabulary, lang: &Language, form: &mut Form) -> Option<About> {
    let (actor, instrument) = (fields.get("actor"), fields.get("instrument"));
    if !vocabulary.actors.has(actor) {
        form.error("actor", lang.t("board-actor-missing"));
        return None;
    }
    if !instrument.is_empty() && !vocabulary.instruments.has(instrument) {
        form.error("instrument", lang.t("board-instrument-unknown"));
        return None;
    }
    Some(About::Lever { actor: actor.to_owned(), instrument: instrument.to_owned() })
}

/// What is written about an issue, or the form with every error found. A decision may still be open.
pub fn texts(fields: &Fields, about: &About, vocabulary: &Vocabulary, lang: &Language) -> Result<Texts, Form> {
    let mut form = Form::filled(fields.clone());
    let texts = read(fields, vocabulary, lang, &mut form);
    wording(&texts, about, lang, &mut form);
    if form.failed() { Err(form) } else { Ok(texts) }
}

fn read(fields: &Fields, vocabulary: &Vocabulary, lang: &Language, form: &mut Form) -> Texts {
    let texts = Texts {
        statement: fields.get("statement").to_owned(),
        options: options(fields.get("options")),
        recommendation: fields.get("recommendation").to_owned(),
        disposition: fields.get("disposition").to_owned(),
        reasons: fields.get("reasons").to_owned(),
        wording: fields.get("wording").to_owned(),
    };
    if texts.statement.is_empty() {
        form.error("statement", lang.t("board-statement-missing"));
    }
    for (name, longest) in [
        ("statement", LONGEST_STATEMENT),
        ("options", LONGEST_TEXT),
        ("recommendation", LONGEST_TEXT),
        ("reasons", LONGEST_TEXT),
        ("wording", LONGEST_TEXT),
    ] {
        too_long(form, fields, name, longest, lang);
    }
    if texts.options.len() > MOST_OPTIONS {
        form.error("options", lang.t1("board-options-many", "most", MOST_OPTIONS));
    }
    if !texts.disposition.is_empty() && !vocabulary.dispositions.has(&texts.disposition) {
        form.error("disposition", lang.t("board-disposition-unknown"));
    }
    texts
}

/// Words of the board's own come in place of certain others, with a decision that takes something of a proposal.
fn wording(texts: &Texts, about: &About, lang: &Language, form: &mut Form) {
    let fault = match about {
        _ if texts.wording.is_empty() => return,
        _ if !texts.takes_words() => "board-wording-disposition",
        About::Words { quote, .. } if same_text(quote, &texts.wording) => "board-wording-same",
        About::Words { .. } => return,
        About::Lever { .. } | About::Whole => "board-wording-about",
    };
    form.error("wording", lang.t(fault));
}

fn too_long(form: &mut Form, fields: &Fields, name: &'static str, longest: usize, lang: &Language) {
    let length = graphemes(fields.get(name));
    if length > longest {
        form.error(name, lang.t2("compose-too-long", ("longest", longest), ("length", length)));
    }
}

/// A line for each.
fn options(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Why an issue is sent back, or the form with what is wrong.
pub fn sent_back(fields: &Fields, lang: &Language) -> Result<String, Form> {
    let mut form = Form::filled(fields.clone());
    if fields.get("sent_back").is_empty() {
        form.error("sent_back", lang.t("board-return-missing"));
    }
    too_long(&mut form, fields, "sent_back", LONGEST_STATEMENT, lang);
    if form.failed() { Err(form) } else { Ok(fields.get("sent_back").to_owned()) }
}

/// What one comment gets that the others do not: nothing, or a decision with reasons.
pub fn own_answer(fields: &Fields, vocabulary: &Vocabulary, lang: &Language) -> Result<(String, String), Form> {
    let mut form = Form::filled(fields.clone());
    let (disposition, response) = (fields.get("disposition"), fields.get("response"));
    if !disposition.is_empty() && !vocabulary.dispositions.has(disposition) {
        form.error("disposition", lang.t("board-disposition-unknown"));
    }
    if !disposition.is_empty() && response.is_empty() {
        form.error("response", lang.t("board-reasons-missing"));
    }
    if disposition.is_empty() && !response.is_empty() {
        form.error("disposition", lang.t("board-response-alone"));
    }
    too_long(&mut form, fields, "response", LONGEST_TEXT, lang);
    if form.failed() { Err(form) } else { Ok((disposition.to_owned(), response.to_owned())) }
}

/// References that somebody pasted, each once, and what can't be read as one.
pub fn references(text: &str) -> (Vec<Reference>, Vec<String>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for word in text.split([' ', '\t', '\n', ',', ';']).filter(|word| !word.is_empty()) {
        match Reference::parse(word) {
            Ok(reference) if !found.contains(&reference) => found.push(reference),
            Ok(_) => {}
            Err(_) => wrong.push(word.chars().take(40).collect()),
        }
    }
    (found, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::vocabulary::SHIPPED;
    use crate::web::language;

    fn vocabulary() -> Vocabulary {
        Vocabulary::parse(SHIPPED).unwrap()
    }

    fn faults(form: Form) -> Vec<String> {
        form.errors().iter().map(|(name, _)| name.to_string()).collect()
    }

    #[test]
    fn options_are_lines_and_a_statement_is_needed() {
        let fields = Fields::default().with("statement", "Whether?").with("options", " keep\n\n change \n");
        let read = texts(&fields, &About::Whole, &vocabulary(), language::named("en")).unwrap();
        assert_eq!((read.options, read.disposition), (vec!["keep".to_owned(), "change".to_owned()], String::new()));
        let many = "x\n".repeat(MOST_OPTIONS + 1);
        let wrong = Fields::default().with("options", many).with("disposition", "won");
        let wrong = texts(&wrong, &About::Whole, &vocabulary(), language::named("en")).unwrap_err();
        assert_eq!(faults(wrong), ["statement", "options", "disposition"]);
    }

    #[test]
    fn words_of_the_boards_own_come_in_place_of_others_where_something_was_adopted() {
        let words = About::Words { first: 1, last: 2, quote: "should not".into() };
        let lever = About::Lever { actor: "states".into(), instrument: String::new() };
        let read = |about: &About, disposition: &str, wording: &str| {
            let fields = Fields::default().with("statement", "Whether?").with("disposition", disposition);
            texts(&fields.with("wording", wording), about, &vocabulary(), language::named("en"))
                .map(|it| it.wording)
                .map_err(faults)
        };
        for disposition in super::super::model::IN_OTHER_WORDS {
            assert_eq!(read(&words, disposition, "must not"), Ok("must not".to_owned()));
            assert_eq!(read(&words, disposition, ""), Ok(String::new()));
            for (about, wording) in [(&words, "should  not"), (&lever, "must not"), (&About::Whole, "must not")] {
                assert_eq!(read(about, disposition, wording), Err(vec!["wording".to_owned()]), "{about:?}");
            }
        }
        for disposition in ["adopted", "noted", ""] {
            assert_eq!(read(&words, disposition, "must not"), Err(vec!["wording".to_owned()]), "{disposition}");
        }
    }

    #[test]
    fn an_answer_of_its_own_is_a_decision_with_reasons_or_nothing() {
        let read = |disposition: &str, response: &str| {
            let fields = Fields::default().with("disposition", disposition).with("response", response);
            own_answer(&fields, &vocabulary(), language::named("en")).map_err(faults)
        };
        assert_eq!(read("", ""), Ok((String::new(), String::new())));
        assert_eq!(read("noted", "Said before."), Ok(("noted".to_owned(), "Said before.".to_owned())));
        assert_eq!(read("noted", " "), Err(vec!["response".to_owned()]));
        assert_eq!(read("", "Said before."), Err(vec!["disposition".to_owned()]));
        assert_eq!(read("won", "x"), Err(vec!["disposition".to_owned()]));
    }
}
