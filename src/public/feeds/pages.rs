//! Feeds over HTTP: fifty entries a page, newest first, further pages by the place of the last entry.

use std::collections::BTreeMap;

use actix_web::web;
use askama::Template;

use super::model::{Described, Item, MEDIA_TYPE, written};
use crate::announcements;
use crate::announcements::model::Announcement;
use crate::clock::Moment;
use crate::comments::model::{Comment, Kind};
use crate::comments::on_behalf;
use crate::comments::record::store as record;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::ids::{AnnouncementId, CommentId, TextVersionId};
use crate::norms::model::{Consultation, Norm};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::answer;
use crate::public::entry::Entry;

use crate::public::texts::Texts;
use crate::web::page::rendered;
use crate::web::paging::{self, ROWS};
use crate::web::{Ctx, Page, PageError};

/// What a comment says, as a reader of feeds shows it.
#[derive(Template)]
#[template(path = "public/feed_entry.html")]
struct EntryPage<'a> {
    ctx: &'a Ctx,
    entry: &'a Entry<'a>,
}

/// An announcement, as a reader of feeds shows it.
#[derive(Template)]
#[template(path = "public/feed_announcement.html")]
struct AnnouncementPage<'a> {
    announcement: &'a Announcement,
}

/// `GET /feed.atom`
pub async fn all(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, async { feed(&ctx, &vocabulary, None).await }).await
}

/// `GET /norms/{slug}/feed.atom`
pub async fn of_norm(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Norm(&slug), async { feed(&ctx, &vocabulary, Some(slug.clone())).await }).await
}

/// A page of comments and what they are about.
struct Read {
    consultation: Consultation,
    norm: Option<Norm>,
    comments: Vec<(i64, Comment)>,
    next: Option<i64>,
    texts: Texts,
    /// The wordings now open for comment.
    current: Vec<TextVersionId>,
}

fn read(conn: &mut AnyConnection, slug: Option<&str>, before: Option<i64>) -> DbResult<Option<Read>> {
    let Some(consultation) = norms::consultation(conn)? else { return Ok(None) };
    let norm = match slug {
        None => None,
        Some(slug) => match norms::norm_by_slug(conn, slug)? {
            None => return Ok(None),
            found => found,
        },
    };
    let most = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let mut places = record::places(conn, norm.as_ref().map(|norm| norm.id), before, most)?;
    let next = if places.len() > ROWS {
        places.truncate(ROWS);
        places.last().copied()
    } else {
        None
    };
    let comments = record::at_places(conn, &places)?;
    let texts = Texts::of(conn, comments.iter().map(|(_, comment)| comment))?;
    let current = norms::current_versions(conn)?.into_iter().map(|version| version.id).collect();
    Ok(Some(Read { consultation, norm, comments, next, texts, current }))
}

async fn feed(ctx: &Ctx, vocabulary: &Vocabulary, slug: Option<String>) -> Page {
    let before = match ctx.query.raw("before") {
        "" => None,
        text => Some(
            text.parse::<i64>()
                .ok()
                .filter(|place| *place > 0 && place.to_string() == text)
                .ok_or(PageError::BadRequest)?,
        ),
    };
    let found = ctx.site().db().read(move |conn| -> DbResult<_> {
        let Some(read) = read(conn, slug.as_deref(), before)? else { return Ok(None) };
        let ids: Vec<CommentId> = read.comments.iter().map(|(_, comment)| comment.id).collect();
        let organisations: BTreeMap<_, _> = on_behalf::store::organisations_of(conn, &ids)?.into_iter().collect();
        Ok(Some((read, organisations)))
    });
    let (read, organisations) = found.await?.ok_or(PageError::NotFound)?;
    let mut items = Vec::new();
    for (_, comment) in &read.comments {
        let Some((norm, text)) = read.texts.about(comment) else { continue };
        let organisation = organisations.get(&comment.id);
        let entry = Entry::new(
            comment,
            norm,
            &text.version,
            read.current.contains(&text.version.id),
            organisation,
            (vocabulary, ctx.lang),
        );
        items.push(item(ctx, norm, &entry)?);
    }
    let page = read.norm.as_ref().map_or_else(|| "/".to_owned(), |norm| format!("/norms/{}", norm.slug));
    let title = match &read.norm {
        None => ctx.lang.plain("feed-title", &[("consultation", &read.consultation.title)]),
        Some(norm) => ctx.lang.plain("feed-title-norm", &[("title", &norm.title)]),
    };
    let next = read.next.map(|next| next.to_string());
    let about = described(ctx, title, &read.consultation, &page, next.as_deref());
    Ok(answer::data(MEDIA_TYPE, written(about, items)?))
}

fn described<'a>(
    ctx: &'a Ctx,
    title: String,
    consultation: &Consultation,
    page: &str,
    next: Option<&str>,
) -> Described<'a> {
    let at = |before: &str| ctx.link(&format!("{}?before={before}", ctx.path));
    let id = ctx.link(&ctx.path);
    let own = match ctx.query.raw("before") {
        "" => id.clone(),
        before => at(before),
    };
    Described {
        title,
        author: consultation.commission.clone(),
        lang: ctx.lang.code(),
        own,
        next: next.map(at),
        page: ctx.link(page),
        since: consultation.opens_at,
        id,
    }
}

fn item(ctx: &Ctx, norm: &Norm, entry: &Entry) -> Result<Item, PageError> {
    let comment = entry.comment;
    let address = ctx.link(&format!("/comments/{}", comment.reference));
    let published = comment.published_at.unwrap_or(comment.submitted_at);
    let kind = ctx.t(match comment.kind {
        Kind::Wording => "kind-wording",
        Kind::Lever => "kind-lever",
        Kind::General => "kind-general",
    });
    let about = if entry.about.is_empty() { norm.title.as_str() } else { entry.about.as_str() };
    let title = ctx.lang.plain("feed-entry", &[("kind", &kind), ("about", about), ("reference", &comment.reference)]);
    let html = rendered(&EntryPage { ctx, entry })?;
    let author = entry.by.clone();
    Ok(Item {
        id: address.clone(),
        page: address,
        title,
        author,
        published,
        updated: comment.changed_at.max(published),
        html,
    })
}

/// `GET /announcements.atom`
pub async fn announcements(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async {
        let before = match ctx.query.raw("before") {
            "" => None,
            text => Some(paging::decode(text, AnnouncementId::parse).ok_or(PageError::BadRequest)?),
        };
        let found = ctx.site().db().read(move |conn| -> DbResult<_> {
            Ok((norms::consultation(conn)?, announcements::store::listed(conn, false, before)?))
        });
        let (consultation, mut shown) = found.await?;
        let consultation = consultation.ok_or(PageError::NotFound)?;
        let next = paging::cut(&mut shown, |it| paging::Cursor { at: it.published_at, id: it.id });
        let mut items = Vec::new();
        for it in &shown {
            items.push(announced(&ctx, &consultation, it, it.changed_at.max(it.published_at))?);
        }
        let title = ctx.lang.plain("feed-announcements", &[("consultation", &consultation.title)]);
        let next = next.map(|next| next.encode());
        let about = described(&ctx, title, &consultation, "/announcements", next.as_deref());
        Ok(answer::data(MEDIA_TYPE, written(about, items)?))
    })
    .await
}

fn announced(
    ctx: &Ctx,
    consultation: &Consultation,
    announcement: &Announcement,
    updated: Moment,
) -> Result<Item, PageError> {
    Ok(Item {
        id: format!("urn:uuid:{}", announcement.id),
        page: ctx.link("/announcements"),
        title: announcement.title.clone(),
        author: consultation.commission.clone(),
        published: announcement.published_at,
        updated,
        html: rendered(&AnnouncementPage { announcement })?,
    })
}
