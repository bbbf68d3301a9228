//! `GET /norms/{slug}/positions/{id}`: a proposal and everybody who asks for it, in the order of publication.

use actix_web::web;
use askama::Template;

use super::proposal::{self, Proposal, Show};
use super::read::{self, Around, Told};
use super::store::{self, Place, Position};
use crate::comments::model::{Comment, Kind};
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::ids::{CommentId, PositionId};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::entry::Entry;
use crate::web::{Ctx, Page, PageError};

/// Comments on a page.
const PAGE: usize = 20;

#[derive(Template)]
#[template(path = "public/position.html")]
struct PositionPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    /// The words it is about; empty for the whole.
    quote: String,
    /// How many they are.
    words: i32,
    numbers: String,
    asked: Proposal<'a>,
    entries: Vec<Entry<'a>>,
    is_first: bool,
    next_page: String,
}

impl PositionPage<'_> {
    /// The message that says what it is.
    fn heading(&self) -> &'static str {
        if self.is_asked_for() {
            "record-position"
        } else if self.asked.is_concern() {
            "public-concern"
        } else {
            "public-comment"
        }
    }

    /// Whether anything is to be done, and not only heard.
    fn is_asked_for(&self) -> bool {
        self.asked.entry.comment.kind != Kind::General && !self.asked.is_concern()
    }
}

struct PositionData {
    norm: Norm,
    version: TextVersion,
    told: Told,
    said: Vec<(Place, Comment)>,
    next: Option<i64>,
    around: Around,
}

impl PositionData {
    fn read(conn: &mut AnyConnection, slug: &str, id: PositionId, after: i64) -> DbResult<Option<Self>> {
        let Some(norm) = norms::norm_by_slug(conn, slug)? else { return Ok(None) };
        let Some(position) = store::position(conn, norm.id, id)? else { return Ok(None) };
        let Some(told) = read::told(conn, vec![position])?.pop() else { return Ok(None) };
        let version = norms::current_version(conn, norm.id)?;
        let mut places = store::places(conn, id, after, i64::try_from(PAGE + 1).unwrap_or(i64::MAX))?;
        let has_more = places.len() > PAGE;
        places.truncate(PAGE);
        let next = places.last().filter(|_| has_more).map(|place| place.seq);
        let said = read::with_comments(conn, places)?;
        let all = said.iter().chain(&told.said).map(|(_, comment)| comment);
        let around = Around::read(conn, &version, all)?;
        Ok(Some(Self { norm, version, told, said, next, around }))
    }
}

/// What a comment says with others.
pub struct Shared {
    /// The address of all who say it.
    pub address: String,
    /// How many other comments say it.
    pub others: i64,
    /// The language the comment is written in; empty if that can't be told.
    pub language: String,
}

/// What a public comment on the text at `slug` says with others; `None` if the record does not know it.
pub fn shared(conn: &mut AnyConnection, slug: &str, comment: CommentId) -> DbResult<Option<Shared>> {
    let found = store::of_comment(conn, comment)?;
    Ok(found.map(|(place, position)| Shared {
        address: format!("/norms/{slug}/positions/{}", position.id),
        others: position.comments - 1,
        language: place.language,
    }))
}

/// The place in the order of publication that a page begins behind; `None` if it is not one.
fn after(text: &str) -> Option<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() { Some(0) } else { text.parse().ok().filter(|_| digits) }
}

/// `GET /norms/{slug}/positions/{id}`
pub async fn page(ctx: Ctx, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (slug, id) = path.into_inner();
    ctx.cached(Scope::Norm(&slug), position_page(&ctx, &slug, &id, &vocabulary)).await
}

async fn position_page(ctx: &Ctx, slug: &str, id: &str, vocabulary: &Vocabulary) -> Page {
    let (slug, id) = (slug.to_owned(), PositionId::parse(id).ok_or(PageError::NotFound)?);
    let after = after(ctx.query.raw("after")).ok_or(PageError::BadRequest)?;
    let found = ctx.site().db().read(move |conn| PositionData::read(conn, &slug, id, after)).await?;
    let data = found.ok_or(PageError::NotFound)?;
    let PositionData { norm, version, told, around, .. } = &data;
    let show = Show { norm, version, around, vocabulary, lang: ctx.lang };
    let at: &Position = &told.position;
    let own = around.earlier(at.text_version_id).unwrap_or(version);
    ctx.page(&PositionPage {
        ctx,
        norm,
        quote: proposal::quote(own, at.first_word, at.last_word),
        words: at.last_word - at.first_word + 1,
        numbers: proposal::numbers(at, ctx.lang),
        asked: Proposal::of(told, show).ok_or(PageError::NotFound)?,
        entries: data.said.iter().map(|(place, comment)| show.entry(place, comment)).collect(),
        is_first: after == 0,
        next_page: data.next.map(|next| format!("{}?after={next}", ctx.path)).unwrap_or_default(),
    })
}
