//! Moves a comment before or behind the others in the queue.

use actix_web::web;

use super::comment_page;
use crate::comments;
use crate::comments::reference::Reference;
use crate::moderation::form;
use crate::moderation::listing::Priority;
use crate::moderation::prioritise::prioritise;
use crate::web::form::Posted;
use crate::web::{Page, PageError};

/// `POST /secretariat/comments/{reference}/priority`
pub async fn set_priority(posted: Posted, path: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let priority = form::priority(&fields).ok_or(PageError::BadRequest)?;
    let reference = Reference::parse(&path).map_err(|_| PageError::NotFound)?;
    let found = ctx.site().db().read(move |conn| comments::store::by_reference(conn, reference.as_str())).await?;
    let comment = found.ok_or(PageError::NotFound)?;
    let (page, now) = (comment_page(&comment), ctx.now);
    ctx.site().db().write(move |conn| prioritise(conn, now, by, &comment, priority)).await?;
    let flash = match priority {
        Priority::Urgent => "flash-moderation-urgent",
        Priority::Normal => "flash-moderation-normal",
    };
    ctx.to_with(&page, flash)
}
