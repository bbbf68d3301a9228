//! The closed lists of the portal: stakeholder groups, instruments, actors, concerns, reasons, dispositions, complaints of
//! readers, channels.
//!
//! Parses and checks `config/vocabulary.toml` and looks codes up. Knows TOML and nothing else of the portal.
//! Labels are the English ones; a translation is the Fluent message `vocab-<list>-<code>`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// The lists the portal is built with: `config/vocabulary.toml`.
pub const SHIPPED: &str = include_str!("../../config/vocabulary.toml");

/// All lists. One value, parsed at the start, serves the whole program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Stakeholder groups; every item has a `short`.
    pub groups: List,
    /// Lever instruments.
    pub instruments: List,
    /// Who should act.
    pub actors: List,
    /// What a comment on the wording is concerned about.
    pub concerns: List,
    /// Why a comment may be declined; every item has a `rule` and a `statement`.
    pub reasons: List,
    /// What became of a proposal.
    pub dispositions: List,
    /// What a reader may find wrong with a published comment.
    pub complaints: List,
    /// How a comment came that was not sent here.
    pub channels: List,
    /// On which grounds words may be taken out of a comment; every item has a `rule` and a `statement`.
    pub redactions: List,
}

/// Items in the order in which pages show them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct List(Vec<Item>);

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable, `[a-z0-9]` in groups joined by single hyphens; unique within its list.
    pub code: String,
    /// English, sentence case.
    pub label: String,
    /// Groups only: three capital letters for the MB/NC column (ISO/IEC/CEN comment table).
    pub short: Option<String>,
    /// Reasons and redactions only: the rule of the portal that is behind it, one sentence.
    pub rule: Option<String>,
    /// Reasons and redactions only: template of the statement of reasons to the author (DSA Art. 17), to be edited.
    pub statement: Option<String>,
    /// Reasons only: the same template in other languages, by the code of the language.
    #[serde(default)]
    pub statements: BTreeMap<String, String>,
}

/// Why a file of lists may not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    #[error("the vocabulary cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    #[error("vocabulary list {0} is empty")]
    EmptyList(&'static str),
    #[error("vocabulary list {list}, item \"{code}\", {field}: {problem}")]
    Item { list: &'static str, code: String, field: &'static str, problem: &'static str },
}

impl Vocabulary {
    /// Reads the lists from TOML and checks them; the first fault found is the error.
    pub fn parse(source: &str) -> Result<Self, VocabularyError> {
        let vocabulary: Self = toml::from_str(source)?;
        for (name, list) in vocabulary.lists() {
            list.check(name)?;
        }
        Ok(vocabulary)
    }

    /// Every list with its name, as in the file and in message ids.
    pub fn lists(&self) -> [(&'static str, &List); 9] {
        [
            ("groups", &self.groups),
            ("instruments", &self.instruments),
            ("actors", &self.actors),
            ("concerns", &self.concerns),
            ("reasons", &self.reasons),
            ("dispositions", &self.dispositions),
            ("complaints", &self.complaints),
            ("channels", &self.channels),
            ("redactions", &self.redactions),
        ]
    }
}

impl List {
    /// All items, in order.
    pub fn items(&self) -> &[Item] {
        &self.0
    }

    /// The item with this code, `None` if the list has none.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.0.iter().find(|item| item.code == code)
    }

    /// The English label of a code.
    pub fn label(&self, code: &str) -> Option<&str> {
        self.item(code).map(|item| item.label.as_str())
    }

    /// The English label of a code; the code itself where the list has lost it.
    pub fn label_or_code<'a>(&'a self, code: &'a str) -> &'a str {
        self.label(code).unwrap_or(code)
    }

    /// Whether the code is one of this list.
    pub fn has(&self, code: &str) -> bool {
        self.item(code).is_some()
    }

    fn check(&self, list: &'static str) -> Result<(), VocabularyError> {
        if self.0.is_empty() {
            return Err(VocabularyError::EmptyList(list));
        }
        let mut codes = BTreeSet::new();
        let mut shorts = BTreeSet::new();
        for item in &self.0 {
            let fault = |(field, problem)| {
                let code = item.code.clone();
                Err(VocabularyError::Item { list, code, field, problem })
            };
            if let Some(found) = item.fault(list) {
                return fault(found);
            }
            if !codes.insert(&item.code) {
                return fault(("code", "is used twice in this list"));
            }
            if item.short.as_ref().is_some_and(|short| !shorts.insert(short)) {
                return fault(("short", "is used twice in this list"));
            }
        }
        Ok(())
    }
}

impl Item {
    /// The template of the statement of reasons in a language, and the code of the language it is in: English where it
    /// was not translated.
    pub fn statement_in(&self, language: &str) -> (&str, &str) {
        let known = self.statements.get_key_value(language).map(|(code, text)| (text.as_str(), code.as_str()));
        known.unwrap_or((self.statement.as_deref().unwrap_or_default(), "en"))
    }

    fn fault(&self, list: &str) -> Option<(&'static str, &'static str)> {
        if !is_code(&self.code) {
            return Some(("code", "needs small letters a to z and digits, joined by single hyphens"));
        }
        if self.label.trim().is_empty() {
            return Some(("label", "is empty"));
        }
        let is_ground = matches!(list, "reasons" | "redactions");
        let extras = [
            ("short", &self.short, list == "groups"),
            ("rule", &self.rule, is_ground),
            ("statement", &self.statement, is_ground),
        ];
        for (field, value, due) in extras {
            match value.as_deref() {
                Some(_) if !due => return Some((field, "has no meaning in this list")),
                Some(text) if text.trim().is_empty() => return Some((field, "is empty")),
                None if due => return Some((field, "is missing")),
                _ => {}
            }
        }
        if !self.statements.is_empty() && list != "reasons" {
            return Some(("statements", "has no meaning in this list"));
        }
        if self.statements.values().any(|text| text.trim().is_empty()) {
            return Some(("statements", "is empty"));
        }
        let three_capitals = |short: &String| short.len() == 3 && short.bytes().all(|b| b.is_ascii_uppercase());
        if self.short.as_ref().is_some_and(|short| !three_capitals(short)) {
            return Some(("short", "needs three capital letters"));
        }
        None
    }
}

fn is_code(code: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    code.split('-').all(|part| !part.is_empty() && part.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Vocabulary {
        Vocabulary::parse(SHIPPED).expect("the shipped vocabulary parses")
    }

    /// Codes are in databases and archives: this list may grow, never change.
    #[test]
    fn codes_are_the_published_ones() {
        let published = [
            "government intergovernmental-body company business-association technical-community \
             civil-society academia union-or-consumer-body individual other",
            "legislation regulation national-policy review-process international-law \
             confidence-building capacity-building technical-standard procurement certification \
             market-incentive self-regulation disclosure transparency attribution \
             multistakeholder-body awareness other",
            "legislature executive military-or-intelligence regulator national-cert courts \
             international-body ict-producer network-operator critical-infrastructure-operator \
             standards-body research-and-civil-society users other",
            "unclear-term missing-definition too-broad too-narrow strength actor \
             human-rights-safeguard conflict-with-law translation spelling other",
            "abuse advertising duplicate off-topic illegal-content personal-data \
             false-attribution security-sensitive-detail",
            "adopted adopted-in-part adopted-in-other-words addressed-elsewhere noted not-adopted \
             out-of-scope deferred withdrawn",
            "insult illegal personal-data false-name advertising security other",
            "letter e-mail meeting telephone other",
            "personal-data third-party-personal-data security-sensitive-detail abuse illegal-content \
             other-legal-ground",
        ];
        for ((name, list), expected) in shipped().lists().into_iter().zip(published) {
            let codes: Vec<&str> = list.items().iter().map(|item| item.code.as_str()).collect();
            assert_eq!(codes.join(" "), expected, "{name}");
        }
        let shorts: Vec<String> = shipped().groups.items().iter().filter_map(|item| item.short.clone()).collect();
        assert_eq!(shorts.join(" "), "GOV IGO COM ASC TEC CSO ACA UNI IND OTH");
    }

    /// The words and their order are those of the brief, where it lies beside the project.
    #[test]
    fn labels_are_the_words_of_the_brief() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/experience.md");
        let Ok(brief) = std::fs::read_to_string(path) else {
            return;
        };
        let brief = brief.split_whitespace().collect::<Vec<_>>().join(" ");
        let places = "*Stakeholder groups*: | ; | . - *Lever
            *Lever instruments*: | ; | . - *Actors*
            *Actors*: | ; | . - *Concern
            *Concern of a wording comment*: | ; | . The
            reason from a closed list ( | , | ; never viewpoint
            *Dispositions*: | ; | . Reasons";
        let capital = |word: &str| {
            let (first, rest) = word.trim().split_at(1);
            first.to_uppercase() + rest
        };
        for ((name, list), place) in shipped().lists().into_iter().zip(places.lines()) {
            let parts: Vec<&str> = place.trim().split(" | ").collect();
            let [before, separator, after] = parts[..] else { panic!("{place}") };
            let (_, rest) = brief.split_once(before).expect(before);
            let (words, _) = rest.split_once(after).expect(after);
            let expected: Vec<String> = words.split(separator).map(capital).collect();
            let labels: Vec<&str> = list.items().iter().map(|item| item.label.as_str()).collect();
            assert_eq!(labels, expected, "{name}");
        }
    }

    #[test]
    fn every_statement_says_what_was_decided_and_what_can_be_done() {
        let decision = "Your comment has been declined and will not be published, because ";
        for reason in shipped().reasons.items() {
            let code = &reason.code;
            let statement = reason.statement.as_deref().unwrap_or_default();
            let sentences = statement.matches(". ").count() + 1;
            assert!((2..=3).contains(&sentences), "{code}: {sentences}");
            assert!(statement.starts_with(decision), "{code}");
            assert!(statement.contains(" rules of this portal"), "{code}");
            assert!(statement.contains(". You may send a new comment that "), "{code}");
            assert!(!statement.to_lowercase().contains("appeal"), "{code}");
            let rule = reason.rule.as_deref().unwrap_or_default();
            assert_eq!(rule.find('.'), Some(rule.len() - 1), "{code}: one sentence");
        }
    }

    #[test]
    fn look_up_knows_its_own_codes_only() {
        let vocabulary = shipped();
        assert_eq!(vocabulary.actors.label("national-cert"), Some("National CERT"));
        assert!(vocabulary.groups.has("civil-society"));
        assert!(!vocabulary.groups.has("Civil society"));
        assert_eq!(vocabulary.dispositions.label("legislature"), None);
    }

    #[test]
    fn faults_are_named() {
        let faults = "code = \"company\" => code = \"government\" => groups, item \"government\", code: is used twice
            short = \"COM\" => short = \"GOV\" => item \"company\", short: is used twice
            short = \"COM\" => short = \"Com\" => short: needs three capital letters
            short = \"COM\" => # => item \"company\", short: is missing
            code = \"too-broad\" => code = \"too broad\" => item \"too broad\", code: needs small
            label = \"Too broad\" => label = \" \" => item \"too-broad\", label: is empty
            label = \"Too broad\" => label = \"x\"\\nrule = \"x\" => rule: has no meaning
            label = \"Too broad\" => label = \"x\"\\ncolour = \"x\" => unknown field `colour`
            [[reasons]] => [[grounds]] => unknown field `grounds`";
        for line in faults.lines() {
            let parts: Vec<&str> = line.trim().split(" => ").collect();
            let [from, to, message] = parts[..] else { panic!("{line}") };
            assert!(SHIPPED.contains(from), "{from}");
            let broken = SHIPPED.replace(from, &to.replace("\\n", "\n"));
            let fault = Vocabulary::parse(&broken).expect_err(line).to_string();
            assert!(fault.contains(message), "{line}: {fault}");
        }
        let lists = [
            "groups",
            "instruments",
            "actors",
            "concerns",
            "reasons",
            "dispositions",
            "complaints",
            "channels",
            "redactions",
        ];
        let empty = lists.map(|list| format!("{list} = []\n")).concat();
        let fault = Vocabulary::parse(&empty);
        assert_eq!(fault, Err(VocabularyError::EmptyList("groups")));
    }

    #[test]
    fn a_statement_is_in_the_authors_language_or_says_that_it_is_english() {
        let french = "[reasons.statements]\nfr = \"Votre commentaire n'est pas accepte.\"\n\n[[reasons]]\ncode = \"advertising\"";
        let text = SHIPPED.replacen("[[reasons]]\ncode = \"advertising\"", french, 1);
        let vocabulary = Vocabulary::parse(&text).expect("a template in French");
        let abuse = vocabulary.reasons.item("abuse").expect("abuse");
        assert_eq!(abuse.statement_in("fr"), ("Votre commentaire n'est pas accepte.", "fr"));
        assert_eq!(abuse.statement_in("ar").1, "en");
        let empty = SHIPPED.replacen(
            "[[reasons]]\ncode = \"advertising\"",
            &french.replace("Votre commentaire n'est pas accepte.", " "),
            1,
        );
        assert!(Vocabulary::parse(&empty).is_err());
    }
}
