//! Looks for words in a comment that is in no index, as the index would. Pure.

use super::fold;
use super::model::texts;
use crate::comments::model::Comment;
use crate::db::dialect::search::Phrases;

/// Whether all phrases stand in the comment: in its texts, its reference, the words it is about, or the names behind it,
/// whoever may read those. A phrase reaches over no border of a text.
pub fn holds(comment: &Comment, phrases: &Phrases) -> bool {
    let author = &comment.author;
    let quote = comment.body.anchor().map_or("", |anchor| anchor.quote.as_str());
    let others = [&author.name, author.organisation.as_deref().unwrap_or_default(), &comment.reference, quote];
    let read: Vec<Vec<String>> = texts(comment).into_iter().chain(others).map(fold::folded).collect();
    phrases.iter().all(|phrase| read.iter().any(|text| stands_in(phrase, text)))
}

/// Whether the words of `phrase` stand in `text`, one behind the other.
fn stands_in(phrase: &[String], text: &[String]) -> bool {
    phrase.is_empty() || text.windows(phrase.len()).any(|words| words == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::record::query;

    fn found(typed: &str, text: &str) -> bool {
        let text = fold::folded(text);
        query::parse(typed).phrases.iter().all(|phrase| stands_in(phrase, &text))
    }

    #[test]
    fn words_are_found_as_the_index_finds_them() {
        let text = "States' supply chains: the integrity of l'État, e-mail and 網絡空間.";
        for typed in ["supply", "chain integrity", "\"supply chain\"", "STATE etat", "e-mail", "絡空", ""] {
            assert!(found(typed, text), "{typed}");
        }
        for typed in ["\"chain supply\"", "upply", "integrity zebra", "空絡"] {
            assert!(!found(typed, text), "{typed}");
        }
    }
}
