//! The page at the gate, and the two ways through: work that the browser does, or waiting.

use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest as _, HttpRequest};
use askama::Template;
use chrono::TimeDelta;

use super::{is_guarded, network};
use crate::config::Rate;
use crate::db::DbError;
use crate::gate::challenge::{self, Challenge};
use crate::gate::{Standing, Way, store};
use crate::web::cookies::Name;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted, csrf};

/// Where the gate is passed.
pub const GATE: &str = "/gate";

/// After so many times in vain the browser does no more work by itself: where each request comes from another address, none
/// will ever fit.
const MOST_TRIES: u32 = 3;

/// Why somebody is still at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Still {
    /// They came just now.
    New,
    /// The challenge is too old, was made for another network, or was used already.
    Over,
    /// What the browser found is not what was asked for.
    Wrong,
    /// They have to wait for longer.
    TooSoon,
    /// As many were let in as may be in a minute.
    Full,
}

impl Still {
    /// The message; empty if there is none.
    fn message(self) -> &'static str {
        match self {
            Self::New => "",
            Self::Over => "gate-over",
            Self::Wrong => "gate-wrong",
            Self::TooSoon => "gate-too-soon",
            Self::Full => "gate-full",
        }
    }
}

#[derive(Template)]
#[template(path = "web/gate.html")]
struct GatePage<'a> {
    ctx: &'a Ctx,
    still: Still,
    challenge: String,
    tries: u32,
    /// Seconds until whoever waits may come in.
    wait: i64,
    /// What was asked for or sent.
    form: &'a Form,
}

impl GatePage<'_> {
    /// Whether the browser is asked to work.
    fn works(&self) -> bool {
        self.tries < MOST_TRIES
    }
}

#[derive(Template)]
#[template(path = "web/gate_passed.html")]
struct PassedPage<'a> {
    ctx: &'a Ctx,
    action: &'a str,
    form: Form,
}

/// The page in place of the answer to `request`; `form` is what was sent.
pub(in crate::web) async fn instead(request: &HttpRequest, form: Option<&Fields>) -> Page {
    let ctx = Ctx::from_request(request, &mut Payload::None).await?;
    let fields = match form {
        None => Fields::default().with("next", ctx.here()),
        Some(fields) => {
            let mut carried = url::form_urlencoded::Serializer::new(String::new());
            carried.extend_pairs(fields.except(&secrets(fields)));
            Fields::default().with("carry_to", &ctx.path).with("carried", carried.finish())
        }
    };
    match ctx.site().closed_gate().await {
        Some(standing) => ask(&ctx, &standing, &Form::filled(fields), Still::New),
        // It was opened while the form came.
        None => go_on(&ctx, request, &fields, None),
    }
}

/// The fields that nobody should find in a page: passwords and codes are typed again.
fn secrets(fields: &Fields) -> Vec<&str> {
    let is_named = |name: &str| ["code", "codes", "credential", csrf::FIELD].contains(&name);
    let is_secret = |name: &str| name.contains("password") || is_named(name);
    fields.except(&[]).into_iter().map(|(name, _)| name).filter(|name| is_secret(name)).collect()
}

/// The page, with a new challenge or the one that somebody waits with.
fn ask(ctx: &Ctx, standing: &Standing, form: &Form, still: Still) -> Page {
    let settings = &ctx.site().config().gate;
    let kept = form.value("challenge");
    let (challenge, made_at) = match challenge::read(&standing.key, kept, &network(ctx.address())) {
        Some(it) if matches!(still, Still::TooSoon | Still::Full) => (kept.to_owned(), it.made_at),
        _ => (challenge::challenge(&standing.key, ctx.now, settings.proof_bits, &network(ctx.address())), ctx.now),
    };
    let before = form.value("tries").parse().unwrap_or(0_u32);
    let tries = if matches!(still, Still::Over | Still::Wrong) { before.saturating_add(1) } else { before };
    let wait = seconds(made_at + settings.wait() - ctx.now);
    ctx.page_as(StatusCode::FORBIDDEN, &GatePage { ctx, still, challenge, tries, wait, form })
}

/// Whole seconds, rounded up; 0 for what is past.
fn seconds(time: TimeDelta) -> i64 {
    (time + TimeDelta::milliseconds(999)).num_seconds().max(0)
}

/// `POST /gate`
pub async fn pass(request: HttpRequest, posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let standing = ctx.site().closed_gate().await;
    let Some(standing) = standing.filter(|_| ctx.viewer.is_none()) else { return go_on(&ctx, &request, &fields, None) };
    let form = Form::filled(fields.clone());
    let (challenge, way) = match judge(&ctx, &standing, &fields) {
        Ok(right) => right,
        Err(still) => return ask(&ctx, &standing, &form, still),
    };
    let (now, digest) = (ctx.now, challenge.digest());
    match ctx.site().db().write(move |conn| store::use_up(conn, now, &digest, way)).await {
        Ok(()) => {
            let until = now + ctx.site().config().gate.pass();
            let pass = challenge::pass(&standing.key, until, &network(ctx.address()));
            go_on(&ctx, &request, &fields, Some(pass))
        }
        Err(DbError::Taken(_)) => ask(&ctx, &standing, &form, Still::Over),
        Err(error) => Err(error.into()),
    }
}

/// Whether what was sent is right: nothing is asked of anybody for it.
fn judge(ctx: &Ctx, standing: &Standing, fields: &Fields) -> Result<(Challenge, Way), Still> {
    let known = challenge::read(&standing.key, fields.get("challenge"), &network(ctx.address()));
    let known = known.filter(|it| it.is_good(ctx.now)).ok_or(Still::Over)?;
    let answer = fields.get("answer");
    if !answer.is_empty() {
        return if known.is_solved_by(answer) { Ok((known, Way::Proof)) } else { Err(Still::Wrong) };
    }
    if ctx.now - known.made_at < ctx.site().config().gate.wait() {
        return Err(Still::TooSoon);
    }
    // All of them in short bursts; of one address a tenth, and enough to press again every ten seconds.
    let all = ctx.site().config().gate.waiting_a_minute;
    let (all, own) = (rate(all, all / 6), rate((all / 10).max(6), (all / 10).max(6)));
    ctx.site().limits().let_in(ctx.site(), ctx.address(), own, all).map_err(|_| Still::Full)?;
    Ok((known, Way::Waiting))
}

fn rate(a_minute: u32, at_once: u32) -> Rate {
    Rate { at_once: at_once.max(1), a_minute: a_minute.max(1) }
}

/// On to what was asked for; a form that was sent comes back to be sent again.
fn go_on(ctx: &Ctx, request: &HttpRequest, fields: &Fields, pass: Option<String>) -> Page {
    let action = ctx.own_path(fields.get("carry_to")).filter(|path| takes_a_form(ctx, request, path));
    let mut response = match action {
        Some(action) => {
            let form = Form::filled(Fields::decode(fields.raw("carried").as_bytes())?);
            ctx.page(&PassedPage { ctx, action: &action, form })?
        }
        None => ctx.to(&ctx.own_path(fields.get("next")).unwrap_or_else(|| "/".to_owned()))?,
    };
    if let Some(pass) = pass {
        response.add_cookie(&Name::Pass.set(ctx.site(), pass)).map_err(|_| PageError::Fault)?;
    }
    Ok(response)
}

/// Whether a form can be sent to `path` that the gate is before: no page leads anywhere else.
fn takes_a_form(ctx: &Ctx, request: &HttpRequest, path: &str) -> bool {
    let kinds = ctx.site().limits().kinds();
    let route = request.resource_map().match_pattern(path);
    route.is_some_and(|route| is_guarded(kinds, &Method::POST, &route, kinds(&Method::POST, &route)))
}
