//! Looking up what became of a comment by its reference and its author's address. The answer goes by mail to that
//! address and nowhere else.

use super::model::State;
use super::reference::Reference;
use super::store;
use super::submissions::store as submissions;
use crate::accounts::model::{Account, Email, Purpose};
use crate::accounts::register::{decoy, has_enough};
use crate::accounts::store as accounts;
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids;
use crate::mail::{self as post, Letter};
use crate::web::{Language, language};

/// How the keys of these letters begin.
const KIND: &str = "lookup:";

/// Writes the letter if address and reference belong together and the address had fewer than `most` of them this hour. If not,
/// something of the same cost is done instead.
pub fn ask(
    conn: &mut AnyConnection,
    now: Moment,
    reference: &Reference,
    email: &Email,
    origin: &str,
    most: i64,
) -> DbResult<()> {
    let account = accounts::by_email(conn, email)?.filter(|account| account.confirmed_at.is_some());
    let comment = store::by_reference(conn, reference.as_str())?;
    let submission = submissions::by_reference(conn, reference.as_str())?;
    let enough = has_enough(conn, now, email.as_str(), KIND, most)?;
    let Some(account) = account.filter(|_| !enough) else { return decoy(conn, now, Purpose::Reset) };
    let lang = language::named(&account.language);
    let comment = comment.filter(|it| it.author.account == account.id);
    let submission = submission.filter(|it| it.account == account.id);
    let comment = comment.map(|it| {
        let is_confidential = it.state == State::Published && !it.is_public();
        let stands = if is_confidential { lang.t("state-accepted") } else { lang.t(&format!("state-{}", it.state)) };
        (stands, format!("{origin}/my-comments/{reference}"))
    });
    let found = comment
        .or_else(|| submission.map(|it| (lang.tn("lookup-parts", it.parts), format!("{origin}/receipts/{reference}"))));
    match found {
        Some((stands, link)) => post::queue(conn, now, letter(&account, lang, reference, &stands, &link)),
        None => decoy(conn, now, Purpose::Reset),
    }
}

fn letter(account: &Account, lang: &Language, reference: &Reference, stands: &str, link: &str) -> Letter {
    // The isolation marks of a counted message belong on pages only.
    let stands = stands.replace(['\u{2068}', '\u{2069}'], "");
    let args = [
        ("name", account.details.name.as_str()),
        ("reference", reference.as_str()),
        ("stands", stands.as_str()),
        ("link", link),
    ];
    Letter {
        once_key: format!("{KIND}{}", ids::secret()),
        to: account.email.clone(),
        subject: lang.plain("lookup-mail-subject", &args),
        body: lang.plain("lookup-mail-body", &args),
    }
}
