//! Corrects by hand what belongs together. What somebody put in a place stays there, whatever arrives later or its author
//! changes; letters that arrive later go to where letters like them were put.

use serde_json::json;

use super::cluster::{self, quoted};
use super::letter::Letter;
use super::minhash::bands;
use super::model::{Cluster, Member, Text};
use super::store::{self, moving, reading};
use crate::audit::{self, Act, Actor};
use crate::clock::Moment;
use crate::comments;
use crate::db::dialect::{Alone, alone};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, ClusterId, CommentId};

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// There is no such campaign, or it became a part of another.
    #[error("no such campaign")]
    NoSuchCampaign,
    /// Nothing was chosen.
    #[error("nothing was chosen")]
    Nothing,
    /// A text is no longer where it was shown.
    #[error("moved meanwhile")]
    Moved,
    /// It would leave a campaign without any text.
    #[error("all texts were chosen")]
    All,
    /// There is no such comment, or it was not looked at yet.
    #[error("no such comment")]
    NoSuchComment,
    /// It is in this campaign already.
    #[error("in it already")]
    InIt,
    /// It is about another text or of another kind.
    #[error("about something else")]
    Elsewhere,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Takes the texts of some comments, each with all that say it, out of a campaign: each to itself, or, if `together`, into
/// a campaign of their own; where the last one is then.
pub fn take_out(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: ClusterId,
    texts: &[CommentId],
    together: bool,
) -> Result<ClusterId, CorrectError> {
    alone(conn, Alone::Arrivals)?;
    let from = standing(conn, id)?;
    let mut chosen: Vec<Text> = Vec::new();
    for comment in texts {
        let text = reading::text_of(conn, id, *comment)?.ok_or(CorrectError::Moved)?;
        if chosen.iter().all(|known| known.digest != text.digest) {
            chosen.push(text);
        }
    }
    let texts = chosen;
    if texts.is_empty() {
        return Err(CorrectError::Nothing);
    }
    if i64::try_from(texts.len()).unwrap_or(i64::MAX) >= from.texts {
        return Err(CorrectError::All);
    }
    let mut to = None;
    for text in &texts {
        let target = match to.filter(|_| together) {
            Some(target) => target,
            None => begun_with(conn, text.first)?,
        };
        let comments = moving::move_text(conn, id, target, text)?;
        let action = if together { "campaign.split" } else { "campaign.taken_out" };
        note(conn, now, by, (action, id, target), text, comments)?;
        to = Some(target);
    }
    to.ok_or(CorrectError::Nothing)
}

/// Puts the text of the comment with this reference, with all that say it, into a campaign; or, if `whole`, everything
/// that it belongs together with.
pub fn put_in(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: ClusterId,
    reference: &str,
    whole: bool,
) -> Result<(), CorrectError> {
    alone(conn, Alone::Arrivals)?;
    let to = standing(conn, id)?;
    let comment = comments::store::by_reference(conn, reference)?.ok_or(CorrectError::NoSuchComment)?;
    let member = store::member(conn, comment.id)?.ok_or(CorrectError::NoSuchComment)?;
    if member.cluster == id {
        return Err(CorrectError::InIt);
    }
    let from = store::cluster(conn, member.cluster)?;
    if (from.norm, from.kind) != (to.norm, to.kind) {
        return Err(CorrectError::Elsewhere);
    }
    if whole || from.texts == 1 {
        moving::merge(conn, &from, id, true)?;
        let detail = json!({ "from": from.id.to_string(), "comments": from.comments, "texts": from.texts });
        return Ok(append(conn, now, by, "campaign.merged", id, detail)?);
    }
    let text = reading::text(conn, from.id, &member.digest)?.ok_or(CorrectError::Moved)?;
    let comments = moving::move_text(conn, from.id, id, &text)?;
    lead_to(conn, id, &member)?;
    Ok(note(conn, now, by, ("campaign.put_in", from.id, id), &text, comments)?)
}

fn standing(conn: &mut AnyConnection, id: ClusterId) -> Result<Cluster, CorrectError> {
    let found = store::find(conn, id)?.filter(|cluster| cluster.merged_into.is_none());
    found.ok_or(CorrectError::NoSuchCampaign)
}

/// A cluster for which `comment` stands, and to which letters like it go.
fn begun_with(conn: &mut AnyConnection, comment: CommentId) -> Result<ClusterId, CorrectError> {
    let comment = comments::store::by_id(conn, comment)?.ok_or(CorrectError::NoSuchComment)?;
    let id = cluster::begin(conn, &comment)?;
    let norms = quoted(conn)?;
    add_bands(conn, id, &Letter::of(&comment, &norms))?;
    Ok(id)
}

/// Makes letters like this comment go to `id` from now on: a template of its own leads there.
fn lead_to(conn: &mut AnyConnection, id: ClusterId, member: &Member) -> Result<(), CorrectError> {
    let sign = begun_with(conn, member.comment)?;
    Ok(moving::point(conn, sign, id)?)
}

/// The bands of `letter` lead to `id`, also where they lead to many others: what is done by hand counts.
fn add_bands(conn: &mut AnyConnection, id: ClusterId, letter: &Letter) -> DbResult<()> {
    let mut keys = bands(letter);
    keys.sort_unstable();
    keys.dedup();
    store::add_bands(conn, id, &keys)
}

fn note(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (action, from, to): (&'static str, ClusterId, ClusterId),
    text: &Text,
    comments: i64,
) -> DbResult<()> {
    let subject = if action == "campaign.put_in" { to } else { from };
    let detail = json!({
        "from": from.to_string(),
        "to": to.to_string(),
        "comment": text.first.to_string(),
        "comments": comments,
    });
    append(conn, now, by, action, subject, detail)
}

fn append(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    action: &'static str,
    id: ClusterId,
    detail: serde_json::Value,
) -> DbResult<()> {
    audit::append(conn, now, Actor::Account(by), Act { action, subject: format!("campaign:{id}"), detail })
}
