//! Putting a backup in the place of a portal: everything is checked before anything is replaced, and what was there is
//! kept aside.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::model::{BackupError, Manifest};
use super::unpack::unpack;
use super::{ATTACHMENTS, DATABASE, HEADS, Portal, owner, store};
use crate::audit::{self, Act, Actor, Head, heads};
use crate::clock::Moment;
use crate::db::copy::{self, Alone, Put};
use crate::db::{AnyConnection, DbError};

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// What the backup said of itself.
    pub manifest: Manifest,
    /// What the old database and the old folders are called now, if there were any.
    pub aside: Option<String>,
    /// How many sessions ended.
    pub sessions: usize,
    /// How many letters with links that were open no longer count.
    pub links: usize,
}

/// Why the last word on the restored database was no.
enum Refusal {
    Database(DbError),
    Backup(BackupError),
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

/// Restores the backup at `from`. A portal that somebody used is refused unless `replace`; one that is running always.
pub fn restore(
    portal: &Portal,
    now: Moment,
    (from, identity): (&Path, Option<&Path>),
    replace: bool,
) -> Result<Restored, BackupError> {
    // Held to the end: a portal that is started meanwhile is refused.
    let Some(mut alone) = Alone::take(portal.target)? else {
        return Err(BackupError::Refused("the database is open elsewhere: stop the portal first".into()));
    };
    let is_used = copy::is_used(portal.target)?;
    if is_used && !replace {
        let why =
            "there is a portal here that was used; with --replace it is kept aside and the backup takes its place";
        return Err(BackupError::Refused(why.into()));
    }
    let stage = tempfile::Builder::new().prefix("restoring-").tempdir_in(portal.data_dir);
    let stage = stage.map_err(BackupError::file(portal.data_dir))?;
    let manifest = unpack(from, identity, stage.path())?;
    fits(portal, &manifest)?;
    let aside = format!("replaced-{}", now.format("%Y%m%dT%H%M%SZ"));
    if portal.data_dir.join(&aside).exists() {
        return Err(BackupError::Refused(format!("{aside} is there from a restore of this second: try again")));
    }
    let put = Put {
        target: portal.target,
        from: &stage.path().join(DATABASE),
        schema: &manifest.schema,
        rows: &manifest.rows,
        aside: &aside,
    };
    let known = heads_of(stage.path())?;
    let last = |conn: &mut AnyConnection| last_word(conn, now, &manifest, &known);
    let swap = || swap(portal.data_dir, stage.path(), &aside).map_err(Refusal::Backup);
    let (sessions, links) = copy::put(&put, &mut alone, last, swap).map_err(|refusal| match refusal {
        Refusal::Database(error @ DbError::Schema(_)) => BackupError::Broken(error.to_string()),
        Refusal::Database(error) => BackupError::Database(error),
        Refusal::Backup(error) => error,
    })?;
    if let Err(error) = owner::give(portal) {
        let folder = portal.data_dir.display();
        tracing::error!(%error, "restored, but not everything in {folder} belongs to who {folder} belongs to: chown it");
    }
    Ok(Restored { manifest, aside: is_used.then_some(aside), sessions, links })
}

/// Refuses a backup of another kind of database, or of a newer portal.
fn fits(portal: &Portal, manifest: &Manifest) -> Result<(), BackupError> {
    let here = copy::kind(portal.target);
    if manifest.database != here {
        let why = format!(
            "it is a backup of {}, and database.url names {here}; an archive (`export --format archive`) goes from one to \
             the other",
            manifest.database
        );
        return Err(BackupError::Refused(why));
    }
    if let Some(version) = copy::unknown(portal.target, &manifest.schema)? {
        let why =
            format!("it has migration {version}, which this version does not know: use portal {}", manifest.portal);
        return Err(BackupError::Refused(why));
    }
    Ok(())
}

fn heads_of(stage: &Path) -> Result<Vec<Head>, BackupError> {
    let files = heads::files(stage).map_err(BackupError::file(stage))?;
    files.iter().map(|file| Head::read(file).map_err(BackupError::file(file))).collect()
}

/// The audit log has to hold and to end where the manifest says; then everybody is signed out, and the log says why.
fn last_word(
    conn: &mut AnyConnection,
    now: Moment,
    manifest: &Manifest,
    known: &[Head],
) -> Result<(usize, usize), Refusal> {
    let broken = |why: String| Refusal::Backup(BackupError::Broken(why));
    if let Err(why) = audit::verify_against(conn, known)? {
        return Err(broken(format!("its audit log does not hold: {why}")));
    }
    if audit::store::head(conn)?.to_string() != manifest.audit_head {
        return Err(broken("its audit log ends elsewhere than its manifest says".into()));
    }
    let ended = store::sign_everybody_out(conn, now)?;
    let act = Act {
        action: "backup.restored",
        subject: "backup".to_owned(),
        detail: json!({ "made_at": manifest.made_at, "head": manifest.audit_head, "sessions": ended.0 }),
    };
    audit::append(conn, now, Actor::Operator, act)?;
    Ok(ended)
}

/// Moves the old folders aside and the new ones in.
fn swap(data_dir: &Path, stage: &Path, aside: &str) -> Result<(), BackupError> {
    let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
    let old = data_dir.join(aside);
    for name in [ATTACHMENTS, HEADS] {
        let there = data_dir.join(name);
        if there.exists() {
            DirBuilder::new().recursive(true).mode(0o700).create(&old).map_err(BackupError::file(&old))?;
            step(&mut moved, there, old.join(name))?;
        }
        let new = stage.join(name);
        if new.exists() {
            step(&mut moved, new, data_dir.join(name))?;
        }
    }
    File::open(data_dir).and_then(|folder| folder.sync_all()).map_err(BackupError::file(data_dir))
}

/// Moves one thing; takes back all that was moved where that fails.
fn step(moved: &mut Vec<(PathBuf, PathBuf)>, from: PathBuf, to: PathBuf) -> Result<(), BackupError> {
    let done = fs::rename(&from, &to).map_err(BackupError::file(&from));
    if done.is_ok() {
        moved.push((from, to));
        return done;
    }
    for (from, to) in moved.drain(..).rev() {
        if let Err(error) = fs::rename(&to, &from) {
            tracing::error!(%error, from = %to.display(), to = %from.display(), "could not be moved back");
        }
    }
    done
}
