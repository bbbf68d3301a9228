//! The SQL of the campaigns' pages.

use std::collections::BTreeMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::Moment;
use crate::comments::model::{Comment, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{alike_totals, attachments, cluster_members, cluster_texts, clusters, comments};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{ClusterId, CommentId, NormId};
use crate::moderation::campaigns::card::Counted;
use crate::moderation::campaigns::model::{Cluster, Text};
use crate::web::paging::{Cursor, ROWS};

/// Texts on a page of a card: each is compared word by word.
pub const TEXTS: usize = 20;
/// Comments of a campaign that are counted by who sent them, at the most.
pub const MOST_COUNTED: i64 = 10_000;

/// Campaigns, the one with the newest comment first; one more than a page as the sign that more follow.
pub fn listed(conn: &mut AnyConnection, after: Option<Cursor<ClusterId>>) -> DbResult<Vec<Cluster>> {
    let mut query = clusters::table.filter(clusters::is_listed.eq(true)).select(clusters::id).into_boxed();
    if let Some(Cursor { at, id }) = after {
        // The first condition alone gives the index its start.
        query = query.filter(clusters::last_at.le(at));
        query = query.filter(clusters::last_at.lt(at).or(clusters::last_at.eq(at).and(clusters::id.lt(id))));
    }
    let ids: Vec<ClusterId> = query
        .order((clusters::last_at.desc(), clusters::id.desc()))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .load(conn)?;
    ids.into_iter().map(|id| super::cluster(conn, id)).collect()
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many campaigns there are; never counts further than 10,001.
pub fn how_many(conn: &mut AnyConnection) -> DbResult<i64> {
    let found: Number = diesel::sql_query(
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM clusters WHERE is_listed = TRUE LIMIT 10001) AS counted",
    )
    .get_result(conn)?;
    Ok(found.n)
}

/// How many comments there are, and how many different texts they are: on one norm, or on all.
pub fn totals(conn: &mut AnyConnection, norm: Option<NormId>) -> DbResult<(i64, i64)> {
    let mut query = alike_totals::table.select((alike_totals::comments, alike_totals::texts)).into_boxed();
    if let Some(norm) = norm {
        query = query.filter(alike_totals::norm_id.eq(norm));
    }
    let rows: Vec<(i64, i64)> = query.load(conn)?;
    Ok(rows.into_iter().fold((0, 0), |(comments, texts), row| (comments + row.0, texts + row.1)))
}

/// The texts of a campaign in the order in which they were first sent; one more than a page as the sign that more follow.
pub fn texts(conn: &mut AnyConnection, id: ClusterId, after: Option<Cursor<CommentId>>) -> DbResult<Vec<Text>> {
    let mut query = cluster_texts::table.filter(cluster_texts::cluster_id.eq(id)).into_boxed();
    if let Some(Cursor { at, id }) = after {
        let later = cluster_texts::first_at.eq(at).and(cluster_texts::first_comment.gt(id));
        query = query.filter(cluster_texts::first_at.ge(at)).filter(cluster_texts::first_at.gt(at).or(later));
    }
    let rows: Vec<(Vec<u8>, i64, Moment, CommentId)> = query
        .order((cluster_texts::first_at, cluster_texts::first_comment))
        .limit(i64::try_from(TEXTS + 1).unwrap_or(i64::MAX))
        .select((cluster_texts::digest, cluster_texts::comments, cluster_texts::first_at, cluster_texts::first_comment))
        .load(conn)?;
    let text = |(digest, comments, first_at, first)| Text { digest, comments, first_at, first };
    Ok(rows.into_iter().map(text).collect())
}

/// The text of a campaign that a comment of it says.
pub fn text_of(conn: &mut AnyConnection, id: ClusterId, comment: CommentId) -> DbResult<Option<Text>> {
    let member = super::member(conn, comment)?.filter(|member| member.cluster == id);
    member.map_or(Ok(None), |member| text(conn, id, &member.digest))
}

/// One text of a campaign.
pub fn text(conn: &mut AnyConnection, id: ClusterId, digest: &[u8]) -> DbResult<Option<Text>> {
    let row: Option<(i64, Moment, CommentId)> = cluster_texts::table
        .find((digest, id))
        .select((cluster_texts::comments, cluster_texts::first_at, cluster_texts::first_comment))
        .first(conn)
        .optional()?;
    Ok(row.map(|(comments, first_at, first)| Text { digest: digest.to_owned(), comments, first_at, first }))
}

/// The comments with these ids.
pub fn comments_with(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<BTreeMap<CommentId, Comment>> {
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(comments::id.eq_any(ids.to_vec()))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(|row| comment(row).map(|it| (it.id, it))).collect()
}

/// What the card counts of a campaign's comments, of [`MOST_COUNTED`] at the most.
pub fn counted(conn: &mut AnyConnection, id: ClusterId) -> DbResult<Vec<Counted>> {
    type Row = (State, String, Option<String>, Option<String>, Moment);
    let rows: Vec<Row> = cluster_members::table
        .inner_join(comments::table.on(comments::id.eq(cluster_members::comment_id)))
        .filter(cluster_members::cluster_id.eq(id))
        .limit(MOST_COUNTED)
        .select((
            comments::state,
            comments::stakeholder_group,
            comments::country,
            comments::organisation,
            comments::submitted_at,
        ))
        .load(conn)?;
    let one = |(state, group, country, organisation, sent_at)| Counted { state, group, country, organisation, sent_at };
    Ok(rows.into_iter().map(one).collect())
}

/// The comments that say one text, the first sent first; one more than a page as the sign that more follow.
pub fn same(
    conn: &mut AnyConnection,
    id: ClusterId,
    digest: &[u8],
    after: Option<Cursor<CommentId>>,
) -> DbResult<Vec<Comment>> {
    let mut query = current()
        .inner_join(cluster_members::table.on(cluster_members::comment_id.eq(comments::id)))
        .filter(cluster_members::cluster_id.eq(id).and(cluster_members::digest.eq(digest)))
        .into_boxed();
    if let Some(Cursor { at, id }) = after {
        let later = cluster_members::sent_at.eq(at).and(cluster_members::comment_id.gt(id));
        query = query.filter(cluster_members::sent_at.ge(at)).filter(cluster_members::sent_at.gt(at).or(later));
    }
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((cluster_members::sent_at, cluster_members::comment_id))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// The comments that say one text, wait for a decision and have no file, the first sent first: at most `most`.
pub fn waiting(conn: &mut AnyConnection, id: ClusterId, digest: &[u8], most: i64) -> DbResult<Vec<Comment>> {
    let pending: State = State::Pending;
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .inner_join(cluster_members::table.on(cluster_members::comment_id.eq(comments::id)))
        .filter(cluster_members::cluster_id.eq(id).and(cluster_members::digest.eq(digest)))
        .filter(comments::state.eq(pending).and(cluster_members::revision.eq(comments::revision)))
        .filter(not(exists(attachments::table.filter(attachments::holder.eq(comments::id)))))
        .order((cluster_members::sent_at, cluster_members::comment_id))
        .limit(most)
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// The campaigns that some comments belong to, with their numbers of comments.
pub fn campaigns_of(conn: &mut AnyConnection, ids: &[CommentId]) -> DbResult<BTreeMap<CommentId, (ClusterId, i64)>> {
    let rows: Vec<(CommentId, ClusterId, i64)> = cluster_members::table
        .inner_join(clusters::table.on(clusters::id.eq(cluster_members::cluster_id)))
        .filter(cluster_members::comment_id.eq_any(ids.to_vec()).and(clusters::is_listed.eq(true)))
        .select((cluster_members::comment_id, clusters::id, clusters::comments))
        .load(conn)?;
    Ok(rows.into_iter().map(|(comment, cluster, comments)| (comment, (cluster, comments))).collect())
}
