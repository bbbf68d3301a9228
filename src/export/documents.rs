//! What the formats that hold proposals have in common: the marshalled list of each wording, pages of Word with their
//! manifest.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::sync::Arc;

use super::entry::Entry;
use super::manifest::Manifest;
use super::record::Text;
use super::writer::{Head, WriteError};
use crate::clock::rfc3339;
use crate::comments::redline::Redline;
use crate::deliberation::text::marshalled::{Item, List, Sort, Source};
use crate::deliberation::text::rolling::{Paragraph, paragraphs, rolling};
use crate::files::docx::{Docx, Run, Setup, Style};
use crate::norms::model::Norm;
use crate::norms::words::span;
use crate::web::{Language, language};

/// The names that stand in the brackets of a rolling text and at a change; the marshalled list has all of them.
pub const MOST_NAMES: usize = 12;

/// A wording and the proposals to change it.
pub struct Document {
    /// Of which norm.
    pub norm: Arc<Norm>,
    /// The wording.
    pub text: Arc<Text>,
    /// The marshalled list.
    pub items: Vec<Item>,
}

/// An item of the marshalled list as a reader sees it.
pub struct Listed {
    /// Its place in the list, from 1.
    pub number: usize,
    /// `3(b), line 4, words 12-14`
    pub place: String,
    /// What it does, in a word.
    pub sort: String,
    /// The words it is about and those it wants.
    pub redline: Redline,
    /// Everybody behind it.
    pub supporters: String,
    /// Whether all of it is for the Commission alone.
    pub is_confidential: bool,
    /// The comments: reference, address, whether for the Commission alone.
    pub comments: Vec<(String, String, bool)>,
}

impl Document {
    /// What a page calls it.
    pub fn title(&self, lang: &Language) -> String {
        let label = self.text.version.label.as_str();
        lang.plain("documents-title", &[("title", &self.norm.title), ("label", label)])
    }

    /// The words of an item as they stand.
    pub fn quote(&self, item: &Item) -> &str {
        span(&self.text.version.body, &self.text.words, item.first_word, item.last_word).unwrap_or_default()
    }

    /// Where an item is: clause, line, words.
    pub fn place(&self, lang: &Language, item: &Item) -> String {
        let Item { first_word, last_word, .. } = *item;
        let clause = self.text.version.cite(self.norm.number, first_word, last_word);
        let line = self.text.line_of(first_word).to_string();
        let words = if first_word == last_word { first_word.to_string() } else { format!("{first_word}-{last_word}") };
        lang.plain("documents-place", &[("clause", &clause), ("line", &line), ("words", &words)])
    }

    /// The marshalled list; `origin` begins every address.
    pub fn list(&self, lang: &Language, origin: &str) -> Vec<Listed> {
        let comments = |source: &Source| {
            let address = format!("{origin}/comments/{}", source.reference);
            (source.reference.clone(), address, source.is_confidential)
        };
        let listed = |(number, item): (usize, &Item)| Listed {
            number,
            place: self.place(lang, item),
            sort: lang.t(match item.sort {
                Sort::Deletion => "documents-deletion",
                Sort::Replacement => "documents-replacement",
                Sort::Insertion => "documents-insertion",
            }),
            redline: Redline::between(self.quote(item), &item.wording),
            supporters: item.attribution(usize::MAX),
            is_confidential: item.is_confidential(),
            comments: item.sources.iter().map(comments).collect(),
        };
        (1..).zip(&self.items).map(listed).collect()
    }

    /// The rolling text, cut where clauses begin.
    pub fn rolling(&self) -> Vec<Paragraph> {
        let version = &self.text.version;
        paragraphs(&version.body, &version.clauses, rolling(&version.body, &self.items))
    }

    /// The name of its list on a page.
    pub fn id(&self) -> String {
        format!("list-{}-{}", self.norm.slug, self.text.version.label)
    }

    /// `Alt. 1 (NL, APNIC):`, for alternative `number` of a place.
    pub fn attributed(&self, lang: &Language, number: impl ToString, item: &usize) -> String {
        lang.t2("documents-alternative", ("number", number), ("who", self.who(item)))
    }

    /// Who is behind the item with this place in the list, as far as brackets have room.
    pub fn who(&self, item: &usize) -> String {
        self.items.get(*item).map(|item| item.attribution(MOST_NAMES)).unwrap_or_default()
    }

    /// Whether the item with this place in the list is for the Commission alone.
    pub fn is_confidential(&self, item: &usize) -> bool {
        self.items.get(*item).is_some_and(Item::is_confidential)
    }
}

/// Proposals as they come, by wording.
pub struct Documents(Vec<(Arc<Norm>, Arc<Text>, List)>);

impl Documents {
    /// The wordings that are open for comment, without a proposal yet.
    pub fn of(texts: &[(Arc<Norm>, Arc<Text>)]) -> Self {
        let empty =
            |(norm, text): &(Arc<Norm>, Arc<Text>)| (Arc::clone(norm), Arc::clone(text), List::on(&text.version.body));
        Self(texts.iter().map(empty).collect())
    }

    /// Adds the proposal of a comment.
    pub fn add(&mut self, entry: &Entry) {
        let is_its = |(_, text, _): &&mut (Arc<Norm>, Arc<Text>, List)| text.version.id == entry.text.version.id;
        if let Some((_, _, list)) = self.0.iter_mut().find(is_its) {
            list.add(entry.proposal());
            return;
        }
        let mut list = List::on(&entry.text.version.body);
        list.add(entry.proposal());
        self.0.push((Arc::clone(&entry.norm), Arc::clone(&entry.text), list));
    }

    /// By norm, the newest wording first.
    pub fn finish(&mut self) -> Vec<Document> {
        let held = std::mem::take(&mut self.0).into_iter();
        let mut all: Vec<Document> =
            held.map(|(norm, text, list)| Document { norm, text, items: list.finish() }).collect();
        all.sort_by_key(|it| (it.norm.number, it.norm.id, std::cmp::Reverse(it.text.version.id)));
        all
    }
}

/// The language of files: that of the norms.
pub fn words() -> &'static Language {
    language::named("en")
}

/// Begins a text of Word with its title and what it is on the first page.
pub fn begin_docx<W: Write + Seek>(out: W, head: &Head, title: &str) -> io::Result<Docx<W>> {
    let line = head.page_line();
    let mut page = Docx::begin(out, &Setup { title, header: &line, is_landscape: false })?;
    page.text(Style::Title, title)?;
    page.text(Style::Plain, &format!("{}: {}", head.consultation.commission, head.subject()))?;
    page.paragraph(Style::Plain, &[Run::plain(head.edition_words()).bold()])?;
    page.text(Style::Small, &rfc3339(head.made_at))?;
    Ok(page)
}

/// The manifest as the last page.
pub fn manifest_pages<W: Write + Seek>(page: &mut Docx<W>, manifest: &Manifest) -> io::Result<()> {
    let lang = words();
    page.new_page();
    page.text(Style::Heading(1), &lang.t("documents-manifest"))?;
    let (fact, value) = (lang.t("documents-fact"), lang.t("documents-value"));
    page.begin_table(&[2800, page.width() - 2800], &[vec![Run::plain(&fact).bold()], vec![Run::plain(&value).bold()]])?;
    for (name, value) in manifest.facts() {
        page.row(&[vec![Run::plain(&name)], vec![Run::plain(&value)]])?;
    }
    page.end_table()?;
    page.text(Style::Small, "")
}

/// Ends a text of Word that was begun; a fault of ours if it was not.
pub fn end_docx(page: Option<Docx<File>>, manifest: &Manifest) -> Result<File, WriteError> {
    let mut page = page.ok_or_else(|| WriteError::File(io::Error::other("the text was not closed")))?;
    manifest_pages(&mut page, manifest)?;
    Ok(page.finish()?)
}
