//! The text of each norm with every proposal as a real insertion or deletion by its author, and a comment that gives the
//! reference and the reasons. One text of Word for a norm; for all norms a ZIP of them.
//!
//! A proposal that overlaps no other stands in the text itself; of those that overlap each stands on a copy of its own of
//! the clauses they touch, below these. Paragraphs of the style `NormText` are the text, those of `ProposalText` the
//! copies: with every change rejected, all of them read as the text stands.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Cursor, Seek, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::documents::{Document, Documents, begin_docx, manifest_pages, words};
use super::entry::Entry;
use super::manifest::Manifest;
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::clock::rfc3339;
use crate::deliberation::text::edits::Edit;
use crate::deliberation::text::marshalled::Item;
use crate::deliberation::text::rolling::{Stretch, stretches};
use crate::files::docx::{Change, Docx, Run, Style};
use crate::norms::lines::sections;
use crate::web::Language;

/// Names that stand as the author of a change; its comment has all of them.
const MOST_AUTHORS: usize = 3;

/// The texts with tracked changes.
pub struct TrackedDocx {
    file: Option<File>,
    written: Option<Written>,
    head: Head,
    documents: Documents,
}

/// Everything but the manifest.
enum Written {
    One(Box<Docx<File>>),
    /// Not yet in the file: each ends with the manifest.
    Several(File, Vec<(String, Docx<Cursor<Vec<u8>>>)>),
}

impl TrackedDocx {
    /// Texts without a change yet.
    pub fn new(file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { file: Some(file), written: None, head, documents }
    }
}

impl Writer for TrackedDocx {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let Some(file) = self.file.take() else { return Ok(Adapted::default()) };
        let documents = self.documents.finish();
        if self.head.is_of_one_norm {
            let page = write_texts(file, &self.head, &documents.iter().collect::<Vec<_>>())?;
            let adapted = Adapted::dropped(page.characters_dropped());
            self.written = Some(Written::One(Box::new(page)));
            return Ok(adapted);
        }
        let (mut pages, mut dropped) = (Vec::new(), 0);
        for norms in documents.chunk_by(|a, b| a.norm.id == b.norm.id) {
            let Some(first) = norms.first() else { continue };
            let page = write_texts(Cursor::new(Vec::new()), &self.head, &norms.iter().collect::<Vec<_>>())?;
            dropped += page.characters_dropped();
            pages.push((format!("{}.docx", first.norm.slug), page));
        }
        self.written = Some(Written::Several(file, pages));
        Ok(Adapted::dropped(dropped))
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        match self.written {
            Some(Written::One(mut page)) => {
                manifest_pages(&mut page, manifest)?;
                Ok(page.finish()?)
            }
            Some(Written::Several(file, pages)) => {
                let mut zip = ZipWriter::new(file);
                for (name, mut page) in pages {
                    manifest_pages(&mut page, manifest)?;
                    zip.start_file(name, SimpleFileOptions::default())?;
                    zip.write_all(&page.finish()?.into_inner())?;
                }
                zip.start_file("manifest.json", SimpleFileOptions::default())?;
                zip.write_all(manifest.to_pretty_json().as_bytes())?;
                Ok(zip.finish()?)
            }
            None => Err(WriteError::File(std::io::Error::other("the text was not closed"))),
        }
    }
}

/// The wordings of a norm as one text of Word.
fn write_texts<W: Write + Seek>(out: W, head: &Head, documents: &[&Document]) -> Result<Docx<W>, WriteError> {
    let lang = words();
    let mut page = begin_docx(out, head, &lang.t("documents-tracked"))?;
    page.text(Style::Plain, &lang.t("documents-tracked-note"))?;
    for document in documents {
        page.text(Style::Heading(1), &document.title(lang))?;
        Tracked::of(document, &head.origin, lang).write(&mut page)?;
    }
    Ok(page)
}

/// A wording with its changes, being written.
struct Tracked<'a> {
    document: &'a Document,
    origin: &'a str,
    lang: &'static Language,
    /// Who made each item, and when.
    by: Vec<(String, String)>,
    /// The numbers of the comments, by item.
    notes: Vec<u32>,
}

impl<'a> Tracked<'a> {
    fn of(document: &'a Document, origin: &'a str, lang: &'static Language) -> Self {
        let by = document.items.iter().map(|item| {
            let first = item.sources.first().map(|source| rfc3339(source.at)).unwrap_or_default();
            (item.attribution(MOST_AUTHORS), first)
        });
        Self { document, origin, lang, by: by.collect(), notes: Vec::new() }
    }

    fn body(&self) -> &'a str {
        &self.document.text.version.body
    }

    fn write<W: Write + Seek>(&mut self, page: &mut Docx<W>) -> Result<(), WriteError> {
        for (number, item) in self.document.items.iter().enumerate() {
            let note = page.note(&self.change(number), &self.remarks(item))?;
            self.notes.push(note);
        }
        let body = self.body();
        let clauses: Vec<(Option<&str>, usize, usize)> = sections(body, &self.document.text.version.clauses)
            .into_iter()
            .filter(|(_, start, end)| start < end)
            .collect();
        let (alone, together): (Vec<Stretch>, Vec<Stretch>) =
            stretches(body, &self.document.items).into_iter().partition(|stretch| stretch.items.len() == 1);
        let inline: Vec<usize> = alone.iter().flat_map(|stretch| stretch.items.clone()).collect();
        for (letter, start, end) in &clauses {
            if let Some(letter) = letter {
                page.text(Style::Heading(3), &format!("{}({letter})", self.document.norm.number))?;
            }
            page.paragraph(Style::NormText, &self.runs((*start, *end), &inline))?;
            for stretch in together.iter().filter(|it| *start < it.end && it.end <= *end) {
                self.write_copies(page, &clauses, stretch)?;
            }
        }
        Ok(())
    }

    /// A copy of the touched clauses for each proposal of a stretch.
    fn write_copies<W: Write + Seek>(
        &self,
        page: &mut Docx<W>,
        clauses: &[(Option<&str>, usize, usize)],
        stretch: &Stretch,
    ) -> Result<(), WriteError> {
        let count = stretch.items.len().to_string();
        for (at, number) in (1..).zip(&stretch.items) {
            let Some(item) = self.document.items.get(*number) else { continue };
            let (place, who) = (self.document.place(self.lang, item), self.document.who(number));
            let who = format!("\u{2068}{who}\u{2069}");
            let names: [(&'static str, &str); 4] =
                [("number", &format!("{at}")), ("count", &count), ("place", &place), ("who", &who)];
            let mut title = self.lang.plain("documents-copy", &names);
            if item.is_confidential() {
                let _ = write!(title, " [{}]", self.lang.t("documents-confidential"));
            }
            page.text(Style::ProposalHead, &title)?;
            for (_, start, end) in clauses.iter().filter(|(_, start, end)| *start < stretch.end && stretch.start < *end)
            {
                page.paragraph(Style::ProposalText, &self.runs((*start, *end), &[*number]))?;
            }
        }
        Ok(())
    }

    fn change(&self, number: usize) -> Change<'_> {
        let (author, at) = self.by.get(number).map_or(("", ""), |(author, at)| (author, at));
        Change { author, at }
    }

    /// What stands in the margin: every comment with its author, address and reasons.
    fn remarks(&self, item: &Item) -> Vec<String> {
        let mut remarks = Vec::new();
        for source in &item.sources {
            let mark = if source.is_confidential {
                format!(" [{}]", self.lang.t("documents-confidential"))
            } else {
                String::new()
            };
            let (reference, by) = (&source.reference, &source.by);
            remarks.push(format!("{reference}{mark} - {by}\n{}/comments/{reference}", self.origin));
            remarks.extend(Some(source.rationale.clone()).filter(|text| !text.is_empty()));
        }
        remarks
    }

    /// `text[from..to]` with the changes of `items` that lie in it.
    fn runs(&self, (from, to): (usize, usize), items: &[usize]) -> Vec<Run<'_>> {
        let body = self.body();
        let plain = |from: usize, to: usize| Run::plain(body.get(from..to).unwrap_or_default());
        let is_last = to == body.len();
        let mut marks: Vec<(&Edit, usize)> = Vec::new();
        for number in items {
            let edits = self.document.items.get(*number).map(|item| item.edits.as_slice()).unwrap_or_default();
            let lies_here = |edit: &&Edit| {
                if edit.is_insertion() {
                    (from <= edit.start && edit.start < to) || (is_last && edit.start == to)
                } else {
                    edit.start < to && from < edit.end
                }
            };
            marks.extend(edits.iter().filter(lies_here).map(|edit| (edit, *number)));
        }
        marks.sort();
        let (mut runs, mut offset) = (Vec::new(), from);
        for (edit, number) in marks {
            let Some(item) = self.document.items.get(number) else { continue };
            let (by, note) = (self.change(number), self.notes.get(number).copied().unwrap_or_default());
            let (start, end) = (edit.start.max(from), edit.end.min(to));
            runs.push(plain(offset, start));
            // A change that reaches over several clauses begins in the first and ends in the last of them.
            if edit.start >= from && item.edits.first() == Some(edit) {
                runs.push(Run::NoteBegins(note));
            }
            runs.push(plain(start, end).deleted(by));
            if edit.start >= from {
                runs.push(Run::plain(&edit.with).inserted(by));
            }
            if edit.end <= to && item.edits.last() == Some(edit) {
                runs.push(Run::NoteEnds(note));
            }
            offset = end;
        }
        runs.push(plain(offset, to));
        runs
    }
}
