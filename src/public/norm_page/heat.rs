//! Where people commented: which words are tinted how strongly, and what the levels mean. Pure.

use super::store::Span;

/// From how many organisations, and people who speak for none, on words are tinted: fewer would show who reads what.
pub const LEAST: i64 = 3;
/// The strongest level.
const LEVELS: i64 = 5;

/// What a level of tint means: from how many voices on, up to how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// 1 to 5.
    pub level: u8,
    /// The fewest voices.
    pub from: i64,
    /// The most.
    pub to: i64,
}

/// The level of `voices` where the most is `most`: the fifth of the text's own maximum that it lies in.
fn level(voices: i64, most: i64) -> u8 {
    if voices < LEAST || most < LEAST {
        return 0;
    }
    let fifth = (voices.min(most) * LEVELS + most - 1) / most;
    u8::try_from(fifth.clamp(1, LEVELS)).unwrap_or(0)
}

/// The level of each of the first `words` words of a text, 0 to 5.
///
/// A word has the voices of that span among `spans` which covers it and has the most; they are not added up, since one
/// organisation may have commented on several. The most of all words is level 5; a fifth of it or less, level 1; words
/// that fewer than three commented on have none.
pub fn levels(words: usize, spans: &[Span]) -> Vec<u8> {
    let mut voices = vec![0; words];
    for span in spans {
        let from = usize::try_from(span.first_word).unwrap_or_default().saturating_sub(1);
        let to = usize::try_from(span.last_word).unwrap_or_default().min(words);
        for word in voices.get_mut(from..to).unwrap_or_default() {
            *word = span.voices.max(*word);
        }
    }
    let most = voices.iter().copied().max().unwrap_or_default();
    voices.into_iter().map(|voices| level(voices, most)).collect()
}

/// What the levels mean that there are, from the weakest.
pub fn legend(spans: &[Span]) -> Vec<Step> {
    let mut counts: Vec<i64> = spans.iter().map(|span| span.voices).filter(|voices| *voices >= LEAST).collect();
    counts.sort_unstable();
    let most = counts.last().copied().unwrap_or_default();
    let mut steps: Vec<Step> = Vec::new();
    for voices in counts {
        let level = level(voices, most);
        match steps.last_mut() {
            Some(step) if step.level == level => step.to = voices,
            _ => steps.push(Step { level, from: voices, to: voices }),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(first_word: i32, last_word: i32, voices: i64) -> Span {
        Span { first_word, last_word, comments: voices, voices }
    }

    #[test]
    fn a_word_has_the_largest_count_that_covers_it_and_never_a_sum() {
        let spans = [span(1, 4, 3), span(2, 2, 10), span(3, 3, 2)];
        assert_eq!(levels(5, &spans), [2, 5, 2, 2, 0]);
        assert_eq!(levels(3, &[span(1, 2, 2)]), [0, 0, 0]);
        assert_eq!(levels(2, &[span(1, 2, 3)]), [5, 5]);
    }

    #[test]
    fn a_legend_says_what_there_is() {
        let spans = [span(1, 4, 3), span(2, 2, 10), span(5, 5, 4), span(3, 3, 2)];
        let step = |level, from, to| Step { level, from, to };
        assert_eq!(legend(&spans), [step(2, 3, 4), step(5, 10, 10)]);
        assert_eq!(legend(&[]), []);
    }

    proptest! {
        #[test]
        fn no_span_reaches_out_of_the_text(spans in prop::collection::vec((-2i32..20, -2i32..20, 0i64..99), 0..9)) {
            let spans: Vec<Span> = spans.into_iter().map(|(first, last, voices)| span(first, last, voices)).collect();
            let levels = levels(9, &spans);
            prop_assert_eq!(levels.len(), 9);
            prop_assert!(levels.into_iter().all(|level| level <= 5));
        }
    }
}
