//! One issue: what is written about it, who stands behind it, the comments under it, and its way to publication.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::new::choices;
use super::rows::{Beside, Row, rows};
use super::shown::{Around, Shown, shown};
use super::{address, issue, version};
use crate::accounts::pages::sign_in_with;
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::deliberation::board::model::{Done, Issue, Step, Texts};
use crate::deliberation::board::step::{self, StepError};
use crate::deliberation::board::store::issues;
use crate::deliberation::board::store::members::{self, Member};
use crate::deliberation::board::{change, form};
use crate::ids::{AccountId, CommentId};
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::ROWS;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// How many remarks of authors the page shows.
const REMARKS: i64 = 20;

/// Why the page is shown with 409.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// Nothing is late.
    No,
    /// Somebody was quicker.
    Changed,
}

#[derive(Template)]
#[template(path = "deliberation/issue.html")]
struct IssuePage<'a> {
    ctx: &'a Ctx,
    norm: &'a Norm,
    issue: &'a Shown,
    form: &'a Form,
    late: Late,
    dispositions: Vec<(&'a str, &'a str)>,
    rows: Vec<Row>,
    first_page: String,
    next_page: String,
    remarks: &'a [(String, bool, String, Moment)],
    /// Whether a comment of whoever looks is under it.
    is_own: bool,
    /// Whether whoever looks proposed it.
    is_own_proposal: bool,
    proposed: Option<(String, Moment)>,
    validated: Option<(String, Moment)>,
}

impl IssuePage<'_> {
    fn is_late(&self) -> bool {
        self.late == Late::Changed
    }

    fn in_state(&self, state: &str) -> bool {
        self.issue.it.state.as_str() == state
    }
}

/// What the page is made of, as read.
struct Data {
    norm: Norm,
    around: Around,
    members: Vec<Member>,
    is_more: bool,
    beside: Beside,
    remarks: Vec<(String, bool, String, Moment)>,
    is_own: bool,
    names: Vec<(AccountId, String)>,
}

fn read(conn: &mut AnyConnection, it: &Issue, by: AccountId, after: Option<CommentId>) -> DbResult<Data> {
    let mut members = members::of_issue(conn, it.id, after)?;
    let is_more = members.len() > ROWS;
    members.truncate(ROWS);
    let comments: Vec<Comment> = members.iter().map(|member| member.comment.clone()).collect();
    let people: Vec<AccountId> = [&it.proposed, &it.validated].into_iter().flatten().map(|done| done.by).collect();
    Ok(Data {
        norm: norms::norm(conn, it.norm)?,
        around: Around::read(conn, std::slice::from_ref(it))?,
        beside: Beside::read(conn, &comments)?,
        members,
        is_more,
        remarks: members::remarks(conn, it.id, REMARKS)?,
        is_own: members::has_own(conn, it.id, by)?,
        names: issues::names(conn, &people)?,
    })
}

/// The page of `it` with the form as it was filled in.
pub async fn show(ctx: &Ctx, vocabulary: &Vocabulary, it: Issue, form: &Form, late: Late) -> Page {
    let viewer = ctx.staff()?.id;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(CommentId::parse(text).ok_or(PageError::BadRequest)?),
    };
    let asked = it.clone();
    let data = ctx.site().db().read(move |conn| read(conn, &asked, viewer, after)).await?;
    let comments: Vec<Comment> = data.members.iter().map(|member| member.comment.clone()).collect();
    let mut rows = rows(ctx, vocabulary, &comments, &data.beside);
    for (row, member) in rows.iter_mut().zip(&data.members) {
        row.own = match member.own.disposition.as_str() {
            "" => String::new(),
            code => vocabulary.dispositions.label_or_code(code).to_owned(),
        };
    }
    let own_page = address(it.id);
    let last = data.members.last().filter(|_| data.is_more).map(|member| member.comment.id);
    let by = |done: &Option<Done>| {
        let done = done.as_ref()?;
        let name = data.names.iter().find(|(id, _)| *id == done.by).map(|(_, name)| name.clone());
        Some((name.unwrap_or_default(), done.at))
    };
    let (proposed, validated) = (by(&it.proposed), by(&it.validated));
    let is_own_proposal = it.proposed.as_ref().is_some_and(|done| done.by == viewer);
    let status = match (late, form.failed()) {
        (Late::Changed, _) => StatusCode::CONFLICT,
        (Late::No, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (Late::No, false) => StatusCode::OK,
    };
    let page = IssuePage {
        ctx,
        norm: &data.norm,
        issue: &shown(ctx, vocabulary, &data.norm, it, &data.around),
        form,
        late,
        dispositions: choices(&vocabulary.dispositions),
        rows,
        first_page: after.map(|_| own_page.clone()).unwrap_or_default(),
        next_page: last.map(|id| format!("{own_page}?after={id}")).unwrap_or_default(),
        remarks: &data.remarks,
        is_own: data.is_own,
        is_own_proposal,
        proposed,
        validated,
    };
    ctx.page_as(status, &page)
}

/// The form as the issue is written now.
pub fn as_written(it: &Issue) -> Form {
    let texts = &it.texts;
    let fields = Fields::default()
        .with("statement", &texts.statement)
        .with("options", texts.options.join("\n"))
        .with("recommendation", &texts.recommendation)
        .with("disposition", &texts.disposition)
        .with("reasons", &texts.reasons)
        .with("wording", &texts.wording)
        .with("version", it.version.to_string());
    Form::filled(fields)
}

/// `GET /secretariat/deliberation/issues/{id}`
pub async fn page(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let it = issue(&ctx, &id).await?;
    let form = as_written(&it);
    show(&ctx, &vocabulary, it, &form, Late::No).await
}

/// What was typed, ready to be sent again over what is there now.
pub async fn overtaken(ctx: &Ctx, vocabulary: &Vocabulary, id: &str, fields: Fields) -> Page {
    let it = issue(ctx, id).await?;
    let form = Form::filled(fields.with("version", it.version.to_string()));
    show(ctx, vocabulary, it, &form, Late::Changed).await
}

/// `POST /secretariat/deliberation/issues/{id}`: writes a draft, and proposes it if so asked.
pub async fn write(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.staff()?.id;
    let it = issue(&ctx, &id).await?;
    let version = version(&fields)?;
    let is_proposal = fields.get("go") == "propose";
    let texts = match form::texts(&fields, &it.about, &vocabulary, ctx.lang) {
        Ok(texts) if fields.get("go") != "edit" => texts,
        Ok(_) => return show(&ctx, &vocabulary, it, &Form::filled(fields), Late::No).await,
        Err(form) => return show(&ctx, &vocabulary, it, &form, Late::No).await,
    };
    if is_proposal && let Some(form) = undecided(&ctx, &fields, &texts) {
        return show(&ctx, &vocabulary, it, &form, Late::No).await;
    }
    let (now, item) = (ctx.now, (it.id, version));
    let write = move |conn: &mut AnyConnection| -> Result<bool, StepError> {
        if !change::write(conn, now, by, item, &texts)? {
            return Ok(false);
        }
        if is_proposal {
            step::step(conn, now, by, (item.0, version + 1), Step::Propose, "")?;
        }
        Ok(true)
    };
    match ctx.site().db().write(write).await {
        Ok(true) if is_proposal => ctx.to_with(&address(it.id), "flash-board-proposed"),
        Ok(true) => ctx.to_with(&address(it.id), "flash-board-written"),
        Ok(false) | Err(StepError::Changed(_) | StepError::Db(DbError::Taken(_))) => {
            overtaken(&ctx, &vocabulary, &id, fields).await
        }
        Err(StepError::OwnComment | StepError::OwnProposal) => Err(PageError::Forbidden),
        Err(StepError::NoSuchIssue | StepError::NotDecided) => Err(PageError::NotFound),
        Err(StepError::Db(error)) => Err(error.into()),
    }
}

/// What is missing for a proposal.
fn undecided(ctx: &Ctx, fields: &Fields, texts: &Texts) -> Option<Form> {
    let mut form = Form::filled(fields.clone());
    if texts.disposition.is_empty() {
        form.error("disposition", ctx.t("board-disposition-missing"));
    }
    if texts.reasons.is_empty() {
        form.error("reasons", ctx.t("board-reasons-missing"));
    }
    form.failed().then_some(form)
}
