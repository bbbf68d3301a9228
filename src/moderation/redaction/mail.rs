//! The letters about words taken out. None holds a word of them: the author reads those among their comments, signed in.

use crate::accounts::model::Account;
use crate::comments::model::Comment;
use crate::comments::redaction::in_words::InWords;
use crate::comments::redaction::model::{End, Ending, Redaction, Span};
use crate::mail::Letter;
use crate::moderation::mail::Letterhead;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Language, language};

/// What was taken out, a line for each passage, and the rules that are behind it.
pub fn passages(lang: &Language, vocabulary: &Vocabulary, out: &[Span]) -> String {
    let (mut lines, mut rules) = (Vec::new(), Vec::new());
    for InWords { field, ground, rule, reason } in out.iter().map(|span| InWords::of(lang, vocabulary, span)) {
        let message = if reason.is_empty() { "redaction-mail-passage" } else { "redaction-mail-passage-why" };
        lines.push(lang.plain(message, &[("field", &field), ("ground", &ground), ("reason", &reason)]));
        if !rule.is_empty() && !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let rules: Vec<String> = rules.iter().map(|rule| lang.plain("redaction-mail-rule", &[("rule", rule)])).collect();
    [lines.join("\n"), rules.join("\n\n")].join("\n\n").trim_end().to_owned()
}

/// Tells the author of a comment that was published before that words were taken out of it.
pub fn redacted(
    author: &Account,
    comment: &Comment,
    norm: &str,
    redaction: &Redaction,
    letters: &Letterhead,
) -> Letter {
    let lang = language::named(&author.language);
    let own = letters.link(&format!("/my-comments/{}", comment.reference));
    let until = lang.time(redaction.appeal_until);
    let facts = [
        ("reference", comment.reference.as_str()),
        ("norm", norm),
        ("own", own.as_str()),
        ("until", until.as_str()),
        ("statement", redaction.statement.as_str()),
    ];
    let paragraphs = [
        lang.plain("redaction-mail-later", &facts),
        passages(lang, &letters.vocabulary, &redaction.spans),
        lang.plain("moderation-mail-statement", &facts),
        lang.t("statement-by-a-person"),
        lang.plain("redaction-mail-appeal", &facts),
        lang.t("moderation-mail-signed"),
    ];
    Letter {
        once_key: format!("redaction:{}", redaction.id),
        to: author.email.clone(),
        subject: lang.plain("redaction-mail-later-subject", &facts),
        body: paragraphs.join("\n\n"),
    }
}

/// Tells the author how their appeal ended.
pub fn heard(
    author: &Account,
    comment: &Comment,
    norm: &str,
    redaction: &Redaction,
    end: &End,
    letters: &Letterhead,
) -> Letter {
    let lang = language::named(&author.language);
    let own = letters.link(&format!("/my-comments/{}", comment.reference));
    let facts = [
        ("reference", comment.reference.as_str()),
        ("norm", norm),
        ("own", own.as_str()),
        ("statement", end.statement.as_str()),
    ];
    let (subject, text) = match end.outcome {
        Ending::Restored => ("redaction-mail-restored-subject", "redaction-mail-restored"),
        Ending::Upheld => ("redaction-mail-upheld-subject", "redaction-mail-upheld"),
    };
    let paragraphs = [lang.plain(text, &facts), lang.t("statement-by-a-person"), lang.t("moderation-mail-signed")];
    Letter {
        once_key: format!("redaction-appeal:{}", redaction.id),
        to: author.email.clone(),
        subject: lang.plain(subject, &facts),
        body: paragraphs.join("\n\n"),
    }
}
