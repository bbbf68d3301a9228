//! The receipt of a comment that was entered for its author.

use super::model::Came;
use crate::accounts::model::Account;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown;
use crate::comments::model::Comment;
use crate::comments::submit::Stationery;
use crate::comments::summary;
use crate::mail::Letter;
use crate::norms::model::{Norm, TextVersion};
use crate::web::language;

/// Says what was entered, in full, that it can be taken back, and how its author gets at it. Who entered it is not named.
pub fn receipt(
    account: &Account,
    (norm, version): (&Norm, &TextVersion),
    comment: &Comment,
    came: &Came,
    files: &[Attachment],
    stationery: &Stationery,
) -> Letter {
    let lang = language::named(&account.language);
    let text = summary::rows(lang, &stationery.vocabulary, norm, version, &comment.body)
        .into_iter()
        .map(|row| format!("{}\n    {}\n", row.label, row.text.replace('\n', "\n    ")))
        .collect::<Vec<_>>()
        .join("\n");
    let text = text + &shown::letter_lines(lang, files);
    let channel = stationery.vocabulary.channels.label_or_code(&came.channel).to_lowercase();
    let received = lang.date(came.on);
    let publication = lang.t(&format!("publication-{}", comment.publication));
    let own = format!("{}/my-comments/{}", stationery.origin, comment.reference);
    let reset = format!("{}/password/reset", stationery.origin);
    let report = format!("{}/name-report?reference={}", stationery.origin, comment.reference);
    let args = [
        ("name", comment.author.name.as_str()),
        ("reference", &comment.reference),
        ("norm", &norm.title),
        ("channel", &channel),
        ("received", &received),
        ("publication", &publication),
        ("sha256", &comment.digest),
        ("own", &own),
        ("reset", &reset),
        ("report", &report),
        ("text", &text),
    ];
    Letter {
        once_key: format!("receipt:{}:{}", comment.id, comment.revision),
        to: account.email.clone(),
        subject: lang.plain("received-mail-subject", &args),
        body: lang.plain("received-mail-body", &args),
    }
}
