//! The first page: title, and the text as such or in a document.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::{Texts, kept, saving};
use crate::accounts::pages::sign_in_with;
use crate::comments::attachments::attach::may_attach_today;
use crate::comments::attachments::intake::digest;
use crate::comments::attachments::model::{Attachment, named};
use crate::comments::attachments::store as attachments;
use crate::comments::drafts::save::{self, SaveError};
use crate::db::AnyConnection;
use crate::files::{Files, MediaType, Reader};
use crate::ids::{AccountId, AttachmentId, DraftId};
use crate::papers::model::{Paper, Part};
use crate::papers::start::{self, Begun};
use crate::web::{Ctx, Fields, Form, Page, PageError, PostedFiles, Upload};

#[derive(Template)]
#[template(path = "papers/begin.html")]
struct BeginPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    most: u64,
}

fn page(ctx: &Ctx, form: Form) -> Page {
    let failed = form.failed();
    ctx.form_page(&BeginPage { ctx, form, most: ctx.site().config().files.most_mebibytes }, failed)
}

/// `GET /submissions/paper`
pub async fn begin_page(ctx: Ctx) -> Page {
    ctx.signed_in()?;
    let texts = Texts::read(&ctx).await?;
    if !texts.is_open() {
        return kept(&ctx, StatusCode::CONFLICT, "compose-shut-title", texts.shut(&ctx), &Paper::default());
    }
    page(&ctx, Form::filled(Fields::default().with("form_id", DraftId::new().to_string())))
}

/// `POST /submissions/paper`
pub async fn begin(form: PostedFiles, reader: web::Data<Reader>, files: web::Data<Files>) -> Page {
    let (posted, uploads) = (form.posted, form.files);
    let Some(account) = posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    };
    let genuine = posted.is_genuine();
    let (ctx, fields) = (posted.ctx, posted.fields);
    let texts = Texts::read(&ctx).await?;
    if !texts.is_open() {
        let typed = Part { text: fields.get("text").to_owned(), ..Part::default() };
        let paper = Paper { title: fields.get("title").to_owned(), parts: vec![typed], ..Paper::default() };
        return kept(&ctx, StatusCode::CONFLICT, "compose-shut-title", texts.shut(&ctx), &paper);
    }
    let id = DraftId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    if !genuine {
        let mut form = Form::filled(fields);
        form.error("title", ctx.t("papers-stale"));
        return page(&ctx, form);
    }
    if fields.get("go") == "edit" {
        return page(&ctx, Form::filled(fields));
    }
    let begun = match start::begin(&ctx, &reader, fields.clone(), uploads, &texts.norms).await? {
        Ok(begun) => begun,
        Err(form) => return page(&ctx, form),
    };
    match store(&ctx, &files, account, id, begun).await? {
        Ok(id) => ctx.to(&format!("/submissions/paper/{id}")),
        Err(message) => {
            let mut form = Form::filled(fields);
            form.error("text", ctx.t(message));
            page(&ctx, form)
        }
    }
}

/// Stores the draft and its document; the id it got. A form that began another paper before begins one more: neither is
/// lost.
async fn store(
    ctx: &Ctx,
    files: &Files,
    account: AccountId,
    id: DraftId,
    begun: Begun,
) -> Result<Result<DraftId, &'static str>, PageError> {
    let now = ctx.now;
    if begun.document.is_some() && !ctx.site().db().read(move |conn| may_attach_today(conn, now, account)).await? {
        return Ok(Err("attachments-none-today"));
    }
    let document = match begun.document {
        Some((kind, upload)) => Some(put(ctx, files, account, kind, upload).await?),
        None => None,
    };
    let mut id = id;
    let mut outcome = write(ctx, account, id, &begun.paper, document.clone()).await;
    if matches!(outcome, Err(SaveError::Changed(_) | SaveError::NotTheirs)) {
        id = DraftId::new();
        outcome = write(ctx, account, id, &begun.paper, document.clone()).await;
    }
    if let (Ok(false) | Err(_), Some(unused)) = (&outcome, &document)
        && let Err(error) = files.delete(unused.id).await
    {
        tracing::warn!(%error, "bytes that nothing refers to stay behind");
    }
    match outcome {
        Ok(_) => Ok(Ok(id)),
        Err(SaveError::TooMany) => Ok(Err("papers-too-many")),
        Err(SaveError::Changed(_) | SaveError::NotTheirs) => Err(PageError::Conflict),
        Err(SaveError::Database(error)) => Err(error.into()),
    }
}

/// Stores draft and attachment together; `false`: the document was there already, from the same form.
async fn write(
    ctx: &Ctx,
    account: AccountId,
    id: DraftId,
    paper: &Paper,
    document: Option<Attachment>,
) -> Result<bool, SaveError> {
    let (now, saving) = (ctx.now, saving(id, account, paper));
    let write = move |conn: &mut AnyConnection| {
        save::save(conn, now, saving, 0)?;
        let Some(document) = document else { return Ok(true) };
        let held = attachments::held_by(conn, id.as_bytes())?;
        if held.iter().any(|it| it.sha256 == document.sha256) {
            return Ok(false);
        }
        attachments::insert(conn, &Attachment { holder: id.as_bytes().to_vec(), ..document })?;
        Ok(true)
    };
    ctx.site().db().write(write).await
}

/// Stores the bytes of a document; the attachment that will hold them.
async fn put(
    ctx: &Ctx,
    files: &Files,
    account: AccountId,
    media_type: MediaType,
    upload: Upload,
) -> Result<Attachment, PageError> {
    let (id, mut file) = (AttachmentId::new(), upload.file);
    let size = i64::try_from(upload.size).unwrap_or(i64::MAX);
    let unstored = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a document could not be stored");
        PageError::Unavailable
    };
    let read = web::block(move || digest(&mut file).map(|sha256| (sha256, file))).await;
    let (sha256, file) = read.map_err(|error| unstored(&error))?.map_err(|error| unstored(&error))?;
    files.put(id, file).await.map_err(|error| unstored(&error))?;
    let name = named(&upload.name, media_type);
    let is_unscanned = ctx.site().config().files.clamd.is_some();
    let (holder, created_at) = (Vec::new(), ctx.now);
    Ok(Attachment { id, holder, account, name, media_type, size, sha256, created_at, is_unscanned })
}
