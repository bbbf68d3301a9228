//! The comment table of standards bodies (ISO/IEC/CEN form, 2012-03): its rows, and the writers of both files.
//! Pure: who may see which comment was decided before.

pub mod docx;
mod xlsx;

pub use docx::docx;
pub use xlsx::{WIDTHS, growing, height, xlsx};

use super::body::{Body, Change};
use super::model::{Class, Comment};
use super::redline::Redline;
use crate::norms::lines::{line_of_word, lines};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;

/// The headings of the eight columns, to the letter.
pub const HEADINGS: [&str; 8] = [
    "MB/NC",
    "Line number",
    "Clause/ Subclause",
    "Paragraph/ Figure/ Table/",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
];

/// What stands in column 3 for a comment on the whole.
pub const WHOLE: &str = "_whole document";

/// What stands in column 7 where words are to go.
pub const DELETE: &str = "delete";

/// What begins the last line of column 6 if the comment has a link to evidence.
pub const EVIDENCE: &str = "Evidence: ";

/// The name of the form, as its header line has it.
pub const TEMPLATE: &str = "Template for comments and secretariat observations";

/// What the small numbers at the headings mean.
pub const FOOTNOTES: [&str; 2] = [
    "1  MB/NC: the country by its code of ISO 3166-1 alpha-2, or the stakeholder group by its code, and a running number.",
    "2  Type of comment: ge = general, te = technical, ed = editorial.",
];

/// The header line.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The day it was made.
    pub date: String,
    /// What the comments are about.
    pub document: String,
    /// Whose consultation it is.
    pub project: String,
}

/// A row of the table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Country or group, and running number.
    pub member: String,
    /// First line of the words.
    pub line: Option<u32>,
    /// Number and letter, as people cite them.
    pub clause: String,
    /// The words.
    pub words: String,
    /// Of which type.
    pub class: Option<Class>,
    /// The rationale.
    pub comments: String,
    /// The proposed wording.
    pub proposed: String,
    /// The same word by word, where words are changed.
    pub redline: Option<Redline>,
    /// What the Secretariat says to it.
    pub observations: String,
}

impl Row {
    /// The row of `comment`. `number` counts the rows from 1; `whole` is what column 3 says of a comment on the whole.
    pub fn of(
        comment: &Comment,
        number: usize,
        norm: &Norm,
        version: &TextVersion,
        whole: &str,
        vocabulary: &Vocabulary,
    ) -> Self {
        let author = &comment.author;
        let group = vocabulary.groups.item(&author.stakeholder_group).and_then(|item| item.short.as_deref());
        let member = author.country.as_deref().or(group).unwrap_or("ORG");
        let row = Self { member: format!("{member}-{number:03}"), class: comment.class, ..Self::default() };
        let (clause, line) = match comment.body.anchor() {
            None => (whole.to_owned(), None),
            Some(anchor) => {
                let numbered = lines(&version.body, &version.clauses);
                let line = line_of_word(&numbered, &version.words(), anchor.first_word);
                (version.cite(norm.number, anchor.first_word, anchor.last_word), Some(line).filter(|line| *line > 0))
            }
        };
        Self { line, clause, ..row }.saying(&comment.body, vocabulary)
    }

    fn saying(self, body: &Body, vocabulary: &Vocabulary) -> Self {
        match body {
            Body::Wording(it) => Self {
                words: it.anchor.quote.clone(),
                comments: with_evidence(&it.rationale, &it.evidence),
                proposed: match it.change {
                    Change::Replace => it.proposed_wording.clone(),
                    Change::Delete => DELETE.to_owned(),
                    Change::Keep => String::new(),
                },
                redline: body.redline(),
                ..self
            },
            Body::General(it) => Self { comments: with_evidence(&it.rationale, &it.evidence), ..self },
            Body::Lever(it) => {
                let told = [
                    vocabulary.actors.label_or_code(&it.actor),
                    vocabulary.instruments.label_or_code(&it.instrument),
                    &it.by_when,
                    &it.example,
                    &it.obstacles,
                    &it.cost,
                ];
                let told: Vec<&str> = told.into_iter().filter(|text| !text.is_empty()).collect();
                Self { comments: told.join("\n"), proposed: it.action.clone(), ..self }
            }
        }
    }

    /// The texts in the order of [`HEADINGS`].
    pub fn cells(&self) -> [String; 8] {
        [
            self.member.clone(),
            self.line.map(|line| line.to_string()).unwrap_or_default(),
            self.clause.clone(),
            self.words.clone(),
            self.class.map(|class| class.to_string()).unwrap_or_default(),
            self.comments.clone(),
            self.proposed.clone(),
            self.observations.clone(),
        ]
    }
}

/// The rationale, and behind it the link to evidence if there is one.
pub fn with_evidence(rationale: &str, evidence: &str) -> String {
    if evidence.is_empty() { rationale.to_owned() } else { format!("{rationale}\n\n{EVIDENCE}{evidence}") }
}
