//! A document as a page.

use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Write as _};

use quick_xml::escape::escape;

use super::{BoxLine, Columns, Sheet, Span, Style, Tone};
use crate::export::html;
use crate::export::manifest::Manifest;
use crate::export::writer::{Adapted, Head, WriteError};
use crate::files::xml::sound;

/// A page being written.
pub struct HtmlSheet {
    out: BufWriter<File>,
    dropped: u64,
    parts: usize,
    tables: usize,
    is_in_lines: bool,
}

impl HtmlSheet {
    /// Begins the page.
    pub fn begin(file: File, head: &Head, title: &str) -> Result<Self, WriteError> {
        let mut out = BufWriter::new(file);
        html::begin(&mut out, head, title)?;
        Ok(Self { out, dropped: 0, parts: 0, tables: 0, is_in_lines: false })
    }

    fn escaped(&mut self, text: &str) -> String {
        let (kept, dropped) = sound(text);
        self.dropped += dropped;
        // Of a carriage return that is written as a reference a browser makes no line break.
        let lines = kept.replace("\r\n", "\n").replace('\r', "\n");
        escape(lines.as_str()).into_owned()
    }

    fn spans(&mut self, spans: &[Span<'_>]) -> String {
        let mut html = String::new();
        for span in spans {
            let text = self.escaped(span.text);
            match span.tone {
                Tone::Plain => html.push_str(&text),
                Tone::Strong => html.extend(["<strong>", &text, "</strong>"]),
                Tone::Inserted => html.extend(["<ins>", &text, "</ins>"]),
                Tone::Deleted => html.extend(["<del>", &text, "</del>"]),
            }
        }
        html
    }

    /// Numbered lines beside each other are one list.
    fn end_lines(&mut self) -> Result<(), WriteError> {
        if std::mem::take(&mut self.is_in_lines) {
            self.out.write_all(b"</div>\n")?;
        }
        Ok(())
    }
}

impl Sheet for HtmlSheet {
    fn paragraph(&mut self, style: Style, spans: &[Span<'_>]) -> Result<(), WriteError> {
        self.end_lines()?;
        let text = self.spans(spans);
        match style {
            Style::Heading(0 | 1) => {
                self.parts += 1;
                writeln!(self.out, "<h2 id=\"part-{}\" class=\"part\" dir=\"auto\">{text}</h2>", self.parts)?;
            }
            Style::Heading(level) => {
                let level = level.min(4) + 1;
                writeln!(self.out, "<h{level} dir=\"auto\">{text}</h{level}>")?;
            }
            Style::Plain => writeln!(self.out, "<p class=\"user-text\" dir=\"auto\">{text}</p>")?,
            Style::NormText => writeln!(self.out, "<p class=\"rolling\" dir=\"auto\">{text}</p>")?,
            Style::Small => writeln!(self.out, "<p class=\"user-text small\" dir=\"auto\">{text}</p>")?,
        }
        Ok(())
    }

    fn contents(&mut self, headings: &[String]) -> Result<(), WriteError> {
        let label = self.escaped(&super::super::documents::words().t("documents-contents"));
        writeln!(self.out, "<nav aria-label=\"{label}\"><ul class=\"contents\">")?;
        for (number, heading) in (1..).zip(headings) {
            let heading = self.escaped(heading);
            writeln!(self.out, "<li><a href=\"#part-{number}\">{heading}</a></li>")?;
        }
        Ok(self.out.write_all(b"</ul></nav>\n")?)
    }

    fn numbered(&mut self, number: u32, text: &str) -> Result<(), WriteError> {
        if !std::mem::replace(&mut self.is_in_lines, true) {
            self.out.write_all(b"<div class=\"lines\">\n")?;
        }
        let text = self.escaped(text);
        Ok(writeln!(
            self.out,
            "<p class=\"line\"><span class=\"line-number\">{number}</span> <span dir=\"auto\">{text}</span></p>"
        )?)
    }

    fn facts(&mut self, facts: &[(String, String)]) -> Result<(), WriteError> {
        self.end_lines()?;
        self.out.write_all(b"<dl>")?;
        for (name, value) in facts {
            let (name, value) = (self.escaped(name), self.escaped(value));
            writeln!(self.out, "<dt>{name}</dt><dd class=\"user-text\" dir=\"auto\">{value}</dd>")?;
        }
        Ok(self.out.write_all(b"</dl>\n")?)
    }

    fn boxed(&mut self, title: &str, lines: &[BoxLine]) -> Result<(), WriteError> {
        self.end_lines()?;
        let title = self.escaped(title);
        writeln!(self.out, "<div class=\"box\"><p><strong>{title}</strong></p>")?;
        for BoxLine { has_tick, text } in lines {
            let tick = if *has_tick { "<span class=\"tick\" aria-hidden=\"true\"></span> " } else { "" };
            let text = self.escaped(text);
            writeln!(self.out, "<p class=\"box-line\">{tick}<span class=\"user-text\" dir=\"auto\">{text}</span></p>")?;
        }
        Ok(self.out.write_all(b"</div>\n")?)
    }

    fn begin_table(&mut self, columns: &Columns<'_>) -> Result<(), WriteError> {
        self.end_lines()?;
        self.tables += 1;
        let (caption, id) = (self.escaped(columns.caption), self.tables);
        let mut headings = String::new();
        for heading in columns.headings {
            headings.extend(["<th scope=\"col\">", &self.escaped(heading), "</th>"]);
        }
        Ok(writeln!(
            self.out,
            "<div class=\"table-scroll\" role=\"region\" aria-labelledby=\"table-{id}\" tabindex=\"0\"><table><caption id=\"table-{id}\">{caption}</caption>\n<thead><tr>{headings}</tr></thead>\n<tbody>"
        )?)
    }

    fn row(&mut self, cells: &[Vec<Span<'_>>]) -> Result<(), WriteError> {
        self.out.write_all(b"<tr>")?;
        for (column, spans) in cells.iter().enumerate() {
            let text = self.spans(spans);
            if column == 0 {
                write!(self.out, "<th scope=\"row\" class=\"user-text\" dir=\"auto\">{text}</th>")?;
            } else {
                write!(self.out, "<td class=\"user-text\" dir=\"auto\">{text}</td>")?;
            }
        }
        Ok(self.out.write_all(b"</tr>\n")?)
    }

    fn end_table(&mut self) -> Result<(), WriteError> {
        Ok(self.out.write_all(b"</tbody></table></div>\n")?)
    }

    /// The style of a heading of the first level begins a page on paper.
    fn new_page(&mut self) -> Result<(), WriteError> {
        self.end_lines()
    }

    fn adapted(&self) -> Adapted {
        Adapted::dropped(self.dropped)
    }

    fn finish(mut self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        self.end_lines()?;
        html::end(&mut self.out, manifest)?;
        Ok(self.out.into_inner().map_err(IntoInnerError::into_error)?)
    }
}
