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
use crate::tables::columns::Purpose;
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
    let kept = table.clone();
    match ctx.site().db().write(move |conn| apply::keep(conn, &kept)).await {
        // The same form sent twice: what it brought first is there.
        Ok(()) | Err(DbError::Taken(_)) => {}
        Err(error) => return Err(error.into()),
    }
    review::after_upload(&ctx, &vocabulary, id).await
}

fn returned(ctx: &Ctx, id: ReturnedTableId, by: crate::ids::AccountId, read: Read, came: &Came) -> Returned {
    Returned {
        id,
        layout: read.layout,
        name: came.name.clone(),
        sha256: came.sha256.clone(),
        rows: read.rows,
        by,
        at: ctx.now,
        applied: None,
        changes: 0,
    }
}
