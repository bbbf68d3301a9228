//! What a comment says, in sentences: for formats that have one column for all of it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::entry::Entry;
use super::record::Record;
use crate::comments::iso::with_evidence;
use crate::norms::vocabulary::{SHIPPED, Vocabulary};

/// The lists. A test of theirs reads the file, so it can't be unreadable here.
static VOCABULARY: LazyLock<Option<Vocabulary>> = LazyLock::new(|| Vocabulary::parse(SHIPPED).ok());

/// The lists of the portal.
pub fn vocabulary() -> Option<&'static Vocabulary> {
    VOCABULARY.as_ref()
}

/// The label of a stakeholder group.
pub fn group(code: &str) -> &str {
    vocabulary().map_or(code, |lists| lists.groups.label(code).unwrap_or(code))
}

/// The label of a disposition.
pub fn disposition(code: &str) -> &str {
    vocabulary().map_or(code, |lists| lists.dispositions.label_or_code(code))
}

fn actor(code: &str) -> &str {
    vocabulary().map_or(code, |lists| lists.actors.label(code).unwrap_or(code))
}

fn instrument(code: &str) -> &str {
    vocabulary().map_or(code, |lists| lists.instruments.label(code).unwrap_or(code))
}

/// A lever: who should act, by what; an empty instrument is any.
pub fn lever(actor_code: &str, instrument_code: &str) -> String {
    match instrument_code {
        "" => actor(actor_code).to_owned(),
        code => format!("{} - {}", actor(actor_code), instrument(code)),
    }
}

/// A line of a text as it is read: a line break inside it is a space.
pub fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r'], " ")
}

/// The name of a country.
pub fn country(code: &str) -> &str {
    rust_iso3166::from_alpha2(code).map_or(code, |country| country.name)
}

/// What a row has to be marked with where the format has no column for it: for the Commission alone, not published.
pub fn marks(record: &Record) -> String {
    let mut marks = String::new();
    if record.confidential == "yes" {
        marks.push_str("[confidential: for the Commission alone] ");
    }
    if record.status != "published" {
        let _ = write!(marks, "[status: {}] ", record.status);
    }
    marks
}

/// Where it is: `3(b), line 4`, or the whole.
pub fn place(record: &Record) -> String {
    match (record.kind.as_str(), record.line) {
        ("wording", Some(line)) => format!("{}, line {line}", record.clause),
        ("wording", None) => record.clause.clone(),
        _ => format!("{}, whole document", record.clause),
    }
}

/// The norm and its version: `avoid-tampering, version 1`.
pub fn wording_of(record: &Record) -> String {
    format!("{}, version {}", record.norm, record.text_version)
}

/// What it wants: a change of words, the concern about them, or a lever; empty for a comment on the whole.
pub fn change(record: &Record) -> String {
    let Record { quote, proposed_wording, .. } = record;
    match (record.kind.as_str(), record.change.as_str()) {
        ("wording", "replace") => format!("Change \"{quote}\" to \"{proposed_wording}\""),
        ("wording", "delete") => format!("Delete \"{quote}\""),
        ("lever", _) => {
            format!("{}: {}", lever(&record.actor, &record.instrument), record.action)
        }
        _ => String::new(),
    }
}

/// Why: the rationale and the link to evidence; of a lever what was said besides what to do.
pub fn reasons(record: &Record) -> String {
    let Record { quote, by_when, example, obstacles, cost, .. } = record;
    match (record.kind.as_str(), record.change.as_str()) {
        ("lever", _) => {
            let told = [("By when", by_when), ("Example", example), ("Obstacles", obstacles), ("Cost", cost)];
            let told: Vec<String> = told
                .iter()
                .filter(|(_, said)| !said.is_empty())
                .map(|(name, said)| format!("{name}: {said}"))
                .collect();
            told.join("\n")
        }
        ("wording", "keep") => format!("On \"{quote}\": {}", with_evidence(&record.rationale, &record.evidence)),
        _ => with_evidence(&record.rationale, &record.evidence),
    }
}

/// All of it: marks, place, what it wants and why, and where it is to be found.
pub fn whole(entry: &Entry) -> String {
    let record = &entry.record;
    let (marks, place, wording) = (marks(record), place(record), wording_of(record));
    let said = [change(record), reasons(record)];
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    format!("{marks}{place} ({wording})\n{}\n{}", said.join("\n\n"), record.permalink)
}

/// Who said it: the name, the organisation, or what else the edition shows.
pub fn who(record: &Record) -> String {
    let Record { author_name, organisation, .. } = record;
    match (author_name.is_empty(), organisation.is_empty()) {
        (false, false) => format!("{author_name}, {organisation}"),
        (false, true) => author_name.clone(),
        (true, false) => organisation.clone(),
        (true, true) => {
            let from =
                if record.country.is_empty() { String::new() } else { format!(", {}", country(&record.country)) };
            format!("{}{from}", group(&record.stakeholder_group))
        }
    }
}
