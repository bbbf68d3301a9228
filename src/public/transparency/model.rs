//! Numbers that hold confidential material, as everyone may see them. Pure.
//!
//! Such a number is shown in steps of five, each by itself and never as a difference: below five it is "fewer than 5",
//! none included, so that no group smaller than five is shown. From one day to the next it stays or moves by a whole
//! step: a single comment, decision or withdrawal shows only as the fifth of five, and nobody can tell which one it was.
//! Sums are not added up from rows nor rows taken from sums; each is cut to its own step.

/// How many it takes until a number is shown.
pub const STEP: i64 = 5;

/// A number cut to its step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coarse {
    /// Fewer than [`STEP`], or none.
    Few,
    /// At least so many: a multiple of [`STEP`].
    AtLeast(i64),
}

impl Coarse {
    /// What may be shown of `n`.
    pub fn of(n: i64) -> Self {
        if n < STEP { Self::Few } else { Self::AtLeast(n - n % STEP) }
    }
}

/// The days within which half of `decided` decisions were taken, from the hours; `None` for fewer than [`STEP`].
pub fn days(decided: i64, hours: Option<i64>) -> Option<i64> {
    hours.filter(|_| decided >= STEP).map(|hours| hours / 24 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fewer_than_five_are_not_told_apart() {
        assert!((0..STEP).all(|n| Coarse::of(n) == Coarse::Few));
        assert_eq!(Coarse::of(5), Coarse::AtLeast(5));
        assert_eq!(Coarse::of(9), Coarse::AtLeast(5));
        assert_eq!(Coarse::of(10), Coarse::AtLeast(10));
        assert_eq!(
            (days(4, Some(1)), days(5, Some(1)), days(5, Some(24)), days(9, None)),
            (None, Some(1), Some(2), None)
        );
    }

    /// The numbers that look as `n` does.
    fn alike(n: i64) -> Vec<i64> {
        (0..=n + 2 * STEP).filter(|other| Coarse::of(*other) == Coarse::of(n)).collect()
    }

    proptest! {
        #[test]
        fn what_is_shown_leaves_five_numbers_possible(n in 0_i64..1_000_000) {
            prop_assert_eq!(alike(n % 1_000).len(), 5);
        }

        #[test]
        fn one_more_is_seen_only_as_the_fifth(n in 0_i64..1_000_000) {
            let changes = Coarse::of(n) != Coarse::of(n + 1);
            prop_assert_eq!(changes, (n + 1) % STEP == 0);
        }

        /// Two rows and their sum, each cut to its own step: whatever is shown, at least five pairs of rows make it, so
        /// the sum never gives a row away.
        #[test]
        fn a_sum_does_not_give_its_rows_away(a in 0_i64..60, b in 0_i64..60) {
            let shown = (Coarse::of(a), Coarse::of(b), Coarse::of(a + b));
            let fits = |x: i64, y: i64| (Coarse::of(x), Coarse::of(y), Coarse::of(x + y)) == shown;
            let pairs: Vec<(i64, i64)> = alike(a).into_iter().flat_map(|x| alike(b).into_iter().map(move |y| (x, y))).filter(|(x, y)| fits(*x, *y)).collect();
            let of_first: std::collections::BTreeSet<i64> = pairs.iter().map(|(x, _)| *x).collect();
            prop_assert!(pairs.len() >= 5 && of_first.len() >= 2, "{pairs:?}");
        }
    }
}
