//! Finds out which table it is, and which column is which, by the headings; compared loosely, in several languages.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::columns::{ANSWERS, Column, ISO, Layout, OF_AUTHOR, OWN, Purpose, SHEET};
use super::known::iso_column;
use crate::web::language;

/// Which column of the file holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Which table it is.
    pub layout: Layout,
    /// Place in the file (from 0) and what it holds.
    pub columns: Vec<(u32, Column)>,
}

impl Mapping {
    /// What the column at this place holds.
    pub fn at(&self, place: u32) -> Option<Column> {
        self.columns.iter().find(|(at, _)| *at == place).map(|(_, column)| *column)
    }

    /// Columns that the table has not and that are needed for this purpose.
    pub fn missing(&self, purpose: Purpose) -> Vec<Column> {
        let has = |column: &Column| self.columns.iter().any(|(_, known)| known == column);
        self.layout.needed(purpose).iter().filter(|column| !has(column)).copied().collect()
    }
}

/// How many of our own headings make a row the header row of our sheet.
const FEWEST_OWN: usize = 5;
/// How many headings of the disposition sheet make a row its header row.
const FEWEST_ANSWERS: usize = 2;
/// How many ISO headings make a row the header row of an ISO table.
const FEWEST_ISO: usize = 3;
/// The most characters of a heading: those of the ISO form in three languages have some hundred.
const LONGEST: usize = 200;

/// Letters alone, small, without accents: spaces, line breaks, punctuation and footnote numbers don't count.
pub fn fold(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The headings of these columns in every language, folded.
fn named(columns: &[Column]) -> Vec<(Column, String)> {
    let of =
        |column: Column| language::all().map(move |lang| (column, fold(&lang.t(&format!("table-column-{column}")))));
    columns.iter().copied().flat_map(of).collect()
}

/// The headings of our own sheet.
static OURS: LazyLock<Vec<(Column, String)>> = LazyLock::new(|| named(&OWN));

/// The headings about author and arrival.
static AUTHORS: LazyLock<Vec<(Column, String)>> = LazyLock::new(|| named(&OF_AUTHOR));

fn own_column(folded: &str) -> Option<(Column, bool)> {
    OURS.iter().find(|(_, name)| name == folded).map(|(column, _)| (*column, true))
}

fn author_column(folded: &str) -> Option<(Column, bool)> {
    AUTHORS.iter().find(|(_, name)| name == folded).map(|(column, _)| (*column, true))
}

/// The columns of the disposition sheet that an answer is read from.
fn answer_column(folded: &str) -> Option<(Column, bool)> {
    let is_heading = |at: usize| SHEET.get(at).is_some_and(|heading| fold(heading) == folded);
    ANSWERS.iter().find(|(at, _)| is_heading(*at)).map(|(_, column)| (*column, true))
}

/// The columns of a row of headings, in the order of their places, each with whether its heading is exactly a known
/// one. A heading that is wins over one that only begins so, wherever they stand; of two alike the first does.
fn columns(cells: &[(u32, String)], find: fn(&str) -> Option<(Column, bool)>) -> Vec<(u32, Column, bool)> {
    let mut columns: Vec<(u32, Column, bool)> = Vec::new();
    for (place, folded) in cells {
        let Some((column, is_exact)) = find(folded) else { continue };
        match columns.iter_mut().find(|(_, known, _)| *known == column) {
            Some(known) if is_exact && !known.2 => *known = (*place, column, true),
            Some(_) => {}
            None => columns.push((*place, column, is_exact)),
        }
    }
    columns.sort_unstable_by_key(|(place, ..)| *place);
    columns
}

/// The mapping that a row of headings gives for this purpose; `None` if it is no row of headings: a row with a cell
/// that is too long for a heading, or one whose cells only begin as headings do, and not all that are needed.
pub fn mapping<'a>(cells: impl Iterator<Item = (u32, &'a str)>, purpose: Purpose) -> Option<Mapping> {
    let mut folded = Vec::new();
    for (place, text) in cells {
        if text.chars().count() > LONGEST {
            return None;
        }
        folded.push((place, fold(text)));
    }
    if purpose == Purpose::Observations {
        let answers = columns(&folded, answer_column);
        if answers.len() >= FEWEST_ANSWERS && answers.iter().any(|(_, column, _)| *column == Column::Issue) {
            return Some(Mapping { layout: Layout::Dispositions, columns: places(&answers) });
        }
    }
    let iso = columns(&folded, iso_column);
    let (own, of_author) = match purpose {
        Purpose::Comments => (columns(&folded, own_column), columns(&folded, author_column)),
        Purpose::Observations => (Vec::new(), Vec::new()),
    };
    if own.len() >= FEWEST_OWN && own.len() >= iso.len() {
        return Some(Mapping { layout: Layout::Own, columns: beside(places(&own), places(&of_author)) });
    }
    let telling = |column: Column| matches!(column, Column::Why | Column::Proposed | Column::Type);
    if iso.len() < FEWEST_ISO || !iso.iter().any(|(_, column, _)| telling(*column)) {
        return None;
    }
    let is_exact = iso.iter().any(|(_, _, is_exact)| *is_exact);
    let mapping = Mapping { layout: Layout::Iso, columns: beside(places(&iso), places(&of_author)) };
    (is_exact || mapping.missing(purpose).is_empty()).then_some(mapping)
}

/// `columns` without how well their headings are known.
fn places(columns: &[(u32, Column, bool)]) -> Vec<(u32, Column)> {
    columns.iter().map(|(place, column, _)| (*place, *column)).collect()
}

/// The row of headings of a table, to know it again: Word and Excel repeat it on each page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which column holds what.
    pub mapping: Mapping,
    /// What the headings are, folded; empty where columns are told by their places.
    names: Vec<(Column, String)>,
}

impl Head {
    /// The head that the row with these cells is.
    pub fn of<'a>(mapping: Mapping, cells: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let names = cells.filter_map(|(place, text)| Some((mapping.at(place)?, fold(text)))).collect();
        Self { mapping, names }
    }

    /// A head of columns that are told by their places.
    pub fn unnamed(mapping: Mapping) -> Self {
        Self { mapping, names: Vec::new() }
    }

    /// The same headings once more, maybe in another order; `None` if one of them is not there to the letter: then the
    /// row is a row like others, whatever its cells begin with.
    pub fn again<'a>(&self, cells: impl Iterator<Item = (u32, &'a str)>) -> Option<Self> {
        if self.names.is_empty() {
            return None;
        }
        let cells: Vec<(u32, String)> = cells.map(|(place, text)| (place, fold(text))).collect();
        let mut columns = Vec::with_capacity(self.names.len());
        for (column, name) in &self.names {
            let (place, _) = cells.iter().find(|(_, folded)| folded == name)?;
            columns.push((*place, *column));
        }
        columns.sort_unstable_by_key(|(place, _)| *place);
        Some(Self { mapping: Mapping { layout: self.mapping.layout, columns }, names: self.names.clone() })
    }
}

/// `columns` and, at places that these leave free, `more`.
fn beside(mut columns: Vec<(u32, Column)>, more: Vec<(u32, Column)>) -> Vec<(u32, Column)> {
    for (place, column) in more {
        if !columns.iter().any(|(taken, _)| *taken == place) {
            columns.push((place, column));
        }
    }
    columns
}

/// The mapping by position, for a table whose headings nobody knows: eight columns whose content fits.
pub fn by_position<'a>(mut cells: impl Iterator<Item = (u32, &'a str)>) -> Option<Mapping> {
    let mut clause = false;
    let mut class = false;
    cells.by_ref().for_each(|(place, text)| match place {
        2 => clause = looks_like_clause(text),
        4 => class = matches!(text.trim().to_lowercase().as_str(), "ge" | "te" | "ed"),
        _ => {}
    });
    let columns = (0..).zip(ISO).collect();
    (clause && class).then_some(Mapping { layout: Layout::Iso, columns })
}

/// Whether a row above the one by which [`by_position`] knew the table can be one of its rows, although it says no type:
/// one with a clause, and with words as comment or proposed change.
pub fn fits_by_position<'a>(cells: impl Iterator<Item = (u32, &'a str)>) -> bool {
    let (mut clause, mut speaks) = (false, false);
    for (place, text) in cells {
        match place {
            2 => clause = looks_like_clause(text),
            5 | 6 => speaks |= text.chars().any(char::is_alphabetic),
            _ => {}
        }
    }
    clause && speaks
}

fn looks_like_clause(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() < 30 && text.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '_' || c == '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(headings: &[&'static str]) -> Option<Mapping> {
        mapping((0..).zip(headings.iter().copied()), Purpose::Comments)
    }

    #[test]
    fn iso_headings_are_known_however_they_are_set() {
        let tables: [[&str; 8]; 6] = [
            crate::comments::iso::HEADINGS,
            [
                "MB/\nNC1",
                "Line\nnumber\n(e.g. 17)",
                "Clause/ Subclause (e.g. 3.1)",
                "Paragraph/ Figure/Table/ (e.g. Table 1)",
                "Type of com-ment\u{b2}",
                "COMMENTS",
                "Proposed  change",
                "Secretariat observations",
            ],
            [
                "MB/NC",
                "Numéro de ligne",
                "Article/ Paragraphe",
                "Alinéa/ Figure/ Tableau",
                "Type de commentaire",
                "Commentaires",
                "Changement proposé",
                "Observations du secrétariat",
            ],
            [
                "MB/NC",
                "Zeilennummer",
                "Abschnitt/ Unterabschnitt",
                "Absatz/ Bild/ Tabelle",
                "Art des Kommentars",
                "Kommentare",
                "Vorgeschlagene Änderung",
                "Anmerkungen des Sekretariats",
            ],
            [
                "MB/NC",
                "Número de línea",
                "Capítulo/ Apartado",
                "Párrafo/ Figura/ Tabla",
                "Tipo de comentario",
                "Comentarios",
                "Cambio propuesto",
                "Observaciones de la secretaría",
            ],
            [
                "MB/NC",
                "Номер строки",
                "Раздел/ Подраздел",
                "Абзац/ Рисунок/ Таблица",
                "Тип комментария",
                "Комментарии",
                "Предлагаемое изменение",
                "Замечания секретариата",
            ],
        ];
        for headings in tables {
            let mapping = found(&headings).unwrap();
            let columns: Vec<_> = mapping.columns.iter().map(|(_, column)| *column).collect();
            assert_eq!(columns, ISO, "{headings:?}");
            assert!(mapping.missing(Purpose::Comments).is_empty());
        }
    }

    #[test]
    fn our_own_headings_are_known_and_missing_ones_named() {
        let lang = language::named("en");
        let own: Vec<String> = OWN.iter().map(|column| Layout::Own.heading(*column, lang)).collect();
        let mapping_of = |names: &[String]| mapping((0..).zip(names.iter().map(String::as_str)), Purpose::Comments);
        assert_eq!(mapping_of(&own).unwrap().layout, Layout::Own);
        let without: Vec<String> = own.into_iter().filter(|name| name != "Why").collect();
        assert_eq!(mapping_of(&without).unwrap().missing(Purpose::Comments), [Column::Why]);
        let short = found(&["Clause", "Type of comment", "Comments"]).unwrap();
        assert_eq!(short.missing(Purpose::Comments), [Column::Words, Column::Proposed]);
        assert_eq!(found(&["Name", "Comments", "Price"]), None);
    }

    #[test]
    fn the_disposition_sheet_is_known_where_answers_are_read_and_nowhere_else() {
        let of = |purpose| mapping((0..).zip(SHEET), purpose).filter(|it| it.layout == Layout::Dispositions);
        assert_eq!(of(Purpose::Comments), None);
        let read = of(Purpose::Observations).unwrap();
        assert_eq!(read.at(3), Some(Column::Disposition));
        assert!(read.missing(Purpose::Observations).is_empty());
        let cut = mapping((0..).zip(["Issue", "Disposition", "Reasons"]), Purpose::Observations).unwrap();
        assert_eq!(cut.missing(Purpose::Observations), [Column::MadeFrom]);
        let iso = mapping((0..).zip(crate::comments::iso::HEADINGS), Purpose::Observations).unwrap();
        assert_eq!((iso.layout, iso.missing(Purpose::Observations)), (Layout::Iso, Vec::new()));
    }

    #[test]
    fn unknown_headings_are_known_by_position_if_the_content_fits() {
        let row = ["NL", "3", "3(b)", "allow", "te", "a", "b", ""];
        assert!(by_position((0..).zip(row)).is_some());
        let row = ["NL", "3", "3(b)", "allow", "yes", "a", "b", ""];
        assert!(by_position((0..).zip(row)).is_none());
    }

    #[test]
    fn an_exact_heading_wins_over_one_that_only_begins_so() {
        for first in ["Comment ID", "Comment no."] {
            let found =
                found(&[first, "Clause", "Paragraph", "Type of comment", "Comments", "Proposed change"]).unwrap();
            assert_eq!((found.at(0), found.at(4)), (None, Some(Column::Why)), "{first}");
        }
        let [.., last] = crate::comments::iso::HEADINGS;
        let row = ["MB/NC", "Type of comment", "Comments", "Observations of the secretariat (first draft)", last];
        let read = mapping((0..).zip(row), Purpose::Observations).unwrap();
        assert_eq!((read.at(3), read.at(4)), (None, Some(Column::Observations)));
        // Of two that only begin so, the first.
        let two = ["Clause", "Paragraph", "Type of comment", "Comments (ours)", "Comments (theirs)", "Proposed change"];
        assert_eq!(found(&two).unwrap().at(3), Some(Column::Why));
    }

    #[test]
    fn an_ordinary_row_is_no_row_of_headings() {
        let row = ["", "", "Clause 3(a)", "", "", "Comment: unclear", "Proposal: say what is meant", ""];
        assert_eq!(mapping((0..).zip(row), Purpose::Comments), None);
        let long = "Comments on this clause, and on others. ".repeat(6);
        assert_eq!(
            mapping((0..).zip(["Clause", "Paragraph", "Type of comment", long.as_str()]), Purpose::Comments),
            None
        );
    }

    #[test]
    fn a_row_of_headings_is_known_again_to_the_letter_alone() {
        let headings = crate::comments::iso::HEADINGS;
        let cells = || (0..).zip(headings);
        let head = Head::of(mapping(cells(), Purpose::Comments).unwrap(), cells());
        assert_eq!(head.again(cells()), Some(head.clone()));
        let mut turned = headings;
        turned.reverse();
        assert_eq!(head.again((0..).zip(turned)).unwrap().mapping.at(0), Some(Column::Observations));
        let row =
            ["MB/NC", "Line number", "Clause 3(a)", "Paragraph 2", "te", "Comment: unclear", "Proposal: none", ""];
        assert_eq!(head.again((0..).zip(row)), None);
    }
}
