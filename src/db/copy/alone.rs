//! Having a database for oneself. Whoever puts another one in its place holds a lock until that is done, and a portal
//! that starts meanwhile is told so; a portal that is there holds what that lock has to wait for. On SQLite it is a file
//! beside the database, let go of by the system however a process ends; on PostgreSQL a lock of its own, which a portal
//! needs only until it is connected: from then on its connections are seen.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use diesel::{RunQueryDsl as _, sql_query};

use super::{Number, sqlite, unwritten};
use crate::db::connect::{AnyConnection, Target};
use crate::db::error::{DbError, DbResult};

/// The lock of PostgreSQL: a number of our own.
const KEY: i64 = 0x4e6f_726e;

/// How often, and how long apart, is looked again: one that was just stopped gets two seconds to let go of the database.
const TRIES: (u32, Duration) = (20, Duration::from_millis(100));

/// What a portal holds while it opens a database.
pub struct Beside {
    file: Option<File>,
    /// Ends, and its lock with it, when this is dropped.
    _conn: Option<AnyConnection>,
}

impl Beside {
    /// Takes it, unless somebody has the database for themselves.
    pub fn take(target: &Target) -> DbResult<Self> {
        let refused = || DbError::Unavailable("a backup is being restored here: start again once that is done".into());
        match target {
            Target::Sqlite(path) => {
                let file = lock_file(path)?;
                match file.try_lock_shared() {
                    Ok(()) => Ok(Self { file: Some(file), _conn: None }),
                    Err(TryLockError::WouldBlock) => Err(refused()),
                    Err(TryLockError::Error(error)) => Err(unwritten(&error)),
                }
            }
            Target::Postgresql(_) => {
                let mut conn = target.connect(true)?;
                let asked = format!("SELECT CAST(pg_try_advisory_lock_shared({KEY}) AS INTEGER)::BIGINT AS n");
                let got: Number = sql_query(asked).get_result(&mut conn)?;
                if got.n == 1 { Ok(Self { file: None, _conn: Some(conn) }) } else { Err(refused()) }
            }
        }
    }

    /// What is to be held for as long as the database is open.
    pub fn kept(self) -> Option<File> {
        self.file
    }
}

/// That nobody else has the database open, and no portal can open it.
pub struct Alone(Held);

enum Held {
    File { _lock: File },
    Server(AnyConnection),
}

impl Alone {
    /// Takes it. `None`: somebody has the database open.
    pub fn take(target: &Target) -> DbResult<Option<Self>> {
        for _ in 0..TRIES.0 {
            if let Some(mut alone) = Self::lock(target)?
                && alone.holds(target, 0)?
            {
                return Ok(Some(alone));
            }
            std::thread::sleep(TRIES.1);
        }
        Ok(None)
    }

    fn lock(target: &Target) -> DbResult<Option<Self>> {
        match target {
            Target::Sqlite(path) => {
                let file = lock_file(path)?;
                match file.try_lock() {
                    Ok(()) => Ok(Some(Self(Held::File { _lock: file }))),
                    Err(TryLockError::WouldBlock) => Ok(None),
                    Err(TryLockError::Error(error)) => Err(unwritten(&error)),
                }
            }
            Target::Postgresql(_) => {
                let mut conn = target.connect(true)?;
                let asked = format!("SELECT CAST(pg_try_advisory_lock({KEY}) AS INTEGER)::BIGINT AS n");
                let got: Number = sql_query(asked).get_result(&mut conn)?;
                Ok((got.n == 1).then_some(Self(Held::Server(conn))))
            }
        }
    }

    /// Whether nobody has the database open but `own` connections of ours: what knows of no lock is seen as well.
    pub(super) fn holds(&mut self, target: &Target, own: i64) -> DbResult<bool> {
        match (&mut self.0, target) {
            (Held::Server(conn), _) => {
                let others: Number = sql_query(
                    "SELECT count(*) AS n FROM pg_stat_activity \
                     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
                )
                .get_result(conn)?;
                Ok(others.n <= own)
            }
            (Held::File { .. }, Target::Sqlite(path)) => Ok(!sqlite::is_open_elsewhere(path)),
            (Held::File { .. }, Target::Postgresql(_)) => Ok(false),
        }
    }
}

fn lock_file(database: &Path) -> DbResult<File> {
    if let Some(folder) = database.parent() {
        fs::create_dir_all(folder).map_err(|error| unwritten(&error))?;
    }
    let path = sqlite::beside(database, "-lock");
    let made = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    match made {
        // Made by another user of the machine, as by root before the service ran: to lock it, reading is enough.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => File::open(&path),
        made => made,
    }
    .map_err(|error| unwritten(&error))
}
