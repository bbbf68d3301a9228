//! Workbooks (ECMA-376-1, part 18), sheet by sheet, row by row.

use std::collections::BTreeMap;
use std::fs::File;

use super::ReadError;
use super::collect::Collector;
use super::dates::Dates;
use super::line::{Cell, Line};
use super::parts::{MOST_CELL, MOST_PART, Mark, Package, Tag, Xml};
use super::strings::{self, Strings};

/// The most sheets that are looked at.
const MOST_SHEETS: usize = 50;
/// The most merged cells of a sheet.
const MOST_MERGED: usize = 20_000;
/// Columns beyond this one are not looked at.
const MOST_COLUMNS: u32 = 64;

/// Reads every sheet.
pub(super) fn read(file: &mut File, collector: &mut Collector) -> Result<(), ReadError> {
    let mut package = Package::open(file)?;
    let targets = targets(&mut package)?;
    let texts = targets.values().find(|target| target.ends_with("sharedStrings.xml"));
    let strings = Strings::of(&mut package, texts.map_or("xl/sharedStrings.xml", String::as_str))?;
    let dates = Dates::of(&mut package)?;
    for (name, relation) in sheets(&mut package)? {
        let Some(part) = targets.get(&relation) else { continue };
        let merged = merged(&mut package, part)?;
        let Some(xml) = package.part(part, MOST_PART)? else { continue };
        collector.begin(&name);
        Sheet { xml, strings: &strings, dates: &dates, merged: Merged::of(merged) }.read(collector)?;
        collector.end();
    }
    Ok(())
}

/// Parts by the ids of their relations.
fn targets(package: &mut Package) -> Result<BTreeMap<String, String>, ReadError> {
    let mut targets = BTreeMap::new();
    let Some(mut xml) = package.part("xl/_rels/workbook.xml.rels", MOST_PART)? else { return Ok(targets) };
    loop {
        match xml.next()? {
            Mark::Open(tag) if tag.name == "Relationship" && targets.len() < 1_000 => {
                if let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target")) {
                    let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                    targets.insert(id.to_owned(), part);
                }
            }
            Mark::End => return Ok(targets),
            _ => {}
        }
    }
}

/// The sheets: name and id of relation.
fn sheets(package: &mut Package) -> Result<Vec<(String, String)>, ReadError> {
    let mut sheets = Vec::new();
    let Some(mut xml) = package.part("xl/workbook.xml", MOST_PART)? else { return Ok(sheets) };
    loop {
        match xml.next()? {
            Mark::Open(tag) if tag.name == "sheet" && sheets.len() < MOST_SHEETS => {
                sheets.push((
                    tag.get("name").unwrap_or_default().to_owned(),
                    tag.get("id").unwrap_or_default().to_owned(),
                ));
            }
            Mark::End => return Ok(sheets),
            _ => {}
        }
    }
}

/// Rows from 1 and columns from 0, inclusive.
#[derive(Debug, Clone)]
struct Range {
    top: u32,
    left: u32,
    bottom: u32,
    right: u32,
}

/// `B7` as column and row.
fn place(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = reference.split_at_checked(letters.min(3))?;
    let column = column.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((column.checked_sub(1)?, row.parse().ok()?))
}

/// The merged cells of a sheet, which its part lists behind the rows.
fn merged(package: &mut Package, part: &str) -> Result<Vec<Range>, ReadError> {
    let mut found = Vec::new();
    let Some(mut xml) = package.part(part, MOST_PART)? else { return Ok(found) };
    while let Some(tag) = xml.find("mergeCell")? {
        let ends = tag.get("ref").and_then(|range| range.split_once(':'));
        let places = ends.and_then(|(from, to)| place(from).zip(place(to)));
        found.extend(places.map(|((left, top), (right, bottom))| Range { top, left, bottom, right }));
        if found.len() > MOST_MERGED {
            return Err(ReadError::TooLarge);
        }
    }
    Ok(found)
}

/// Merged cells in the order of their rows, and the texts of those that reach into the row being read.
struct Merged {
    /// The last is the next.
    coming: Vec<Range>,
    active: Vec<(Range, Cell)>,
}

impl Merged {
    fn of(mut ranges: Vec<Range>) -> Self {
        ranges.sort_by_key(|range| std::cmp::Reverse(range.top));
        Self { coming: ranges, active: Vec::new() }
    }

    /// Lets a cell that is merged over several rows stand in each of them, and one over several columns cover them.
    fn apply(&mut self, line: &mut Line) {
        self.active.retain(|(range, _)| range.bottom >= line.row);
        for (range, cell) in &self.active {
            line.cells.retain(|known| known.at != range.left);
            line.cells.push(Cell { at: range.left, ..cell.clone() });
        }
        while let Some(range) = self.coming.pop_if(|range| range.top <= line.row) {
            let cell = line.cells.iter_mut().find(|cell| cell.at == range.left && range.top == line.row);
            let Some(cell) = cell else { continue };
            cell.span = range.right.saturating_sub(range.left) + 1;
            cell.is_tall = range.bottom > range.top;
            if range.bottom > line.row && self.active.len() < MOST_COLUMNS as usize {
                self.active.push((range, cell.clone()));
            }
        }
    }
}

struct Sheet<'p> {
    xml: Xml<'p>,
    strings: &'p Strings,
    dates: &'p Dates,
    merged: Merged,
}

impl Sheet<'_> {
    fn read(mut self, collector: &mut Collector) -> Result<(), ReadError> {
        let mut line = Line::default();
        loop {
            match self.xml.next()? {
                Mark::Open(tag) if tag.name == "row" => {
                    let row = tag.get("r").and_then(|row| row.parse().ok()).unwrap_or(line.row.saturating_add(1));
                    line = Line { row, is_hidden: tag.is("hidden"), cells: Vec::new() };
                }
                Mark::Open(tag) if tag.name == "c" && !tag.is_empty => {
                    let next = line.cells.last().map_or(0, |cell: &Cell| cell.at + 1);
                    let at = tag.get("r").and_then(place).map_or(next, |(column, _)| column);
                    let cell = self.cell(&tag, at)?;
                    if at < MOST_COLUMNS && line.cells.len() < MOST_COLUMNS as usize {
                        line.cells.push(cell);
                    }
                }
                Mark::Close(name) if name == "row" => {
                    let row = line.row;
                    self.merged.apply(&mut line);
                    collector.line(std::mem::take(&mut line))?;
                    line.row = row;
                }
                Mark::Close(name) if name == "sheetData" => return Ok(()),
                Mark::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn cell(&mut self, tag: &Tag, at: u32) -> Result<Cell, ReadError> {
        let mut cell = Cell { at, span: 1, ..Cell::default() };
        let mut value = String::new();
        let mut in_value = false;
        loop {
            match self.xml.next()? {
                Mark::Open(inner) => match inner.name.as_str() {
                    "f" => cell.is_formula = true,
                    "v" => in_value = !inner.is_empty,
                    "is" if !inner.is_empty => cell.text = strings::text(&mut self.xml, "is")?,
                    _ => {}
                },
                Mark::Text(_) if value.len() > MOST_CELL => return Err(ReadError::TooLarge),
                Mark::Text(piece) if in_value => value.push_str(&piece),
                Mark::Close(name) if name == "v" => in_value = false,
                Mark::Close(name) if name == "c" => break,
                Mark::End => return Err(ReadError::Broken("a cell without an end".into())),
                _ => {}
            }
        }
        match tag.get("t") {
            Some("inlineStr") => {}
            Some("s") => self.strings.get(&value).clone_into(&mut cell.text),
            Some("b") => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).clone_into(&mut cell.text),
            Some("str" | "e" | "d") => cell.text = value,
            _ if value.is_empty() => {}
            _ => cell.text = self.dates.shown(&value, tag.get("s")),
        }
        Ok(cell)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::comments::iso::HEADINGS;
    use crate::tables::columns::{Column, Purpose};

    /// A table of 10,000 rows as Excel saves it: its texts, some 20 MiB, stand in one part.
    #[test]
    fn a_long_table_saved_by_excel_is_read() {
        let text = |text: &str| format!("<si><t>{text}</t></si>");
        let cell =
            |column: char, row: usize, number: usize| format!("<c r=\"{column}{row}\" t=\"s\"><v>{number}</v></c>");
        let mut shared: Vec<String> = HEADINGS.map(text).to_vec();
        let headings: Vec<String> = ('A'..='H').zip(0..).map(|(column, number)| cell(column, 1, number)).collect();
        let mut rows = vec![format!("<row r=\"1\">{}</row>", headings.concat())];
        for row in 2..=10_001 {
            let first = shared.len();
            shared.extend([text(&format!("NL-{row}")), text(&"why ".repeat(500)), text("Noted")]);
            let cells = [cell('A', row, first), cell('F', row, first + 1), cell('H', row, first + 2)].concat();
            rows.push(format!("<row r=\"{row}\">{cells}</row>"));
        }
        let shared = format!("<sst>{}</sst>", shared.concat());
        assert!(shared.len() > 19 << 20);
        let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat());
        let mut archive = ZipWriter::new(tempfile::tempfile().unwrap());
        let book =
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
        let relation = "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
        for (name, part) in [
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", relation),
            ("xl/worksheets/sheet1.xml", sheet.as_str()),
            ("xl/sharedStrings.xml", shared.as_str()),
        ] {
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            archive.start_file(name, stored).unwrap();
            archive.write_all(part.as_bytes()).unwrap();
        }
        let read = super::super::read(&mut archive.finish().unwrap(), "a.xlsx", Purpose::Observations).unwrap();
        assert_eq!((read.rows.len(), read.rows[9_999].get(Column::Observations)), (10_000, "Noted"));
    }

    #[test]
    fn places_are_read() {
        assert_eq!(place("A1"), Some((0, 1)));
        assert_eq!(place("AB12"), Some((27, 12)));
        assert_eq!(place("12"), None);
        assert_eq!(place("ABCDEFGH1"), None);
    }

    #[test]
    fn a_merged_cell_stands_in_each_of_its_rows_and_covers_its_columns() {
        let mut merged = Merged::of(vec![Range { top: 2, left: 1, bottom: 3, right: 2 }]);
        let cell = |at, text: &str| Cell { at, span: 1, text: text.into(), ..Cell::default() };
        let mut second = Line { row: 2, is_hidden: false, cells: vec![cell(1, "a"), cell(2, "")] };
        merged.apply(&mut second);
        assert_eq!(second.cells[0].span, 2);
        let mut third = Line { row: 3, is_hidden: false, cells: vec![cell(3, "c")] };
        merged.apply(&mut third);
        assert!(third.cells.iter().any(|cell| cell.at == 1 && cell.text == "a"));
        let mut fourth = Line { row: 4, is_hidden: false, cells: vec![cell(3, "d")] };
        merged.apply(&mut fourth);
        assert_eq!(fourth.cells.len(), 1);
    }
}
