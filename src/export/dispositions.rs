//! The disposition sheet: a row for each issue, to write the decisions into. It comes back through the page of
//! observations, so every row says from which state of the board it was made.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, IntoInnerError};
use std::path::Path;

use rust_xlsxwriter::{Format as Style, FormatAlign, FormatBorder};
use serde::Serialize;
use sha2::Digest as _;

use super::csv::CsvWriter;
use super::entry::Entry;
use super::make::{Gathered, MakeError};
use super::manifest::Manifest;
use super::told;
use super::workbook::Book;
use super::writer::{Adapted, WriteError, Writer};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::Issue;
use crate::deliberation::board::store::issues;
use crate::deliberation::sheet::model::{Mark, name, plain};
use crate::deliberation::sheet::store;
use crate::ids::{ConsultationId, NormId};
use crate::norms::model::Norm;
use crate::tables::columns::SHEET;

/// References that a row names; how many more there are it says in a number.
const NAMED: i64 = 50;

/// Widths of the columns of the workbook.
const WIDTHS: [u16; 7] = [24, 44, 26, 24, 60, 12, 26];

/// An issue as a row. In JSON the columns are fields of these names, in this order.
#[derive(Debug, Clone, Serialize)]
pub struct IssueRow {
    /// What it is called: `avoid-tampering/7`.
    pub issue: String,
    /// The question.
    pub statement: String,
    /// The references of the comments under it.
    pub comments: String,
    /// What is decided, in the words of the vocabulary; empty while nothing is.
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// Where it stands.
    pub state: String,
    /// From which state of the board the row is made.
    pub made_from: String,
    /// Its place in the order of the text, and its number.
    #[serde(skip)]
    pub place: (i32, i32),
}

impl IssueRow {
    fn cells(&self) -> [Cow<'_, str>; 7] {
        let Self { issue, statement, comments, disposition, reasons, state, made_from, .. } = self;
        [issue, statement, comments, disposition, reasons, state, made_from].map(|cell| Cow::Borrowed(cell.as_str()))
    }
}

/// How many rows there are, of one norm or of all.
pub fn count(conn: &mut AnyConnection, norm: Option<&NormId>) -> DbResult<u64> {
    Ok(u64::try_from(store::count(conn, norm.copied())?).unwrap_or_default())
}

/// The next rows of a norm, behind the place and number `after`; none: that was all.
pub fn batch(
    conn: &mut AnyConnection,
    consultation: ConsultationId,
    norm: &Norm,
    after: Option<(i32, i32)>,
) -> DbResult<Vec<IssueRow>> {
    let found = issues::of_norm(conn, norm.id, after)?;
    found.into_iter().map(|issue| row(conn, consultation, norm, &issue)).collect()
}

fn row(conn: &mut AnyConnection, consultation: ConsultationId, norm: &Norm, issue: &Issue) -> DbResult<IssueRow> {
    let (references, count) = store::references(conn, issue.id, NAMED)?;
    let mut comments = references.join("\n");
    if count > NAMED {
        comments = format!("{comments}\nand {} more", count - NAMED);
    }
    let code = issue.texts.disposition.as_str();
    let disposition = told::vocabulary().map_or(code, |lists| lists.dispositions.label_or_code(code));
    let reasons = plain(&issue.texts.reasons);
    let mark = Mark::of_issue(consultation, (issue.id, issue.version), disposition, &reasons);
    Ok(IssueRow {
        issue: name(&norm.slug, issue.number),
        statement: issue.texts.statement.clone(),
        comments,
        disposition: disposition.to_owned(),
        reasons,
        state: issue.state.to_string(),
        made_from: mark.to_string(),
        place: (issue.about.place(), issue.number),
    })
}

impl Gathered {
    /// Writes a row for every issue: by norm, place in the text, number.
    pub(super) fn sheet(
        &mut self,
        conn: &mut AnyConnection,
        writer: &mut dyn Writer,
        progress: &mut dyn FnMut(i64, i64),
    ) -> Result<(), MakeError> {
        let total = i64::try_from(self.total).unwrap_or(i64::MAX);
        progress(0, total);
        for norm in &self.norms {
            let mut after = None;
            loop {
                let rows = batch(conn, self.consultation.id, norm, after)?;
                let Some(last) = rows.last() else { break };
                after = Some(last.place);
                for row in rows {
                    let line = serde_json::to_string(&row).map_err(WriteError::Row)?;
                    writer.write_issue(&row)?;
                    self.digest.update(line.as_bytes());
                    self.digest.update(b"\n");
                    self.written += 1;
                }
                progress(i64::try_from(self.written).unwrap_or(i64::MAX), total);
            }
        }
        if self.written == self.total {
            Ok(())
        } else {
            Err(MakeError::Miscounted { written: self.written, counted: self.total })
        }
    }
}

enum Kind {
    Workbook(Box<Book>),
    Csv(Box<CsvWriter<BufWriter<File>>>),
}

/// The sheet as a file.
pub struct Sheet(Kind);

impl Sheet {
    /// A workbook with its headings.
    pub fn workbook(file: File, folder: Option<&Path>) -> Result<Self, WriteError> {
        let mut book = Book::begin(file, folder, "Dispositions")?;
        let sheet = book.sheet();
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        for (column, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        book.set_look(Style::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top));
        book.headings(&SHEET)?;
        Ok(Self(Kind::Workbook(Box::new(book))))
    }

    /// Comma-separated values with their headings.
    pub fn csv(file: File, bom: bool) -> Result<Self, WriteError> {
        Ok(Self(Kind::Csv(Box::new(CsvWriter::new(BufWriter::new(file), &SHEET, bom)?))))
    }
}

impl Writer for Sheet {
    fn write(&mut self, _: Entry, _: &str) -> Result<(), WriteError> {
        Ok(())
    }

    fn write_issue(&mut self, row: &IssueRow) -> Result<(), WriteError> {
        match &mut self.0 {
            Kind::Workbook(book) => book.row(&row.issue, &SHEET, &row.cells(), false),
            Kind::Csv(csv) => csv.write(&row.cells()),
        }
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        Ok(match &self.0 {
            Kind::Workbook(book) => book.adapted(),
            Kind::Csv(_) => Adapted::default(),
        })
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        match self.0 {
            Kind::Workbook(book) => book.finish(manifest),
            Kind::Csv(csv) => Ok(csv.into_inner()?.into_inner().map_err(IntoInnerError::into_error)?),
        }
    }
}
