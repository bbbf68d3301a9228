//! The disposition log of OASIS and W3C. Pure.

use std::borrow::Cow;

use super::entry::Entry;
use super::table::Table;
use super::told;
use super::writer::Head;

/// The log.
pub const TABLE: Table = Table {
    name: "Disposition log",
    headings: &[
        "Item #",
        "Date",
        "Commenter",
        "Description",
        "Date acknowledged",
        "Resolution",
        "Disposition",
        "Commenter satisfied",
    ],
    tells_continued: false,
    cells,
};

fn cells<'e>(_: &Head, entry: &'e Entry, _: u64) -> Vec<Cow<'e, str>> {
    let (record, answer) = (&entry.record, &entry.answer);
    vec![
        record.reference.as_str().into(),
        record.submitted_at.get(..10).unwrap_or_default().into(),
        told::who(record).into(),
        told::whole(entry).into(),
        answer.acknowledged.as_str().into(),
        answer.response.as_str().into(),
        answer.disposition.as_str().into(),
        answer.satisfied.as_str().into(),
    ]
}
