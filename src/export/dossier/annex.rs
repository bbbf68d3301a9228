//! The annex: every comment of the dossier, norm by norm in the order of the text.

use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};

use serde::{Deserialize, Serialize};
use tempfile::{SpooledTempFile, spooled_tempfile};

use crate::comments::redline::Redline;
use crate::export::documents::words;
use crate::export::entry::Entry;
use crate::export::marshalled::span;
use crate::export::sheet::{Sheet, Span, Style};
use crate::export::told;
use crate::export::writer::WriteError;

/// Bytes of comments that wait in memory; more wait on the disk.
const IN_MEMORY: usize = 1 << 20;

/// A comment as the annex shows it.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Row {
    norm: String,
    /// Reference and place, with its marks.
    heading: String,
    /// Name, group, day.
    by: String,
    /// The words it is about, and those it wants in their place.
    change: Option<(String, String)>,
    /// A lever, or what else is no change of words.
    wanted: String,
    reasons: String,
    /// What was answered.
    answer: String,
    permalink: String,
}

impl Row {
    fn of(entry: &Entry) -> Self {
        let record = &entry.record;
        let change = match record.change.as_str() {
            "replace" => Some((record.quote.clone(), record.proposed_wording.clone())),
            "delete" => Some((record.quote.clone(), String::new())),
            _ => None,
        };
        let wanted = if record.kind == "lever" { told::change(record) } else { String::new() };
        Self {
            norm: record.norm_title.clone(),
            heading: format!("{}{}: {}", told::marks(record), record.reference, told::place(record)),
            by: by(entry),
            change,
            wanted,
            reasons: told::reasons(record),
            answer: entry.answer.observations.clone(),
            permalink: record.permalink.clone(),
        }
    }

    fn write(&self, sheet: &mut dyn Sheet) -> Result<(), WriteError> {
        sheet.text(Style::Heading(3), &self.heading)?;
        sheet.text(Style::Small, &self.by)?;
        if let Some((old, new)) = &self.change {
            let redline = Redline::between(old, new);
            sheet.paragraph(Style::Plain, &redline.pieces.iter().map(span).collect::<Vec<_>>())?;
        }
        for said in [&self.wanted, &self.reasons].into_iter().filter(|said| !said.is_empty()) {
            sheet.text(Style::Plain, said)?;
        }
        if !self.answer.is_empty() {
            let label = words().t("dossier-answer");
            sheet.paragraph(Style::Plain, &[Span::strong(&label), Span::plain(" "), Span::plain(&self.answer)])?;
        }
        sheet.text(Style::Small, &self.permalink)
    }
}

/// `Ada Example, APNIC; technical community; 2018-12-01`: who, as far as the edition shows them.
fn by(entry: &Entry) -> String {
    let record = &entry.record;
    let (who, group) = (told::who(record), told::group(&record.stakeholder_group));
    let day = entry.at.date();
    if who.starts_with(group) { format!("{who}; {day}") } else { format!("{who}; {group}; {day}") }
}

/// Comments on their way into the annex.
pub struct Annex {
    rows: SpooledTempFile,
}

impl Default for Annex {
    fn default() -> Self {
        Self { rows: spooled_tempfile(IN_MEMORY) }
    }
}

impl Annex {
    /// Keeps a comment.
    pub fn add(&mut self, entry: &Entry) -> Result<(), WriteError> {
        serde_json::to_writer(&mut self.rows, &Row::of(entry))?;
        Ok(self.rows.write_all(b"\n")?)
    }

    /// Writes all of them.
    pub fn write(&mut self, sheet: &mut dyn Sheet) -> Result<(), WriteError> {
        let lang = words();
        sheet.new_page()?;
        sheet.text(Style::Heading(1), &lang.t("dossier-annex"))?;
        self.rows.seek(SeekFrom::Start(0))?;
        let mut lines = BufReader::new(&mut self.rows);
        let (mut line, mut norm) = (String::new(), String::new());
        while lines.read_line(&mut line)? > 0 {
            let row: Row = serde_json::from_str(&line)?;
            line.clear();
            if row.norm != norm {
                sheet.text(Style::Heading(2), &row.norm)?;
                norm.clone_from(&row.norm);
            }
            row.write(sheet)?;
        }
        if norm.is_empty() {
            sheet.text(Style::Plain, &lang.t("dossier-no-comments"))?;
        }
        Ok(())
    }
}
