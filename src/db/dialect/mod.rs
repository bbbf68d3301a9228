//! What must differ between the two databases, and nowhere else.

pub mod search;

use diesel::connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager, TransactionManagerStatus};

use diesel::RunQueryDsl as _;
use diesel::dsl::sql;
use diesel::sql_types::{BigInt, Bool};

use super::connect::AnyConnection;
use super::error::DbResult;

type Manager = AnsiTransactionManager;

/// What only one server does at a time, by the number of its lock in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// Looking at what arrived, and putting alike comments together.
    Arrivals = 1,
}

/// Begins a transaction that may write. SQLite takes its write lock now: one begun as a reader would lose to "locked".
pub fn begin_write(conn: &mut AnyConnection) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(conn) => Manager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?,
        AnyConnection::Postgresql(conn) => Manager::begin_transaction(conn)?,
    }
    Ok(())
}

/// Commits what [`begin_write`] began.
pub fn commit(conn: &mut AnyConnection) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(conn) => Manager::commit_transaction(conn)?,
        AnyConnection::Postgresql(conn) => Manager::commit_transaction(conn)?,
    }
    Ok(())
}

/// Makes the transaction just begun see one moment throughout. SQLite's readers do so by themselves.
pub fn one_snapshot(conn: &mut AnyConnection) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgresql(conn) => {
            Ok(conn.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")?)
        }
    }
}

/// Holds off every other writer of `audit_head` until the end of this transaction. SQLite has one writer anyway.
pub fn lock_audit_head(conn: &mut AnyConnection) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgresql(conn) => Ok(conn.batch_execute("SELECT 1 FROM audit_head WHERE id = 1 FOR UPDATE")?),
    }
}

/// Waits until nobody else does this work, and holds others off until the end of this transaction.
pub fn alone(conn: &mut AnyConnection, work: Alone) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgresql(conn) => {
            Ok(conn.batch_execute(&format!("SELECT pg_advisory_xact_lock({})", work as i64))?)
        }
    }
}

/// Takes the work that only one server does at a time, until the end of this transaction. `false`: another one has it.
/// SQLite has one writer anyway.
pub fn try_alone(conn: &mut AnyConnection, work: Alone) -> DbResult<bool> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(true),
        AnyConnection::Postgresql(conn) => {
            Ok(diesel::select(sql::<Bool>("pg_try_advisory_xact_lock(").bind::<BigInt, _>(work as i64).sql(")"))
                .get_result(conn)?)
        }
    }
}

/// Makes a writer that is to write very much keep more of the database at hand and tidy up less often, or `false`: as
/// little and as often as ever. Nothing is less durable meanwhile.
pub fn write_much(conn: &mut AnyConnection, much: bool) -> DbResult<()> {
    match conn {
        // 512 MiB of pages, a log of 256 MiB; then SQLite's own 2 MiB and 4 MiB.
        AnyConnection::Sqlite(conn) if much => {
            Ok(conn.batch_execute("PRAGMA cache_size = -524288; PRAGMA wal_autocheckpoint = 65536;")?)
        }
        AnyConnection::Sqlite(conn) => {
            Ok(conn
                .batch_execute("PRAGMA cache_size = -2000; PRAGMA wal_autocheckpoint = 1000; PRAGMA shrink_memory;")?)
        }
        AnyConnection::Postgresql(_) => Ok(()),
    }
}

/// Whether the connection can't be used again.
pub fn is_broken(conn: &mut AnyConnection) -> bool {
    let status = match conn {
        AnyConnection::Sqlite(conn) => Manager::transaction_manager_status_mut(conn),
        AnyConnection::Postgresql(conn) => Manager::transaction_manager_status_mut(conn),
    };
    !matches!(status, TransactionManagerStatus::Valid(valid) if valid.transaction_depth().is_none())
}
