//! The steps of a comment's life, in the order in which they happened. Pure.

use super::store::Answer;
use crate::clock::Moment;
use crate::comments::body::Body;
use crate::comments::considered::model::Considered;
use crate::comments::redaction::model::{Ending, Redaction};
use crate::comments::statements::Statement;

/// The longest appeal, in graphemes.
pub const LONGEST_APPEAL: usize = 5_000;

/// What a comment said from one moment on.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Which, from 1.
    pub number: i32,
    /// When it was sent.
    pub sent_at: Moment,
    /// What it said.
    pub body: Body,
    /// SHA-256 of [`Body::canonical`], in hexadecimal.
    pub digest: String,
}

/// An author's appeal; a comment has one at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// Why it should be published after all.
    pub text: String,
    /// When.
    pub made_at: Moment,
}

/// Why a comment was taken back; there is none where no reason was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// In its author's words.
    pub reason: String,
    /// When.
    pub withdrawn_at: Moment,
}

/// Everything that happened to a comment.
pub struct Life {
    /// What it said, the first revision first.
    pub revisions: Vec<Revision>,
    /// What was answered, the first answer first.
    pub answers: Vec<Answer>,
    /// If its author appealed.
    pub appeal: Option<Appeal>,
    /// What was taken out of it, the first time first.
    pub redactions: Vec<Redaction>,
    /// What its author was told of decisions, word for word.
    pub statements: Vec<Statement>,
    /// What was decided about it, as published.
    pub decisions: Vec<Considered>,
    /// If it was taken back with a reason.
    pub withdrawal: Option<Withdrawal>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
    /// The reason of a decline, or what became of a proposal: a code of the vocabulary; mostly empty.
    pub reason: String,
    /// What was written about it; mostly empty.
    pub text: String,
    /// What the words in question read then, where the board has words of its own; mostly empty.
    pub wording: String,
}

impl Step {
    fn new(at: Moment, what: What) -> Self {
        Self { at, what, reason: String::new(), text: String::new(), wording: String::new() }
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It came.
    Received,
    /// Another revision came.
    Revised(i32),
    /// A moderator accepted it; `true`: on an appeal.
    Published(bool),
    /// A moderator sent it back.
    Returned,
    /// A moderator declined it; `true`: on an appeal, for good.
    Declined(bool),
    /// Its author appealed.
    Appealed,
    /// The decision before was withdrawn by the Secretariat.
    Undone,
    /// Words were taken out of it.
    Redacted,
    /// Its author appealed against that.
    RedactionAppealed,
    /// The appeal ended; `true`: the words were put back.
    RedactionHeard(bool),
    /// A decision on the issue of this number was published, under which it was considered.
    Considered(i32),
    /// Its author took it back, and said why.
    Withdrawn,
}

impl Life {
    /// What the author is asked now, if the comment was returned at `revision`.
    pub fn request(&self, revision: i32) -> &str {
        self.asked(revision).map_or("", |it| it.statement.as_str())
    }

    /// By when, if a day was named.
    pub fn answer_by(&self, revision: i32) -> Option<Moment> {
        self.asked(revision)?.answer_by
    }

    fn asked(&self, revision: i32) -> Option<&Answer> {
        self.answers.iter().rfind(|it| it.stands() && it.outcome == "return" && it.revision == revision)
    }

    /// Until when its author may appeal against its being declined; `None`: they were told no such day.
    pub fn appeal_until(&self) -> Option<Moment> {
        self.statements.iter().rev().find_map(|it| it.appeal_until)
    }

    /// Every step, the first one first: by what follows from what, not by the clock, which may stand still between two.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for revision in &self.revisions {
            let what = if revision.number == 1 { What::Received } else { What::Revised(revision.number) };
            steps.push(Step::new(revision.sent_at, what));
            let first = self.answers.iter().filter(|it| it.revision == revision.number && it.round == 0);
            steps.extend(first.flat_map(answered));
        }
        if let Some(it) = &self.appeal {
            steps.push(Step { text: it.text.clone(), ..Step::new(it.made_at, What::Appealed) });
        }
        steps.extend(self.answers.iter().filter(|it| it.round > 0).flat_map(answered));
        steps.extend(self.redactions.iter().flat_map(redacted));
        steps.extend(self.decisions.iter().map(decided));
        if let Some(it) = &self.withdrawal {
            steps.push(Step { text: it.reason.clone(), ..Step::new(it.withdrawn_at, What::Withdrawn) });
        }
        steps
    }
}

fn decided(it: &Considered) -> Step {
    Step {
        reason: it.disposition.clone(),
        text: it.reasons.clone(),
        wording: it.wording.clone(),
        ..Step::new(it.decided_at, What::Considered(it.number))
    }
}

fn redacted(it: &Redaction) -> Vec<Step> {
    let step = |at, what, text: &str| Step { text: text.to_owned(), ..Step::new(at, what) };
    // What its author was told stands beside what was taken out.
    let mut steps = vec![Step::new(it.decided_at, What::Redacted)];
    if let Some(appeal) = &it.appeal {
        steps.push(step(appeal.made_at, What::RedactionAppealed, &appeal.text));
        if let Some(end) = &appeal.end {
            let what = What::RedactionHeard(end.outcome == Ending::Restored);
            steps.push(step(end.decided_at, what, &end.statement));
        }
    }
    steps
}

/// The answer, and its being withdrawn if it was.
fn answered(it: &Answer) -> Vec<Step> {
    let on_appeal = it.round > 0;
    let what = match it.outcome.as_str() {
        "publish" => What::Published(on_appeal),
        "return" => What::Returned,
        _ => What::Declined(on_appeal),
    };
    let reason = it.reason.clone().unwrap_or_default();
    let mut steps = vec![Step { reason, text: it.statement.clone(), ..Step::new(it.decided_at, what) }];
    if let Some(at) = it.undone_at {
        steps.push(Step { text: it.undone_words.clone(), ..Step::new(at, What::Undone) });
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;
    use crate::comments::body::General;

    fn revision(number: i32, at: i64) -> Revision {
        let body = Body::General(General { rationale: "x".into(), evidence: String::new() });
        Revision { number, sent_at: from_micros(at), digest: body.digest(), body }
    }

    fn answer(revision: i32, outcome: &str, at: i64, round: i32) -> Answer {
        let statement = format!("{outcome} {revision} {round}");
        Answer {
            revision,
            outcome: outcome.into(),
            reason: None,
            statement,
            decided_at: from_micros(at),
            round,
            answer_by: None,
            undone_at: None,
            undone_words: String::new(),
        }
    }

    #[test]
    fn a_life_is_told_in_the_order_it_was_lived() {
        let life = Life {
            revisions: vec![revision(1, 1), revision(2, 3)],
            answers: vec![answer(1, "return", 2, 0), answer(2, "decline", 4, 0), answer(2, "publish", 6, 1)],
            appeal: Some(Appeal { text: "No.".into(), made_at: from_micros(5) }),
            redactions: Vec::new(),
            statements: Vec::new(),
            decisions: Vec::new(),
            withdrawal: Some(Withdrawal { reason: "Enough.".into(), withdrawn_at: from_micros(7) }),
        };
        let told: Vec<What> = life.steps().into_iter().map(|step| step.what).collect();
        let lived = [
            What::Received,
            What::Returned,
            What::Revised(2),
            What::Declined(false),
            What::Appealed,
            What::Published(true),
            What::Withdrawn,
        ];
        assert_eq!(told, lived);
        assert_eq!((life.request(1), life.request(2)), ("return 1 0", ""));
    }

    #[test]
    fn a_withdrawn_decision_is_told_and_asks_nothing_any_more() {
        let mut returned = answer(1, "return", 2, 0);
        (returned.undone_at, returned.undone_words) = (Some(from_micros(3)), "A mistake.".into());
        let answers = vec![returned, answer(1, "publish", 4, 0)];
        let life = Life {
            revisions: vec![revision(1, 1)],
            answers,
            appeal: None,
            redactions: Vec::new(),
            statements: Vec::new(),
            decisions: Vec::new(),
            withdrawal: None,
        };
        let steps = life.steps();
        let told: Vec<What> = steps.iter().map(|step| step.what).collect();
        assert_eq!(told, [What::Received, What::Returned, What::Undone, What::Published(false)]);
        assert_eq!((steps[2].text.as_str(), life.request(1)), ("A mistake.", ""));
    }
}
