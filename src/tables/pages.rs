//! The page of comment tables: what they are, where to get one, where to send it.

use std::fs::File;

use actix_web::web;
use askama::Template;

use super::columns::{Column, Purpose};
use super::keep::{self, KeepError, Keeping};
use super::model::Table;
use super::read::{MOST_ANSWERS, Read, ReadError};
use crate::comments::attachments::attach::may_attach_today;
use crate::comments::attachments::intake::digest;
use crate::comments::drafts::save::SaveError;
use crate::comments::not_taken::shut_words;
use crate::comments::submissions::model::MOST_PARTS;
use crate::comments::submissions::store as submissions;
use crate::db::{AnyConnection, DbError};
use crate::files::{Files, Reader};
use crate::ids::{DraftId, SubmissionId};
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::web::{Ctx, Fields, Form, Page, PageError, PostedFiles, Upload};

/// Where the form is.
pub const HERE: &str = "/submissions/table";

#[derive(Template)]
#[template(path = "tables/table.html")]
struct TablePage<'a> {
    ctx: &'a Ctx,
    form: Form,
    norms: Vec<Norm>,
    /// Why no table is taken now; empty if one is.
    shut: String,
    most_mebibytes: u64,
}

/// What of a consultation the page shows.
async fn around(ctx: &Ctx) -> Result<(Vec<Norm>, String), PageError> {
    let read = |conn: &mut AnyConnection| Ok::<_, DbError>((norms::norms(conn)?, norms::consultation(conn)?));
    let (norms, consultation) = ctx.site().db().read(read).await?;
    let consultation = consultation.ok_or(PageError::NotFound)?;
    Ok((norms, shut_words(ctx, consultation.window(ctx.now))))
}

async fn show_form(ctx: &Ctx, form: Form) -> Page {
    let (norms, shut) = around(ctx).await?;
    let most_mebibytes = ctx.site().config().files.most_mebibytes;
    let failed = form.failed();
    ctx.form_page(&TablePage { ctx, form, norms, shut, most_mebibytes }, failed)
}

fn fresh() -> Fields {
    Fields::default().with("form_id", DraftId::new().to_string()).with("version", "0")
}

/// `GET /submissions/table`
pub async fn show(ctx: Ctx) -> Page {
    ctx.signed_in()?;
    show_form(&ctx, Form::filled(fresh())).await
}

/// `POST /submissions/table`
pub async fn upload(posted: PostedFiles, reader: web::Data<Reader>, files: web::Data<Files>) -> Page {
    let PostedFiles { posted, files: uploads, .. } = posted;
    if posted.ctx.viewer.is_none() {
        return Err(PageError::SignIn(HERE.to_owned()));
    }
    let (ctx, fields) = posted.checked()?;
    let account = ctx.signed_in()?.id;
    let again = Fields::default().with("form_id", fields.get("form_id")).with("version", fields.get("version"));
    let id = DraftId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let expected = fields.get("version").parse::<i64>().map_err(|_| PageError::BadRequest)?;
    let now = ctx.now;
    if !ctx.site().db().read(move |conn| may_attach_today(conn, now, account)).await? {
        return failed(&ctx, again, ctx.t("attachments-none-today")).await;
    }
    let (read, came) = match taken(&ctx, &reader, uploads, Purpose::Comments).await? {
        Ok(taken) => taken,
        Err(message) => return failed(&ctx, again, message).await,
    };
    let (media_type, sha256) = (read.media_type, came.sha256.clone());
    let table = kept(read, came.name, came.sha256);
    // A form that was sent before makes another table, not another version of what was sent.
    let used = SubmissionId::from_bytes(id.as_bytes());
    let used = ctx.site().db().read(move |conn| used.map_or(Ok(None), |used| submissions::by_id(conn, used))).await?;
    let (id, expected) = if used.is_some() { (DraftId::new(), 0) } else { (id, expected) };
    let is_unscanned = ctx.site().config().files.clamd.is_some();
    let (file, size) = (came.file, came.size);
    let keeping = Keeping { id, expected, account, table, media_type, file, size, is_unscanned };
    let preview = format!("{HERE}/{id}");
    match keep::keep(ctx.site().db(), &files, ctx.now, keeping).await {
        Ok(()) => ctx.to(&preview),
        // The same file sent twice by one form: the first is there already.
        Err(KeepError::Draft(SaveError::Changed(known))) if known.content.contains(&sha256) => ctx.to(&preview),
        Err(KeepError::Draft(SaveError::Changed(_))) => Err(PageError::Conflict),
        Err(KeepError::Draft(SaveError::NotTheirs)) => Err(PageError::NotFound),
        Err(KeepError::Draft(SaveError::TooMany)) => failed(&ctx, again, ctx.t("table-too-many-drafts")).await,
        Err(KeepError::Draft(SaveError::Database(error)) | KeepError::Database(error)) => Err(error.into()),
        Err(KeepError::File(error)) => {
            tracing::error!(%error, "a comment table could not be stored");
            Err(PageError::Unavailable)
        }
    }
}

async fn failed(ctx: &Ctx, fields: Fields, message: String) -> Page {
    let mut form = Form::filled(fields);
    form.error("table", message);
    show_form(ctx, form).await
}

/// A file that was read.
pub struct Came {
    /// Its bytes.
    pub file: File,
    /// What its sender called it.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The rows of the file that was sent and the file, or what is wrong with it.
pub async fn taken(
    ctx: &Ctx,
    reader: &Reader,
    uploads: Vec<Upload>,
    purpose: Purpose,
) -> Result<Result<(Read, Came), String>, PageError> {
    let Some(upload) = uploads.into_iter().find(|upload| upload.field == "table") else {
        return Ok(Err(ctx.t("table-no-file")));
    };
    if upload.is_too_large {
        let most = ctx.site().config().files.most_mebibytes;
        return Ok(Err(ctx.t1("table-file-too-large", "most", most)));
    }
    match read_all(reader, upload, purpose).await {
        Ok(answer) => Ok(answer.map_err(|error| message(ctx, &error, purpose))),
        Err(why) => {
            tracing::warn!(why, "a comment table could not be read");
            Err(PageError::Unavailable)
        }
    }
}

/// The rows, read by a process of its own. Fails if that can't be started now.
async fn read_all(
    reader: &Reader,
    upload: Upload,
    purpose: Purpose,
) -> Result<Result<(Read, Came), ReadError>, String> {
    let Upload { mut file, name, size, .. } = upload;
    let copy = file.try_clone().map_err(|error| error.to_string())?;
    // What stands behind the two dashes is no option, whatever a file is called.
    let arguments = vec!["read-table".to_owned(), "--".to_owned(), purpose.to_string(), name.clone()];
    let answer = reader.run(arguments, copy).await.map_err(|it| it.to_string())?;
    let sha256 = web::block(move || digest(&mut file).map(|sha256| (sha256, file))).await;
    let (sha256, file) = sha256.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    // A process that died over a table, or had to be ended, says nothing: more was in it than a table holds.
    let read: Result<Read, ReadError> = serde_json::from_slice(&answer).unwrap_or(Err(ReadError::TooLarge));
    Ok(read.map(|found| (found, Came { file, name, size, sha256 })))
}

fn kept(read: Read, file: String, sha256: String) -> Table {
    Table {
        file,
        sha256,
        is_own: read.layout == super::columns::Layout::Own,
        about: read.about,
        unread: read.unread,
        skipped: read.skipped,
        by_position: read.by_position,
        rows: read.rows,
    }
}

/// What to say of a file that can't be read.
fn message(ctx: &Ctx, error: &ReadError, purpose: Purpose) -> String {
    let is_of_comments = purpose == Purpose::Comments;
    match error {
        ReadError::NoTable(_) if !is_of_comments => ctx.t("observations-no-headings"),
        ReadError::TooManyRows if !is_of_comments => ctx.t1("observations-too-many-rows", "most", MOST_ANSWERS),
        ReadError::Empty if !is_of_comments => ctx.t("observations-empty"),
        ReadError::Kind(message) => ctx.t(message),
        ReadError::TooLarge => ctx.t("table-too-large"),
        ReadError::Broken(_) | ReadError::Io(_) => ctx.t("table-broken"),
        ReadError::NoTable(seen) if seen.is_empty() => ctx.t("table-no-headings"),
        ReadError::NoTable(seen) => ctx.t1("table-no-headings-but", "seen", seen.join("; ")),
        ReadError::Missing(layout, columns) => {
            let names = columns.iter().map(|column: &Column| layout.heading(*column, ctx.lang));
            let names: Vec<String> = names.map(|name| format!("\u{201c}{name}\u{201d}")).collect();
            ctx.t1("table-columns-missing", "columns", names.join(", "))
        }
        ReadError::Unclosed(row) => ctx.t1("table-unclosed", "row", row),
        ReadError::TooManyRows => ctx.t1("table-too-many-rows", "most", MOST_PARTS),
        ReadError::Empty => ctx.t("table-empty"),
    }
}
