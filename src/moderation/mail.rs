//! The letter that tells an author what was decided.

use std::sync::Arc;

use super::model::{Outcome, Verdict, round};
use super::redaction::mail::passages;
use crate::accounts::model::Account;
use crate::clock::Moment;
use crate::comments::model::{Comment, Publication, State};
use crate::comments::redaction::model::Span;
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
    /// The labels of codes.
    pub vocabulary: Arc<Vocabulary>,
}

impl Letterhead {
    /// That of the running portal.
    pub fn of(site: &Site, vocabulary: Arc<Vocabulary>) -> Self {
        Self { origin: site.origin(), appeal_days: site.config().moderation.appeal_days, vocabulary }
    }

    /// A full address for a path.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The last moment of an appeal against what is decided at `now`: the end of a day.
    pub fn appeal_until(&self, now: Moment) -> Moment {
        let last = chrono::TimeDelta::try_days(self.appeal_days).and_then(|days| now.checked_add_signed(days));
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
/// `norm` is the title of the text, `out` what was taken out of a comment that is accepted, `now` when it is decided. It
/// holds facts only, no word that was taken out, and no name of staff.
pub fn to_author(
    author: &Account,
    comment: &Comment,
    norm: &str,
    verdict: &Verdict,
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
    let facts = [
        ("reference", comment.reference.as_str()),
        ("norm", norm),
        ("statement", verdict.statement.as_str()),
        ("reason", reason.map_or("", |reason| reason.label.as_str())),
        ("rule", reason.map_or("", |reason| reason.rule.as_str())),
        ("own", own.as_str()),
        ("appeal", appeal.as_str()),
        ("permalink", permalink.as_str()),
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
    match verdict.outcome {
        Outcome::Decline if !is_appeal => paragraphs.push(lang.plain("appeal-mail-how", &facts)),
        Outcome::Publish if is_redacted => paragraphs.push(lang.plain("redaction-mail-appeal", &facts)),
        Outcome::Return => paragraphs.push(lang.t("statement-return-no-appeal")),
        _ => {}
    }
    paragraphs.push(lang.t("moderation-mail-signed"));
    Letter {
        once_key: format!("decision:{}:{}:{}", comment.id, comment.revision, round(comment.state)),
        to: author.email.clone(),
        subject: lang.plain(subject, &facts),
        body: paragraphs.join("\n\n"),
    }
}

#[cfg(test)]
#[path = "mail_tests.rs"]
mod tests;
