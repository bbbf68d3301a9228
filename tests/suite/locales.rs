//! The words of the interface: every message can be read, is used, and gets the arguments it needs; every id that is
//! asked for exists; templates hold no words of their own. Reads the project's own files.

mod calls;
mod messages;

use std::collections::BTreeSet;

use calls::Given;
use messages::Messages;

use crate::house::lexer::Token;
use crate::house::sources::{assert_none, files};

/// The language that every message exists in.
fn english() -> Messages {
    messages::languages().remove("en").expect("locales/en")
}

/// Every string in the code of src and templates, with its file.
fn literals() -> Vec<(String, String)> {
    let of = |(source, code): (crate::house::sources::Source, Vec<Token>)| {
        let texts: Vec<String> = code.iter().filter_map(Token::text).map(str::to_owned).collect();
        texts.into_iter().map(move |text| (source.path.clone(), text))
    };
    calls::sources().into_iter().flat_map(of).collect()
}

#[test]
fn every_file_can_be_read_and_no_id_is_there_twice() {
    assert_none("Fluent files", messages::languages().into_values().flat_map(|messages| messages.faults));
    let broken = crate::house::sources::Source::new("x.ftl".into(), "a = b\na = c\nd = { $e\n".into());
    let mut read = Messages::default();
    read.add(&broken);
    assert!(read.faults.len() >= 2, "{:?}", read.faults);
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let english = english();
    for (language, messages) in messages::languages() {
        let ids = |it: &Messages| it.all.keys().cloned().collect::<BTreeSet<_>>();
        let odd = ids(&english).symmetric_difference(&ids(&messages)).cloned().collect::<Vec<_>>();
        assert_none(&format!("{language} lacks these, or has too many"), odd);
        let other = english.all.iter().filter(|(id, it)| messages.all[*id].variables != it.variables);
        assert_none(&format!("{language} has other variables"), other.map(|(id, _)| id.clone()));
    }
}

#[test]
fn every_message_asked_for_exists_and_gets_its_arguments() {
    let english = english();
    let sources = calls::sources();
    let macros = calls::macros(&sources);
    let mut faults = Vec::new();
    for call in sources.iter().flat_map(|(source, code)| calls::calls(&source.path, code, &macros)) {
        let Some(message) = english.all.get(&call.id) else {
            faults.push(format!("{}: there is no message {}", call.path, call.id));
            continue;
        };
        let fits = match &call.given {
            Some(Given::Exactly(given)) => *given == message.variables,
            Some(Given::AtLeast(given)) => given.is_superset(&message.variables),
            None => true,
        };
        if !fits {
            faults.push(format!("{}: {} needs {:?}", call.path, call.id, message.variables));
        }
    }
    assert_none("messages asked for", faults);
}

/// Strings that look like message ids and are something else.
const OTHER_NAMES: &[&str] = &[
    "audit-heads",
    "name-reports",
    "norm-portal",
    "public-key",
    "table-cell",
    "table-row",
    "verify-ca",
    "verify-full",
];

/// Whether `part` is `id`, or what a pattern is filled with to make it.
fn is_part(id: &str, part: &str) -> bool {
    format!("-{id}-").contains(&format!("-{part}-"))
}

#[test]
fn what_looks_like_a_message_id_is_one() {
    let english = english();
    let families: BTreeSet<&str> = english.all.keys().filter_map(|id| Some(id.split_once('-')?.0)).collect();
    let looks_like_one = |text: &str| {
        let of_family =
            text.split_once('-').is_some_and(|(family, rest)| families.contains(family) && !rest.is_empty());
        of_family
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.ends_with('-')
    };
    let is_known = |text: &str| OTHER_NAMES.contains(&text) || english.all.keys().any(|id| is_part(id, text));
    let rust = literals().into_iter().filter(|(path, _)| path.ends_with(".rs"));
    let unknown = rust.filter(|(_, text)| looks_like_one(text) && !is_known(text));
    assert_none("no message has these ids", unknown.map(|(path, text)| format!("{path}: {text}")));
}

/// Whether `id` is what the format string `pattern` makes, each place filled with one of `fillers` or a number.
fn makes(pattern: &str, id: &str, is_filler: &dyn Fn(&str) -> bool) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else { return pattern == id };
    let (Some(id), Some((_, rest))) = (id.strip_prefix(before), rest.split_once('}')) else { return false };
    (1..=id.len()).any(|end| {
        let (filler, behind) = id.split_at(end);
        (is_filler(filler) || filler.bytes().all(|b| b.is_ascii_digit())) && makes(rest, behind, is_filler)
    })
}

fn is_pattern(text: &str) -> bool {
    let outside: String = text.split('{').map(|part| part.rsplit('}').next().unwrap_or_default()).collect();
    text.contains('{') && outside.contains('-') && outside.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

#[test]
fn every_message_is_used() {
    let literals = literals();
    let texts: BTreeSet<&str> = literals.iter().map(|(_, text)| text.as_str()).collect();
    let patterns: Vec<&(String, String)> = literals.iter().filter(|(_, text)| is_pattern(text)).collect();
    let is_word = |word: &str| texts.contains(word);
    let is_made = |id: &str| {
        patterns.iter().any(|(path, pattern)| {
            // A pattern that begins with a place could make anything: its places are filled from its own file, or,
            // the first of them, by a caller's word.
            let family = id.split_once('-').map_or(id, |(family, _)| family);
            let is_local =
                |word: &str| word == family || literals.iter().any(|(file, text)| file == path && text == word);
            let is_span = path == "src/web/language.rs" && pattern.starts_with('{');
            match (pattern.starts_with('{'), is_span) {
                (true, false) => is_word(family) && makes(pattern, id, &is_local),
                _ => makes(pattern, id, &is_word),
            }
        })
    };
    let english = english();
    let unused = english.all.iter().filter(|(id, _)| !texts.contains(id.as_str()) && !is_made(id));
    assert_none("nothing shows these messages", unused.map(|(id, message)| format!("{}: {id}", message.file)));
    assert!(
        makes("state-{}-{x}", "state-a-12", &|word| word == "a") && !makes("state-{}", "state-b", &|word| word == "a")
    );
    assert!(is_pattern("{a}-{b}") && is_pattern("kind-{}") && !is_pattern("/kind-{}") && !is_pattern("{a} {b}"));
}

/// What templates show as it is: names that no language changes.
const NOT_WORDS: &[&str] = &["SHA-256", "session", "half", "form", "flash", "pass"];

/// The letters that a template shows without asking for a message.
fn own_words(html: &str) -> Vec<String> {
    let mut text = html.to_owned();
    // Blocks that fill a class attribute, macros that write attributes, and names of keys are no text.
    let in_tags = [("{% block main_class %}", "{% endblock %}"), ("{% block body_class %}", "{% endblock %}")];
    let macros = [("{% macro described", "{% endmacro %}"), ("{% macro tongue", "{% endmacro %}")];
    let code = [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<kbd>", "</kbd>")];
    for (open, close) in in_tags.into_iter().chain(macros).chain(code) {
        while let Some(start) = text.find(open) {
            let end = text[start..].find(close).map_or(text.len(), |end| start + end + close.len());
            text.replace_range(start..end, "");
        }
    }
    let mut found = Vec::new();
    for attribute in [" aria-label=\"", " title=\"", " alt=\"", " placeholder=\"", " label=\"", " aria-description=\""]
    {
        found.extend(text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    let shown = text.split('<').map(|part| part.rsplit_once('>').map_or(part, |(_, shown)| shown));
    found.extend(shown.map(str::to_owned));
    found.retain(|words| !NOT_WORDS.contains(&words.trim()) && words.chars().any(char::is_alphabetic));
    found
}

#[test]
fn templates_have_no_words_of_their_own() {
    let faults = files("templates", &[".html"]).into_iter().flat_map(|source| {
        let path = source.path.clone();
        own_words(&source.text).into_iter().map(move |words| format!("{path}: {}", words.trim()))
    });
    assert_none("put these into locales", faults);
    assert_eq!(own_words("<p class=\"x\">{{ t }} Hello <b aria-label=\"Bye\">({{ u }})</b>").len(), 2);
}
