//! Keeping a filter, and dropping one.

use actix_web::web;

use super::store;
use crate::db::DbError;
use crate::ids::SavedFilterId;
use crate::moderation::form;
use crate::moderation::pages::QUEUE;
use crate::norms;
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::graphemes;
use crate::web::form::Posted;
use crate::web::{Fields, Page, PageError};

/// The longest name of a filter, in graphemes.
const LONGEST_NAME: usize = 60;

/// What came of keeping a filter.
enum Kept {
    Yes,
    TooMany,
}

/// `POST /secretariat/filters`
pub async fn keep(posted: Posted, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let asked = Fields::decode(fields.get("query").as_bytes()).map_err(PageError::from)?;
    let (name, now, words) = (fields.get("name").to_owned(), ctx.now, vocabulary.clone());
    let is_name = (1..=LONGEST_NAME).contains(&graphemes(&name)) && !name.contains('\n');
    let (kept, query) = ctx
        .site()
        .db()
        .write(move |conn| {
            // As an address is read, so that nothing else is kept.
            let filter = form::filter(&asked, &norms::store::norms(conn)?, &words);
            let query = filter.query(&form::tab(&asked).pairs());
            if !is_name {
                return Ok((None, query));
            }
            let kept = if store::keep(conn, now, by, &name, &query)? { Kept::Yes } else { Kept::TooMany };
            Ok::<_, DbError>((Some(kept), query))
        })
        .await?;
    let back = if query.is_empty() { QUEUE.to_owned() } else { format!("{QUEUE}?{query}") };
    match kept {
        None => ctx.to_with(&back, "flash-moderation-filter-name"),
        Some(Kept::TooMany) => ctx.to_with(&back, "flash-moderation-filter-many"),
        Some(Kept::Yes) => ctx.to_with(&back, "flash-moderation-filter-kept"),
    }
}

/// `POST /secretariat/filters/{id}/deletion`
pub async fn drop(posted: Posted, id: web::Path<String>) -> Page {
    let (ctx, _) = posted.checked()?;
    let by = ctx.staff()?.id;
    let id = SavedFilterId::parse(&id).ok_or(PageError::NotFound)?;
    let dropped = ctx.site().db().write(move |conn| store::drop(conn, by, id)).await?;
    if !dropped {
        return Err(PageError::NotFound);
    }
    ctx.to_with(QUEUE, "flash-moderation-filter-dropped")
}
