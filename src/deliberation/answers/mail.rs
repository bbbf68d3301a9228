//! The letter with the decision, one for each comment and decision. Facts only, and no name of staff.

use crate::accounts::model::Account;
use crate::deliberation::board::model::Issue;
use crate::deliberation::board::store::publishing::Answered;
use crate::ids::IssueDecisionId;
use crate::mail::Letter;
use crate::moderation::mail::Letterhead;
use crate::norms::model::Norm;
use crate::web::language;

/// What is told of.
pub struct Told<'a> {
    /// The decision as it was published.
    pub decision: IssueDecisionId,
    /// On which issue.
    pub issue: &'a Issue,
    /// On which text.
    pub norm: &'a Norm,
}

/// Tells the author of a comment what was decided about it and why, and asks once whether that satisfies them.
/// `was_told`: they were told of an earlier decision on the same issue.
pub fn decided(author: &Account, told: &Told, (answered, was_told): (&Answered, bool), letters: &Letterhead) -> Letter {
    let lang = language::named(&author.language);
    let (comment, issue) = (&answered.comment, told.issue);
    let (code, reasons, wording) = if answered.disposition.is_empty() {
        (&issue.texts.disposition, &issue.texts.reasons, issue.texts.wording.as_str())
    } else {
        (&answered.disposition, &answered.response, "")
    };
    let number = issue.number.to_string();
    let own = letters.link(&format!("/my-comments/{}", comment.reference));
    let answer = letters.link(&format!("/my-comments/{}/issues/{}/answer", comment.reference, issue.id));
    let outcome = letters.link(&format!("/norms/{}/outcome/{number}", told.norm.slug));
    let facts = [
        ("reference", comment.reference.as_str()),
        ("norm", told.norm.title.as_str()),
        ("number", number.as_str()),
        ("statement", issue.texts.statement.as_str()),
        ("disposition", letters.vocabulary.dispositions.label_or_code(code)),
        ("reasons", reasons.as_str()),
        ("wording", wording),
        ("own", own.as_str()),
        ("answer", answer.as_str()),
        ("outcome", outcome.as_str()),
    ];
    let (subject, text) = if was_told {
        ("answer-mail-again-subject", "answer-mail-again")
    } else {
        ("answer-mail-subject", "answer-mail-decided")
    };
    let mut paragraphs = vec![lang.plain(text, &facts), lang.plain("answer-mail-decision", &facts)];
    if !wording.is_empty() {
        paragraphs.push(lang.plain("answer-mail-words", &facts));
    }
    paragraphs.push(lang.plain("answer-mail-where", &facts));
    if !answered.was_asked {
        paragraphs.push(lang.plain("answer-mail-ask", &facts));
    }
    paragraphs.push(lang.t("moderation-mail-signed"));
    Letter {
        once_key: format!("decided:{}:{}", told.decision, comment.id),
        to: author.email.clone(),
        subject: lang.plain(subject, &facts),
        body: paragraphs.join("\n\n"),
    }
}
