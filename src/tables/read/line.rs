//! Rows and cells of a file, whatever program it is of.

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
    /// Its texts, each with its column.
    pub fn texts(&self) -> impl Iterator<Item = (u32, &str)> {
        self.cells.iter().map(|cell| (cell.at, cell.text.as_str()))
    }

    /// Everything it shows, in a line.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.texts().map(|(_, text)| text).collect();
        words.join(" | ")
    }

    /// How many columns its cells cover.
    pub fn width(&self) -> u32 {
        self.cells.iter().map(|cell| cell.at + cell.span.max(1)).max().unwrap_or(0)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty() && !cell.is_formula && cell.old.is_none())
    }
}

/// The text of a cell: without the apostrophe that keeps a spreadsheet from running it, line breaks made single.
pub(super) fn unguarded(cell: &str) -> String {
    let guards = |text: &str| text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = match cell.strip_prefix('\'') {
        Some(rest) if guards(rest) => rest,
        _ => cell,
    };
    sound(text)
}

/// `text` with single line breaks and without NUL.
pub(super) fn sound(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c != '\0').collect()
}
