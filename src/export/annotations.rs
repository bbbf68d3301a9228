//! Web Annotations, one a line: the same that the API gives, made of the row.

use std::fs::File;

use serde_json::Value;

use super::entry::Entry;
use super::json_lines::JsonLinesFile;
use super::manifest::Manifest;
use super::record::Record;
use super::writer::{Head, WriteError, Writer};
use crate::public::annotations::model::{alone, annotation};
use crate::public::api::comment::{
    PublicAuthor, PublicComment, PublicGeneral, PublicLever, PublicSupporters, PublicWording,
};
use crate::public::api::decision::PublicDecision;

/// A file of annotations.
pub struct AnnotationsFile {
    lines: JsonLinesFile,
    head: Head,
}

impl AnnotationsFile {
    /// A file without one.
    pub fn new(file: File, head: Head) -> Self {
        Self { lines: JsonLinesFile::new(file), head }
    }
}

impl Writer for AnnotationsFile {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        let Record { first_word, last_word, .. } = entry.record;
        let place = first_word.zip(last_word).and_then(|(first, last)| entry.text.code_points(first, last));
        let (status, is_confidential) = (entry.record.status.clone(), entry.record.confidential == "yes");
        let origin = &self.head.origin;
        let mut all = alone(origin, annotation(origin, &said(entry), place));
        if let Some(object) = all.as_object_mut() {
            if is_confidential {
                object.insert("confidential".to_owned(), Value::Bool(true));
            }
            if status != "published" {
                object.insert("status".to_owned(), Value::String(status));
            }
        }
        self.lines.line(&serde_json::to_string(&all)?)
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        Box::new(self.lines).finish(manifest)
    }
}

/// The row in the form of the API: names as far as the edition shows them.
fn said(entry: Entry) -> PublicComment {
    let record = entry.record;
    let is_of = |kind: &str| record.kind == kind;
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let author = PublicAuthor {
        name: some(&record.author_name),
        organisation: some(&record.organisation),
        on_behalf_of: some(&record.organisation).map(|_| record.on_behalf_of.clone()),
        organisation_is_confirmed: false,
        stakeholder_group: record.stakeholder_group.clone(),
        country: some(&record.country),
    };
    let decisions = entry.decided.iter().map(PublicDecision::from).collect();
    let published_at = some(&record.published_at).unwrap_or_else(|| record.submitted_at.clone());
    let wording = is_of("wording").then(|| PublicWording {
        clause: record.clause.clone(),
        line: record.line.unwrap_or_default(),
        first_word: record.first_word.unwrap_or_default(),
        last_word: record.last_word.unwrap_or_default(),
        quote: record.quote.clone(),
        prefix: entry.prefix,
        suffix: entry.suffix,
        change: record.change.clone(),
        proposed_wording: record.proposed_wording.clone(),
        concern: record.concern.clone(),
        rationale: record.rationale.clone(),
        evidence: record.evidence.clone(),
        acceptable: record.acceptable.clone(),
    });
    let lever = is_of("lever").then(|| PublicLever {
        actor: record.actor.clone(),
        instrument: record.instrument.clone(),
        action: record.action.clone(),
        by_when: record.by_when.clone(),
        example: record.example.clone(),
        obstacles: record.obstacles.clone(),
        cost: record.cost.clone(),
    });
    let general = is_of("general")
        .then(|| PublicGeneral { rationale: record.rationale.clone(), evidence: record.evidence.clone() });
    PublicComment {
        url: String::new(),
        page: record.permalink,
        reference: record.reference,
        norm: record.norm,
        text_version: record.text_version,
        kind: record.kind,
        author,
        language: None,
        channel: Some(record.channel).filter(|it| it != "portal"),
        submitted_at: record.submitted_at,
        published_at,
        redactions: record.redactions,
        wording,
        lever,
        general,
        attachments: Vec::new(),
        supporters: PublicSupporters::default(),
        decisions,
    }
}
