//! What the digest and the alert say.

use chrono::NaiveDate;

use crate::accounts::staff::model::Person;
use crate::clock::Moment;
use crate::mail::Letter;
use crate::moderation::alert::Crossed;
use crate::moderation::model::Outcome;
use crate::oversight::figures::model::Waiting;
use crate::web::language::{self, Language};

/// What the digest tells.
pub(super) struct Digest {
    /// New comments that wait.
    pub waiting: Waiting,
    /// The same by text, where any waits.
    pub by_norm: Vec<(String, Waiting)>,
    /// Appeals that wait.
    pub appeals: i64,
    /// Reports of names that wait.
    pub reports: i64,
    /// The day before.
    pub yesterday: NaiveDate,
    /// What arrived on it.
    pub received: i64,
    /// What was decided on it.
    pub decided: Vec<(Outcome, i64)>,
    /// The head of the audit log.
    pub head: String,
}

/// The age of what waits, in words.
fn age(lang: &Language, now: Moment, it: &Waiting) -> String {
    let Some(oldest) = it.oldest else { return lang.t("digest-mail-nothing") };
    // A letter carries no marks of direction around its numbers.
    lang.span("span", now - oldest).replace(['\u{2068}', '\u{2069}'], "")
}

/// The digest for one person.
pub(super) fn digest(person: &Person, once_key: String, it: &Digest, now: Moment, origin: &str) -> Letter {
    let lang = language::named(&person.account.language);
    let line = |words: &str, n: i64, age: &str| {
        lang.plain("digest-mail-line", &[("what", words), ("count", &n.to_string()), ("age", age)])
    };
    let mut by_norm: Vec<String> =
        it.by_norm.iter().map(|(title, it)| line(title, it.count, &age(lang, now, it))).collect();
    if by_norm.is_empty() {
        by_norm.push(lang.t("digest-mail-nothing"));
    }
    let decided: Vec<String> = it
        .decided
        .iter()
        .map(|(outcome, n)| {
            let what = lang.t(&format!("figures-outcome-{outcome}"));
            lang.plain("digest-mail-decided", &[("what", &what), ("count", &n.to_string())])
        })
        .collect();
    let (count, queue, account) =
        (it.waiting.count.to_string(), format!("{origin}/secretariat"), format!("{origin}/account"));
    let args = [
        ("name", person.account.details.name.as_str()),
        ("count", &count),
        ("oldest", &age(lang, now, &it.waiting)),
        ("norms", &by_norm.join("\n")),
        ("appeals", &it.appeals.to_string()),
        ("reports", &it.reports.to_string()),
        ("day", &lang.date(it.yesterday)),
        ("received", &it.received.to_string()),
        ("decided", &decided.join("\n")),
        ("head", &it.head),
        ("queue", &queue),
        ("account", &account),
    ];
    Letter {
        once_key,
        to: person.account.email.clone(),
        subject: lang.plain("digest-mail-subject", &args),
        body: lang.plain("digest-mail-body", &args),
    }
}

/// The alert for one person.
pub(super) fn alert(person: &Person, once_key: String, it: Crossed, origin: &str) -> Letter {
    let lang = language::named(&person.account.language);
    let what = it.words(lang);
    let queue = format!("{origin}/secretariat");
    let args = [("name", person.account.details.name.as_str()), ("what", &what), ("queue", &queue)];
    Letter {
        once_key,
        to: person.account.email.clone(),
        subject: lang.plain("alert-mail-subject", &args),
        body: lang.plain("alert-mail-body", &args),
    }
}
