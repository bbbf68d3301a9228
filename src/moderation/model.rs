//! A decision on a comment, what it is guarded by, and what a moderator is shown beside the text. Pure.

use std::collections::BTreeSet;

use crate::clock::Moment;
use crate::comments::anchor::Anchor;
use crate::comments::model::{Event, State};
use crate::db;
use crate::ids::{AccountId, BatchId, CommentId, DecisionId};
use crate::norms::lines;
use crate::norms::model::TextVersion;
use crate::norms::words;

db::words! {
    /// What was decided.
    Outcome {
        /// Accepted.
        Publish = "publish",
        /// Sent back to its author with a request.
        Return = "return",
        /// Not accepted, with a reason.
        Decline = "decline",
    }
}

impl Outcome {
    /// Where it leaves the comment.
    pub fn leads_to(self) -> State {
        match self {
            Self::Publish => State::Published,
            Self::Return => State::Returned,
            Self::Decline => State::Declined,
        }
    }

    /// What it does to the comment.
    pub fn event(self) -> Event {
        match self {
            Self::Publish => Event::Publish,
            Self::Return => Event::Return,
            Self::Decline => Event::Decline,
        }
    }

    /// What the audit log calls it in a round of decisions.
    pub fn action(self, round: i32) -> &'static str {
        match (self, round) {
            (Self::Publish, 0) => "comment.published",
            (Self::Publish, _) => "comment.appeal_published",
            (Self::Return, _) => "comment.returned",
            (Self::Decline, 0) => "comment.declined",
            (Self::Decline, _) => "comment.appeal_declined",
        }
    }
}

/// That a decision was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: AccountId,
    /// What the author was told about it; empty where they never heard of the decision.
    pub words: String,
}

/// A decision; it stands unless it was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Which.
    pub id: DecisionId,
    /// On which comment.
    pub comment_id: CommentId,
    /// On which revision of it; there is one decision on each at most, and one more on an appeal.
    pub revision: i32,
    /// What.
    pub outcome: Outcome,
    /// Why a comment was declined: a code of the vocabulary.
    pub reason: Option<String>,
    /// What the author was told; may be empty on a published one.
    pub statement: String,
    /// For the Secretariat's desk only.
    pub note: String,
    /// By whom.
    pub decided_by: AccountId,
    /// Their name now.
    pub decider_name: String,
    /// When.
    pub decided_at: Moment,
    /// 0 at first, 1 on an appeal.
    pub round: i32,
    /// By when the author of a returned comment is asked to answer; nothing happens by itself then.
    pub answer_by: Option<Moment>,
    /// With which others it was taken, if it was one of many.
    pub batch: Option<BatchId>,
    /// If it does not stand any more.
    pub undone: Option<Undone>,
}

impl Decision {
    /// The key of the letter that tells the author.
    pub fn letter_key(&self) -> String {
        format!("decision:{}", self.id)
    }
}

/// Which round of decisions a comment waits for.
pub fn round(state: State) -> i32 {
    i32::from(state == State::Appealed)
}

/// What a comment waits for in a round of decisions: the way back when one is undone.
pub fn waits_in(round: i32) -> State {
    if round == 0 { State::Pending } else { State::Appealed }
}

/// What the moderator had on the screen: a decision on anything else is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The revision read.
    pub revision: i32,
    /// The comment's version then.
    pub version: i64,
    /// The round of decisions it waited for.
    pub round: i32,
}

/// A reason to decline, as the vocabulary has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// The rule that was broken.
    pub rule: String,
}

/// What a moderator decides, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What.
    pub outcome: Outcome,
    /// Why; on a declined comment only, and there always.
    pub reason: Option<Reason>,
    /// To the author; never empty on a returned or declined comment.
    pub statement: String,
    /// For the Secretariat's desk only.
    pub note: String,
    /// By when an answer is asked; on a returned comment only, and there always.
    pub answer_by: Option<Moment>,
}

/// The longest statement or note, in graphemes.
pub const LONGEST_STATEMENT: usize = 5_000;

/// The words of the clauses around an anchor: what stands before it and what stands behind it.
///
/// `None` if the anchor does not fit the text. Where the words lie in no clause it is the whole text.
pub fn surroundings<'t>(text: &'t TextVersion, anchor: &Anchor) -> Option<(&'t str, &'t str)> {
    if !anchor.fits(&text.body) {
        return None;
    }
    let words = text.words();
    let start = words::at(&words, anchor.first_word)?.start;
    let end = words::at(&words, anchor.last_word)?.end;
    let lines = lines::lines(&text.body, &text.clauses);
    let letter = |position| text.clause_of(position).map(|clause| clause.letter.as_str());
    let from = letter(anchor.first_word)
        .and_then(|letter| lines.iter().find(|line| line.clause.as_deref() == Some(letter)))
        .map_or(0, |line| line.start);
    let to = letter(anchor.last_word)
        .and_then(|letter| lines.iter().rfind(|line| line.clause.as_deref() == Some(letter)))
        .map_or(text.body.len(), |line| line.end);
    Some((text.body.get(from..start)?, text.body.get(end..to)?))
}

/// Characters in `texts` that can't be seen, or that turn the direction of what can, each once, as `U+202E`.
///
/// Joiners are normal in some scripts and in emoji: this is for a moderator to look at, not a fault.
pub fn unseen<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let found: BTreeSet<char> = texts.into_iter().flat_map(str::chars).filter(|c| is_unseen(*c)).collect();
    found.into_iter().map(|c| format!("U+{:04X}", u32::from(c))).collect()
}

fn is_unseen(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    control
        || matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}')
        || matches!(c, '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(c, '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
