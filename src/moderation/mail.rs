//! The letter that tells an author what was decided.

use std::sync::Arc;

use chrono::TimeDelta;

use super::model::{Decision, Outcome, Verdict};
use super::redaction::mail::passages;
use crate::accounts::model::Account;
use crate::clock::Moment;
use crate::comments::model::{Comment, Publication, State};
use crate::comments::redaction::model::Span;
use crate::ids::BatchId;
use crate::mail::Letter;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Site, language};

/// What letters about decisions need besides the decision.
#[derive(Clone)]
pub struct Letterhead {
    /// Scheme, host and port of every link.
    pub origin: String,
    /// How many days an author has to appeal.
    pub appeal_days: i64,
    /// How long a letter waits, so that the decision can be undone before its author hears of it.
    pub hold: TimeDelta,
    /// With which others it is taken, if it is one of many.
    pub batch: Option<BatchId>,
    /// The labels of codes.
    pub vocabulary: Arc<Vocabulary>,
}

impl Letterhead {
    /// That of the running portal.
    pub fn of(site: &Site, vocabulary: Arc<Vocabulary>) -> Self {
        let settings = &site.config().moderation;
        let (appeal_days, hold) = (settings.appeal_days, settings.hold());
        Self { origin: site.origin(), appeal_days, hold, batch: None, vocabulary }
    }

    /// A full address for a path.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The last moment of an appeal against what is decided at `now`: the end of a day.
    pub fn appeal_until(&self, now: Moment) -> Moment {
        let last = TimeDelta::try_days(self.appeal_days).and_then(|days| now.checked_add_signed(days));
        last.unwrap_or(now).date().and_hms_opt(23, 59, 59).unwrap_or(now)
    }
}

/// Until when its author may appeal against a verdict at `now`, if they may: `out` is what was taken out of a comment that
/// is accepted.
pub fn appeal_until(
    comment: &Comment,
    verdict: &Verdict,
    out: &[Span],
    now: Moment,
    letters: &Letterhead,
) -> Option<Moment> {
    let may = match verdict.outcome {
        Outcome::Decline => comment.state != State::Appealed,
        Outcome::Publish => !out.is_empty(),
        Outcome::Return => false,
    };
    may.then(|| letters.appeal_until(now))
}

/// The one letter about a verdict on the revision of `comment` that was read: a statement of reasons (DSA Art. 17 in content).
///
/// `norm` is the title of the text, `once_key` the decision's, `out` what was taken out of a comment that is accepted, `now`
/// when it is decided. It holds facts only, no word that was taken out, and no name of staff.
pub fn to_author(
    author: &Account,
    comment: &Comment,
    norm: &str,
    (once_key, verdict): (String, &Verdict),
    out: &[Span],
    now: Moment,
    letters: &Letterhead,
) -> Letter {
    let lang = language::named(&author.language);
    let own = letters.link(&format!("/my-comments/{}", comment.reference));
    let appeal = letters.link(&format!("/my-comments/{}/appeal", comment.reference));
    let is_appeal = comment.state == State::Appealed;
    let permalink = letters.link(&format!("/comments/{}", comment.reference));
    let until = lang.time(letters.appeal_until(now));
    let reason = verdict.reason.as_ref();
    let answer_by = verdict.answer_by.map(|at| lang.time(at)).unwrap_or_default();
    let facts = [
        ("reference", comment.reference.as_str()),
        ("norm", norm),
        ("statement", verdict.statement.as_str()),
        ("reason", reason.map_or("", |reason| reason.label.as_str())),
        ("rule", reason.map_or("", |reason| reason.rule.as_str())),
        ("own", own.as_str()),
        ("appeal", appeal.as_str()),
        ("permalink", permalink.as_str()),
        ("answer_by", answer_by.as_str()),
        ("until", until.as_str()),
    ];
    let is_redacted = verdict.outcome == Outcome::Publish && !out.is_empty();
    let (subject, text) = match (verdict.outcome, comment.publication) {
        (Outcome::Decline, _) if is_appeal => ("appeal-mail-declined-subject", "appeal-mail-declined"),
        (Outcome::Publish, Publication::Commission) if is_redacted => {
            ("moderation-mail-accepted-subject", "redaction-mail-accepted")
        }
        (Outcome::Publish, _) if is_redacted => ("redaction-mail-published-subject", "redaction-mail-published"),
        (Outcome::Publish, Publication::Commission) => ("moderation-mail-accepted-subject", "moderation-mail-accepted"),
        (Outcome::Publish, _) => ("moderation-mail-published-subject", "moderation-mail-published"),
        (Outcome::Return, _) => ("moderation-mail-returned-subject", "moderation-mail-returned"),
        (Outcome::Decline, _) => ("moderation-mail-declined-subject", "moderation-mail-declined"),
    };
    let mut paragraphs = vec![lang.plain(text, &facts)];
    if verdict.outcome == Outcome::Publish && is_appeal {
        paragraphs.insert(0, lang.t("appeal-mail-published"));
    }
    if is_redacted {
        paragraphs.push(passages(lang, &letters.vocabulary, out));
    }
    if verdict.outcome == Outcome::Publish && !verdict.statement.is_empty() {
        paragraphs.push(lang.plain("moderation-mail-statement", &facts));
    }
    if verdict.outcome != Outcome::Publish || is_redacted {
        paragraphs.push(lang.t("statement-by-a-person"));
    }
    if verdict.answer_by.is_some() {
        paragraphs.push(lang.plain("moderation-mail-answer-by", &facts));
    }
    match verdict.outcome {
        Outcome::Decline if !is_appeal => paragraphs.push(lang.plain("appeal-mail-how", &facts)),
        Outcome::Publish if is_redacted => paragraphs.push(lang.plain("redaction-mail-appeal", &facts)),
        Outcome::Return => paragraphs.push(lang.t("statement-return-no-appeal")),
        _ => {}
    }
    paragraphs.push(lang.t("moderation-mail-signed"));
    Letter { once_key, to: author.email.clone(), subject: lang.plain(subject, &facts), body: paragraphs.join("\n\n") }
}

/// Tells the author that a decision they were told of does not stand any more; `words` say why.
pub fn withdrawn(
    author: &Account,
    comment: &Comment,
    norm: &str,
    decision: &Decision,
    words: &str,
    letters: &Letterhead,
) -> Letter {
    let lang = language::named(&author.language);
    let own = letters.link(&format!("/my-comments/{}", comment.reference));
    let decided_at = lang.time(decision.decided_at);
    let facts = [
        ("reference", comment.reference.as_str()),
        ("norm", norm),
        ("decided_at", decided_at.as_str()),
        ("statement", words),
        ("own", own.as_str()),
    ];
    let what = if decision.round > 0 { "undo-mail-appeal" } else { "undo-mail-text" };
    let paragraphs = [lang.plain(what, &facts), lang.t("moderation-mail-signed")];
    Letter {
        once_key: format!("undone:{}", decision.id),
        to: author.email.clone(),
        subject: lang.plain("undo-mail-subject", &facts),
        body: paragraphs.join("\n\n"),
    }
}

#[cfg(test)]
#[path = "mail_tests.rs"]
mod tests;
