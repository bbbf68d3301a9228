//! What every format has to do: take comments one by one, and end the file. A writer decides nothing about who is shown.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::dispositions::{IssueRow, Sheet};
use super::dossier::Dossier;
use super::dossier::model::Raised;
use super::entry::Entry;
use super::manifest::Manifest;
use super::marshalled::MARSHALLED;
use super::model::{Edition, Format, Request};
use super::proposals::{ProposalsHtml, ProposalsSheet};
use super::record::{self, Text};
use super::rolling::ROLLING;
use super::sheet::Kind;
use super::table::{CsvFile, MarkdownFile, XlsxFile};
use super::{akn, annotations, eu, icann, iso, json_lines, log, nist, regulations, tracked};
use crate::clock::{Moment, rfc3339};
use crate::comments::model::State;
use crate::deliberation::report::model::Words;
use crate::norms::model::{Consultation, Norm};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk.
    #[error("the file could not be written: {0}")]
    File(#[from] std::io::Error),
    /// A row that is no JSON: a fault of ours.
    #[error("a row could not be written: {0}")]
    Row(#[from] serde_json::Error),
    /// A page that can't be made: a fault of ours.
    #[error("a page could not be written: {0}")]
    Page(#[from] askama::Error),
    /// The workbook, other than the disk.
    #[error("the workbook could not be written: {0}")]
    Workbook(String),
}

impl From<zip::result::ZipError> for WriteError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => Self::File(error),
            other => Self::File(std::io::Error::other(other)),
        }
    }
}

/// What a writer did to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Adapted {
    /// Characters that the format can't hold.
    pub characters_dropped: u64,
    /// Cells whose text goes on elsewhere in the file.
    pub cells_continued: u64,
    /// Characters that no font has.
    pub characters_unknown: u64,
}

impl Adapted {
    /// Only characters left out.
    pub fn dropped(characters_dropped: u64) -> Self {
        Self { characters_dropped, ..Self::default() }
    }
}

/// What a file is about: what stands on its first page and on top of every page.
#[derive(Clone)]
pub struct Head {
    /// What was asked for comments on.
    pub consultation: Consultation,
    /// The norms asked for, each with the wording that is open for comment.
    pub texts: Vec<(Arc<Norm>, Arc<Text>)>,
    /// For whom it is.
    pub edition: Edition,
    /// The status of its comments.
    pub status: State,
    /// The issues of the board, where the format holds them.
    pub issues: Vec<Raised>,
    /// What the Secretariat wrote for the report.
    pub report: Words,
    /// Whether one norm was asked for.
    pub is_of_one_norm: bool,
    /// Begins every address.
    pub origin: String,
    /// When it was asked for.
    pub made_at: Moment,
    /// The name of who asked.
    pub requested_by: String,
}

impl Head {
    /// For whom it is, in words; of the Commission's edition that it is not for passing on.
    pub fn edition_words(&self) -> &'static str {
        match self.edition {
            Edition::Public => "Public edition",
            Edition::Commission => {
                "Commission edition: holds what was sent to the Commission alone, not for passing on"
            }
        }
    }

    /// What stands on top of every page.
    pub fn page_line(&self) -> String {
        let status = match self.status {
            State::Published => String::new(),
            other => format!(" - status: {other}"),
        };
        let Self { consultation, made_at, .. } = self;
        format!("{} - {}{status} - {}", consultation.title, self.edition_words(), rfc3339(*made_at))
    }

    /// What the comments are about: the title of the norm if it is one, else of the consultation.
    pub fn subject(&self) -> String {
        match self.texts.as_slice() {
            [(norm, text)] if self.is_of_one_norm => format!("{}, version {}", norm.title, text.version.label),
            _ => self.consultation.title.clone(),
        }
    }
}

/// A file that takes comments, or issues. Another thread writes it than reads the database.
pub trait Writer: Send {
    /// Adds a comment; `line` is its row in JSON. A file of issues takes none.
    fn write(&mut self, entry: Entry, line: &str) -> Result<(), WriteError>;

    /// Adds an issue. A file of comments takes none.
    fn write_issue(&mut self, _: &IssueRow) -> Result<(), WriteError> {
        Ok(())
    }

    /// Writes everything but the manifest; returns what had to be changed.
    fn close(&mut self) -> Result<Adapted, WriteError> {
        Ok(Adapted::default())
    }

    /// Ends the file, with the manifest inside it where the format has a place for it.
    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError>;
}

/// Begins a file of `request`'s format at `path`. What has to wait until the end rests beside it.
pub fn begin(request: &Request, head: Head, path: &Path) -> Result<Box<dyn Writer>, WriteError> {
    let file = File::create(path)?;
    let folder = path.parent();
    let bom = request.bom;
    Ok(match request.format {
        Format::Csv => Box::new(CsvFile::begin(file, &record::TABLE, head, bom)?),
        // An archive has parts and no rows: `super::archive` writes it.
        Format::JsonLines | Format::Archive | Format::ArchiveWithAddresses => {
            Box::new(json_lines::JsonLinesFile::new(file))
        }
        Format::Xlsx => Box::new(XlsxFile::begin(file, folder, &record::TABLE, head)?),
        Format::IsoDocx => Box::new(iso::IsoDocx::begin(file, head)?),
        Format::IsoXlsx => Box::new(iso::IsoXlsx::begin(file, folder, head)?),
        Format::NistXlsx => Box::new(XlsxFile::begin(file, folder, &nist::TABLE, head)?),
        Format::NistCsv => Box::new(CsvFile::begin(file, &nist::TABLE, head, bom)?),
        Format::IcannHtml => Box::new(icann::IcannHtml::new(file, head)),
        Format::IcannDocx => Box::new(icann::IcannDocx::new(file, head)),
        Format::LogCsv => Box::new(CsvFile::begin(file, &log::TABLE, head, bom)?),
        Format::LogMarkdown => Box::new(MarkdownFile::begin(file, &log::TABLE, head)?),
        Format::EuCsv => Box::new(eu::EuCsv::begin(file, head, bom)?),
        Format::EuJson => Box::new(eu::EuJson::begin(file, head)?),
        Format::RegulationsCsv => Box::new(CsvFile::begin(file, &regulations::TABLE, head, bom)?),
        Format::AnnotationsJsonLines => Box::new(annotations::AnnotationsFile::new(file, head)),
        Format::TrackedDocx => Box::new(tracked::TrackedDocx::new(file, head)),
        Format::MarshalledHtml => Box::new(ProposalsHtml::new(&MARSHALLED, file, head)),
        Format::MarshalledDocx => Box::new(ProposalsSheet::new(&MARSHALLED, Kind::Docx, file, head)),
        Format::MarshalledPdf => Box::new(ProposalsSheet::new(&MARSHALLED, Kind::Pdf, file, head)),
        Format::RollingHtml => Box::new(ProposalsHtml::new(&ROLLING, file, head)),
        Format::RollingDocx => Box::new(ProposalsSheet::new(&ROLLING, Kind::Docx, file, head)),
        Format::RollingPdf => Box::new(ProposalsSheet::new(&ROLLING, Kind::Pdf, file, head)),
        Format::DossierHtml => Box::new(Dossier::new(Kind::Html, file, head)),
        Format::DossierDocx => Box::new(Dossier::new(Kind::Docx, file, head)),
        Format::DossierPdf => Box::new(Dossier::new(Kind::Pdf, file, head)),
        Format::AknXml => Box::new(akn::AknXml::new(file, head)),
        Format::DispositionsXlsx => Box::new(Sheet::workbook(file, folder)?),
        Format::DispositionsCsv => Box::new(Sheet::csv(file, bom)?),
    })
}
