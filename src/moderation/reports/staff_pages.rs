//! The desk's list of reports of both sorts, and the page on which those about one comment are answered.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::model::{Answer, Case, Report};
use super::{answer, form, store};
use crate::comments;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{NameReportId, ReportCaseId};
use crate::moderation::name_reports::model::NameReport;
use crate::moderation::name_reports::store as name_reports;
use crate::moderation::pages::answers::{Answer as Said, every_answer};
use crate::moderation::pages::state_name;
use crate::norms;
use crate::norms::model::Norm;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Form, Page, PageError, Posted};

/// Where the desk's list is.
pub const PATH: &str = "/secretariat/reports";

#[derive(Template)]
#[template(path = "moderation/reports.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    items: Vec<Item>,
    is_answered: bool,
    open: i64,
    first_page: String,
    next_page: String,
}

/// A row: all reports about one comment, or word that a name was used.
struct Item {
    cursor: Cursor<ReportCaseId>,
    address: String,
    title: String,
    is_name_report: bool,
    /// What is wrong, in words.
    what: String,
    count: i32,
}

#[derive(Template)]
#[template(path = "moderation/report_case.html")]
struct CasePage<'a> {
    ctx: &'a Ctx,
    case: &'a Case,
    reports: Vec<Shown<'a>>,
    comment: &'a Comment,
    state: &'static str,
    norm: &'a Norm,
    says: Vec<Said>,
    /// Word of names used in it: address and name.
    named: Vec<(String, String)>,
    earlier: Vec<&'a Case>,
    form: Form,
    answers: Vec<(&'static str, String, String)>,
    lost: Option<Lost>,
}

struct Shown<'a> {
    it: &'a Report,
    complaint: &'a str,
}

/// What was typed where somebody else was quicker.
pub(in crate::moderation) struct Lost {
    /// To those who reported.
    pub reply: String,
    /// For the desk.
    pub note: String,
}

/// What may be answered: value, words, hint.
pub(in crate::moderation) fn answers(ctx: &Ctx) -> Vec<(&'static str, String, String)> {
    let worded = |it: &Answer| (it.as_str(), ctx.t(it.message()), ctx.t(it.hint()));
    Answer::ALL.iter().map(worded).collect()
}

/// How many reports of both sorts wait.
pub fn open(conn: &mut AnyConnection) -> DbResult<i64> {
    Ok(store::open(conn)? + name_reports::open(conn)?)
}

/// `GET /secretariat/reports`
pub async fn list(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let is_answered = ctx.query.get("state") == "answered";
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, ReportCaseId::parse).ok_or(PageError::BadRequest)?),
    };
    let words = vocabulary.clone();
    let read =
        move |conn: &mut AnyConnection| -> DbResult<_> { Ok((items(conn, &words, is_answered, after)?, open(conn)?)) };
    let (mut items, open) = ctx.site().db().read(read).await?;
    let first = if is_answered { format!("{PATH}?state=answered") } else { PATH.to_owned() };
    let next = paging::cut(&mut items, |it| it.cursor);
    let mark = if is_answered { '&' } else { '?' };
    let next_page = next.map(|cursor| format!("{first}{mark}after={}", cursor.encode())).unwrap_or_default();
    let first_page = if after.is_some() { first } else { String::new() };
    ctx.page(&ListPage { ctx: &ctx, items, is_answered, open, first_page, next_page })
}

/// One page of both sorts, the oldest first, and one row more if more follow.
fn items(
    conn: &mut AnyConnection,
    vocabulary: &Vocabulary,
    is_answered: bool,
    after: Option<Cursor<ReportCaseId>>,
) -> DbResult<Vec<Item>> {
    let cases = store::listed(conn, is_answered, after)?;
    let ids: Vec<ReportCaseId> = cases.iter().map(|it| it.id).collect();
    let mut complaints: BTreeMap<ReportCaseId, Vec<String>> = BTreeMap::new();
    for (case, code) in store::complaints(conn, &ids)? {
        complaints.entry(case).or_default().push(vocabulary.complaints.label_or_code(&code).to_owned());
    }
    let mut items = Vec::new();
    for case in cases {
        let comment = comments::store::by_id(conn, case.comment)?;
        items.push(Item {
            cursor: Cursor { at: case.opened_at, id: case.id },
            address: format!("{PATH}/{}", case.id),
            title: comment.map(|it| it.reference).unwrap_or_default(),
            is_name_report: false,
            what: complaints.remove(&case.id).unwrap_or_default().join("; "),
            count: case.reports,
        });
    }
    let same = |cursor: Cursor<ReportCaseId>| {
        NameReportId::from_bytes(cursor.id.as_bytes()).map(|id| Cursor { at: cursor.at, id })
    };
    for it in name_reports::listed(conn, is_answered, after.and_then(same))? {
        let Some(id) = ReportCaseId::from_bytes(it.id.as_bytes()) else { continue };
        items.push(Item {
            cursor: Cursor { at: it.made_at, id },
            address: format!("/secretariat/name-reports/{}", it.id),
            title: it.name,
            is_name_report: true,
            what: it.references.replace('\n', ", "),
            count: 1,
        });
    }
    items.sort_by_key(|it| (it.cursor.at, it.cursor.id));
    Ok(items)
}

struct Loaded {
    case: Case,
    reports: Vec<Report>,
    comment: Comment,
    norm: Norm,
    named: Vec<NameReport>,
    all: Vec<Case>,
}

fn load(conn: &mut AnyConnection, id: ReportCaseId) -> DbResult<Option<Loaded>> {
    let Some(case) = store::by_id(conn, id)? else { return Ok(None) };
    let Some(comment) = comments::store::by_id(conn, case.comment)? else { return Ok(None) };
    Ok(Some(Loaded {
        reports: store::of_case(conn, id)?,
        norm: norms::store::norm(conn, comment.norm_id)?,
        named: name_reports::naming(conn, &comment.reference)?,
        all: store::about(conn, comment.id)?,
        comment,
        case,
    }))
}

async fn loaded(ctx: &Ctx, id: &str) -> Result<Loaded, PageError> {
    let id = ReportCaseId::parse(id).ok_or(PageError::NotFound)?;
    ctx.site().db().read(move |conn| load(conn, id)).await?.ok_or(PageError::NotFound)
}

fn show(ctx: &Ctx, vocabulary: &Vocabulary, it: &Loaded, form: Form, lost: Option<Lost>) -> Page {
    let status = match (&lost, form.failed()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    };
    let shown = |report| Shown { it: report, complaint: vocabulary.complaints.label_or_code(&report.complaint) };
    let page = CasePage {
        ctx,
        case: &it.case,
        reports: it.reports.iter().map(shown).collect(),
        comment: &it.comment,
        state: state_name(it.comment.state),
        norm: &it.norm,
        says: every_answer(ctx, vocabulary, &it.comment.body),
        named: it.named.iter().map(|it| (format!("/secretariat/name-reports/{}", it.id), it.name.clone())).collect(),
        earlier: it.all.iter().filter(|other| other.id != it.case.id).collect(),
        form,
        answers: answers(ctx),
        lost,
    };
    ctx.page_as(status, &page)
}

/// `GET /secretariat/reports/{id}`
pub async fn detail(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let loaded = loaded(&ctx, &id).await?;
    show(&ctx, &vocabulary, &loaded, Form::default(), None)
}

/// `POST /secretariat/reports/{id}`
pub async fn close(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let found = loaded(&ctx, &id).await?;
    let reports: i32 = fields.get("reports").parse().map_err(|_| PageError::BadRequest)?;
    let given = match form::answer(&fields, ctx.lang) {
        Ok(given) => given,
        Err(form) => return show(&ctx, &vocabulary, &found, form, None),
    };
    // As the moderator read it, whatever came since.
    let (now, case, done) = (ctx.now, Case { reports, ..found.case.clone() }, given.clone());
    let write = move |conn: &mut AnyConnection| answer::case(conn, now, by, &case, &done);
    if ctx.site().db().write(write).await? {
        return match given.answer {
            Answer::Nothing => ctx.to_with(PATH, "flash-report-answered"),
            Answer::Review => {
                let desk = format!("/secretariat/comments/{}", found.comment.reference);
                ctx.to_with(&desk, "flash-report-review")
            }
        };
    }
    let now = loaded(&ctx, &id).await?;
    let lost = Lost { reply: given.reply, note: given.note };
    show(&ctx, &vocabulary, &now, Form::filled(fields), Some(lost))
}
