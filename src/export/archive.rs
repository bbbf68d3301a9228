//! The full archive as a file: [`crate::archive`] writes the parts, here they get their manifest.

use std::fs::File;
use std::path::Path;

use super::make::{Gathered, MakeError, digest_of};
use super::manifest::Manifest;
use super::model::{Edition, Format, Request, RequestedBy};
use super::writer::Adapted;
use crate::archive::row;
use crate::archive::write::{self, Written};
use crate::clock::Moment;
use crate::db::Db;
use crate::files::Files;

/// Writes the archive at `part`: one moment of the database.
pub(super) fn write(
    (db, files): (&Db, &Files),
    now: Moment,
    request: &Request,
    requested_by: &RequestedBy,
    part: &Path,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<Manifest, MakeError> {
    let edition = row::Edition {
        is_public: request.edition == Edition::Public,
        with_addresses: request.format == Format::ArchiveWithAddresses,
    };
    let (mut gathered, written) = db.snapshot_blocking(|conn| {
        let gathered = Gathered::plan(conn, request)?;
        let total = i64::try_from(gathered.total).unwrap_or(i64::MAX);
        let written = write::write(conn, files, edition, File::create(part)?, &mut |done| progress(done, total))?;
        Ok::<_, MakeError>((gathered, written))
    })?;
    gathered.written = Written::rows(&written, "comments");
    if gathered.written != gathered.total {
        return Err(MakeError::Miscounted { written: gathered.written, counted: gathered.total });
    }
    let rows_sha256 = written.index_sha256.clone();
    let mut manifest = gathered.manifest(now, request, requested_by, rows_sha256, Adapted::default());
    written.finish(&manifest.to_pretty_json())?.sync_all()?;
    manifest.sha256 = Some(digest_of(part)?);
    Ok(manifest)
}
