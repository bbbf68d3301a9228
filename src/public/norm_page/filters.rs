//! What readers choose comments by: read from the address against what there is, and offered with the counts that are
//! kept. What the address asks for and nobody can mean is left aside and named. Pure.

use super::model::{View, cursor_field};
use crate::comments::model::Kind;
use crate::comments::record::language;
use crate::comments::record::model::Facet;
use crate::moderation::gist;
use crate::norms::model::TextVersion;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::{Fields, Language};

/// What can be chosen by, in the order of the form.
const CHOICES: [Facet; 8] = [
    Facet::Kind,
    Facet::Clause,
    Facet::Concern,
    Facet::Actor,
    Facet::Instrument,
    Facet::Group,
    Facet::Country,
    Facet::Language,
];
/// The most that are named of what was left aside.
const MOST_NAMED: usize = 5;
/// How much of each is named, in graphemes.
const LONGEST_NAMED: usize = 60;

/// How many comments each value of each facet has.
pub type Tallies = Vec<(Facet, String, i64)>;

/// How many comments on a text have `value`.
pub fn tally(tallies: &Tallies, facet: Facet, value: &str) -> i64 {
    tallies.iter().find(|(known, other, _)| *known == facet && other == value).map_or(0, |(_, _, count)| *count)
}

/// Whether comments of `kind` have a value of `facet` at all.
pub fn applies(facet: Facet, kind: Kind) -> bool {
    match facet {
        Facet::Clause | Facet::Concern => kind == Kind::Wording,
        Facet::Actor | Facet::Instrument => kind == Kind::Lever,
        _ => true,
    }
}

/// What was left aside, as names and values to show: at most a few.
pub type Ignored = Vec<String>;

/// Reads the choices in `query` into `view`; what of the query means nothing.
pub fn read(
    view: &mut View,
    query: &Fields,
    tallies: &Tallies,
    (version, vocabulary): (&TextVersion, &Vocabulary),
) -> Ignored {
    let mut ignored = Ignored::new();
    for (name, value) in query.except(&[]) {
        let facet = CHOICES.iter().copied().find(|facet| facet.as_str() == name);
        let value = value.trim();
        let is_known = match facet {
            Some(_) if value.is_empty() => true,
            Some(facet) if !view.choice(facet).is_empty() => view.choice(facet) == value,
            Some(facet) if tally(tallies, facet, value) > 0 || can_be(facet, value, version, vocabulary) => {
                view.choices.push((facet, value.to_owned()));
                true
            }
            Some(_) => false,
            None if name == "heat" => matches!(value, "" | "0" | "1"),
            None => Kind::ALL.iter().any(|kind| cursor_field(*kind) == name),
        };
        if !is_known && ignored.len() < MOST_NAMED {
            let equals = if value.is_empty() { "" } else { "=" };
            ignored.push(gist::opening(&format!("{name}{equals}{value}"), LONGEST_NAMED));
        }
    }
    view.choices.sort_by_key(|(facet, _)| CHOICES.iter().position(|known| known == facet));
    ignored
}

/// Whether a comment could have `value`, though none has.
fn can_be(facet: Facet, value: &str, version: &TextVersion, vocabulary: &Vocabulary) -> bool {
    match facet {
        Facet::Kind => Kind::parse(value).is_some(),
        Facet::Country => rust_iso3166::from_alpha2(value).is_some(),
        Facet::Clause => version.clause(value).is_some(),
        _ => list(facet, vocabulary).is_some_and(|list| list.has(value)),
    }
}

fn list(facet: Facet, vocabulary: &Vocabulary) -> Option<&List> {
    match facet {
        Facet::Group => Some(&vocabulary.groups),
        Facet::Concern => Some(&vocabulary.concerns),
        Facet::Actor => Some(&vocabulary.actors),
        Facet::Instrument => Some(&vocabulary.instruments),
        _ => None,
    }
}

/// A value in words.
pub fn label(facet: Facet, value: &str, vocabulary: &Vocabulary, lang: &Language) -> String {
    match facet {
        Facet::Kind => lang.t(&format!("kind-{value}")),
        Facet::Country => rust_iso3166::from_alpha2(value).map_or(value, |country| country.name).to_owned(),
        Facet::Clause => format!("({value})"),
        Facet::Language => language::named(value, lang),
        _ => list(facet, vocabulary).map_or(value, |list| list.label_or_code(value)).to_owned(),
    }
}

/// A choice that is offered.
pub struct Select {
    /// What is chosen by: also the name of the field.
    pub facet: Facet,
    /// Value, words, number of comments.
    pub options: Vec<(String, String, i64)>,
    /// The value that is chosen; empty if none is.
    pub chosen: String,
}

/// What can be chosen: of each facet the values that there are, or the one that is chosen.
pub fn offered(view: &View, tallies: &Tallies, vocabulary: &Vocabulary, lang: &Language) -> Vec<Select> {
    let select = |facet: Facet| {
        let chosen = view.choice(facet).to_owned();
        let known = tallies.iter().filter(|(other, ..)| *other == facet);
        let mut options: Vec<(String, String, i64)> =
            known.map(|(_, value, count)| (value.clone(), label(facet, value, vocabulary, lang), *count)).collect();
        if !chosen.is_empty() && options.iter().all(|(value, ..)| *value != chosen) {
            options.push((chosen.clone(), label(facet, &chosen, vocabulary, lang), 0));
        }
        let place = |value: &str| list(facet, vocabulary)?.items().iter().position(|item| item.code == value);
        options.sort_by_cached_key(|(value, words, _)| (place(value), words.to_lowercase()));
        Select { facet, options, chosen }
    };
    CHOICES.into_iter().map(select).filter(|select| !select.options.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{NormId, TextVersionId};
    use crate::norms::vocabulary::SHIPPED;
    use proptest::prelude::*;

    fn version() -> TextVersion {
        TextVersion {
            id: TextVersionId::new(),
            norm_id: NormId::new(),
            label: "1".into(),
            dated: "2019".into(),
            source: String::new(),
            body: "States should not.".into(),
            clauses: vec![crate::norms::words::Clause { letter: "a".into(), first_word: 1, last_word: 3 }],
        }
    }

    fn choose(query: &str) -> (View, Ignored) {
        let (mut view, query) = (View::default(), Fields::decode(query.as_bytes()).unwrap());
        let tallies = vec![(Facet::Language, "ar".to_owned(), 2)];
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        let ignored = read(&mut view, &query, &tallies, (&version(), &vocabulary));
        (view, ignored)
    }

    #[test]
    fn what_can_be_meant_is_chosen_and_the_rest_is_named() {
        let (view, ignored) = choose("country=NL&language=ar&clause=a&kind=&heat=1&wording_after=x");
        let chosen: Vec<&str> = view.choices.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(chosen, ["a", "NL", "ar"]);
        assert_eq!(ignored, Ignored::new());
        let (view, ignored) = choose("country=ZZ&clause=b&sort=votes&group=&language=tlh&page=9&country=XX&x&y&z");
        assert_eq!(view.choices, []);
        assert_eq!(ignored, ["country=ZZ", "clause=b", "sort=votes", "language=tlh", "page=9"]);
    }

    proptest! {
        #[test]
        fn no_query_panics_and_little_of_it_is_named(query in "\\PC{0,300}") {
            if let Ok(fields) = Fields::decode(query.as_bytes()) {
                let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
                let ignored = read(&mut View::default(), &fields, &Vec::new(), (&version(), &vocabulary));
                prop_assert!(ignored.len() <= MOST_NAMED);
                prop_assert!(ignored.iter().all(|it| it.chars().count() < 600));
            }
        }
    }
}
