//! What a table would change, before anything is changed: by comment or issue, before and after; conflicts to be decided;
//! rows that are not taken and why. Then one batch.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::PATH;
use crate::accounts;
use crate::comments::redline::Redline;
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::LONGEST_TEXT;
use crate::deliberation::board::pages::address;
use crate::deliberation::sheet::model::Fault;
use crate::ids::ReturnedTableId;
use crate::norms::vocabulary::Vocabulary;
use crate::observations::apply::{self, ApplyError};
use crate::observations::model::{Line, MOST_CONFLICTS, Plan, Problem, Returned, Verdict};
use crate::observations::plan::plan;
use crate::observations::store;
use crate::tables::columns::{Column, Layout};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Rows of one sort that the page shows.
const MOST_SHOWN: usize = 500;

/// A row as the page shows it.
struct Shown {
    /// Its place in the file.
    place: String,
    /// The name of its choice, where one is to be made.
    name: String,
    subject: String,
    /// Where the subject's page is; empty if there is none.
    address: String,
    /// The names of the issues that a comment is under.
    issues: Vec<String>,
    before: String,
    after: String,
    redline: Redline,
    /// Column and message of each thing that is wrong.
    problems: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "observations/review.html")]
struct ReviewPage<'a> {
    ctx: &'a Ctx,
    table: &'a Returned,
    who: &'a str,
    form: &'a Form,
    seal: String,
    wrong: Vec<Shown>,
    conflicts: Vec<Shown>,
    changes: Vec<Shown>,
    /// How many rows change something, shown or not.
    changing: usize,
    /// How many are not taken, shown or not.
    wrongs: usize,
    same: usize,
    untouched: usize,
    /// Whether the board changed while this was looked at.
    is_late: bool,
    /// Whether whoever looks sent it.
    is_own: bool,
}

impl ReviewPage<'_> {
    fn title(&self) -> &'static str {
        if self.table.applied.is_some() { "observations-changed-title" } else { "observations-review-title" }
    }

    fn is_of_issues(&self) -> bool {
        self.table.layout == Layout::Dispositions
    }

    fn has_too_many(&self) -> bool {
        self.conflicts.len() > MOST_CONFLICTS
    }

    fn can_be_applied(&self) -> bool {
        self.table.applied.is_none()
            && self.is_own
            && !self.has_too_many()
            && (self.changing > 0 || !self.conflicts.is_empty())
    }
}

/// What the page is made of, as read.
struct Data {
    table: Returned,
    plan: Plan,
    who: String,
}

async fn data(ctx: &Ctx, vocabulary: &web::Data<Vocabulary>, id: ReturnedTableId) -> Result<Data, PageError> {
    let vocabulary = vocabulary.clone();
    let read = move |conn: &mut AnyConnection| -> DbResult<Option<Data>> {
        let Some(table) = store::by_id(conn, id)? else { return Ok(None) };
        let plan = plan(conn, &vocabulary.dispositions, &table)?;
        // What was applied is on the board: of the rest there is to tell what was not.
        let plan = if table.applied.is_some() { plan.unreadable() } else { plan };
        let who = accounts::store::by_id(conn, table.by)?.details.name;
        Ok(Some(Data { table, plan, who }))
    };
    ctx.site().db().read(read).await?.ok_or(PageError::NotFound)
}

fn shown(ctx: &Ctx, table: &Returned, line: &Line) -> Shown {
    let layout = table.layout;
    let place = table.rows.get(line.at).map(|row| row.place(ctx.lang)).unwrap_or_default();
    let own = match layout {
        Layout::Dispositions => line.issues.first().map(|(_, issue)| address(*issue)).unwrap_or_default(),
        Layout::Iso | Layout::Own if line.issues.is_empty() && line.verdict == Verdict::Wrong => String::new(),
        Layout::Iso | Layout::Own => format!("/secretariat/comments/{}", line.subject),
    };
    Shown {
        place,
        name: name(line.at),
        subject: line.subject.clone(),
        address: own,
        issues: match layout {
            Layout::Dispositions => Vec::new(),
            Layout::Iso | Layout::Own => line.issues.iter().map(|(name, _)| name.clone()).collect(),
        },
        before: line.before.clone(),
        after: line.after.clone(),
        redline: Redline::between(&line.before, &line.after),
        problems: line.problems.iter().map(|problem| in_words(ctx, layout, problem)).collect(),
    }
}

/// The name of the choice for the row at this place.
fn name(at: usize) -> String {
    format!("row-{at}")
}

/// The column that is wrong, and what is.
fn in_words(ctx: &Ctx, layout: Layout, problem: &Problem) -> (String, String) {
    let heading = |column| layout.heading(column, ctx.lang);
    let (first, written) = match layout {
        Layout::Dispositions => (heading(Column::Issue), heading(Column::Disposition)),
        Layout::Iso | Layout::Own => (heading(Column::Member), heading(Column::Observations)),
    };
    match problem {
        Problem::Cell(column, message) => (Column::parse(column).map(heading).unwrap_or_default(), ctx.t(message)),
        Problem::NoReference => (first, ctx.t("observations-no-reference")),
        Problem::UnknownReference(name) => (first, ctx.t1("observations-unknown-reference", "name", name)),
        Problem::Doubled(name) => (first, ctx.t1("observations-doubled", "name", name)),
        Problem::NoMark => (first, ctx.t("observations-no-mark")),
        Problem::OwnComment => (first, ctx.t("board-own-comment")),
        Problem::OwnWords => (written, ctx.t("observations-own-words")),
        Problem::Written(fault) => (written, fault_in_words(ctx, fault)),
    }
}

fn fault_in_words(ctx: &Ctx, fault: &Fault) -> String {
    match fault {
        Fault::NoReasons => ctx.t("observations-no-reasons"),
        Fault::NoDisposition => ctx.t("observations-no-disposition"),
        Fault::Unknown(word) => ctx.t1("observations-unknown-disposition", "word", word),
        Fault::TooLong => ctx.t1("observations-too-long", "longest", LONGEST_TEXT),
        Fault::NoIssue => ctx.t("observations-no-issue"),
        Fault::Twice(name) => ctx.t1("observations-twice", "name", name),
        Fault::Closed(name) => ctx.t1("observations-closed", "name", name),
    }
}

fn show(ctx: &Ctx, it: &Data, form: &Form, status: StatusCode) -> Page {
    let viewer = ctx.secretariat()?.id;
    let of = |verdict: Verdict, most: usize| -> Vec<Shown> {
        it.plan.with(verdict).take(most).map(|line| shown(ctx, &it.table, line)).collect()
    };
    let page = ReviewPage {
        ctx,
        table: &it.table,
        who: &it.who,
        form,
        seal: it.plan.seal(),
        wrong: of(Verdict::Wrong, MOST_SHOWN),
        conflicts: of(Verdict::Conflict, MOST_CONFLICTS + 1),
        changes: of(Verdict::Change, MOST_SHOWN),
        changing: it.plan.count(Verdict::Change),
        wrongs: it.plan.count(Verdict::Wrong),
        same: it.plan.count(Verdict::Same),
        untouched: it.plan.count(Verdict::Untouched),
        is_late: status == StatusCode::CONFLICT,
        is_own: it.table.by == viewer,
    };
    ctx.page_as(status, &page)
}

/// What a table that was just sent would change: shown at its own address, or here with 422 if rows are wrong.
pub async fn after_upload(ctx: &Ctx, vocabulary: &web::Data<Vocabulary>, id: ReturnedTableId) -> Page {
    let it = data(ctx, vocabulary, id).await?;
    if it.plan.count(Verdict::Wrong) == 0 {
        return ctx.to(&format!("{PATH}/{id}"));
    }
    show(ctx, &it, &Form::default(), StatusCode::UNPROCESSABLE_ENTITY)
}

/// `GET /secretariat/deliberation/observations/{id}`
pub async fn page(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.secretariat()?;
    let id = ReturnedTableId::parse(&id).ok_or(PageError::NotFound)?;
    show(&ctx, &data(&ctx, &vocabulary, id).await?, &Form::default(), StatusCode::OK)
}

/// Whether the file counts in the conflict of the row at `at`, if that was decided.
fn decided(fields: &Fields, at: usize) -> Option<bool> {
    match fields.get(&name(at)) {
        "file" => Some(true),
        "board" => Some(false),
        _ => None,
    }
}

/// `POST /secretariat/deliberation/observations/{id}`
pub async fn apply(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let id = ReturnedTableId::parse(&id).ok_or(PageError::NotFound)?;
    let (now, sent, lists, seal) = (ctx.now, fields.clone(), vocabulary.clone(), fields.get("seal").to_owned());
    let write = move |conn: &mut AnyConnection| {
        apply::apply(conn, now, by, &lists.dispositions, id, &seal, |at| decided(&sent, at))
    };
    match ctx.site().db().write(write).await {
        Ok(_) => ctx.to_with(&format!("{PATH}/{id}"), "flash-observations-applied"),
        Err(ApplyError::Before) => ctx.to(&format!("{PATH}/{id}")),
        Err(ApplyError::NoSuchTable) => Err(PageError::NotFound),
        Err(ApplyError::NotTheirs) => Err(PageError::Forbidden),
        Err(ApplyError::Db(error)) => Err(error.into()),
        Err(ApplyError::Changed(_)) => {
            let it = data(&ctx, &vocabulary, id).await?;
            show(&ctx, &it, &Form::filled(fields), StatusCode::CONFLICT)
        }
        Err(ApplyError::Undecided) => {
            let it = data(&ctx, &vocabulary, id).await?;
            let mut form = Form::filled(fields);
            for line in it.plan.with(Verdict::Conflict) {
                if decided(&Fields::default().with(&name(line.at), form.value(&name(line.at))), line.at).is_none() {
                    let place = it.table.rows.get(line.at).map(|row| row.place(ctx.lang)).unwrap_or_default();
                    form.error(name(line.at), ctx.t1("observations-undecided", "place", place));
                }
            }
            show(&ctx, &it, &form, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}
