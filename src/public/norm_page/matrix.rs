//! Levers as a matrix: who should act by which instrument, with the number of comments and the way to them. Pure.

use super::filters::{self, Tallies};
use super::model::View;
use crate::comments::record::model::Facet;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::Language;

/// A place in the matrix where there are comments.
#[derive(Debug, PartialEq, Eq)]
pub struct Cell {
    /// By what instrument.
    pub instrument: String,
    /// How many comments.
    pub count: i64,
    /// The address of the list of them.
    pub address: String,
}

/// Who should act, with a place for each instrument.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub actor: String,
    /// One place for each column.
    pub cells: Vec<Option<Cell>>,
}

/// Who acts by which instrument; only those that occur, in the order of the vocabulary.
#[derive(Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The instruments.
    pub columns: Vec<String>,
    /// Who acts.
    pub rows: Vec<Row>,
}

/// The matrix of the norm at `slug`; `None` if nobody proposed a lever.
pub fn matrix(slug: &str, tallies: &Tallies, vocabulary: &Vocabulary, lang: &Language) -> Option<Matrix> {
    let actors = codes(tallies, Facet::Actor, &vocabulary.actors);
    let instruments = codes(tallies, Facet::Instrument, &vocabulary.instruments);
    let named = |facet: Facet, code: &str| filters::label(facet, code, vocabulary, lang);
    let cell = |actor: &str, instrument: &str| {
        let count = filters::tally(tallies, Facet::Lever, &format!("{actor}/{instrument}"));
        let choices = vec![
            (Facet::Kind, "lever".to_owned()),
            (Facet::Actor, actor.to_owned()),
            (Facet::Instrument, instrument.to_owned()),
        ];
        let view = View { choices, ..View::default() };
        let address = format!("{}#lever", view.address(slug));
        (count > 0).then(|| Cell { instrument: named(Facet::Instrument, instrument), count, address })
    };
    let row = |actor: &&str| Row {
        actor: named(Facet::Actor, actor),
        cells: instruments.iter().map(|instrument| cell(actor, instrument)).collect(),
    };
    let rows: Vec<Row> = actors.iter().map(row).collect();
    let columns = instruments.iter().map(|code| named(Facet::Instrument, code)).collect();
    (!rows.is_empty()).then_some(Matrix { columns, rows })
}

/// The values that occur, in the order of the list; what the list has lost comes last.
fn codes<'a>(tallies: &'a Tallies, facet: Facet, list: &List) -> Vec<&'a str> {
    let place = |code: &str| list.items().iter().position(|item| item.code == code).unwrap_or(usize::MAX);
    let known = tallies.iter().filter(|(other, ..)| *other == facet);
    let mut codes: Vec<&str> = known.map(|(_, value, _)| value.as_str()).collect();
    codes.sort_by_key(|code| place(code));
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::vocabulary::SHIPPED;
    use crate::web::language;

    #[test]
    fn only_what_occurs_has_a_row_or_a_column() {
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        let tallies = [
            (Facet::Actor, "regulator", 3),
            (Facet::Actor, "legislature", 1),
            (Facet::Instrument, "procurement", 1),
            (Facet::Instrument, "legislation", 3),
            (Facet::Lever, "regulator/legislation", 2),
            (Facet::Lever, "regulator/procurement", 1),
            (Facet::Lever, "legislature/legislation", 1),
        ];
        let tallies: Tallies = tallies.map(|(facet, value, count)| (facet, value.to_owned(), count)).to_vec();
        let lang = language::named("en");
        let matrix = matrix("x", &tallies, &vocabulary, lang).unwrap();
        assert_eq!(matrix.columns, ["Legislation", "Procurement"]);
        let counts: Vec<Vec<Option<i64>>> =
            matrix.rows.iter().map(|row| row.cells.iter().map(|cell| Some(cell.as_ref()?.count)).collect()).collect();
        assert_eq!(counts, [[Some(1), None], [Some(2), Some(1)]]);
        let cell = matrix.rows.last().and_then(|row| row.cells.last()?.as_ref()).unwrap();
        assert_eq!(cell.address, "/norms/x?kind=lever&actor=regulator&instrument=procurement#lever");
        assert_eq!(super::matrix("x", &Vec::new(), &vocabulary, lang), None);
    }
}
