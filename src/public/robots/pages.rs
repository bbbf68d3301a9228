//! `robots.txt` and the site map (sitemaps.org, 0.9). A page of the map is a stretch of the order of publication, so that
//! each costs the same however many comments there are.

use actix_web::web;
use askama::Template;

use super::store;
use crate::clock::rfc3339;
use crate::comments::record::store::newest;
use crate::db::DbResult;
use crate::epochs::Scope;
use crate::norms::store as norms;
use crate::public::answer;
use crate::web::cache::narrow;
use crate::web::page::rendered;
use crate::web::{Ctx, Page, PageError};

/// Places in the order of publication on one page of the map; the standard allows 50,000.
const PLACES: i64 = 10_000;

const XML: &str = "application/xml; charset=utf-8";

/// What is for people who act, not for readers, and what has no end.
const DISALLOWED: &[&str] = &[
    "/secretariat",
    "/account",
    "/my-comments",
    "/receipts/",
    "/submissions/",
    "/register",
    "/sign-in",
    "/sign-out",
    "/password/",
    "/confirm/",
    "/invitations/",
    "/verify",
    "/look-up",
    "/name-report",
    "/attachments/",
    "/api/v1/comments?",
    "/api/v1/annotations?",
    "/norms/*/comments/new",
    "/norms/*/redline",
    "/norms/*?",
    "/comments/*/cosignature",
];

/// The pages that are there besides norms and comments.
const PAGES: &[&str] = &[
    "/",
    "/overview",
    "/outcome",
    "/transparency",
    "/announcements",
    "/briefing",
    "/contact",
    "/privacy",
    "/accessibility",
];

/// The parts of the map.
#[derive(Template)]
#[template(path = "public/sitemap_index.xml")]
struct Index {
    parts: Vec<String>,
}

/// A part of the map: address, and when it last changed.
#[derive(Template)]
#[template(path = "public/sitemap.xml")]
struct Part {
    places: Vec<(String, Option<String>)>,
}

/// `GET /robots.txt`
pub async fn robots(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async {
        let rules: String = DISALLOWED.iter().flat_map(|path| ["Disallow: ", *path, "\n"]).collect();
        let text = ["User-agent: *\n", &rules, "\nSitemap: ", &ctx.link("/sitemap.xml"), "\n"].concat();
        Ok(answer::data("text/plain; charset=utf-8", text))
    })
    .await
}

/// `GET /sitemap.xml`
pub async fn sitemap(ctx: Ctx) -> Page {
    ctx.cached(Scope::Record, async {
        let newest = ctx.site().db().read(newest).await?;
        let last = (newest + PLACES - 1) / PLACES;
        let comments = (1..=last).map(|page| ctx.link(&format!("/sitemap/comments-{page}.xml")));
        let parts = std::iter::once(ctx.link("/sitemap/pages.xml")).chain(comments).collect();
        xml(&Index { parts })
    })
    .await
}

/// `GET /sitemap/pages.xml`
pub async fn pages(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async {
        let norms = ctx.site().db().read(norms::norms).await?;
        let fixed = PAGES.iter().map(|path| ctx.link(path));
        let norms = norms.iter().map(|norm| ctx.link(&format!("/norms/{}", norm.slug)));
        xml(&Part { places: fixed.chain(norms).map(|address| (address, None)).collect() })
    })
    .await
}

/// `GET /sitemap/comments-{page}.xml`: pages are counted from 1.
pub async fn comments(ctx: Ctx, page: web::Path<String>) -> Page {
    ctx.cached(Scope::Record, async {
        let number = page.parse::<i64>().ok().filter(|number| *number > 0 && number.to_string() == *page);
        let up_to = number.and_then(|number| number.checked_mul(PLACES)).ok_or(PageError::NotFound)?;
        let above = up_to - PLACES;
        let found = ctx.site().db().read(move |conn| -> DbResult<_> {
            let newest = newest(conn)?;
            if newest <= above {
                return Ok(None);
            }
            Ok(Some((store::references(conn, above, up_to)?, newest >= up_to)))
        });
        let (found, is_full) = found.await?.ok_or(PageError::NotFound)?;
        let place =
            |(reference, at): (String, _)| (ctx.link(&format!("/comments/{reference}")), Option::map(at, rfc3339));
        let part = xml(&Part { places: found.into_iter().map(place).collect() })?;
        // Nothing enters a stretch that later places follow.
        Ok(if is_full { narrow(part, Scope::Taken) } else { part })
    })
    .await
}

fn xml(template: &impl Template) -> Page {
    Ok(answer::data(XML, rendered(template)?))
}
