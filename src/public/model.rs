//! Places in the lists of public comments, when the portal takes comments, quotations. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::clock::{self, Moment};
use crate::comments::model::{Comment, Kind};
use crate::ids::CommentId;
use crate::web::Fields;
use crate::web::paging::ROWS;

/// The last row seen in a list that is in text order: its place, then its time, then its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceCursor {
    /// The first word it is about; 0 for the whole.
    pub place: i32,
    /// When it was sent.
    pub at: Moment,
    /// Which.
    pub id: CommentId,
}

impl PlaceCursor {
    /// The place of a comment.
    pub fn of(comment: &Comment) -> Self {
        Self { place: comment.body.place(), at: comment.submitted_at, id: comment.id }
    }

    /// The form it has in an address.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}/{}/{}", self.place, clock::micros(self.at), self.id))
    }

    /// Reads what [`PlaceCursor::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let mut parts = std::str::from_utf8(&bytes).ok()?.splitn(3, '/');
        let place = parts.next()?.parse().ok()?;
        let at = crate::web::paging::moment(parts.next()?)?;
        let cursor = Self { place, at, id: CommentId::parse(parts.next()?)? };
        (cursor.encode() == text).then_some(cursor)
    }

    /// Takes one row more than a page from `rows` as the sign that there is a next page; returns that page's cursor.
    pub fn cut(rows: &mut Vec<Comment>) -> Option<Self> {
        if rows.len() <= ROWS {
            return None;
        }
        rows.truncate(ROWS);
        rows.last().map(Self::of)
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

/// Where each section of a norm page goes on, in the order of [`Kind::ALL`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursors(Vec<(Kind, Option<PlaceCursor>)>);

impl Cursors {
    /// Reads the cursors in a query; `None` if one is not of a form that the portal makes.
    pub fn read(query: &Fields) -> Option<Self> {
        let read = |kind: &Kind| match query.raw(cursor_field(*kind)) {
            "" => Some((*kind, None)),
            text => Some((*kind, Some(PlaceCursor::decode(text)?))),
        };
        Kind::ALL.iter().map(read).collect::<Option<_>>().map(Self)
    }

    /// Where the section of `kind` goes on; `None` at its beginning.
    pub fn of(&self, kind: Kind) -> Option<PlaceCursor> {
        self.0.iter().find(|(known, _)| *known == kind).and_then(|(_, cursor)| *cursor)
    }

    /// The address of the page on which the section of `kind` begins behind `cursor` and the others stay.
    pub fn address(&self, path: &str, kind: Kind, cursor: Option<PlaceCursor>) -> String {
        let places = self.0.iter().map(|(known, old)| (*known, if *known == kind { cursor } else { *old }));
        let query: Vec<String> =
            places.filter_map(|(known, place)| Some(format!("{}={}", cursor_field(known), place?.encode()))).collect();
        let question = if query.is_empty() { "" } else { "?" };
        format!("{path}{question}{}#{kind}", query.join("&"))
    }
}

/// The quotations in a text that holds nothing else, each in its quotation marks.
pub fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some((end, _)) = rest.match_indices('\u{201D}').find(|(at, _)| begins_another(rest, *at)) {
        let (quotation, behind) = rest.split_at(end + '\u{201D}'.len_utf8());
        found.push(quotation);
        rest = behind.trim_start();
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

fn begins_another(text: &str, at: usize) -> bool {
    let behind = text.get(at..).unwrap_or_default().trim_start_matches('\u{201D}');
    behind.starts_with(char::is_whitespace) && behind.trim_start().starts_with('\u{201C}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cursor(place: i32, micros: i64) -> PlaceCursor {
        PlaceCursor { place, at: clock::from_micros(micros), id: CommentId::new() }
    }

    #[test]
    fn a_wrong_cursor_is_refused_and_an_empty_one_is_the_beginning() {
        for wrong in ["x", "wording_after", "MS8y", "%", "AAAA/"] {
            let query = Fields::default().with("lever_after", wrong);
            assert_eq!(Cursors::read(&query), None, "{wrong}");
        }
        let padded = URL_SAFE_NO_PAD.encode(format!("+1/2/{}", CommentId::new()));
        assert_eq!(PlaceCursor::decode(&padded), None);
        let none = Cursors::read(&Fields::default().with("lever_after", "")).unwrap();
        assert_eq!(none.of(Kind::Lever), None);
    }

    #[test]
    fn turning_a_page_in_one_section_leaves_the_others() {
        let (here, next) = (cursor(3, 5), cursor(9, 7));
        let query = Fields::default().with("wording_after", here.encode());
        let cursors = Cursors::read(&query).unwrap();
        assert_eq!(cursors.of(Kind::Wording), Some(here));
        assert_eq!(cursors.of(Kind::General), None);
        let both = format!("/norms/x?wording_after={}&general_after={}#general", here.encode(), next.encode());
        assert_eq!(cursors.address("/norms/x", Kind::General, Some(next)), both);
        assert_eq!(cursors.address("/norms/x", Kind::Wording, None), "/norms/x#wording");
    }

    #[test]
    fn quotations_are_told_apart_and_none_is_lost() {
        let text = "“One ‘rule’ said “A.” twice” “Two, including on:” “Three”";
        assert_eq!(quotations(text), ["“One ‘rule’ said “A.” twice”", "“Two, including on:”", "“Three”"]);
        assert_eq!(quotations("No marks at all"), ["No marks at all"]);
        assert_eq!(quotations(""), [""; 0]);
    }

    proptest! {
        #[test]
        fn a_cursor_survives_its_address(place in 0..i32::MAX, micros in 0_i64..4_000_000_000_000_000) {
            let cursor = cursor(place, micros);
            prop_assert_eq!(PlaceCursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn no_cursor_panics(text in "\\PC{0,60}") {
            let _ = PlaceCursor::decode(&text);
            let _ = quotations(&text);
        }
    }
}
