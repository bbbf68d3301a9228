//! The audit log as a file: read in pages and sent as it is read, so that memory does not grow with the log.

use std::io;

use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use serde_json::json;

use super::form;
use crate::audit::{self, Act, Actor, Asked, Head, Line, Way};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::AccountId;
use crate::web::download::attachment;
use crate::web::{Page, PageError, Posted, Site};

/// Entries that are read at once.
const PIECE: i64 = 1_000;

/// The columns of the file.
const COLUMNS: [&str; 7] = ["entry", "at", "actor", "action", "subject", "detail", "hash"];

/// In which form the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    JsonLines,
}

impl Format {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "csv" => Some(Self::Csv),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/x-ndjson",
        }
    }
}

/// Notes that the log was taken along, and returns the head that stands behind that note: the file ends there.
fn note(conn: &mut AnyConnection, now: Moment, by: AccountId, filters: &serde_json::Value) -> DbResult<Head> {
    let act = Act { action: "audit.exported", subject: "audit:log".to_owned(), detail: filters.clone() };
    audit::append(conn, now, Actor::Account(by), act)?;
    audit::store::head(conn)
}

/// `POST /secretariat/audit`: the entries that fit the filters, as a file.
pub async fn export(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    let format = Format::parse(fields.get("go")).ok_or(PageError::BadRequest)?;
    let (asked, form) = form::asked(ctx.lang, &fields);
    if form.failed() {
        return Err(PageError::BadRequest);
    }
    let mut filters = json!({ "format": format.ending() });
    // A subject may be anything that somebody typed: the log keeps only words of its own.
    for name in form::NAMES.iter().filter(|name| **name != "subject") {
        if let (Some(facts), false) = (filters.as_object_mut(), fields.get(name).is_empty()) {
            facts.insert((*name).to_owned(), fields.get(name).into());
        }
    }
    let now = ctx.now;
    let head = ctx.site().db().write(move |conn| note(conn, now, by, &filters)).await?;
    let name = format!("norm-portal-audit-{}.{}", ctx.now.date(), format.ending());
    let reading = Reading { site: ctx.site().clone(), asked, format, last: head.seq, after: None, is_new: true };
    Ok(attachment(&name, format.media_type()).streaming(pieces(reading)))
}

/// How far the file is written.
struct Reading {
    site: Site,
    asked: Asked,
    format: Format,
    last: i64,
    after: Option<(Moment, i64)>,
    is_new: bool,
}

impl Reading {
    /// The next piece, and whether it is the last.
    async fn piece(&mut self) -> io::Result<(Bytes, bool)> {
        let (asked, way) = (self.asked.clone(), Way::On { after: self.after, last: self.last });
        let read = self.site.db().read(move |conn| audit::store::lines(conn, &asked, way, PIECE));
        let lines = read.await.map_err(io::Error::other)?;
        let head = std::mem::take(&mut self.is_new) && self.format == Format::Csv;
        let bytes = match self.format {
            Format::Csv => csv(head, &lines)?,
            Format::JsonLines => json_lines(&lines),
        };
        self.after = lines.last().map(|line| (line.at, line.seq)).or(self.after);
        Ok((bytes.into(), i64::try_from(lines.len()).unwrap_or(PIECE) < PIECE))
    }
}

fn pieces(reading: Reading) -> impl Stream<Item = io::Result<Bytes>> {
    unfold(Some(reading), |reading| async move {
        let mut reading = reading?;
        match reading.piece().await {
            Ok((piece, is_last)) => Some((Ok(piece), (!is_last).then_some(reading))),
            Err(error) => {
                tracing::warn!(%error, "an export of the audit log ended early");
                Some((Err(error), None))
            }
        }
    })
}

/// The cells of an entry. None can begin as a formula does: each is a number, a time, an id, a word of ours or JSON.
fn cells(line: &Line) -> [String; 7] {
    [
        line.seq.to_string(),
        line.at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        line.actor.map(|id| id.to_string()).unwrap_or_default(),
        line.action.clone(),
        line.subject.clone(),
        line.detail.clone(),
        hex::encode(&line.hash),
    ]
}

fn csv(with_head: bool, lines: &[Line]) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    if with_head {
        writer.write_record(COLUMNS)?;
    }
    for line in lines {
        writer.write_record(cells(line))?;
    }
    writer.into_inner().map_err(::csv::IntoInnerError::into_error)
}

fn json_lines(lines: &[Line]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in lines {
        let [_, at, actor, action, subject, detail, hash] = cells(line);
        let detail: serde_json::Value = serde_json::from_str(&detail).unwrap_or_else(|_| detail.into());
        let actor = Some(actor).filter(|actor| !actor.is_empty());
        let object = json!({
            "entry": line.seq, "at": at, "actor": actor, "action": action, "subject": subject, "detail": detail,
            "hash": hash,
        });
        out.extend(object.to_string().into_bytes());
        out.push(b'\n');
    }
    out
}
