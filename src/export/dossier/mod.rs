//! The dossier: what the Commission takes into its meeting. For each norm the text with its lines, the rolling text, the
//! issues by how many stakeholder groups are behind them, the lever matrix, the views of a minority; behind all of them
//! every comment, and the manifest. Comments wait on the disk until what stands before them is known.

mod annex;
mod issues;
mod matrix;
pub mod model;
mod parts;
pub mod store;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use annex::Annex;
use matrix::Matrix;

use super::documents::{Documents, words};
use super::edition::is_proposal;
use super::entry::Entry;
use super::manifest::Manifest;
use super::sheet::{self, Kind, Sheet};
use super::writer::{Adapted, Head, WriteError, Writer};
use crate::ids::NormId;

/// What is known of a norm when all its comments have come.
#[derive(Default)]
struct Part {
    comments: u64,
    groups: BTreeSet<String>,
    levers: Matrix,
}

/// A dossier being written.
pub struct Dossier {
    kind: Kind,
    file: Option<File>,
    sheet: Option<Box<dyn Sheet>>,
    head: Head,
    documents: Documents,
    parts: BTreeMap<NormId, Part>,
    /// The stakeholder group behind each proposal, by the reference of its comment.
    groups: BTreeMap<String, String>,
    annex: Annex,
}

impl Dossier {
    /// A dossier without a comment yet.
    pub fn new(kind: Kind, file: File, head: Head) -> Self {
        let documents = Documents::of(&head.texts);
        Self {
            kind,
            file: Some(file),
            sheet: None,
            head,
            documents,
            parts: BTreeMap::new(),
            groups: BTreeMap::new(),
            annex: Annex::default(),
        }
    }

    /// How many comments the dossier of a norm holds.
    fn comments(&self, norm: NormId) -> u64 {
        self.parts.get(&norm).map_or(0, |part| part.comments)
    }
}

impl Writer for Dossier {
    fn write(&mut self, entry: Entry, _: &str) -> Result<(), WriteError> {
        let record = &entry.record;
        let part = self.parts.entry(entry.norm.id).or_default();
        part.comments += 1;
        if !part.groups.contains(&record.stakeholder_group) {
            part.groups.insert(record.stakeholder_group.clone());
        }
        if record.kind == "lever" {
            part.levers.add(record);
        }
        if is_proposal(record) {
            self.documents.add(&entry);
            self.groups.insert(record.reference.clone(), record.stakeholder_group.clone());
        }
        self.annex.add(&entry)
    }

    fn close(&mut self) -> Result<Adapted, WriteError> {
        let Some(file) = self.file.take() else { return Ok(Adapted::default()) };
        let mut sheet = sheet::begin(self.kind, file, &self.head, &words().t("dossier-title"))?;
        let documents = self.documents.finish();
        self.first_page(sheet.as_mut())?;
        self.norms(sheet.as_mut(), &documents)?;
        self.annex.write(sheet.as_mut())?;
        let adapted = sheet.adapted();
        self.sheet = Some(sheet);
        Ok(adapted)
    }

    fn finish(self: Box<Self>, manifest: &Manifest) -> Result<File, WriteError> {
        sheet::finish(self.sheet, manifest)
    }
}
