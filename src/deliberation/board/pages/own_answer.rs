//! The answer that one comment gets where it is not that of the others under the issue.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::new::choices;
use super::{address, issue, version};
use crate::accounts::pages::sign_in_with;
use crate::comments;
use crate::comments::model::Comment;
use crate::comments::summary::{self, Row};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::form;
use crate::deliberation::board::gather::{self, GatherError};
use crate::deliberation::board::model::{Issue, OwnAnswer};
use crate::deliberation::board::store::members;
use crate::ids::IssueId;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "deliberation/own_answer.html")]
struct OwnAnswerPage<'a> {
    ctx: &'a Ctx,
    issue: &'a Issue,
    address: String,
    comment: &'a Comment,
    rows: Vec<Row>,
    form: &'a Form,
    dispositions: Vec<(&'a str, &'a str)>,
    /// What it gets now, in words; empty: the same as the others.
    now: String,
    own: &'a OwnAnswer,
    is_late: bool,
}

struct Data {
    comment: Comment,
    norm: Norm,
    version: TextVersion,
    own: OwnAnswer,
}

async fn loaded(ctx: &Ctx, issue: IssueId, reference: &str) -> Result<Data, PageError> {
    let reference = reference.to_owned();
    let read = move |conn: &mut AnyConnection| -> DbResult<Option<Data>> {
        let Some(comment) = comments::store::by_reference(conn, &reference)? else { return Ok(None) };
        let Some(own) = members::member(conn, issue, comment.id)? else { return Ok(None) };
        let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
        Ok(Some(Data { comment, norm, version, own }))
    };
    ctx.site().db().read(read).await?.ok_or(PageError::NotFound)
}

fn show(ctx: &Ctx, vocabulary: &Vocabulary, issue: &Issue, data: &Data, form: &Form, is_late: bool) -> Page {
    let status = match (is_late, form.failed()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let page = OwnAnswerPage {
        ctx,
        issue,
        address: address(issue.id),
        comment: &data.comment,
        rows: summary::rows(ctx.lang, vocabulary, &data.norm, &data.version, &data.comment.body),
        form,
        dispositions: choices(&vocabulary.dispositions),
        now: match data.own.disposition.as_str() {
            "" => String::new(),
            code => vocabulary.dispositions.label_or_code(code).to_owned(),
        },
        own: &data.own,
        is_late,
    };
    ctx.page_as(status, &page)
}

fn as_written(own: &OwnAnswer) -> Form {
    let fields = Fields::default()
        .with("disposition", &own.disposition)
        .with("response", &own.response)
        .with("version", own.version.to_string());
    Form::filled(fields)
}

/// `GET /secretariat/deliberation/issues/{id}/comments/{reference}`
pub async fn page(ctx: Ctx, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let it = issue(&ctx, &path.0).await?;
    let data = loaded(&ctx, it.id, &path.1).await?;
    show(&ctx, &vocabulary, &it, &data, &as_written(&data.own), false)
}

/// `POST /secretariat/deliberation/issues/{id}/comments/{reference}`
pub async fn answer(posted: Posted, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let it = issue(&ctx, &path.0).await?;
    let data = loaded(&ctx, it.id, &path.1).await?;
    let version = version(&fields)?;
    let (disposition, response) = match form::own_answer(&fields, &vocabulary, ctx.lang) {
        Ok(read) if fields.get("go") != "edit" => read,
        Ok(_) => return show(&ctx, &vocabulary, &it, &data, &Form::filled(fields), false),
        Err(form) => return show(&ctx, &vocabulary, &it, &data, &form, false),
    };
    let (now, issue, comment) = (ctx.now, it.id, data.comment.clone());
    let write = move |conn: &mut AnyConnection| {
        gather::answer(conn, now, by, (issue, &comment, version), (&disposition, &response))
    };
    match ctx.site().db().write(write).await {
        Ok(true) => ctx.to_with(&address(it.id), "flash-board-answered"),
        Ok(false) | Err(GatherError::NotOpen) => {
            let (it, data) = (super::issue(&ctx, &path.0).await?, loaded(&ctx, issue, &path.1).await?);
            let form = Form::filled(fields.with("version", data.own.version.to_string()));
            show(&ctx, &vocabulary, &it, &data, &form, true)
        }
        Err(GatherError::Db(error)) => Err(error.into()),
    }
}
