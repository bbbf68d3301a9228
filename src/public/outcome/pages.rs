//! The outcome: of everything, of one text, of one issue; and finding one's comment.

use actix_web::web;
use askama::Template;

use super::model::{Shown, shown};
use super::store;
use crate::comments::considered::model::{Considered, Edition};
use crate::comments::considered::store as considered;
use crate::comments::model::Comment;
use crate::comments::redline::Redline;
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::ids::{CommentId, IssueId};
use crate::moderation::gist::{Gist, gist};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::public::entry;
use crate::public::store as public;
use crate::web::paging::ROWS;
use crate::web::{Ctx, Page, PageError};

/// Decisions on a page.
const DECISIONS: usize = 20;

/// A text with how much was decided on it.
struct Row {
    norm: Norm,
    decisions: i64,
}

/// What is known of the comment that was asked for.
enum Mine {
    /// Nothing was asked.
    NotAsked,
    /// That is no reference.
    Unreadable,
    /// No published comment has this reference.
    Unknown,
    /// It was published, and its author took it back.
    Withdrawn,
    /// It is published, and nothing was decided about it yet.
    Open(String),
    /// What was decided about it.
    Decided(String, Vec<Considered>),
}

#[derive(Template)]
#[template(path = "public/outcome.html")]
struct OutcomePage<'a> {
    ctx: &'a Ctx,
    rows: Vec<Row>,
    typed: &'a str,
    mine: &'a Mine,
    decisions: Vec<(&'a Considered, &'a str)>,
}

/// `GET /outcome`
pub async fn outcome(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, async {
        let typed = ctx.query.get("reference").to_owned();
        let asked = typed.clone();
        let read = move |conn: &mut AnyConnection| -> DbResult<_> {
            Ok((norms::norms(conn)?, store::counts(conn)?, mine(conn, &asked)?))
        };
        let (norms, counts, mine) = ctx.site().db().read(read).await?;
        let row = |norm: Norm| Row {
            decisions: counts.iter().find(|(id, _)| *id == norm.id).map_or(0, |(_, count)| *count),
            norm,
        };
        let decisions = match &mine {
            Mine::Decided(_, decided) => decided.as_slice(),
            _ => &[],
        };
        ctx.page(&OutcomePage {
            ctx: &ctx,
            rows: norms.into_iter().map(row).collect(),
            typed: &typed,
            decisions: in_words(&vocabulary, decisions),
            mine: &mine,
        })
    })
    .await
}

fn in_words<'a>(vocabulary: &'a Vocabulary, decided: &'a [Considered]) -> Vec<(&'a Considered, &'a str)> {
    decided.iter().map(|it| (it, vocabulary.dispositions.label_or_code(&it.disposition))).collect()
}

/// A comment that waits, was declined or is for the Commission alone is not told apart from none.
fn mine(conn: &mut AnyConnection, typed: &str) -> DbResult<Mine> {
    if typed.is_empty() {
        return Ok(Mine::NotAsked);
    }
    let Ok(reference) = Reference::parse(typed) else { return Ok(Mine::Unreadable) };
    let Some(comment) = public::by_reference(conn, reference.as_str())? else {
        let was_public = public::was_public(conn, reference.as_str())?;
        return Ok(if was_public { Mine::Withdrawn } else { Mine::Unknown });
    };
    let decided = considered::of_comment(conn, comment.id)?;
    Ok(if decided.is_empty() { Mine::Open(comment.reference) } else { Mine::Decided(comment.reference, decided) })
}

#[derive(Template)]
#[template(path = "public/outcome_norm.html")]
struct NormPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    consulted: &'a TextVersion,
    last: Option<&'a TextVersion>,
    redline: Option<Redline>,
    decisions: Vec<Shown>,
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

async fn norm(ctx: &Ctx, slug: &str) -> Result<Norm, PageError> {
    let slug = slug.to_owned();
    let found = ctx.site().db().read(move |conn: &mut AnyConnection| norms::norm_by_slug(conn, &slug)).await?;
    found.ok_or(PageError::NotFound)
}

/// `GET /norms/{slug}/outcome`
pub async fn of_norm(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Norm(&slug), norm_page(&ctx, &slug, &vocabulary)).await
}

async fn norm_page(ctx: &Ctx, slug: &str, vocabulary: &Vocabulary) -> Page {
    let norm = norm(ctx, slug).await?;
    let (id, after) = (norm.id, after(ctx.query.get("after"))?);
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let most = i64::try_from(DECISIONS + 1).unwrap_or(i64::MAX);
        let mut found = store::of_norm(conn, id, after, most)?;
        let is_more = found.len() > DECISIONS;
        found.truncate(DECISIONS);
        let issues: Vec<IssueId> = found.iter().map(|it| it.issue).collect();
        let tallies = considered::tallies(conn, Edition::Public, &issues)?;
        let texts = norms::versions(conn, id)?;
        Ok((found, is_more, tallies, texts, norms::consulted_version(conn, id)?, norms::final_version(conn, id)?))
    };
    let (found, is_more, tallies, texts, consulted, last) = ctx.site().db().read(read).await?;
    let own = format!("/norms/{}/outcome", norm.slug);
    let next = found.last().filter(|_| is_more).map(|it| format!("{own}?after={}.{}", it.place, it.number));
    ctx.page(&NormPage {
        ctx,
        redline: last.as_ref().map(|last| Redline::between(&consulted.body, &last.body)),
        decisions: found.into_iter().map(|it| shown((ctx, vocabulary), &norm, it, &texts, &tallies)).collect(),
        first_page: after.map(|_| own).unwrap_or_default(),
        next_page: next.unwrap_or_default(),
        norm: &norm,
        consulted: &consulted,
        last: last.as_ref(),
    })
}

/// A comment behind a decision.
struct Behind {
    reference: String,
    by: String,
    group: String,
    gist: Gist,
    /// What it got by itself, in words; mostly empty.
    own: String,
}

#[derive(Template)]
#[template(path = "public/outcome_issue.html")]
struct IssuePage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    issue: Shown,
    rows: Vec<Behind>,
    first_page: String,
    next_page: String,
}

/// `GET /norms/{slug}/outcome/{number}`: also shows comments on other texts, so it is kept as long as no comment changes.
pub async fn of_issue(ctx: Ctx, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.cached(Scope::Record, issue_page(&ctx, &path, &vocabulary)).await
}

async fn issue_page(ctx: &Ctx, path: &(String, String), vocabulary: &Vocabulary) -> Page {
    let norm = norm(ctx, &path.0).await?;
    let number: i32 = path.1.parse().map_err(|_| PageError::NotFound)?;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(CommentId::parse(text).ok_or(PageError::BadRequest)?),
    };
    let id = norm.id;
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let Some(decided) = store::one(conn, id, number)? else { return Ok(None) };
        let most = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
        let behind = store::behind(conn, decided.issue, after, most)?;
        let tallies = considered::tallies(conn, Edition::Public, &[decided.issue])?;
        Ok(Some((decided, behind, tallies, norms::versions(conn, id)?)))
    };
    let found = ctx.site().db().read(read).await?;
    let (decided, mut behind, tallies, texts) = found.ok_or(PageError::NotFound)?;
    let is_more = behind.len() > ROWS;
    behind.truncate(ROWS);
    let own = format!("/norms/{}/outcome/{number}", norm.slug);
    let next = behind.last().filter(|_| is_more).map(|(comment, _)| format!("{own}?after={}", comment.id));
    ctx.page(&IssuePage {
        ctx,
        issue: shown((ctx, vocabulary), &norm, decided, &texts, &tallies),
        rows: behind.iter().map(|(comment, own)| row(ctx, vocabulary, comment, own)).collect(),
        first_page: after.map(|_| own).unwrap_or_default(),
        next_page: next.unwrap_or_default(),
        norm: &norm,
    })
}

fn row(ctx: &Ctx, vocabulary: &Vocabulary, comment: &Comment, own: &str) -> Behind {
    let group = vocabulary.groups.label_or_code(&comment.author.stakeholder_group).to_owned();
    Behind {
        reference: comment.reference.clone(),
        by: entry::by(comment, &group, ctx.lang),
        group,
        gist: gist(&comment.body),
        own: if own.is_empty() { String::new() } else { vocabulary.dispositions.label_or_code(own).to_owned() },
    }
}
