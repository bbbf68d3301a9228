//! Where a reader is on a norm page: what they chose, how far they turned, whether they asked for the tint. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::form_urlencoded::Serializer;

use crate::comments::model::Kind;
use crate::comments::record::model::Facet;
use crate::ids::PositionId;
use crate::web::Fields;

/// The last proposal seen in a list in text order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionCursor {
    /// Where it stands in the text, and of what sort it is.
    pub sort: i64,
    /// Which.
    pub id: PositionId,
}

impl PositionCursor {
    /// The form it has in an address.
    pub fn encode(self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}/{}", self.sort, self.id))
    }

    /// Reads what [`PositionCursor::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (sort, id) = std::str::from_utf8(&bytes).ok()?.split_once('/')?;
        let cursor = Self { sort: sort.parse().ok()?, id: PositionId::parse(id)? };
        (cursor.encode() == text).then_some(cursor)
    }

    /// Just before everything on words `first` to `last`.
    pub fn before(first: i32, last: i32) -> Option<Self> {
        let sort = i64::from(first) * 10_000_000 + i64::from(last) * 10 - 1;
        Some(Self { sort, id: PositionId::from_bytes(&[0xff; 16])? })
    }
}

/// The name of the query field that holds the cursor of a section.
pub fn cursor_field(kind: Kind) -> &'static str {
    match kind {
        Kind::Wording => "wording_after",
        Kind::Lever => "lever_after",
        Kind::General => "general_after",
    }
}

/// What the address of a norm page says besides which norm.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// What comments are chosen by, each at most once.
    pub choices: Vec<(Facet, String)>,
    /// Where sections go on.
    pub after: Vec<(Kind, PositionCursor)>,
    /// Whether the text is tinted where people commented.
    pub heat: bool,
}

impl View {
    /// Reads all but the choices; `None` if a cursor is not of a form that the portal makes.
    pub fn read(query: &Fields) -> Option<Self> {
        let mut after = Vec::new();
        for kind in Kind::ALL {
            match query.raw(cursor_field(*kind)) {
                "" => {}
                text => after.push((*kind, PositionCursor::decode(text)?)),
            }
        }
        Some(Self { choices: Vec::new(), after, heat: query.get("heat") == "1" })
    }

    /// Where the section of `kind` goes on; `None` at its beginning.
    pub fn after(&self, kind: Kind) -> Option<PositionCursor> {
        self.after.iter().find(|(known, _)| *known == kind).map(|(_, cursor)| *cursor)
    }

    /// What is chosen of `facet`; empty if nothing is.
    pub fn choice(&self, facet: Facet) -> &str {
        self.choices.iter().find(|(known, _)| *known == facet).map_or("", |(_, value)| value)
    }

    /// The same with the section of `kind` at `cursor`, or at its beginning.
    #[must_use]
    pub fn turned(&self, kind: Kind, cursor: Option<PositionCursor>) -> Self {
        let mut turned = self.clone();
        turned.after.retain(|(known, _)| *known != kind);
        turned.after.extend(cursor.map(|cursor| (kind, cursor)));
        turned
    }

    /// The same without a choice of `facet`, from the beginning.
    #[must_use]
    pub fn without(&self, facet: Facet) -> Self {
        let choices = self.choices.iter().filter(|(known, _)| *known != facet).cloned().collect();
        Self { choices, after: Vec::new(), heat: self.heat }
    }

    /// Its address on the page of the norm at `slug`.
    pub fn address(&self, slug: &str) -> String {
        let mut query = Serializer::new(String::new());
        for (facet, value) in &self.choices {
            query.append_pair(facet.as_str(), value);
        }
        for (kind, cursor) in &self.after {
            query.append_pair(cursor_field(*kind), &cursor.encode());
        }
        if self.heat {
            query.append_pair("heat", "1");
        }
        let query = query.finish();
        let question = if query.is_empty() { "" } else { "?" };
        format!("/norms/{slug}{question}{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_wrong_cursor_is_refused_and_an_empty_one_is_the_beginning() {
        for wrong in ["x", "wording_after", "MS8y", "%", "AAAA/"] {
            assert_eq!(View::read(&Fields::default().with("lever_after", wrong)), None, "{wrong}");
        }
        let padded = URL_SAFE_NO_PAD.encode(format!("+1/{}", PositionId::new()));
        assert_eq!(PositionCursor::decode(&padded), None);
        assert_eq!(View::read(&Fields::default().with("lever_after", "")), Some(View::default()));
    }

    #[test]
    fn turning_a_page_in_one_section_leaves_the_others_and_the_choices() {
        let cursor = |sort| PositionCursor { sort, id: PositionId::new() };
        let (here, next) = (cursor(3), cursor(9));
        let choices = vec![(Facet::Clause, "a&b".to_owned())];
        let view = View { choices, after: vec![(Kind::Wording, here)], heat: true };
        let turned = view.turned(Kind::General, Some(next));
        let expected =
            format!("/norms/x?clause=a%26b&wording_after={}&general_after={}&heat=1", here.encode(), next.encode());
        assert_eq!(turned.address("x"), expected);
        assert_eq!(view.turned(Kind::Wording, None).address("x"), "/norms/x?clause=a%26b&heat=1");
        assert_eq!(view.without(Facet::Clause).address("x"), "/norms/x?heat=1");
    }

    #[test]
    fn before_a_place_is_behind_all_places_before_it() {
        let cursor = PositionCursor::before(7, 9).unwrap();
        assert!(cursor.sort < 7 * 10_000_000 + 9 * 10 && cursor.sort > 7 * 10_000_000 + 8 * 10 + 3);
    }

    proptest! {
        #[test]
        fn a_cursor_survives_its_address(sort in 0..i64::MAX) {
            let cursor = PositionCursor { sort, id: PositionId::new() };
            prop_assert_eq!(PositionCursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn no_cursor_panics(text in "\\PC{0,60}") {
            let _ = PositionCursor::decode(&text);
        }
    }
}
