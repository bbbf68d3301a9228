//! The SQL of clustering.

pub mod moving;
pub mod reading;

use diesel::dsl::case_when;
use diesel::prelude::*;

use crate::clock::Moment;
use crate::comments::body::Body;
use crate::comments::model::Kind;
use crate::comments::store::{CommentRow, RevisionRow, comment};
use crate::db::schema::{alike_totals, bands, cluster_members, cluster_texts, clusters, comment_revisions, comments};
use crate::db::{AnyConnection, DbResult, kept, straight};
use crate::ids::{ClusterId, CommentId, NormId};
use crate::moderation::campaigns::model::{Cluster, LEAST, Member};

/// Clusters that one band leads to at the most. Where there are more, what they share is nothing that tells them apart.
const MOST_IN_BAND: usize = 16;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = clusters)]
struct ClusterRow {
    id: ClusterId,
    norm_id: NormId,
    kind: Kind,
    template_comment: CommentId,
    template_revision: i32,
    comments: i64,
    texts: i64,
    is_listed: bool,
    first_at: Moment,
    last_at: Moment,
    merged_into: Option<ClusterId>,
}

impl From<ClusterRow> for Cluster {
    fn from(row: ClusterRow) -> Self {
        Self {
            id: row.id,
            norm: row.norm_id,
            kind: row.kind,
            template: (row.template_comment, row.template_revision),
            comments: row.comments,
            texts: row.texts,
            first_at: row.first_at,
            last_at: row.last_at,
            merged_into: row.merged_into,
        }
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = cluster_members)]
struct MemberRow {
    comment_id: CommentId,
    revision: i32,
    cluster_id: ClusterId,
    digest: Vec<u8>,
    sent_at: Moment,
    is_pinned: bool,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            comment: row.comment_id,
            revision: row.revision,
            cluster: row.cluster_id,
            digest: row.digest,
            sent_at: row.sent_at,
            is_pinned: row.is_pinned,
        }
    }
}

/// What a comment said in one revision, and on which text.
pub fn said(conn: &mut AnyConnection, id: CommentId, revision: i32) -> DbResult<(NormId, Body)> {
    let row: (CommentRow, RevisionRow) = comments::table
        .inner_join(comment_revisions::table)
        .filter(comments::id.eq(id).and(comment_revisions::revision.eq(revision)))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .first(conn)?;
    let it = comment(row)?;
    Ok((it.norm_id, it.body))
}

/// The cluster with this id.
pub fn cluster(conn: &mut AnyConnection, id: ClusterId) -> DbResult<Cluster> {
    let row: ClusterRow = straight!(conn, clusters::table.find(id).select(ClusterRow::as_select()).first(conn))?;
    Ok(row.into())
}

/// The cluster with this id, if there is one.
pub fn find(conn: &mut AnyConnection, id: ClusterId) -> DbResult<Option<Cluster>> {
    let row = clusters::table.find(id).select(ClusterRow::as_select());
    Ok(row.first::<ClusterRow>(conn).optional()?.map(Cluster::from))
}

/// Begins a cluster without members.
pub fn insert(conn: &mut AnyConnection, cluster: &Cluster) -> DbResult<()> {
    let row = ClusterRow {
        id: cluster.id,
        norm_id: cluster.norm,
        kind: cluster.kind,
        template_comment: cluster.template.0,
        template_revision: cluster.template.1,
        comments: 0,
        texts: 0,
        is_listed: false,
        first_at: cluster.first_at,
        last_at: cluster.last_at,
        merged_into: None,
    };
    straight!(conn, diesel::insert_into(clusters::table).values(&row).execute(conn))?;
    Ok(())
}

/// Lets another letter stand for a cluster.
pub fn set_template(conn: &mut AnyConnection, id: ClusterId, (comment, revision): (CommentId, i32)) -> DbResult<()> {
    diesel::update(clusters::table.find(id))
        .set((clusters::template_comment.eq(comment), clusters::template_revision.eq(revision)))
        .execute(conn)?;
    Ok(())
}

/// Where a comment belongs.
pub fn member(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Option<Member>> {
    let member = cluster_members::table.find(comment);
    let row: Option<MemberRow> = straight!(conn, member.select(MemberRow::as_select()).first(conn)).optional()?;
    Ok(row.map(Member::from))
}

/// The cluster in which most comments say this; nothing if none does.
pub fn with_text(conn: &mut AnyConnection, digest: &[u8]) -> DbResult<Option<ClusterId>> {
    let most = cluster_texts::table
        .filter(cluster_texts::digest.eq(digest))
        .order((cluster_texts::comments.desc(), cluster_texts::first_at))
        .select(cluster_texts::cluster_id);
    Ok(straight!(conn, most.first(conn)).optional()?)
}

/// Whether somebody put a comment of the cluster there by hand.
pub fn is_corrected(conn: &mut AnyConnection, id: ClusterId) -> DbResult<bool> {
    let pinned =
        cluster_members::table.filter(cluster_members::cluster_id.eq(id).and(cluster_members::is_pinned.eq(true)));
    Ok(diesel::select(diesel::dsl::exists(pinned)).get_result(conn)?)
}

/// The first and the last `some` members of a cluster in the order of their texts.
pub fn some_members(conn: &mut AnyConnection, id: ClusterId, some: i64) -> DbResult<Vec<(CommentId, i32)>> {
    let texts = || cluster_texts::table.filter(cluster_texts::cluster_id.eq(id));
    let mut chosen: Vec<CommentId> = texts()
        .order((cluster_texts::first_at, cluster_texts::first_comment))
        .limit(some)
        .select(cluster_texts::first_comment)
        .load(conn)?;
    chosen.extend(
        texts()
            .order((cluster_texts::first_at.desc(), cluster_texts::first_comment.desc()))
            .limit(some)
            .select(cluster_texts::first_comment)
            .load::<CommentId>(conn)?,
    );
    Ok(cluster_members::table
        .filter(cluster_members::comment_id.eq_any(chosen))
        .select((cluster_members::comment_id, cluster_members::revision))
        .load(conn)?)
}

/// Notes that a comment says in another revision what it said before.
pub fn set_revision(conn: &mut AnyConnection, comment: CommentId, revision: i32) -> DbResult<()> {
    diesel::update(cluster_members::table.find(comment)).set(cluster_members::revision.eq(revision)).execute(conn)?;
    Ok(())
}

/// Adds a comment to a cluster; how many texts that has now, if the comment brought a new one.
pub fn enter(conn: &mut AnyConnection, member: &Member) -> DbResult<Option<i64>> {
    let row = MemberRow {
        comment_id: member.comment,
        revision: member.revision,
        cluster_id: member.cluster,
        digest: member.digest.clone(),
        sent_at: member.sent_at,
        is_pinned: member.is_pinned,
    };
    straight!(conn, diesel::insert_into(cluster_members::table).values(&row).execute(conn))?;
    let one_more = kept!(
        diesel::update(cluster_texts::table.find((&member.digest, member.cluster)))
            .set(cluster_texts::comments.eq(cluster_texts::comments + 1))
            .returning(cluster_texts::comments)
    );
    let known: Option<i64> = straight!(conn, one_more.get_result(conn)).optional()?;
    if known.is_none() {
        let first = diesel::insert_into(cluster_texts::table).values((
            cluster_texts::digest.eq(&member.digest),
            cluster_texts::cluster_id.eq(member.cluster),
            cluster_texts::comments.eq(1_i64),
            cluster_texts::first_at.eq(member.sent_at),
            cluster_texts::first_comment.eq(member.comment),
        ));
        straight!(conn, first.execute(conn))?;
    }
    let is_new = i64::from(known.is_none());
    let texts = count(conn, member, 1, is_new)?;
    Ok((is_new == 1).then_some(texts))
}

/// Takes a comment out of its cluster.
pub fn leave(conn: &mut AnyConnection, member: &Member) -> DbResult<()> {
    diesel::delete(cluster_members::table.find(member.comment)).execute(conn)?;
    let text = || cluster_texts::table.find((&member.digest, member.cluster));
    diesel::update(text()).set(cluster_texts::comments.eq(cluster_texts::comments - 1)).execute(conn)?;
    let gone = diesel::delete(text().filter(cluster_texts::comments.le(0))).execute(conn)?;
    if gone == 0 {
        let next = cluster_members::table
            .filter(cluster_members::cluster_id.eq(member.cluster).and(cluster_members::digest.eq(&member.digest)))
            .order((cluster_members::sent_at, cluster_members::comment_id))
            .select(cluster_members::comment_id)
            .first::<CommentId>(conn)?;
        diesel::update(text()).set(cluster_texts::first_comment.eq(next)).execute(conn)?;
    }
    count(conn, member, -1, -i64::try_from(gone).unwrap_or_default()).map(drop)
}

/// Keeps the counts; how many texts the cluster of `member` has now.
fn count(conn: &mut AnyConnection, member: &Member, comments: i64, texts: i64) -> DbResult<i64> {
    let at = member.sent_at;
    let counted = kept!(
        diesel::update(clusters::table.find(member.cluster))
            .set((
                clusters::comments.eq(clusters::comments + comments),
                clusters::texts.eq(clusters::texts + texts),
                clusters::first_at.eq(case_when(clusters::first_at.le(at), clusters::first_at).otherwise(at)),
                clusters::last_at.eq(case_when(clusters::last_at.ge(at), clusters::last_at).otherwise(at)),
            ))
            .returning((clusters::comments, clusters::texts, clusters::is_listed, clusters::norm_id))
    );
    let (now, known, is_listed, norm): (i64, i64, bool, NormId) = straight!(conn, counted.get_result(conn))?;
    if is_listed != (now >= LEAST) {
        diesel::update(clusters::table.find(member.cluster)).set(clusters::is_listed.eq(now >= LEAST)).execute(conn)?;
    }
    let total = kept!(
        diesel::update(alike_totals::table.find(norm))
            .set((
                alike_totals::comments.eq(alike_totals::comments + comments),
                alike_totals::texts.eq(alike_totals::texts + texts),
            ))
            .returning(alike_totals::comments)
    );
    let total: Option<i64> = straight!(conn, total.get_result(conn)).optional()?;
    if total.is_none() {
        diesel::insert_into(alike_totals::table)
            .values((
                alike_totals::norm_id.eq(norm),
                alike_totals::comments.eq(comments),
                alike_totals::texts.eq(texts),
            ))
            .execute(conn)?;
    }
    Ok(known)
}

/// The clusters in these bands, band by band.
pub fn in_bands(conn: &mut AnyConnection, keys: &[i64]) -> DbResult<Vec<(i64, ClusterId)>> {
    let mut found = Vec::new();
    for key in keys {
        let rows = bands::table.filter(bands::key.eq(key)).select((bands::key, bands::cluster_id));
        let rows = rows.limit(i64::try_from(MOST_IN_BAND).unwrap_or(i64::MAX));
        let rows: Vec<(i64, ClusterId)> = straight!(conn, rows.load(conn))?;
        found.extend(rows);
    }
    Ok(found)
}

/// The bands of `keys` that one more cluster has room in.
pub fn with_room(keys: &[i64], found: &[(i64, ClusterId)]) -> Vec<i64> {
    let taken = |key: i64| found.iter().filter(|(other, _)| *other == key).count();
    let mut open: Vec<i64> = keys.iter().copied().filter(|key| taken(*key) < MOST_IN_BAND).collect();
    open.sort_unstable();
    open.dedup();
    open
}

/// Makes bands lead to a cluster.
pub fn add_bands(conn: &mut AnyConnection, cluster: ClusterId, keys: &[i64]) -> DbResult<()> {
    for key in keys {
        let band = diesel::insert_into(bands::table).values((bands::key.eq(key), bands::cluster_id.eq(cluster)));
        straight!(conn, band.execute(conn))?;
    }
    Ok(())
}
