//! What must differ between the two databases, and nowhere else.

pub mod rows;
pub mod search;

use diesel::connection::{
    AnsiTransactionManager, LoadConnection, SimpleConnection as _, TransactionManager, TransactionManagerStatus,
};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::query_builder::SqlQuery;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Text};

use super::connect::AnyConnection;
use super::error::DbResult;
use super::kept::{Kept, kept};
use super::schema::audit_head;

type Manager = AnsiTransactionManager;

/// What only one server does at a time, by the number of its lock in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// Looking at what arrived, and putting alike comments together.
    Arrivals = 1,
    /// Making a backup because it is time for one.
    Backups = 2,
    /// What has to be counted of one person or address: with a second number, which says whose.
    InTurn = 3,
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

/// Begins a part of a transaction that [`undo_part`] can take back alone. What Diesel has for it is read anew each time.
pub(super) fn begin_part(conn: &mut AnyConnection) -> DbResult<()> {
    run(conn, kept!(sql_query("SAVEPOINT part")))
}

/// Keeps the part that [`begin_part`] began.
pub(super) fn keep_part(conn: &mut AnyConnection) -> DbResult<()> {
    run(conn, kept!(sql_query("RELEASE SAVEPOINT part")))
}

/// Takes back the part that [`begin_part`] began.
pub(super) fn undo_part(conn: &mut AnyConnection) -> DbResult<()> {
    run(conn, kept!(sql_query("ROLLBACK TO SAVEPOINT part")))?;
    keep_part(conn)
}

fn run<Place: 'static>(conn: &mut AnyConnection, statement: Kept<SqlQuery, Place>) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(conn) => {
            <SqliteConnection as LoadConnection>::load(conn, statement)?.next().transpose()?;
        }
        AnyConnection::Postgresql(conn) => {
            statement.execute(conn)?;
        }
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

/// The number and the hash of the last entry of the audit log. Holds off every other writer of it until the end of this
/// transaction; SQLite has one writer anyway.
pub fn lock_audit_head(conn: &mut AnyConnection) -> DbResult<(i64, Vec<u8>)> {
    let head = audit_head::table.find(1).select((audit_head::seq, audit_head::hash));
    Ok(match conn {
        AnyConnection::Sqlite(conn) => head.first(conn)?,
        AnyConnection::Postgresql(conn) => head.for_update().get_result(conn)?,
    })
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

/// Waits until nobody else looks at what there is of `whose`, to add to it, and holds others off until the end of this
/// transaction: what is counted now stays so. Two of the same hash wait for each other in vain, for a moment.
pub fn in_turn(conn: &mut AnyConnection, whose: &str) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgresql(conn) => {
            let lock = format!("SELECT pg_advisory_xact_lock({}, hashtext($1))", Alone::InTurn as i32);
            sql_query(lock).bind::<Text, _>(whose).execute(conn)?;
            Ok(())
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

/// How much a connection that writes keeps at hand, and how long the log grows before it is tidied up: 16 MiB of pages
/// and 16 MiB of log. Every comment touches the ends of a dozen indexes; SQLite's own 2 MiB and 4 MiB are less than a
/// second of a busy hour. What it notes to undo a statement or a part goes to a temporary file when it grows; see
/// [`undo_in_memory`].
pub(super) const WRITER: &str =
    "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4096; PRAGMA temp_store = FILE;";

/// A connection that reads: it can't write, and sorts in memory.
pub(super) const READER: &str = "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2000;";

/// Makes a reader that is to read very much, a row here and a row there, keep more of the database at hand (32 MiB), or
/// `false`: the 2 MB of any reader, and it gives back what it held.
pub(super) fn read_much(conn: &mut AnyConnection, much: bool) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(conn) if much => Ok(conn.batch_execute("PRAGMA cache_size = -32768;")?),
        AnyConnection::Sqlite(conn) => {
            conn.batch_execute(READER)?;
            Ok(conn.batch_execute("PRAGMA shrink_memory;")?)
        }
        AnyConnection::Postgresql(_) => Ok(()),
    }
}

/// Where the write lane notes what undoes one part of a commit: in memory, which is far quicker for the few pages that a
/// comment changes; or, `false`, in a temporary file. In memory it is a list that SQLite walks over at the end of each
/// statement and each part, so a part that changes very much takes time by the square of its size. Holds from the next
/// commit on. Nothing is less durable: whatever is not committed is lost with the process anyway.
pub(super) fn undo_in_memory(conn: &mut AnyConnection, is_in_memory: bool) -> DbResult<()> {
    match conn {
        AnyConnection::Sqlite(conn) if is_in_memory => Ok(conn.batch_execute("PRAGMA temp_store = MEMORY;")?),
        AnyConnection::Sqlite(conn) => Ok(conn.batch_execute("PRAGMA temp_store = FILE;")?),
        AnyConnection::Postgresql(_) => Ok(()),
    }
}

/// Makes the write lane, which is to write very much, keep more of the database at hand and tidy up less often, or `false`:
/// as little and as often as ever. Nothing is less durable meanwhile.
pub fn write_much(conn: &mut AnyConnection, much: bool) -> DbResult<()> {
    match conn {
        // 512 MiB of pages, a log of 256 MiB.
        AnyConnection::Sqlite(conn) if much => {
            conn.batch_execute("PRAGMA cache_size = -524288; PRAGMA wal_autocheckpoint = 65536;")?;
        }
        AnyConnection::Sqlite(conn) => {
            conn.batch_execute(WRITER)?;
            conn.batch_execute("PRAGMA shrink_memory;")?;
        }
        AnyConnection::Postgresql(_) => {}
    }
    undo_in_memory(conn, !much)
}

/// From how many pages of 4 KiB on SQLite plans by what is in its tables: 64 MiB, some 7,000 comments. Below, any plan is
/// quick; and what a table of a few rows teaches would still be believed when a flood has filled it.
const WORTH_LEARNING: i64 = 16_384;

#[derive(QueryableByName)]
struct Pages {
    #[diesel(sql_type = BigInt)]
    page_count: i64,
}

/// Lets a database that has grown gather anew how its rows are spread, where that has changed much: the plans of
/// statements follow from it. Looks at a thousand rows of an index; connections that are opened later know it.
/// PostgreSQL does this by itself.
pub fn learn(conn: &mut AnyConnection) -> DbResult<()> {
    let AnyConnection::Sqlite(conn) = conn else { return Ok(()) };
    let pages: Pages = sql_query("PRAGMA page_count").get_result(conn)?;
    if pages.page_count >= WORTH_LEARNING {
        // The mask: gather what is missing or stale, of every table.
        conn.batch_execute("PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002;")?;
    }
    Ok(())
}

/// Whether the connection can't be used again.
pub fn is_broken(conn: &mut AnyConnection) -> bool {
    let status = match conn {
        AnyConnection::Sqlite(conn) => Manager::transaction_manager_status_mut(conn),
        AnyConnection::Postgresql(conn) => Manager::transaction_manager_status_mut(conn),
    };
    !matches!(status, TransactionManagerStatus::Valid(valid) if valid.transaction_depth().is_none())
}
