//! Opens an archive that somebody sent, and believes nothing it says: names, sizes, digests, versions are all checked before
//! a row of it is read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use super::parts::{PARTS, Part};
use super::row::Edition;
use super::write::{FOLDER, FORMAT, INDEX, Index, Listed, MANIFEST, VERSION};
use crate::ids::AttachmentId;

/// The most bytes of the list of parts.
const MOST_INDEX: u64 = 1 << 20;
/// The most bytes of a row.
pub const MOST_LINE: usize = 16 << 20;
/// The most files that came with comments.
const MOST_FILES: usize = 1 << 20;
/// How many bytes may come out of one: text that people wrote packs to a tenth, a bomb to a thousandth.
const MOST_RATIO: u64 = 200;
/// What any entry may have, however well it packs.
const FREE: u64 = 1 << 20;

/// Why an archive is not read. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No ZIP, or a broken one.
    #[error("this is no archive: {0}")]
    Broken(String),
    /// Something in it has no place in an archive: a path out of it, for one.
    #[error("{0:?} has no place in an archive")]
    Strange(String),
    /// A part is missing.
    #[error("the archive has no {0}")]
    Missing(String),
    /// Its list says something that can't be.
    #[error("the list of parts is not one of an archive: {0}")]
    Index(String),
    /// Made by a newer portal.
    #[error("the archive is of version {0}, and this portal reads versions up to {VERSION}: use the newer portal")]
    Newer(u32),
    /// Its bytes are not those that were written.
    #[error("{0} is not what was written: its digest is another")]
    Digest(String),
    /// It unpacks to more than it says, or to more than any text would.
    #[error("{0} unpacks to more than it can hold")]
    Bomb(String),
    /// A row that is none.
    #[error("row {1} of {0} is no row of this part")]
    Row(String, u64),
    /// The disk.
    #[error("the archive could not be read: {0}")]
    Io(#[from] io::Error),
}

impl From<ZipError> for Refused {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => Self::Io(error),
            other => Self::Broken(other.to_string()),
        }
    }
}

/// An archive whose list was read and whose names are known.
pub struct Opened {
    zip: ZipArchive<File>,
    /// What it says of itself.
    pub index: Index,
    /// SHA-256 of that.
    pub index_sha256: String,
}

impl Opened {
    /// Opens the archive in `file`.
    pub fn of(file: File) -> Result<Self, Refused> {
        let mut zip = ZipArchive::new(file)?;
        check_names(&mut zip)?;
        let mut text = Vec::new();
        entry(&mut zip, INDEX, MOST_INDEX)?.read_to_end(&mut text)?;
        if text.len() as u64 > MOST_INDEX {
            return Err(Refused::Bomb(INDEX.into()));
        }
        // A newer one may say more than we can read: its version is looked at first.
        let any: serde_json::Value =
            serde_json::from_slice(&text).map_err(|error| Refused::Index(error.to_string()))?;
        if any.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
            return Err(Refused::Index("another format".into()));
        }
        let version = any.get("version").and_then(serde_json::Value::as_u64).and_then(|it| u32::try_from(it).ok());
        match version {
            Some(VERSION) => {}
            Some(newer) if newer > VERSION => return Err(Refused::Newer(newer)),
            _ => return Err(Refused::Index("no version".into())),
        }
        let index: Index = serde_json::from_value(any).map_err(|error| Refused::Index(error.to_string()))?;
        let opened = Self { zip, index_sha256: hex::encode(Sha256::digest(&text)), index };
        opened.check_parts()?;
        Ok(opened)
    }

    /// Which edition it is.
    pub fn edition(&self) -> Edition {
        Edition { is_public: self.index.edition == "public", with_addresses: self.index.with_addresses }
    }

    /// Its parts, in the order in which they are read.
    pub fn parts(&self) -> impl Iterator<Item = &'static Part> + use<> {
        let is_public = self.edition().is_public;
        PARTS.iter().filter(move |part| part.rows(is_public).is_some())
    }

    fn check_parts(&self) -> Result<(), Refused> {
        let edition = self.index.edition.as_str();
        if !matches!(edition, "public" | "commission") || (edition == "public" && self.index.with_addresses) {
            return Err(Refused::Index("no such edition".into()));
        }
        let wanted: Vec<String> = self.parts().map(Part::file).collect();
        let listed: Vec<&str> = self.index.parts.iter().map(|part| part.file.as_str()).collect();
        if wanted == listed { Ok(()) } else { Err(Refused::Index("other parts than an archive has".into())) }
    }

    /// Checks that every part is what was written, without keeping any of it.
    pub fn check_digests(&mut self) -> Result<(), Refused> {
        for listed in self.index.parts.clone() {
            let mut part = self.bytes(&listed)?;
            let (mut sha, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 64 << 10]);
            loop {
                let length = part.read(&mut piece)?;
                if length == 0 {
                    break;
                }
                sha.update(piece.get(..length).unwrap_or_default());
                bytes += length as u64;
            }
            if bytes > listed.bytes {
                return Err(Refused::Bomb(listed.file));
            }
            if bytes != listed.bytes || hex::encode(sha.finalize()) != listed.sha256 {
                return Err(Refused::Digest(listed.file));
            }
        }
        Ok(())
    }

    fn bytes(&mut self, listed: &Listed) -> Result<impl Read + '_, Refused> {
        entry(&mut self.zip, &listed.file, listed.bytes)
    }

    /// Gives every row of a part to `each`, with its number from 1.
    pub fn rows<E: From<Refused>>(
        &mut self,
        part: &Part,
        mut each: impl FnMut(u64, &str) -> Result<(), E>,
    ) -> Result<u64, E> {
        let file = part.file();
        let listed = self.index.parts.iter().find(|listed| listed.file == file).cloned();
        let listed = listed.ok_or_else(|| Refused::Missing(file.clone()))?;
        let mut lines = BufReader::new(self.bytes(&listed)?);
        let (mut line, mut number) = (Vec::new(), 0);
        loop {
            line.clear();
            let read = lines.by_ref().take(MOST_LINE as u64).read_until(b'\n', &mut line);
            if read.map_err(Refused::from)? == 0 {
                break;
            }
            number += 1;
            let odd = || Refused::Row(file.clone(), number);
            let text = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok()).ok_or_else(odd)?;
            each(number, text)?;
        }
        if number == listed.rows { Ok(number) } else { Err(Refused::Row(file, number).into()) }
    }

    /// The bytes of a file that came with a comment, written to `out`: `size` of them with this digest.
    pub fn file(&mut self, id: AttachmentId, size: u64, sha256: &str, out: &mut impl io::Write) -> Result<(), Refused> {
        let name = format!("{FOLDER}{id}");
        let mut sha = Sha256::new();
        let (mut bytes, mut piece) = (0, vec![0; 64 << 10]);
        let mut from = entry(&mut self.zip, &name, size)?;
        loop {
            let length = from.read(&mut piece)?;
            let read = piece.get(..length).unwrap_or_default();
            if read.is_empty() {
                break;
            }
            sha.update(read);
            out.write_all(read)?;
            bytes += length as u64;
        }
        if bytes == size && hex::encode(sha.finalize()) == sha256 { Ok(()) } else { Err(Refused::Digest(name)) }
    }
}

/// An entry of at most `most` bytes and one: what comes out beyond that is not read.
fn entry<'z>(zip: &'z mut ZipArchive<File>, name: &str, most: u64) -> Result<impl Read + 'z, Refused> {
    let entry = match zip.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Err(Refused::Missing(name.to_owned())),
        Err(error) => return Err(error.into()),
    };
    let packed = entry.compressed_size();
    if entry.size() > most || most > packed.saturating_mul(MOST_RATIO).saturating_add(FREE) {
        return Err(Refused::Bomb(name.to_owned()));
    }
    Ok(entry.take(most.saturating_add(1)))
}

/// Refuses an archive with anything in it that has no place there, or the same twice.
fn check_names(zip: &mut ZipArchive<File>) -> Result<(), Refused> {
    let parts: BTreeSet<String> = PARTS.iter().map(Part::file).collect();
    if zip.len() > MOST_FILES {
        return Err(Refused::Bomb("the archive".into()));
    }
    for at in 0..zip.len() {
        let entry = zip.by_index_raw(at)?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let is_file =
            name.strip_prefix(FOLDER).and_then(AttachmentId::parse).is_some_and(|id| name == format!("{FOLDER}{id}"));
        if !is_file && name != INDEX && name != MANIFEST && !parts.contains(&name) {
            return Err(Refused::Strange(name));
        }
    }
    Ok(())
}
