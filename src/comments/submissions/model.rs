//! Several comments that came as one.

use serde_json::json;

use crate::clock::Moment;
use crate::comments::model::Publication;
use crate::db::words;
use crate::ids::{self, AccountId, SubmissionId};

words! {
    /// What the comments came as.
    Form {
        /// A position paper, split into its parts.
        Paper = "paper",
        /// A comment table.
        Table = "table",
    }
}

/// The most comments that one submission may have.
pub const MOST_PARTS: usize = 500;

/// Several comments that came as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Which; the form id it was sent with.
    pub id: SubmissionId,
    /// What people call it; its comments have references of their own.
    pub reference: String,
    /// Who sent it.
    pub account: AccountId,
    /// What it came as.
    pub form: Form,
    /// The title of the paper, or the name of the table's file.
    pub title: String,
    /// The whole text of the paper; empty for a table.
    pub text: String,
    /// SHA-256 of [`canonical`], in hexadecimal.
    pub digest: String,
    /// How many comments it has.
    pub parts: i32,
    /// What becomes public.
    pub publication: Publication,
    /// When it came.
    pub submitted_at: Moment,
}

/// A submission as one line of JSON with a fixed order: what its digest covers. `parts` are reference and digest of
/// each comment, in order.
pub fn canonical(form: Form, title: &str, text: &str, parts: &[(String, String)]) -> String {
    let parts: Vec<_> = parts.iter().map(|(reference, sha256)| json!([reference, sha256])).collect();
    json!([form.as_str(), title, text, parts]).to_string()
}

/// SHA-256 of [`canonical`] in hexadecimal.
pub fn digest(form: Form, title: &str, text: &str, parts: &[(String, String)]) -> String {
    hex::encode(ids::sha256(canonical(form, title, text, parts).as_bytes()))
}
