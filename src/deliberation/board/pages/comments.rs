//! Comments for an issue: suggested by what it is about, found by words, left under none, or by their references; put under
//! it and taken from it, up to a hundred at a time.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use url::form_urlencoded::Serializer;

use super::rows::{Beside, Row, rows};
use super::shown::{Around, Shown, shown};
use super::{address, flash, issue, ticked};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::find::{self, Found, How};
use crate::deliberation::board::form;
use crate::deliberation::board::gather::{self, GatherError};
use crate::deliberation::board::model::{Gathered, Issue, MOST, in_order};
use crate::deliberation::board::store::{left, members};
use crate::ids::CommentId;
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "deliberation/comments.html")]
struct CommentsPage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    issue: &'a Shown,
    form: Form,
    /// Whether the issue had ceased to be a draft when references were pasted.
    is_late: bool,
    /// The ways to look: address, words, whether it is this one.
    ways: Vec<(String, String, bool)>,
    how: How,
    words: &'a str,
    rows: Vec<Row>,
    is_cut: bool,
    first_page: String,
    next_page: String,
}

impl CommentsPage<'_> {
    fn is_search(&self) -> bool {
        self.how == How::Search
    }

    /// Whether there is a box to tick.
    fn has_boxes(&self) -> bool {
        self.rows.iter().any(|row| !row.is_here)
    }
}

/// The address of a list, from `after` on.
fn list(issue: &Issue, how: How, words: &str, after: &str) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("how", how.as_str());
    for (name, value) in [("q", words), ("after", after)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("{}/comments?{}", address(issue.id), query.finish())
}

/// What the page is made of, as read.
struct Data {
    norm: Norm,
    around: Around,
    found: Found,
    here: Vec<CommentId>,
    beside: Beside,
}

fn read(conn: &mut AnyConnection, it: &Issue, how: How, words: &str, after: &str) -> DbResult<Option<Data>> {
    let Some(found) = find::page(conn, it, how, words, after)? else { return Ok(None) };
    let ids: Vec<CommentId> = found.comments.iter().map(|comment| comment.id).collect();
    Ok(Some(Data {
        norm: norms::norm(conn, it.norm)?,
        around: Around::read(conn, std::slice::from_ref(it))?,
        here: members::among(conn, it.id, &ids)?,
        beside: Beside::read(conn, &found.comments)?,
        found,
    }))
}

async fn show(ctx: &Ctx, vocabulary: &Vocabulary, it: Issue, form: Form, is_late: bool) -> Page {
    let how = How::parse(ctx.query.get("how")).unwrap_or(How::About);
    let (words, after) = (ctx.query.get("q").to_owned(), ctx.query.get("after").to_owned());
    let (asked, wanted, from) = (it.clone(), words.clone(), after.clone());
    let data = ctx.site().db().read(move |conn| read(conn, &asked, how, &wanted, &from)).await?;
    let data = data.ok_or(PageError::BadRequest)?;
    let mut rows = rows(ctx, vocabulary, &data.found.comments, &data.beside);
    for row in &mut rows {
        row.is_here = data.here.contains(&row.id);
    }
    let status = match (is_late, form.failed()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let way = |one: &How| (list(&it, *one, "", ""), ctx.t(format!("board-how-{one}")), *one == how);
    let page = CommentsPage {
        ctx,
        norm: &data.norm,
        form,
        is_late,
        ways: How::ALL.iter().map(way).collect(),
        how,
        words: &words,
        rows,
        is_cut: data.found.is_cut,
        first_page: if after.is_empty() { String::new() } else { list(&it, how, &words, "") },
        next_page: match data.found.next.as_str() {
            "" => String::new(),
            next => list(&it, how, &words, next),
        },
        issue: &shown(ctx, vocabulary, &data.norm, it, &data.around),
    };
    ctx.page_as(status, &page)
}

/// `GET /secretariat/deliberation/issues/{id}/comments`
pub async fn page(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let it = issue(&ctx, &id).await?;
    show(&ctx, &vocabulary, it, Form::default(), false).await
}

/// The comments that were pasted, or the form with what is wrong.
async fn pasted(ctx: &Ctx, fields: &Fields) -> Result<Result<Vec<CommentId>, Form>, PageError> {
    let (references, wrong) = form::references(fields.get("references"));
    let mut form = Form::filled(fields.clone());
    if !wrong.is_empty() {
        form.error("references", ctx.t1("board-references-wrong", "words", wrong.join(", ")));
    } else if references.is_empty() {
        form.error("references", ctx.t("board-references-missing"));
    } else if references.len() > MOST {
        form.error("references", ctx.t1("board-too-many", "most", MOST));
    }
    if form.failed() {
        return Ok(Err(form));
    }
    let asked: Vec<String> = references.iter().map(ToString::to_string).collect();
    let wanted = asked.clone();
    let found = ctx.site().db().read(move |conn: &mut AnyConnection| left::by_references(conn, &wanted)).await?;
    let unknown: Vec<&str> =
        asked.iter().filter(|it| !found.iter().any(|(known, _)| known == *it)).map(String::as_str).collect();
    if !unknown.is_empty() {
        form.error("references", ctx.t1("board-references-unknown", "words", unknown.join(", ")));
        return Ok(Err(form));
    }
    Ok(Ok(found.into_iter().map(|(_, id)| id).collect()))
}

/// `POST /secretariat/deliberation/issues/{id}/comments`
pub async fn gather(mut posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let boxes = std::mem::take(&mut posted.boxes);
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let it = issue(&ctx, &id).await?;
    let comments = match fields.get("go") {
        "paste" => match pasted(&ctx, &fields).await? {
            Ok(comments) => comments,
            Err(form) => return show(&ctx, &vocabulary, it, form, false).await,
        },
        "put" | "take" => ticked(&boxes)?,
        _ => return Err(PageError::BadRequest),
    };
    let back = back(&it, &fields);
    let comments = in_order(comments);
    if comments.is_empty() {
        return ctx.to_with(&back, "flash-board-none-ticked");
    }
    if comments.len() > MOST {
        return Err(PageError::BadRequest);
    }
    let (now, issue) = (ctx.now, it.id);
    let is_put = fields.get("go") != "take";
    let write = move |conn: &mut AnyConnection| -> Result<Gathered, GatherError> {
        if is_put { gather::put(conn, now, by, issue, comments) } else { gather::take(conn, now, by, issue, comments) }
    };
    let gathered = match ctx.site().db().write(write).await {
        Ok(gathered) => gathered,
        Err(GatherError::NotOpen) if fields.get("go") == "paste" => {
            let it = super::issue(&ctx, &id).await?;
            return show(&ctx, &vocabulary, it, Form::filled(fields), true).await;
        }
        Err(GatherError::NotOpen) => return Err(PageError::Conflict),
        Err(GatherError::Db(error)) => return Err(error.into()),
    };
    let words = if is_put {
        flash(gathered, "flash-board-put", "flash-board-put-some", "flash-board-put-none")
    } else {
        flash(gathered, "flash-board-taken", "flash-board-taken-some", "flash-board-taken-none")
    };
    ctx.to_with(&back, words)
}

/// The list that the form stood under, or the issue.
fn back(it: &Issue, fields: &Fields) -> String {
    match How::parse(fields.get("how")) {
        Some(how) if fields.get("go") == "put" => list(it, how, fields.get("q"), ""),
        _ => address(it.id),
    }
}
