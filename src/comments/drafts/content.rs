//! What a composer holds, as a draft keeps it: its fields without what belongs to one page alone. Pure.

use super::model::Draft;
use crate::comments::anchor::{Anchor, find_quote};
use crate::comments::compose::{self, Selection};
use crate::comments::composer::CHOICE;
use crate::norms::model::TextVersion;
use crate::norms::words::graphemes;
use crate::web::Fields;

/// The largest content that is kept, in bytes: a composer with every field at its limit has less.
pub const MOST_BYTES: usize = 1 << 20;

/// Fields of the page, not of what was typed.
const PASSING: [&str; 6] = ["go", "form_id", "draft_version", "text_version", "asked", "csrf"];

/// Where a title is looked for, the most telling first.
const TELLING: [&str; 5] = ["proposed_wording", "action", "rationale", "quote", "example"];

/// The longest title, in graphemes.
const LONGEST_TITLE: usize = 80;

/// What is kept of the fields of a composer: always in the same order, so that the same words are the same content.
pub fn of(fields: &Fields) -> String {
    let mut kept = fields.except(&PASSING);
    kept.retain(|(_, value)| !value.is_empty());
    kept.sort_unstable();
    let kept = kept.into_iter().fold(Fields::default(), |all, (name, value)| all.with(name, value));
    serde_json::to_string(&kept).unwrap_or_default()
}

/// The fields that a draft's composer is filled with.
pub fn fields(draft: &Draft) -> Fields {
    let typed: Fields = serde_json::from_str(&draft.content).unwrap_or_default();
    typed.with("form_id", draft.id.to_string()).with("draft_version", draft.version.to_string())
}

/// The first words of what was typed; empty if nothing was.
pub fn title(fields: &Fields) -> String {
    let text = TELLING.iter().map(|name| fields.get(name)).find(|text| !text.is_empty()).unwrap_or_default();
    let mut title = String::new();
    for word in text.split_whitespace() {
        let longer = if title.is_empty() { word.to_owned() } else { format!("{title} {word}") };
        if graphemes(&longer) > LONGEST_TITLE {
            let cut: String = if title.is_empty() { longer.chars().take(LONGEST_TITLE).collect() } else { title };
            return format!("{cut} \u{2026}");
        }
        title = longer;
    }
    title
}

/// The fields of a draft that was begun on `old`, for the wording `new`: the words it chose are found again where they
/// stand exactly once, else none are chosen.
pub fn carried_over(mut fields: Fields, old: &TextVersion, new: &TextVersion) -> Fields {
    let Ok(Selection::Words(anchor)) = compose::select(old, &fields) else { return fields };
    for name in CHOICE {
        fields.set(name, "");
    }
    if let Some((first, last)) = found_again(&anchor, new) {
        fields.set("first_word", first.to_string());
        fields.set("last_word", last.to_string());
    }
    fields
}

fn found_again(anchor: &Anchor, new: &TextVersion) -> Option<(usize, usize)> {
    match find_quote(&new.body, &anchor.quote, None).as_slice() {
        [place] => Some(*place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{NormId, TextVersionId};

    fn version(body: &str) -> TextVersion {
        TextVersion {
            id: TextVersionId::new(),
            norm_id: NormId::new(),
            label: "1".into(),
            dated: "2019".into(),
            source: String::new(),
            body: body.into(),
            clauses: Vec::new(),
        }
    }

    fn chosen(old: &str, new: &str) -> (String, String, String) {
        let fields = Fields::default().with("first_word", "2").with("last_word", "3").with("rationale", "Kept.");
        let fields = carried_over(fields, &version(old), &version(new));
        let get = |name: &str| fields.get(name).to_owned();
        (get("first_word"), get("last_word"), get("rationale"))
    }

    #[test]
    fn words_are_found_again_where_they_stand_once() {
        let kept = || "Kept.".to_owned();
        let old = "States should not act.";
        assert_eq!(chosen(old, "All states ever should not act."), ("4".into(), "5".into(), kept()));
        assert_eq!(chosen(old, "States must not act."), (String::new(), String::new(), kept()));
        assert_eq!(chosen(old, "States should not, and should not."), (String::new(), String::new(), kept()));
    }

    #[test]
    fn the_same_words_are_the_same_content() {
        let fields = Fields::default().with("rationale", "Why.").with("change", "keep").with("concern", "");
        let again = Fields::default().with("go", "save").with("change", "keep").with("rationale", "Why.");
        assert_eq!(of(&fields), of(&again));
        assert_ne!(of(&fields), of(&again.with("rationale", "Why?")));
    }

    #[test]
    fn a_title_is_the_first_words() {
        let titled = |text: &str| title(&Fields::default().with("rationale", text));
        assert_eq!(titled(" Two\n words "), "Two words");
        assert_eq!(titled(""), "");
        let long = titled(&"word ".repeat(40));
        assert!(long.ends_with("word \u{2026}") && graphemes(&long) <= LONGEST_TITLE + 2, "{long}");
        assert_eq!(graphemes(&titled(&"x".repeat(500))), LONGEST_TITLE + 2);
    }
}
