//! The comments of one's organisation, whoever sent them.

use askama::Template;

use super::store;
use crate::accounts::organisations::model::Organisation;
use crate::accounts::organisations::store as organisations;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::CommentId;
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError};

#[derive(Template)]
#[template(path = "comments/of_organisation.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    organisation: &'a Organisation,
    comments: Vec<(Comment, String)>,
    next_page: String,
}

/// `GET /account/organisation/comments`
pub async fn list(ctx: Ctx) -> Page {
    let viewer = ctx.signed_in()?.id;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let Some(organisation) = organisations::of_member(conn, viewer)? else { return Ok(None) };
        let comments = store::of_organisation(conn, organisation.id, after)?;
        Ok(Some((organisation, comments, norms::norms(conn)?)))
    };
    let found = ctx.site().db().read(read).await?;
    let Some((organisation, mut comments, norms)) = found else { return ctx.to("/account/organisation") };
    let next = paging::cut(&mut comments, |it| Cursor { at: it.submitted_at, id: it.id });
    let next_page = next.map(|cursor| format!("{}?after={}", ctx.path, cursor.encode())).unwrap_or_default();
    let comments = comments.into_iter().map(|it| titled(it, &norms)).collect();
    ctx.page(&ListPage { ctx: &ctx, organisation: &organisation, comments, next_page })
}

fn titled(comment: Comment, norms: &[Norm]) -> (Comment, String) {
    let norm = norms.iter().find(|norm| norm.id == comment.norm_id);
    let title = norm.map(|norm| norm.title.clone()).unwrap_or_default();
    (comment, title)
}
