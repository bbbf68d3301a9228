//! Has files looked through by clamd that came since it was switched on, or all of them when its operator says so. Until then
//! nobody gets them, and their comment is not published; what is harmful is thrown away, and its sender is told.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::JoinHandle;

use futures_util::StreamExt as _;
use serde_json::json;

use super::model::Attachment;
use super::store;
use super::sweep::delete_bytes;
use crate::accounts::store as accounts;
use crate::audit::{self, Act, Actor};
use crate::clock::{Clock, Moment};
use crate::comments::model::{Comment, State};
use crate::comments::store as comments;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::epochs::{self, Scope};
use crate::files::{Clamd, FileError, Files, Finding, ScanError};
use crate::ids::{self, CommentId};
use crate::mail::{self as post, Letter};
use crate::web::language;
use crate::worker;

/// How many files are looked through at once.
const MOST: i64 = 20;

/// Everything the worker needs.
#[derive(Clone)]
pub struct Scanner {
    /// Where it is written which files wait.
    pub db: Db,
    /// The present moment.
    pub clock: Clock,
    /// Where their bytes are.
    pub files: Files,
    /// Who looks through them; `None`: nobody, and what waited waits no longer.
    pub clamd: Option<Clamd>,
}

impl Scanner {
    /// Has those looked through that waited longest; of how many it is known now what they are.
    pub fn round(&self) -> DbResult<usize> {
        let waiting = self.db.read_blocking(|conn| store::unscanned(conn, MOST))?;
        let mut known = 0;
        for it in waiting {
            let Some(clamd) = &self.clamd else {
                known += usize::from(self.db.write_blocking(move |conn| let_go(conn, &it))?);
                continue;
            };
            match self.finding(clamd, &it) {
                Ok(Finding::Clean) => known += usize::from(self.db.write_blocking(move |conn| let_go(conn, &it))?),
                Ok(Finding::Harmful(name)) => known += usize::from(self.throw_away(it, &name)?),
                Err(error) => {
                    tracing::warn!(%error, id = %it.id, "a file could not be looked through");
                    let now = self.clock.now();
                    // Others come first the next time: one that can't be scanned holds up none of them.
                    self.db.write_blocking(move |conn| store::tried(conn, now, it.id))?;
                    if matches!(error, ScanError::Away(_)) {
                        break;
                    }
                }
            }
        }
        Ok(known)
    }

    fn finding(&self, clamd: &Clamd, it: &Attachment) -> Result<Finding, ScanError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let copied = runtime.block_on(async {
            let mut copy = tempfile::tempfile()?;
            let mut pieces = Box::pin(self.files.get(it.id).await?);
            while let Some(piece) = pieces.next().await {
                copy.write_all(&piece?)?;
            }
            copy.seek(SeekFrom::Start(0))?;
            Ok::<_, FileError>(copy)
        });
        let copy = copied.map_err(|error| ScanError::Refused(error.to_string()))?;
        clamd.scan(copy)
    }

    /// `false`: it was gone already.
    fn throw_away(&self, it: Attachment, name: &str) -> DbResult<bool> {
        let (now, id, name) = (self.clock.now(), it.id, name.to_owned());
        if !self.db.write_blocking(move |conn| remove(conn, now, &it, &name))? {
            return Ok(false);
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| DbError::Unavailable(error.to_string()))?;
        runtime.block_on(delete_bytes(&self.files, id));
        Ok(true)
    }

    /// Starts a thread that goes on until `stop`.
    pub fn work(self, stop: Arc<AtomicBool>) -> std::io::Result<JoinHandle<()>> {
        worker::until_stopped("scanner", stop, move || Ok(self.round()? > 0))
    }
}

/// Has every file looked through that is kept, those too that came before clamd was switched on: until then nobody gets them.
/// How many those are. For `norm-portal scan-files`.
pub fn anew(conn: &mut AnyConnection, now: Moment) -> DbResult<usize> {
    let count = store::all_wait(conn)?;
    epochs::raise(conn, Scope::Site)?;
    let act =
        Act { action: "attachments.scan_begun", subject: "attachments".to_owned(), detail: json!({ "files": count }) };
    audit::append(conn, now, Actor::Operator, act)?;
    Ok(count)
}

fn comment_of(conn: &mut AnyConnection, it: &Attachment) -> DbResult<Option<Comment>> {
    match CommentId::from_bytes(&it.holder) {
        Some(id) => comments::by_id(conn, id),
        None => Ok(None),
    }
}

/// Nothing bad is known of a file: whoever may have it gets it. `false`: it did not wait.
fn let_go(conn: &mut AnyConnection, it: &Attachment) -> DbResult<bool> {
    if !store::is_clean(conn, it.id)? {
        return Ok(false);
    }
    if comment_of(conn, it)?.is_some_and(|comment| comment.is_public()) {
        epochs::raise(conn, Scope::Site)?;
    }
    Ok(true)
}

/// Takes a harmful file out of what it came with, tells its sender and enters it in the log.
fn remove(conn: &mut AnyConnection, now: Moment, it: &Attachment, name: &str) -> DbResult<bool> {
    if !store::remove(conn, it.id)? {
        return Ok(false);
    }
    let comment = comment_of(conn, it)?;
    if comment.as_ref().is_some_and(Comment::is_public) {
        epochs::raise(conn, Scope::Site)?;
    }
    // Who decides on it has seen that the file is gone.
    if let Some(comment) = comment.as_ref().filter(|it| it.state != State::Published)
        && !comments::set_state(conn, now, comment.id, comment.version, comment.state)?
    {
        // Changed at this moment: the next round finds the file again.
        return Err(DbError::Unavailable("the comment changed while its file was taken out".into()));
    }
    let reference = comment.map(|comment| comment.reference).unwrap_or_default();
    let account = accounts::by_id(conn, it.account)?;
    let lang = language::named(&account.language);
    let about =
        [("name", account.details.name.as_str()), ("file", &it.name), ("finding", name), ("reference", &reference)];
    let body = if reference.is_empty() { "harmful-mail-body" } else { "harmful-mail-comment-body" };
    post::queue(
        conn,
        now,
        Letter {
            once_key: format!("harmful:{}", ids::secret()),
            to: account.email.clone(),
            subject: lang.plain("harmful-mail-subject", &about),
            body: lang.plain(body, &about),
        },
    )?;
    let act = Act {
        action: "attachment.harmful",
        subject: if reference.is_empty() { format!("account:{}", it.account) } else { format!("comment:{reference}") },
        detail: json!({ "sha256": it.sha256, "bytes": it.size, "finding": name }),
    };
    audit::append(conn, now, Actor::Operator, act)?;
    Ok(true)
}
