//! The norm package: what a consultation puts out for comment, as one TOML file.
//!
//! Parses the file and holds it to its rules, so that a `Package` in hand is one that may be imported.
//! Knows TOML, dates and the words of a text; knows no database, no file system and no clock.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use serde::{Deserialize, Deserializer};

use crate::norms::words::{Clause, words};

/// The package the portal is shipped with: `config/norm-package.toml`.
pub const SHIPPED: &str = include_str!("../../config/norm-package.toml");

/// A consultation and its texts, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    pub consultation: Consultation,
    #[serde(rename = "text", default)]
    pub texts: Vec<Text>,
}

/// Who asks, about what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// Begins every comment reference: 2 to 12 capital letters and digits, a letter first.
    pub code: String,
    pub title: String,
    pub commission: String,
    /// In the commission's own words.
    pub summary: String,
    pub summary_source: String,
    /// UTC, cut to microseconds. `None`: open from the import on.
    #[serde(default, deserialize_with = "instant")]
    pub opens_at: Option<DateTime<Utc>>,
    /// UTC, cut to microseconds. `None`: open until the Secretariat sets a closing time.
    #[serde(default, deserialize_with = "instant")]
    pub closes_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub timeline: Vec<Milestone>,
}

/// One step of the commission's work, without a date where the source has none to rely on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// `2019`, `2019-03` or `2019-03-14` (ISO 8601, reduced accuracy).
    pub date: Option<String>,
    pub words: String,
}

/// What sort of text is put out for comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Call,
    Norm,
    Definition,
}

impl Kind {
    /// The word for it in the file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Norm => "norm",
            Self::Definition => "definition",
        }
    }
}

/// One norm, call or definition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// From 1, unique; part of every comment reference.
    pub number: u32,
    /// Its place in addresses, unique: a to z and digits, joined by single hyphens.
    pub slug: String,
    pub kind: Kind,
    pub title: String,
    /// Quotations that bear on the text, each in quotation marks.
    pub context: String,
    pub context_source: String,
    pub version: Version,
}

/// A wording of a text, by clauses.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    pub label: String,
    /// Date of the source: `2019`, `2019-03` or `2019-03-14`.
    pub dated: String,
    pub source: String,
    /// Whether it is what the Commission made of the text in the end, and not put out for comment.
    #[serde(rename = "final", default)]
    pub is_final: bool,
    #[serde(rename = "clause", default)]
    pub clauses: Vec<ClauseWords>,
}

/// The words of one clause; the letters run a, b, c and so on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseWords {
    pub letter: String,
    pub words: String,
}

/// A version as one text: its clauses joined by one space, and where each of them stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionText {
    /// Every run of white space is one space; none at either end.
    pub body: String,
    pub clauses: Vec<Clause>,
}

/// Why a package may not be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    #[error("the norm package cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    #[error("the norm package holds no text: it needs at least one [[text]]")]
    NoTexts,
    /// `at`: the consultation, or the text by position and slug, and the field as in the file.
    #[error("{at}: {why}")]
    Field { at: String, why: String },
}

impl Package {
    /// Reads a package from TOML and checks it; the first fault found is the error.
    pub fn parse(source: &str) -> Result<Self, PackageError> {
        let package: Self = toml::from_str(source)?;
        package.consultation.check(&At("consultation".to_owned()))?;
        if package.texts.is_empty() {
            return Err(PackageError::NoTexts);
        }
        let (mut numbers, mut slugs) = (BTreeSet::new(), BTreeSet::new());
        for (position, text) in (1_usize..).zip(&package.texts) {
            let at = At(format!("text {position} ({})", text.slug));
            text.check(&at)?;
            let (new_slug, new_number) = (slugs.insert(&text.slug), numbers.insert(text.number));
            at.holds("slug", new_slug, "an earlier text has it already")?;
            at.holds("number", new_number, "an earlier text has it already")?;
        }
        Ok(package)
    }
}

impl Consultation {
    fn check(&self, at: &At) -> Result<(), PackageError> {
        let code = "needs 2 to 12 capital letters A to Z and digits, a letter first";
        at.holds("code", is_code(&self.code), code)?;
        at.filled("title", &self.title)?;
        at.filled("commission", &self.commission)?;
        at.filled("summary", &self.summary)?;
        at.filled("summary_source", &self.summary_source)?;
        let ordered = !matches!((self.opens_at, self.closes_at), (Some(o), Some(c)) if c <= o);
        at.holds("closes_at", ordered, "has to be later than opens_at")?;
        for (position, milestone) in (1_usize..).zip(&self.timeline) {
            at.filled(&format!("timeline {position}, words"), &milestone.words)?;
            if let Some(date) = &milestone.date {
                at.dated(&format!("timeline {position}, date"), date)?;
            }
        }
        Ok(())
    }
}

impl Text {
    fn check(&self, at: &At) -> Result<(), PackageError> {
        let slug = "needs small letters a to z and digits, joined by single hyphens";
        at.holds("slug", is_slug(&self.slug), slug)?;
        at.holds("number", self.number > 0, "numbers begin with 1")?;
        at.filled("title", &self.title)?;
        at.filled("context", &self.context)?;
        at.filled("context_source", &self.context_source)?;
        at.filled("version.label", &self.version.label)?;
        at.dated("version.dated", &self.version.dated)?;
        at.filled("version.source", &self.version.source)?;
        let clauses = &self.version.clauses;
        let count = (1..=26).contains(&clauses.len());
        at.holds("version.clause", count, "a version has 1 to 26 clauses")?;
        for (clause, due) in clauses.iter().zip('a'..='z') {
            let lettered = clause.letter.chars().eq([due]);
            let problem = format!("({due}) is due here, not ({})", clause.letter);
            at.holds("version.clause.letter", lettered, &problem)?;
            let field = format!("version.clause ({due}), words");
            at.filled(&field, &clause.words)?;
            let spoken = !words(&clause.words).is_empty();
            at.holds(&field, spoken, "holds no word to comment on")?;
        }
        Ok(())
    }
}

impl Version {
    /// The whole text, and its clauses by word positions, 1-based and inclusive over the whole.
    pub fn text(&self) -> VersionText {
        let mut body = String::new();
        let mut ends = Vec::with_capacity(self.clauses.len());
        for clause in &self.clauses {
            for word in clause.words.split_whitespace() {
                if !body.is_empty() {
                    body.push(' ');
                }
                body.push_str(word);
            }
            ends.push(body.len());
        }
        let places = words(&body);
        let mut first_word = 1;
        let mut clauses = Vec::with_capacity(ends.len());
        for (clause, end) in self.clauses.iter().zip(ends) {
            let last_word = places.partition_point(|word| word.end <= end);
            clauses.push(Clause { letter: clause.letter.clone(), first_word, last_word });
            first_word = last_word.saturating_add(1);
        }
        VersionText { body, clauses }
    }
}

/// A table of the file, by its name in messages.
struct At(String);

impl At {
    fn holds(&self, field: &str, rule: bool, problem: &str) -> Result<(), PackageError> {
        if rule {
            return Ok(());
        }
        let at = format!("{}, {field}", self.0);
        let why = problem.to_owned();
        Err(PackageError::Field { at, why })
    }

    fn filled(&self, field: &str, value: &str) -> Result<(), PackageError> {
        self.holds(field, !value.trim().is_empty(), "is empty")
    }

    fn dated(&self, field: &str, value: &str) -> Result<(), PackageError> {
        let problem = "is not a date: write 2019, 2019-03 or 2019-03-14";
        self.holds(field, is_partial_date(value), problem)
    }
}

fn is_slug(value: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    value.split('-').all(|part| !part.is_empty() && part.bytes().all(plain))
}

fn is_code(value: &str) -> bool {
    (2..=12).contains(&value.len())
        && value.starts_with(|first: char| first.is_ascii_uppercase())
        && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Written back and compared, since chrono also takes signs, spaces and missing zeros.
fn is_partial_date(value: &str) -> bool {
    let full = match value.len() {
        4 => format!("{value}-01-01"),
        7 => format!("{value}-01"),
        10 => value.to_owned(),
        _ => return false,
    };
    NaiveDate::parse_from_str(&full, "%Y-%m-%d").is_ok_and(|day| day.to_string() == full)
}

/// RFC 3339, quoted or as a TOML date-time; a time without an offset is another moment elsewhere.
fn instant<'de, D: Deserializer<'de>>(source: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let written = match toml::Value::deserialize(source)? {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    let moment = DateTime::parse_from_rfc3339(&written).map_err(|_| {
        let problem = "is not a moment with its offset, such as 2027-01-17T23:59:00Z";
        serde::de::Error::custom(format!("{written} {problem}"))
    })?;
    Ok(Some(moment.with_timezone(&Utc).trunc_subsecs(6)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    /// SHA-256 of each text with white space folded; a difference is a change of the norm itself.
    const DIGESTS: &str = "1 public-core call c2c31ca44bfa0475fce59f0b9016b2fb419b6baf6c7b2647edb000a31e5c3969
        2 electoral-infrastructure call 20b2cb9d5063c087c21a55efe912859f270459e67f025dd0ecb1ce656e5d9dee
        3 avoid-tampering norm 46ebe3df1f764076cab4b0986805c0472531783490a5fbdb5e8776d99570bb90
        4 botnets norm 7714a5c37b7113335dbaaee07c5c6ba3a9743480263e25e5205f9f0810e4f3f7
        5 vulnerability-equities-process norm 18d74c94bc3bdb9c1f5b65f0ff17363abd0775ab45143c23fe6d03b9d979565e
        6 significant-vulnerabilities norm 2ad935e5c262ccf98d6780b232ca271288d5923650f6b975cedcf86c3bd2a475
        7 cyber-hygiene norm 6457ae1cc0864fc1239a4eab62a38232e627f2dfd55f5fdb045b7662d88383f9
        8 non-state-offensive-operations norm 6aa63699f66fe5d92156123e572ac266adfd134ba9e457bbb0d368676ebe28cd
        9 cyber-stability definition 057b812923bbef014b91c41b62cdf06a0972537208e1a4936aa36f649e95615f";

    fn shipped() -> Package {
        Package::parse(SHIPPED).expect("the shipped package parses")
    }

    #[test]
    fn texts_are_the_pinned_ones_and_clauses_cover_them() {
        let digest = |t: &Text| hex::encode(Sha256::digest(t.version.text().body));
        let line = |t: &Text| format!("{} {} {} {}", t.number, t.slug, t.kind.code(), digest(t));
        let found: Vec<String> = shipped().texts.iter().map(line).collect();
        let pinned: Vec<&str> = DIGESTS.lines().map(str::trim).collect();
        assert_eq!(found, pinned);
        for text in shipped().texts {
            let VersionText { body, clauses } = text.version.text();
            let mut covered = 0;
            for (clause, own) in clauses.iter().zip(&text.version.clauses) {
                assert_eq!(clause.first_word, covered + 1);
                covered += words(&own.words).len();
                assert_eq!(clause.last_word, covered);
            }
            assert_eq!(covered, words(&body).len(), "{}", text.slug);
        }
    }

    /// Every word quoted stands in the sources, where they lie beside the project.
    #[test]
    fn quotations_are_to_the_letter() {
        let fold = |text: &str| {
            let straight = text.replace(['“', '”'], "\"").replace('’', "'");
            straight.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/sources/");
        let read = |name| std::fs::read_to_string(format!("{folder}{name}"));
        let (Ok(briefing), Ok(announcements)) = (read("ispcp-briefing.txt"), read("norm-package-announcement.txt"))
        else {
            assert!(!std::path::Path::new(folder).exists(), "a source is missing");
            return;
        };
        let (briefing, announcements) = (fold(&briefing), fold(&announcements));
        let package = shipped();
        for sentence in package.consultation.summary.split_inclusive(". ") {
            assert!(announcements.contains(&fold(sentence)), "{sentence}");
        }
        for text in &package.texts {
            let body = fold(&text.version.text().body);
            let whole = match text.kind {
                Kind::Definition => format!("CYBERSPACE {body} GLOBAL"),
                Kind::Call | Kind::Norm => format!("{} \"{body}\"", text.title.to_uppercase()),
            };
            assert!(briefing.contains(&whole), "{whole}");
            let quoted = text.context.strip_prefix('“').and_then(|c| c.strip_suffix('”'));
            for passage in quoted.expect("quotation marks").split("” “") {
                assert!(announcements.contains(&fold(passage)), "{passage}");
            }
        }
    }

    #[test]
    fn faults_name_text_and_field() {
        let faults = "slug = \"botnets\" => slug = \"Botnets\" => text 4 (Botnets), slug: needs small
            slug = \"botnets\" => slug = \"public-core\" => text 4 (public-core), slug: an earlier
            slug = \"botnets\" => slug = \"bot--nets\" => (bot--nets), slug: needs
            number = 4 => number = 3 => text 4 (botnets), number: an earlier text has it already
            number = 4 => number = 0 => (botnets), number: numbers begin with 1
            letter = \"c\" => letter = \"d\" => version.clause.letter: (c) is due here, not (d)
            words = \"nor allow them to be tampered with,\" => words = \" \" => (avoid-tampering), version.clause (b), words: is empty
            words = \"nor allow them to be tampered with,\" => words = \"...\" => (b), words: holds no word
            dated = \"2019-03\" => dated = \"2019-13\" => (public-core), version.dated: is not a date
            date = \"2018-05\" => date = \"2018- 5\" => consultation, timeline 4, date: is not a date
            code = \"GCSC\" => code = \"G-CSC\" => consultation, code: needs
            code = \"GCSC\" => code = \"GCSC\"\\nopens_at = 2027-01-17T23:59:00Z\\ncloses_at = \"2027-01-18T00:59:00+01:00\" => closes_at: has to be later
            code = \"GCSC\" => code = \"GCSC\"\\nopens_at = 2027-01-17T23:59:00 => 2027-01-17T23:59:00 is not a moment
            kind = \"definition\" => kind = \"other\" => unknown variant `other`
            label = \"1\" => labels = \"1\" => unknown field `labels`";
        for line in faults.lines() {
            let parts: Vec<&str> = line.trim().split(" => ").collect();
            let [from, to, message] = parts[..] else { panic!("{line}") };
            assert!(SHIPPED.contains(from), "{from}");
            let broken = SHIPPED.replace(from, &to.replace("\\n", "\n"));
            let fault = Package::parse(&broken).expect_err(line).to_string();
            assert!(fault.contains(message), "{line}: {fault}");
        }
    }
}
