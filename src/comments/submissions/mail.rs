//! The one receipt of a submission.

use super::model::Submission;
use crate::accounts::model::Account;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown;
use crate::comments::model::Comment;
use crate::comments::submit::Stationery;
use crate::comments::summary;
use crate::db::{AnyConnection, DbResult};
use crate::mail::Letter;
use crate::norms::store as norms;
use crate::web::language;

/// Says what arrived, every comment in full, and what happens next.
pub fn receipt(
    conn: &mut AnyConnection,
    account: &Account,
    submission: &Submission,
    comments: &[Comment],
    files: &[Attachment],
    stationery: &Stationery,
) -> DbResult<Letter> {
    let lang = language::named(&account.language);
    let mut text = String::new();
    for comment in comments {
        let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
        text.extend([&comment.reference, "\n\n"]);
        for row in summary::rows(lang, &stationery.vocabulary, &norm, &version, &comment.body) {
            text.extend([&row.label, "\n    ", &row.text.replace('\n', "\n    "), "\n\n"]);
        }
    }
    text.push_str(&shown::letter_lines(lang, files));
    let link = format!("{}/receipts/{}", stationery.origin, submission.reference);
    let verify = format!("{}/verify", stationery.origin);
    let publication = lang.t(&format!("publication-{}", submission.publication));
    let (received, parts) = (lang.time(submission.submitted_at), submission.parts.to_string());
    let args = [
        ("name", account.details.name.as_str()),
        ("reference", &submission.reference),
        ("title", &submission.title),
        ("parts", &parts),
        ("received", &received),
        ("publication", &publication),
        ("sha256", &submission.digest),
        ("link", &link),
        ("verify", &verify),
        ("text", &text),
    ];
    Ok(Letter {
        once_key: format!("receipt:{}", submission.id),
        to: account.email.clone(),
        subject: lang.plain("mail-submission-subject", &args),
        body: lang.plain("mail-submission-body", &args),
    })
}
