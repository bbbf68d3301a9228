//! When comments were sent: days, or weeks where there are many days. Pure.

use chrono::{Datelike as _, Days, NaiveDate};

/// Above this many days weeks are shown.
const MOST_DAYS: i64 = 90;

/// A day, or a week from its Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The day, or the first of the week.
    pub first: NaiveDate,
    /// Comments of it.
    pub comments: i64,
}

/// The spans from `opened` (or the first day with a comment, if that is earlier) to the last day with a comment, none
/// left out, and whether they are weeks. None if there is no comment.
pub fn spans(opened: NaiveDate, tally: &[(String, i64)]) -> (Vec<Span>, bool) {
    let mut days: Vec<(NaiveDate, i64)> =
        tally.iter().filter_map(|(day, comments)| Some((day.parse().ok()?, *comments))).collect();
    days.sort_unstable();
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else { return (Vec::new(), false) };
    let (first, last) = (opened.min(*first), *last);
    let is_weeks = (last - first).num_days() >= MOST_DAYS;
    let begin = |day: NaiveDate| {
        let back = if is_weeks { u64::from(day.weekday().num_days_from_monday()) } else { 0 };
        day.checked_sub_days(Days::new(back)).unwrap_or(day)
    };
    let step = Days::new(if is_weeks { 7 } else { 1 });
    let mut spans = Vec::new();
    let mut at = begin(first);
    while at <= last {
        let comments = days.iter().filter(|(day, _)| begin(*day) == at).map(|(_, comments)| comments).sum();
        spans.push(Span { first: at, comments });
        let Some(next) = at.checked_add_days(step) else { break };
        at = next;
    }
    (spans, is_weeks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn tally(days: &[(&str, i64)]) -> Vec<(String, i64)> {
        days.iter().map(|(day, comments)| ((*day).to_owned(), *comments)).collect()
    }

    #[test]
    fn no_day_is_left_out() {
        let (spans, is_weeks) = spans(day("2019-01-01"), &tally(&[("2019-01-02", 2), ("2019-01-04", 1)]));
        assert!(!is_weeks);
        assert_eq!(spans.iter().map(|span| span.comments).collect::<Vec<_>>(), [0, 2, 0, 1]);
        assert_eq!(super::spans(day("2019-01-01"), &[]), (Vec::new(), false));
    }

    #[test]
    fn many_days_are_shown_as_weeks() {
        let tally = tally(&[("2019-01-02", 2), ("2019-01-06", 3), ("2019-01-07", 4), ("2019-05-01", 1)]);
        let (spans, is_weeks) = spans(day("2019-01-02"), &tally);
        assert!(is_weeks);
        assert_eq!(spans[0], Span { first: day("2018-12-31"), comments: 5 });
        assert_eq!(spans[1].comments, 4);
    }

    proptest! {
        #[test]
        fn no_comment_is_lost(days in proptest::collection::vec((0_i64..500, 1_i64..9), 0..30)) {
            let start = day("2018-11-08");
            let tally: Vec<(String, i64)> =
                days.iter().map(|(n, c)| ((start + chrono::TimeDelta::days(*n)).to_string(), *c)).collect();
            let (spans, _) = spans(start, &tally);
            let all: i64 = tally.iter().map(|(_, comments)| comments).sum();
            prop_assert_eq!(spans.iter().map(|span| span.comments).sum::<i64>(), all);
            prop_assert!(spans.len() <= 90);
        }
    }
}
