//! What the parts of a page are, for programs that read it aloud: headings, paragraphs, tables, in reading order
//! (ISO 32000-1, 14.7). Elements go to the file when they are complete; only the top of the tree is kept.

use std::io::{self, Write};

use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::{Finish, Name, Ref};

use super::out::Objects;

/// Something below an element.
enum Below {
    /// A stretch of a page's content.
    Content(Ref, i32),
    /// Another element.
    Element(Ref),
}

/// An element that is being filled.
pub struct Element {
    id: Ref,
    role: StructRole,
    above: Ref,
    below: Vec<Below>,
    /// What a cell that is a heading is one of.
    heads: Option<TableHeaderScope>,
}

impl Element {
    /// The same as the heading of its column or row.
    pub fn heading(self, of: TableHeaderScope) -> Self {
        Self { heads: Some(of), ..self }
    }

    /// Its name, as the content of a page gives it.
    pub fn name(&self) -> Name<'static> {
        self.role.to_name()
    }

    fn add(&mut self, id: Ref) {
        self.below.push(Below::Element(id));
    }
}

/// The tree.
pub struct Tags {
    root: Ref,
    document: Element,
    /// For the content of each page the elements it belongs to.
    pages: Vec<Ref>,
    /// Those of the page at hand.
    marked: Vec<Ref>,
}

impl Tags {
    /// A tree without an element.
    pub fn new<W: Write>(objects: &mut Objects<W>) -> Self {
        let (root, id) = (objects.next(), objects.next());
        let document = Element { id, role: StructRole::Document, above: root, below: Vec::new(), heads: None };
        Self { root, document, pages: Vec::new(), marked: Vec::new() }
    }

    /// An element below the whole, or below another.
    pub fn begin<W: Write>(
        &mut self,
        objects: &mut Objects<W>,
        role: StructRole,
        above: Option<&mut Element>,
    ) -> Element {
        let id = objects.next();
        let above = above.unwrap_or(&mut self.document);
        above.add(id);
        Element { id, role, above: above.id, below: Vec::new(), heads: None }
    }

    /// Begins a stretch of content on `page` that belongs to `element`; its number on the page.
    pub fn mark(&mut self, page: Ref, element: &mut Element) -> i32 {
        let number = i32::try_from(self.marked.len()).unwrap_or(i32::MAX);
        self.marked.push(element.id);
        element.below.push(Below::Content(page, number));
        number
    }

    /// Ends an element.
    pub fn end<W: Write>(objects: &mut Objects<W>, element: Element) -> io::Result<()> {
        objects.object(element.id, |chunk| {
            let mut it = chunk.struct_element(element.id);
            it.kind(element.role).parent(element.above);
            if let Some(of) = element.heads {
                it.attributes().push().table().scope(of);
            }
            let mut children = it.children();
            for below in &element.below {
                match below {
                    Below::Content(page, number) => {
                        children.marked_content_ref().page(*page).marked_content_id(*number);
                    }
                    Below::Element(id) => {
                        children.struct_element(*id);
                    }
                }
            }
            children.finish();
            it.finish();
        })
    }

    /// Ends the page at hand; its number in the tree.
    pub fn end_page<W: Write>(&mut self, objects: &mut Objects<W>) -> io::Result<i32> {
        let number = i32::try_from(self.pages.len()).unwrap_or(i32::MAX);
        let (id, marked) = (objects.next(), std::mem::take(&mut self.marked));
        objects.object(id, |chunk| {
            chunk.indirect(id).array().items(marked);
        })?;
        self.pages.push(id);
        Ok(number)
    }

    /// Writes the tree; its root.
    pub fn finish<W: Write>(self, objects: &mut Objects<W>) -> io::Result<Ref> {
        let Self { root, document, pages, .. } = self;
        let id = document.id;
        Self::end(objects, document)?;
        objects.object(root, |chunk| {
            let mut it = chunk.indirect(root).start::<pdf_writer::writers::StructTreeRoot<'_>>();
            it.child(id).parent_tree_next_key(i32::try_from(pages.len()).unwrap_or(i32::MAX));
            let mut tree = it.parent_tree();
            let mut numbers = tree.nums();
            for (number, page) in (0..).zip(&pages) {
                numbers.insert(number, *page);
            }
            numbers.finish();
            tree.finish();
            it.finish();
        })?;
        Ok(root)
    }
}
