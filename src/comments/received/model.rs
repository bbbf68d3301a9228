//! How a comment came that was not sent here, and until when it may be entered.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::accounts::model::{Details, Email};
use crate::clock::Moment;
use crate::ids::AccountId;
use crate::norms::model::{Consultation, Window};

/// The longest name of a meeting, in graphemes.
pub const LONGEST_EVENT: usize = 200;

/// How a comment came and whose it is, as staff fill it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// By what: a code of the vocabulary.
    pub channel: String,
    /// On which day.
    pub on: NaiveDate,
    /// At which meeting, or under which number of a letter; may be empty.
    pub event: String,
    /// Who wrote or spoke.
    pub author: Details,
    /// Their address, if it is known.
    pub email: Option<Email>,
}

/// What is kept about a comment that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// At which meeting, or under which number; may be empty.
    pub event: String,
    /// Who entered it.
    pub entered_by: AccountId,
    /// Their name now; empty if their account is gone.
    pub entered_by_name: String,
    /// When.
    pub entered_at: Moment,
}

/// Why a comment may not be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// The day it came lies outside of the consultation.
    Outside(Window),
    /// It came in time, but the time to enter it is over since then.
    Over(Moment),
}

/// The moment that counts as the one at which a comment came: the beginning of its day, but not before the consultation
/// opened on that day.
pub fn moment(on: NaiveDate, consultation: &Consultation) -> Moment {
    let midnight = on.and_time(NaiveTime::MIN);
    if consultation.opens_at.date() == on { midnight.max(consultation.opens_at) } else { midnight }
}

/// Until when comments that came in time may be entered; `None` while the consultation has no end.
pub fn last_entry(consultation: &Consultation, grace: TimeDelta) -> Option<Moment> {
    consultation.closes_at.and_then(|closes| closes.checked_add_signed(grace))
}

/// Refuses a comment that came outside of the consultation, or that is entered too late. The moment it came, if neither.
pub fn in_time(on: NaiveDate, now: Moment, consultation: &Consultation, grace: TimeDelta) -> Result<Moment, Late> {
    let came = moment(on, consultation);
    match consultation.window(came) {
        Window::Open(_) => {}
        shut => return Err(Late::Outside(shut)),
    }
    match last_entry(consultation, grace) {
        Some(last) if now > last => Err(Late::Over(last)),
        _ => Ok(came),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ConsultationId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn consultation() -> Consultation {
        Consultation {
            id: ConsultationId::new(),
            code: "GCSC".into(),
            title: String::new(),
            commission: String::new(),
            summary: String::new(),
            summary_source: String::new(),
            timeline: Vec::new(),
            opens_at: at("2026-11-02T09:00:00"),
            closes_at: Some(at("2026-12-01T23:59:00")),
            version: 1,
        }
    }

    #[test]
    fn the_day_it_came_counts_not_the_day_it_is_entered() {
        let (it, grace) = (consultation(), TimeDelta::days(14));
        let entered = |on: &str, now: &str| in_time(day(on), at(now), &it, grace);
        assert_eq!(entered("2026-11-02", "2026-11-03T10:00:00"), Ok(at("2026-11-02T09:00:00")));
        assert_eq!(entered("2026-12-01", "2026-12-15T10:00:00"), Ok(at("2026-12-01T00:00:00")));
        assert!(matches!(entered("2026-11-01", "2026-11-03T10:00:00"), Err(Late::Outside(Window::NotYet(_)))));
        assert!(matches!(entered("2026-12-02", "2026-12-03T10:00:00"), Err(Late::Outside(Window::Closed(_)))));
        assert_eq!(entered("2026-12-01", "2026-12-16T10:00:00"), Err(Late::Over(at("2026-12-15T23:59:00"))));
        let endless = Consultation { closes_at: None, ..it.clone() };
        assert!(in_time(day("2026-12-20"), at("2030-01-01T00:00:00"), &endless, grace).is_ok());
    }
}
