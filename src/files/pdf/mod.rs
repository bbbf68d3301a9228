//! Writes PDF: headings, paragraphs, numbered lines, tables, boxes to tick; a line on top of every page and its number
//! below; every part named for programs that read aloud. Pages go to the file as they are full; nothing of them is kept.

mod about;
mod draw;
mod embed;
mod fonts;
mod lines;
mod out;
mod page;
mod signs;
mod table;
mod tags;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use pdf_writer::types::StructRole;
use pdf_writer::{Finish, Name, Ref, TextStr};

use draw::Pen;
use embed::Shown;
use lines::{Laid, lay};
pub use lines::{Look, Run};
use out::Objects;
use page::{BOTTOM, LEFT, Open, TOP, WIDTH};
use table::Table;
use tags::{Element, Tags};

/// What stands on every page.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// What the document is called.
    pub title: &'a str,
    /// The line on top of every page.
    pub header: &'a str,
    /// The language: `en`.
    pub language: &'a str,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// What stands above the name of the whole.
    Kicker,
    /// The name of the whole.
    Title,
    /// A heading, from 1.
    Heading(u8),
    /// Running text.
    Plain,
    /// Text of a norm.
    NormText,
    /// Small print.
    Small,
    /// What a table is called.
    Caption,
}

/// Measures of a paragraph, in points.
#[derive(Clone, Copy)]
struct Measures {
    size: f32,
    leading: f32,
    before: f32,
    after: f32,
    /// How much has to have room below it on the same page.
    below: f32,
}

impl Style {
    fn measures(self) -> Measures {
        let it = |size, leading, before, after, below| Measures { size, leading, before, after, below };
        match self {
            Self::Kicker => it(10.5, 14.0, 0.0, 6.0, 60.0),
            Self::Title => it(25.0, 30.0, 0.0, 10.0, 60.0),
            Self::Heading(0 | 1) => it(17.0, 22.0, 20.0, 12.0, 60.0),
            Self::Heading(2) => it(13.0, 17.0, 18.0, 6.0, 90.0),
            Self::Heading(_) => it(10.5, 14.5, 12.0, 3.0, 32.0),
            Self::Plain => it(10.5, 14.5, 0.0, 5.0, 0.0),
            Self::NormText => it(11.5, 17.0, 0.0, 6.0, 0.0),
            Self::Small => it(8.5, 11.5, 0.0, 4.0, 0.0),
            Self::Caption => it(10.5, 14.5, 8.0, 4.0, 70.0),
        }
    }

    fn role(self) -> StructRole {
        match self {
            Self::Title | Self::Heading(0 | 1) => StructRole::H1,
            Self::Heading(2) => StructRole::H2,
            Self::Heading(_) => StructRole::H3,
            Self::Kicker | Self::Plain | Self::NormText | Self::Small | Self::Caption => StructRole::P,
        }
    }

    fn look(self, look: Look) -> Look {
        let is_bold = look.is_bold || matches!(self, Self::Title | Self::Heading(_));
        Look { is_bold, is_muted: look.is_muted || matches!(self, Self::Kicker | Self::Small), ..look }
    }
}

/// Where the bookmarks of a document lead.
struct Bookmark {
    level: u8,
    title: String,
    page: Ref,
    y: f32,
}

/// A document being written.
pub struct Pdf<W: Write> {
    objects: Objects<W>,
    shown: Shown,
    tags: Tags,
    page: Option<Open>,
    pages: Vec<Ref>,
    /// The root of the pages.
    root: Ref,
    title: String,
    language: String,
    header: Laid,
    table: Option<Table>,
    bookmarks: Vec<Bookmark>,
    dropped: u64,
    unknown: u64,
}

impl<W: Write> Pdf<W> {
    /// A document without a page yet, written to `out`.
    pub fn begin(out: W, setup: &Setup<'_>) -> io::Result<Self> {
        let mut objects = Objects::begin(out)?;
        let (tags, root) = (Tags::new(&mut objects), objects.next());
        let look = Look { is_bold: true, ..Look::default() };
        let header = lay(&[Run { text: setup.header, look }], page::thousandths(WIDTH, page::HEADER_SIZE));
        Ok(Self {
            objects,
            shown: Shown::default(),
            tags,
            page: None,
            pages: Vec::new(),
            root,
            title: setup.title.to_owned(),
            language: setup.language.to_owned(),
            header,
            table: None,
            bookmarks: Vec::new(),
            dropped: 0,
            unknown: 0,
        })
    }

    /// How many characters of the texts so far were left out because no document of ours holds them.
    pub fn characters_dropped(&self) -> u64 {
        self.dropped
    }

    /// How many characters so far no font has: boxes stand for them.
    pub fn characters_unknown(&self) -> u64 {
        self.unknown
    }

    /// `runs` in lines of `width` points.
    fn lay(&mut self, runs: &[Run<'_>], width: f32, size: f32) -> Laid {
        let laid = lay(runs, page::thousandths(width, size));
        self.dropped += laid.dropped;
        self.unknown += laid.unknown;
        laid
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, style: Style, runs: &[Run<'_>]) -> io::Result<()> {
        let runs: Vec<Run<'_>> = runs.iter().map(|run| Run { look: style.look(run.look), ..*run }).collect();
        let measures = style.measures();
        let laid = self.lay(&runs, WIDTH, measures.size);
        let high = measures.leading * f32::from(u16::try_from(laid.lines.len()).unwrap_or(u16::MAX));
        if measures.below > 0.0 {
            self.room(measures.before + high + measures.below)?;
        }
        self.skip(measures.before);
        if let Style::Heading(level) = style {
            self.bookmark(level, &laid.text)?;
        }
        let mut element = self.tags.begin(&mut self.objects, style.role(), None);
        self.flow(&mut element, &laid, (LEFT, WIDTH), measures)?;
        Tags::end(&mut self.objects, element)?;
        if matches!(style, Style::Title | Style::Heading(0 | 1)) {
            self.rule_below()?;
        }
        self.skip(measures.after);
        Ok(())
    }

    /// Adds a numbered line of a text.
    pub fn numbered(&mut self, number: &str, text: &str) -> io::Result<()> {
        const COLUMN: f32 = 26.0;
        // Near enough to the line that programs read both as one.
        const GAP: f32 = 7.0;
        let measures = Style::NormText.measures();
        let small = Style::Small.measures();
        let look = Look { is_muted: true, ..Look::default() };
        let number = self.lay(&[Run { text: number, look }], COLUMN, small.size);
        let laid = self.lay(&[Run { text, look: Look::default() }], WIDTH - COLUMN, measures.size);
        self.room(measures.leading)?;
        let mut element = self.tags.begin(&mut self.objects, StructRole::P, None);
        let y = self.y()?;
        let wide = number.lines.first().map_or(0.0, |line| line.width * small.size / 1000.0);
        let at = LEFT + COLUMN - GAP - wide;
        self.flow(&mut element, &number, (at, wide), Measures { leading: measures.leading, ..small })?;
        self.set_y(y);
        self.flow(&mut element, &laid, (LEFT + COLUMN, WIDTH - COLUMN), measures)?;
        Tags::end(&mut self.objects, element)
    }

    /// Adds a box with a name; each line has a square to tick before it, or none.
    pub fn boxed(&mut self, title: &str, lines: &[(bool, &str)]) -> io::Result<()> {
        const INSIDE: f32 = 10.0;
        const TICK: f32 = 16.0;
        let measures = Measures { leading: 16.0, ..Style::Plain.measures() };
        let bold = Look { is_bold: true, ..Look::default() };
        let inner = WIDTH - 2.0 * INSIDE;
        let mut all = vec![(false, self.lay(&[Run { text: title, look: bold }], inner, measures.size))];
        for (has_tick, text) in lines {
            let width = if *has_tick { inner - TICK } else { inner };
            all.push((*has_tick, self.lay(&[Run { text, look: Look::default() }], width, measures.size)));
        }
        let count: usize = all.iter().map(|(_, laid)| laid.lines.len()).sum();
        let high = measures.leading * f32::from(u16::try_from(count).unwrap_or(u16::MAX)) + 2.0 * INSIDE;
        let fits = high < TOP - BOTTOM;
        if fits {
            self.room(high)?;
            let y = self.y()?;
            draw::frame(&mut self.open()?.content, (LEFT, y - high), (WIDTH, high), 0.8);
        }
        // Also on top of a page.
        let y = self.y()?;
        self.set_y(y - (INSIDE - 2.0));
        for (has_tick, laid) in &all {
            let indent = if *has_tick { TICK } else { 0.0 };
            self.room(measures.leading)?;
            if *has_tick {
                let y = self.y()?;
                draw::frame(&mut self.open()?.content, (LEFT + INSIDE, y - 12.5), (8.5, 8.5), 0.7);
            }
            let mut element = self.tags.begin(&mut self.objects, StructRole::P, None);
            self.flow(&mut element, laid, (LEFT + INSIDE + indent, inner - indent), measures)?;
            Tags::end(&mut self.objects, element)?;
        }
        self.skip(INSIDE + 12.0);
        Ok(())
    }

    /// Draws lines one below the other from `x` on, over as many pages as they take.
    fn flow(&mut self, element: &mut Element, laid: &Laid, (x, width): (f32, f32), it: Measures) -> io::Result<()> {
        let mut is_marked = false;
        for line in &laid.lines {
            if self.y()? - it.leading < BOTTOM {
                if is_marked {
                    self.open()?.content.end_marked_content();
                }
                self.new_page()?;
                is_marked = false;
            }
            if !is_marked {
                self.mark(element)?;
                is_marked = true;
            }
            let wide = line.width * it.size / 1000.0;
            let at = if line.is_from_right { x + width - wide } else { x };
            self.draw(&laid.text, line, at, it)?;
        }
        if is_marked {
            self.open()?.content.end_marked_content();
        }
        Ok(())
    }

    /// Draws a line below what is on the page.
    fn draw(&mut self, text: &str, line: &lines::Line, x: f32, it: Measures) -> io::Result<()> {
        let page = page::opened(&mut self.page)?;
        page.y -= it.leading;
        let baseline = page.y + (it.leading - it.size) / 2.0 + it.size * 0.22;
        let mut pen = Pen { content: &mut page.content, shown: &mut self.shown, objects: &mut self.objects };
        pen.line(text, line, (x, baseline), it.size);
        Ok(())
    }

    /// Begins a stretch of content that belongs to `element`.
    fn mark(&mut self, element: &mut Element) -> io::Result<()> {
        let page = page::opened(&mut self.page)?;
        let number = self.tags.mark(page.id, element);
        let mut marked = page.content.begin_marked_content_with_properties(element.name());
        marked.properties().identify(number);
        marked.finish();
        Ok(())
    }

    fn bookmark(&mut self, level: u8, title: &str) -> io::Result<()> {
        /// Programs show them all at once.
        const MOST: usize = 2_000;
        if level > 2 || self.bookmarks.len() >= MOST {
            return Ok(());
        }
        let (page, y) = (self.open()?.id, self.y()?);
        self.bookmarks.push(Bookmark { level, title: title.to_owned(), page, y });
        Ok(())
    }

    /// Ends the document; returns what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.open()?;
        self.end_page()?;
        self.shown.write(&mut self.objects)?;
        let Self { mut objects, shown, tags, pages, root, title, language, bookmarks, .. } = self;
        let tree = tags.finish(&mut objects)?;
        objects.object(root, |chunk| {
            let mut it = chunk.pages(root);
            it.count(i32::try_from(pages.len()).unwrap_or(i32::MAX)).kids(pages);
            let mut resources = it.resources();
            let mut fonts = resources.fonts();
            for (name, font) in shown.resources() {
                fonts.pair(Name(name.as_bytes()), font);
            }
            fonts.finish();
            resources.finish();
            it.finish();
        })?;
        let outline = page::outline(&mut objects, &bookmarks)?;
        let (catalog, info, about) = (objects.next(), objects.next(), objects.next());
        let said = about::about(&title, &language);
        objects.object(about, |chunk| {
            let mut it = chunk.stream(about, said.as_bytes());
            it.pair(Name(b"Type"), Name(b"Metadata")).pair(Name(b"Subtype"), Name(b"XML"));
            it.finish();
        })?;
        objects.object(catalog, |chunk| {
            let mut it = chunk.indirect(catalog).start::<pdf_writer::writers::Catalog<'_>>();
            it.pages(root).lang(TextStr(&language));
            it.mark_info().marked(true);
            it.viewer_preferences().display_doc_title(true);
            it.pair(Name(b"StructTreeRoot"), tree).pair(Name(b"Metadata"), about);
            if let Some(outline) = outline {
                it.outlines(outline);
            }
            it.finish();
        })?;
        objects.object(info, |chunk| {
            let mut it = chunk.indirect(info).start::<pdf_writer::writers::DocumentInfo<'_>>();
            it.title(TextStr(&title)).creator(TextStr("Norm Portal"));
            it.finish();
        })?;
        objects.finish(catalog, info)
    }
}
