//! Making a backup while the portal runs.

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::model::{BackupError, FORMAT, Made, Manifest};
use super::pack::Packing;
use super::seal::Sealing;
use super::{Portal, store};
use crate::audit;
use crate::clock::{self, Moment};
use crate::db::copy;

/// How the names of folders begin in which a database is copied before it is packed.
pub(super) const STAGE: &str = "backing-up-";

/// Writes a backup to `out`: beside it first, renamed once it is whole and on the disk.
pub fn make(portal: &Portal, now: Moment, recipient: Option<&str>, out: &Path) -> Result<Made, BackupError> {
    if out.exists() {
        return Err(BackupError::Exists(out.to_owned()));
    }
    let half = half(out);
    let made = write(portal, now, recipient, &half).and_then(|made| {
        // A link, unlike a renaming, never goes over a file that came meanwhile.
        fs::hard_link(&half, out).map_err(BackupError::file(out))?;
        let folder = folder(out);
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(BackupError::file(folder))?;
        Ok(made)
    });
    // There is none if not even it could be made.
    let _gone = fs::remove_file(&half);
    made
}

/// What a backup is called before it is whole.
fn half(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

pub(super) fn folder(out: &Path) -> &Path {
    out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn write(portal: &Portal, now: Moment, recipient: Option<&str>, half: &Path) -> Result<Made, BackupError> {
    let stage = tempfile::Builder::new().prefix(STAGE).tempdir_in(portal.data_dir);
    let stage = stage.map_err(BackupError::file(portal.data_dir))?;
    // The database first: every file that it names is there by then.
    let copied =
        copy::take(portal.target, stage.path(), |conn| Ok((audit::store::head(conn)?, store::attachments(conn)?)))?;
    let (head, known) = copied.told;
    let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(half);
    let sealing = Sealing::begin(file.map_err(BackupError::file(half))?, recipient)?;
    let mut packing = Packing::begin(sealing, u64::try_from(now.and_utc().timestamp()).unwrap_or_default());
    packing.database(stage.path())?;
    let mut attachments = match portal.bucket {
        Some(_) => super::model::Attachments::default(),
        None => packing.attachments(portal.data_dir, &known, |id| store::is_attached(portal.target, id))?,
    };
    attachments.bucket = portal.bucket.map(str::to_owned);
    packing.heads(portal.data_dir, head.seq)?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        portal: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: clock::rfc3339(now),
        database: copy::kind(portal.target).to_owned(),
        schema: copied.schema,
        rows: copied.rows,
        audit_head: head.to_string(),
        attachments,
        parts: packing.parts.clone(),
    };
    let (size, sha256) = packing.end(&manifest).map_err(BackupError::file(half))?;
    Ok(Made { size, sha256, manifest })
}
