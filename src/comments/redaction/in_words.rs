//! What was taken out, told to people: never the words themselves.

use super::model::Span;
use crate::norms::vocabulary::Vocabulary;
use crate::web::Language;

/// A passage that was taken out, in words.
pub struct InWords {
    /// Out of which text.
    pub field: String,
    /// On which ground.
    pub ground: String,
    /// The rule behind the ground; empty if it has none.
    pub rule: String,
    /// What is special about it; may be empty.
    pub reason: String,
}

impl InWords {
    /// `span` in the language of its reader.
    pub fn of(lang: &Language, vocabulary: &Vocabulary, span: &Span) -> Self {
        let rule = vocabulary.redactions.item(&span.code).and_then(|item| item.rule.clone());
        Self {
            field: lang.t(&format!("redaction-field-{}", span.field)),
            ground: vocabulary.redactions.label_or_code(&span.code).to_owned(),
            rule: rule.unwrap_or_default(),
            reason: span.reason.clone(),
        }
    }
}
