//! Tests of what is kept of the rows of a file.

use super::super::line::Cell;
use super::*;
use crate::comments::iso::HEADINGS;

fn collector() -> Collector {
    Collector::of(Purpose::Comments, MediaType::Xlsx)
}

/// Gives the rows of a sheet, from the first on.
fn sheet(collector: &mut Collector, name: &str, rows: &[[&str; 8]]) {
    collector.begin(name);
    for (row, texts) in (1..).zip(rows) {
        let cells = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(at, text)| Cell { at, span: 1, text: (*text).to_owned(), ..Cell::default() });
        collector.line(Line { row, is_hidden: false, cells: cells.collect() }).unwrap();
    }
    collector.end();
}

/// Sheet, row and comment of each row that was kept.
fn kept(read: &Read) -> Vec<(&str, u32, &str)> {
    read.rows.iter().map(|row| (row.sheet.as_str(), row.row, row.get(Column::Why))).collect()
}

fn skipped(read: &Read) -> Vec<(&str, u32, u32)> {
    read.skipped.iter().map(|it| (it.sheet.as_str(), it.from, it.rows)).collect()
}

#[test]
fn a_row_that_begins_as_headings_do_is_a_row() {
    let mut it = collector();
    sheet(
        &mut it,
        "A",
        &[
            HEADINGS,
            ["", "", "Clause 3(a)", "", "", "Comment: unclear", "Proposal: say what is meant", ""],
            ["", "", "Clause", "Paragraph 2", "Type of comment", "Comment", "", ""],
            HEADINGS,
            ["", "", "3(b)", "", "te", "Last.", "", ""],
        ],
    );
    let read = it.finish().unwrap();
    assert_eq!(kept(&read), [("", 2, "Comment: unclear"), ("", 3, "Comment"), ("", 5, "Last.")]);
    assert!(skipped(&read).is_empty());
}

#[test]
fn headings_may_stand_in_another_order_below() {
    let mut turned = HEADINGS;
    turned.reverse();
    let mut it = collector();
    sheet(&mut it, "A", &[HEADINGS, turned, ["", "permit", "Why.", "te", "allow", "3(b)", "", ""]]);
    assert_eq!(kept(&it.finish().unwrap()), [("", 3, "Why.")]);
}

#[test]
fn a_sheet_without_headings_loses_no_row_or_says_so() {
    let mut it = collector();
    sheet(&mut it, "A", &[HEADINGS, ["", "", "3(a)", "", "", "One.", "", ""]]);
    sheet(&mut it, "B", &[["", "", "3(b)", "allow", "te", "Two.", "", ""], ["", "", "3(c)", "", "", "Three.", "", ""]]);
    sheet(&mut it, "C", &[["", "", "Name", "Maker", "", "Price", "", ""], ["", "", "Tea", "Ada", "", "2", "", ""]]);
    let read = it.finish().unwrap();
    assert_eq!(kept(&read), [("A", 2, "One."), ("B", 1, "Two."), ("B", 2, "Three.")]);
    assert_eq!((read.unread.as_slice(), read.by_position), (&["C".to_owned()][..], true));
    assert_eq!(skipped(&read), [("C", 1, 2)]);
}

#[test]
fn rows_above_the_first_that_names_its_type_are_read_or_counted() {
    let mut it = collector();
    sheet(
        &mut it,
        "A",
        &[
            ["About a norm", "", "", "", "", "", "", ""],
            ["a", "b", "c", "d", "e", "f", "g", "h"],
            ["1", "2", "(3)", "4", "5", "(6)", "(7)", "8"],
            ["", "", "3(a)", "", "", "One.", "", ""],
            ["", "", "whole", "", "general", "Two.", "", ""],
            ["", "", "3(b)", "", "te", "Three.", "", ""],
        ],
    );
    let read = it.finish().unwrap();
    assert_eq!(kept(&read), [("", 4, "One."), ("", 6, "Three.")]);
    assert_eq!(skipped(&read), [("", 3, 2)]);
    assert!(read.about.contains("About a norm") && !read.about.contains("One."));
}

#[test]
fn rows_below_the_headings_of_another_table_are_counted() {
    let mut it = collector();
    sheet(&mut it, "A", &[HEADINGS, ["", "", "3(a)", "", "", "One.", "", ""]]);
    let partial = ["MB/NC", "", "Clause", "", "", "Comments", "", ""];
    sheet(&mut it, "B", &[partial, ["", "", "3(b)", "", "te", "Two.", "", ""]]);
    let read = it.finish().unwrap();
    assert_eq!(kept(&read), [("", 2, "One.")]);
    assert_eq!((read.unread.as_slice(), skipped(&read)), (&["B".to_owned()][..], vec![("B", 2, 1)]));
}

#[test]
fn columns_of_a_file_without_headings_are_those_of_the_iso_form() {
    let mut it = collector();
    sheet(&mut it, "A", &[["", "", "3(b)", "", "te", "Alone.", "", ""]]);
    let read = it.finish().unwrap();
    assert_eq!((kept(&read), read.by_position), (vec![("", 1, "Alone.")], true));
}
