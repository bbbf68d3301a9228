//! The letter that tells an author what was decided.

use super::model::{Decision, Outcome, Verdict};
use crate::accounts::model::Account;
use crate::comments::model::{Comment, Publication, State};
use crate::mail::Letter;
use crate::web::language;

/// The one letter about a verdict on the revision of `comment` that was read.
///
/// `norm` is the title of the text, `once_key` the decision's; `link` makes a full address of a path. It holds facts only,
/// and no name of staff.
pub fn to_author(
    author: &Account,
    comment: &Comment,
    norm: &str,
    (once_key, verdict): (String, &Verdict),
    link: impl Fn(&str) -> String,
) -> Letter {
    let lang = language::named(&author.language);
    let own = link(&format!("/my-comments/{}", comment.reference));
    let appeal = link(&format!("/my-comments/{}/appeal", comment.reference));
    let is_appeal = comment.state == State::Appealed;
    let permalink = link(&format!("/comments/{}", comment.reference));
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
    ];
    let (subject, text) = match (verdict.outcome, comment.publication) {
        (Outcome::Decline, _) if is_appeal => ("appeal-mail-declined-subject", "appeal-mail-declined"),
        (Outcome::Publish, Publication::Commission) => ("moderation-mail-accepted-subject", "moderation-mail-accepted"),
        (Outcome::Publish, _) => ("moderation-mail-published-subject", "moderation-mail-published"),
        (Outcome::Return, _) => ("moderation-mail-returned-subject", "moderation-mail-returned"),
        (Outcome::Decline, _) => ("moderation-mail-declined-subject", "moderation-mail-declined"),
    };
    let mut paragraphs = vec![lang.plain(text, &facts)];
    if verdict.outcome == Outcome::Publish && is_appeal {
        paragraphs.insert(0, lang.t("appeal-mail-published"));
    }
    if verdict.outcome == Outcome::Publish && !verdict.statement.is_empty() {
        paragraphs.push(lang.plain("moderation-mail-statement", &facts));
    }
    if verdict.answer_by.is_some() {
        paragraphs.push(lang.plain("moderation-mail-answer-by", &facts));
    }
    if verdict.outcome == Outcome::Decline && !is_appeal {
        paragraphs.push(lang.plain("appeal-mail-how", &facts));
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
    link: impl Fn(&str) -> String,
) -> Letter {
    let lang = language::named(&author.language);
    let own = link(&format!("/my-comments/{}", comment.reference));
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
