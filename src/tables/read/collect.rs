//! Takes the rows of a file as they come, finds the headings, and keeps the rows that say something.

use super::line::{Line, sound, unguarded};
use super::{Read, ReadError};
use crate::comments::iso::FOOTNOTES;
use crate::comments::submissions::model::MOST_PARTS;
use crate::files::MediaType;
use crate::ids::CommentId;
use crate::tables::columns::{Column, Layout, Purpose};
use crate::tables::headings::{self, Head, Mapping};
use crate::tables::model::{Row, Skipped};
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
/// The most bytes of rows above the headings that are kept until it is known what they are.
const MOST_WAITING: usize = 1 << 20;
/// The most of these rows.
const MOST_LINES_WAITING: usize = 500;
/// A row of no more cells may stand above a table, and is no row of headings.
const FEW_CELLS: usize = 2;
/// UTF-16 code units that a cell of a sheet holds: one that is full may have been cut.
const FULL_CELL: usize = 32_766;

/// The sheet that is being read.
#[derive(Default)]
struct Sheet {
    name: String,
    head: Option<Head>,
    /// Whether it has headings by which it can't be read: some are missing, or they are those of another table.
    is_shut: bool,
    /// Whether there is anything in it.
    is_filled: bool,
    /// Rows above the headings: they say what the table is about, or belong to one whose headings nobody knows.
    waiting: Vec<Line>,
    /// Bytes of them.
    waits: usize,
    /// The first row that was not read, and how many were not.
    passed: Option<(u32, u32)>,
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
    skipped: Vec<Skipped>,
    by_position: bool,
    incomplete: Option<(Layout, Vec<Column>)>,
    /// The head of the last table that had one, and how many columns it has.
    last: Option<(Head, u32)>,
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
            skipped: Vec::new(),
            by_position: false,
            incomplete: None,
            last: None,
            seen: Vec::new(),
            rows: Vec::new(),
            text: 0,
            lines: 0,
        }
    }

    /// What the file is read for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
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
        // Lines of one cell or two are words beside a table, or facts about it.
        for line in std::mem::take(&mut self.sheet.waiting).into_iter().filter(|line| line.cells.len() > FEW_CELLS) {
            self.pass(line.row);
        }
        let sheet = std::mem::take(&mut self.sheet);
        if let Some((from, rows)) = sheet.passed
            && self.skipped.len() < MOST_NAMES
        {
            self.skipped.push(Skipped { sheet: sheet.name.clone(), from, rows });
        }
        match sheet.head {
            Some(_) => self.read.push(sheet.name),
            None if sheet.is_filled && self.unread.len() < MOST_NAMES => self.unread.push(sheet.name),
            None => {}
        }
    }

    /// A row of the sheet.
    pub fn line(&mut self, line: Line) -> Result<(), ReadError> {
        if line.is_empty() {
            return Ok(());
        }
        self.lines += 1;
        if self.lines > MOST_LINES {
            return Err(ReadError::TooLarge);
        }
        let is_first = !std::mem::replace(&mut self.sheet.is_filled, true);
        if let Some(head) = &self.sheet.head {
            return match head.again(line.texts()) {
                Some(again) => {
                    self.sheet.head = Some(again);
                    Ok(())
                }
                None => self.below(line),
            };
        }
        if let Some(mapping) = headings::mapping(line.texts(), self.purpose) {
            self.headed(Head::of(mapping, line.texts()), line.width());
            return Ok(());
        }
        if self.sheet.is_shut {
            self.pass(line.row);
            return Ok(());
        }
        if let Some(head) = self.continued(&line).filter(|_| is_first) {
            self.sheet.head = Some(head);
            return self.below(line);
        }
        let may_be_iso = self.layout.is_none_or(|layout| layout == Layout::Iso);
        if let Some(mapping) = headings::by_position(line.texts()).filter(|_| may_be_iso) {
            return self.placed(mapping, line);
        }
        self.wait(line);
        Ok(())
    }

    /// The head of the table above, if this may be the first row of its rest: Word has split it in two.
    fn continued(&self, line: &Line) -> Option<Head> {
        let (head, width) = self.last.as_ref().filter(|_| self.media_type == MediaType::Docx)?;
        (*width == line.width()).then(|| head.clone())
    }

    /// The headings, of this many columns.
    fn headed(&mut self, head: Head, width: u32) {
        let (layout, missing) = (head.mapping.layout, head.mapping.missing(self.purpose));
        let fits = self.layout.is_none_or(|known| known == layout);
        self.sheet.is_shut = !missing.is_empty() || !fits;
        if !missing.is_empty() {
            self.incomplete.get_or_insert((layout, missing));
        }
        if self.sheet.is_shut {
            return;
        }
        self.layout = Some(layout);
        for above in std::mem::take(&mut self.sheet.waiting) {
            self.beside(&above.words());
        }
        self.last = Some((head.clone(), width));
        self.sheet.head = Some(head);
    }

    /// The first row of which it can be told by the places what is where. Of those above it one is taken for the
    /// headings; others are read too, or counted.
    fn placed(&mut self, mapping: Mapping, line: Line) -> Result<(), ReadError> {
        self.by_position = true;
        let (mut rows, mut has_headings) = (Vec::new(), false);
        for above in std::mem::take(&mut self.sheet.waiting) {
            if headings::fits_by_position(above.texts()) {
                rows.push(above);
            } else if above.cells.len() > FEW_CELLS && std::mem::replace(&mut has_headings, true) {
                self.pass(above.row);
            } else {
                self.beside(&above.words());
            }
        }
        self.headed(Head::unnamed(mapping), line.width());
        rows.push(line);
        rows.into_iter().try_for_each(|row| self.below(row))
    }

    /// A row below the headings.
    fn below(&mut self, line: Line) -> Result<(), ReadError> {
        let Some(head) = self.sheet.head.take() else { return Ok(()) };
        let kept = match self.purpose {
            Purpose::Comments => self.keep(&head.mapping, line),
            Purpose::Observations => self.keep_answer(&head.mapping, line),
        };
        self.sheet.head = Some(head);
        kept
    }

    /// A row that is not read.
    fn pass(&mut self, row: u32) {
        let (from, rows) = self.sheet.passed.get_or_insert((row, 0));
        *from = row.min(*from);
        *rows += 1;
    }

    /// A row above the headings.
    fn wait(&mut self, line: Line) {
        let words = line.words();
        if self.seen.len() < 3 && line.cells.len() > FEW_CELLS {
            self.seen.push(words.chars().take(200).collect());
        }
        self.sheet.waits += words.len();
        if self.sheet.waits > MOST_WAITING || self.sheet.waiting.len() >= MOST_LINES_WAITING {
            self.pass(line.row);
        } else {
            self.sheet.waiting.push(line);
        }
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
        let (mut unread, mut skipped) = (self.unread, self.skipped);
        let is_ours = |name: &str| layout == Layout::Own && name == sheet::ABOUT;
        unread.retain(|name| !is_ours(name));
        skipped.retain(|it| !is_ours(&it.sheet));
        for it in skipped.iter_mut().filter(|it| matches!(self.read.as_slice(), [only] if *only == it.sheet)) {
            it.sheet.clear();
        }
        let (about, by_position, media_type) = (self.about, self.by_position, self.media_type);
        Ok(Read { layout, about, unread, skipped, by_position, rows, media_type })
    }
}

#[cfg(test)]
#[path = "collect_tests.rs"]
mod tests;
