//! What the composers offer to choose from.

use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::Ctx;

/// The lists of the composers: value, words and, for radios, a hint.
pub(super) struct Choices {
    pub concerns: Vec<(String, String)>,
    pub actors: Vec<(String, String)>,
    pub instruments: Vec<(String, String)>,
    pub changes: Vec<(&'static str, String, String)>,
    pub acceptable: Vec<(&'static str, String, String)>,
    pub publication: Vec<(&'static str, String, String)>,
}

impl Choices {
    /// In the language of the page.
    pub(super) fn new(ctx: &Ctx, vocabulary: &Vocabulary) -> Self {
        let labelled = |list: &List| list.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect();
        let worded = |prefix: &str, words: &[&'static str], hints: bool| {
            let hint = |word: &str| if hints { ctx.t(format!("{prefix}-{word}-hint")) } else { String::new() };
            words.iter().map(|word| (*word, ctx.t(format!("{prefix}-{word}")), hint(word))).collect()
        };
        Self {
            concerns: labelled(&vocabulary.concerns),
            actors: labelled(&vocabulary.actors),
            instruments: labelled(&vocabulary.instruments),
            changes: worded("change", &["replace", "delete", "keep"], true),
            acceptable: worded("acceptable", &["yes", "no", "unsure"], false),
            publication: worded("publication", &["named", "organisation", "commission"], true),
        }
    }
}
