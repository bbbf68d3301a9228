//! From what was read of a file to a table that came back, or why it is none of ours. Pure.

use crate::deliberation::sheet::model::Mark;
use crate::ids::ConsultationId;
use crate::tables::columns::{Column, Layout};
use crate::tables::model::Row;
use crate::tables::read::Read;

use super::model::named;

/// Why a table is not taken at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strange {
    /// None of its rows says from which state of the board it was made: a public edition, or no table of the portal.
    NoMarks,
    /// It was made for another consultation.
    OtherConsultation,
}

/// The marks of the rows that have one.
fn marks(layout: Layout, rows: &[Row]) -> Vec<Mark> {
    let mark = |row: &Row| match layout {
        Layout::Dispositions => Mark::parse(row.get(Column::MadeFrom)),
        Layout::Iso | Layout::Own => Mark::parse(&named(row).1),
    };
    rows.iter().filter_map(mark).collect()
}

/// Whether the rows are those of a table that this consultation handed out.
pub fn check(consultation: ConsultationId, read: &Read) -> Result<(), Strange> {
    let marks = marks(read.layout, &read.rows);
    let own = Mark::of_comment(consultation, "", &[], "").consultation;
    if marks.is_empty() {
        return Err(Strange::NoMarks);
    }
    if marks.iter().any(|mark| mark.consultation != own) {
        return Err(Strange::OtherConsultation);
    }
    Ok(())
}
