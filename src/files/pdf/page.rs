//! The pages of a document: where they begin and end, what stands on all of them, and the bookmarks.

use std::io::{self, Write};

use pdf_writer::types::{ArtifactSubtype, ArtifactType, TabOrder};
use pdf_writer::{Content, Filter, Finish, Name, Rect, Ref, TextStr};

use super::draw::{self, Pen};
use super::lines::{Look, Run, lay};
use super::out::{Objects, packed};
use super::{Bookmark, Pdf};

/// A4, in points.
const PAGE: (f32, f32) = (595.28, 841.89);
/// Where text begins.
pub const LEFT: f32 = 62.0;
/// How wide it is.
pub const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;
/// Where it begins on top.
pub const TOP: f32 = PAGE.1 - 78.0;
/// Where it ends.
pub const BOTTOM: f32 = 62.0;
/// The size of what stands on top of every page.
pub const HEADER_SIZE: f32 = 8.0;
const HEADER_LEADING: f32 = 10.5;
const HEADER_TOP: f32 = PAGE.1 - 34.0;

/// A page that is being filled.
pub struct Open {
    /// Its number.
    pub id: Ref,
    /// What is on it.
    pub content: Content,
    /// Where the next line begins, from below.
    pub y: f32,
}

/// Points as thousandths of a size.
pub fn thousandths(points: f32, size: f32) -> f32 {
    points * 1000.0 / size
}

/// The page at hand; a fault of ours if there is none.
pub fn opened(page: &mut Option<Open>) -> io::Result<&mut Open> {
    page.as_mut().ok_or_else(|| io::Error::other("no page was begun"))
}

impl<W: Write> Pdf<W> {
    /// The page at hand, a new one if there is none.
    pub(super) fn open(&mut self) -> io::Result<&mut Open> {
        if self.page.is_none() {
            self.new_page()?;
        }
        opened(&mut self.page)
    }

    /// Where the next line begins.
    pub(super) fn y(&mut self) -> io::Result<f32> {
        Ok(self.open()?.y)
    }

    pub(super) fn set_y(&mut self, y: f32) {
        if let Some(page) = &mut self.page {
            page.y = y;
        }
    }

    /// Leaves room, but none on top of a page.
    pub(super) fn skip(&mut self, points: f32) {
        if let Some(page) = self.page.as_mut().filter(|page| page.y < TOP) {
            page.y -= points;
        }
    }

    /// What needs `points` of room begins on a new page if this one has less.
    pub(super) fn room(&mut self, points: f32) -> io::Result<()> {
        let is_short = self.y()? - points < BOTTOM;
        if is_short && self.y()? < TOP { self.new_page() } else { Ok(()) }
    }

    /// A thin rule as wide as the text.
    pub(super) fn rule_below(&mut self) -> io::Result<()> {
        let y = self.y()? - 4.0;
        draw::rule(&mut self.open()?.content, (LEFT, y), (LEFT + WIDTH, y), 0.9);
        self.skip(4.0);
        Ok(())
    }

    /// What follows begins on a new page, unless nothing is on this one yet.
    pub fn turn(&mut self) -> io::Result<()> {
        if self.page.as_ref().is_some_and(|page| page.y < TOP) { self.new_page() } else { Ok(()) }
    }

    pub(super) fn new_page(&mut self) -> io::Result<()> {
        self.end_page()?;
        let id = self.objects.next();
        self.pages.push(id);
        let number = self.pages.len().to_string();
        let mut content = Content::new();
        draw::rule(&mut content, (LEFT, TOP + 12.0), (LEFT + WIDTH, TOP + 12.0), 0.5);
        let mark = |content: &mut Content, subtype| {
            let mut marked = content.begin_marked_content_with_properties(Name(b"Artifact"));
            let mut properties = marked.properties().artifact();
            properties.kind(ArtifactType::Pagination).subtype(subtype);
            properties.finish();
            marked.finish();
        };
        mark(&mut content, ArtifactSubtype::Header);
        let mut pen = Pen { content: &mut content, shown: &mut self.shown, objects: &mut self.objects };
        let mut y = HEADER_TOP;
        // Two lines have room.
        for line in self.header.lines.iter().take(3) {
            y -= HEADER_LEADING;
            pen.line(&self.header.text, line, (LEFT, y), HEADER_SIZE);
        }
        pen.content.end_marked_content();
        mark(pen.content, ArtifactSubtype::Footer);
        let number = lay(&[Run { text: &number, look: Look::default() }], thousandths(WIDTH, HEADER_SIZE));
        for line in &number.lines {
            let x = LEFT + WIDTH - line.width * HEADER_SIZE / 1000.0;
            pen.line(&number.text, line, (x, BOTTOM - 26.0), HEADER_SIZE);
        }
        pen.content.end_marked_content();
        self.page = Some(Open { id, content, y: TOP });
        Ok(())
    }

    /// Writes the page at hand to the file.
    pub(super) fn end_page(&mut self) -> io::Result<()> {
        let Some(Open { id, content, .. }) = self.page.take() else { return Ok(()) };
        let parents = self.tags.end_page(&mut self.objects)?;
        let (stream, bytes) = (self.objects.next(), packed(content.finish().as_slice())?);
        self.objects.object(stream, |chunk| {
            chunk.stream(stream, &bytes).filter(Filter::FlateDecode);
        })?;
        let root = self.root;
        self.objects.object(id, |chunk| {
            let mut it = chunk.page(id);
            it.parent(root).media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).contents(stream);
            it.struct_parents(parents).tab_order(TabOrder::StructureOrder);
            it.finish();
        })
    }
}

/// A bookmark and the number of its object.
type Numbered<'b> = (Ref, &'b Bookmark);

/// Writes the bookmarks: those of the first level, each with those of the second that follow it. `None`: there are none.
pub fn outline<W: Write>(objects: &mut Objects<W>, bookmarks: &[Bookmark]) -> io::Result<Option<Ref>> {
    let mut tops: Vec<(Ref, &Bookmark, Vec<Numbered<'_>>)> = Vec::new();
    for bookmark in bookmarks {
        let id = objects.next();
        match tops.last_mut() {
            Some((.., below)) if bookmark.level > 1 => below.push((id, bookmark)),
            _ => tops.push((id, bookmark, Vec::new())),
        }
    }
    let (Some(first), Some(last)) = (tops.first(), tops.last()) else { return Ok(None) };
    let root = objects.next();
    objects.object(root, |chunk| {
        chunk.outline(root).first(first.0).last(last.0).count(count(tops.len()));
    })?;
    let first_level: Vec<Numbered<'_>> = tops.iter().map(|(id, bookmark, _)| (*id, *bookmark)).collect();
    for (place, (id, bookmark, below)) in tops.iter().enumerate() {
        item(objects, (*id, bookmark), root, neighbours(&first_level, place), below)?;
        for (place, (own, bookmark)) in below.iter().enumerate() {
            item(objects, (*own, bookmark), *id, neighbours(below, place), &[])?;
        }
    }
    Ok(Some(root))
}

fn count(items: usize) -> i32 {
    i32::try_from(items).unwrap_or(i32::MAX)
}

fn neighbours(list: &[Numbered<'_>], place: usize) -> (Option<Ref>, Option<Ref>) {
    let at = |place: usize| list.get(place).map(|(id, _)| *id);
    (place.checked_sub(1).and_then(at), at(place + 1))
}

fn item<W: Write>(
    objects: &mut Objects<W>,
    (id, bookmark): (Ref, &Bookmark),
    above: Ref,
    (before, behind): (Option<Ref>, Option<Ref>),
    below: &[(Ref, &Bookmark)],
) -> io::Result<()> {
    objects.object(id, |chunk| {
        let mut it = chunk.outline_item(id);
        it.title(TextStr(&bookmark.title)).parent(above);
        before.map(|before| it.prev(before));
        behind.map(|behind| it.next(behind));
        if let (Some((first, _)), Some((last, _))) = (below.first(), below.last()) {
            // Closed until somebody opens it.
            it.first(*first).last(*last).count(-count(below.len()));
        }
        it.dest().page(bookmark.page).xyz(0.0, bookmark.y + 4.0, None);
        it.finish();
    })
}
