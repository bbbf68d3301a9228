//! The SQL of announcements.

use diesel::prelude::*;

use super::model::{Announcement, Words};
use crate::clock::Moment;
use crate::db::schema::announcements;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, AnnouncementId};
use crate::web::paging::{Cursor, ROWS};

#[derive(Queryable, Selectable)]
#[diesel(table_name = announcements)]
struct Row {
    id: AnnouncementId,
    title: String,
    text: String,
    published_at: Moment,
    changed_at: Moment,
    withdrawn_at: Option<Moment>,
    version: i64,
}

fn announcement(row: Row) -> Announcement {
    let Row { id, title, text, published_at, changed_at, withdrawn_at, version } = row;
    Announcement { id, title, text, published_at, changed_at, withdrawn_at, version }
}

/// The announcement with this id, taken back or not.
pub fn by_id(conn: &mut AnyConnection, id: AnnouncementId) -> DbResult<Option<Announcement>> {
    let row = announcements::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(announcement))
}

/// The newest announcements that everyone may read, at most `most`.
pub fn latest(conn: &mut AnyConnection, most: i64) -> DbResult<Vec<Announcement>> {
    let rows: Vec<Row> = announcements::table
        .filter(announcements::withdrawn_at.is_null())
        .order((announcements::published_at.desc(), announcements::id.desc()))
        .limit(most)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(announcement).collect())
}

/// A page of announcements, newest first, those taken back among them only if `is_all`; one row more than a page as the
/// sign that more follow.
pub fn listed(
    conn: &mut AnyConnection,
    is_all: bool,
    before: Option<Cursor<AnnouncementId>>,
) -> DbResult<Vec<Announcement>> {
    let mut query = announcements::table.into_boxed();
    if !is_all {
        query = query.filter(announcements::withdrawn_at.is_null());
    }
    if let Some(Cursor { at, id }) = before {
        let earlier = announcements::published_at.eq(at).and(announcements::id.lt(id));
        query = query.filter(announcements::published_at.lt(at).or(earlier));
    }
    let rows: Vec<Row> = query
        .order((announcements::published_at.desc(), announcements::id.desc()))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(announcement).collect())
}

/// Adds an announcement.
pub(super) fn insert(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    id: AnnouncementId,
    words: &Words,
) -> DbResult<()> {
    diesel::insert_into(announcements::table)
        .values((
            announcements::id.eq(id),
            announcements::title.eq(&words.title),
            announcements::text.eq(&words.text),
            announcements::published_at.eq(now),
            announcements::changed_at.eq(now),
            announcements::written_by.eq(by),
            announcements::version.eq(1_i64),
        ))
        .execute(conn)?;
    Ok(())
}

/// Changes the words of `version`. `false`: it is another by now, or was taken back.
pub(super) fn change(
    conn: &mut AnyConnection,
    now: Moment,
    (id, version): (AnnouncementId, i64),
    words: &Words,
) -> DbResult<bool> {
    let row = announcements::table
        .filter(announcements::id.eq(id))
        .filter(announcements::version.eq(version))
        .filter(announcements::withdrawn_at.is_null());
    let changed = diesel::update(row)
        .set((
            announcements::title.eq(&words.title),
            announcements::text.eq(&words.text),
            announcements::changed_at.eq(now),
            announcements::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Takes `version` back. `false`: it is another by now, or was taken back before.
pub(super) fn withdraw(conn: &mut AnyConnection, now: Moment, (id, version): (AnnouncementId, i64)) -> DbResult<bool> {
    let row = announcements::table
        .filter(announcements::id.eq(id))
        .filter(announcements::version.eq(version))
        .filter(announcements::withdrawn_at.is_null());
    let changed = diesel::update(row)
        .set((announcements::withdrawn_at.eq(Some(now)), announcements::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}
