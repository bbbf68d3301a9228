//! Giving files out: to whom, and as what a browser saves and never shows.

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::model::Attachment;
use super::store;
use crate::clock::Moment;
use crate::comments::redaction::store as redaction;
use crate::comments::store as comments;
use crate::comments::{drafts, submissions};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::files::{FileError, Files};
use crate::ids::{AttachmentId, CommentId, DraftId, SubmissionId};
use crate::web::{Ctx, Page, PageError, Viewer};

/// Who may have a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Everyone,
    ThisViewer,
    Nobody,
}

#[derive(Template)]
#[template(path = "comments/unscanned.html")]
struct UnscannedPage<'a> {
    ctx: &'a Ctx,
    name: &'a str,
}

/// Opened by mistake in a browser, a file can do nothing.
const POLICY: &str =
    "sandbox; default-src 'none'; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// `GET /attachments/{id}`: 404 for everybody who may not have it, as for none.
pub async fn download(ctx: Ctx, request: HttpRequest, id: web::Path<String>, files: web::Data<Files>) -> Page {
    let id = AttachmentId::parse(&id).ok_or(PageError::NotFound)?;
    let (now, viewer) = (ctx.now, ctx.viewer.clone());
    let found = ctx.site().db().read(move |conn| {
        let Some(it) = store::by_id(conn, id)? else { return Ok::<_, DbError>(None) };
        Ok(Some((access(conn, now, viewer.as_ref(), &it)?, it)))
    });
    match found.await? {
        None | Some((Access::Nobody, _)) => Err(PageError::NotFound),
        Some((_, it)) if it.is_unscanned => unscanned(&ctx, &it),
        Some((access, it)) => send(&request, &files, &it, access == Access::Everyone).await,
    }
}

/// The page in place of a file that nobody has looked through yet.
fn unscanned(ctx: &Ctx, it: &Attachment) -> Page {
    let mut answer = ctx.page_as(StatusCode::SERVICE_UNAVAILABLE, &UnscannedPage { ctx, name: &it.name })?;
    let headers = answer.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Who may have `it`, `viewer` being who asks: the one rule for every way out.
fn access(conn: &mut AnyConnection, now: Moment, viewer: Option<&Viewer>, it: &Attachment) -> DbResult<Access> {
    let comment = match CommentId::from_bytes(&it.holder) {
        Some(id) => comments::by_id(conn, id)?,
        None => None,
    };
    if let Some(comment) = &comment
        && it.is_public(comment, redaction::cleared(conn, std::slice::from_ref(it))?.contains(&it.id))
    {
        return Ok(Access::Everyone);
    }
    let Some(viewer) = viewer else { return Ok(Access::Nobody) };
    // What was entered for somebody else is not theirs who entered it, when they have left the desk.
    let mut is_own = it.account == viewer.id;
    let may = if let Some(comment) = comment {
        is_own &= comment.channel.is_none();
        comment.author.account == viewer.id
            || viewer.role.is_staff()
            || store::is_colleague(conn, viewer.id, comment.id)?
    } else if let Some(id) = SubmissionId::from_bytes(&it.holder)
        && let Some(submission) = submissions::store::by_id(conn, id)?
    {
        let is_of_others = submissions::store::is_of_others(conn, &submission)?;
        is_own &= !is_of_others;
        (submission.account == viewer.id && !is_of_others)
            || viewer.role.is_staff()
            || store::is_colleague_in(conn, viewer.id, submission.id)?
    } else if let Some(id) = DraftId::from_bytes(&it.holder) {
        drafts::store::open_to(conn, now, viewer.id, id)?.is_some()
    } else {
        false
    };
    Ok(if may || is_own { Access::ThisViewer } else { Access::Nobody })
}

async fn send(request: &HttpRequest, files: &Files, it: &Attachment, is_public: bool) -> Page {
    let tag = format!("\"{}\"", it.sha256);
    let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == tag.as_bytes());
    let mut answer = if is_public && known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    // No policy is added to one that is there; the rest of the headers comes from the shell.
    answer.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    if is_public {
        answer.insert_header((header::CACHE_CONTROL, "no-cache")).insert_header((header::ETAG, tag));
        if known {
            return Ok(answer.finish());
        }
    } else {
        answer.insert_header((header::CACHE_CONTROL, "private, no-store"));
    }
    let bytes = match files.get(it.id).await {
        Ok(bytes) => bytes,
        Err(FileError::Missing) => {
            tracing::error!(id = %it.id, "a file has a row but no bytes");
            return Err(PageError::Gone);
        }
        Err(error) => {
            tracing::warn!(%error, "a file could not be read");
            return Err(PageError::Unavailable);
        }
    };
    answer
        .insert_header((header::CONTENT_TYPE, it.media_type.content_type()))
        // It goes out as it is, whatever a browser would unpack.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&it.name)));
    Ok(answer.body(SizedStream::new(u64::try_from(it.size).unwrap_or_default(), bytes)))
}

/// What RFC 5987 lets stand as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// RFC 6266: a name for old browsers in plain letters, and the real one.
fn disposition(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -._()".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_gets_out_of_its_header() {
        assert_eq!(disposition("a (1).pdf"), "attachment; filename=\"a (1).pdf\"; filename*=UTF-8''a%20%281%29.pdf");
        assert_eq!(
            disposition("\u{e9}\"; x=\r\n.pdf"),
            "attachment; filename=\"___ x___.pdf\"; filename*=UTF-8''%C3%A9%22%3B%20x%3D%0D%0A.pdf"
        );
    }
}
