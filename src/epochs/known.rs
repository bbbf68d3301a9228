//! The numbers as this server knows them. Nobody polls: whoever needs them reads them again if they may have changed.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::TimeDelta;
use tokio::sync::Mutex;

use super::store;
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbResult};

/// After this time other servers and the command line may have published something.
const LONGEST: TimeDelta = TimeDelta::seconds(1);

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
}

impl Epochs {
    /// Knows nothing yet.
    pub fn new(db: Db, turns: Turns) -> Self {
        Self { db, turns, last: RwLock::default(), reading: Mutex::default() }
    }

    /// The last reading, if nothing can have changed since; `now` is the present moment.
    pub fn known(&self, now: Moment) -> Option<Arc<Reading>> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        let fresh = |it: &&Arc<Reading>| it.commits == self.db.commits() && (now - it.at).abs() < LONGEST;
        last.as_ref().filter(fresh).cloned()
    }

    /// The numbers as they are; `now` is the present moment.
    pub async fn current(&self, now: Moment) -> DbResult<Arc<Reading>> {
        if let Some(known) = self.known(now) {
            return Ok(known);
        }
        let _alone = self.reading.lock().await;
        if let Some(known) = self.known(now) {
            return Ok(known);
        }
        // Before the rows: a commit that comes between makes the next one read again.
        let (commits, turns) = (self.db.commits(), self.turns);
        let read = move |conn: &mut AnyConnection| Ok::<_, crate::db::DbError>((store::all(conn)?, turns(conn)?));
        let (numbers, turns) = self.db.look_up(read).await?;
        let reading = Arc::new(Reading { commits, at: now, numbers: numbers.into_iter().collect(), turns });
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&reading));
        Ok(reading)
    }
}
