//! A document as a PDF.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError};

use super::{BoxLine, Columns, Sheet, Span, Style, Tone};
use crate::clock::rfc3339;
use crate::export::documents::words;
use crate::export::manifest::Manifest;
use crate::export::writer::{Adapted, Head, WriteError};
use crate::files::pdf::{Look, Pdf, Run, Setup, Style as PdfStyle};

/// A PDF being written.
pub struct PdfSheet(Pdf<BufWriter<File>>);

fn plain(text: &str) -> Run<'_> {
    Run { text, look: Look::default() }
}

fn strong(text: &str) -> Run<'_> {
    Run { text, look: Look { is_bold: true, ..Look::default() } }
}

fn run<'a>(span: &Span<'a>) -> Run<'a> {
    let plain = Look::default();
    let look = match span.tone {
        Tone::Plain => plain,
        Tone::Strong => Look { is_bold: true, ..plain },
        Tone::Inserted => Look { is_bold: true, is_underlined: true, ..plain },
        Tone::Deleted => Look { is_struck: true, ..plain },
    };
    Run { text: span.text, look }
}

impl PdfSheet {
    /// Begins the document.
    pub fn begin(file: File, head: &Head, title: &str) -> Result<Self, WriteError> {
        let (name, line) = (format!("{title}: {}", head.subject()), head.page_line());
        let setup = Setup { title: &name, header: &line, language: words().code() };
        let mut pdf = Pdf::begin(BufWriter::new(file), &setup)?;
        pdf.paragraph(PdfStyle::Kicker, &[plain(&head.consultation.commission)])?;
        pdf.paragraph(PdfStyle::Title, &[plain(title)])?;
        pdf.paragraph(PdfStyle::NormText, &[plain(&head.subject())])?;
        pdf.paragraph(PdfStyle::Plain, &[strong(head.edition_words())])?;
        pdf.paragraph(PdfStyle::Small, &[plain(&rfc3339(head.made_at))])?;
        Ok(Self(pdf))
    }
}

impl Sheet for PdfSheet {
    fn paragraph(&mut self, style: Style, spans: &[Span<'_>]) -> Result<(), WriteError> {
        let style = match style {
            Style::Heading(level) => PdfStyle::Heading(level),
            Style::Plain => PdfStyle::Plain,
            Style::NormText => PdfStyle::NormText,
            Style::Small => PdfStyle::Small,
        };
        Ok(self.0.paragraph(style, &spans.iter().map(run).collect::<Vec<_>>())?)
    }

    fn numbered(&mut self, number: u32, text: &str) -> Result<(), WriteError> {
        Ok(self.0.numbered(&number.to_string(), text)?)
    }

    fn facts(&mut self, facts: &[(String, String)]) -> Result<(), WriteError> {
        self.0.begin_table(&[5, 13], &[])?;
        for (name, value) in facts {
            self.0.row(&[vec![strong(name)], vec![plain(value)]])?;
        }
        Ok(self.0.end_table()?)
    }

    fn boxed(&mut self, title: &str, lines: &[BoxLine]) -> Result<(), WriteError> {
        let lines: Vec<(bool, &str)> = lines.iter().map(|line| (line.has_tick, line.text.as_str())).collect();
        Ok(self.0.boxed(title, &lines)?)
    }

    fn begin_table(&mut self, columns: &Columns<'_>) -> Result<(), WriteError> {
        let headings: Vec<Vec<Run<'_>>> = columns.headings.iter().map(|text| vec![plain(text)]).collect();
        self.0.paragraph(PdfStyle::Caption, &[strong(columns.caption)])?;
        Ok(self.0.begin_table(columns.widths, &headings)?)
    }

    fn row(&mut self, cells: &[Vec<Span<'_>>]) -> Result<(), WriteError> {
        let cells: Vec<Vec<Run<'_>>> = cells.iter().map(|spans| spans.iter().map(run).collect()).collect();
        Ok(self.0.row(&cells)?)
    }

    fn end_table(&mut self) -> Result<(), WriteError> {
        Ok(self.0.end_table()?)
    }

    fn new_page(&mut self) -> Result<(), WriteError> {
        Ok(self.0.turn()?)
    }

    fn adapted(&self) -> Adapted {
        let characters_unknown = self.0.characters_unknown();
        if characters_unknown > 0 {
            tracing::warn!(
                characters_unknown,
                "no font of this machine has some characters of a PDF: boxes stand for them"
            );
        }
        Adapted { characters_unknown, ..Adapted::dropped(self.0.characters_dropped()) }
    }

    fn finish(mut self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        let lang = words();
        self.new_page()?;
        self.text(Style::Heading(1), &lang.t("documents-manifest"))?;
        let headings = [lang.t("documents-fact"), lang.t("documents-value")];
        self.0.begin_table(&[5, 13], &[vec![plain(&headings[0])], vec![plain(&headings[1])]])?;
        for (name, value) in manifest.facts() {
            self.0.row(&[vec![plain(&name)], vec![plain(&value)]])?;
        }
        self.0.end_table()?;
        let out = self.0.finish()?;
        Ok(out.into_inner().map_err(IntoInnerError::into_error)?)
    }
}
