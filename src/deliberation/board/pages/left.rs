//! Accepted comments of a text that are under no issue: to be put under one, or to carry a code.

use actix_web::web;
use askama::Template;

use super::overview::left_in_words;
use super::rows::{Beside, Row, rows};
use super::{PATH, flash, norm, ticked};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::gather::{self, GatherError};
use crate::deliberation::board::model::{Issue, MOST, in_order};
use crate::deliberation::board::store::{issues, left};
use crate::deliberation::coding::model::Code;
use crate::deliberation::coding::{store as coding, tag};
use crate::ids::{CommentId, IssueId};
use crate::norms::model::Norm;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError, Posted};

/// How many drafts there are to choose from.
const DRAFTS: i64 = 200;

#[derive(Template)]
#[template(path = "deliberation/left.html")]
struct LeftPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    rows: Vec<Row>,
    count: String,
    drafts: Vec<Issue>,
    codes: Vec<Code>,
    first_page: String,
    next_page: String,
}

fn address(norm: &Norm) -> String {
    format!("{PATH}/norms/{}/left", norm.slug)
}

/// `GET /secretariat/deliberation/norms/{slug}/left`
pub async fn page(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let norm = norm(&ctx, &slug).await?;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let id = norm.id;
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let mut comments = left::listed(conn, id, after)?;
        let next = paging::cut(&mut comments, |it| Cursor { at: it.submitted_at, id: it.id });
        let beside = Beside::read(conn, &comments)?;
        let (drafts, codes) = (issues::drafts_of(conn, id, DRAFTS)?, coding::all(conn)?);
        Ok((comments, next, beside, left::count(conn, id)?, drafts, codes))
    };
    let (comments, next, beside, count, drafts, codes) = ctx.site().db().read(read).await?;
    let own = address(&norm);
    ctx.page(&LeftPage {
        ctx: &ctx,
        rows: rows(&ctx, &vocabulary, &comments, &beside),
        count: left_in_words(&ctx, count),
        drafts,
        codes: codes.into_iter().filter(|code| !code.is_retired).collect(),
        first_page: after.map(|_| own.clone()).unwrap_or_default(),
        next_page: next.map(|cursor| format!("{own}?after={}", cursor.encode())).unwrap_or_default(),
        norm: &norm,
    })
}

/// `POST /secretariat/deliberation/norms/{slug}/left`
pub async fn sort(mut posted: Posted, slug: web::Path<String>) -> Page {
    let boxes = std::mem::take(&mut posted.boxes);
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let norm = norm(&ctx, &slug).await?;
    let comments = in_order(ticked(&boxes)?);
    let back = address(&norm);
    if comments.is_empty() {
        return ctx.to_with(&back, "flash-board-none-ticked");
    }
    if comments.len() > MOST {
        return Err(PageError::BadRequest);
    }
    let now = ctx.now;
    if fields.get("go") == "code" {
        let code = fields.get("code").to_owned();
        if code.is_empty() {
            return ctx.to_with(&back, "flash-board-choose");
        }
        ctx.site().db().write(move |conn| tag::put(conn, now, by, &code, &comments)).await?;
        return ctx.to_with(&back, "flash-coding-put");
    }
    let Some(issue) = IssueId::parse(fields.get("issue")) else {
        return ctx.to_with(&back, "flash-board-choose");
    };
    match ctx.site().db().write(move |conn| gather::put(conn, now, by, issue, comments)).await {
        Ok(gathered) => {
            ctx.to_with(&back, flash(gathered, "flash-board-put", "flash-board-put-some", "flash-board-put-none"))
        }
        Err(GatherError::NotOpen) => Err(PageError::Conflict),
        Err(GatherError::Db(error)) => Err(error.into()),
    }
}
