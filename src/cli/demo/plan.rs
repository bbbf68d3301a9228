//! What happens to each demo comment, and when: a life of one to four steps within the last thirty days. Pure.

use chrono::TimeDelta;
use norm_portal::clock::Moment;
use norm_portal::comments::model::{Kind, Publication};
use norm_portal::moderation::model::Outcome;

use super::dice::Dice;

/// How far back the first comment lies.
pub const DAYS: i64 = 30;

/// One thing that happens to a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is sent.
    Submit,
    /// A moderator decides.
    Decide(Outcome),
    /// Its author sends a second revision.
    Correct,
    /// Its author appeals.
    Appeal,
    /// Its author takes it back.
    Withdraw,
}

const PUBLISH: Step = Step::Decide(Outcome::Publish);
const RETURN: Step = Step::Decide(Outcome::Return);
const DECLINE: Step = Step::Decide(Outcome::Decline);

/// Every life there is, with how many in a hundred live it.
const LIVES: &[(usize, &[Step])] = &[
    (22, &[Step::Submit]),
    (46, &[Step::Submit, PUBLISH]),
    (4, &[Step::Submit, DECLINE]),
    (2, &[Step::Submit, DECLINE, Step::Appeal]),
    (7, &[Step::Submit, RETURN]),
    (2, &[Step::Submit, Step::Withdraw]),
    (4, &[Step::Submit, Step::Correct]),
    (4, &[Step::Submit, Step::Correct, PUBLISH]),
    (4, &[Step::Submit, RETURN, Step::Correct]),
    (3, &[Step::Submit, RETURN, Step::Correct, PUBLISH]),
    (2, &[Step::Submit, PUBLISH, Step::Withdraw]),
];

/// The first comments go through every life, kind, choice and text in turn; chance decides on the rest.
const IN_TURN: usize = 90;

/// A comment before it has words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Which author.
    pub author: usize,
    /// On which text, by place in the list.
    pub norm: usize,
    /// About what.
    pub kind: Kind,
    /// What becomes public.
    pub publication: Publication,
    /// Whether it is one of a campaign's letters.
    pub is_letter: bool,
    life: &'static [Step],
}

/// A step of a comment in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// Which comment.
    pub comment: usize,
    /// What.
    pub step: Step,
}

/// The dice of comment `number`: `purpose` keeps its life, times and words apart.
pub fn dice(seed: u64, number: usize, purpose: u64) -> Dice {
    Dice::new(seed, (u64::try_from(number).unwrap_or_default() << 3) | purpose)
}

fn life(number: usize, dice: &mut Dice) -> &'static [Step] {
    let mut left = dice.below(100);
    let by_chance = LIVES.iter().find(|(weight, _)| {
        let lives_it = left < *weight;
        left = left.saturating_sub(*weight);
        lives_it
    });
    let in_turn = LIVES.get(number % LIVES.len().max(1)).filter(|_| number < IN_TURN);
    in_turn.or(by_chance).map_or(&[Step::Submit], |(_, life)| *life)
}

/// What comment `number` is, given how many `authors` and `norms` there are.
pub fn outline(seed: u64, number: usize, authors: usize, norms: usize) -> Outline {
    let mut dice = dice(seed, number, 0);
    let life = life(number, &mut dice);
    let kind = match (number < IN_TURN, number % 3, dice.below(100)) {
        (true, 0, _) | (false, _, 0..55) => Kind::Wording,
        (true, 1, _) | (false, _, 55..80) => Kind::Lever,
        _ => Kind::General,
    };
    let publication = match (number < IN_TURN, number / 3 % 3, dice.below(100)) {
        (true, 0, _) | (false, _, 0..60) => Publication::Named,
        (true, 1, _) | (false, _, 60..88) => Publication::Organisation,
        _ => Publication::Commission,
    };
    let is_letter = number >= LIVES.len() && dice.once_in(12);
    Outline {
        // The demo's own stakeholder lives every life once.
        author: if number < LIVES.len() { 0 } else { dice.below(authors) },
        norm: match (is_letter, number < IN_TURN) {
            (true, _) => 0,
            (_, true) => number % norms.max(1),
            (_, false) => dice.below(norms),
        },
        kind: if is_letter { Kind::General } else { kind },
        publication,
        is_letter,
        life,
    }
}

/// The steps of comment `number` in time, the last of them before `now`.
fn steps(seed: u64, number: usize, outline: &Outline, now: Moment) -> impl Iterator<Item = Event> {
    let mut dice = dice(seed, number, 1);
    let micros = |dice: &mut Dice, span: TimeDelta| {
        let bound = usize::try_from(span.num_microseconds().unwrap_or_default()).unwrap_or_default();
        TimeDelta::microseconds(i64::try_from(dice.below(bound)).unwrap_or_default())
    };
    let sent = now - TimeDelta::days(DAYS) + micros(&mut dice, TimeDelta::days(DAYS) - TimeDelta::hours(1));
    let left = (now - sent).min(TimeDelta::days(6));
    let mut waits: Vec<TimeDelta> = outline.life.iter().skip(1).map(|_| micros(&mut dice, left)).collect();
    waits.sort();
    let times = std::iter::once(sent).chain(waits.into_iter().map(move |wait| sent + wait));
    outline.life.iter().zip(times).map(move |(step, at)| Event { at, comment: number, step: *step })
}

/// Everything that happens, in the order in which it happened.
pub fn events(seed: u64, outlines: &[Outline], now: Moment) -> Vec<Event> {
    let mut all: Vec<Event> =
        outlines.iter().enumerate().flat_map(|(number, outline)| steps(seed, number, outline, now)).collect();
    // Steps of one comment stay in their order even where two fall on one moment: the sort is stable.
    all.sort_by_key(|event| event.at);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use norm_portal::clock::parse_rfc3339;

    use super::*;

    fn outlines(seed: u64, comments: usize) -> Vec<Outline> {
        (0..comments).map(|number| outline(seed, number, 24, 9)).collect()
    }

    #[test]
    fn lives_are_a_hundred_in_a_hundred() {
        assert_eq!(LIVES.iter().map(|(weight, _)| weight).sum::<usize>(), 100);
    }

    #[test]
    fn ninety_comments_have_everything() {
        let all = outlines(5, 90);
        let seen = |of: fn(&Outline) -> String| all.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!(seen(|it| it.kind.to_string()), 3);
        assert_eq!(seen(|it| it.publication.to_string()), 3);
        assert_eq!(seen(|it| it.norm.to_string()), 9);
        assert_eq!(seen(|it| format!("{:?}", it.life)), LIVES.len());
        assert!(all.iter().any(|it| it.is_letter));
    }

    #[test]
    fn steps_are_in_order_within_the_last_thirty_days_and_the_same_for_the_same_seed() {
        let now = parse_rfc3339("2026-11-23T12:00:00Z").unwrap();
        let all = outlines(1, 300);
        let happened = events(1, &all, now);
        assert_eq!(happened, events(1, &outlines(1, 300), now));
        assert_ne!(happened, events(2, &outlines(2, 300), now));
        assert!(happened.iter().all(|event| event.at < now && event.at >= now - TimeDelta::days(DAYS)));
        for (number, outline) in all.iter().enumerate() {
            let own: Vec<Step> =
                happened.iter().filter(|event| event.comment == number).map(|event| event.step).collect();
            assert_eq!(own, outline.life, "{number}");
        }
    }
}
