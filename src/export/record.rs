//! The one record that leaves the portal: an allow-list of columns. What is not a field here is in no file.
//!
//! E-mail addresses, accounts, decisions and notes have no column.

use std::borrow::Cow;

use serde::Serialize;

use super::model::Edition;
use super::table::Table;
use crate::clock::rfc3339;
use crate::comments::body::{Body, General, Lever, Wording};
use crate::comments::model::{Comment, Publication};
use crate::norms::lines::{Line, line_of_word, lines};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::words::{Word, at};

macro_rules! record {
    ($($(#[$doc:meta])* $name:ident: $kind:ty,)*) => {
        /// One comment as a row. In JSON the columns are fields of the same names, in the same order.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
        pub struct Record { $($(#[$doc])* pub $name: $kind),* }

        /// The columns, in their order.
        pub const COLUMNS: &[&str] = &[$(stringify!($name)),*];

        impl Record {
            /// The row as texts, in the order of [`COLUMNS`].
            pub fn cells(&self) -> Vec<Cow<'_, str>> {
                vec![$(self.$name.cell()),*]
            }
        }
    };
}

record! {
    /// What people call the comment.
    reference: String,
    /// Its address.
    permalink: String,
    /// Slug of the norm.
    norm: String,
    /// Number of the norm in the package.
    norm_number: i32,
    /// Title of the norm.
    norm_title: String,
    /// Label of the wording that was commented on.
    text_version: String,
    /// `wording`, `lever` or `general`.
    kind: String,
    /// The clause as people cite it, `3(b)`; the norm's number where the comment is on the whole.
    clause: String,
    /// Numbered line on which the words begin; none for the whole.
    line: Option<u32>,
    /// Position of the first word, from 1; none for the whole.
    first_word: Option<usize>,
    /// Position of the last word, inclusive.
    last_word: Option<usize>,
    /// The exact words.
    quote: String,
    /// `replace`, `delete` or `keep`.
    change: String,
    /// The words as the author wants them; empty unless they are to be replaced.
    proposed_wording: String,
    /// Code of the vocabulary.
    concern: String,
    /// Why.
    rationale: String,
    /// Link to evidence.
    evidence: String,
    /// Whether the author would accept the norm without the change: `yes`, `no`, `unsure`.
    acceptable: String,
    /// Lever: code of who should act.
    actor: String,
    /// Lever: code of the instrument.
    instrument: String,
    /// Lever: what they should do.
    action: String,
    /// Lever: by when.
    by_when: String,
    /// Lever: existing example.
    example: String,
    /// Lever: what could stand in the way.
    obstacles: String,
    /// Lever: what it would cost.
    cost: String,
    /// The state of the comment.
    status: String,
    /// `yes` where the author wrote for the Commission alone, else `no`.
    confidential: String,
    /// What the author wants to be public: `named`, `organisation`, `commission`.
    publication: String,
    /// Name of the author, as far as the edition shows it.
    author_name: String,
    /// Organisation of the author, as far as the edition shows it.
    organisation: String,
    /// Code of the vocabulary.
    stakeholder_group: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    /// `myself` or `organisation`.
    on_behalf_of: String,
    /// How it came: `portal`, or a code of the vocabulary where the Secretariat entered it for its author.
    channel: String,
    /// RFC 3339, UTC. Where the Secretariat entered it, the day it came.
    submitted_at: String,
    /// RFC 3339, UTC; empty unless published.
    published_at: String,
    /// SHA-256 of what the comment says, in hexadecimal: the one on its receipt, unless words were taken out of it.
    text_sha256: String,
    /// How many passages were taken out; in the place of each stands `[redacted: ...]` with the ground.
    redactions: i32,
}

/// The record as a table.
pub const TABLE: Table =
    Table { name: "Comments", headings: COLUMNS, tells_continued: true, cells: |_, entry, _| entry.record.cells() };

trait Cell {
    fn cell(&self) -> Cow<'_, str>;
}

impl Cell for String {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Cell for i32 {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl<T: ToString> Cell for Option<T> {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Owned(self.as_ref().map(ToString::to_string).unwrap_or_default())
    }
}

/// A wording with its lines, worked out once for all comments on it.
pub struct Text {
    /// The wording.
    pub version: TextVersion,
    /// Its words.
    pub words: Vec<Word>,
    lines: Vec<Line>,
}

impl Text {
    /// Numbers the lines of `version`.
    pub fn of(version: TextVersion) -> Self {
        let (words, lines) = (version.words(), lines(&version.body, &version.clauses));
        Self { version, words, lines }
    }

    /// The number of the line on which a word begins; 0 if there is no such word.
    pub fn line_of(&self, word: usize) -> u32 {
        line_of_word(&self.lines, &self.words, word)
    }

    /// Its numbered lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Where words `first` to `last` stand, in Unicode code points: the first of them, and just behind the last.
    pub fn code_points(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let (start, end) = (at(&self.words, first)?.start, at(&self.words, last)?.end);
        let before = self.version.body.get(..start)?.chars().count();
        Some((before, before + self.version.body.get(start..end)?.chars().count()))
    }
}

/// The row of `comment` in `edition`. `text` is the wording it is pinned to; `origin` begins its address.
pub fn record(edition: Edition, origin: &str, norm: &Norm, text: &Text, comment: Comment) -> Record {
    let author = &comment.author;
    let (name, organisation) = match edition {
        Edition::Public => (author.public_name(comment.publication), author.public_organisation(comment.publication)),
        Edition::Commission => (Some(author.name.as_str()), author.organisation.as_deref()),
    };
    let confidential = if comment.publication == Publication::Commission { "yes" } else { "no" };
    let row = Record {
        permalink: format!("{origin}/comments/{}", comment.reference),
        norm: norm.slug.clone(),
        norm_number: norm.number,
        norm_title: norm.title.clone(),
        text_version: text.version.label.clone(),
        kind: comment.kind.to_string(),
        clause: norm.number.to_string(),
        status: comment.state.to_string(),
        confidential: confidential.to_owned(),
        publication: comment.publication.to_string(),
        author_name: name.unwrap_or_default().to_owned(),
        organisation: organisation.unwrap_or_default().to_owned(),
        stakeholder_group: author.stakeholder_group.clone(),
        country: author.country.clone().unwrap_or_default(),
        on_behalf_of: author.on_behalf_of.to_string(),
        channel: comment.channel.clone().unwrap_or_else(|| "portal".to_owned()),
        submitted_at: rfc3339(comment.submitted_at),
        published_at: comment.published_at.map(rfc3339).unwrap_or_default(),
        text_sha256: comment.public_digest(),
        redactions: comment.redactions,
        reference: comment.reference,
        ..Record::default()
    };
    said(row, norm, text, comment.body)
}

/// Fills in what the comment says.
fn said(row: Record, norm: &Norm, text: &Text, body: Body) -> Record {
    match body {
        Body::Wording(Wording { anchor, change, proposed_wording, concern, rationale, evidence, acceptable }) => {
            Record {
                clause: text.version.cite(norm.number, anchor.first_word, anchor.last_word),
                line: Some(text.line_of(anchor.first_word)).filter(|line| *line > 0),
                first_word: Some(anchor.first_word),
                last_word: Some(anchor.last_word),
                quote: anchor.quote,
                change: change.to_string(),
                proposed_wording,
                concern,
                rationale,
                evidence,
                acceptable: acceptable.to_string(),
                ..row
            }
        }
        Body::Lever(Lever { actor, instrument, action, by_when, example, obstacles, cost }) => {
            Record { actor, instrument, action, by_when, example, obstacles, cost, ..row }
        }
        Body::General(General { rationale, evidence }) => Record { rationale, evidence, ..row },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_the_columns_in_their_order() {
        let json = serde_json::to_string(&Record::default()).unwrap();
        let places: Vec<_> = COLUMNS.iter().map(|name| json.find(&format!("\"{name}\":")).unwrap()).collect();
        assert!(places.is_sorted());
        assert_eq!(json.matches("\":").count(), COLUMNS.len());
        assert_eq!(Record::default().cells().len(), COLUMNS.len());
    }

    /// The allow-list: a new column is a decision, made here too.
    #[test]
    fn no_column_is_for_an_address_or_an_internal_matter() {
        assert_eq!(COLUMNS.len(), 38);
        for word in ["email", "mail", "account", "note", "password", "decided"] {
            assert!(!COLUMNS.iter().any(|column| column.contains(word)), "{word}");
        }
    }
}
