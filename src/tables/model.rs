//! A table that was read: its rows as they stand in the file, kept in a draft until it is sent.

use serde::{Deserialize, Serialize};

use super::columns::{Column, Layout};
use crate::ids::CommentId;
use crate::web::{Fields, Language};

/// A row with something in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The key of the comment it becomes, so that it becomes one once.
    pub id: String,
    /// The sheet or table it stands in; empty where the file has one only.
    pub sheet: String,
    /// Its row in the sheet, from 1, as the program shows it.
    pub row: u32,
    /// Its cells, by [`Column`].
    pub cells: Fields,
    /// The words before a tracked change; only if there is one.
    pub old: Option<String>,
    /// The column and what is wrong with the cell as such: a message.
    pub faults: Vec<(String, String)>,
    /// Whether the program hides it.
    pub is_hidden: bool,
}

/// Rows of a sheet that were not read, because nothing says what their columns hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The sheet or table they stand in; empty where the file has one only.
    pub sheet: String,
    /// The first of them, from 1, as the program shows it.
    pub from: u32,
    /// How many they are, empty ones apart.
    pub rows: u32,
}

impl Skipped {
    /// `Sheet "More", row 2: 14 rows`.
    pub fn told(&self, lang: &Language) -> String {
        let rows = lang.tn("table-skipped-rows", self.rows);
        lang.t2("table-skipped", ("place", place(&self.sheet, self.from, lang)), ("rows", rows))
    }
}

/// `Row 7`, or `Sheet "Clause 3", row 7`.
fn place(sheet: &str, row: u32, lang: &Language) -> String {
    if sheet.is_empty() {
        lang.t1("table-row", "row", row)
    } else {
        lang.t2("table-sheet-row", ("sheet", sheet), ("row", row))
    }
}

/// A table as a draft keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The name of its file.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Our own sheet?
    pub is_own: bool,
    /// What the lines above its headings say it is about.
    pub about: String,
    /// Sheets or tables that were not read.
    pub unread: Vec<String>,
    /// Rows that were not read; drafts of before have none.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// Whether columns were told by their places because the headings are in a language that we don't know.
    pub by_position: bool,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// What a page says of a table besides its rows.
pub struct Shown<'t> {
    /// The name of its file.
    pub file: &'t str,
    /// Which table it is.
    pub layout: Layout,
    /// What of the file was not read: sheets, tables and rows.
    pub unread: Vec<String>,
    /// Whether columns were told by their places.
    pub by_position: bool,
}

/// What of a file was not read, in words: the rows with where they begin, and sheets of which no row is counted.
pub fn left_out(unread: &[String], skipped: &[Skipped], lang: &Language) -> Vec<String> {
    let names = unread.iter().filter(|name| !skipped.iter().any(|it| it.sheet == **name));
    skipped.iter().map(|it| it.told(lang)).chain(names.cloned()).collect()
}

impl Table {
    /// What a page says of it.
    pub fn shown(&self, lang: &Language) -> Shown<'_> {
        let unread = left_out(&self.unread, &self.skipped, lang);
        Shown { file: &self.file, layout: self.layout(), unread, by_position: self.by_position }
    }

    /// Which table it is.
    pub fn layout(&self) -> Layout {
        if self.is_own { Layout::Own } else { Layout::Iso }
    }
}

impl Row {
    /// A row of these cells alone, the first of its table.
    pub fn of(cells: Fields) -> Self {
        Self { id: String::new(), sheet: String::new(), row: 1, cells, old: None, faults: Vec::new(), is_hidden: false }
    }

    /// What a cell says, without space around it.
    pub fn get(&self, column: Column) -> &str {
        self.cells.get(column.as_str())
    }

    /// The key of its comment.
    pub fn comment(&self) -> CommentId {
        CommentId::parse(&self.id).unwrap_or_default()
    }

    /// `Row 7`, or `Sheet "Clause 3", row 7`.
    pub fn place(&self, lang: &Language) -> String {
        place(&self.sheet, self.row, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language;

    #[test]
    fn what_was_not_read_is_told_with_its_rows() {
        let lang = language::named("en");
        let skipped = |sheet: &str, from, rows| Skipped { sheet: sheet.into(), from, rows };
        let unread = ["More".to_owned(), "Empty".to_owned()];
        let told = left_out(&unread, &[skipped("More", 2, 14), skipped("", 3, 1)], lang);
        let told: Vec<String> = told.iter().map(|it| it.replace(['\u{2068}', '\u{2069}'], "")).collect();
        assert_eq!(told, ["More, row 2: 14 rows from there on", "Row 3: 1 row from there on", "Empty"]);
    }

    #[test]
    fn a_draft_of_before_has_no_rows_that_were_not_read() {
        let kept =
            r#"{"file":"a.xlsx","sha256":"","is_own":true,"about":"","unread":[],"by_position":false,"rows":[]}"#;
        let table: Table = serde_json::from_str(kept).unwrap();
        assert!(table.skipped.is_empty());
    }
}
