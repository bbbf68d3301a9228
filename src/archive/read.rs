//! Reads an archive into an empty portal: all of it in one transaction, or nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io;
use std::path::Path;

use serde_json::json;

use super::parts::PARTS;
use super::row::{self, Edition};
use super::store;
use super::unpack::{Opened, Refused};
use super::write::Index;
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::comments::record::rebuild::rebuild;
use crate::db::dialect::rows::Cell;
use crate::db::{AnyConnection, Db, DbError};
use crate::epochs::{self, Scope};
use crate::files::{FileError, Files};
use crate::ids::AttachmentId;
use crate::norms::model::TextVersion;
use crate::norms::store as norms;
use crate::norms::words::Word;

/// Why nothing was read in.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The archive.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is something here already.
    #[error("this portal is not empty: an archive is read into a portal that never served; use a fresh database")]
    NotEmpty,
    /// The log in it does not hold.
    #[error("the audit log in the archive does not hold: {0}")]
    Audit(String),
    /// Rows that contradict each other.
    #[error("the archive contradicts itself: {0}")]
    Contradiction(String),
    /// A file could not be stored.
    #[error("a file could not be stored: {0}")]
    File(#[from] FileError),
    /// The disk.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What was read in.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What the archive says of itself.
    pub index: Index,
    /// How many comments.
    pub comments: u64,
    /// How many files.
    pub files: usize,
}

/// Reads the archive at `path`.
pub fn import(db: &Db, files: &Files, now: Moment, path: &Path) -> Result<Imported, ReadError> {
    let mut opened = Opened::of(File::open(path)?)?;
    opened.check_digests()?;
    if !db.read_blocking(store::is_empty)? {
        return Err(ReadError::NotEmpty);
    }
    let on = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut stored = Vec::new();
    let done = put_files(&mut opened, files, &on, &mut stored).and_then(|()| {
        let path = path.to_owned();
        db.write_large_blocking(move |conn| rows(conn, now, Opened::of(File::open(path)?)?))
    });
    if done.is_err() {
        for id in &stored {
            if let Err(error) = on.block_on(files.delete(*id)) {
                tracing::warn!(%error, %id, "a file of an archive that was not read in stayed behind");
            }
        }
    }
    let comments = done?;
    Ok(Imported { index: opened.index, comments, files: stored.len() })
}

/// A file as its row tells of it.
struct Attached {
    id: AttachmentId,
    size: u64,
    sha256: String,
}

fn attached(line: &str) -> Option<Attached> {
    let row: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(Attached {
        id: AttachmentId::parse(row.get("id")?.as_str()?)?,
        size: row.get("size")?.as_u64()?,
        sha256: row.get("sha256")?.as_str()?.to_owned(),
    })
}

/// Stores every file that came with a comment, after its bytes were checked.
fn put_files(
    opened: &mut Opened,
    files: &Files,
    on: &tokio::runtime::Runtime,
    stored: &mut Vec<AttachmentId>,
) -> Result<(), ReadError> {
    let Some(part) = PARTS.iter().find(|part| part.table == "attachments") else { return Ok(()) };
    let mut all = Vec::new();
    opened.rows(part, |number, line| {
        all.push(attached(line).ok_or_else(|| Refused::Row(part.file(), number))?);
        Ok::<_, Refused>(())
    })?;
    for it in all {
        let mut file = tempfile::tempfile()?;
        opened.file(it.id, it.size, &it.sha256, &mut file)?;
        stored.push(it.id);
        on.block_on(files.put(it.id, file))?;
    }
    Ok(())
}

/// Adds every row, then what is made anew from them. Returns how many comments there are.
fn rows(conn: &mut AnyConnection, now: Moment, mut opened: Opened) -> Result<u64, ReadError> {
    // Looked at once more, inside.
    if !store::is_empty(conn)? {
        return Err(ReadError::NotEmpty);
    }
    let edition = opened.edition();
    if edition.is_public {
        for which in [1, 2] {
            store::add_face(conn, now, &row::desk(which), "")?;
        }
    }
    let mut comments = 0;
    let parts: Vec<_> = opened.parts().collect();
    for part in parts {
        let count = opened.rows(part, |number, line| {
            let cells = row::cells(part, edition, line)
                .ok_or_else(|| Refused::Row(part.file(), number))
                .map_err(ReadError::from)?;
            if edition.is_public && part.table == "comments" {
                add_author(conn, now, edition, &cells)?;
            }
            store::add(conn, part, &cells).map_err(|error| contradiction(error, &part.file(), number))
        })?;
        if part.table == "comments" {
            comments = count;
        }
    }
    all_read(conn, comments)?;
    store::set_head(conn)?;
    if let Err(broken) = audit::verify_against(conn, &[])? {
        return Err(ReadError::Audit(broken.to_string()));
    }
    store::make_anew(conn)?;
    rebuild(conn)?;
    epochs::raise(conn, Scope::Record)?;
    epochs::raise(conn, Scope::Site)?;
    let detail = json!({
        "edition": opened.index.edition,
        "version": opened.index.version,
        "comments": comments,
        "sha256": opened.index_sha256,
    });
    let subject = format!("consultation:{}", opened.index.consultation);
    audit::append(conn, now, Actor::Operator, Act { action: "archive.imported", subject, detail })?;
    Ok(comments)
}

/// The account that a comment of the public edition is of: one for each comment, so that nobody can tell which are of one
/// person.
fn add_author(conn: &mut AnyConnection, now: Moment, _: Edition, cells: &[Cell]) -> Result<(), ReadError> {
    match cells.first() {
        Some(Cell::Bytes(id)) => Ok(store::add_face(conn, now, id, "")?),
        _ => Ok(()),
    }
}

/// A row that the database does not take is the archive's fault, unless the database can't be reached.
fn contradiction(error: DbError, file: &str, number: u64) -> ReadError {
    match error {
        DbError::Taken(_) | DbError::Fault(_) => {
            ReadError::Contradiction(format!("row {number} of {file} does not fit the rows before it"))
        }
        other => other.into(),
    }
}

/// All comments have to be such as the portal reads: their words those it knows, their revisions there, and each says what
/// its digest is of, on words that stand where it says.
fn all_read(conn: &mut AnyConnection, comments: u64) -> Result<(), ReadError> {
    let mut wordings = BTreeMap::new();
    let look = |conn: &mut AnyConnection, comment: &Comment| {
        let wording = match wordings.entry(comment.text_version_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let wording = norms::version(conn, comment.text_version_id)?;
                let words = wording.words();
                new.insert((wording, words))
            }
        };
        match misfit(comment, wording) {
            Some(what) => Err(ReadError::Contradiction(format!("{} {what}", comment.reference))),
            None => Ok(()),
        }
    };
    match store::each_comment(conn, look) {
        Ok(count) if count == comments => Ok(()),
        Ok(count) => {
            Err(ReadError::Contradiction(format!("of {comments} comments {count} have the text that they name")))
        }
        Err(ReadError::Database(DbError::Fault(_))) => {
            Err(ReadError::Contradiction("a comment has a word that the portal does not know".into()))
        }
        Err(other) => Err(other),
    }
}

/// What is wrong between a comment and the wording it is pinned to.
fn misfit(comment: &Comment, (wording, words): &(TextVersion, Vec<Word>)) -> Option<&'static str> {
    if comment.norm_id != wording.norm_id {
        return Some("is about one norm and on the text of another");
    }
    if comment.body.anchor().is_some_and(|anchor| !anchor.fits_words(&wording.body, words)) {
        return Some("quotes words that do not stand where it says");
    }
    // Of words that were taken out the digest remains.
    (comment.redactions == 0 && comment.digest != comment.body.digest())
        .then_some("does not say what its receipt is of")
}
