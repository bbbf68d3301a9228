//! Copies of the embedded database: one file, made by `VACUUM INTO` while others read and write.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection, sql_query};

use super::{Alone, Copied, Put, compare, opened_meanwhile, rows, schema, unwritten};
use crate::db::connect::{AnyConnection, Target};
use crate::db::error::{DbError, DbResult};
use crate::db::{in_transaction, migrate};

/// The one file of a copy.
const FILE: &str = "norm-portal.db";

#[derive(diesel::QueryableByName)]
struct Check {
    #[diesel(sql_type = Text)]
    quick_check: String,
}

pub(super) fn take<T>(
    path: &Path,
    folder: &Path,
    ask: impl FnOnce(&mut AnyConnection) -> DbResult<T>,
) -> DbResult<Copied<T>> {
    if !path.is_file() {
        return Err(DbError::Unavailable(format!("there is no database {}", path.display())));
    }
    let copy = folder.join(FILE);
    let mut conn = Target::Sqlite(path.to_owned()).connect(false)?;
    sql_query("VACUUM INTO $1").bind::<Text, _>(copy.to_string_lossy().into_owned()).execute(&mut conn)?;
    drop(conn);
    let mut conn = Target::Sqlite(copy.clone()).connect(false)?;
    let copied = Copied { schema: schema(&mut conn)?, rows: rows(&mut conn)?, told: ask(&mut conn)? };
    drop(conn);
    // SQLite does not wait for the disk here.
    File::open(&copy).and_then(|file| file.sync_all()).map_err(|error| unwritten(&error))?;
    Ok(copied)
}

pub(super) fn put<T, E: From<DbError>>(
    path: &Path,
    put: &Put,
    alone: &mut Alone,
    last: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    swap: impl FnOnce() -> Result<(), E>,
) -> Result<T, E> {
    let staged = beside(path, ".restoring");
    for file in family(&staged) {
        remove(&file)?;
    }
    let from = put.from.join(FILE);
    fs::rename(&from, &staged).or_else(|_| fs::copy(&from, &staged).map(drop)).map_err(|error| unwritten(&error))?;
    let told = prepare(&staged, put, last);
    let told = told.and_then(|told| {
        if !alone.holds(put.target, 0)? {
            return Err(opened_meanwhile().into());
        }
        replace(path, &staged, put.aside, swap)?;
        Ok(told)
    });
    if told.is_err() {
        for file in family(&staged) {
            remove(&file)?;
        }
    }
    told
}

/// Checks the copy, brings it up to date and lets the caller have the last word.
fn prepare<T, E: From<DbError>>(
    staged: &Path,
    put: &Put,
    last: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    let target = Target::Sqlite(staged.to_owned());
    let mut conn = target.connect(false)?;
    let checked: Check = sql_query("PRAGMA quick_check(1)").get_result(&mut conn).map_err(DbError::from)?;
    if checked.quick_check != "ok" {
        let why = format!("the database of the backup is damaged: {}", checked.quick_check);
        return Err(DbError::Schema(why).into());
    }
    compare(&mut conn, put)?;
    migrate::run(&target)?;
    let told = in_transaction(&mut conn, last)?;
    conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE);").map_err(DbError::from)?;
    drop(conn);
    File::open(staged).and_then(|file| file.sync_all()).map_err(|error| unwritten(&error))?;
    Ok(told)
}

/// Moves the old database aside and the staged one to its place; back again if what has to go with it fails.
fn replace<E: From<DbError>>(
    path: &Path,
    staged: &Path,
    aside: &str,
    swap: impl FnOnce() -> Result<(), E>,
) -> Result<(), E> {
    let old = beside(path, &format!(".{aside}"));
    let moves: Vec<_> = family(path).into_iter().zip(family(&old)).filter(|(from, _)| from.exists()).collect();
    for (from, to) in &moves {
        fs::rename(from, to).map_err(|error| unwritten(&error))?;
    }
    let there = fs::rename(staged, path).map_err(|error| unwritten(&error).into());
    let done = there.and_then(|()| swap());
    if done.is_err() {
        remove(path)?;
        for (from, to) in &moves {
            fs::rename(to, from).map_err(|error| unwritten(&error))?;
        }
        return done;
    }
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| unwritten(&error))?;
    }
    Ok(())
}

/// A connection that wants the file for itself is refused while anybody has it open.
pub(super) fn is_open_elsewhere(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let Ok(mut conn) = SqliteConnection::establish(&path.to_string_lossy()) else { return false };
    let alone = "PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK;";
    conn.batch_execute(alone).is_err_and(|error| error.to_string().contains("locked"))
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A database file with what SQLite keeps beside it.
fn family(path: &Path) -> [PathBuf; 3] {
    [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")]
}

fn remove(file: &Path) -> DbResult<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritten(&error)),
        _ => Ok(()),
    }
}
