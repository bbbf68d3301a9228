//! Where the Secretariat sends a table that it filled in, and what came before.

use actix_web::web;
use askama::Template;

use super::PATH;
use super::review;
use crate::accounts;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::files::Reader;
use crate::ids::ReturnedTableId;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::observations::apply;
use crate::observations::model::Returned;
use crate::observations::read::{self, Strange};
use crate::observations::store;
use crate::tables::columns::{Column, Purpose};
use crate::tables::model::{Row, Skipped};
use crate::tables::pages::{Came, taken};
use crate::tables::read::Read;
use crate::web::{Ctx, Fields, Form, Page, PageError, PostedFiles};

/// Tables on the list.
const NEWEST: i64 = 20;

#[derive(Template)]
#[template(path = "observations/list.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    /// What came back before, and who sent it.
    tables: Vec<(Returned, String)>,
    most_mebibytes: u64,
}

fn newest(conn: &mut AnyConnection) -> DbResult<Vec<(Returned, String)>> {
    let mut all = Vec::new();
    for table in store::newest(conn, NEWEST)? {
        let who = accounts::store::by_id(conn, table.by)?.details.name;
        all.push((table, who));
    }
    Ok(all)
}

async fn show(ctx: &Ctx, form: Form) -> Page {
    let tables = ctx.site().db().read(newest).await?;
    let most_mebibytes = ctx.site().config().files.most_mebibytes;
    let failed = form.failed();
    ctx.form_page(&ListPage { ctx, form, tables, most_mebibytes }, failed)
}

fn fresh() -> Fields {
    Fields::default().with("form_id", ReturnedTableId::new().to_string())
}

/// `GET /secretariat/deliberation/observations`
pub async fn page(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    show(&ctx, Form::filled(fresh())).await
}

async fn refused(ctx: &Ctx, id: ReturnedTableId, message: String) -> Page {
    let mut form = Form::filled(Fields::default().with("form_id", id.to_string()));
    form.error("table", message);
    show(ctx, form).await
}

/// `POST /secretariat/deliberation/observations`: keeps what can be read, and shows what it would change. A table with
/// faults in some rows is kept too, and answered with 422.
pub async fn upload(posted: PostedFiles, reader: web::Data<Reader>, vocabulary: web::Data<Vocabulary>) -> Page {
    let PostedFiles { posted, files: uploads, .. } = posted;
    if posted.ctx.viewer.is_none() {
        return Err(PageError::SignIn(PATH.to_owned()));
    }
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let id = ReturnedTableId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let (read, came) = match taken(&ctx, &reader, uploads, Purpose::Observations).await? {
        Ok(taken) => taken,
        Err(message) => return refused(&ctx, id, message).await,
    };
    let consultation = ctx.site().db().read(norms::consultation).await?.ok_or(PageError::NotFound)?;
    match read::check(consultation.id, &read) {
        Ok(()) => {}
        Err(Strange::NoMarks) => return refused(&ctx, id, ctx.t("observations-no-marks")).await,
        Err(Strange::OtherConsultation) => return refused(&ctx, id, ctx.t("observations-other-consultation")).await,
    }
    let table = returned(&ctx, id, by, read, &came);
    let again = table.clone();
    let id = match ctx.site().db().write(move |conn| keep(conn, table)).await {
        // The same form came at the same moment on another server.
        Err(DbError::Taken(_)) => ctx.site().db().write(move |conn| keep(conn, again)).await?,
        kept => kept?,
    };
    review::after_upload(&ctx, &vocabulary, id).await
}

/// Keeps a table; which it is then. The same form sent twice keeps what it brought first, once; another file that it brings
/// later, mended by whoever went back to it, is another table.
fn keep(conn: &mut AnyConnection, mut table: Returned) -> DbResult<ReturnedTableId> {
    match store::by_id(conn, table.id)? {
        Some(known) if known.by == table.by && known.sha256 == table.sha256 => return Ok(known.id),
        Some(_) => table.id = ReturnedTableId::new(),
        None => {}
    }
    apply::keep(conn, &table)?;
    Ok(table.id)
}

/// The sheet of our own workbooks in which long texts go on.
const CONTINUED: &str = "Continued";

/// A row that stands for those that were not read, so that nobody takes them for rows that say nothing.
fn left_out(skipped: &Skipped) -> Row {
    let faults = vec![(Column::Member.to_string(), "observations-left-out".to_owned())];
    Row { sheet: skipped.sheet.clone(), row: skipped.from, faults, ..Row::of(Fields::default()) }
}

fn returned(ctx: &Ctx, id: ReturnedTableId, by: crate::ids::AccountId, read: Read, came: &Came) -> Returned {
    Returned {
        id,
        layout: read.layout,
        name: came.name.clone(),
        sha256: came.sha256.clone(),
        rows: read
            .rows
            .into_iter()
            .chain(read.skipped.iter().filter(|it| it.sheet != CONTINUED).map(left_out))
            .collect(),
        by,
        at: ctx.now,
        applied: None,
        changes: 0,
    }
}
