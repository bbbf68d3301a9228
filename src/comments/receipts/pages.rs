//! A receipt as a page and as one file: of a comment, or of a submission with all its comments.

use std::io;

use actix_web::web;
use askama::Template;
use tokio::runtime::Handle;

use super::file::{self, Contents};
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown::{self, Shown};
use crate::comments::attachments::store as attachments;
use crate::comments::model::Comment;
use crate::comments::own_pages::{self, Own};
use crate::comments::redline::Redline;
use crate::comments::submissions::model::Submission;
use crate::comments::submissions::store as submissions;
use crate::comments::submit::Stationery;
use crate::comments::summary::{self, Row};
use crate::db::{AnyConnection, DbResult};
use crate::files::{FileError, Files};
use crate::ids::AccountId;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::download::streamed;
use crate::web::{Ctx, Page, PageError};

#[derive(Template)]
#[template(path = "comments/receipt.html")]
struct ReceiptPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    is_author: bool,
    files: Vec<Shown>,
    rows: Vec<Row>,
    redline: Option<Redline>,
}

#[derive(Template)]
#[template(path = "comments/submission.html")]
struct SubmissionPage<'a> {
    ctx: &'a Ctx,
    submission: &'a Submission,
    files: Vec<Shown>,
    parts: Vec<ShownPart<'a>>,
}

struct ShownPart<'a> {
    comment: &'a Comment,
    rows: Vec<Row>,
}

/// A comment of a submission with the text it is about.
pub(super) struct Part {
    pub comment: Comment,
    norm: Norm,
    version: TextVersion,
}

/// What a receipt is of.
pub(super) enum Received {
    Comment(Box<Own>),
    Submission(Submission, Vec<Part>),
}

/// What the receipt with this reference is of and the files that came along, if `account` may see it: its author may, the
/// members of the organisation that it speaks for, and of a table with rows of others who entered it, while at the desk.
pub(super) fn load(
    conn: &mut AnyConnection,
    (account, is_staff): (AccountId, bool),
    reference: &str,
) -> DbResult<Option<(Received, Vec<Attachment>)>> {
    if let Some(own) = own_pages::load(conn, account, reference)? {
        let files = attachments::held_by(conn, own.comment.id.as_bytes())?;
        return Ok(Some((Received::Comment(Box::new(own)), files)));
    }
    let Some(submission) = submissions::by_reference(conn, reference)? else { return Ok(None) };
    let is_theirs = submission.account == account && (is_staff || !submissions::is_of_others(conn, &submission)?);
    if !is_theirs && !attachments::is_colleague_in(conn, account, submission.id)? {
        return Ok(None);
    }
    let mut parts = Vec::new();
    for comment in submissions::parts(conn, submission.id)? {
        let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
        parts.push(Part { comment, norm, version });
    }
    let files = attachments::held_by(conn, submission.id.as_bytes())?;
    Ok(Some((Received::Submission(submission, parts), files)))
}

/// `GET /receipts/{reference}`
pub async fn receipt(ctx: Ctx, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let viewer = ctx.signed_in().map(|it| (it.id, it.role.is_staff()))?;
    let found = ctx.site().db().read(move |conn| load(conn, viewer, &reference)).await?;
    match found.ok_or(PageError::NotFound)? {
        (Received::Comment(own), files) => {
            let (rows, redline) = (own.rows(&ctx, &vocabulary), own.comment.body.redline());
            ctx.page(&ReceiptPage {
                ctx: &ctx,
                comment: &own.comment,
                is_author: own.is_author,
                files: shown::shown(ctx.lang, &files),
                rows,
                redline,
            })
        }
        (Received::Submission(submission, parts), files) => {
            let shown = |part| shown(&ctx, &vocabulary, part);
            let parts = parts.iter().map(shown).collect();
            ctx.page(&SubmissionPage {
                ctx: &ctx,
                submission: &submission,
                files: shown::shown(ctx.lang, &files),
                parts,
            })
        }
    }
}

fn shown<'a>(ctx: &Ctx, vocabulary: &Vocabulary, part: &'a Part) -> ShownPart<'a> {
    let rows = summary::rows(ctx.lang, vocabulary, &part.norm, &part.version, &part.comment.body);
    ShownPart { comment: &part.comment, rows }
}

/// `GET /receipts/{reference}/file`
pub async fn whole(
    ctx: Ctx,
    reference: web::Path<String>,
    vocabulary: web::Data<Vocabulary>,
    files: web::Data<Files>,
) -> Page {
    let viewer = ctx.signed_in().map(|it| (it.id, it.role.is_staff()))?;
    let stationery = Stationery { origin: ctx.site().origin(), vocabulary: vocabulary.into_inner() };
    let asked = reference.into_inner();
    let found = ctx
        .site()
        .db()
        .read(move |conn| match load(conn, viewer, &asked)? {
            Some((received, files)) => Contents::of(conn, viewer.0, received, files, &stationery).map(Some),
            None => Ok(None),
        })
        .await?;
    let contents = found.ok_or(PageError::NotFound)?;
    let name = format!("{}.zip", contents.reference);
    let (folder, on, stored) = (ctx.site().config().data_dir.join("downloads"), Handle::current(), files);
    let packed = web::block(move || file::pack(&contents, &folder, &stored, &on)).await;
    let packed = packed.unwrap_or_else(|_| Err(io::Error::other("the packing ended early").into()));
    let (file, length) = packed.map_err(|error| unpacked(&error))?;
    Ok(streamed(file, length, &name, "application/zip"))
}

fn unpacked(error: &FileError) -> PageError {
    tracing::error!(%error, "a receipt's file could not be made");
    PageError::Unavailable
}
