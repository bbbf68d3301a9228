//! Finds out which table it is, and which column is which, by the headings; compared loosely, in several languages.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::columns::{ANSWERS, Column, ISO, Layout, OF_AUTHOR, OWN, Purpose, SHEET};
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

/// How the ISO form's headings begin, in English, French, German, Spanish, Russian, Chinese and Arabic; folded.
const KNOWN: &[(Column, &[&str])] = &[
    (
        Column::Member,
        &["mb", "mbnc", "nc", "memberbody", "cmcn", "comitemembre", "organismenational", "страна", "国家", "成员"],
    ),
    (
        Column::Line,
        &[
            "line",
            "numerodeligne",
            "ligne",
            "zeile",
            "numerodelinea",
            "linea",
            "nodeligne",
            "номерстроки",
            "строка",
            "行号",
            "行",
            "رقمالسطر",
            "السطر",
        ],
    ),
    (
        Column::Clause,
        &[
            "clause",
            "subclause",
            "article",
            "abschnitt",
            "unterabschnitt",
            "capitulo",
            "apartado",
            "раздел",
            "пункт",
            "章",
            "条款",
            "条",
            "البند",
        ],
    ),
    (
        Column::Words,
        &["paragraph", "paragraphe", "alinea", "absatz", "parrafo", "figure", "абзац", "段", "段落", "الفقرة"],
    ),
    (
        Column::Type,
        &[
            "typeofcomment",
            "typedecommentaire",
            "typedobservation",
            "artdeskommentars",
            "kommentarart",
            "artderstellungnahme",
            "tipodecomentario",
            "типзамечания",
            "типкомментария",
            "意见类型",
            "评论类型",
            "نوعالتعليق",
        ],
    ),
    (
        Column::Why,
        &[
            "comment",
            "commentaire",
            "justification",
            "kommentar",
            "begrundung",
            "comentario",
            "замечани",
            "комментари",
            "意见",
            "评论",
            "التعليق",
            "تعليق",
        ],
    ),
    (
        Column::Proposed,
        &[
            "proposedchange",
            "proposal",
            "changementpropose",
            "modificationproposee",
            "propositiondemodification",
            "vorgeschlageneanderung",
            "anderungsvorschlag",
            "cambiopropuesto",
            "modificacionpropuesta",
            "предлагаемоеизменение",
            "предложение",
            "建议修改",
            "修改建议",
            "التغييرالمقترح",
        ],
    ),
    (
        Column::Observations,
        &[
            "observationsofthesecretariat",
            "secretariatobservations",
            "observationsdusecretariat",
            "observationdusecretariat",
            "anmerkungendessekretariats",
            "stellungnahmedessekretariats",
            "beobachtungendessekretariats",
            "observacionesdelasecretaria",
            "observacionesdelsecretariado",
            "замечаниясекретариата",
            "комментариисекретариата",
            "秘书处意见",
            "秘书处",
            "ملاحظاتالأمانة",
            "ملاحظاتالامانة",
        ],
    ),
];

/// Letters alone, small, without accents: spaces, line breaks, punctuation and footnote numbers don't count.
pub fn fold(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

fn iso_column(folded: &str) -> Option<Column> {
    let fits =
        |name: &&&str| folded == **name || (name.chars().count() > 2 || !name.is_ascii()) && folded.starts_with(**name);
    let best =
        KNOWN.iter().flat_map(|(column, names)| names.iter().filter(fits).map(move |name| (name.len(), *column)));
    best.max_by_key(|(length, _)| *length).map(|(_, column)| column)
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

fn own_column(folded: &str) -> Option<Column> {
    OURS.iter().find(|(_, name)| name == folded).map(|(column, _)| *column)
}

fn author_column(folded: &str) -> Option<Column> {
    AUTHORS.iter().find(|(_, name)| name == folded).map(|(column, _)| *column)
}

/// The columns of the disposition sheet that an answer is read from.
fn answer_column(folded: &str) -> Option<Column> {
    let is_heading = |at: usize| SHEET.get(at).is_some_and(|heading| fold(heading) == folded);
    ANSWERS.iter().find(|(at, _)| is_heading(*at)).map(|(_, column)| *column)
}

/// The mapping that a row of headings gives for this purpose; `None` if it is no row of headings.
pub fn mapping<'a>(cells: impl Iterator<Item = (u32, &'a str)> + Clone, purpose: Purpose) -> Option<Mapping> {
    let find = |find: fn(&str) -> Option<Column>| {
        let mut columns: Vec<(u32, Column)> = Vec::new();
        for (place, text) in cells.clone().filter(|(_, text)| text.chars().count() < 120) {
            let column = find(&fold(text));
            if let Some(column) = column.filter(|column| !columns.iter().any(|(_, known)| known == column)) {
                columns.push((place, column));
            }
        }
        columns
    };
    let iso = find(iso_column);
    let own = match purpose {
        Purpose::Comments => find(own_column),
        Purpose::Observations => {
            let answers = find(answer_column);
            if answers.len() >= FEWEST_ANSWERS && answers.iter().any(|(_, column)| *column == Column::Issue) {
                return Some(Mapping { layout: Layout::Dispositions, columns: answers });
            }
            Vec::new()
        }
    };
    let of_author = || if purpose == Purpose::Comments { find(author_column) } else { Vec::new() };
    if own.len() >= FEWEST_OWN && own.len() >= iso.len() {
        return Some(Mapping { layout: Layout::Own, columns: beside(own, of_author()) });
    }
    let telling = |column: &Column| matches!(column, Column::Why | Column::Proposed | Column::Type);
    let is_iso = iso.len() >= FEWEST_ISO && iso.iter().any(|(_, column)| telling(column));
    is_iso.then(|| Mapping { layout: Layout::Iso, columns: beside(iso, of_author()) })
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
}
