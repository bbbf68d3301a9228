//! A comment as rows of label and text: the same on the page to check, the receipt, the mail and one's own comments.

use super::body::{Acceptable, Body, Change};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::web::Language;

/// A line of a summary.
pub struct Row {
    /// What it is.
    pub label: String,
    /// What was said.
    pub text: String,
}

/// Everything `body` says, in the order of its form. Answers that were left empty are left out.
pub fn rows(lang: &Language, vocabulary: &Vocabulary, norm: &Norm, version: &TextVersion, body: &Body) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |label: &str, text: String| {
        if !text.is_empty() {
            rows.push(Row { label: lang.t(label), text });
        }
    };
    add("summary-text", format!("{}, {}", norm.title, lang.plain("summary-version", &[("label", &version.label)])));
    match body {
        Body::Wording(it) => {
            add("summary-clause", version.cite(norm.number, it.anchor.first_word, it.anchor.last_word));
            add("summary-words", it.anchor.quote.clone());
            add("summary-change", lang.t(&format!("change-{}", it.change)));
            if it.change == Change::Replace {
                add("summary-proposed", it.proposed_wording.clone());
            }
            add("summary-concern", vocabulary.concerns.label_or_code(&it.concern).to_owned());
            add("summary-rationale", it.rationale.clone());
            add("summary-evidence", it.evidence.clone());
            if it.acceptable != Acceptable::Unsure {
                add("summary-acceptable", lang.t(&format!("acceptable-{}", it.acceptable)));
            }
        }
        Body::Lever(it) => {
            add("summary-actor", vocabulary.actors.label_or_code(&it.actor).to_owned());
            add("summary-instrument", vocabulary.instruments.label_or_code(&it.instrument).to_owned());
            add("summary-action", it.action.clone());
            add("summary-by-when", it.by_when.clone());
            add("summary-example", it.example.clone());
            add("summary-obstacles", it.obstacles.clone());
            add("summary-cost", it.cost.clone());
        }
        Body::General(it) => {
            add("summary-comment", it.rationale.clone());
            add("summary-evidence", it.evidence.clone());
        }
    }
    rows
}
