//! Our own sheet: one row for each clause, ready to be filled in; a second sheet explains
//! the columns and holds the lists that are chosen from.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::columns::{Column, Layout, OF_AUTHOR, OWN};
use super::prefill::Clause;
use crate::accounts::model::OnBehalfOf;
use crate::comments::iso::{growing, height};
use crate::comments::model::Kind;
use crate::comments::submissions::model::MOST_PARTS;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::Language;

/// The sheet that explains; columns from the third on hold the lists.
pub const ABOUT: &str = "About";

/// Widths in characters of the standard font, in the order of [`OWN`].
const WIDTHS: [u16; 17] = [28, 8, 6, 40, 18, 22, 40, 40, 24, 22, 26, 40, 16, 30, 30, 24, 22];

/// The same in the order of [`OF_AUTHOR`].
const WIDTHS_OF_AUTHOR: [u16; 9] = [26, 28, 22, 20, 18, 26, 18, 14, 28];

/// The width of the column that explains.
const EXPLAINED: u16 = 80;

/// The paper, by its number in workbooks: seventeen columns can't be read on A4.
const A3: u8 = 8;

/// The columns of a sheet with their widths; those about authors only where staff are to fill it in for several.
fn columns(with_authors: bool) -> Vec<(Column, u16)> {
    let authors = OF_AUTHOR.into_iter().zip(WIDTHS_OF_AUTHOR).filter(|_| with_authors);
    OWN.into_iter().zip(WIDTHS).chain(authors).collect()
}

/// The sheet with these clauses.
pub fn blank(
    clauses: &[Clause],
    with_authors: bool,
    vocabulary: &Vocabulary,
    lang: &Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let columns = columns(with_authors);
    let mut choices = choices(vocabulary, lang);
    choices.retain(|choice| columns.iter().any(|(column, _)| *column == choice.column));
    let sheet = workbook.add_worksheet();
    set_up(sheet, &columns, lang)?;
    offer(sheet, &columns, &choices)?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    for (row, clause) in (1..).zip(clauses) {
        let title = format!("{} {}", clause.norm.number, clause.norm.title);
        sheet.set_row_height(row, height([(title.as_str(), WIDTHS[0]), (&clause.words, WIDTHS[3])].into_iter()))?;
        for (column, _) in (0..).zip(&columns) {
            sheet.write_blank(row, column, &cell)?;
        }
        sheet.write_string_with_format(row, 0, title, &cell)?;
        sheet.write_string_with_format(row, 1, clause.letter, &cell)?;
        sheet.write_number_with_format(row, 2, clause.line, &cell)?;
        sheet.write_string_with_format(row, 3, &clause.words, &cell)?;
    }
    explain(workbook.add_worksheet(), &columns, &choices, lang)?;
    growing(workbook.save_to_buffer()?)
}

/// A column that is chosen from a list: codes and labels.
struct Choice {
    column: Column,
    items: Vec<(String, String)>,
}

fn choices(vocabulary: &Vocabulary, lang: &Language) -> Vec<Choice> {
    let of = |column, list: &List| Choice {
        column,
        items: list.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect(),
    };
    let kinds = Kind::ALL.iter().map(|kind| (kind.to_string(), lang.t(&format!("kind-{kind}"))));
    let behalf = OnBehalfOf::ALL.iter().map(|it| (it.to_string(), lang.t(&format!("table-behalf-{it}"))));
    vec![
        Choice { column: Column::Kind, items: kinds.collect() },
        of(Column::Concern, &vocabulary.concerns),
        of(Column::Actor, &vocabulary.actors),
        of(Column::Instrument, &vocabulary.instruments),
        of(Column::Group, &vocabulary.groups),
        Choice { column: Column::Behalf, items: behalf.collect() },
        of(Column::Channel, &vocabulary.channels),
    ]
}

fn set_up(sheet: &mut Worksheet, columns: &[(Column, u16)], lang: &Language) -> Result<(), XlsxError> {
    sheet.set_name("Comments")?.set_landscape().set_paper_size(A3).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 2)?;
    let heading = Format::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    for (at, (column, width)) in (0..).zip(columns) {
        sheet.set_column_width(at, *width)?;
        sheet.write_string_with_format(0, at, Layout::Own.heading(*column, lang), &heading)?;
    }
    Ok(())
}

/// Lets the cells of a choice offer its labels.
fn offer(sheet: &mut Worksheet, columns: &[(Column, u16)], choices: &[Choice]) -> Result<(), XlsxError> {
    let last = u32::try_from(MOST_PARTS).unwrap_or(u32::MAX);
    for (choice, letter) in choices.iter().zip('D'..) {
        let source = format!("={ABOUT}!${letter}$2:${letter}${}", choice.items.len() + 1);
        // A code is as good as a label, so that another entry is a warning and not refused.
        let rule = DataValidation::new()
            .allow_list_formula(Formula::new(source))
            .set_error_style(DataValidationErrorStyle::Warning);
        let place =
            columns.iter().position(|(column, _)| *column == choice.column).and_then(|place| u16::try_from(place).ok());
        if let Some(place) = place {
            sheet.add_data_validation(1, place, last, place, &rule)?;
        }
    }
    Ok(())
}

fn explain(
    sheet: &mut Worksheet,
    columns: &[(Column, u16)],
    choices: &[Choice],
    lang: &Language,
) -> Result<(), XlsxError> {
    sheet.set_name(ABOUT)?.set_landscape().set_paper_size(A3).set_print_fit_to_pages(1, 0);
    let top = Format::new().set_align(FormatAlign::Top);
    let (bold, wrap) = (top.clone().set_bold(), top.clone().set_text_wrap());
    for (column, width) in (0..).zip([24, EXPLAINED, 4, 26, 26, 34, 44, 26, 26, 26]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, lang.t("table-about-title"), &bold)?;
    let text = lang.t("table-about-text");
    sheet.set_row_height(0, height([(text.as_str(), EXPLAINED)].into_iter()))?;
    sheet.write_string_with_format(0, 1, text, &wrap)?;
    for (row, (column, _)) in (1..).zip(columns) {
        sheet.write_string_with_format(row, 0, Layout::Own.heading(*column, lang), &bold)?;
        let mut text = lang.t(&format!("table-explain-{column}"));
        if let Some(choice) = choices.iter().find(|choice| choice.column == *column) {
            let codes: Vec<String> = choice.items.iter().map(|(code, label)| format!("{label} ({code})")).collect();
            text = format!("{text} {}", codes.join("; "));
        }
        sheet.set_row_height(row, height([(text.as_str(), EXPLAINED)].into_iter()))?;
        sheet.write_string_with_format(row, 1, text, &wrap)?;
    }
    for (at, choice) in (3..).zip(choices) {
        sheet.write_string_with_format(0, at, Layout::Own.heading(choice.column, lang), &bold)?;
        for (row, (_, label)) in (1..).zip(&choice.items) {
            sheet.write_string_with_format(row, at, label, &top)?;
        }
    }
    Ok(())
}
