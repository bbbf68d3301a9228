//! An author reads the decision on their comment and says once whether it satisfies them.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::form;
use super::satisfy::{self, SatisfyError};
use super::store::{self, Said};
use crate::accounts::pages::sign_in_with;
use crate::comments;
use crate::comments::considered::model::Considered;
use crate::comments::considered::store as considered;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::IssueId;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "deliberation/answer.html")]
struct AnswerPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    it: &'a Considered,
    disposition: &'a str,
    /// What they said before.
    said: Option<Said>,
    /// Whether they have just tried to say it again.
    is_late: bool,
    form: Form,
}

struct Own {
    comment: Comment,
    it: Considered,
    said: Option<Said>,
}

/// The decision under this issue on a comment of whoever is signed in; 404 for everybody else, as for none.
async fn own(ctx: &Ctx, path: &(String, String)) -> Result<Own, PageError> {
    let account = ctx.signed_in()?.id;
    let issue = IssueId::parse(&path.1).ok_or(PageError::NotFound)?;
    let reference = path.0.clone();
    let read = move |conn: &mut AnyConnection| -> DbResult<Option<Own>> {
        let found = comments::store::by_reference(conn, &reference)?;
        let Some(comment) = found.filter(|it| it.author.account == account) else { return Ok(None) };
        let decided = considered::of_comment(conn, comment.id)?;
        let Some(it) = decided.into_iter().find(|it| it.issue == issue) else { return Ok(None) };
        Ok(Some(Own { said: store::said(conn, issue, comment.id)?, comment, it }))
    };
    ctx.site().db().read(read).await?.ok_or(PageError::NotFound)
}

fn show(ctx: &Ctx, vocabulary: &Vocabulary, own: Own, form: Form, is_late: bool) -> Page {
    let status = match (is_late, form.failed()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let page = AnswerPage {
        ctx,
        comment: &own.comment,
        disposition: vocabulary.dispositions.label_or_code(&own.it.disposition),
        it: &own.it,
        said: own.said,
        is_late,
        form,
    };
    ctx.page_as(status, &page)
}

/// `GET /my-comments/{reference}/issues/{id}/answer`
pub async fn page(ctx: Ctx, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    let own = own(&ctx, &path).await?;
    show(&ctx, &vocabulary, own, Form::default(), false)
}

/// `POST /my-comments/{reference}/issues/{id}/answer`
pub async fn answer(posted: Posted, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let it = own(&ctx, &path).await?;
    if it.said.is_some() {
        return show(&ctx, &vocabulary, it, Form::filled(fields), true);
    }
    let (is_satisfied, remark) = match form::satisfaction(&fields, ctx.lang) {
        Ok(said) if fields.get("go") != "edit" => said,
        Ok(_) => return show(&ctx, &vocabulary, it, Form::filled(fields), false),
        Err(form) => return show(&ctx, &vocabulary, it, form, false),
    };
    let (comment, issue) = (it.comment.clone(), it.it.issue);
    let said = Said { is_satisfied, remark, at: ctx.now };
    match ctx.site().db().write(move |conn| satisfy::satisfy(conn, &comment, issue, &said)).await {
        Ok(()) => ctx.to_with(&format!("/my-comments/{}", it.comment.reference), "flash-answer-said"),
        Err(SatisfyError::Before | SatisfyError::Db(DbError::Taken(_))) => {
            let it = own(&ctx, &path).await?;
            show(&ctx, &vocabulary, it, Form::filled(fields), true)
        }
        Err(SatisfyError::Db(error)) => Err(error.into()),
    }
}
