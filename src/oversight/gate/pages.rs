//! Closing the gate while the portal is attacked, keeping it closed for longer, opening it.

use actix_web::http::StatusCode;
use askama::Template;

use crate::db::{AnyConnection, DbResult};
use crate::gate::model::HOURS;
use crate::gate::switch::{self, Order, SwitchError};
use crate::gate::{Standing, Way, store};
use crate::oversight::people::form;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Where the page is.
pub const GATE: &str = "/secretariat/gate";

#[derive(Template)]
#[template(path = "oversight/gate.html")]
struct SwitchPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    standing: Standing,
    /// The version that the form is for.
    version: i64,
    /// How many came through within the hour.
    by_proof: i64,
    by_waiting: i64,
    hours: Vec<(String, String)>,
    /// Somebody else switched it meanwhile: this is how it stands now.
    is_overtaken: bool,
}

impl SwitchPage<'_> {
    /// Until when it is closed, if it is.
    fn until(&self) -> Option<crate::clock::Moment> {
        self.standing.until.filter(|_| self.standing.is_closed(self.ctx.now))
    }
}

async fn page(ctx: &Ctx, form: Form, status: StatusCode) -> Page {
    let now = ctx.now;
    let read = move |conn: &mut AnyConnection| -> DbResult<_> {
        let passed = (store::passed(conn, now, Way::Proof)?, store::passed(conn, now, Way::Waiting)?);
        Ok((store::standing(conn)?, passed))
    };
    let (standing, (by_proof, by_waiting)) = ctx.site().db().read(read).await?;
    let hours = HOURS.iter().map(|hours| (hours.to_string(), ctx.tn("gate-hours", hours))).collect();
    let (version, is_overtaken) = (standing.version, status == StatusCode::CONFLICT);
    ctx.page_as(status, &SwitchPage { ctx, form, standing, version, by_proof, by_waiting, hours, is_overtaken })
}

/// `GET /secretariat/gate`
pub async fn show(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    page(&ctx, Form::filled(Fields::default().with("hours", HOURS[0].to_string())), StatusCode::OK).await
}

/// `POST /secretariat/gate`: with `go=open` it is opened, else closed for so many hours.
pub async fn change(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let expected = fields.get("version").parse().map_err(|_| PageError::BadRequest)?;
    let opens = fields.get("go") == "open";
    let mut filled = Form::filled(fields.clone());
    let hours = fields.get("hours").parse().ok().filter(|hours| HOURS.contains(hours));
    if hours.is_none() && !opens {
        filled.error("hours", ctx.t("gate-hours-missing"));
    }
    let grounds = form::grounds(&ctx, &fields, &mut filled);
    let (Some(grounds), Some(hours)) = (grounds, hours.or(opens.then_some(0))) else {
        return page(&ctx, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (now, order) = (ctx.now, Order { by, expected, grounds: grounds.as_str().to_owned() });
    let write = move |conn: &mut AnyConnection| {
        if opens { switch::open(conn, now, &order) } else { switch::close(conn, now, &order, hours) }
    };
    match ctx.site().db().write(write).await {
        Ok(()) => ctx.to_with(GATE, if opens { "flash-gate-opened" } else { "flash-gate-closed" }),
        Err(SwitchError::Changed) => page(&ctx, filled, StatusCode::CONFLICT).await,
        Err(SwitchError::Database(error)) => Err(error.into()),
    }
}
