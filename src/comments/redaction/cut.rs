//! What a moderator asks to be taken out becomes spans of the text as it came, or is refused. Pure.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::model::{Field, Original, Span};
use super::text::{self, Miss};
use crate::comments::body::{Body, Change};

/// Words that are to be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Out of which text; `None`: out of every answer they stand in, but of no name.
    pub field: Option<Field>,
    /// The words; may be empty for a field that is taken out as a whole.
    pub words: String,
    /// Which of the places where they stand, from 1; `None`: all.
    pub place: Option<usize>,
    /// On which ground: a code of the vocabulary.
    pub code: String,
    /// What is to stand in their place.
    pub mark: String,
    /// What is special about them; may be empty.
    pub reason: String,
}

/// Why a passage can't be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No words are named.
    Empty,
    /// The words do not stand where they are to be taken out.
    NotThere,
    /// They stand there only as parts of longer words.
    PartOfWord,
    /// They were taken out already, all or in part.
    Overlap,
    /// They stand there, but in fewer places.
    NoSuchPlace(usize),
    /// The comment has no such text, or none that is shown.
    NoSuchField,
    /// Nothing of the comment would be left.
    Everything,
}

impl From<Miss> for Fault {
    fn from(miss: Miss) -> Self {
        match miss {
            Miss::NotThere => Self::NotThere,
            Miss::PartOfWord => Self::PartOfWord,
            Miss::Overlap => Self::Overlap,
        }
    }
}

/// The spans of `passages` in a comment that came as `original`, out of which `live` is taken already; `fields` are those
/// it has and shows. Else every passage that can't be taken out, by its place in the list.
pub fn spans(
    original: &Original,
    fields: &[Field],
    live: &[Span],
    passages: &[Passage],
) -> Result<Vec<Span>, Vec<(usize, Fault)>> {
    let (mut found, mut faults): (Vec<Span>, Vec<(usize, Fault)>) = (Vec::new(), Vec::new());
    for (at, passage) in passages.iter().enumerate() {
        let taken: Vec<&Span> = live.iter().filter(|span| !span.lifted).chain(&found).collect();
        match of_passage(original, fields, &taken, passage) {
            Ok(spans) => found.extend(spans),
            Err(fault) => faults.push((at, fault)),
        }
    }
    let all: Vec<&Span> = live.iter().filter(|span| !span.lifted).chain(&found).collect();
    if faults.is_empty() && !passages.is_empty() && !leaves_something(original, &all) {
        faults.push((0, Fault::Everything));
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn of_passage(original: &Original, fields: &[Field], taken: &[&Span], passage: &Passage) -> Result<Vec<Span>, Fault> {
    let words = passage.words.trim();
    let asked: Vec<Field> = match passage.field {
        Some(field) if !fields.contains(&field) => return Err(Fault::NoSuchField),
        Some(field) => vec![field],
        None => fields.iter().copied().filter(|field| !field.is_name()).collect(),
    };
    if words.is_empty() && !passage.field.is_some_and(Field::is_whole) {
        return Err(Fault::Empty);
    }
    let (mut found, mut worst) = (Vec::new(), Miss::NotThere);
    for field in asked {
        match in_field(original.text(field), field, words, taken) {
            Ok(places) => found.extend(places.into_iter().map(|range| (field, range))),
            Err(Miss::Overlap) => worst = Miss::Overlap,
            Err(Miss::PartOfWord) if worst == Miss::NotThere => worst = Miss::PartOfWord,
            Err(_) => {}
        }
    }
    if found.is_empty() {
        return Err(worst.into());
    }
    let chosen = match passage.place {
        None => found,
        Some(place) => {
            let all = found.len();
            let one = place.checked_sub(1).and_then(|at| found.into_iter().nth(at));
            vec![one.ok_or(Fault::NoSuchPlace(all))?]
        }
    };
    let span = |(field, range): (Field, Range<usize>)| Span {
        field,
        start: range.start,
        end: range.end,
        code: passage.code.clone(),
        mark: passage.mark.clone(),
        reason: passage.reason.clone(),
        lifted: false,
    };
    Ok(chosen.into_iter().map(span).collect())
}

fn in_field(text: &str, field: Field, words: &str, taken: &[&Span]) -> Result<Vec<Range<usize>>, Miss> {
    let taken: Vec<Range<usize>> =
        taken.iter().filter(|span| span.field == field).map(|span| span.start..span.end).collect();
    if !field.is_whole() {
        return text::places(text, words, &taken);
    }
    let whole = 0..text.len();
    if !taken.is_empty() {
        return Err(Miss::Overlap);
    }
    // Inside an address nothing is a word.
    if words.is_empty() || text.contains(words) { Ok(vec![whole]) } else { Err(Miss::NotThere) }
}

/// Whether anything the author asks for or says would still stand.
fn leaves_something(original: &Original, spans: &[&Span]) -> bool {
    if matches!(&original.body, Body::Wording(it) if it.change == Change::Delete) {
        return true;
    }
    Field::ALL.iter().filter(|field| !field.is_whole()).any(|field| {
        let blank = |span: &&&Span| Span { mark: " ".to_owned(), ..(**span).clone() };
        let own: Vec<Span> = spans.iter().filter(|span| span.field == *field).map(|span| blank(&span)).collect();
        let left = text::without(original.text(*field), &own.iter().collect::<Vec<_>>());
        left.unicode_words().next().is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::body::General;
    use crate::comments::model::Publication;

    fn original(text: &str, evidence: &str) -> Original {
        let body = Body::General(General { rationale: text.into(), evidence: evidence.into() });
        Original { body, author_name: "Ann Example".into(), organisation: None }
    }

    fn passage(field: Option<Field>, words: &str, place: Option<usize>) -> Passage {
        let (code, mark) = ("personal-data".to_owned(), "[redacted: personal data]".to_owned());
        Passage { field, words: words.into(), place, code, mark, reason: String::new() }
    }

    fn left(text: &str, evidence: &str, passages: &[Passage]) -> Result<(String, String), Vec<(usize, Fault)>> {
        let original = original(text, evidence);
        let spans = spans(&original, &original.fields(Publication::Named), &[], passages)?;
        let left = original.without(&spans);
        Ok((left.text(Field::Rationale).to_owned(), left.text(Field::Evidence).to_owned()))
    }

    #[test]
    fn words_go_from_every_place_or_from_the_one_that_is_named() {
        let text = "Ann wrote. Ask Ann.";
        let (all, _) = left(text, "", &[passage(None, "Ann", None)]).unwrap();
        assert_eq!(all, "[redacted: personal data] wrote. Ask [redacted: personal data].");
        let (second, _) = left(text, "", &[passage(Some(Field::Rationale), "Ann", Some(2))]).unwrap();
        assert_eq!(second, "Ann wrote. Ask [redacted: personal data].");
        assert_eq!(left(text, "", &[passage(None, "Ann", Some(3))]), Err(vec![(0, Fault::NoSuchPlace(2))]));
    }

    #[test]
    fn an_address_goes_as_a_whole_and_a_name_only_if_it_is_meant() {
        let evidence = "https://example.org/ann";
        let (text, link) = left("About ann and more.", evidence, &[passage(None, "ann", None)]).unwrap();
        assert_eq!(text, "About [redacted: personal data] and more.");
        assert_eq!(link, "[redacted: personal data]");
        assert_eq!(left("No name.", "", &[passage(None, "Ann", None)]), Err(vec![(0, Fault::NotThere)]));
        let named = original("Words.", "");
        let fields = named.fields(Publication::Named);
        let spans = spans(&named, &fields, &[], &[passage(Some(Field::AuthorName), "", None)]).unwrap();
        assert_eq!(named.without(&spans).author_name, "[redacted: personal data]");
        let hidden = named.fields(Publication::Organisation);
        assert!(!hidden.contains(&Field::AuthorName) && !hidden.contains(&Field::Organisation));
    }

    #[test]
    fn every_wrong_passage_is_named_and_nothing_is_taken_out() {
        let ask = |passages: &[Passage]| left("Ann wrote Annual words.", "", passages).unwrap_err();
        let wrong = [
            passage(None, " ", None),
            passage(None, "Bob", None),
            passage(None, "Ann", None),
            passage(None, "Ann wrote", None),
            passage(Some(Field::Cost), "Ann", None),
            passage(None, "Annua", None),
        ];
        let expected = [
            (0, Fault::Empty),
            (1, Fault::NotThere),
            (3, Fault::Overlap),
            (4, Fault::NoSuchField),
            (5, Fault::PartOfWord),
        ];
        assert_eq!(ask(&wrong), expected);
        assert_eq!(ask(&[passage(None, "Ann wrote Annual words.", None)]), [(0, Fault::Everything)]);
        assert_eq!(ask(&[passage(None, "Ann wrote Annual words", None)]), [(0, Fault::Everything)]);
    }

    #[test]
    fn what_was_taken_out_before_stays_out_and_is_not_taken_again() {
        let original = original("Ann wrote to Bob today.", "");
        let fields = original.fields(Publication::Named);
        let first = spans(&original, &fields, &[], &[passage(None, "Ann", None)]).unwrap();
        let again = spans(&original, &fields, &first, &[passage(None, "Ann", None)]);
        assert_eq!(again, Err(vec![(0, Fault::Overlap)]));
        let second = spans(&original, &fields, &first, &[passage(None, "Bob", None)]).unwrap();
        let both: Vec<Span> = [first, second].concat();
        assert_eq!(
            original.without(&both).text(Field::Rationale),
            "[redacted: personal data] wrote to [redacted: personal data] today."
        );
        let lifted: Vec<Span> = both.iter().map(|span| Span { lifted: true, ..span.clone() }).collect();
        assert_eq!(original.without(&lifted), original);
    }
}
