//! What the Commission announced, for everyone.

use actix_web::web;
use askama::Template;

use crate::announcements::model::Announcement;
use crate::announcements::store;
use crate::db::AnyConnection;
use crate::epochs::Scope;
use crate::ids::AnnouncementId;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError};

#[derive(Template)]
#[template(path = "public/announcements.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    announcements: Vec<Announcement>,
    first_page: String,
    next_page: String,
}

#[derive(Template)]
#[template(path = "public/announcement.html")]
struct AnnouncementPage<'a> {
    ctx: &'a Ctx,
    it: &'a Announcement,
}

/// `GET /announcements`
pub async fn list(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async {
        let after = match ctx.query.get("after") {
            "" => None,
            text => Some(paging::decode(text, AnnouncementId::parse).ok_or(PageError::BadRequest)?),
        };
        let mut announcements =
            ctx.site().db().read(move |conn: &mut AnyConnection| store::listed(conn, false, after)).await?;
        let next = paging::cut(&mut announcements, |it| Cursor { at: it.published_at, id: it.id });
        ctx.page(&ListPage {
            ctx: &ctx,
            announcements,
            first_page: after.map(|_| "/announcements".to_owned()).unwrap_or_default(),
            next_page: next.map(|cursor| format!("/announcements?after={}", cursor.encode())).unwrap_or_default(),
        })
    })
    .await
}

/// `GET /announcements/{id}`: 410 for one that was taken back.
pub async fn show(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.cached(Scope::Site, async {
        let id = AnnouncementId::parse(&id).ok_or(PageError::NotFound)?;
        let found = ctx.site().db().read(move |conn: &mut AnyConnection| store::by_id(conn, id)).await?;
        match found {
            None => Err(PageError::NotFound),
            Some(it) if it.withdrawn_at.is_some() => Err(PageError::Gone),
            Some(it) => ctx.page(&AnnouncementPage { ctx: &ctx, it: &it }),
        }
    })
    .await
}
