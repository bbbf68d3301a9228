//! Takes the rows of a file as they come, finds the headings, and keeps the rows that say something.

use super::{Read, ReadError};
use crate::comments::iso::FOOTNOTES;
use crate::comments::submissions::model::MOST_PARTS;
use crate::files::MediaType;
use crate::ids::CommentId;
use crate::tables::columns::{Column, Layout, Purpose};
use crate::tables::headings::{self, Mapping};
use crate::tables::model::Row;
use crate::tables::sheet;
use crate::web::Fields;

/// The most bytes of text that are kept.
const MOST_TEXT: usize = 8 << 20;
/// The most rows with what the Secretariat wrote that are kept.
pub const MOST_ANSWERS: usize = 10_000;
/// The most rows that are looked at, empty ones apart.
const MOST_LINES: usize = 50_000;
/// The most bytes of what stands above the headings.
const MOST_ABOUT: usize = 4_000;
/// The most names of sheets without a table that are told.
const MOST_NAMES: usize = 20;
/// UTF-16 code units that a cell of a sheet holds: one that is full may have been cut.
const FULL_CELL: usize = 32_766;

/// A cell of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Its column, from 0.
    pub at: u32,
    /// How many columns it covers.
    pub span: u32,
    /// What it shows.
    pub text: String,
    /// What it showed before a tracked change, if it has one.
    pub old: Option<String>,
    /// Whether a formula makes what it shows.
    pub is_formula: bool,
    /// Whether it is one with those above or below it.
    pub is_tall: bool,
}

/// A row of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Counted from 1, as the program shows it.
    pub row: u32,
    /// Whether the program hides it.
    pub is_hidden: bool,
    /// Its cells that have anything in them.
    pub cells: Vec<Cell>,
}

impl Line {
    fn texts(&self) -> impl Iterator<Item = (u32, &str)> + Clone {
        self.cells.iter().map(|cell| (cell.at, cell.text.as_str()))
    }
}

/// The sheet that is being read.
#[derive(Default)]
struct Sheet {
    name: String,
    mapping: Option<Mapping>,
    above: String,
    last: Option<Line>,
}

/// Keeps what is worth keeping of a file.
pub(super) struct Collector {
    purpose: Purpose,
    media_type: MediaType,
    sheet: Sheet,
    layout: Option<Layout>,
    about: String,
    read: Vec<String>,
    unread: Vec<String>,
    by_position: bool,
    incomplete: Option<(Layout, Vec<Column>)>,
    seen: Vec<String>,
    rows: Vec<Row>,
    text: usize,
    lines: usize,
}

impl Collector {
    /// A collector of what is read for this purpose from a file of this sort.
    pub fn of(purpose: Purpose, media_type: MediaType) -> Self {
        Self {
            purpose,
            media_type,
            sheet: Sheet::default(),
            layout: None,
            about: String::new(),
            read: Vec::new(),
            unread: Vec::new(),
            by_position: false,
            incomplete: None,
            seen: Vec::new(),
            rows: Vec::new(),
            text: 0,
            lines: 0,
        }
    }

    /// Another sheet or table begins.
    pub fn begin(&mut self, name: &str) {
        self.sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    }

    /// A line of text that belongs to no table.
    pub fn beside(&mut self, text: &str) {
        if self.about.len() + text.len() < MOST_ABOUT {
            self.about.extend([text, "\n"]);
        }
    }

    /// The sheet ends.
    pub fn end(&mut self) {
        let sheet = std::mem::take(&mut self.sheet);
        let is_full = self.unread.len() >= MOST_NAMES;
        match sheet.mapping {
            Some(_) => self.read.push(sheet.name),
            None if sheet.last.is_some() && !is_full => self.unread.push(sheet.name),
            None => {}
        }
    }

    /// A row of the sheet.
    pub fn line(&mut self, line: Line) -> Result<(), ReadError> {
        if line.cells.iter().all(|cell| cell.text.trim().is_empty() && !cell.is_formula && cell.old.is_none()) {
            return Ok(());
        }
        self.lines += 1;
        if self.lines > MOST_LINES {
            return Err(ReadError::TooLarge);
        }
        if let Some(mapping) = headings::mapping(line.texts(), self.purpose) {
            self.headed(mapping);
            self.sheet.last = Some(line);
            return Ok(());
        }
        if self.sheet.mapping.is_none() {
            let found = headings::by_position(line.texts()).filter(|_| self.sheet.last.is_some());
            let Some(mapping) = found else {
                self.above(line);
                return Ok(());
            };
            self.by_position = true;
            self.headed(mapping);
        }
        match self.sheet.mapping.clone() {
            Some(mapping) if mapping.missing(self.purpose).is_empty() => match self.purpose {
                Purpose::Comments => self.keep(&mapping, line),
                Purpose::Observations => self.keep_answer(&mapping, line),
            },
            _ => Ok(()),
        }
    }

    /// A row of headings: the first, the same once more, or that of another table below.
    fn headed(&mut self, mapping: Mapping) {
        let missing = mapping.missing(self.purpose);
        if missing.is_empty() {
            let layout = *self.layout.get_or_insert(mapping.layout);
            let above = std::mem::take(&mut self.sheet.above);
            self.beside(&above);
            self.sheet.mapping = (layout == mapping.layout).then_some(mapping);
        } else {
            self.incomplete.get_or_insert((mapping.layout, missing));
            self.sheet.mapping = None;
        }
    }

    fn above(&mut self, line: Line) {
        let words: Vec<&str> = line.texts().map(|(_, text)| text).collect();
        let words = words.join(" | ");
        if self.sheet.above.len() + words.len() < MOST_ABOUT {
            self.sheet.above.extend([words.as_str(), "\n"]);
        }
        if self.seen.len() < 3 && line.cells.len() > 2 {
            self.seen.push(words.chars().take(200).collect());
        }
        self.sheet.last = Some(line);
    }

    /// Keeps a row below the headings if it says something.
    fn keep(&mut self, mapping: &Mapping, line: Line) -> Result<(), ReadError> {
        let mut row = self.row(&line);
        let mut speaks = false;
        for cell in line.cells {
            let covered = (cell.at..cell.at + cell.span.max(1)).filter_map(|place| mapping.at(place));
            let covered: Vec<Column> = covered.collect();
            let Some(column) = covered.first().copied() else { continue };
            let is_empty = cell.text.trim().is_empty() && !cell.is_formula;
            speaks |= !is_empty && covered.iter().any(|column| mapping.layout.is_answer(*column));
            let mut fault = |message: &str| row.faults.push((column.to_string(), message.to_owned()));
            if covered.len() > 1 {
                fault("table-fault-merged");
            } else if cell.is_formula {
                fault("table-fault-formula");
            } else if cell.text.encode_utf16().count() >= FULL_CELL && cell.text.len() >= FULL_CELL {
                fault("table-fault-cut");
            }
            if column == Column::Proposed && cell.old.is_some() {
                row.old = cell.old;
            }
            let text = unguarded(&cell.text);
            self.text += text.len();
            row.cells.set(column.as_str(), text);
        }
        if speaks { self.add(row, MOST_PARTS) } else { Ok(()) }
    }

    /// A row without cells.
    fn row(&self, line: &Line) -> Row {
        Row {
            id: String::new(),
            sheet: self.sheet.name.clone(),
            row: line.row,
            cells: Fields::default(),
            old: None,
            faults: Vec::new(),
            is_hidden: line.is_hidden,
        }
    }

    /// Keeps of a row below the headings what the Secretariat wrote, and to what.
    fn keep_answer(&mut self, mapping: &Mapping, line: Line) -> Result<(), ReadError> {
        if matches!(line.cells.as_slice(), [only] if FOOTNOTES.contains(&only.text.as_str())) {
            return Ok(());
        }
        let mut row = self.row(&line);
        let needed = mapping.layout.needed(self.purpose);
        for cell in line.cells {
            let covered = (cell.at..cell.at + cell.span.max(1)).filter_map(|place| mapping.at(place));
            let covered: Vec<Column> = covered.collect();
            let Some(column) = covered.iter().find(|column| needed.contains(column)) else { continue };
            let fault = match () {
                () if covered.len() > 1 || cell.is_tall => Some("table-fault-merged-row"),
                () if cell.old.is_some() => Some("table-fault-tracked"),
                () if cell.is_formula => Some("table-fault-formula"),
                () if cell.text.encode_utf16().count() >= FULL_CELL => Some("table-fault-full"),
                () => None,
            };
            row.faults.extend(fault.map(|message| (column.to_string(), message.to_owned())));
            let text = if self.media_type == MediaType::Csv { unguarded(&cell.text) } else { sound(&cell.text) };
            self.text += text.len();
            row.cells.set(column.as_str(), text);
        }
        self.add(row, MOST_ANSWERS)
    }

    fn add(&mut self, mut row: Row, most: usize) -> Result<(), ReadError> {
        if self.text > MOST_TEXT {
            return Err(ReadError::TooLarge);
        }
        if self.rows.len() == most {
            return Err(ReadError::TooManyRows);
        }
        row.id = CommentId::new().to_string();
        self.rows.push(row);
        Ok(())
    }

    /// Everything that was kept.
    pub fn finish(self) -> Result<Read, ReadError> {
        let Some(layout) = self.layout else {
            return Err(match self.incomplete {
                Some((layout, missing)) => ReadError::Missing(layout, missing),
                None => ReadError::NoTable(self.seen),
            });
        };
        let mut rows = self.rows;
        if rows.is_empty() {
            return Err(ReadError::Empty);
        }
        if self.read.len() == 1 {
            for row in &mut rows {
                row.sheet.clear();
            }
        }
        let mut unread = self.unread;
        unread.retain(|name| layout != Layout::Own || name != sheet::ABOUT);
        let (about, by_position, media_type) = (self.about, self.by_position, self.media_type);
        Ok(Read { layout, about, unread, by_position, rows, media_type })
    }
}

/// The text of a cell: without the apostrophe that keeps a spreadsheet from running it, line breaks made single.
fn unguarded(cell: &str) -> String {
    let guards = |text: &str| text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match cell.strip_prefix('\'') {
        Some(rest) if guards(rest) => rest,
        _ => cell,
    };
    sound(text)
}

/// `text` with single line breaks and without NUL.
fn sound(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c != '\0').collect()
}
