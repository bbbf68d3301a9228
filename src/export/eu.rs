//! The feedback table of the European Commission ("Have your say"): CSV with the files in a table of their own, both in one
//! ZIP; JSON with both as arrays, `feedback` and `attachments`.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, IntoInnerError, Read as _, Seek as _, SeekFrom, Write as _};

use serde_json::{Map, Value};
use tempfile::{SpooledTempFile, spooled_tempfile};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::csv::CsvWriter;
use super::entry::{Entry, FileLink};
use super::manifest::Manifest;
use super::told;
use super::writer::{Head, WriteError, Writer};
use crate::comments::record::language;

/// The columns of the feedback.
const FEEDBACK: [&str; 15] = [
    "id",
    "publication_id",
    "tr_number",
    "language",
    "country",
    "organization",
    "surname",
    "first_name",
    "status",
    "feedback",
    "date_feedback",
    "publication",
    "user_type",
    "company_size",
    "reference_initiative",
];

/// The columns of the files.
const FILES: [&str; 7] = ["id", "feedback_id", "file_name", "media_type", "size", "sha256", "url"];

/// Bytes of the table of files that wait in memory; more wait on the disk.
const IN_MEMORY: usize = 1 << 20;

fn feedback<'e>(head: &Head, entry: &'e Entry) -> Vec<Cow<'e, str>> {
    let record = &entry.record;
    let said = [record.proposed_wording.as_str(), &record.rationale, &record.action, &record.obstacles];
    let country = rust_iso3166::from_alpha2(&record.country).map_or("", |country| country.alpha3);
    let publication = match record.publication.as_str() {
        "named" => "PUBLIC",
        "organisation" => "ANONYMOUS",
        _ => "WITHHELD",
    };
    vec![
        record.reference.as_str().into(),
        told::wording_of(record).into(),
        "".into(),
        language::of(&said.join("\n")).to_uppercase().into(),
        country.into(),
        record.organisation.as_str().into(),
        record.author_name.as_str().into(),
        "".into(),
        record.status.to_uppercase().into(),
        told::whole(entry).into(),
        record.submitted_at.as_str().into(),
        publication.into(),
        user_type(&record.stakeholder_group).into(),
        "".into(),
        format!("{}-N{}", head.consultation.code, record.norm_number).into(),
    ]
}

/// Our stakeholder groups in the words of that table.
fn user_type(group: &str) -> &'static str {
    match group {
        "government" => "PUBLIC_AUTHORITY",
        "company" => "COMPANY",
        "business-association" => "BUSINESS_ASSOCIATION",
        "civil-society" => "NGO",
        "academia" => "ACADEMIC_RESEARCH_INSTITUTION",
        "union-or-consumer-body" => "TRADE_UNION",
        "individual" => "CITIZEN",
        _ => "OTHER",
    }
}

fn file_cells<'e>(entry: &'e Entry, file: &'e FileLink) -> Vec<Cow<'e, str>> {
    vec![
        file.id.as_str().into(),
        entry.record.reference.as_str().into(),
        file.name.as_str().into(),
        file.media_type.as_str().into(),
        file.size.to_string().into(),
        file.sha256.as_str().into(),
        file.url.as_str().into(),
    ]
}

/// `feedback.csv`, `attachments.csv` and `manifest.json` in a ZIP. The two tables are parted, because a row for each file
/// would count comments more than once.
pub struct EuCsv {
    head: Head,
    feedback: CsvWriter<ZipWriter<File>>,
    files: CsvWriter<SpooledTempFile>,
}

impl EuCsv {
    /// A ZIP with an empty table.
    pub fn begin(file: File, head: Head, bom: bool) -> Result<Self, WriteError> {
        let mut zip = ZipWriter::new(file);
        zip.start_file("feedback.csv", SimpleFileOptions::default().large_file(true))?;
        let feedback = CsvWriter::new(zip, &FEEDBACK, bom)?;
        let files = CsvWriter::new(spooled_tempfile(IN_MEMORY), &FILES, bom)?;
        Ok(Self { head, feedback, files })
    }
}

impl Writer for EuCsv {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        self.feedback.write(&feedback(&self.head, &entry))?;
        entry.files.iter().try_for_each(|file| self.files.write(&file_cells(&entry, file)))
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        let mut zip = self.feedback.into_inner()?;
        zip.start_file("attachments.csv", SimpleFileOptions::default().large_file(true))?;
        let mut files = self.files.into_inner()?;
        copy(&mut files, &mut zip)?;
        zip.start_file("manifest.json", SimpleFileOptions::default())?;
        zip.write_all(manifest.to_pretty_json().as_bytes())?;
        Ok(zip.finish()?)
    }
}

/// One object: `feedback`, `attachments`, `manifest`.
pub struct EuJson {
    head: Head,
    out: BufWriter<File>,
    rows: u64,
    files: SpooledTempFile,
    listed: u64,
}

impl EuJson {
    /// An object with an empty list.
    pub fn begin(file: File, head: Head) -> Result<Self, WriteError> {
        let mut out = BufWriter::new(file);
        out.write_all(b"{\"feedback\":[")?;
        Ok(Self { head, out, rows: 0, files: spooled_tempfile(IN_MEMORY), listed: 0 })
    }
}

/// An element of a JSON list, each on a line of its own.
fn element(first: bool, names: &[&str], cells: Vec<Cow<'_, str>>) -> Result<String, WriteError> {
    let fields = names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), Value::from(cell.into_owned())));
    let object = serde_json::to_string(&fields.collect::<Map<_, _>>())?;
    Ok(format!("{}\n{object}", if first { "" } else { "," }))
}

impl Writer for EuJson {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        let row = element(self.rows == 0, &FEEDBACK, feedback(&self.head, &entry))?;
        self.out.write_all(row.as_bytes())?;
        self.rows += 1;
        for file in &entry.files {
            let row = element(self.listed == 0, &FILES, file_cells(&entry, file))?;
            self.files.write_all(row.as_bytes())?;
            self.listed += 1;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        self.out.write_all(b"\n],\"attachments\":[")?;
        copy(&mut self.files, &mut self.out)?;
        write!(self.out, "\n],\"manifest\":{}}}\n", manifest.to_json())?;
        Ok(self.out.into_inner().map_err(IntoInnerError::into_error)?)
    }
}

/// All of `from` behind what is in `to`.
fn copy(from: &mut SpooledTempFile, to: &mut impl std::io::Write) -> Result<(), WriteError> {
    from.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            read => to.write_all(buffer.get(..read).unwrap_or_default())?,
        }
    }
}
