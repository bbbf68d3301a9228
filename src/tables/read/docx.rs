//! Texts of Word (ECMA-376-1, WordprocessingML): every table, with its tracked changes.

use std::collections::BTreeMap;
use std::fs::File;

use super::ReadError;
use super::collect::Collector;
use super::line::{Cell, Line};
use super::parts::{MOST_CELL, MOST_PART, Mark, Package, Tag, Xml};
use super::symbols::symbol;

/// The most tables that are looked at.
const MOST_TABLES: u32 = 200;

/// Reads every table; the headers of pages say what they are about.
pub(super) fn read(file: &mut File, collector: &mut Collector) -> Result<(), ReadError> {
    let mut package = Package::open(file)?;
    let headers = package.names().into_iter().filter(|name| name.starts_with("word/header")).take(6);
    for name in headers.collect::<Vec<_>>() {
        if let Some(xml) = package.part(&name, MOST_PART)? {
            Document::over(xml).read(collector, false)?;
        }
    }
    let xml = package.part("word/document.xml", MOST_PART)?;
    let xml = xml.ok_or_else(|| ReadError::Broken("no word/document.xml".into()))?;
    Document::over(xml).read(collector, true)
}

/// A text as it is now, and as it was before the tracked changes.
#[derive(Default)]
struct Text {
    now: String,
    before: String,
    is_changed: bool,
    /// Whether the paragraph goes on in the next one, now or before the changes: its mark is deleted or inserted.
    goes_on: (bool, bool),
}

impl Text {
    fn push(&mut self, text: &str, inserted: u32, deleted: u32) {
        if self.now.len() + self.before.len() > MOST_CELL {
            return;
        }
        self.is_changed |= inserted + deleted > 0;
        if deleted == 0 {
            self.now.push_str(text);
        }
        if inserted == 0 {
            self.before.push_str(text);
        }
    }

    /// Another paragraph begins.
    fn paragraph(&mut self) {
        let (now, before) = std::mem::take(&mut self.goes_on);
        for (text, goes_on) in [(&mut self.now, now), (&mut self.before, before)] {
            if !text.is_empty() && !goes_on {
                text.push('\n');
            }
        }
    }
}

/// How a cell stands to those above and below.
#[derive(Clone, Copy)]
enum Merge {
    Alone,
    Starts,
    GoesOn,
}

/// A document being read.
struct Document<'p> {
    xml: Xml<'p>,
    /// Tables within tables count as text of their cell.
    depth: u32,
    inserted: u32,
    deleted: u32,
    /// Whether the row as a whole is inserted or deleted.
    is_row_inserted: bool,
    is_row_deleted: bool,
    /// Inside the properties of a paragraph, where tabs are places and not characters.
    in_properties: bool,
    /// Inside the properties of the mark of a paragraph.
    in_mark: bool,
    /// Inside the properties of a row.
    in_row_properties: bool,
    /// Tags that are open and passed over, from the outermost on.
    passed: u32,
    /// Of each open set of alternatives, whether one was taken.
    alternatives: Vec<bool>,
    /// Inside a text, not between tags.
    in_text: bool,
    text: Text,
    line: Line,
    column: u32,
    span: u32,
    merge: Merge,
    /// Cells merged downwards, by column.
    merged: BTreeMap<u32, Cell>,
    tables: u32,
}

impl<'p> Document<'p> {
    fn over(xml: Xml<'p>) -> Self {
        Self {
            xml,
            depth: 0,
            inserted: 0,
            deleted: 0,
            is_row_inserted: false,
            is_row_deleted: false,
            in_properties: false,
            in_mark: false,
            in_row_properties: false,
            passed: 0,
            alternatives: Vec::new(),
            in_text: false,
            text: Text::default(),
            line: Line::default(),
            column: 0,
            span: 1,
            merge: Merge::Alone,
            merged: BTreeMap::new(),
            tables: 0,
        }
    }

    /// Reads to the end. Without `tables`, everything is text beside them.
    fn read(mut self, collector: &mut Collector, tables: bool) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Mark::End => return Ok(()),
                Mark::Open(tag) if self.passed > 0 => self.passed += u32::from(!tag.is_empty),
                Mark::Close(_) if self.passed > 0 => self.passed -= 1,
                Mark::Text(_) if self.passed > 0 => {}
                Mark::Open(tag) if tag.is_empty => self.lone(&tag),
                Mark::Open(tag) if self.is_passed(&tag.name) => self.passed = 1,
                Mark::Open(tag) => self.open(&tag, collector, tables),
                Mark::Close(name) => self.close(&name, collector, tables)?,
                Mark::Text(text) if self.in_text => self.push(&text),
                Mark::Text(_) => {}
            }
        }
    }

    /// Whether a tag is another form of what was read already (ECMA-376-3, 10.2): the first alternative is taken.
    fn is_passed(&mut self, name: &str) -> bool {
        match (name, self.alternatives.last_mut()) {
            ("Choice" | "Fallback", Some(is_taken)) => std::mem::replace(is_taken, true),
            _ => false,
        }
    }

    fn push(&mut self, text: &str) {
        let (inserted, deleted) = (u32::from(self.is_row_inserted), u32::from(self.is_row_deleted));
        self.text.push(text, self.inserted + inserted, self.deleted + deleted);
    }

    fn lone(&mut self, tag: &Tag) {
        let number = || tag.get("val").and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).clamp(1, 64);
        let mut character = [0; 4];
        let mark = match tag.name.as_str() {
            "br" | "cr" => "\n",
            "tab" => "\t",
            "noBreakHyphen" => "\u{2011}",
            "softHyphen" => "\u{ad}",
            "sym" => {
                let (font, place) = (tag.get("font").unwrap_or_default(), tag.get("char").unwrap_or_default());
                &*symbol(font, place).encode_utf8(&mut character)
            }
            "gridSpan" if self.depth == 1 => return self.span = number(),
            "gridBefore" if self.depth == 1 => return self.column = number(),
            "vMerge" if self.depth == 1 => {
                let starts = tag.get("val") == Some("restart");
                self.merge = if starts { Merge::Starts } else { Merge::GoesOn };
                return;
            }
            _ => return self.change(&tag.name),
        };
        if !self.in_properties {
            self.push(mark);
        }
    }

    /// A tracked change that holds no text: of the mark of a paragraph, of a cell, of a row.
    fn change(&mut self, name: &str) {
        match name {
            "ins" | "moveTo" if self.in_mark => self.text.goes_on.1 = true,
            "del" | "moveFrom" if self.in_mark => self.text.goes_on.0 = true,
            "ins" if self.in_row_properties => return self.is_row_inserted = true,
            "del" if self.in_row_properties => return self.is_row_deleted = true,
            "cellIns" | "cellDel" | "cellMerge" if self.depth == 1 => {}
            _ => return,
        }
        self.text.is_changed = true;
    }

    fn open(&mut self, tag: &Tag, collector: &mut Collector, tables: bool) {
        match tag.name.as_str() {
            "ins" | "moveTo" => self.inserted += 1,
            "del" | "moveFrom" => self.deleted += 1,
            "t" | "delText" => self.in_text = true,
            "p" => self.text.paragraph(),
            "pPr" => self.in_properties = true,
            "rPr" => self.in_mark = self.in_properties,
            "trPr" => self.in_row_properties = self.depth == 1,
            "AlternateContent" => self.alternatives.push(false),
            "tbl" => {
                self.depth += 1;
                if self.depth == 1 && tables {
                    self.tables += 1;
                    self.merged.clear();
                    self.line = Line::default();
                    collector.begin(&self.tables.to_string());
                }
            }
            "tr" if self.depth == 1 => {
                self.line = Line { row: self.line.row + 1, ..Line::default() };
                self.column = 0;
                (self.is_row_inserted, self.is_row_deleted) = (false, false);
            }
            "tc" if self.depth == 1 => {
                self.text = Text::default();
                (self.span, self.merge) = (1, Merge::Alone);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, collector: &mut Collector, tables: bool) -> Result<(), ReadError> {
        match name {
            "ins" | "moveTo" => self.inserted = self.inserted.saturating_sub(1),
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "t" | "delText" => self.in_text = false,
            "pPr" => self.in_properties = false,
            "rPr" => self.in_mark = false,
            "trPr" => self.in_row_properties = false,
            "AlternateContent" => drop(self.alternatives.pop()),
            "p" if self.depth == 0 => collector.beside(&std::mem::take(&mut self.text).now),
            "tc" if self.depth == 1 => self.end_cell(),
            "tr" if self.depth == 1 => {
                let row = self.line.row;
                let line = std::mem::take(&mut self.line);
                self.line.row = row;
                (self.is_row_inserted, self.is_row_deleted) = (false, false);
                if tables && self.tables <= MOST_TABLES {
                    collector.line(line)?;
                } else {
                    for cell in &line.cells {
                        collector.beside(&cell.text);
                    }
                }
            }
            "tbl" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 && tables {
                    collector.end();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut cell = Cell {
            at: self.column,
            span: self.span,
            old: text.is_changed.then(|| text.before.trim_end_matches('\n').to_owned()),
            text: text.now.trim_end_matches('\n').to_owned(),
            is_formula: false,
            is_tall: !matches!(self.merge, Merge::Alone),
        };
        match (self.merge, self.merged.get(&self.column)) {
            (Merge::GoesOn, Some(above)) => cell = above.clone(),
            (Merge::Starts, _) => drop(self.merged.insert(self.column, cell.clone())),
            _ => {}
        }
        self.column += self.span;
        if self.line.cells.len() < 64 {
            self.line.cells.push(cell);
        }
    }
}

#[cfg(test)]
#[path = "docx_tests.rs"]
mod tests;
