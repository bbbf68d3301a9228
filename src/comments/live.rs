//! The redline of words that are still being typed, for the page's script: the same comparison as everywhere.

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::{Value, json};

use super::anchor::Anchor;
use super::body::Change;
use super::redline::{self, Piece, Redline};
use crate::db::DbError;
use crate::ids::TextVersionId;
use crate::norms::store as norms;
use crate::web::{Language, Page, PageError, Posted};

/// The longest wording that is compared with every pause of a typist, in bytes.
const LONGEST: usize = 10_000;

/// `POST /norms/{slug}/redline`
pub async fn show(posted: Posted, slug: web::Path<String>) -> Page {
    posted.ctx.signed_in()?;
    let (ctx, fields) = posted.checked()?;
    let number = |name: &str| fields.get(name).parse::<usize>().map_err(|_| PageError::BadRequest);
    let (first, last) = (number("first_word")?, number("last_word")?);
    let id = TextVersionId::parse(fields.get("text_version")).ok_or(PageError::BadRequest)?;
    let change = Change::parse(fields.get("change")).unwrap_or(Change::Replace);
    let typed = fields.get("proposed_wording");
    if typed.len() > LONGEST {
        return Err(PageError::TooLarge);
    }
    let slug = slug.into_inner();
    let version = ctx
        .site()
        .db()
        .read(move |conn| {
            let norm = norms::norm_by_slug(conn, &slug)?;
            let version = norms::find_version(conn, id)?;
            Ok::<_, DbError>(version.filter(|version| norm.is_some_and(|norm| norm.id == version.norm_id)))
        })
        .await?;
    let version = version.ok_or(PageError::NotFound)?;
    let anchor = Anchor::from_words(&version.body, first, last).map_err(|_| PageError::BadRequest)?;
    let wanted = match change {
        Change::Replace => typed,
        Change::Delete => "",
        Change::Keep => &anchor.quote,
    };
    let redline = Redline::between(&anchor.quote, wanted);
    let pieces: Vec<Value> = redline.pieces.iter().map(piece).collect();
    let changes: Vec<String> = redline.changes().iter().map(|change| in_words(ctx.lang, change)).collect();
    ctx.json(StatusCode::OK, &json!({ "pieces": pieces, "changes": changes }))
}

fn piece(it: &Piece) -> Value {
    let (op, text) = match it {
        Piece::Same(text) => ("same", text),
        Piece::Deleted(text) => ("del", text),
        Piece::Inserted(text) => ("ins", text),
    };
    json!({ "op": op, "text": text })
}

/// The change as a sentence, as the list of changes has it.
fn in_words(lang: &Language, change: &redline::Change) -> String {
    match change {
        redline::Change::Replace { from, to } => lang.t2("redline-replace", ("from", from), ("to", to)),
        redline::Change::Delete { words } => lang.t1("redline-delete", "words", words),
        redline::Change::Insert { words, after: Some(after), .. } => {
            lang.t2("redline-insert-after", ("words", words), ("after", after))
        }
        redline::Change::Insert { words, before: Some(before), .. } => {
            lang.t2("redline-insert-before", ("words", words), ("before", before))
        }
        redline::Change::Insert { words, .. } => lang.t1("redline-insert", "words", words),
    }
}
