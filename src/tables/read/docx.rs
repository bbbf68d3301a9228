//! Texts of Word (ECMA-376-1, WordprocessingML): every table, with its tracked changes.

use std::collections::BTreeMap;
use std::fs::File;

use super::ReadError;
use super::collect::{Cell, Collector, Line};
use super::parts::{MOST_CELL, MOST_PART, Mark, Package, Tag, Xml};

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
        for text in [&mut self.now, &mut self.before] {
            if !text.is_empty() {
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
    /// Inside the properties of a paragraph, where tabs are places and not characters.
    in_properties: bool,
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
            in_properties: false,
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
                Mark::Open(tag) if tag.is_empty => self.lone(&tag),
                Mark::Open(tag) => self.open(&tag, collector, tables),
                Mark::Close(name) => self.close(&name, collector, tables)?,
                Mark::Text(text) if self.in_text => self.text.push(&text, self.inserted, self.deleted),
                Mark::Text(_) => {}
                Mark::End => return Ok(()),
            }
        }
    }

    fn lone(&mut self, tag: &Tag) {
        let number = || tag.get("val").and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).clamp(1, 64);
        let mark = match tag.name.as_str() {
            "br" | "cr" => "\n",
            "tab" => "\t",
            "noBreakHyphen" => "\u{2011}",
            "gridSpan" if self.depth == 1 => return self.span = number(),
            "gridBefore" if self.depth == 1 => return self.column = number(),
            "vMerge" if self.depth == 1 => {
                let starts = tag.get("val") == Some("restart");
                self.merge = if starts { Merge::Starts } else { Merge::GoesOn };
                return;
            }
            _ => return,
        };
        if !self.in_properties {
            self.text.push(mark, self.inserted, self.deleted);
        }
    }

    fn open(&mut self, tag: &Tag, collector: &mut Collector, tables: bool) {
        match tag.name.as_str() {
            "ins" | "moveTo" => self.inserted += 1,
            "del" | "moveFrom" => self.deleted += 1,
            "t" | "delText" => self.in_text = true,
            "p" => self.text.paragraph(),
            "pPr" => self.in_properties = true,
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
            "p" if self.depth == 0 => collector.beside(&std::mem::take(&mut self.text).now),
            "tc" if self.depth == 1 => self.end_cell(),
            "tr" if self.depth == 1 => {
                let row = self.line.row;
                let line = std::mem::take(&mut self.line);
                self.line.row = row;
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
