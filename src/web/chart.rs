//! Small charts as the numbers that their SVG is made of: shares of the width in per cent and heights in pixels, so that
//! bars follow the page and letters stay as large as all others. Pure.

use super::days::Span;

/// The height of the tallest column, in pixels.
const TALLEST: i64 = 120;
/// Room above the columns for their numbers.
const ABOVE: i64 = 24;
/// Up to this many columns carry their numbers.
const MOST_NUMBERED: usize = 16;

/// A row of a chart of bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// The address of its page; empty if it has none.
    pub address: String,
    /// How many.
    pub count: i64,
    /// How long the bar is, in per cent.
    pub share: String,
}

/// The bars of `counts`, the longest as long as the chart is wide.
pub fn bars(counts: Vec<(String, i64)>) -> Vec<Bar> {
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let row =
        |(label, count): (String, i64)| Bar { share: share(count, most, 100), address: String::new(), label, count };
    counts.into_iter().map(row).collect()
}

/// `part` of `whole` as a share of `full`, to a hundredth.
fn share(part: i64, whole: i64, full: i64) -> String {
    let hundredths = part.saturating_mul(full * 100) / whole.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A column of a chart of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The day or week.
    pub span: Span,
    /// Where it begins, in per cent.
    pub left: String,
    /// Its middle, in per cent.
    pub middle: String,
    /// Where it begins from above, in pixels.
    pub top: i64,
    /// How high it is, in pixels.
    pub height: i64,
}

/// A chart of days or weeks, one beside the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The days or weeks.
    pub spans: Vec<Column>,
    /// How wide each is, in per cent.
    pub width: String,
    /// The largest number.
    pub most: i64,
    /// Where they stand, in pixels from above.
    pub ground: i64,
    /// Whether each carries its number.
    pub is_numbered: bool,
}

/// The columns of `spans`.
pub fn columns(spans: &[Span]) -> Columns {
    let all = i64::try_from(spans.len()).unwrap_or(i64::MAX).max(1);
    let most = spans.iter().map(|span| span.comments).max().unwrap_or_default();
    let ground = TALLEST + ABOVE;
    let column = |(at, span): (i64, &Span)| {
        let scaled = span.comments.saturating_mul(TALLEST) / most.max(1);
        // One comment among thousands is seen, too.
        let height = if span.comments > 0 { scaled.max(1) } else { 0 };
        Column {
            span: *span,
            left: share(at, all, 100),
            middle: share(at * 2 + 1, all * 2, 100),
            top: ground - height,
            height,
        }
    };
    Columns {
        spans: (0..).zip(spans).map(column).collect(),
        width: share(4, all * 5, 100),
        most,
        ground,
        is_numbered: spans.len() <= MOST_NUMBERED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_as_long_as_the_chart() {
        let chart = bars(vec![("A".into(), 3), ("B".into(), 1), ("C".into(), 0)]);
        let shares: Vec<&str> = chart.iter().map(|row| row.share.as_str()).collect();
        assert_eq!(shares, ["100.00", "33.33", "0.00"]);
        assert_eq!(bars(vec![("None".into(), 0)])[0].share, "0.00");
    }

    #[test]
    fn columns_stand_on_the_ground_and_one_comment_is_seen() {
        let first = chrono::NaiveDate::default();
        let spans = [1000, 1, 0].map(|comments| Span { first, comments });
        let chart = columns(&spans);
        assert!(chart.spans.iter().all(|column| column.top + column.height == chart.ground));
        assert_eq!(chart.spans.iter().map(|column| column.height).collect::<Vec<_>>(), [TALLEST, 1, 0]);
        assert_eq!((chart.spans[1].left.as_str(), chart.width.as_str()), ("33.33", "26.66"));
        assert_eq!(columns(&[]).most, 0);
    }
}
