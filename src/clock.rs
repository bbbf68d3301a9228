//! Time, passed in: the only place that asks the system for it. Knows nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

/// A point in time, always UTC, never finer than a microsecond (what both databases keep).
pub type Moment = NaiveDateTime;

/// Where "now" comes from: the system, or a hand that tests turn.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own clock.
    System,
    /// Stands still until moved; microseconds since 1970.
    Frozen(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn frozen(at: Moment) -> Self {
        Self::Frozen(Arc::new(AtomicI64::new(at.and_utc().timestamp_micros())))
    }

    /// The present moment, cut to microseconds.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    pub fn now(&self) -> Moment {
        let micros = match self {
            Self::System => Utc::now().timestamp_micros(),
            Self::Frozen(at) => at.load(Ordering::SeqCst),
        };
        from_micros(micros)
    }

    /// Moves a frozen clock by `by`; the system's clock stays as it is.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Frozen(at) = self {
            at.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }
}

/// The moment `micros` microseconds after 1970; out of range becomes 1970.
pub fn from_micros(micros: i64) -> Moment {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc()
}

/// Microseconds since 1970 of `at`: the form in which time enters digests.
pub fn micros(at: Moment) -> i64 {
    at.and_utc().timestamp_micros()
}

/// RFC 3339 in UTC, to the second: the form in which time leaves in files (`2018-09-20T14:00:00Z`).
pub fn rfc3339(at: Moment) -> String {
    at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// Reads RFC 3339 with any offset into UTC.
pub fn parse_rfc3339(text: &str) -> Option<Moment> {
    let at = DateTime::parse_from_rfc3339(text.trim()).ok()?;
    Some(from_micros(at.timestamp_micros()))
}
