//! The write lane of SQLite: one thread, one connection, one commit for all the work that waits.
//!
//! Each unit runs in a savepoint and rolls back alone; its answer is given after the commit that keeps it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use prometheus_client::metrics::histogram::Histogram;
use tokio::sync::oneshot;

use super::connect::{AnyConnection, Target};
use super::error::{DbError, DbResult};
use super::{Commits, dialect};

/// How many units share one commit at the most: bounds what one fault takes with it and how long readers of the
/// write-ahead log wait.
const MOST_IN_ONE_COMMIT: usize = 512;

/// Tells the waiting caller how it ended: `None` after the commit, else why there was none.
type Finish = Box<dyn FnOnce(Option<&str>) + Send>;
/// Runs in the transaction of a commit. The answer's giver comes with whether the transaction is still sound.
type Unit = Box<dyn FnOnce(&mut AnyConnection) -> (Finish, bool) + Send>;

pub(super) struct Lane {
    units: Sender<Unit>,
    figures: Figures,
}

/// What the lane did since it began. A clone counts in the same place.
#[derive(Clone)]
pub struct Figures {
    /// Units in one commit.
    pub batch: Histogram,
    /// Seconds from being put in the lane to being begun.
    pub wait: Histogram,
    waiting: Arc<AtomicI64>,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            batch: Histogram::new([1.0, 2.0, 4.0, 16.0, 64.0, 256.0]),
            wait: Histogram::new([0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0]),
            waiting: Arc::default(),
        }
    }
}

impl Figures {
    /// Units that wait now.
    pub fn waiting(&self) -> i64 {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// Counts a unit as waiting until it is begun or given up.
struct Wait {
    figures: Figures,
    since: Instant,
}

impl Wait {
    fn begin(figures: &Figures) -> Self {
        figures.waiting.fetch_add(1, Ordering::Relaxed);
        Self { figures: figures.clone(), since: Instant::now() }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.figures.waiting.fetch_sub(1, Ordering::Relaxed);
        self.figures.wait.observe(self.since.elapsed().as_secs_f64());
    }
}

impl Lane {
    pub(super) fn start(target: Target, commits: Commits, figures: Figures) -> DbResult<Self> {
        let mut conn = connect(&target)?;
        // Somebody else writing for long is no reason not to start.
        if let Err(error) = dialect::learn(&mut conn) {
            tracing::warn!(%error, "the database could not learn how its rows are spread");
        }
        let (units, waiting) = channel();
        let counted = figures.clone();
        std::thread::Builder::new()
            .name("write-lane".into())
            .spawn(move || {
                while let Ok(first) = waiting.recv() {
                    if !commit_waiting(&mut conn, first, &waiting, &commits, &counted) {
                        reconnect(&mut conn, &target);
                    }
                }
            })
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        Ok(Self { units, figures })
    }

    /// Puts `unit` in the lane; the answer comes after its commit.
    pub(super) fn send<T, E, F>(&self, unit: F) -> Result<oneshot::Receiver<Result<T, E>>, DbError>
    where
        F: FnOnce(&mut AnyConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, receiver) = oneshot::channel();
        let wait = Wait::begin(&self.figures);
        let boxed: Unit = Box::new(move |conn| {
            drop(wait);
            let (result, is_sound) = apart(conn, unit);
            let finish: Finish = Box::new(move |failure| {
                let result = match failure {
                    None => result,
                    Some(why) => Err(DbError::Unavailable(why.to_owned()).into()),
                };
                // A caller that went away has nobody to tell; its work is kept all the same.
                drop(answer.send(result));
            });
            (finish, is_sound)
        });
        self.units.send(boxed).map_err(|_| DbError::Unavailable("the write lane ended".into()))?;
        Ok(receiver)
    }
}

/// Runs `unit` as a part of the transaction that rolls back alone; and whether the transaction is still sound. It is not
/// if SQLite itself gave it up, as it does when the disk is full.
fn apart<T, E: From<DbError>>(
    conn: &mut AnyConnection,
    unit: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> (Result<T, E>, bool) {
    if let Err(error) = dialect::begin_part(conn) {
        return (Err(error.into()), false);
    }
    let result = unit(conn);
    let ended = if result.is_ok() { dialect::keep_part(conn) } else { dialect::undo_part(conn) };
    match ended {
        Ok(()) => (result, true),
        Err(error) => (Err(error.into()), false),
    }
}

/// Runs `first` and what else waits in one transaction. `false`: the connection is not to be used again.
fn commit_waiting(
    conn: &mut AnyConnection,
    first: Unit,
    waiting: &Receiver<Unit>,
    commits: &Commits,
    figures: &Figures,
) -> bool {
    if let Err(error) = dialect::begin_write(conn) {
        let why = error.to_string();
        refuse(first, &why);
        return !dialect::is_broken(conn);
    }
    let mut finishes = Vec::new();
    let mut next = Some(first);
    while let Some(unit) = next {
        let Ok((finish, is_sound)) = catch_unwind(AssertUnwindSafe(|| unit(conn))) else {
            answer_all(finishes, Some("another unit of the same commit panicked"));
            return false;
        };
        finishes.push(finish);
        if !is_sound {
            answer_all(finishes, Some("the database gave the commit up"));
            return false;
        }
        next = if finishes.len() < MOST_IN_ONE_COMMIT { waiting.try_recv().ok() } else { None };
    }
    let failure = dialect::commit(conn).err().map(|error| error.to_string());
    commits.fetch_add(1, Ordering::SeqCst);
    figures.batch.observe(u16::try_from(finishes.len()).unwrap_or(u16::MAX).into());
    answer_all(finishes, failure.as_deref());
    failure.is_none()
}

/// Gives every unit of a commit its answer.
fn answer_all(finishes: Vec<Finish>, failure: Option<&str>) {
    for finish in finishes {
        finish(failure);
    }
}

/// Answers a unit that could not even begin. It never runs: dropping it tells its caller that the lane gave up.
fn refuse(unit: Unit, why: &str) {
    tracing::warn!(why, "a write could not begin");
    drop(unit);
}

/// The lane's connection.
fn connect(target: &Target) -> DbResult<AnyConnection> {
    let mut conn = target.connect(false)?;
    dialect::undo_in_memory(&mut conn, true)?;
    Ok(conn)
}

/// Replaces a connection that broke. Units keep waiting meanwhile; each failed attempt refuses the next of them.
fn reconnect(conn: &mut AnyConnection, target: &Target) {
    match connect(target) {
        Ok(fresh) => *conn = fresh,
        Err(error) => tracing::error!(%error, "the write lane could not reconnect"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use diesel::prelude::*;
    use diesel::sql_query;
    use diesel::sql_types::BigInt;

    use super::*;
    use crate::db::schema::epochs;
    use crate::db::{Db, Target};

    const RAISE: &str = "UPDATE epochs SET epoch = epoch + 1 WHERE scope = 'site'";

    fn raise(conn: &mut AnyConnection) -> DbResult<usize> {
        Ok(sql_query(RAISE).execute(conn)?)
    }

    /// How two units end between which `other` runs in the same commit, and how often they were stored.
    fn beside(other: impl FnOnce(&mut AnyConnection) -> DbResult<()> + Send + 'static) -> ([bool; 3], i64) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Target::Sqlite(folder.path().join("portal.db"))).unwrap();
        let super::super::Writers::Lane(lane) = &db.inner.writers else { panic!("a lane") };
        let (go, wait) = mpsc::channel();
        let first = lane.send(move |conn| wait.recv().map_err(|_| DbError::Fault("alone".into())).and(raise(conn)));
        let (second, third) = (lane.send::<_, DbError, _>(other), lane.send(raise));
        go.send(()).unwrap();
        let ends = [
            first.unwrap().blocking_recv().is_ok_and(|end| end.is_ok()),
            second.unwrap().blocking_recv().is_ok_and(|end| end.is_ok()),
            third.unwrap().blocking_recv().is_ok_and(|end| end.is_ok()),
        ];
        let site = epochs::table.find("site").select(epochs::epoch);
        let before_next = db.read_blocking(|conn| Ok::<i64, DbError>(site.first(conn)?)).unwrap();
        db.write_blocking(raise).expect("the lane goes on");
        (ends, before_next)
    }

    #[test]
    fn a_unit_that_fails_rolls_back_alone() {
        let fails = |conn: &mut AnyConnection| {
            raise(conn)?;
            Err(DbError::Fault("changed its mind".into()))
        };
        assert_eq!(beside(fails), ([true, false, true], 2));
        assert_eq!(beside(|conn| raise(conn).map(drop)), ([true, true, true], 3));
    }

    #[derive(QueryableByName)]
    struct TempStore {
        #[diesel(sql_type = BigInt)]
        temp_store: i64,
    }

    fn is_undone_in_memory(conn: &mut AnyConnection) -> DbResult<bool> {
        let AnyConnection::Sqlite(conn) = conn else { panic!("SQLite") };
        Ok(sql_query("PRAGMA temp_store").get_result::<TempStore>(conn)?.temp_store == 2)
    }

    #[test]
    fn what_changes_much_is_undone_whole_from_memory_and_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&Target::Sqlite(folder.path().join("portal.db"))).unwrap();
        let grow = |conn: &mut AnyConnection| {
            sql_query("CREATE TABLE ballast (n INTEGER NOT NULL, held BLOB)").execute(conn)?;
            for _ in 0..600 {
                sql_query("INSERT INTO ballast VALUES (0, zeroblob(3000))").execute(conn)?;
            }
            Ok::<_, DbError>(())
        };
        db.write_blocking(grow).unwrap();
        let fails = |in_memory: bool| {
            move |conn: &mut AnyConnection| {
                assert_eq!(is_undone_in_memory(conn)?, in_memory);
                sql_query("UPDATE ballast SET n = n + 1").execute(conn)?;
                Err::<(), _>(DbError::Fault("changed its mind".into()))
            }
        };
        assert!(matches!(db.write_blocking(fails(true)), Err(DbError::Fault(_))));
        assert!(matches!(db.write_large_blocking(fails(false)), Err(DbError::Fault(_))));
        let changed =
            |conn: &mut AnyConnection| Ok::<_, DbError>(sql_query("DELETE FROM ballast WHERE n > 0").execute(conn)?);
        assert_eq!(db.write_blocking(changed).unwrap(), 0);
        assert!(db.write_blocking(is_undone_in_memory).unwrap());
    }

    #[test]
    fn a_database_that_has_grown_learns_how_its_rows_are_spread() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::Sqlite(folder.path().join("portal.db"));
        let learned = |db: &Db| {
            let known = diesel::dsl::sql::<BigInt>("(SELECT COUNT(*) FROM sqlite_schema WHERE name = 'sqlite_stat1')");
            db.read_blocking(|conn| Ok::<i64, DbError>(diesel::select(known).get_result(conn)?)).unwrap() == 1
        };
        let grow = |conn: &mut AnyConnection| {
            sql_query("CREATE TABLE ballast (n INTEGER NOT NULL UNIQUE, held BLOB)").execute(conn)?;
            for n in 0..17 {
                sql_query(format!("INSERT INTO ballast VALUES ({n}, zeroblob(4000000))")).execute(conn)?;
            }
            Ok::<_, DbError>(())
        };
        let db = Db::open(&target).unwrap();
        db.write_blocking(grow).unwrap();
        drop(db);
        assert!(learned(&Db::open(&target).unwrap()), "a large one");

        let target = Target::Sqlite(folder.path().join("small.db"));
        drop(Db::open(&target).unwrap());
        assert!(!learned(&Db::open(&target).unwrap()), "a small one");
    }

    #[test]
    fn nobody_is_told_that_a_commit_which_the_database_gave_up_was_stored() {
        // What SQLite does by itself when the disk is full.
        let gives_up = |conn: &mut AnyConnection| {
            sql_query("ROLLBACK").execute(conn)?;
            Err(DbError::Unavailable("database or disk is full".into()))
        };
        let (ends, stored) = beside(gives_up);
        assert_eq!((ends, stored), ([false, false, true], 1));
    }
}
