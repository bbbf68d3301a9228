//! The receipts of comments that were entered for their authors.

use super::model::Came;
use crate::accounts::model::Account;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown;
use crate::comments::model::Comment;
use crate::comments::submit::Stationery;
use crate::comments::summary;
use crate::db::{AnyConnection, DbResult};
use crate::ids::SubmissionId;
use crate::mail::Letter;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
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

/// The same for what is one author's of a table with several: nothing of the others is in it.
pub fn receipt_of_rows(
    conn: &mut AnyConnection,
    account: &Account,
    table: SubmissionId,
    rows: &[(&Comment, &Came)],
    stationery: &Stationery,
) -> DbResult<Letter> {
    let lang = language::named(&account.language);
    let (mut text, mut publication) = (String::new(), String::new());
    for (comment, came) in rows {
        let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
        let channel = stationery.vocabulary.channels.label_or_code(&came.channel);
        let came = lang.t2("received-by", ("channel", channel), ("date", lang.date(came.on)));
        text.extend([&comment.reference, " (", &came, ")\n"]);
        text.extend([&stationery.origin, "/my-comments/", &comment.reference, "\nSHA-256 ", &comment.digest, "\n\n"]);
        for row in summary::rows(lang, &stationery.vocabulary, &norm, &version, &comment.body) {
            text.extend([&row.label, "\n    ", &row.text.replace('\n', "\n    "), "\n\n"]);
        }
        publication = lang.t(&format!("publication-{}", comment.publication));
    }
    let reset = format!("{}/password/reset", stationery.origin);
    let report = format!("{}/name-report", stationery.origin);
    let args = [
        ("name", account.details.name.as_str()),
        ("publication", &publication),
        ("reset", &reset),
        ("report", &report),
        ("text", &text),
    ];
    Ok(Letter {
        once_key: format!("receipt:{table}:{}", account.id),
        to: account.email.clone(),
        subject: lang.plain("received-rows-subject", &args),
        body: lang.plain("received-rows-body", &args),
    })
}
