//! The database: one enum over SQLite and PostgreSQL, pools, the write lane, migrations. Knows no room.

pub mod column;
mod connect;
pub mod copy;
mod crowd;
pub mod dialect;
mod error;
pub mod kept;
mod lane;
mod migrate;
pub mod schema;

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub(crate) use column::{binary_column, text_column, words};
use connect::Pool;
pub use connect::{AnyConnection, Target, TargetError};
use crowd::Crowd;
pub use error::{DbError, DbResult};
pub(crate) use kept::{kept, straight};
pub use lane::Figures;
use lane::Lane;

/// The handle every handler and worker has. Cheap to clone.
///
/// On SQLite writes go through one lane that commits what waits in one transaction; on PostgreSQL each write takes
/// a connection of its own. Reads take a pooled connection on both.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    readers: Pool,
    writers: Writers,
    commits: Commits,
    lane: Figures,
    crowd: Crowd,
    /// Keeps others from putting another database in the place of this one.
    _beside: Option<File>,
}

/// Counts commits: each is counted before the caller who made it is answered.
type Commits = Arc<AtomicU64>;

enum Writers {
    Lane(Lane),
    Pool(Pool),
}

/// What a unit of work can fail with: its own reason, or the database.
enum Rolled<E> {
    Unit(E),
    Database(DbError),
}

impl<E> From<diesel::result::Error> for Rolled<E> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Runs `unit` in a transaction (a savepoint inside another): all of it is kept, or none.
fn in_transaction<T, E: From<DbError>>(
    conn: &mut AnyConnection,
    unit: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    use diesel::Connection as _;
    conn.transaction(|conn| unit(conn).map_err(Rolled::Unit)).map_err(|rolled| match rolled {
        Rolled::Unit(error) => error,
        Rolled::Database(error) => error.into(),
    })
}

impl Db {
    /// Connects, migrates to the newest schema, and opens the pools.
    ///
    /// Refuses a database whose schema is newer than this binary knows, and one into which a backup is being restored.
    pub fn open(target: &Target) -> DbResult<Self> {
        let beside = copy::Beside::take(target)?;
        migrate::run(target)?;
        let (commits, lane) = (Commits::default(), Figures::default());
        let writers = match target {
            Target::Sqlite(_) => Writers::Lane(Lane::start(target.clone(), commits.clone(), lane.clone())?),
            Target::Postgresql(_) => Writers::Pool(Pool::open(target, 8, false)?),
        };
        let readers = Pool::open(target, 8, true)?;
        let (crowd, beside) = (Crowd::default(), beside.kept());
        Ok(Self { inner: Arc::new(Inner { readers, writers, commits, lane, crowd, _beside: beside }) })
    }

    /// Whether a database has the newest schema, so that [`Db::open`] would change nothing of it. Refuses a newer one.
    pub fn is_current(target: &Target) -> DbResult<bool> {
        migrate::is_current(target)
    }

    /// How many times this server has committed since it began: while it stays the same, this server changed nothing.
    pub fn commits(&self) -> u64 {
        self.inner.commits.load(Ordering::SeqCst)
    }

    /// Whether many people wait for what they write on this server, or did within `lately`.
    pub fn is_crowded(&self, lately: Duration) -> bool {
        self.inner.crowd.is_there(lately)
    }

    /// What the write lane did; nothing on PostgreSQL, which needs none.
    pub fn lane(&self) -> &Figures {
        &self.inner.lane
    }

    /// Runs `unit` in one transaction and answers after the commit. Called from async code.
    pub async fn write<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.inner.writers {
            Writers::Lane(lane) => {
                let _in_hand = self.inner.crowd.enter();
                let answer = lane.send(unit)?;
                answer.await.unwrap_or_else(|_| Err(DbError::Unavailable("the write lane ended".into()).into()))
            }
            Writers::Pool(_) => {
                let db = self.clone();
                off_the_async_threads(move || db.write_blocking(unit)).await
            }
        }
    }

    /// [`Db::write`] for threads that are not async: workers and the command line.
    pub fn write_blocking<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let _in_hand = self.inner.crowd.enter();
        match &self.inner.writers {
            Writers::Lane(lane) => lane
                .send(unit)?
                .blocking_recv()
                .unwrap_or_else(|_| Err(DbError::Unavailable("the write lane ended".into()).into())),
            Writers::Pool(pool) => {
                let result = in_transaction(&mut *pool.get()?, unit);
                self.inner.commits.fetch_add(1, Ordering::SeqCst);
                result
            }
        }
    }

    /// [`Db::write_blocking`] for a unit that changes a great part of the database: what undoes it goes to a file.
    pub fn write_large_blocking<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.write_blocking(|conn| dialect::undo_in_memory(conn, false))?;
        let result = self.write_blocking(unit);
        if let Err(error) = self.write_blocking(|conn| dialect::undo_in_memory(conn, true)) {
            tracing::warn!(%error, "what undoes a write goes on going to a file");
        }
        result
    }

    /// Runs `query` on a reader. Called from async code.
    pub async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let db = self.clone();
        off_the_async_threads(move || db.read_blocking(query)).await
    }

    /// [`Db::read`] for a query that looks up a few rows by their key. On SQLite it runs here and now if a reader is free:
    /// it takes less time than handing it to another thread and back.
    pub async fn look_up<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        if matches!(self.inner.writers, Writers::Lane(_))
            && let Some(mut reader) = self.inner.readers.get_if_free()
        {
            return query(&mut reader);
        }
        self.read(query).await
    }

    /// [`Db::read`] for threads that are not async.
    pub fn read_blocking<T, E: From<DbError>>(
        &self,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        query(&mut *self.inner.readers.get()?)
    }

    /// Runs `query` on a reader that sees one moment of the database throughout, however long it takes.
    pub fn snapshot_blocking<T, E: From<DbError>>(
        &self,
        query: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = self.inner.readers.get()?;
        dialect::read_much(&mut conn, true)?;
        let result = in_transaction(&mut conn, |conn| {
            dialect::one_snapshot(conn)?;
            query(conn)
        });
        if let Err(error) = dialect::read_much(&mut conn, false) {
            tracing::warn!(%error, "a reader keeps more of the database at hand than it needs");
        }
        result
    }
}

async fn off_the_async_threads<T, E, F>(work: F) -> Result<T, E>
where
    F: FnOnce() -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err(DbError::Unavailable("a database task ended early".into()).into()),
    }
}
