//! The numbers as this server knows them. Nobody polls: whoever needs them reads them again if they may have changed.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::TimeDelta;
use tokio::sync::Mutex;

use super::store;
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbError, DbResult};

/// After this time other servers and the command line may have published something.
const LONGEST: TimeDelta = TimeDelta::seconds(1);

/// How long readers are shown what was known last while the database is away: time enough to start it again.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// So long a database that was away is not asked again, by anybody; and by those who would only wait behind one who asks.
const REST: TimeDelta = TimeDelta::seconds(10);
const LONG_REST: TimeDelta = TimeDelta::minutes(1);

/// Reads the moments at which pages change by themselves.
pub type Turns = fn(&mut AnyConnection) -> DbResult<Vec<Moment>>;

/// What was read at one moment.
#[derive(Debug)]
pub struct Reading {
    /// How many commits this server had made before it was read.
    commits: u64,
    at: Moment,
    numbers: HashMap<String, i64>,
    turns: Vec<Moment>,
}

impl Reading {
    /// The number of the scope stored as `word`; 0 if nothing of it ever changed.
    pub fn number(&self, word: &str) -> i64 {
        self.numbers.get(word).copied().unwrap_or(0)
    }

    /// The first moment after `now` at which pages change by themselves.
    pub fn next_turn(&self, now: Moment) -> Option<Moment> {
        self.turns.iter().copied().filter(|turn| *turn > now).min()
    }
}

/// Knows the numbers of all scopes. A change that this server committed is known at once, one from elsewhere within a
/// second.
pub struct Epochs {
    db: Db,
    turns: Turns,
    last: RwLock<Option<Arc<Reading>>>,
    /// One reads while the others wait for what it finds.
    reading: Mutex<()>,
    /// When the database was found to be away, if it was the last time.
    away: RwLock<Option<Moment>>,
}

impl Epochs {
    /// Knows nothing yet.
    pub fn new(db: Db, turns: Turns) -> Self {
        Self { db, turns, last: RwLock::default(), reading: Mutex::default(), away: RwLock::default() }
    }

    /// The last reading, if nothing can have changed since; `now` is the present moment.
    pub fn known(&self, now: Moment) -> Option<Arc<Reading>> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        let fresh = |it: &&Arc<Reading>| it.commits == self.db.commits() && (now - it.at).abs() < LONGEST;
        last.as_ref().filter(fresh).cloned()
    }

    /// The last reading, if the database was away less than `rest` ago. This server changed nothing since; another one
    /// may have, which is why it is good for a while only.
    fn known_while_away(&self, now: Moment, rest: TimeDelta) -> Option<Arc<Reading>> {
        let away = (*self.away.read().unwrap_or_else(PoisonError::into_inner))?;
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        let is_good = |it: &&Arc<Reading>| it.commits == self.db.commits() && (now - it.at).abs() < PATIENCE;
        last.as_ref().filter(|_| (now - away).abs() < rest).filter(is_good).cloned()
    }

    /// The numbers as they are, or as they were last known while the database is away; `now` is the present moment.
    pub async fn current(&self, now: Moment) -> DbResult<Arc<Reading>> {
        if let Some(known) = self.known(now) {
            return Ok(known);
        }
        if let Some(known) = self.known_while_away(now, REST) {
            return Ok(known);
        }
        let _alone = match self.reading.try_lock() {
            Ok(alone) => alone,
            Err(_) => match self.known_while_away(now, LONG_REST) {
                Some(known) => return Ok(known),
                None => self.reading.lock().await,
            },
        };
        if let Some(known) = self.known(now) {
            return Ok(known);
        }
        // Before the rows: a commit that comes between makes the next one read again.
        let (commits, turns) = (self.db.commits(), self.turns);
        let read = move |conn: &mut AnyConnection| Ok::<_, DbError>((store::all(conn)?, turns(conn)?));
        let (numbers, turns) = match self.db.look_up(read).await {
            Ok(read) => read,
            Err(DbError::Unavailable(why)) => {
                *self.away.write().unwrap_or_else(PoisonError::into_inner) = Some(now);
                return self.known_while_away(now, REST).ok_or(DbError::Unavailable(why));
            }
            Err(error) => return Err(error),
        };
        *self.away.write().unwrap_or_else(PoisonError::into_inner) = None;
        let reading = Arc::new(Reading { commits, at: now, numbers: numbers.into_iter().collect(), turns });
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&reading));
        Ok(reading)
    }
}
