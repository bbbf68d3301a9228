//! Figures of days and what follows from them. Pure.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::clock::Moment;
use crate::db::words;
use crate::ids::{AccountId, NormId};
use crate::moderation::model::Outcome;

words! {
    /// What is counted of a day, for each text.
    Measure {
        /// Comments that arrived.
        Received = "received",
        /// Decisions that were no answer to an appeal, by outcome.
        Decided = "decided",
        /// Those that declined, by reason.
        Declined = "declined",
        /// Those, by whole hours from the arrival of what was decided on.
        Hours = "hours",
        /// Appeals that were made.
        Appealed = "appealed",
        /// Decisions on appeals, by outcome.
        Answered = "answered",
        /// Comments that their authors took back.
        Withdrawn = "withdrawn",
        /// Redactions that were made.
        Redacted = "redacted",
        /// Appeals against redactions that were made.
        RedactionAppealed = "redaction_appealed",
        /// Those after which the words stay out.
        RedactionUpheld = "redaction_upheld",
        /// Those after which the words are back.
        RedactionLifted = "redaction_lifted",
        /// Every decision, by who decided and outcome.
        Decider = "decider",
    }
}

/// How often each value of each measure was met on each text.
pub type Counts = HashMap<(NormId, Measure, String), i64>;

/// A decision as far as figures need it.
#[derive(Debug, Clone)]
pub struct Decided {
    /// On which text.
    pub norm: NormId,
    /// What.
    pub outcome: Outcome,
    /// Why, if declined.
    pub reason: Option<String>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// When what was decided on had arrived.
    pub arrived_at: Moment,
    /// 0, or more on an appeal.
    pub round: i32,
}

impl Decided {
    /// Adds the decision to `counts`.
    pub fn add_to(&self, counts: &mut Counts) {
        let mut add = |measure, value: String| *counts.entry((self.norm, measure, value)).or_default() += 1;
        let outcome = self.outcome.as_str();
        add(Measure::Decider, format!("{}:{outcome}", self.by));
        if self.round > 0 {
            add(Measure::Answered, outcome.to_owned());
            return;
        }
        add(Measure::Decided, outcome.to_owned());
        add(Measure::Hours, (self.at - self.arrived_at).num_hours().max(0).to_string());
        if let Some(reason) = &self.reason {
            add(Measure::Declined, reason.clone());
        }
    }
}

/// From the beginning of a day to the beginning of the next.
pub fn bounds(day: NaiveDate) -> (Moment, Moment) {
    let from = day.and_time(NaiveTime::MIN);
    (from, from + TimeDelta::days(1))
}

/// Figures of several days together, of one text or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary(BTreeMap<(&'static str, String), i64>);

impl Summary {
    /// Adds `n` to a value.
    pub fn add(&mut self, measure: Measure, value: &str, n: i64) {
        *self.0.entry((measure.as_str(), value.to_owned())).or_default() += n;
    }

    /// Adds what a day brought on `norm`, or on all texts.
    pub fn add_counts(&mut self, counts: &Counts, norm: Option<NormId>) {
        for ((_, measure, value), n) in counts.iter().filter(|((on, ..), _)| norm.is_none_or(|norm| norm == *on)) {
            self.add(*measure, value, *n);
        }
    }

    /// The values of a measure and how often each was met, in the order of the values.
    pub fn of(&self, measure: Measure) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().filter(move |((it, _), _)| *it == measure.as_str()).map(|((_, value), n)| (value.as_str(), *n))
    }

    /// How often one value was met.
    pub fn one(&self, measure: Measure, value: &str) -> i64 {
        self.0.get(&(measure.as_str(), value.to_owned())).copied().unwrap_or_default()
    }

    /// All values of a measure together.
    pub fn all(&self, measure: Measure) -> i64 {
        self.of(measure).map(|(_, n)| n).sum()
    }

    /// The hours within which `percent` of a hundred decisions were taken; `None` without any.
    pub fn hours(&self, percent: i64) -> Option<i64> {
        let mut hours: Vec<(i64, i64)> =
            self.of(Measure::Hours).filter_map(|(value, n)| Some((value.parse().ok()?, n))).collect();
        hours.sort_unstable();
        quantile(&hours, percent)
    }

    /// Who decided, and how often with each outcome, in the order of `Outcome::ALL`; most decisions first.
    pub fn deciders(&self) -> Vec<(AccountId, Vec<i64>)> {
        let mut found: BTreeMap<AccountId, Vec<i64>> = BTreeMap::new();
        for (value, n) in self.of(Measure::Decider) {
            let Some((id, outcome)) = value.split_once(':') else { continue };
            let (Some(id), Some(place)) =
                (AccountId::parse(id), Outcome::ALL.iter().position(|it| it.as_str() == outcome))
            else {
                continue;
            };
            let counts = found.entry(id).or_insert_with(|| vec![0; Outcome::ALL.len()]);
            if let Some(count) = counts.get_mut(place) {
                *count += n;
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|(_, counts)| -counts.iter().sum::<i64>());
        found
    }
}

/// The least value that at least `percent` of a hundred are not above; values in order, each with how often it was met.
pub fn quantile(values: &[(i64, i64)], percent: i64) -> Option<i64> {
    let all: i64 = values.iter().map(|(_, n)| n).sum();
    let wanted = (all.saturating_mul(percent) + 99) / 100;
    let mut so_far = 0;
    values.iter().find_map(|(value, n)| {
        so_far += n;
        (*n > 0 && so_far >= wanted.max(1)).then_some(*value)
    })
}

/// What waits at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many comments.
    pub count: i64,
    /// When the oldest arrived.
    pub oldest: Option<Moment>,
    /// When the one arrived that half of the others are older than.
    pub median: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_median_has_half_on_each_side() {
        assert_eq!(quantile(&[], 50), None);
        assert_eq!(quantile(&[(7, 1)], 50), Some(7));
        assert_eq!(quantile(&[(1, 1), (2, 1), (9, 1)], 50), Some(2));
        assert_eq!(quantile(&[(1, 5), (2, 4), (9, 1)], 90), Some(2));
        assert_eq!(quantile(&[(1, 8), (2, 1), (9, 1)], 100), Some(9));
    }

    #[test]
    fn an_answer_to_an_appeal_is_no_first_decision() {
        let (from, _) = bounds(NaiveDate::default());
        let (norm, by) = (NormId::new(), AccountId::new());
        let decided = |outcome, reason: Option<&str>, round| Decided {
            norm,
            outcome,
            reason: reason.map(str::to_owned),
            by,
            at: from + TimeDelta::minutes(150),
            arrived_at: from,
            round,
        };
        let mut counts = Counts::new();
        decided(Outcome::Decline, Some("abuse"), 0).add_to(&mut counts);
        decided(Outcome::Publish, None, 1).add_to(&mut counts);
        let mut summary = Summary::default();
        summary.add_counts(&counts, Some(norm));
        summary.add_counts(&counts, Some(NormId::new()));
        assert_eq!((summary.all(Measure::Decided), summary.all(Measure::Answered)), (1, 1));
        assert_eq!((summary.one(Measure::Declined, "abuse"), summary.hours(50)), (1, Some(2)));
        assert_eq!(summary.deciders().len(), 1);
    }

    proptest! {
        #[test]
        fn a_quantile_is_what_sorting_says(mut all in proptest::collection::vec(0_i64..50, 1..60), percent in 1_i64..=100) {
            let mut counted: BTreeMap<i64, i64> = BTreeMap::new();
            for value in &all {
                *counted.entry(*value).or_default() += 1;
            }
            all.sort_unstable();
            let rank = (all.len() * usize::try_from(percent).unwrap()).div_ceil(100).max(1);
            let values: Vec<_> = counted.into_iter().collect();
            prop_assert_eq!(quantile(&values, percent), Some(all[rank - 1]));
        }
    }
}
