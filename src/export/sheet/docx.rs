//! A document as a text of Word.

use std::fs::File;

use super::{BoxLine, Columns, Sheet, Span, Style, Tone};
use crate::export::documents::{begin_docx, end_docx};
use crate::export::manifest::Manifest;
use crate::export::writer::{Adapted, Head, WriteError};
use crate::files::docx::{Docx, Run, Style as WordStyle};

/// How wide the text is, in twentieths of a point.
const WIDTH: u32 = 9072;

/// A square to tick.
const TICK: &str = "\u{2610} ";

/// A text of Word being written.
pub struct DocxSheet(Docx<File>);

impl DocxSheet {
    /// Begins the text.
    pub fn begin(file: File, head: &Head, title: &str) -> Result<Self, WriteError> {
        Ok(Self(begin_docx(file, head, title)?))
    }
}

fn run<'a>(span: &Span<'a>) -> Run<'a> {
    let run = Run::plain(span.text);
    match span.tone {
        Tone::Plain => run,
        Tone::Strong => run.bold(),
        Tone::Inserted => run.underlined(),
        Tone::Deleted => run.struck(),
    }
}

/// Relative widths as widths that fill the page.
fn widths(relative: &[u16]) -> Vec<u16> {
    let all: u32 = relative.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    relative.iter().map(|width| u16::try_from(u32::from(*width) * WIDTH / all).unwrap_or(u16::MAX)).collect()
}

impl Sheet for DocxSheet {
    fn paragraph(&mut self, style: Style, spans: &[Span<'_>]) -> Result<(), WriteError> {
        let style = match style {
            Style::Heading(level) => WordStyle::Heading(level),
            Style::Plain => WordStyle::Plain,
            Style::NormText => WordStyle::NormText,
            Style::Small => WordStyle::Small,
        };
        Ok(self.0.paragraph(style, &spans.iter().map(run).collect::<Vec<_>>())?)
    }

    fn numbered(&mut self, number: u32, text: &str) -> Result<(), WriteError> {
        Ok(self.0.text(WordStyle::Numbered, &format!("{number}\t{text}"))?)
    }

    fn facts(&mut self, facts: &[(String, String)]) -> Result<(), WriteError> {
        self.0.begin_table(&widths(&[5, 13]), &[])?;
        for (name, value) in facts {
            self.0.row(&[vec![Run::plain(name).bold()], vec![Run::plain(value)]])?;
        }
        self.end_table()
    }

    fn boxed(&mut self, title: &str, lines: &[BoxLine]) -> Result<(), WriteError> {
        let mut runs = vec![Run::plain(title).bold()];
        for BoxLine { has_tick, text } in lines {
            runs.push(Run::plain("\n"));
            runs.push(Run::plain(if *has_tick { TICK } else { "" }));
            runs.push(Run::plain(text));
        }
        self.0.begin_table(&widths(&[1]), &[])?;
        self.0.row(&[runs])?;
        self.end_table()
    }

    fn begin_table(&mut self, columns: &Columns<'_>) -> Result<(), WriteError> {
        let headings: Vec<Vec<Run<'_>>> = columns.headings.iter().map(|text| vec![Run::plain(text).bold()]).collect();
        self.0.paragraph(WordStyle::Caption, &[Run::plain(columns.caption)])?;
        Ok(self.0.begin_table(&widths(columns.widths), &headings)?)
    }

    fn row(&mut self, cells: &[Vec<Span<'_>>]) -> Result<(), WriteError> {
        let cells: Vec<Vec<Run<'_>>> = cells.iter().map(|spans| spans.iter().map(run).collect()).collect();
        Ok(self.0.row(&cells)?)
    }

    fn end_table(&mut self) -> Result<(), WriteError> {
        self.0.end_table()?;
        Ok(self.0.text(WordStyle::Small, "")?)
    }

    fn new_page(&mut self) -> Result<(), WriteError> {
        self.0.new_page();
        Ok(())
    }

    fn adapted(&self) -> Adapted {
        Adapted::dropped(self.0.characters_dropped())
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        end_docx(Some(self.0), manifest)
    }
}
