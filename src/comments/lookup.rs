//! Looking up what became of a comment by its reference and its author's address. The answer goes by mail to that
//! address and nowhere else.

use super::model::Comment;
use super::reference::Reference;
use super::store;
use super::submissions::model::Submission;
use super::submissions::store as submissions;
use crate::accounts::model::{Account, Email, Purpose};
use crate::accounts::register::{decoy, has_enough};
use crate::accounts::store as accounts;
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids;
use crate::mail::{self as post, Letter};
use crate::web::language;

/// How the keys of these letters begin.
const KIND: &str = "lookup:";

enum Asked {
    Comment(Comment),
    Submission(Submission),
}

/// Writes the letter if address and reference belong together and the address had not enough of them this hour. If not,
/// something of the same cost is done instead.
pub fn ask(conn: &mut AnyConnection, now: Moment, reference: &Reference, email: &Email, origin: &str) -> DbResult<()> {
    let account = accounts::by_email(conn, email)?.filter(|account| account.confirmed_at.is_some());
    let comment = store::by_reference(conn, reference.as_str())?;
    let submission = submissions::by_reference(conn, reference.as_str())?;
    let enough = has_enough(conn, now, email.as_str(), KIND)?;
    let Some(account) = account.filter(|_| !enough) else { return decoy(conn, now, Purpose::Reset) };
    let comment = comment.filter(|it| it.author.account == account.id).map(Asked::Comment);
    let submission = submission.filter(|it| it.account == account.id).map(Asked::Submission);
    match comment.or(submission) {
        Some(asked) => post::queue(conn, now, letter(&account, reference, &asked, origin)),
        None => decoy(conn, now, Purpose::Reset),
    }
}

fn letter(account: &Account, reference: &Reference, asked: &Asked, origin: &str) -> Letter {
    let lang = language::named(&account.language);
    let (stands, link) = match asked {
        Asked::Comment(it) => (lang.t(&format!("state-{}", it.state)), format!("{origin}/my-comments/{reference}")),
        Asked::Submission(it) => (lang.tn("lookup-parts", it.parts), format!("{origin}/receipts/{reference}")),
    };
    // The isolation marks of a counted message belong on pages only.
    let stands = stands.replace(['\u{2068}', '\u{2069}'], "");
    let args = [
        ("name", account.details.name.as_str()),
        ("reference", reference.as_str()),
        ("stands", stands.as_str()),
        ("link", link.as_str()),
    ];
    Letter {
        once_key: format!("{KIND}{}", ids::secret()),
        to: account.email.clone(),
        subject: lang.plain("lookup-mail-subject", &args),
        body: lang.plain("lookup-mail-body", &args),
    }
}
