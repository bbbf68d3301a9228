//! The manifest that travels with every file: what it holds, what it leaves out, and its digest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Edition, Request};

/// The version of the columns and of this manifest.
pub const FORMAT_VERSION: &str = "1";

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT_VERSION`].
    pub format_version: String,
    /// What was asked for comments on.
    pub consultation: Consultation,
    /// `public` or `commission`.
    pub edition: String,
    /// `csv`, `jsonl`, `xlsx`, `iso-docx`, ...
    pub format: String,
    /// The filters, in words.
    pub filters: Vec<String>,
    /// The wordings that the file refers to or could have.
    pub text_versions: Vec<TextVersion>,
    /// The name of who asked for it, or `operator`.
    pub requested_by: String,
    /// RFC 3339, UTC.
    pub made_at: String,
    /// Comments in the file.
    pub rows: u64,
    /// Comments not in the file, by reason ([`super::edition::LeftOut`]); with `rows` they are all there are.
    pub left_out: BTreeMap<String, u64>,
    /// SHA-256 of the rows as JSON Lines, in hexadecimal: the same for the same rows in every format.
    pub rows_sha256: String,
    /// SHA-256 of the file's bytes. Not in the sheet inside a workbook, which can't hold its own digest.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    /// Characters that XML 1.0 forbids, left out of workbooks, texts of Word, pages and XML; 0 in every other format.
    pub characters_dropped: u64,
    /// Cells of a workbook whose text goes on in its sheet `Continued`; 0 in every other format.
    pub cells_continued: u64,
    /// Characters of a PDF that no font of the machine has; in the place of each stands a box.
    #[serde(default, skip_serializing_if = "is_none")]
    pub characters_unknown: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
fn is_none(count: &u64) -> bool {
    *count == 0
}

/// What was asked for comments on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Begins every reference.
    pub code: String,
    /// Its name.
    pub title: String,
}

/// A wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextVersion {
    /// Slug of the norm.
    pub norm: String,
    /// `1`, `2`, ...
    pub label: String,
    /// Partial ISO date of the source.
    pub dated: String,
    /// SHA-256 of the words, in hexadecimal.
    pub body_sha256: String,
}

impl Manifest {
    /// The facts as (name, value), for a sheet: one row for each.
    pub fn facts(&self) -> Vec<(String, String)> {
        let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut facts = vec![
            fact("format_version", &self.format_version),
            fact("consultation", &format!("{} - {}", self.consultation.code, self.consultation.title)),
            fact("edition", &self.edition),
            fact("format", &self.format),
        ];
        facts.extend(self.filters.iter().map(|filter| fact("filter", filter)));
        facts.extend(self.text_versions.iter().map(|text| {
            let value = format!("{}: version {}, {}, SHA-256 {}", text.norm, text.label, text.dated, text.body_sha256);
            fact("text_version", &value)
        }));
        facts.push(fact("requested_by", &self.requested_by));
        facts.push(fact("made_at", &self.made_at));
        facts.push(fact("rows", &self.rows.to_string()));
        facts.extend(
            self.left_out.iter().map(|(reason, count)| fact(&format!("left_out: {reason}"), &count.to_string())),
        );
        facts.push(fact("rows_sha256", &self.rows_sha256));
        facts.push(fact("characters_dropped", &self.characters_dropped.to_string()));
        facts.push(fact("cells_continued", &self.cells_continued.to_string()));
        if self.characters_unknown > 0 {
            facts.push(fact("characters_unknown", &self.characters_unknown.to_string()));
        }
        facts
    }

    /// The manifest as a file of its own.
    pub fn to_pretty_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The manifest as a job keeps it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads either form; `None` for anything else.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The facts for the audit log: no name, no text.
    pub fn audited(&self) -> serde_json::Value {
        serde_json::json!({
            "edition": self.edition,
            "format": self.format,
            "filters": self.filters,
            "rows": self.rows,
            "left_out": self.left_out,
            "sha256": self.sha256,
            "rows_sha256": self.rows_sha256,
            "characters_dropped": self.characters_dropped,
            "cells_continued": self.cells_continued,
        })
    }
}
/// The filters of `request` in words.
pub(super) fn in_words(request: &Request) -> Vec<String> {
    let norm = format!("norm: {}", request.norm.as_deref().unwrap_or("all"));
    if request.format.is_of_issues() {
        return vec!["Commission edition: every issue of the board with what is decided on it so far".to_owned(), norm];
    }
    if request.format.is_archive() && request.edition == Edition::Commission {
        return vec!["Commission edition: every comment in every state, every name".to_owned(), norm];
    }
    let edition = match request.edition {
        Edition::Public => {
            "public edition: published comments, without those for the Commission alone; names as far as their authors made them public"
        }
        Edition::Commission => {
            "Commission edition: those for the Commission alone included and marked confidential; every name"
        }
    };
    vec![edition.to_owned(), format!("status: {}", request.effective_status()), norm]
}
