//! Allowances that are used up and come back with time. Whose they are is known by a keyed hash alone, and of more than
//! a fixed number those that were used the least are forgotten.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;

use crate::clock::{Moment, micros};
use crate::config::Rate;
use crate::ids;

/// So many maps, so that threads seldom wait for each other.
const SHARDS: usize = 16;

const MINUTE: i64 = 60_000_000;

/// Whose allowance: half of a hash.
type Name = [u8; 16];

/// When each allowance will be whole again, in microseconds. One that is whole need not be remembered.
type Shard = HashMap<Name, i64>;

/// The allowances of everybody.
pub struct Buckets {
    shards: Vec<Mutex<Shard>>,
    most_in_one: usize,
    /// Made anew with each start: what is kept of a network address can't be told from another server's.
    key: [u8; 32],
}

impl Buckets {
    /// None used yet; at most `most` are remembered.
    pub fn new(most: usize) -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { shards, most_in_one: (most / SHARDS).max(1), key: ids::random() }
    }

    /// Takes one from the allowance of `whose`; else how long until there is one.
    pub fn take(&self, whose: &[u8], rate: Rate, now: Moment) -> Result<(), TimeDelta> {
        if rate.at_once == 0 {
            return Ok(());
        }
        let (now, each) = (micros(now), MINUTE / i64::from(rate.a_minute.max(1)));
        let room = each * i64::from(rate.at_once);
        let name = self.name(whose);
        let shard = name.first().and_then(|byte| self.shards.get(usize::from(*byte) % SHARDS));
        let Some(shard) = shard else { return Ok(()) };
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back keeps nobody out for longer than an empty allowance does.
        let whole_at = shard.get_mut(&name).map_or(now, |at| {
            *at = (*at).clamp(now, now + room);
            *at
        });
        let then = whole_at + each;
        if then > now + room {
            return Err(TimeDelta::microseconds(then - now - room));
        }
        if shard.len() >= self.most_in_one && !shard.contains_key(&name) {
            make_room(&mut shard, self.most_in_one, now);
        }
        shard.insert(name, then);
        Ok(())
    }

    /// How many allowances are remembered.
    pub fn remembered(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    fn name(&self, whose: &[u8]) -> Name {
        let hash = ids::keyed(&self.key, whose);
        let mut name = Name::default();
        name.copy_from_slice(hash.split_at(16).0);
        name
    }
}

/// Forgets what is whole again; if that leaves too many, the quarter that was used the least.
fn make_room(shard: &mut Shard, most: usize, now: i64) {
    shard.retain(|_, whole_at| *whole_at > now);
    if shard.len() < most - most / 4 {
        return;
    }
    let mut times: Vec<i64> = shard.values().copied().collect();
    let quarter = times.len() / 4;
    if quarter < times.len() {
        let (_, cut, _) = times.select_nth_unstable(quarter);
        let cut = *cut;
        shard.retain(|_, whole_at| *whole_at > cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;

    const RATE: Rate = Rate { at_once: 3, a_minute: 6 };

    fn at(seconds: i64) -> Moment {
        from_micros(1_700_000_000_000_000 + seconds * 1_000_000)
    }

    #[test]
    fn an_allowance_is_used_up_and_comes_back() {
        let buckets = Buckets::new(1000);
        let take =
            |whose: &str, seconds| buckets.take(whose.as_bytes(), RATE, at(seconds)).map_err(|it| it.num_seconds());
        for _ in 0..3 {
            assert_eq!(take("a", 0), Ok(()));
        }
        assert_eq!(take("a", 0), Err(10));
        assert_eq!(take("b", 0), Ok(()), "another's");
        assert_eq!(take("a", 4), Err(6));
        assert_eq!(take("a", 10), Ok(()));
        assert_eq!(take("a", 10), Err(10));
        for _ in 0..3 {
            assert_eq!(take("a", 1000), Ok(()), "no more than is given at once is saved up");
        }
        assert_eq!(take("a", 1000), Err(10));
        assert_eq!(buckets.take(b"a", Rate { at_once: 0, a_minute: 0 }, at(1000)), Ok(()), "without limit");
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let buckets = Buckets::new(1000);
        let take = |seconds| buckets.take(b"a", RATE, at(seconds)).map_err(|it| it.num_seconds());
        let year = 365 * 86_400;
        for _ in 0..3 {
            assert_eq!(take(year), Ok(()));
        }
        assert_eq!(take(0), Err(10));
        assert_eq!(take(10), Ok(()));
        assert_eq!(take(10), Err(10));
        assert_eq!(take(year), Ok(()));
    }

    #[test]
    fn no_more_are_remembered_than_there_may_be_and_the_busiest_longest() {
        let buckets = Buckets::new(1600);
        let take = |whose: &str| buckets.take(whose.as_bytes(), RATE, at(0));
        while take("the busiest").is_ok() {}
        for number in 0..100_000 {
            assert_eq!(take(&format!("one of many {number}")), Ok(()));
            assert!(buckets.remembered() <= 1600);
        }
        assert!(take("the busiest").is_err(), "who used all is not forgotten for those who used little");
        assert!(buckets.remembered() > 400, "more is remembered than has to be forgotten");
    }
}
