//! Tables to take away: blank ones for everybody, and one's own comments.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::places::Texts;
use super::{prefill, sheet};
use crate::clock::{Moment, rfc3339};
use crate::comments::iso::{self, Head, Row, WHOLE};
use crate::comments::model::Comment;
use crate::comments::store as comments;
use crate::comments::submissions::store as submissions;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::files::MediaType;
use crate::ids::AccountId;
use crate::norms::model::{Consultation, Norm};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Page, PageError};

/// The most comments of one's own that a table holds.
const MOST_OWN: i64 = 20_000;

/// The texts open for comment, by number.
pub fn texts(conn: &mut AnyConnection) -> DbResult<Texts> {
    let mut versions = norms::current_versions(conn)?;
    let pair = |norm: Norm| {
        let at = versions.iter().position(|version| version.norm_id == norm.id)?;
        Some((norm, versions.swap_remove(at)))
    };
    Ok(norms::norms(conn)?.into_iter().filter_map(pair).collect())
}

/// The texts that are asked for: `?norm=slug`, or all.
async fn asked(ctx: &Ctx) -> Result<(Texts, Option<Consultation>), PageError> {
    let slug = ctx.query.get("norm").to_owned();
    let read = |conn: &mut AnyConnection| Ok::<_, DbError>((texts(conn)?, norms::consultation(conn)?));
    let (mut texts, consultation) = ctx.site().db().read(read).await?;
    if !slug.is_empty() {
        texts.retain(|(norm, _)| norm.slug == slug);
    }
    if texts.is_empty() { Err(PageError::NotFound) } else { Ok((texts, consultation)) }
}

fn file(bytes: Vec<u8>, name: &str, kind: MediaType) -> HttpResponse {
    let name = format!("{name}.{}", kind.ending());
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind.as_str()))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes)
}

/// What to answer when a file could not be written: a fault of ours.
fn unwritten(error: impl std::fmt::Display) -> PageError {
    tracing::error!(%error, "a comment table could not be written");
    PageError::Fault
}

/// The name of a file for these texts.
fn named(stem: &str, texts: &Texts) -> String {
    match texts.as_slice() {
        [(norm, _)] => format!("{stem}-{}", norm.slug),
        _ => stem.to_owned(),
    }
}

/// `GET /submissions/table/blank.xlsx`; `?authors=yes` for a table with rows of several authors.
pub async fn blank(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    let (texts, _) = asked(&ctx).await?;
    let with_authors = ctx.query.get("authors") == "yes";
    let stem = if with_authors { "comment-table-with-authors" } else { "comment-table" };
    let bytes = sheet::blank(&prefill::clauses(&texts), with_authors, &vocabulary, ctx.lang).map_err(unwritten)?;
    Ok(file(bytes, &named(stem, &texts), MediaType::Xlsx))
}

/// `GET /submissions/table/iso.xlsx`
pub async fn iso_xlsx(ctx: Ctx) -> Page {
    let (texts, consultation) = asked(&ctx).await?;
    let head = prefill::head(&texts, consultation.as_ref(), ctx.now);
    let bytes = iso::xlsx(&head, &prefill::iso_rows(&texts)).map_err(unwritten)?;
    Ok(file(bytes, &named("iso-comment-table", &texts), MediaType::Xlsx))
}

/// `GET /submissions/table/iso.docx`
pub async fn iso_docx(ctx: Ctx) -> Page {
    let (texts, consultation) = asked(&ctx).await?;
    let head = prefill::head(&texts, consultation.as_ref(), ctx.now);
    let bytes = iso::docx(&head, &prefill::iso_rows(&texts), "", &rfc3339(ctx.now)).map_err(unwritten)?;
    Ok(file(bytes, &named("iso-comment-table", &texts), MediaType::Docx))
}

/// One's own comments: all, or those of one submission.
fn own(conn: &mut AnyConnection, account: AccountId, submission: &str) -> DbResult<Option<Vec<Comment>>> {
    if submission.is_empty() {
        return comments::kept_of_account(conn, account, MOST_OWN).map(Some);
    }
    let found = submissions::by_reference(conn, submission)?.filter(|found| found.account == account);
    found.map(|found| submissions::parts(conn, found.id)).transpose()
}

/// The rows of the table, and its header line.
fn rows(
    conn: &mut AnyConnection,
    now: Moment,
    comments: &[Comment],
    vocabulary: &Vocabulary,
) -> DbResult<(Head, Vec<Row>)> {
    let all = norms::norms(conn)?;
    let about: Vec<&Norm> = all.iter().filter(|norm| comments.iter().any(|it| it.norm_id == norm.id)).collect();
    let mut texts = Texts::new();
    let mut rows = Vec::with_capacity(comments.len());
    for (number, comment) in (1..).zip(comments) {
        let Some(norm) = about.iter().find(|norm| norm.id == comment.norm_id) else { continue };
        if !texts.iter().any(|(_, version)| version.id == comment.text_version_id) {
            texts.push(((*norm).clone(), norms::version(conn, comment.text_version_id)?));
        }
        let Some((_, version)) = texts.iter().find(|(_, version)| version.id == comment.text_version_id) else {
            continue;
        };
        // A file about one text names it in its header line; in one about several, each row has to.
        let whole = if about.len() == 1 { WHOLE.to_owned() } else { format!("{} {WHOLE}", norm.number) };
        rows.push(Row::of(comment, number, norm, version, &whole, vocabulary));
    }
    let head = prefill::head(&texts, norms::consultation(conn)?.as_ref(), now);
    Ok((head, rows))
}

async fn own_rows(ctx: &Ctx, vocabulary: web::Data<Vocabulary>) -> Result<(Head, Vec<Row>), PageError> {
    let (account, now) = (ctx.signed_in()?.id, ctx.now);
    let submission = ctx.query.get("submission").to_owned();
    let read = move |conn: &mut AnyConnection| {
        let Some(comments) = own(conn, account, &submission)? else { return Ok::<_, DbError>(None) };
        rows(conn, now, &comments, &vocabulary).map(Some)
    };
    ctx.site().db().read(read).await?.ok_or(PageError::NotFound)
}

/// `GET /my-comments/table.xlsx`
pub async fn own_xlsx(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    let (head, rows) = own_rows(&ctx, vocabulary).await?;
    Ok(file(iso::xlsx(&head, &rows).map_err(unwritten)?, "my-comments", MediaType::Xlsx))
}

/// `GET /my-comments/table.docx`
pub async fn own_docx(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    let (head, rows) = own_rows(&ctx, vocabulary).await?;
    let bytes = iso::docx(&head, &rows, ctx.viewer_name(), &rfc3339(ctx.now)).map_err(unwritten)?;
    Ok(file(bytes, "my-comments", MediaType::Docx))
}
