//! The code book, one code with what carries it, and the codes of one comment.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::change::{self, AddError};
use super::model::{Code, MOST};
use super::{form, store, tag};
use crate::accounts::pages::sign_in_with;
use crate::comments;
use crate::comments::model::Comment;
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::deliberation::board::pages::rows::{Beside, Row, rows};
use crate::deliberation::board::pages::{PATH, address};
use crate::deliberation::board::store::members;
use crate::ids::{CommentId, IssueId};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "deliberation/codes.html")]
struct CodesPage<'a> {
    ctx: &'a Ctx,
    codes: Vec<Code>,
    form: Form,
}

#[derive(Template)]
#[template(path = "deliberation/code.html")]
struct CodePage<'a> {
    ctx: &'a Ctx,
    it: &'a Code,
    form: Form,
    is_late: bool,
    rows: Vec<Row>,
    first_page: String,
    next_page: String,
}

#[derive(Template)]
#[template(path = "deliberation/coding.html")]
struct CodingPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    /// Codes that can be put on it or are on it, and whether they are.
    codes: Vec<(Code, bool)>,
    /// The codes on it as shown, for what is taken off.
    shown: String,
    issues: Vec<Under>,
}

/// An issue that a comment is under.
struct Under {
    address: String,
    norm: String,
    number: i32,
    statement: String,
}

async fn show_book(ctx: &Ctx, form: Form) -> Page {
    let codes = ctx.site().db().read(store::all).await?;
    let failed = form.failed();
    ctx.form_page(&CodesPage { ctx, codes, form }, failed)
}

/// `GET /secretariat/deliberation/codes`
pub async fn book(ctx: Ctx) -> Page {
    ctx.staff()?;
    show_book(&ctx, Form::default()).await
}

/// `POST /secretariat/deliberation/codes`
pub async fn add(posted: Posted) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let (code, words) = match form::new(&fields, ctx.lang) {
        Ok(read) if fields.get("go") != "edit" => read,
        Ok(_) => return show_book(&ctx, Form::filled(fields)).await,
        Err(form) => return show_book(&ctx, form).await,
    };
    let now = ctx.now;
    let wrong = match ctx.site().db().write(move |conn| change::add(conn, now, by, &code, &words)).await {
        Ok(()) => return ctx.to_with(&format!("{PATH}/codes"), "flash-coding-added"),
        Err(AddError::There | AddError::Db(DbError::Taken(_))) => ctx.t("coding-code-there"),
        Err(AddError::Full) => ctx.t1("coding-full", "most", MOST),
        Err(AddError::Db(error)) => return Err(error.into()),
    };
    let mut form = Form::filled(fields);
    form.error("code", wrong);
    show_book(&ctx, form).await
}

async fn code(ctx: &Ctx, name: &str) -> Result<Code, PageError> {
    let name = name.to_owned();
    let found = ctx.site().db().read(move |conn: &mut AnyConnection| store::by_code(conn, &name)).await?;
    found.ok_or(PageError::NotFound)
}

async fn show_code(ctx: &Ctx, vocabulary: &Vocabulary, it: &Code, form: Form, is_late: bool) -> Page {
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let name = it.code.clone();
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let mut found = store::comments_of(conn, &name, after)?;
        let next = paging::cut(&mut found, |(at, comment)| Cursor { at: *at, id: comment.id });
        let comments: Vec<Comment> = found.into_iter().map(|(_, comment)| comment).collect();
        Ok((Beside::read(conn, &comments)?, comments, next))
    };
    let (beside, comments, next) = ctx.site().db().read(read).await?;
    let own = format!("{PATH}/codes/{}", it.code);
    let status = match (is_late, form.failed()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let page = CodePage {
        ctx,
        it,
        form,
        is_late,
        rows: rows(ctx, vocabulary, &comments, &beside),
        first_page: after.map(|_| own.clone()).unwrap_or_default(),
        next_page: next.map(|cursor| format!("{own}?after={}", cursor.encode())).unwrap_or_default(),
    };
    ctx.page_as(status, &page)
}

/// `GET /secretariat/deliberation/codes/{id}`
pub async fn show(ctx: Ctx, name: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let it = code(&ctx, &name).await?;
    let fields = Fields::default()
        .with("label", &it.label)
        .with("description", &it.description)
        .with("version", it.version.to_string());
    show_code(&ctx, &vocabulary, &it, Form::filled(fields), false).await
}

/// `POST /secretariat/deliberation/codes/{id}`: other words, retiring, taking into use again.
pub async fn alter(posted: Posted, name: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let it = code(&ctx, &name).await?;
    let version: i64 = fields.get("version").parse().map_err(|_| PageError::BadRequest)?;
    let words = match form::words(&fields, ctx.lang) {
        Ok(words) if fields.get("go") != "edit" => words,
        Ok(_) => return show_code(&ctx, &vocabulary, &it, Form::filled(fields), false).await,
        Err(form) => return show_code(&ctx, &vocabulary, &it, form, false).await,
    };
    let is_retired = match fields.get("go") {
        "retire" => true,
        "revive" => false,
        _ => it.is_retired,
    };
    let (now, name) = (ctx.now, it.code.clone());
    let write = move |conn: &mut _| change::change(conn, now, by, (&name, version), (&words, is_retired));
    if ctx.site().db().write(write).await? {
        return ctx.to_with(&format!("{PATH}/codes"), "flash-coding-changed");
    }
    let it = code(&ctx, &it.code).await?;
    let form = Form::filled(fields.with("version", it.version.to_string()));
    show_code(&ctx, &vocabulary, &it, form, true).await
}

async fn comment(ctx: &Ctx, reference: &str) -> Result<Comment, PageError> {
    let reference = Reference::parse(reference).map_err(|_| PageError::NotFound)?;
    let read = move |conn: &mut AnyConnection| comments::store::by_reference(conn, reference.as_str());
    ctx.site().db().read(read).await?.ok_or(PageError::NotFound)
}

/// `GET /secretariat/comments/{reference}/coding`
pub async fn of_comment(ctx: Ctx, reference: web::Path<String>) -> Page {
    ctx.staff()?;
    let comment = comment(&ctx, &reference).await?;
    let id = comment.id;
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        Ok((store::all(conn)?, store::of_comments(conn, &[id])?, members::issues_of(conn, id)?, norms::norms(conn)?))
    };
    let (all, on_it, issues, norms) = ctx.site().db().read(read).await?;
    let is_on = |code: &Code| on_it.iter().any(|(_, name, _)| *name == code.code);
    let under = |(issue, norm, number, statement): (IssueId, _, i32, String)| Under {
        address: address(issue),
        norm: norms.iter().find(|it| it.id == norm).map(|it| it.title.clone()).unwrap_or_default(),
        number,
        statement,
    };
    ctx.page(&CodingPage {
        ctx: &ctx,
        comment: &comment,
        shown: on_it.iter().map(|(_, name, _)| name.as_str()).collect::<Vec<_>>().join(" "),
        codes: all
            .into_iter()
            .map(|code| {
                let on = is_on(&code);
                (code, on)
            })
            .filter(|(code, on)| *on || !code.is_retired)
            .collect(),
        issues: issues.into_iter().map(under).collect(),
    })
}

/// `POST /secretariat/comments/{reference}/coding`: what was ticked is put on, what was shown as on it and is not ticked is
/// taken off; what somebody else put on it meanwhile stays.
pub async fn code_comment(mut posted: Posted, reference: web::Path<String>) -> Page {
    let boxes = std::mem::take(&mut posted.boxes);
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let comment = comment(&ctx, &reference).await?;
    if boxes.len() > MOST {
        return Err(PageError::BadRequest);
    }
    let shown: Vec<String> = fields.get("shown").split_whitespace().take(MOST).map(str::to_owned).collect();
    let (now, id) = (ctx.now, comment.id);
    let write = move |conn: &mut AnyConnection| -> DbResult<()> {
        let mut all: Vec<&String> = shown.iter().chain(&boxes).collect();
        // Everybody takes codes in the same order.
        all.sort_unstable();
        all.dedup();
        for code in all {
            match (shown.contains(code), boxes.contains(code)) {
                (false, true) => drop(tag::put(conn, now, by, code, &[id])?),
                (true, false) => drop(tag::take(conn, now, by, code, &[id])?),
                _ => {}
            }
        }
        Ok(())
    };
    ctx.site().db().write(write).await?;
    ctx.to_with(&format!("/secretariat/comments/{}/coding", comment.reference), "flash-coding-put")
}
