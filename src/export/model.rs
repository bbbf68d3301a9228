//! What can be asked of an export. Pure.

use serde::{Deserialize, Serialize};

use crate::comments::model::State;
use crate::db::words;
use crate::ids::AccountId;

words! {
    /// For whom a file is.
    Edition {
        /// For everybody: published comments, public names.
        Public = "public",
        /// For the Commission: all accepted comments, the confidential ones too, every name.
        Commission = "commission",
    }
}

words! {
    /// What sort of file.
    Format {
        /// RFC 4180.
        Csv = "csv",
        /// One JSON object a line.
        JsonLines = "jsonl",
        /// A workbook of Office Open XML.
        Xlsx = "xlsx",
        /// The comment table of ISO, IEC and CEN, for reading.
        IsoDocx = "iso-docx",
        /// The same for working.
        IsoXlsx = "iso-xlsx",
        /// The comment matrix of NIST.
        NistXlsx = "nist-xlsx",
        /// The same.
        NistCsv = "nist-csv",
        /// The staff report of ICANN.
        IcannHtml = "icann-html",
        /// The same.
        IcannDocx = "icann-docx",
        /// The disposition log of OASIS and W3C.
        LogCsv = "log-csv",
        /// The same.
        LogMarkdown = "log-md",
        /// The feedback table of the European Commission.
        EuCsv = "eu-csv",
        /// The same.
        EuJson = "eu-json",
        /// The bulk download of regulations.gov.
        RegulationsCsv = "regulations-csv",
        /// W3C Web Annotations, one a line.
        AnnotationsJsonLines = "annotations-jsonl",
        /// The text of a norm with every proposal as a tracked change.
        TrackedDocx = "tracked-docx",
        /// Every proposal in the order of the words.
        MarshalledHtml = "marshalled-html",
        /// The same.
        MarshalledDocx = "marshalled-docx",
        /// The same.
        MarshalledPdf = "marshalled-pdf",
        /// The text with every alternative in it.
        RollingHtml = "rolling-html",
        /// The same.
        RollingDocx = "rolling-docx",
        /// The same.
        RollingPdf = "rolling-pdf",
        /// What the Commission takes into its meeting: texts, issues, levers, every comment.
        DossierHtml = "dossier-html",
        /// The same.
        DossierDocx = "dossier-docx",
        /// The same.
        DossierPdf = "dossier-pdf",
        /// Akoma Ntoso of the texts and of the proposals as amendments.
        AknXml = "akn-xml",
        /// A row for each issue, to write the decisions into.
        DispositionsXlsx = "dispositions-xlsx",
        /// The same.
        DispositionsCsv = "dispositions-csv",
        /// Everything of the consultation, to be read into an empty portal.
        Archive = "archive",
        /// The same with e-mail addresses.
        ArchiveWithAddresses = "archive-addresses",
    }
}

/// What sort of file the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// One JSON object.
    Json,
    /// A workbook.
    Xlsx,
    /// A text of Word.
    Docx,
    /// A page.
    Html,
    /// A document as it is printed.
    Pdf,
    /// A text with marks.
    Markdown,
    /// Several files and their manifest.
    Zip,
}

impl Container {
    /// How the name of such a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Markdown => "md",
            Self::Zip => "zip",
        }
    }

    /// The media type, as it is sent with a download.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Pdf => "application/pdf",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Zip => "application/zip",
        }
    }
}

impl Format {
    /// What sort of file it is, for one norm or for all of them.
    pub fn container(self, is_of_one_norm: bool) -> Container {
        match self {
            Self::Csv | Self::NistCsv | Self::LogCsv | Self::RegulationsCsv | Self::DispositionsCsv => Container::Csv,
            Self::JsonLines | Self::AnnotationsJsonLines => Container::JsonLines,
            Self::EuJson => Container::Json,
            Self::Xlsx | Self::IsoXlsx | Self::NistXlsx | Self::DispositionsXlsx => Container::Xlsx,
            Self::TrackedDocx if !is_of_one_norm => Container::Zip,
            Self::IsoDocx
            | Self::IcannDocx
            | Self::TrackedDocx
            | Self::MarshalledDocx
            | Self::RollingDocx
            | Self::DossierDocx => Container::Docx,
            Self::IcannHtml | Self::MarshalledHtml | Self::RollingHtml | Self::DossierHtml => Container::Html,
            Self::MarshalledPdf | Self::RollingPdf | Self::DossierPdf => Container::Pdf,
            Self::LogMarkdown => Container::Markdown,
            Self::EuCsv | Self::AknXml | Self::Archive | Self::ArchiveWithAddresses => Container::Zip,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// For whom.
    pub edition: Edition,
    /// What sort of file.
    pub format: Format,
    /// The slug of one norm; `None`: all.
    pub norm: Option<String>,
    /// A status in place of `published`.
    pub status: Option<State>,
    /// Whether a CSV begins with a byte order mark.
    pub bom: bool,
}

/// Why a request is not granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A status that is not public, for everybody.
    #[error("the public edition holds published comments only")]
    PublicIsPublished,
    /// What the Commission has not decided yet, for everybody.
    #[error("the disposition sheet is for the Commission's edition: it holds what is not decided yet")]
    SheetOfTheCommission,
    /// A status of comments in a file of issues.
    #[error("the disposition sheet has issues and no comments of a status")]
    SheetWithStatus,
    /// A part of what an archive holds.
    #[error("an archive is of the whole consultation: no norm and no status can be chosen")]
    ArchiveOfAll,
    /// Addresses for everybody.
    #[error("e-mail addresses are in the Commission's edition only")]
    AddressesOfTheCommission,
    /// A byte order mark in a format that has none.
    #[error("only a CSV file can begin with a byte order mark")]
    MarkOfCsv,
}

impl Request {
    /// Whether it may be granted.
    pub fn check(&self) -> Result<(), Refused> {
        if self.edition == Edition::Public && self.status.is_some_and(|status| status != State::Published) {
            return Err(Refused::PublicIsPublished);
        }
        if self.format.is_of_issues() && self.edition == Edition::Public {
            return Err(Refused::SheetOfTheCommission);
        }
        if self.format.is_of_issues() && self.status.is_some() {
            return Err(Refused::SheetWithStatus);
        }
        if self.format.is_archive() && (self.norm.is_some() || self.status.is_some()) {
            return Err(Refused::ArchiveOfAll);
        }
        if self.format == Format::ArchiveWithAddresses && self.edition == Edition::Public {
            return Err(Refused::AddressesOfTheCommission);
        }
        if self.bom && !self.format.takes_mark() {
            return Err(Refused::MarkOfCsv);
        }
        Ok(())
    }

    /// Whether the file is filled in and comes back: its rows say from which state of the board they were made. Only the
    /// Commission's edition, since the board is nobody else's.
    pub fn comes_back(&self) -> bool {
        self.edition == Edition::Commission && matches!(self.format, Format::IsoDocx | Format::IsoXlsx)
    }

    /// The status its comments have.
    pub fn effective_status(&self) -> State {
        self.status.unwrap_or(State::Published)
    }

    /// What sort of file it asks for.
    pub fn container(&self) -> Container {
        self.format.container(self.norm.is_some())
    }

    /// The request as a job keeps it.
    pub fn to_json(&self) -> String {
        let stored = Stored {
            edition: self.edition.to_string(),
            format: self.format.to_string(),
            norm: self.norm.clone(),
            status: self.status.map(|status| status.to_string()),
            bom: self.bom,
        };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads what [`Request::to_json`] wrote; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        let stored: Stored = serde_json::from_str(text).ok()?;
        let status = match stored.status {
            Some(word) => Some(State::parse(&word)?),
            None => None,
        };
        Some(Self {
            edition: Edition::parse(&stored.edition)?,
            format: Format::parse(&stored.format)?,
            norm: stored.norm,
            status,
            bom: stored.bom,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    edition: String,
    format: String,
    norm: Option<String>,
    status: Option<String>,
    bom: bool,
}

/// Who asked for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestedBy {
    /// Somebody at the command line.
    Operator,
    /// Somebody of the Secretariat.
    Person {
        /// The account.
        id: AccountId,
        /// The name that the manifest gives.
        name: String,
    },
}

impl RequestedBy {
    /// The name that the manifest gives.
    pub fn name(&self) -> &str {
        match self {
            Self::Operator => "operator",
            Self::Person { name, .. } => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_survives_its_job() {
        for status in [None, Some(State::Declined)] {
            let request = Request {
                edition: Edition::Commission,
                format: Format::Csv,
                norm: Some("botnets".into()),
                status,
                bom: true,
            };
            assert_eq!(Request::from_json(&request.to_json()), Some(request));
        }
        assert_eq!(Request::from_json("{}"), None);
        let unknown = r#"{"edition":"public","format":"csv","norm":null,"status":"secret","bom":false}"#;
        assert_eq!(Request::from_json(unknown), None);
    }

    #[test]
    fn the_public_edition_is_published_whatever_is_asked() {
        let ask = |edition, status| Request { edition, format: Format::Xlsx, norm: None, status, bom: false }.check();
        for status in State::ALL {
            assert_eq!(ask(Edition::Public, Some(*status)).is_ok(), *status == State::Published, "{status}");
            assert_eq!(ask(Edition::Commission, Some(*status)), Ok(()));
        }
        assert_eq!(ask(Edition::Public, None), Ok(()));
    }
}
