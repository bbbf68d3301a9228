//! Everything the portal holds about one person, as one ZIP. Reads, changes nothing.

mod store;

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::{Value, json};
use tokio::runtime::Handle;

use crate::accounts::staff;
use crate::clock::{Moment, rfc3339};
use crate::comments::attachments::model::Attachment;
use crate::comments::considered::model::Considered;
use crate::comments::considered::store as considered;
use crate::comments::life::model::{Life, Revision};
use crate::comments::life::store as life;
use crate::comments::model::Comment;
use crate::comments::redaction::model::{Original, Redaction, Span};
use crate::comments::redaction::store as redaction;
use crate::comments::statements::Statement;
use crate::comments::store as comments;
use crate::db::{AnyConnection, Db, DbError};
use crate::files::{FileError, Files, Pack, pack::entry};
use crate::ids::AccountId;
use crate::web::paging::{self, Cursor};

/// Why the file was not made: never a user's fault.
#[derive(Debug, thiserror::Error)]
pub enum TakeoutError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// Attachments can't be read, or the disk is full.
    #[error(transparent)]
    Files(#[from] FileError),
}

impl From<io::Error> for TakeoutError {
    fn from(error: io::Error) -> Self {
        Self::Files(error.into())
    }
}

/// Makes the file in `folder`, as of one moment; returns it with its length. `read_me` says what each part is. Blocks.
pub fn make(
    db: &Db,
    files: &Files,
    folder: &Path,
    account: AccountId,
    read_me: &str,
    on: &Handle,
) -> Result<(File, u64), TakeoutError> {
    let mut pack = Pack::new(folder)?;
    pack.add("README.txt", read_me.as_bytes())?;
    let attached = db.snapshot_blocking(|conn| write_all(conn, &mut pack, account))?;
    for (number, it) in (1_usize..).zip(&attached).filter(|(_, it)| !it.is_unscanned) {
        pack.add_stored(&entry("attachments", number, &it.name), files, it.id, on)?;
    }
    Ok(pack.finish()?)
}

fn write_all(conn: &mut AnyConnection, pack: &mut Pack, id: AccountId) -> Result<Vec<Attachment>, TakeoutError> {
    let mut account = store::account(conn, id)?;
    let email = account.get("email").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(fields) = account.as_object_mut() {
        fields.insert("sessions".into(), store::sessions(conn, id)?);
        fields.insert("second_factor".into(), store::second_factor(conn, id)?);
        fields.insert("passkeys".into(), store::passkeys(conn, id)?);
        fields.insert("links".into(), store::links(conn, id)?);
        fields.insert("memberships".into(), store::memberships(conn, id)?);
        fields.insert("cosignatures".into(), store::cosignatures(conn, id)?);
        fields.insert("name_reports".into(), store::name_reports(conn, &email)?);
        fields.insert("changes_by_the_secretariat".into(), grounds(conn, id)?);
    }
    add(pack, "account.json", &account)?;
    write_comments(conn, pack, id)?;
    add(pack, "submissions.json", &store::submissions(conn, id)?)?;
    add(pack, "drafts.json", &store::drafts(conn, id)?)?;
    add(pack, "letters.json", &store::letters(conn, &email)?)?;
    let attached = crate::comments::attachments::store::of_account(conn, id)?;
    let listed: Vec<Value> = attached.iter().map(attachment).collect();
    add(pack, "attachments.json", &Value::Array(listed))?;
    Ok(attached)
}

/// What the Secretariat changed about the person's place, and why.
fn grounds(conn: &mut AnyConnection, id: AccountId) -> Result<Value, TakeoutError> {
    let grounds = staff::store::grounds_of(conn, &staff::model::subject(id))?;
    let row = |it: staff::model::Ground| json!({ "what": it.action, "why": it.text, "at": rfc3339(it.at) });
    Ok(grounds.into_iter().map(row).collect())
}

fn add(pack: &mut Pack, name: &str, value: &Value) -> io::Result<()> {
    pack.add(name, format!("{value:#}\n").as_bytes())
}

/// A page of comments at a time, so that memory does not grow with their number.
fn write_comments(conn: &mut AnyConnection, pack: &mut Pack, id: AccountId) -> Result<(), TakeoutError> {
    pack.begin("comments.json")?;
    let mut mark = "[";
    let mut after = None;
    loop {
        let mut page = comments::of_account(conn, id, None, after)?;
        after = paging::cut(&mut page, |it| Cursor { at: it.submitted_at, id: it.id });
        for it in page {
            // The person's own words, those that were taken out for everybody else too.
            let original = redaction::original(conn, it.id, it.revision)?;
            let it = redaction::as_sent(conn, it)?;
            let mut life = life::of(conn, it.id)?;
            life.revisions = life::revisions_as_sent(conn, it.id)?;
            let remarks = considered::remarks_of(conn, it.id)?.into_iter().map(remark).collect();
            write!(pack, "{mark}\n{:#}", comment(&it, &life, original.as_ref(), &remarks))?;
            mark = ",";
        }
        if after.is_none() {
            break;
        }
    }
    let end = if mark == "[" { "[]\n" } else { "\n]\n" };
    Ok(pack.write_all(end.as_bytes())?)
}

fn taken_out(it: &Redaction, original: Option<&Original>) -> Value {
    let span = |span: &Span| {
        json!({
            "field": span.field,
            "ground": span.code,
            "reason": span.reason,
            "words": original.map(|original| original.words(span)),
            "put_back": span.lifted,
        })
    };
    json!({
        "revision": it.revision,
        "decided_at": rfc3339(it.decided_at),
        "statement": it.statement,
        "appeal_until": rfc3339(it.appeal_until),
        "taken_out": it.spans.iter().map(span).collect::<Vec<_>>(),
        "appeal": it.appeal.as_ref().map(|it| json!({ "text": it.text, "made_at": rfc3339(it.made_at) })),
        "appeal_ended": it.appeal.as_ref().and_then(|it| it.end.as_ref()).map(|it| {
            json!({ "outcome": it.outcome, "statement": it.statement, "decided_at": rfc3339(it.decided_at) })
        }),
    })
}

fn remark((issue, is_satisfied, remark, at): (i32, bool, String, Moment)) -> Value {
    json!({ "issue": issue, "is_satisfied": is_satisfied, "remark": remark, "written_at": rfc3339(at) })
}

fn decision(it: &Considered) -> Value {
    json!({
        "issue": it.number,
        "text": it.norm,
        "statement": it.statement,
        "disposition": it.disposition,
        "reasons": it.reasons,
        "words_adopted": it.wording,
        "decided_at": rfc3339(it.decided_at),
    })
}

fn letter(it: &Statement) -> Value {
    json!({ "subject": it.subject, "text": it.body, "written_at": rfc3339(it.written_at) })
}

fn comment(it: &Comment, life: &Life, original: Option<&Original>, remarks: &Value) -> Value {
    let said = |it: &Revision| json!({ "revision": it.number, "sent_at": rfc3339(it.sent_at), "sha256": it.digest, "text": it.body });
    let answers = life.answers.iter().map(|it| {
        json!({
            "revision": it.revision,
            "on_appeal": it.round > 0,
            "outcome": it.outcome,
            "reason": it.reason,
            "statement": it.statement,
            "decided_at": rfc3339(it.decided_at),
            "answer_by": it.answer_by.map(rfc3339),
            "withdrawn_at": it.undone_at.map(rfc3339),
            "withdrawn_because": it.undone_words,
        })
    });
    json!({
        "reference": it.reference,
        "state": it.state,
        "publication": it.publication,
        "name": it.author.name,
        "organisation": it.author.organisation,
        "stakeholder_group": it.author.stakeholder_group,
        "country": it.author.country,
        "on_behalf_of": it.author.on_behalf_of,
        "submitted_at": rfc3339(it.submitted_at),
        "changed_at": rfc3339(it.changed_at),
        "published_at": it.published_at.map(rfc3339),
        "revisions": life.revisions.iter().map(said).collect::<Vec<_>>(),
        "answers": answers.collect::<Vec<_>>(),
        "redactions": life.redactions.iter().map(|one| {
            taken_out(one, original.filter(|_| one.revision == it.revision))
        }).collect::<Vec<_>>(),
        "decision_letters": life.statements.iter().map(letter).collect::<Vec<_>>(),
        "decisions": life.decisions.iter().map(decision).collect::<Vec<_>>(),
        "remarks_on_decisions": remarks,
        "appeal": life.appeal.as_ref().map(|it| json!({ "text": it.text, "made_at": rfc3339(it.made_at) })),
        "withdrawal": life.withdrawal.as_ref().map(|it| {
            json!({ "reason": it.reason, "withdrawn_at": rfc3339(it.withdrawn_at) })
        }),
    })
}

fn attachment(it: &Attachment) -> Value {
    json!({
        "name": it.name,
        "media_type": it.media_type,
        "bytes": it.size,
        "sha256": it.sha256,
        "sent_at": rfc3339(it.created_at),
    })
}
