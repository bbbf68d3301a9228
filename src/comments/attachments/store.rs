//! The SQL of attachments.

use diesel::prelude::*;

use super::model::Attachment;
use crate::clock::Moment;
use crate::db::schema::attachments;
use crate::db::{AnyConnection, DbResult};
use crate::files::MediaType;
use crate::ids::{AccountId, AttachmentId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments)]
struct Row {
    id: AttachmentId,
    holder: Vec<u8>,
    account_id: AccountId,
    name: String,
    media_type: MediaType,
    size: i64,
    sha256: String,
    created_at: Moment,
}

impl From<Row> for Attachment {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            holder: row.holder,
            account: row.account_id,
            name: row.name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            created_at: row.created_at,
        }
    }
}

/// Adds an attachment; its bytes are stored already.
pub fn insert(conn: &mut AnyConnection, it: &Attachment) -> DbResult<()> {
    let row = Row {
        id: it.id,
        holder: it.holder.clone(),
        account_id: it.account,
        name: it.name.clone(),
        media_type: it.media_type,
        size: it.size,
        sha256: it.sha256.clone(),
        created_at: it.created_at,
    };
    diesel::insert_into(attachments::table).values(&row).execute(conn)?;
    Ok(())
}

/// What came with a draft, comment or submission (the bytes of its id), oldest first.
pub fn held_by(conn: &mut AnyConnection, holder: &[u8]) -> DbResult<Vec<Attachment>> {
    let rows: Vec<Row> = attachments::table
        .filter(attachments::holder.eq(holder))
        .order((attachments::created_at, attachments::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// Everything a person ever sent along, oldest first.
pub fn of_account(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<Attachment>> {
    let rows: Vec<Row> = attachments::table
        .filter(attachments::account_id.eq(account))
        .order((attachments::created_at, attachments::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// The attachment with this id, whoever may see it.
pub fn by_id(conn: &mut AnyConnection, id: AttachmentId) -> DbResult<Option<Attachment>> {
    let row = attachments::table.find(id).select(Row::as_select()).first::<Row>(conn);
    Ok(row.optional()?.map(Attachment::from))
}

/// Takes an attachment out; its bytes are the caller's to delete. `false`: it was not there.
pub fn remove(conn: &mut AnyConnection, id: AttachmentId) -> DbResult<bool> {
    Ok(diesel::delete(attachments::table.find(id)).execute(conn)? == 1)
}
