//! Which words a comment is about: what was chosen, marked or pasted becomes an anchor.

use super::anchor::{Anchor, AnchorError};
use crate::norms::model::TextVersion;
use crate::norms::words;
use crate::web::Fields;

/// The words that fields choose, as far as they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Nothing is chosen yet.
    Nothing,
    /// These words.
    Words(Anchor),
    /// The pasted words stand in several places: first and last word of each.
    Several(Vec<(usize, usize)>),
}

/// Why the fields choose no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no such clause.
    UnknownClause,
    /// The first or last word is not one of the text.
    UnknownWord,
    /// The last word stands before the first.
    Reversed,
    /// The words stand outside the clause that is chosen too.
    OutsideClause,
    /// The pasted words are not in the text, or not in the clause that is chosen too.
    NotFound,
}

impl Fault {
    /// The field to name beside the message.
    pub fn field(self) -> &'static str {
        match self {
            Self::UnknownClause => "clause",
            Self::UnknownWord | Self::Reversed | Self::OutsideClause => "first_word",
            Self::NotFound => "quote",
        }
    }

    /// The message.
    pub fn message(self) -> &'static str {
        match self {
            Self::UnknownClause => "compose-unknown-clause",
            Self::UnknownWord => "compose-unknown-word",
            Self::Reversed => "compose-reversed",
            Self::OutsideClause => "compose-outside-clause",
            Self::NotFound => "compose-not-found",
        }
    }
}

/// Reads `clause`, `first_word` and `last_word`, `quote` and `occurrence`. The narrowest wins: pasted words before
/// marked ones before a clause; a clause beside them limits where they may stand.
pub fn select(version: &TextVersion, fields: &Fields) -> Result<Selection, Fault> {
    let clause = match fields.get("clause") {
        "" => None,
        letter => Some(version.clause(letter).ok_or(Fault::UnknownClause)?),
    };
    if !fields.get("quote").is_empty() {
        let within = clause.map(|clause| (clause.first_word, clause.last_word));
        return pasted(version, fields, within);
    }
    if !fields.get("first_word").is_empty() || !fields.get("last_word").is_empty() {
        let anchor = marked(version, fields)?;
        let inside =
            clause.is_none_or(|clause| clause.first_word <= anchor.first_word && anchor.last_word <= clause.last_word);
        return if inside { Ok(Selection::Words(anchor)) } else { Err(Fault::OutsideClause) };
    }
    match clause {
        None => Ok(Selection::Nothing),
        Some(clause) => {
            Anchor::from_clause(&version.body, clause).map(Selection::Words).map_err(|_| Fault::UnknownClause)
        }
    }
}

fn marked(version: &TextVersion, fields: &Fields) -> Result<Anchor, Fault> {
    let (first, last) = (fields.get("first_word"), fields.get("last_word"));
    let number = |text: &str| text.parse::<usize>().map_err(|_| Fault::UnknownWord);
    // One word alone is marked by naming it once.
    let first_word = number(if first.is_empty() { last } else { first })?;
    let last_word = number(if last.is_empty() { first } else { last })?;
    Anchor::from_words(&version.body, first_word, last_word).map_err(|error| match error {
        AnchorError::OutOfRange => Fault::UnknownWord,
        AnchorError::Reversed => Fault::Reversed,
    })
}

fn pasted(version: &TextVersion, fields: &Fields, within: Option<(usize, usize)>) -> Result<Selection, Fault> {
    let places = super::anchor::find_quote(&version.body, fields.get("quote"), within);
    let chosen = places.iter().find(|(first, last)| fields.get("occurrence") == format!("{first}-{last}"));
    match (places.as_slice(), chosen) {
        ([], _) => Err(Fault::NotFound),
        ([(first, last)], _) | (_, Some((first, last))) => {
            Anchor::from_words(&version.body, *first, *last).map(Selection::Words).map_err(|_| Fault::NotFound)
        }
        _ => Ok(Selection::Several(places)),
    }
}

/// How many words are shown on each side of a place.
pub const AROUND: usize = 5;

/// Some words around a place, to tell it from others: (before, the words, after).
pub fn surroundings(version: &TextVersion, (first, last): (usize, usize)) -> (String, String, String) {
    let all = version.words();
    let part = |from: usize, to: usize| {
        if from > to {
            String::new()
        } else {
            words::span(&version.body, &all, from, to).unwrap_or_default().to_owned()
        }
    };
    (
        part(first.saturating_sub(AROUND).max(1), first.saturating_sub(1)),
        part(first, last),
        part(last + 1, (last + AROUND).min(all.len())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{NormId, TextVersionId};
    use crate::norms::words::Clause;

    fn version() -> TextVersion {
        let clause = |letter: &str, first_word, last_word| Clause { letter: letter.into(), first_word, last_word };
        TextVersion {
            id: TextVersionId::new(),
            norm_id: NormId::new(),
            label: "1".into(),
            dated: "2019".into(),
            source: String::new(),
            body: "States should share, and states should act.".into(),
            clauses: vec![clause("a", 1, 3), clause("b", 4, 7)],
        }
    }

    fn chosen(pairs: &[(&str, &str)]) -> Result<Selection, Fault> {
        let fields = pairs.iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, *value));
        select(&version(), &fields)
    }

    fn words(pairs: &[(&str, &str)]) -> String {
        match chosen(pairs) {
            Ok(Selection::Words(anchor)) => anchor.quote,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_narrowest_choice_wins_and_a_clause_limits_it() {
        assert_eq!(chosen(&[]), Ok(Selection::Nothing));
        assert_eq!(words(&[("clause", "a")]), "States should share");
        assert_eq!(words(&[("first_word", "2")]), "should");
        assert_eq!(words(&[("first_word", "5"), ("last_word", "6"), ("clause", "b")]), "states should");
        assert_eq!(words(&[("quote", "share")]), "share");
        assert_eq!(words(&[("quote", "should"), ("clause", "b")]), "should");
        assert_eq!(words(&[("quote", "should"), ("occurrence", "6-6")]), "should");
        assert_eq!(chosen(&[("quote", "should")]), Ok(Selection::Several(vec![(2, 2), (6, 6)])));
    }

    #[test]
    fn a_wrong_choice_says_what_is_wrong() {
        assert_eq!(chosen(&[("clause", "z")]), Err(Fault::UnknownClause));
        assert_eq!(chosen(&[("first_word", "0")]), Err(Fault::UnknownWord));
        assert_eq!(chosen(&[("first_word", "99999999999999999999")]), Err(Fault::UnknownWord));
        assert_eq!(chosen(&[("first_word", "3"), ("last_word", "2")]), Err(Fault::Reversed));
        assert_eq!(chosen(&[("first_word", "1"), ("clause", "b")]), Err(Fault::OutsideClause));
        assert_eq!(chosen(&[("quote", "must")]), Err(Fault::NotFound));
    }
}
