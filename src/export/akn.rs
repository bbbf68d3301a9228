//! Akoma Ntoso 3.0 (OASIS LegalDocML): each wording as a `statement`, its proposals as an `amendmentList`. A ZIP: for each
//! wording `<norm>/<version>.xml` and, if anybody proposes something, `<norm>/<version>-proposals.xml`.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;

use quick_xml::escape::escape;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::documents::{Document, Documents, words};
use super::entry::Entry;
use super::manifest::Manifest;
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::clock::rfc3339;
use crate::deliberation::text::marshalled::{Item, Sort};
use crate::files::xml::sound;
use crate::norms::lines::sections;

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">\n";
const CLOSE: &str = "</akomaNtoso>\n";

/// The files of Akoma Ntoso.
pub struct AknXml {
    file: Option<File>,
    zip: Option<ZipWriter<File>>,
    head: Head,
    documents: Documents,
}

impl AknXml {
    /// Texts without a proposal yet.
    pub fn new(file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self { file: Some(file), zip: None, head, documents }
    }
}

impl Writer for AknXml {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.documents.add(&entry);
        Ok(())
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let Some(file) = self.file.take() else { return Ok(Adapted::default()) };
        let (mut zip, mut dropped) = (ZipWriter::new(file), 0);
        for document in self.documents.finish() {
            let mut names = vec![(format!("{}.xml", stem(&document)), statement(&self.head, &document))];
            if !document.items.is_empty() {
                names.push((format!("{}-proposals.xml", stem(&document)), proposals(&self.head, &document)));
            }
            for (name, xml) in names {
                let (xml, left_out) = sound(&xml);
                dropped += left_out;
                zip.start_file(name, SimpleFileOptions::default())?;
                zip.write_all(xml.as_bytes())?;
            }
        }
        self.zip = Some(zip);
        Ok(Adapted::dropped(dropped))
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        let mut zip = self.zip.ok_or_else(|| WriteError::File(std::io::Error::other("the texts were not closed")))?;
        zip.start_file("manifest.json", SimpleFileOptions::default())?;
        zip.write_all(manifest.to_pretty_json().as_bytes())?;
        Ok(zip.finish()?)
    }
}

/// `avoid-tampering/1`
fn stem(document: &Document) -> String {
    format!("{}/{}", document.norm.slug, document.text.version.label)
}

/// A date of which the month or the day may not be known, made whole.
fn whole_date(partial: &str) -> String {
    match partial.len() {
        4 => format!("{partial}-01-01"),
        7 => format!("{partial}-01"),
        _ => partial.to_owned(),
    }
}

/// What a document is: the work, its expression and its manifestation (FRBR).
struct About<'a> {
    head: &'a Head,
    /// The part of its IRI behind `/akn/un`.
    work: String,
    date: String,
    /// What the date is of.
    event: &'a str,
    /// Who wrote it: `#commission` or `#contributors`.
    author: &'a str,
    /// Whether it says itself who these are; what is part of a list leaves that to the list.
    tells_who: bool,
}

impl About<'_> {
    fn meta(&self, more: &str) -> String {
        let (date, event, author) = (&self.date, self.event, self.author);
        let work = escape(format!("/akn/un{}", self.work)).into_owned();
        let expression = format!("{work}/eng@{date}");
        let made = self.head.made_at.date();
        let level = |name: &str, iri: &str, date: &str, event: &str, rest: &str| {
            format!(
                "<FRBR{name}><FRBRthis value=\"{iri}/!main\"/><FRBRuri value=\"{iri}\"/><FRBRdate date=\"{date}\" name=\"{event}\"/><FRBRauthor href=\"{author}\"/>{rest}</FRBR{name}>\n"
            )
        };
        let references = if self.tells_who { self.references() } else { String::new() };
        format!(
            "<meta>\n<identification source=\"#secretariat\">\n{}{}{}</identification>\n{more}{references}</meta>\n",
            level("Work", &work, date, event, "<FRBRcountry value=\"un\"/>"),
            level("Expression", &expression, date, event, "<FRBRlanguage language=\"eng\"/>"),
            level(
                "Manifestation",
                &format!("{expression}.xml"),
                &made.to_string(),
                "export",
                "<FRBRformat value=\"application/akn+xml\"/>"
            ),
        )
    }
}

impl About<'_> {
    /// Who the authors are.
    fn references(&self) -> String {
        let commission = escape(self.head.consultation.commission.as_str()).into_owned();
        let whole = [
            format!("<TLCOrganization eId=\"commission\" href=\"/akn/ontology/organization/commission\" showAs=\"{commission}\"/>"),
            "<TLCOrganization eId=\"secretariat\" href=\"/akn/ontology/organization/secretariat\" showAs=\"Secretariat\"/>".to_owned(),
            "<TLCConcept eId=\"contributors\" href=\"/akn/ontology/concept/contributors\" showAs=\"Contributors\"/>".to_owned(),
        ];
        format!("<references source=\"#secretariat\">{}</references>\n", whole.concat())
    }
}

/// The name of a clause within its document.
fn clause_id(letter: &str) -> String {
    let plain: String = letter.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("para_{plain}")
}

/// A wording.
fn statement(head: &Head, document: &Document) -> String {
    let version = &document.text.version;
    let about = About {
        head,
        work: format!("/statement/{}/{}", head.consultation.code.to_lowercase(), document.norm.slug),
        date: whole_date(&version.dated),
        event: "publication",
        author: "#commission",
        tells_who: true,
    };
    let mut body = String::new();
    for (letter, start, end) in sections(&version.body, &version.clauses) {
        let words = version.body.get(start..end).unwrap_or_default().trim();
        if words.is_empty() {
            continue;
        }
        let (id, num) = match letter {
            Some(letter) => (clause_id(letter), format!("<num>({})</num>", escape(letter))),
            None => ("para_0".to_owned(), String::new()),
        };
        let words = lined(words);
        let _ = writeln!(
            body,
            "<paragraph eId=\"{id}\">{num}<content eId=\"{id}__content\"><p>{words}</p></content></paragraph>"
        );
    }
    let (title, line) = (escape(document.norm.title.as_str()), head.page_line());
    format!(
        "{OPEN}<statement name=\"norm\" contains=\"originalVersion\">\n{}<preface><p><docTitle>{title}</docTitle>, version <docNumber>{}</docNumber></p><p>{}</p></preface>\n<mainBody>\n{body}</mainBody>\n</statement>\n{CLOSE}",
        about.meta(""),
        escape(version.label.as_str()),
        escape(line.as_str()),
    )
}

/// Text with its line breaks.
fn lined(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.split(['\n', '\r']).map(|line| escape(line).into_owned()).collect::<Vec<_>>().join("<eol/>")
}

/// The proposals on a wording.
fn proposals(head: &Head, document: &Document) -> String {
    let slug = &document.norm.slug;
    let about = About {
        head,
        work: format!("/amendmentList/{}/{slug}-proposals", head.consultation.code.to_lowercase()),
        date: head.made_at.date().to_string(),
        event: "compilation",
        author: "#secretariat",
        tells_who: true,
    };
    let amendments: String =
        (1..).zip(&document.items).map(|(number, item)| amendment(head, document, number, item)).collect();
    let (title, line) = (escape(document.norm.title.as_str()), head.page_line());
    format!(
        "{OPEN}<amendmentList name=\"proposals\">\n{}<preface><p>Proposals on <docTitle>{title}</docTitle></p><p>{}</p></preface>\n<collectionBody>\n{amendments}</collectionBody>\n</amendmentList>\n{CLOSE}",
        about.meta(""),
        escape(line.as_str()),
    )
}

fn amendment(head: &Head, document: &Document, number: usize, item: &Item) -> String {
    let lang = words();
    let version = &document.text.version;
    let at = item.sources.first().map(|source| rfc3339(source.at)).unwrap_or_default();
    let about = About {
        head,
        work: format!("/amendment/{}/{}", head.consultation.code.to_lowercase(), item.reference().to_lowercase()),
        date: at.get(..10).unwrap_or_default().to_owned(),
        event: "submission",
        author: "#contributors",
        tells_who: false,
    };
    let target = version.clause_of(item.first_word).map_or_else(|| "para_0".to_owned(), |it| clause_id(&it.letter));
    let target = format!(
        "/akn/un/statement/{}/{}/eng@{}/!main#{target}",
        head.consultation.code.to_lowercase(),
        document.norm.slug,
        whole_date(&version.dated)
    );
    let target = escape(target.as_str()).into_owned();
    let (mod_id, old_id, new_id) =
        (format!("mod_{number}"), format!("mod_{number}__old"), format!("mod_{number}__new"));
    let is_gone = item.wording.trim().is_empty();
    let kind = match item.sort {
        Sort::Deletion => "repeal",
        Sort::Replacement => "substitution",
        Sort::Insertion => "insertion",
    };
    let new_refers = if is_gone { String::new() } else { format!("<new href=\"#{new_id}\"/>") };
    let analysis = format!(
        "<analysis source=\"#secretariat\"><activeModifications><textualMod type=\"{kind}\" eId=\"textmod_{number}\"><source href=\"#{mod_id}\"/><destination href=\"{target}\"/><old href=\"#{old_id}\"/>{new_refers}</textualMod></activeModifications></analysis>\n"
    );
    let place = document.place(lang, item);
    let quote = lined(document.quote(item));
    let change = if is_gone {
        format!(
            "delete <quotedText eId=\"{old_id}\" startQuote=\"\u{201c}\" endQuote=\"\u{201d}\">{quote}</quotedText>"
        )
    } else {
        format!(
            "for <quotedText eId=\"{old_id}\" startQuote=\"\u{201c}\" endQuote=\"\u{201d}\">{quote}</quotedText> put <quotedText eId=\"{new_id}\" startQuote=\"\u{201c}\" endQuote=\"\u{201d}\">{}</quotedText>",
            lined(&item.wording)
        )
    };
    let mark = if item.is_confidential() { format!(" [{}]", lang.t("documents-confidential")) } else { String::new() };
    let who = escape(item.attribution(usize::MAX)).into_owned();
    let why: String = item.sources.iter().map(|source| why(head, source)).collect();
    format!(
        "<component eId=\"cmp_{number}\">\n<amendment name=\"proposal\">\n{}<preface><p><docNumber>{}</docNumber>{mark}</p><p><docProponent>{who}</docProponent></p></preface>\n<amendmentBody>\n<amendmentContent><p><ref href=\"{target}\">{}</ref>: <mod eId=\"{mod_id}\">{change}</mod></p></amendmentContent>\n<amendmentJustification>{why}</amendmentJustification>\n</amendmentBody>\n</amendment>\n</component>\n",
        about.meta(&analysis),
        escape(item.reference()),
        escape(place.as_str()),
    )
}

/// A comment behind an amendment: reference, author, reasons.
fn why(head: &Head, source: &crate::deliberation::text::marshalled::Source) -> String {
    let (reference, by) = (escape(source.reference.as_str()), escape(source.by.as_str()));
    let address = escape(format!("{}/comments/{}", head.origin, source.reference)).into_owned();
    let reasons = if source.rationale.is_empty() { String::new() } else { format!(": {}", lined(&source.rationale)) };
    format!("<p><ref href=\"{address}\">{reference}</ref> ({by}){reasons}</p>")
}
