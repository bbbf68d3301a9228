//! The comment matrix of NIST. Pure.

use std::borrow::Cow;

use super::entry::Entry;
use super::table::Table;
use super::told;
use super::writer::Head;

/// The matrix.
pub const TABLE: Table = Table {
    name: "Comments",
    headings: &[
        "Comment #",
        "Organization",
        "Commenter",
        "Type (General, Editorial, Technical)",
        "Page #",
        "Line #",
        "Section",
        "Comment (include rationale)",
        "Suggested Change",
    ],
    tells_continued: false,
    cells,
};

/// A norm has no pages of its own: the page is its text and version.
fn cells<'e>(_: &Head, entry: &'e Entry, _: u64) -> Vec<Cow<'e, str>> {
    let record = &entry.record;
    let class = match (entry.class.as_str(), record.kind.as_str()) {
        ("ge", _) | ("", "general") => "General",
        ("te", _) | ("", "lever") => "Technical",
        ("ed", _) => "Editorial",
        _ => "",
    };
    vec![
        record.reference.as_str().into(),
        record.organisation.as_str().into(),
        record.author_name.as_str().into(),
        class.into(),
        told::wording_of(record).into(),
        record.line.map(|line| line.to_string()).unwrap_or_default().into(),
        record.clause.as_str().into(),
        format!("{}{}\n{}", told::marks(record), told::reasons(record), record.permalink).into(),
        told::change(record).into(),
    ]
}
