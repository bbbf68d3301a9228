//! By what search can be narrowed: names and values of the filters, and what an address says of them. Pure.

use crate::comments::record::language;
use crate::comments::record::model::Facet;
use crate::norms::model::Norm;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::{Ctx, Fields};

/// The values of facets that there are comments with.
pub type Counted = Vec<(Facet, String)>;

/// A list on the page.
pub struct Filter {
    /// The name of the field, and of the facet but for the norm.
    pub name: &'static str,
    /// The message that names it.
    pub label: &'static str,
    /// Values and words.
    pub options: Vec<(String, String)>,
    /// The value chosen; empty if none.
    pub chosen: String,
}

/// The fields of an address that are no filters.
const OTHERS: &[&str] = &["q", "before"];

/// The filters as the address sets them, and what in it is not known.
pub fn read(ctx: &Ctx, norms: &[Norm], vocabulary: &Vocabulary, counted: &Counted) -> (Vec<Filter>, Vec<String>) {
    let mut filters = all(ctx, norms, vocabulary, counted);
    let mut unknown = Vec::new();
    for filter in &mut filters {
        let wanted = ctx.query.get(filter.name);
        if wanted.is_empty() || filter.options.iter().any(|(value, _)| value == wanted) {
            wanted.clone_into(&mut filter.chosen);
        } else {
            unknown.push(format!("{}={}", filter.name, shortened(wanted)));
        }
    }
    let names: Vec<&str> = filters.iter().map(|filter| filter.name).chain(OTHERS.iter().copied()).collect();
    unknown.extend(ctx.query.except(&names).into_iter().take(MOST_NAMED).map(|(name, _)| shortened(name)));
    (filters, unknown)
}

/// Fields that are not known and named nonetheless; an address can hold a thousand.
const MOST_NAMED: usize = 3;

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

fn all(ctx: &Ctx, norms: &[Norm], vocabulary: &Vocabulary, counted: &Counted) -> Vec<Filter> {
    let of_list = |list: &List| list.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect();
    let mut languages: Vec<(String, String)> =
        values(counted, Facet::Language).map(|code| (code.to_owned(), language::named(code, ctx.lang))).collect();
    let mut countries: Vec<(String, String)> =
        values(counted, Facet::Country).map(|code| (code.to_owned(), country(code))).collect();
    for list in [&mut languages, &mut countries] {
        list.sort_by(|(_, one), (_, other)| one.cmp(other));
        list.dedup();
    }
    let kinds = [("wording", "kind-wording"), ("lever", "kind-lever"), ("general", "kind-general")];
    let kinds = kinds.map(|(code, label)| (code.to_owned(), ctx.t(label)));
    let filter = |name, label, options| Filter { name, label, options, chosen: String::new() };
    vec![
        filter("norm", "search-norm", norms.iter().map(|norm| (norm.slug.clone(), norm.title.clone())).collect()),
        filter("kind", "search-kind", kinds.into_iter().collect()),
        filter("group", "search-group", of_list(&vocabulary.groups)),
        filter("country", "search-country", countries),
        filter("language", "search-language", languages),
        filter("concern", "search-concern", of_list(&vocabulary.concerns)),
        filter("actor", "search-actor", of_list(&vocabulary.actors)),
        filter("instrument", "search-instrument", of_list(&vocabulary.instruments)),
    ]
}

fn values(counted: &Counted, wanted: Facet) -> impl Iterator<Item = &str> {
    counted.iter().filter(move |(facet, _)| *facet == wanted).map(|(_, value)| value.as_str())
}

/// A country's name, or its code where that is not known.
pub fn country(code: &str) -> String {
    rust_iso3166::from_alpha2(code).map_or_else(|| code.to_owned(), |country| country.name.to_owned())
}

/// The facet that a filter chooses by; `None` for the norm.
pub fn facet(name: &str) -> Option<Facet> {
    Facet::choices().find(|facet| facet.as_str() == name)
}

/// The address of a page of the same search that begins below `before`; the first page for `None`.
pub fn address(typed: &str, filters: &[Filter], before: Option<i64>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !typed.is_empty() {
        query.append_pair("q", typed);
    }
    for filter in filters.iter().filter(|filter| !filter.chosen.is_empty()) {
        query.append_pair(filter.name, &filter.chosen);
    }
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    let query = query.finish();
    if query.is_empty() { "/search".to_owned() } else { format!("/search?{query}") }
}

/// Where a page begins: `None` at the beginning, an error for what no page of ours has.
pub fn before(query: &Fields) -> Result<Option<i64>, ()> {
    match query.raw("before") {
        "" => Ok(None),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().map(Some).map_err(drop),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_named_by_their_facets() {
        for name in ["kind", "group", "country", "language", "concern", "actor", "instrument"] {
            assert_eq!(facet(name).map(Facet::as_str), Some(name));
        }
        assert_eq!((facet("norm"), facet("day"), facet("lever")), (None, None, None));
    }

    #[test]
    fn a_place_is_a_number_and_nothing_else() {
        let read = |text: &str| before(&Fields::default().with("before", text));
        assert_eq!((read(""), read("0"), read("17")), (Ok(None), Ok(Some(0)), Ok(Some(17))));
        for wrong in ["-1", "+1", " 1", "1e3", "x", "99999999999999999999", "\u{661}"] {
            assert_eq!(read(wrong), Err(()), "{wrong}");
        }
    }
}
