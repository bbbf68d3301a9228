//! Puts paragraphs together from the pieces of a document: rows of tables become one paragraph each, notes follow the
//! paragraph that they belong to.

use super::{MOST_CHARACTERS, MOST_PARAGRAPHS, Paragraph, Unreadable};

/// What has been read so far.
#[derive(Default)]
pub struct Gather {
    done: Vec<Paragraph>,
    /// Paragraphs that have begun: one can stand in another, as a text box does.
    open: Vec<Paragraph>,
    /// How deep in rows of tables.
    rows: usize,
    row: String,
    /// The note that is being read.
    note: Option<String>,
    /// Notes of the paragraph at hand.
    notes: Vec<String>,
    characters: usize,
}

impl Gather {
    /// A paragraph begins.
    pub fn begin(&mut self, level: Option<u8>) {
        self.open.push(Paragraph { text: String::new(), level });
    }

    /// The paragraph at hand is a heading of this level.
    pub fn set_level(&mut self, level: Option<u8>) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.level = level;
        }
    }

    /// Adds words to the paragraph at hand.
    pub fn push(&mut self, text: &str) -> Result<(), Unreadable> {
        self.characters += text.chars().count();
        if self.characters > MOST_CHARACTERS {
            return Err(Unreadable::TooLarge);
        }
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
        Ok(())
    }

    /// The paragraph at hand ends.
    pub fn end(&mut self) -> Result<(), Unreadable> {
        let Some(paragraph) = self.open.pop() else { return Ok(()) };
        let text = paragraph.text.trim();
        if let Some(note) = &mut self.note {
            join(note, "\n", text);
        } else if self.rows > 0 {
            join(&mut self.row, " ", text);
        } else {
            self.add(Paragraph { text: text.to_owned(), level: paragraph.level })?;
            self.add_notes()?;
        }
        Ok(())
    }

    /// A row of a table begins.
    pub fn begin_row(&mut self) {
        self.rows += 1;
    }

    /// A cell ends.
    pub fn end_cell(&mut self) {
        if self.rows == 1 {
            self.row.push('\t');
        }
    }

    /// A row ends; one in a cell of another belongs to that.
    pub fn end_row(&mut self) -> Result<(), Unreadable> {
        self.rows = self.rows.saturating_sub(1);
        if self.rows == 0 {
            let row = std::mem::take(&mut self.row);
            self.add(Paragraph { text: row.trim().to_owned(), level: None })?;
            self.add_notes()?;
        }
        Ok(())
    }

    /// What is read from now on is a note, which begins with `label`.
    pub fn begin_note(&mut self, label: &str) {
        self.note = Some(label.to_owned());
    }

    /// The note ends.
    pub fn end_note(&mut self) {
        self.notes.extend(self.note.take());
    }

    /// A note that was read before.
    pub fn add_note(&mut self, note: String) {
        self.notes.push(note);
    }

    fn add_notes(&mut self) -> Result<(), Unreadable> {
        let notes = std::mem::take(&mut self.notes);
        notes.into_iter().try_for_each(|text| self.add(Paragraph { text, level: None }))
    }

    fn add(&mut self, paragraph: Paragraph) -> Result<(), Unreadable> {
        if self.done.len() == MOST_PARAGRAPHS {
            return Err(Unreadable::TooLarge);
        }
        if !paragraph.text.is_empty() {
            self.done.push(paragraph);
        }
        Ok(())
    }

    /// Everything that was read; what a damaged document left open ends here.
    pub fn finish(mut self) -> Result<Vec<Paragraph>, Unreadable> {
        while !self.open.is_empty() {
            self.end()?;
        }
        Ok(self.done)
    }
}

fn join(text: &mut String, between: &str, more: &str) {
    if !(text.is_empty() || text.ends_with(['\t', ' ']) || more.is_empty()) {
        text.push_str(between);
    }
    text.push_str(more);
}
