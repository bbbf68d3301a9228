//! The SQL of corrections by hand.

use diesel::dsl::{max, min};
use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::{alike_totals, cluster_members, cluster_texts, clusters};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{ClusterId, CommentId, NormId};
use crate::moderation::campaigns::model::{Cluster, LEAST, Text};

/// Moves a text with all comments that say it to another cluster, for good; how many comments those are.
pub fn move_text(conn: &mut AnyConnection, from: ClusterId, to: ClusterId, text: &Text) -> DbResult<i64> {
    let members = cluster_members::cluster_id.eq(from).and(cluster_members::digest.eq(&text.digest));
    let moved = diesel::update(cluster_members::table.filter(members))
        .set((cluster_members::cluster_id.eq(to), cluster_members::is_pinned.eq(true)))
        .execute(conn)?;
    let moved = i64::try_from(moved).unwrap_or(i64::MAX);
    diesel::delete(cluster_texts::table.find((&text.digest, from))).execute(conn)?;
    let is_new = add_text(conn, to, text, moved)?;
    add(conn, from, -moved, -1)?;
    add(conn, to, moved, i64::from(is_new))?;
    Ok(moved)
}

/// Adds `comments` that say `text`; whether nobody in the cluster said it before.
fn add_text(conn: &mut AnyConnection, to: ClusterId, text: &Text, comments: i64) -> DbResult<bool> {
    let known = diesel::update(cluster_texts::table.find((&text.digest, to)))
        .set(cluster_texts::comments.eq(cluster_texts::comments + comments))
        .execute(conn)?;
    if known == 0 {
        diesel::insert_into(cluster_texts::table)
            .values((
                cluster_texts::digest.eq(&text.digest),
                cluster_texts::cluster_id.eq(to),
                cluster_texts::comments.eq(comments),
                cluster_texts::first_at.eq(text.first_at),
                cluster_texts::first_comment.eq(text.first),
            ))
            .execute(conn)?;
    }
    Ok(known == 0)
}

/// Makes `from` a part of `to`: its comments move, for good if somebody did so by hand, and what is like its template goes
/// there from now on.
pub fn merge(conn: &mut AnyConnection, from: &Cluster, to: ClusterId, by_hand: bool) -> DbResult<()> {
    let rows: Vec<(Vec<u8>, i64, Moment, CommentId)> = cluster_texts::table
        .filter(cluster_texts::cluster_id.eq(from.id))
        .select((cluster_texts::digest, cluster_texts::comments, cluster_texts::first_at, cluster_texts::first_comment))
        .load(conn)?;
    diesel::update(cluster_members::table.filter(cluster_members::cluster_id.eq(from.id)))
        .set((cluster_members::cluster_id.eq(to), cluster_members::is_pinned.eq(by_hand)))
        .execute(conn)?;
    diesel::delete(cluster_texts::table.filter(cluster_texts::cluster_id.eq(from.id))).execute(conn)?;
    let mut texts = 0;
    for (digest, comments, first_at, first) in rows {
        texts += i64::from(add_text(conn, to, &Text { digest, comments, first_at, first }, comments)?);
    }
    add(conn, from.id, -from.comments, -from.texts)?;
    add(conn, to, from.comments, texts)?;
    point(conn, from.id, to)
}

/// What is like the template of `from` goes to `to` from now on.
pub fn point(conn: &mut AnyConnection, from: ClusterId, to: ClusterId) -> DbResult<()> {
    let earlier = clusters::id.eq(from).or(clusters::merged_into.eq(from));
    diesel::update(clusters::table.filter(earlier)).set(clusters::merged_into.eq(to)).execute(conn)?;
    Ok(())
}

/// Adds to the counts of a cluster, and looks up anew when its comments were sent.
fn add(conn: &mut AnyConnection, id: ClusterId, comments: i64, texts: i64) -> DbResult<()> {
    let members = cluster_members::table.filter(cluster_members::cluster_id.eq(id));
    let (first, last): (Option<Moment>, Option<Moment>) =
        members.select((min(cluster_members::sent_at), max(cluster_members::sent_at))).first(conn)?;
    let (now, norm): (i64, NormId) = diesel::update(clusters::table.find(id))
        .set((clusters::comments.eq(clusters::comments + comments), clusters::texts.eq(clusters::texts + texts)))
        .returning((clusters::comments, clusters::norm_id))
        .get_result(conn)?;
    if now < 0 {
        return Err(DbError::Fault(format!("the cluster {id} has fewer comments than none")));
    }
    diesel::update(alike_totals::table.find(norm))
        .set((
            alike_totals::comments.eq(alike_totals::comments + comments),
            alike_totals::texts.eq(alike_totals::texts + texts),
        ))
        .execute(conn)?;
    diesel::update(clusters::table.find(id)).set(clusters::is_listed.eq(now >= LEAST)).execute(conn)?;
    if let (Some(first), Some(last)) = (first, last) {
        diesel::update(clusters::table.find(id))
            .set((clusters::first_at.eq(first), clusters::last_at.eq(last)))
            .execute(conn)?;
    }
    Ok(())
}
