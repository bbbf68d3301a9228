//! The rows that tables are handed out with: one for each clause.

use super::places::Texts;
use crate::clock::Moment;
use crate::comments::iso::{Head, Row};
use crate::norms::lines::{line_of_word, lines};
use crate::norms::model::{Consultation, Norm};
use crate::norms::words::span;

/// A clause, ready to be commented on.
pub struct Clause<'t> {
    /// The text it is of.
    pub norm: &'t Norm,
    /// Its letter.
    pub letter: &'t str,
    /// Its first line.
    pub line: u32,
    /// Its words.
    pub words: String,
}

/// Every clause of every text.
pub fn clauses(texts: &Texts) -> Vec<Clause<'_>> {
    let mut all = Vec::new();
    for (norm, version) in texts {
        let (numbered, words) = (lines(&version.body, &version.clauses), version.words());
        all.extend(version.clauses.iter().map(|clause| Clause {
            norm,
            letter: &clause.letter,
            line: line_of_word(&numbered, &words, clause.first_word),
            words: span(&version.body, &words, clause.first_word, clause.last_word).unwrap_or_default().to_owned(),
        }));
    }
    all
}

/// The same as rows of the ISO form.
pub fn iso_rows(texts: &Texts) -> Vec<Row> {
    let row = |clause: Clause| Row {
        line: Some(clause.line),
        clause: format!("{}({})", clause.norm.number, clause.letter),
        words: clause.words,
        ..Row::default()
    };
    clauses(texts).into_iter().map(row).collect()
}

/// The header line: the one text that a file is about, or the whole consultation.
pub fn head(texts: &Texts, consultation: Option<&Consultation>, now: Moment) -> Head {
    let title = consultation.map(|it| it.title.clone()).unwrap_or_default();
    let document = match texts.as_slice() {
        [(norm, version)] => format!("{} {}, {}", norm.number, norm.title, version.label),
        _ => title,
    };
    let project = consultation.map(|it| it.code.clone()).unwrap_or_default();
    Head { date: now.date().to_string(), document, project }
}
