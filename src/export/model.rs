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
    }
}

impl Format {
    /// The media type, as it is sent with a download.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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
        if self.bom && self.format != Format::Csv {
            return Err(Refused::MarkOfCsv);
        }
        Ok(())
    }

    /// The status its comments have.
    pub fn effective_status(&self) -> State {
        self.status.unwrap_or(State::Published)
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
