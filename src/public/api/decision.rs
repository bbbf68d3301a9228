//! A decision as the API gives it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::rfc3339;
use crate::comments::considered::model::Considered;

/// What was decided about a comment under one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Decision)]
pub struct PublicDecision {
    /// Slug of the text that the issue is about.
    #[schema(example = "avoid-tampering")]
    pub norm: String,
    /// The number of the issue on that text.
    #[schema(minimum = 1)]
    pub issue: i32,
    /// Code of the list `dispositions`.
    #[schema(example = "adopted-in-part")]
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// What the words in question read then, where the Commission adopted something in words of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "must not tamper")]
    pub words_adopted: Option<String>,
    /// When it was published, UTC.
    #[schema(format = "date-time")]
    pub decided_at: String,
}

impl From<&Considered> for PublicDecision {
    fn from(it: &Considered) -> Self {
        Self {
            norm: it.slug.clone(),
            issue: it.number,
            disposition: it.disposition.clone(),
            reasons: it.reasons.clone(),
            words_adopted: Some(it.wording.clone()).filter(|wording| !wording.is_empty()),
            decided_at: rfc3339(it.decided_at),
        }
    }
}
