//! The page of the audit log.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use askama::Template;

use super::actions::{self, ACTIONS};
use super::form::{self, NOBODY};
use crate::accounts::staff::store as staff;
use crate::audit::{Asked, Head, Line, Way, heads, store};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::web::paging::{self, Cursor, ROWS};
use crate::web::{Ctx, Form, Page, PageError};

/// Where the log is.
pub const AUDIT: &str = "/secretariat/audit";

#[derive(Template)]
#[template(path = "oversight/audit.html")]
struct AuditPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    head: Head,
    /// The first head of today, if it was exported; else empty.
    kept: String,
    people: Vec<(String, String)>,
    actions: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    is_filtered: bool,
    newest: String,
    older: String,
    carried: Vec<(&'static str, String)>,
}

/// An entry in words.
struct Row {
    line: Line,
    who: String,
    what: String,
    /// The subject, cut where it is long.
    subject: String,
    /// Where the subject has a page; else empty.
    address: String,
    /// The log of this subject alone.
    about: String,
    facts: Vec<(String, String)>,
}

struct Found {
    lines: Vec<Line>,
    head: Head,
    staff: Vec<(AccountId, String)>,
    names: BTreeMap<AccountId, String>,
}

fn read(conn: &mut AnyConnection, asked: &Asked, before: Option<(Moment, i64)>) -> DbResult<Found> {
    let most = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let lines = store::lines(conn, asked, Way::Back { before }, most)?;
    let staff: Vec<_> = staff::staff(conn)?.into_iter().map(|it| (it.account.id, it.account.details.name)).collect();
    let mut ids: Vec<AccountId> = lines.iter().filter_map(|line| line.actor).collect();
    ids.extend(asked.actor.flatten());
    Ok(Found { names: staff::names(conn, &ids)?.into_iter().collect(), head: store::head(conn)?, lines, staff })
}

/// The place of an entry in an address.
fn place(text: &str) -> Result<Option<(Moment, i64)>, PageError> {
    if text.is_empty() {
        return Ok(None);
    }
    let cursor: Cursor<i64> = paging::decode(text, |seq| seq.parse().ok()).ok_or(PageError::BadRequest)?;
    Ok(Some((cursor.at, cursor.id)))
}

/// `GET /secretariat/audit`
pub async fn log(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    let before = place(ctx.query.get("before"))?;
    let (asked, form) = form::asked(ctx.lang, &ctx.query);
    let what = asked.clone();
    let failed = form.failed();
    let mut found = ctx.site().db().read(move |conn| read(conn, &what, before)).await?;
    if failed {
        found.lines.clear();
    }
    let next = paging::cut(&mut found.lines, |line| Cursor { at: line.at, id: line.seq });
    let day = ctx.now.date();
    let file = heads::file(&ctx.site().config().data_dir, day);
    let kept = Head::read(&file).map(|head| head.to_string()).unwrap_or_default();
    let pairs = form::pairs(&ctx.query);
    let page = AuditPage {
        ctx: &ctx,
        people: people(&ctx, &found, &asked),
        actions: action_list(&ctx),
        rows: found.lines.iter().map(|line| row(&ctx, line, &found.names)).collect(),
        is_filtered: !pairs.is_empty(),
        newest: if before.is_some() { address(&pairs, None) } else { String::new() },
        older: next.map(|cursor| address(&pairs, Some(&cursor.encode()))).unwrap_or_default(),
        carried: pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
        head: found.head,
        kept,
        form,
    };
    ctx.page_as(if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &page)
}

fn address(pairs: &[(&'static str, &str)], before: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs).extend_pairs(before.map(|cursor| ("before", cursor)));
    let query = query.finish();
    if query.is_empty() { AUDIT.to_owned() } else { format!("{AUDIT}?{query}") }
}

/// Whom one may filter by: staff, nobody, and whoever is asked for already.
fn people(ctx: &Ctx, found: &Found, asked: &Asked) -> Vec<(String, String)> {
    let mut people = vec![(NOBODY.to_owned(), ctx.t("audit-who-nobody"))];
    people.extend(found.staff.iter().map(|(id, name)| (id.to_string(), name.clone())));
    if let Some(id) = asked.actor.flatten().map(|id| id.to_string())
        && !people.iter().any(|(known, _)| *known == id)
    {
        let name = asked.actor.flatten().and_then(|id| found.names.get(&id)).cloned();
        people.push((id.clone(), name.filter(|name| !name.is_empty()).unwrap_or(id)));
    }
    people
}

fn action_list(ctx: &Ctx) -> Vec<(&'static str, String)> {
    let mut list: Vec<_> = ACTIONS.iter().map(|(action, message)| (*action, ctx.t(message))).collect();
    list.sort_by(|(_, a), (_, b)| a.cmp(b));
    list
}

fn row(ctx: &Ctx, line: &Line, names: &BTreeMap<AccountId, String>) -> Row {
    let who = match line.actor {
        None => ctx.t("audit-who-nobody"),
        // A deleted account has no name any more.
        Some(id) => names.get(&id).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| id.to_string()),
    };
    Row {
        who,
        what: actions::words(ctx.lang, &line.action),
        subject: short(&line.subject),
        address: page_of(&line.subject),
        about: address(&[("subject", line.subject.as_str())], None),
        facts: facts(&line.detail),
        line: line.clone(),
    }
}

/// The page of a subject, if it has one.
fn page_of(subject: &str) -> String {
    let (kind, name) = subject.split_once(':').unwrap_or_default();
    let room = match kind {
        "comment" => "comments",
        "account" => "people",
        "export" => "exports",
        "organisation" => "organisations",
        "name_report" => "name-reports",
        "announcement" => "announcements",
        "report" => return "/secretariat/deliberation/report".into(),
        _ => return String::new(),
    };
    format!("/secretariat/{room}/{name}")
}

/// A digest or another long word, cut for the eye; the export has it whole.
fn short(text: &str) -> String {
    const MOST: usize = 48;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST / 2).chain(['\u{2026}']).collect()
}

/// The facts of an entry as names and values.
fn facts(detail: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(detail) else { return Vec::new() };
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    let says = |value: &serde_json::Value| !value.is_null() && value.as_array().is_none_or(|all| !all.is_empty());
    fields.into_iter().filter(|(_, value)| says(value)).map(|(name, value)| (name, short(&text(value)))).collect()
}
