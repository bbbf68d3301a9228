//! Raising flags on what arrives: a step of the worker that looks at arrivals.

use std::collections::BTreeMap;

use super::model::{Flag, Raised, SHARED_FROM, is_burst};
use super::store::{self, Span};
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::NormId;
use crate::moderation::arrivals::Arrived;
use crate::senders::store::accounts_beside;

/// What was counted of comments that arrive together.
type Spans = BTreeMap<(NormId, Moment), Span>;

/// Raises the flags of comments that arrived, in place of those of an earlier revision.
pub fn take(conn: &mut AnyConnection, _now: Moment, arrived: &[Arrived]) -> DbResult<()> {
    let mut spans = Spans::new();
    for Arrived { comment, flags, .. } in arrived {
        let mut raised = flags.clone();
        raised.extend(match comment.revision {
            1 => circumstances(conn, comment, &mut spans)?,
            _ => store::kept(conn, comment.id)?,
        });
        store::put(conn, comment.id, &raised)?;
    }
    for span in spans.into_values() {
        store::keep(conn, span)?;
    }
    Ok(())
}

/// What was unusual about how a comment came. One that staff entered came by itself, whatever else did.
fn circumstances(conn: &mut AnyConnection, comment: &Comment, spans: &mut Spans) -> DbResult<Vec<Raised>> {
    let mut raised = Vec::new();
    if comment.channel.is_some() {
        return Ok(raised);
    }
    let place = (comment.norm_id, store::span_of(comment.submitted_at));
    let mut span = match spans.get(&place) {
        Some(span) => *span,
        None => store::span(conn, comment.norm_id, comment.submitted_at)?,
    };
    span.arrived += 1;
    spans.insert(place, span);
    if is_burst(span.arrived, span.before) {
        raised.push(Raised { flag: Flag::Burst, detail: span.arrived.to_string() });
    }
    let accounts = accounts_beside(conn, comment.author.account)?;
    if accounts >= SHARED_FROM {
        raised.push(Raised { flag: Flag::SharedAddress, detail: accounts.to_string() });
    }
    Ok(raised)
}
