//! The staff report of ICANN: who contributed in the order of arrival, the summary that the Secretariat writes, the
//! analysis with the table of the review tool. Rows wait on the disk until the contributors are known; these are in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, IntoInnerError, Seek as _, SeekFrom, Write};

use tempfile::{SpooledTempFile, spooled_tempfile};

use super::documents::{begin_docx, end_docx};
use super::entry::Entry;
use super::html::{self, isolated, paragraph};
use super::manifest::Manifest;
use super::record::Record;
use super::told;
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::clock::{Moment, rfc3339};
use crate::files::docx::{Docx, Run, Style};
use crate::files::xml::sound;

const TITLE: &str = "Staff Report of Public Comment Proceeding";
const SECTIONS: [&str; 4] = [
    "Section I: General Overview and Next Steps",
    "Section II: Contributors",
    "Section III: Summary of Comments",
    "Section IV: Analysis of Comments",
];
const UNWRITTEN: &str = "The Secretariat has not written it yet.";
const ORGANISATIONS: &str = "Organizations and Groups";
const INDIVIDUALS: &str = "Individuals";
const ORGANISATION_HEADINGS: [&str; 3] = ["Name", "Submitted by", "Initials"];
const INDIVIDUAL_HEADINGS: [&str; 3] = ["Name", "Affiliation (if provided)", "Initials"];
const REVIEW: &str = "Public Comment Review Tool";
const REVIEW_HEADINGS: [&str; 5] = ["#", "Comment", "Who/Where", "Response", "Recommended action"];
const COUNTED: &str = "Comments by norm";
const COUNT_HEADINGS: [&str; 4] = ["Norm", "Wording", "Levers", "General"];

/// Bytes of rows that wait in memory; more wait on the disk.
const IN_MEMORY: usize = 1 << 20;

/// Somebody who contributed: when first, name, by whom or of what, initials.
type Contributor = (Moment, String, String, String);

/// What is gathered before a line can be written.
struct Gathered {
    organisations: BTreeMap<String, Contributor>,
    individuals: BTreeMap<String, Contributor>,
    /// How many comments show no name.
    unnamed: u64,
    /// Title of the norm, and comments of each kind.
    counts: BTreeMap<i32, (String, [u64; 3])>,
    rows: SpooledTempFile,
    number: u64,
}

impl Gathered {
    fn new() -> Self {
        Self {
            organisations: BTreeMap::new(),
            individuals: BTreeMap::new(),
            unnamed: 0,
            counts: BTreeMap::new(),
            rows: spooled_tempfile(IN_MEMORY),
            number: 0,
        }
    }

    fn add(&mut self, entry: &Entry) -> Result<(), WriteError> {
        let record = &entry.record;
        self.number += 1;
        let kinds = self.counts.entry(record.norm_number).or_insert_with(|| (record.norm_title.clone(), [0; 3]));
        let kind = ["wording", "lever", "general"].iter().position(|kind| *kind == record.kind);
        if let Some(count) = kind.and_then(|kind| kinds.1.get_mut(kind)) {
            *count += 1;
        }
        self.contributor(entry.at, record);
        let row = [
            self.number.to_string(),
            told::whole(entry),
            format!("{}\n{}", told::who(record), record.reference),
            entry.answer.response.clone(),
            entry.answer.disposition.clone(),
        ];
        serde_json::to_writer(&mut self.rows, &row)?;
        Ok(self.rows.write_all(b"\n")?)
    }

    fn contributor(&mut self, at: Moment, record: &Record) {
        let Record { author_name, organisation, .. } = record;
        let speaks_for_it = record.on_behalf_of == "organisation" && !organisation.is_empty();
        let (list, name, other) = if speaks_for_it {
            (&mut self.organisations, organisation, author_name)
        } else if author_name.is_empty() {
            self.unnamed += 1;
            return;
        } else {
            (&mut self.individuals, author_name, organisation)
        };
        let known = list
            .entry(format!("{name}\n{}", if speaks_for_it { "" } else { other }))
            .or_insert_with(|| (at, name.clone(), other.clone(), initials(name)));
        if at < known.0 {
            *known = (at, name.clone(), other.clone(), initials(name));
        }
    }

    /// Rows of a table of contributors, in the order of arrival.
    fn arrived(list: &BTreeMap<String, Contributor>) -> Vec<[&str; 3]> {
        let mut all: Vec<&Contributor> = list.values().collect();
        all.sort();
        all.into_iter().map(|(_, name, other, initials)| [name.as_str(), other, initials]).collect()
    }

    fn counts(&self) -> Vec<[String; 4]> {
        let row = |(title, [wording, lever, general]): &(String, [u64; 3])| {
            [title.clone(), wording.to_string(), lever.to_string(), general.to_string()]
        };
        self.counts.values().map(row).collect()
    }

    /// Hands out the rows of the review tool again.
    fn each_row(&mut self, mut row: impl FnMut([String; 5]) -> Result<(), WriteError>) -> Result<(), WriteError> {
        self.rows.seek(SeekFrom::Start(0))?;
        let mut lines = BufReader::new(&mut self.rows);
        let mut line = String::new();
        while lines.read_line(&mut line)? > 0 {
            row(serde_json::from_str(&line)?)?;
            line.clear();
        }
        Ok(())
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric())).take(5).collect()
}

/// The lines of the title block.
fn title_block(head: &Head) -> Vec<(&'static str, String)> {
    let consultation = &head.consultation;
    let closes = consultation.closes_at.map_or_else(|| "not set".to_owned(), rfc3339);
    let norms: Vec<String> =
        head.texts.iter().map(|(norm, _)| format!("{}/norms/{}", head.origin, norm.slug)).collect();
    vec![
        ("Publication Date", head.made_at.date().to_string()),
        ("Prepared By", head.requested_by.clone()),
        ("Comment Open Date", rfc3339(consultation.opens_at)),
        ("Comment Close Date", closes),
        ("Important Information Links", norms.join("\n")),
    ]
}

/// What stands in section I.
fn overview(head: &Head, gathered: &Gathered) -> String {
    let (organisations, individuals) = (gathered.organisations.len(), gathered.individuals.len());
    let written = if head.report.overview.is_empty() { &head.consultation.summary } else { &head.report.overview };
    format!(
        "{written}\n\nThis report covers {} comments from {organisations} organizations and groups and {individuals} individuals who are named; {} comments show no name.",
        gathered.number, gathered.unnamed
    )
}

/// What stands in section III.
fn summary(head: &Head) -> &str {
    if head.report.summary.is_empty() { UNWRITTEN } else { &head.report.summary }
}

/// The report as a page.
pub struct IcannHtml {
    out: BufWriter<File>,
    head: Head,
    gathered: Gathered,
    dropped: u64,
}

impl IcannHtml {
    /// A report without a comment yet.
    pub fn new(file: File, head: Head) -> Self {
        Self { out: BufWriter::new(file), head, gathered: Gathered::new(), dropped: 0 }
    }

    fn table<T: AsRef<str>>(&mut self, caption: &str, headings: &[&str], rows: &[Vec<T>]) -> Result<(), WriteError> {
        self.begin_table(caption, headings)?;
        for row in rows {
            self.out.write_all(b"<tr>")?;
            for cell in row {
                write!(self.out, "<td>{}</td>", isolated(cell.as_ref()))?;
            }
            self.out.write_all(b"</tr>\n")?;
        }
        Ok(self.out.write_all(b"</tbody></table></div>\n")?)
    }

    fn begin_table(&mut self, caption: &str, headings: &[&str]) -> Result<(), WriteError> {
        let id = caption.to_lowercase().replace(' ', "-");
        write!(
            self.out,
            "<div class=\"table-scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\"><table><caption id=\"{id}\">{caption}</caption>\n<thead><tr>"
        )?;
        for heading in headings {
            write!(self.out, "<th scope=\"col\">{heading}</th>")?;
        }
        Ok(self.out.write_all(b"</tr></thead>\n<tbody>\n")?)
    }

    fn heading(&mut self, text: &str) -> Result<(), WriteError> {
        Ok(writeln!(self.out, "<h2>{text}</h2>")?)
    }
}

impl Writer for IcannHtml {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.gathered.add(&entry)
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        html::begin(&mut self.out, &self.head, TITLE)?;
        self.out.write_all(b"<dl>")?;
        for (name, value) in title_block(&self.head) {
            write!(self.out, "<dt>{name}</dt><dd>{}</dd>", paragraph(&value))?;
        }
        self.out.write_all(b"</dl>\n")?;
        let mut gathered = std::mem::replace(&mut self.gathered, Gathered::new());
        let [first, second, third, fourth] = SECTIONS;
        self.heading(first)?;
        let text = overview(&self.head, &gathered);
        self.out.write_all(paragraph(&text).as_bytes())?;
        self.heading(second)?;
        for (caption, headings, list) in [
            (ORGANISATIONS, ORGANISATION_HEADINGS, &gathered.organisations),
            (INDIVIDUALS, INDIVIDUAL_HEADINGS, &gathered.individuals),
        ] {
            let rows: Vec<Vec<&str>> = Gathered::arrived(list).into_iter().map(Vec::from).collect();
            self.table(caption, &headings, &rows)?;
        }
        self.heading(third)?;
        self.out.write_all(paragraph(summary(&self.head)).as_bytes())?;
        self.heading(fourth)?;
        let counts: Vec<Vec<String>> = gathered.counts().into_iter().map(Vec::from).collect();
        self.table(COUNTED, &COUNT_HEADINGS, &counts)?;
        self.begin_table(REVIEW, &REVIEW_HEADINGS)?;
        let (out, dropped) = (&mut self.out, &mut self.dropped);
        gathered.each_row(|row| {
            *dropped += row.iter().map(|cell| sound(cell).1).sum::<u64>();
            out.write_all(b"<tr>")?;
            for cell in row {
                write!(out, "<td>{}</td>", paragraph(&cell))?;
            }
            Ok(out.write_all(b"</tr>\n")?)
        })?;
        self.out.write_all(b"</tbody></table></div>\n")?;
        Ok(Adapted::dropped(self.dropped))
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        let mut out = self.out;
        html::end(&mut out, manifest)?;
        Ok(out.into_inner().map_err(IntoInnerError::into_error)?)
    }
}

/// The report as a text of Word.
pub struct IcannDocx {
    file: Option<File>,
    page: Option<Docx<File>>,
    head: Head,
    gathered: Gathered,
}

impl IcannDocx {
    /// A report without a comment yet.
    pub fn new(file: File, head: Head) -> Self {
        Self { file: Some(file), page: None, head, gathered: Gathered::new() }
    }
}

fn docx_table(page: &mut Docx<File>, widths: &[u16], headings: &[&str], rows: &[Vec<&str>]) -> Result<(), WriteError> {
    let headings: Vec<Vec<Run<'_>>> = headings.iter().map(|text| vec![Run::plain(text).bold()]).collect();
    page.begin_table(widths, &headings)?;
    for row in rows {
        page.row(&row.iter().map(|text| vec![Run::plain(text)]).collect::<Vec<_>>())?;
    }
    page.end_table()?;
    Ok(page.text(Style::Small, "")?)
}

impl Writer for IcannDocx {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.gathered.add(&entry)
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let Some(file) = self.file.take() else { return Ok(Adapted::default()) };
        let mut page = begin_docx(file, &self.head, TITLE)?;
        let block = title_block(&self.head);
        let rows: Vec<Vec<&str>> = block.iter().map(|(name, value)| vec![*name, value]).collect();
        docx_table(&mut page, &[2800, 6272], &[], &rows)?;
        let [first, second, third, fourth] = SECTIONS;
        let gathered = &mut self.gathered;
        page.text(Style::Heading(1), first)?;
        page.text(Style::Plain, &overview(&self.head, gathered))?;
        page.text(Style::Heading(1), second)?;
        for (caption, headings, list) in [
            (ORGANISATIONS, ORGANISATION_HEADINGS, &gathered.organisations),
            (INDIVIDUALS, INDIVIDUAL_HEADINGS, &gathered.individuals),
        ] {
            page.text(Style::Heading(2), caption)?;
            let rows: Vec<Vec<&str>> = Gathered::arrived(list).into_iter().map(Vec::from).collect();
            docx_table(&mut page, &[4200, 3400, 1472], &headings, &rows)?;
        }
        page.text(Style::Heading(1), third)?;
        page.text(Style::Plain, summary(&self.head))?;
        page.text(Style::Heading(1), fourth)?;
        page.text(Style::Heading(2), COUNTED)?;
        let counts = gathered.counts();
        let counts: Vec<Vec<&str>> = counts.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        docx_table(&mut page, &[4800, 1424, 1424, 1424], &COUNT_HEADINGS, &counts)?;
        page.text(Style::Heading(2), REVIEW)?;
        let headings: Vec<Vec<Run<'_>>> = REVIEW_HEADINGS.iter().map(|text| vec![Run::plain(text).bold()]).collect();
        page.begin_table(&[500, 3572, 1700, 1750, 1550], &headings)?;
        gathered.each_row(|row| Ok(page.row(&row.iter().map(|text| vec![Run::plain(text)]).collect::<Vec<_>>())?))?;
        page.end_table()?;
        page.text(Style::Small, "")?;
        let adapted = Adapted::dropped(page.characters_dropped());
        self.page = Some(page);
        Ok(adapted)
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        end_docx(self.page, manifest)
    }
}
