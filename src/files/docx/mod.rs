//! Writes texts of Word: headings, paragraphs, tables, insertions and deletions with author and date, comments, a line on
//! top of every page. The text goes to the file as it comes; nothing of it is kept.

mod parts;
mod runs;

use std::io::{self, Read as _, Seek, SeekFrom, Write};

use tempfile::{SpooledTempFile, spooled_tempfile};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use runs::Written;
pub use runs::{Change, Run};

/// Comments beyond this many bytes wait on the disk until the text is written.
const COMMENTS_IN_MEMORY: usize = 1 << 20;

/// How the pages look.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// What the text is called.
    pub title: &'a str,
    /// The line on top of every page; its number is below it.
    pub header: &'a str,
    /// Whether pages are wider than high.
    pub is_landscape: bool,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Running text.
    Plain,
    /// The name of the whole.
    Title,
    /// A heading, from 1.
    Heading(u8),
    /// Text of a norm as it stands.
    NormText,
    /// A copy of it for one proposal.
    ProposalText,
    /// What stands above such a copy.
    ProposalHead,
    /// Small print.
    Small,
    /// A line of a text behind its number and a tab.
    Numbered,
    /// What a table is called.
    Caption,
}

impl Style {
    fn id(self) -> &'static str {
        match self {
            Self::Plain => "Normal",
            Self::Title => "Title",
            Self::Heading(0 | 1) => "Heading1",
            Self::Heading(2) => "Heading2",
            Self::Heading(_) => "Heading3",
            Self::NormText => "NormText",
            Self::ProposalText => "ProposalText",
            Self::ProposalHead => "ProposalHead",
            Self::Small => "Small",
            Self::Numbered => "Numbered",
            Self::Caption => "Caption",
        }
    }
}

/// A text of Word being written.
pub struct Docx<W: Write + Seek> {
    zip: ZipWriter<W>,
    written: Written,
    notes: SpooledTempFile,
    next_note: u32,
    is_landscape: bool,
    widths: Vec<u16>,
    is_turned: bool,
}

fn broken(error: zip::result::ZipError) -> io::Error {
    match error {
        zip::result::ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// A part is smaller than 4 GiB; a larger one ends with an error. Some programs open no text of Word whose package says that
/// parts may be larger (ZIP64).
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
}

impl<W: Write + Seek> Docx<W> {
    /// A text without a paragraph yet, written to `out`.
    pub fn begin(out: W, setup: &Setup<'_>) -> io::Result<Self> {
        let mut written = Written::default();
        let header = parts::header(&written.run(&Run::plain(setup.header).bold()));
        let core = parts::core(&written.escaped(setup.title));
        let mut zip = ZipWriter::new(out);
        let whole: [(&str, &str); 10] = [
            ("[Content_Types].xml", parts::CONTENT_TYPES),
            ("_rels/.rels", parts::PACKAGE),
            ("docProps/core.xml", &core),
            ("word/_rels/document.xml.rels", parts::RELATIONS),
            ("word/styles.xml", parts::STYLES),
            ("word/settings.xml", parts::SETTINGS),
            ("word/fontTable.xml", parts::FONTS),
            ("word/theme/theme1.xml", parts::THEME),
            ("word/header1.xml", &header),
            ("word/footer1.xml", parts::FOOTER),
        ];
        for (name, content) in whole {
            zip.start_file(name, SimpleFileOptions::default()).map_err(broken)?;
            zip.write_all(content.as_bytes())?;
        }
        zip.start_file("word/document.xml", options()).map_err(broken)?;
        zip.write_all(parts::DOCUMENT.as_bytes())?;
        let notes = spooled_tempfile(COMMENTS_IN_MEMORY);
        Ok(Self {
            zip,
            written,
            notes,
            next_note: 0,
            is_landscape: setup.is_landscape,
            widths: Vec::new(),
            is_turned: false,
        })
    }

    /// How many characters of the texts so far were left out because XML can't hold them.
    pub fn characters_dropped(&self) -> u64 {
        self.written.dropped
    }

    /// How wide the text is, in twentieths of a point.
    pub fn width(&self) -> u16 {
        if self.is_landscape { 15_136 } else { 9_072 }
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, style: Style, runs: &[Run<'_>]) -> io::Result<()> {
        let mut xml = self.written.paragraph(style.id(), runs);
        if std::mem::take(&mut self.is_turned) {
            // Behind the name of the style, where the schema has it.
            xml = xml.replacen("/>", "/><w:pageBreakBefore/>", 1);
        }
        self.zip.write_all(xml.as_bytes())
    }

    /// Adds a paragraph of one plain text.
    pub fn text(&mut self, style: Style, text: &str) -> io::Result<()> {
        self.paragraph(style, &[Run::plain(text)])
    }

    /// The next paragraph begins on a new page.
    pub fn new_page(&mut self) {
        self.is_turned = true;
    }

    /// Begins a table: widths of its columns in twentieths of a point, and the headings, which every page repeats.
    pub fn begin_table(&mut self, widths: &[u16], headings: &[Vec<Run<'_>>]) -> io::Result<()> {
        self.widths = widths.to_vec();
        self.zip.write_all(parts::TABLE.as_bytes())?;
        for width in widths {
            write!(self.zip, r#"<w:gridCol w:w="{width}"/>"#)?;
        }
        self.zip.write_all(b"</w:tblGrid>")?;
        if headings.is_empty() {
            return Ok(());
        }
        self.zip.write_all(b"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")?;
        self.cells(headings, parts::HEADING)
    }

    /// Adds a row to the table.
    pub fn row(&mut self, cells: &[Vec<Run<'_>>]) -> io::Result<()> {
        self.zip.write_all(b"<w:tr>")?;
        self.cells(cells, "")
    }

    fn cells(&mut self, cells: &[Vec<Run<'_>>], look: &str) -> io::Result<()> {
        for (column, runs) in cells.iter().enumerate() {
            let width = self.widths.get(column).copied().unwrap_or_default();
            let paragraph = self.written.paragraph("Cell", runs);
            write!(self.zip, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{paragraph}</w:tc>"#)?;
        }
        self.zip.write_all(b"</w:tr>")
    }

    /// Ends the table.
    pub fn end_table(&mut self) -> io::Result<()> {
        self.zip.write_all(b"</w:tbl>")
    }

    /// Keeps a comment for the margin; its number is for [`Run::NoteBegins`] and [`Run::NoteEnds`]. Each text is a
    /// paragraph of it.
    pub fn note(&mut self, by: &Change<'_>, texts: &[String]) -> io::Result<u32> {
        let number = self.next_note;
        self.next_note += 1;
        let opened = self.written.note(number, by);
        self.notes.write_all(opened.as_bytes())?;
        for text in texts {
            let xml = self.written.paragraph("CommentText", &[Run::plain(text)]);
            self.notes.write_all(xml.as_bytes())?;
        }
        self.notes.write_all(b"</w:comment>")?;
        Ok(number)
    }

    /// Ends the text; returns what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.zip.write_all(parts::section(self.is_landscape).as_bytes())?;
        self.zip.start_file("word/comments.xml", options()).map_err(broken)?;
        self.zip.write_all(parts::COMMENTS.as_bytes())?;
        self.notes.seek(SeekFrom::Start(0))?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match self.notes.read(&mut buffer)? {
                0 => break,
                read => self.zip.write_all(buffer.get(..read).unwrap_or_default())?,
            }
        }
        self.zip.write_all(b"</w:comments>")?;
        self.zip.finish().map_err(broken)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::files::{MediaType, text};

    fn written(fill: impl FnOnce(&mut Docx<Cursor<Vec<u8>>>)) -> Vec<u8> {
        let setup = Setup { title: "T", header: "H <&>", is_landscape: false };
        let mut page = Docx::begin(Cursor::new(Vec::new()), &setup).unwrap();
        fill(&mut page);
        page.finish().unwrap().into_inner()
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn our_own_reader_reads_what_is_written() {
        let by = Change { author: "A & B", at: "2018-12-01T10:00:00Z" };
        let bytes = written(|page| {
            page.text(Style::Heading(1), "One <w:p/>").unwrap();
            let note = page.note(&by, &["Why \u{1}not".to_owned()]).unwrap();
            let runs = [
                Run::plain("nor "),
                Run::NoteBegins(note),
                Run::plain("allow").deleted(by),
                Run::plain("permit").inserted(by),
                Run::NoteEnds(note),
                Run::plain("\tit\r\nnow"),
            ];
            page.paragraph(Style::NormText, &runs).unwrap();
            assert_eq!(page.characters_dropped(), 1);
        });
        let read: Vec<String> = text::read(MediaType::Docx, &bytes).unwrap().into_iter().map(|it| it.text).collect();
        assert_eq!(read.first().map(String::as_str), Some("One <w:p/>"));
        assert!(read.get(1).is_some_and(|text| text.contains("nor permit") && !text.contains("allow")), "{read:?}");
        let xml = part(&bytes, "word/document.xml");
        assert!(xml.contains(r#"<w:del w:id="1" w:author="A &amp; B" w:date="2018-12-01T10:00:00Z">"#), "{xml}");
        assert!(xml.contains("<w:delText xml:space=\"preserve\">allow</w:delText>"), "{xml}");
        assert!(part(&bytes, "word/comments.xml").contains("Why not"));
        assert!(part(&bytes, "word/header1.xml").contains("H &lt;&amp;&gt;"));
    }

    #[test]
    fn a_page_begins_with_the_next_paragraph() {
        let bytes = written(|page| {
            page.text(Style::Plain, "one").unwrap();
            page.new_page();
            page.text(Style::Heading(1), "two").unwrap();
            page.text(Style::Plain, "three").unwrap();
        });
        let xml = part(&bytes, "word/document.xml");
        assert_eq!(xml.matches("<w:pageBreakBefore/>").count(), 1);
        assert!(xml.contains(r#"<w:pStyle w:val="Heading1"/><w:pageBreakBefore/>"#), "{xml}");
    }

    #[test]
    fn what_is_written_from_right_to_left_says_so() {
        let bytes = written(|page| {
            page.text(Style::Plain, "\u{645}\u{631}\u{62d}").unwrap();
            page.text(Style::Plain, "abc").unwrap();
        });
        let xml = part(&bytes, "word/document.xml");
        assert_eq!(xml.matches("<w:bidi/>").count(), 1);
        assert_eq!(xml.matches("<w:rtl/>").count(), 1);
    }
}
