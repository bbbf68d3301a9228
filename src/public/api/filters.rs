//! What a list of the API is asked for: which comments, how many, from where on. A parameter that the list does not know is
//! ignored; one that can't have the value it has is named.

use crate::comments::model::Kind;
use crate::comments::record::find::Wanted;
use crate::comments::record::model::Facet;
use crate::comments::record::query;
use crate::db::dialect::search::Phrases;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::{Ctx, Fields};

/// Comments on a page, unless said otherwise.
pub const USUAL: usize = 50;
/// The most comments on a page.
pub const MOST: usize = 100;
/// The most characters of words that are looked for.
pub const LONGEST: usize = query::LONGEST;

/// A question that can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which comments.
    pub wanted: Wanted,
    /// Only those before this place.
    pub below: Option<i64>,
    /// At most so many.
    pub most: usize,
    /// Whether words were given of which nothing is left to look for: nothing has them.
    pub is_empty: bool,
}

/// A parameter with a value that it can't have, and what it can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The parameter.
    pub parameter: &'static str,
    /// In words.
    pub detail: String,
}

/// Reads what is asked for. `slugs` are those of the texts.
pub fn read(ctx: &Ctx, vocabulary: &Vocabulary, slugs: &[String]) -> Result<Asked, Wrong> {
    let query = &ctx.query;
    let wrong = |parameter, detail| Wrong { parameter, detail };
    let phrases =
        words(query).ok_or_else(|| wrong("q", ctx.lang.plain("api-wrong-q", &[("most", &LONGEST.to_string())])))?;
    let norm = given(query, "norm");
    if norm.is_some_and(|norm| !slugs.iter().any(|slug| slug == norm)) {
        return Err(wrong("norm", ctx.t("api-wrong-norm")));
    }
    let mut facets = Vec::new();
    for facet in Facet::choices() {
        let parameter = facet.as_str();
        let Some(value) = given(query, parameter) else { continue };
        if !is_possible(facet, value, vocabulary) {
            return Err(wrong(parameter, ctx.lang.plain("api-wrong-value", &[("parameter", parameter)])));
        }
        facets.push((facet, value.to_owned()));
    }
    Ok(Asked {
        is_empty: given(query, "q").is_some() && phrases.iter().all(Vec::is_empty),
        wanted: Wanted { phrases, norm: norm.map(str::to_owned), facets },
        below: cursor(query).map_err(|()| wrong("cursor", ctx.t("api-wrong-cursor")))?,
        most: limit(query)
            .ok_or_else(|| wrong("limit", ctx.lang.plain("api-wrong-limit", &[("most", &MOST.to_string())])))?,
    })
}

/// The value of a parameter that is there.
fn given<'a>(query: &'a Fields, name: &str) -> Option<&'a str> {
    query.has(name).then(|| query.raw(name))
}

/// The words and phrases looked for, read as on the search page; `None` if they are too long.
fn words(query: &Fields) -> Option<Phrases> {
    let text = query.raw("q");
    let fits = text.chars().take(LONGEST + 1).count() <= LONGEST;
    fits.then(|| query::parse(text).phrases)
}

fn limit(query: &Fields) -> Option<usize> {
    match given(query, "limit") {
        None => Some(USUAL),
        Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().ok().filter(|most| (1..=MOST).contains(most))
        }
        Some(_) => None,
    }
}

/// A place in the order of publication, as [`next`] writes it.
fn cursor(query: &Fields) -> Result<Option<i64>, ()> {
    match given(query, "cursor") {
        None => Ok(None),
        Some(text) => {
            let is_sound = text.len() <= 18 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_sound { text.parse().map(Some).map_err(|_| ()) } else { Err(()) }
        }
    }
}

/// The query of the page that begins below the place `next`.
pub fn next(query: &Fields, next: i64) -> String {
    let behind = query.clone().with("cursor", next.to_string());
    written(&behind, &["limit", "cursor"])
}

/// The query of this page: what it is asked for, without what it ignores.
pub fn own(query: &Fields) -> String {
    written(query, &["limit", "cursor"])
}

/// The query of everything that this page is a part of.
pub fn collection(query: &Fields) -> String {
    written(query, &[])
}

fn written(query: &Fields, besides: &[&'static str]) -> String {
    let mut all = url::form_urlencoded::Serializer::new(String::new());
    let known = Facet::choices().map(Facet::as_str).chain(["norm", "q"]).chain(besides.iter().copied());
    for name in known.filter(|name| query.has(name)) {
        all.append_pair(name, query.raw(name));
    }
    all.finish()
}

/// Whether a comment could have this value. A language or a clause that none has is no fault: there are none then.
fn is_possible(facet: Facet, value: &str, vocabulary: &Vocabulary) -> bool {
    let small = |most: usize| (1..=most).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_lowercase());
    let has = |list: &List| list.has(value);
    match facet {
        Facet::Kind => Kind::parse(value).is_some(),
        Facet::Group => has(&vocabulary.groups),
        Facet::Country => rust_iso3166::ALL_ALPHA2.contains(&value),
        Facet::Clause => small(2),
        Facet::Concern => has(&vocabulary.concerns),
        Facet::Language => value.len() > 1 && small(3),
        Facet::Actor => has(&vocabulary.actors),
        Facet::Instrument => has(&vocabulary.instruments),
        Facet::Lever | Facet::Day | Facet::Version | Facet::Said => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::vocabulary::SHIPPED;

    #[test]
    fn a_cursor_or_limit_of_another_form_is_refused() {
        let with = |name: &str, value: &str| Fields::default().with(name, value);
        for wrong in ["", "0", "-1", "01", "1.5", "x", "9999999999999999999", " 1", "+1", "٣"] {
            assert_eq!(cursor(&with("cursor", wrong)), Err(()), "{wrong}");
        }
        assert_eq!(cursor(&with("cursor", "17")), Ok(Some(17)));
        assert_eq!(cursor(&Fields::default()), Ok(None));
        for wrong in ["", "0", "101", "x", "-1", "1e1", "+5"] {
            assert_eq!(limit(&with("limit", wrong)), None, "{wrong}");
        }
        assert_eq!((limit(&with("limit", "100")), limit(&Fields::default())), (Some(100), Some(50)));
    }

    #[test]
    fn what_no_comment_can_have_is_impossible() {
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        for (facet, good, bad) in [
            (Facet::Kind, "lever", "levers"),
            (Facet::Group, "academia", ""),
            (Facet::Country, "NL", "nl"),
            (Facet::Clause, "b", "(b)"),
            (Facet::Concern, "too-broad", "broad"),
            (Facet::Language, "ar", "a"),
            (Facet::Actor, "regulator", "me"),
            (Facet::Instrument, "procurement", "x"),
        ] {
            assert!(is_possible(facet, good, &vocabulary), "{good}");
            assert!(!is_possible(facet, bad, &vocabulary), "{bad}");
        }
    }

    #[test]
    fn the_next_page_keeps_what_was_asked_and_drops_the_rest() {
        let query = Fields::default().with("q", "a b&c").with("utm", "x").with("kind", "lever").with("cursor", "99");
        assert_eq!(next(&query, 7), "kind=lever&q=a+b%26c&cursor=7");
    }
}
