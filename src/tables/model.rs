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
    /// Whether columns were told by their places because the headings are in a language that we don't know.
    pub by_position: bool,
    /// Its rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Which table it is.
    pub fn layout(&self) -> Layout {
        if self.is_own { Layout::Own } else { Layout::Iso }
    }
}

impl Row {
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
        if self.sheet.is_empty() {
            lang.t1("table-row", "row", self.row)
        } else {
            lang.t2("table-sheet-row", ("sheet", &self.sheet), ("row", self.row))
        }
    }
}
