//! The table as a text of Word: landscape A4, header line on every page, changes as real insertions and deletions.

use std::io::{self, Cursor, Seek, Write};

use super::{FOOTNOTES, HEADINGS, Head, Row, TEMPLATE};
use crate::comments::redline::Piece;
use crate::files::docx::{Change, Docx, Run, Setup, Style};

/// Widths of the columns, in twentieths of a point: together the width between the margins.
const WIDTHS: [u16; 8] = [1350, 950, 1200, 2450, 1150, 3250, 2950, 1836];

/// Begins the table in `out`; `mark` is added to the header line.
pub fn begin<W: Write + Seek>(out: W, head: &Head, mark: &str) -> io::Result<Docx<W>> {
    let Head { date, document, project } = head;
    let line = format!("{TEMPLATE}    Date: {date}    Document: {document}    Project: {project}{mark}");
    let mut page = Docx::begin(out, &Setup { title: document, header: &line, is_landscape: true })?;
    let headings = HEADINGS.iter().enumerate().map(|(column, text)| {
        let note = match column {
            0 => "1",
            4 => "2",
            _ => "",
        };
        vec![Run::plain(text).bold(), Run::plain(note).raised()]
    });
    page.begin_table(&WIDTHS, &headings.collect::<Vec<_>>())?;
    Ok(page)
}

/// Adds a row; `by` stands behind its change.
pub fn add<W: Write + Seek>(page: &mut Docx<W>, row: &Row, by: Change<'_>) -> io::Result<()> {
    let cells = row.cells();
    let runs = cells.iter().enumerate().map(|(column, text)| match (&row.redline, column) {
        (Some(redline), 6) => redline.pieces.iter().map(|piece| tracked(piece, by)).collect(),
        _ => vec![Run::plain(text)],
    });
    page.row(&runs.collect::<Vec<_>>())
}

fn tracked<'a>(piece: &'a Piece, by: Change<'a>) -> Run<'a> {
    match piece {
        Piece::Same(words) => Run::plain(words),
        Piece::Inserted(words) => Run::plain(words).inserted(by),
        Piece::Deleted(words) => Run::plain(words).deleted(by),
    }
}

/// Ends the table with its footnotes.
pub fn end<W: Write + Seek>(page: &mut Docx<W>) -> io::Result<()> {
    page.end_table()?;
    FOOTNOTES.iter().try_for_each(|note| page.text(Style::Small, note))
}

/// The bytes of the document. `author` and `at` (RFC 3339) stand behind every change.
pub fn docx(head: &Head, rows: &[Row], author: &str, at: &str) -> io::Result<Vec<u8>> {
    let mut page = begin(Cursor::new(Vec::new()), head, "")?;
    for row in rows {
        add(&mut page, row, Change { author, at })?;
    }
    end(&mut page)?;
    Ok(page.finish()?.into_inner())
}
