//! Writes an archive: part by part, row by row, then the files, then the list of all parts. The same rows give the same
//! bytes: fixed order, fixed times, one way of packing. Blocks: for threads that are not async.

use std::fs::File;
use std::io::{self, Write};

use futures_util::StreamExt as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::parts::PARTS;
use super::row::Edition;
use super::store::{self, Behind};
use crate::db::{AnyConnection, DbError};
use crate::files::{FileError, Files};
use crate::ids::AttachmentId;
use crate::norms;

/// What calls itself an archive.
pub const FORMAT: &str = "norm-portal-archive";
/// The version that this portal writes, and the newest that it reads.
pub const VERSION: u32 = 1;
/// The list of parts.
pub const INDEX: &str = "archive.json";
/// What is said anew of each file: when it was made, by whom. Nothing is read from it.
pub const MANIFEST: &str = "manifest.json";
/// The folder of files.
pub const FOLDER: &str = "attachments/";

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// `public` or `commission`.
    pub edition: String,
    /// Whether it holds e-mail addresses.
    pub with_addresses: bool,
    /// The code of the consultation.
    pub consultation: String,
    /// Its parts, in the order in which they are read.
    pub parts: Vec<Listed>,
}

/// A part as the list has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The name of its file.
    pub file: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many bytes.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Why an archive is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file.
    #[error("the archive could not be written: {0}")]
    File(#[from] io::Error),
    /// A file that came with a comment.
    #[error("the file {0} of a comment could not be read: {1}")]
    Attachment(String, FileError),
    /// There is no consultation to be written.
    #[error("there is no consultation yet")]
    NoConsultation,
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl From<zip::result::ZipError> for WriteError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::File(io::Error::other(error))
    }
}

/// Counts and digests what passes through.
struct Counted<'z> {
    zip: &'z mut ZipWriter<File>,
    sha: Sha256,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.zip.write(bytes)?;
        self.sha.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// An archive that is written but for its manifest.
pub struct Written {
    zip: ZipWriter<File>,
    /// What it says of itself.
    pub index: Index,
    /// SHA-256 of that.
    pub index_sha256: String,
}

impl Written {
    /// How many rows a part has.
    pub fn rows(&self, table: &str) -> u64 {
        let file = format!("{table}.jsonl");
        self.index.parts.iter().find(|part| part.file == file).map_or(0, |part| part.rows)
    }

    /// Adds the manifest and ends the file.
    pub fn finish(mut self, manifest: &str) -> Result<File, WriteError> {
        self.zip.start_file(MANIFEST, options())?;
        self.zip.write_all(manifest.as_bytes())?;
        Ok(self.zip.finish()?)
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(true)
}

/// Writes what one moment of the database gives to `out`; `progress` is told (comments written, comments to write).
pub fn write(
    conn: &mut AnyConnection,
    files: &Files,
    edition: Edition,
    out: File,
    progress: &mut dyn FnMut(i64),
) -> Result<Written, WriteError> {
    let consultation = norms::store::consultation(conn)?.ok_or(WriteError::NoConsultation)?;
    let mut zip = ZipWriter::new(out);
    let (mut parts, mut attached) = (Vec::new(), Vec::new());
    for part in PARTS.iter().filter(|part| part.rows(edition.is_public).is_some()) {
        zip.start_file(part.file(), options())?;
        let mut counted = Counted { zip: &mut zip, sha: Sha256::new(), bytes: 0 };
        let (mut rows, mut behind) = (0, Behind::default());
        while let Some((lines, next)) = store::lines(conn, part, edition, &behind)? {
            if lines.is_empty() {
                break;
            }
            for line in &lines {
                counted.write_all(line.as_bytes())?;
                counted.write_all(b"\n")?;
                rows += 1;
                if part.table == "attachments" {
                    attached.extend(id_of(line));
                }
            }
            behind = next;
            if part.table == "comments" {
                progress(rows);
            }
        }
        let (sha256, bytes) = (hex::encode(counted.sha.finalize()), counted.bytes);
        parts.push(Listed { file: part.file(), rows: u64::try_from(rows).unwrap_or_default(), bytes, sha256 });
    }
    add_files(&mut zip, files, &attached)?;
    let index = Index {
        format: FORMAT.to_owned(),
        version: VERSION,
        edition: if edition.is_public { "public" } else { "commission" }.to_owned(),
        with_addresses: edition.with_addresses,
        consultation: consultation.code,
        parts,
    };
    let text = serde_json::to_string_pretty(&index).map_err(io::Error::other)? + "\n";
    zip.start_file(INDEX, options())?;
    zip.write_all(text.as_bytes())?;
    Ok(Written { zip, index, index_sha256: hex::encode(Sha256::digest(text.as_bytes())) })
}

fn id_of(line: &str) -> Option<AttachmentId> {
    let row: serde_json::Value = serde_json::from_str(line).ok()?;
    AttachmentId::parse(row.get("id")?.as_str()?)
}

/// Adds the bytes of files, as they come from where they lie.
fn add_files(zip: &mut ZipWriter<File>, files: &Files, all: &[AttachmentId]) -> Result<(), WriteError> {
    if all.is_empty() {
        return Ok(());
    }
    let on = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for id in all {
        let failed = |error| WriteError::Attachment(id.to_string(), error);
        let mut pieces = Box::pin(on.block_on(files.get(*id)).map_err(failed)?);
        zip.start_file(format!("{FOLDER}{id}"), options())?;
        while let Some(piece) = on.block_on(pieces.next()) {
            zip.write_all(&piece.map_err(|error| failed(error.into()))?)?;
        }
    }
    Ok(())
}
