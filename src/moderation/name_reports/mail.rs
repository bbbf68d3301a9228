//! The letter that says a report arrived.

use super::model::NameReport;
use crate::mail::Letter;
use crate::web::Language;

/// How the keys of these letters begin.
pub const KIND: &str = "name-report:";

/// Confirms that the report is with the Secretariat. It repeats nothing but the references: whoever typed the address
/// may not be who reads it.
pub fn received(report: &NameReport, lang: &Language) -> Letter {
    let references = report.references.replace('\n', ", ");
    let args = [("references", references.as_str())];
    Letter {
        once_key: format!("{KIND}{}", report.id),
        to: report.email.clone(),
        subject: lang.plain("name-report-mail-subject", &args),
        body: lang.plain("name-report-mail-body", &args),
    }
}
