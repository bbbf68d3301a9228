//! The desk's pages of a text with its proposals: the marshalled list and the rolling text, as the Commission's edition has
//! them.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::web;
use askama::Template;

use super::documents::{Document, Documents};
use super::edition::has_a_place;
use super::entry::{Beside, entry};
use super::model::{Edition, Format, Request};
use super::record::Text;
use super::store::{self, Place};
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::text;
use crate::deliberation::text::working::{Decided, OwnWords};
use crate::ids::{CommentId, TextVersionId};
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::web::{Ctx, Page, PageError};

/// Comments on words that a page reads; the file has no such end.
pub const MOST: usize = 5_000;

#[derive(Template)]
#[template(path = "export/marshalled.html")]
struct MarshalledPage<'a> {
    ctx: &'a Ctx,
    read: Read,
    /// Addresses on the page are of the portal itself.
    origin: &'a str,
}

#[derive(Template)]
#[template(path = "export/rolling.html")]
struct RollingPage<'a> {
    ctx: &'a Ctx,
    read: Read,
}

/// A text with its proposals.
pub(super) struct Read {
    /// The norm.
    pub norm: Arc<Norm>,
    /// Its wordings with their marshalled lists.
    pub documents: Vec<Document>,
    /// What the board decided, by reference; empty unless it was asked for.
    pub decided: BTreeMap<String, Vec<Decided>>,
    /// The words of its own that the board put into each wording; empty unless what it decided was asked for.
    pub own_words: BTreeMap<TextVersionId, Vec<OwnWords>>,
    /// Whether there are more comments than were read.
    pub is_cut: bool,
}

/// `GET /secretariat/deliberation/norms/{slug}/marshalled`
pub async fn marshalled(ctx: Ctx, slug: web::Path<String>) -> Page {
    ctx.staff()?;
    let read = find(&ctx, slug.into_inner(), false).await?;
    ctx.page(&MarshalledPage { ctx: &ctx, read, origin: "" })
}

/// `GET /secretariat/deliberation/norms/{slug}/rolling`
pub async fn rolling(ctx: Ctx, slug: web::Path<String>) -> Page {
    ctx.staff()?;
    let read = find(&ctx, slug.into_inner(), false).await?;
    ctx.page(&RollingPage { ctx: &ctx, read })
}

/// The text with this slug; `with_decisions`: with what the board decided.
pub(super) async fn find(ctx: &Ctx, slug: String, with_decisions: bool) -> Result<Read, PageError> {
    ctx.site().db().read(move |conn| read(conn, slug, with_decisions)).await?.ok_or(PageError::NotFound)
}

fn read(conn: &mut AnyConnection, slug: String, with_decisions: bool) -> DbResult<Option<Read>> {
    let Some(norm) = norms::norm_by_slug(conn, &slug)?.map(Arc::new) else { return Ok(None) };
    let format = Format::MarshalledHtml;
    let request = Request { edition: Edition::Commission, format, norm: Some(slug), status: None, bom: false };
    let mut texts = vec![(Arc::clone(&norm), Arc::new(Text::of(norms::current_version(conn, norm.id)?)))];
    let mut documents = Documents::of(&texts);
    let mut decided = BTreeMap::new();
    let (mut count, mut after) = (0, Some(Place::behind_the_whole()));
    let is_cut = loop {
        let batch = store::batch(conn, norm.id, (request.edition, None), after, store::BATCH)?;
        let is_last = batch.len() < store::BATCH;
        after = batch.last().map(Place::of);
        count += batch.len();
        let beside = Beside::read(conn, &request, &batch)?;
        if with_decisions {
            let ids: Vec<CommentId> = batch.iter().map(|comment| comment.id).collect();
            let mut all = text::store::decided(conn, &ids)?;
            let named = |it: &Comment| Some((it.reference.clone(), all.remove(&it.id)?));
            decided.extend(batch.iter().filter_map(named));
        }
        for comment in batch {
            if !texts.iter().any(|(_, text)| text.version.id == comment.text_version_id) {
                let version = norms::version(conn, comment.text_version_id)?;
                texts.push((Arc::clone(&norm), Arc::new(Text::of(version))));
            }
            let its = |(_, text): &&(Arc<Norm>, Arc<Text>)| text.version.id == comment.text_version_id;
            let Some((norm, text)) = texts.iter().find(its) else { continue };
            let entry = entry(&request, "", (norm, text), comment, &beside);
            if has_a_place(format, &entry.record) {
                documents.add(&entry);
            }
        }
        if is_last || count >= MOST {
            break !is_last;
        }
    };
    let mut own_words = BTreeMap::new();
    for (_, text) in texts.iter().filter(|_| with_decisions) {
        own_words.insert(text.version.id, text::store::own_words(conn, text.version.id)?);
    }
    Ok(Some(Read { norm, documents: documents.finish(), decided, own_words, is_cut }))
}
