//! The issues of a text as one table: what the Commission has before it.

use actix_web::web;
use askama::Template;

use super::overview::left_in_words;
use super::shown::{Around, Shown, shown};
use super::{PATH, norm};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::store::{issues, left};
use crate::norms::model::Norm;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::ROWS;
use crate::web::{Ctx, Page, PageError};

#[derive(Template)]
#[template(path = "deliberation/board.html")]
struct BoardPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    rows: Vec<Shown>,
    left: String,
    first_page: String,
    next_page: String,
}

/// Reads the place and number behind which a page begins.
fn after(text: &str) -> Result<Option<(i32, i32)>, PageError> {
    if text.is_empty() {
        return Ok(None);
    }
    let (place, number) = text.split_once('.').ok_or(PageError::BadRequest)?;
    let read = |part: &str| part.parse::<i32>().map_err(|_| PageError::BadRequest);
    Ok(Some((read(place)?, read(number)?)))
}

/// `GET /secretariat/deliberation/norms/{slug}`
pub async fn board(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let norm = norm(&ctx, &slug).await?;
    let (id, after) = (norm.id, after(ctx.query.get("after"))?);
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let mut found = issues::of_norm(conn, id, after)?;
        let is_more = found.len() > ROWS;
        found.truncate(ROWS);
        Ok((Around::read(conn, &found)?, found, is_more, left::count(conn, id)?))
    };
    let (around, found, is_more, left) = ctx.site().db().read(read).await?;
    let own = format!("{PATH}/norms/{}", norm.slug);
    let last = found.last().filter(|_| is_more).map(|it| (it.about.place(), it.number));
    ctx.page(&BoardPage {
        ctx: &ctx,
        rows: found.into_iter().map(|it| shown(&ctx, &vocabulary, &norm, it, &around)).collect(),
        left: left_in_words(&ctx, left),
        first_page: after.map(|_| own.clone()).unwrap_or_default(),
        next_page: last.map(|(place, number)| format!("{own}?after={place}.{number}")).unwrap_or_default(),
        norm: &norm,
    })
}
