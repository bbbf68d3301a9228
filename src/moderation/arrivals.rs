//! Looks once at everything that arrives, a while after its author was answered: sent or corrected, and what was there
//! when a portal was upgraded. What there is to do with it is a list of steps.
//!
//! **To add a step**, write a function `take(conn, now, arrived) -> DbResult<()>` in its own file and name it in
//! [`steps`]. It is given some comments, each in its present revision and with the text that it is about, in the order in
//! which they arrived; it runs in the transaction that takes them out of the queue, with those before and behind it: all
//! of it is kept, or none, and then the same comments come again. So it sees each revision once, on one server at a time,
//! and never one that was corrected before its turn. Another may decide or withdraw a comment meanwhile: what a step
//! writes hangs on the comment and its revision, not on its state. A step must not fail for what a comment says.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::{JoinHandle, ScopedJoinHandle};

use crate::accounts;
use crate::clock::{Clock, Moment};
use crate::comments::arrivals::store::{self, Waiting};
use crate::comments::model::Comment;
use crate::db::dialect::{Alone, try_alone};
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::moderation::campaigns::cluster::Quoted;
use crate::moderation::campaigns::letter::Letter;
use crate::moderation::flags::model::{Raised, of_words};
use crate::moderation::{campaigns, flags};
use crate::norms;
use crate::norms::model::TextVersion;
use crate::worker::{self, Behind};

/// How many are taken in one transaction. SQLite has one writer: whoever sends waits for as many at the most.
const BATCH: usize = 32;
/// How many are seen at once in the queue: while some are written, what can be told of the next is found out.
const SEEN: usize = 256;

/// A comment that arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The comment in the revision that arrived.
    pub comment: Comment,
    /// The text that it is about.
    pub text: Arc<TextVersion>,
    /// The flags that its words raise.
    pub flags: Vec<Raised>,
    /// What it says, as it is compared with others.
    pub letter: Arc<Letter>,
    /// The shingles of the texts that people quote.
    pub quoted: Arc<HashSet<u64>>,
}

/// One thing to be done with what arrives.
pub type Take = Arc<dyn Fn(&mut AnyConnection, Moment, &[Arrived]) -> DbResult<()> + Send + Sync>;

/// What is done with what arrives, in this order.
pub fn steps() -> Vec<Take> {
    vec![Arc::new(flags::take::take), campaigns::cluster::step()]
}

/// Everything the worker needs.
#[derive(Clone)]
pub struct Porter {
    /// Where the queue is.
    pub db: Db,
    /// When something is looked at.
    pub clock: Clock,
    /// What is done.
    pub steps: Vec<Take>,
    /// The texts that people quote.
    pub quoted: Arc<Quoted>,
}

impl Porter {
    /// A porter who does all there is to do.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, steps: steps(), quoted: Arc::default() }
    }

    /// Looks at everything that waits now; how many revisions were taken out of the queue.
    pub fn round(&self) -> DbResult<usize> {
        let mut all = 0;
        loop {
            match self.step(SEEN)? {
                0 => return Ok(all),
                some => all += some,
            }
        }
    }

    /// Looks at `most` of those that have waited longest; how many were taken out of the queue. 0 also while another server
    /// does it.
    fn step(&self, most: usize) -> DbResult<usize> {
        let waiting = self.db.read_blocking(|conn| store::oldest(conn, most))?;
        std::thread::scope(|scope| {
            let mut taken = 0;
            let mut under_way: Option<ScopedJoinHandle<'_, DbResult<usize>>> = None;
            for part in waiting.chunks(BATCH) {
                let arrived = self.look(part);
                match under_way.take().map(ended).transpose()? {
                    // Another server does it: what follows is its, too.
                    Some(0) => return Ok(taken),
                    some => taken += some.unwrap_or(0),
                }
                let write = move || self.take_all(part, arrived);
                let thread = std::thread::Builder::new().name("porter".into()).spawn_scoped(scope, write);
                under_way = Some(thread.map_err(|error| DbError::Unavailable(error.to_string()))?);
            }
            Ok(taken + under_way.map(ended).transpose()?.unwrap_or(0))
        })
    }

    fn take_all(&self, waiting: &[Waiting], arrived: DbResult<Vec<Arrived>>) -> DbResult<usize> {
        match arrived.and_then(|arrived| self.take(waiting, arrived)) {
            Err(DbError::Unavailable(why)) => Err(DbError::Unavailable(why)),
            Err(error) => {
                tracing::error!(%error, "arrivals could not be looked at together");
                self.take_singly(waiting)
            }
            taken => taken,
        }
    }

    /// One by one, so that one that can't be looked at holds nothing up: it goes back to the end of the queue.
    fn take_singly(&self, waiting: &[Waiting]) -> DbResult<usize> {
        let mut fault = None;
        for one in waiting {
            match self.look(&[*one]).and_then(|arrived| self.take(&[*one], arrived)) {
                Err(DbError::Unavailable(why)) => return Err(DbError::Unavailable(why)),
                Err(error) => {
                    tracing::error!(%error, comment = %one.comment, "an arrival could not be looked at");
                    self.put_back(*one)?;
                    fault = Some(error);
                }
                Ok(_) => {}
            }
        }
        fault.map_or(Ok(waiting.len()), Err)
    }

    fn look(&self, waiting: &[Waiting]) -> DbResult<Vec<Arrived>> {
        self.db.read_blocking(|conn| arrived(conn, waiting, &self.quoted))
    }

    fn take(&self, waiting: &[Waiting], arrived: Vec<Arrived>) -> DbResult<usize> {
        let (now, steps, waiting) = (self.clock.now(), self.steps.clone(), waiting.to_vec());
        self.db.write_blocking(move |conn| {
            if !try_alone(conn, Alone::Arrivals)? {
                return Ok(0);
            }
            let taken: BTreeSet<_> = store::take(conn, &waiting)?.into_iter().collect();
            let is_taken = |it: &Arrived| taken.contains(&(it.comment.id, it.comment.revision));
            let arrived: Vec<Arrived> = arrived.into_iter().filter(is_taken).collect();
            if !arrived.is_empty() {
                steps.iter().try_for_each(|step| step(conn, now, &arrived))?;
            }
            Ok(taken.len())
        })
    }

    fn put_back(&self, one: Waiting) -> DbResult<()> {
        self.db.write_blocking(move |conn| {
            for (comment, revision) in store::take(conn, &[one])? {
                store::note(conn, comment, revision)?;
            }
            Ok(())
        })
    }

    /// Works until `stop`; what is begun is finished first.
    pub fn work(self, stop: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
        let behind = Behind::those_who_write(self.db.clone());
        // Whoever writes meanwhile waits for one batch at the most.
        let most = |is_crowded| if is_crowded { BATCH } else { SEEN };
        worker::until_stopped(
            "porter",
            stop,
            move || Ok(behind.has_turn() && self.step(most(behind.is_crowded()))? > 0),
        )
    }
}

/// How many the other thread took.
fn ended(writing: ScopedJoinHandle<'_, DbResult<usize>>) -> DbResult<usize> {
    writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The comments that wait, with their texts, and what can be told of them before the transaction that others wait for.
fn arrived(conn: &mut AnyConnection, waiting: &[Waiting], quoted: &Quoted) -> DbResult<Vec<Arrived>> {
    let quoted = quoted.read(conn)?;
    let mut texts: Vec<Arc<TextVersion>> = Vec::new();
    let mut found = Vec::new();
    for comment in store::comments_of(conn, waiting)? {
        let known = texts.iter().find(|text| text.id == comment.text_version_id).cloned();
        let text = if let Some(text) = known {
            text
        } else {
            let text = Arc::new(norms::store::version(conn, comment.text_version_id)?);
            texts.push(text.clone());
            text
        };
        let author = accounts::store::by_id(conn, comment.author.account)?;
        let flags = of_words(&comment, &author.language);
        let letter = Arc::new(Letter::of(&comment, &quoted));
        found.push(Arrived { comment, text, flags, letter, quoted: quoted.clone() });
    }
    Ok(found)
}
