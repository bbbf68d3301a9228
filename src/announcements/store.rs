//! The SQL of announcements.

use diesel::prelude::*;

use super::model::Announcement;
use crate::clock::Moment;
use crate::db::schema::announcements;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AnnouncementId;
use crate::web::paging::Cursor;

#[derive(Queryable, Selectable)]
#[diesel(table_name = announcements)]
struct Row {
    id: AnnouncementId,
    title: String,
    text: String,
    published_at: Moment,
    changed_at: Moment,
}

/// The newest announcements before the place `before` that were not taken back.
pub fn published(
    conn: &mut AnyConnection,
    before: Option<Cursor<AnnouncementId>>,
    most: i64,
) -> DbResult<Vec<Announcement>> {
    let mut query = announcements::table.filter(announcements::withdrawn_at.is_null()).into_boxed();
    if let Some(Cursor { at, id }) = before {
        let earlier = announcements::published_at.eq(at).and(announcements::id.lt(id));
        query = query.filter(announcements::published_at.lt(at).or(earlier));
    }
    let rows: Vec<Row> = query
        .order((announcements::published_at.desc(), announcements::id.desc()))
        .limit(most)
        .select(Row::as_select())
        .load(conn)?;
    let announcement = |row: Row| Announcement {
        id: row.id,
        title: row.title,
        text: row.text,
        published_at: row.published_at,
        changed_at: row.changed_at,
    };
    Ok(rows.into_iter().map(announcement).collect())
}
