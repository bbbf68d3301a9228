//! The letters to those who reported and left an address.

use super::model::{Answer, Given, Report};
use crate::ids::NameReportId;
use crate::mail::Letter;
use crate::web::language;

/// How the keys of the letters begin that anybody can cause.
pub const KIND: &str = "report:";

/// Confirms that a report is with the Secretariat. It repeats nothing but the reference: whoever typed the address may not
/// be who reads it.
pub fn received(it: &Report, reference: &str) -> Letter {
    let lang = language::named(&it.language);
    let args = [("reference", reference)];
    Letter {
        once_key: format!("{KIND}{}", it.id),
        to: it.email.clone(),
        subject: lang.plain("report-mail-subject", &args),
        body: lang.plain("report-mail-body", &args),
    }
}

/// Says what was done about a report on the comment with this reference.
pub fn answered(it: &Report, reference: &str, given: &Given) -> Letter {
    answer(&format!("report-answer:{}", it.id), &it.email, &it.language, reference, given)
}

/// Says what was done about word that a name was used in the comments with these references.
pub fn name_report_answered(id: NameReportId, email: &str, references: &str, given: &Given) -> Letter {
    let references = references.replace('\n', ", ");
    answer(&format!("name-report-answer:{id}"), email, language::DEFAULT, &references, given)
}

fn answer(once_key: &str, to: &str, language: &str, reference: &str, given: &Given) -> Letter {
    let lang = language::named(language);
    let args = [("reference", reference)];
    let outcome = match given.answer {
        Answer::Nothing => "report-mail-answer-nothing",
        Answer::Review => "report-mail-answer-review",
    };
    let mut paragraphs = vec![lang.plain(outcome, &args)];
    if !given.reply.is_empty() {
        paragraphs.push(given.reply.clone());
    }
    paragraphs.push(lang.t("moderation-mail-signed"));
    Letter {
        once_key: once_key.to_owned(),
        to: to.to_owned(),
        subject: lang.plain("report-mail-answer-subject", &args),
        body: paragraphs.join("\n\n"),
    }
}
