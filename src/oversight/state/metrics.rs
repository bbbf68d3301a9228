//! Numbers for whoever watches the server, as Prometheus reads them. No label holds anything of a person's: routes are the
//! patterns of the table of routes.

use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse, web};
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use super::measure;
use super::model::{Disk, Standing};
use crate::accounts::password::Hasher;
use crate::clock::Moment;
use crate::comments::model::State;
use crate::db::{AnyConnection, DbResult};
use crate::oversight::figures::{model::Waiting, store as figures};
use crate::web::page::Rendered;
use crate::web::{Page, PageError, Site};

/// The media type of what Prometheus reads.
const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// `GET /metrics`: for this machine, and for the addresses of `server.metrics_from`. Whoever else asks finds nothing.
pub async fn metrics(request: HttpRequest, site: web::Data<Site>, hasher: web::Data<Hasher>) -> Page {
    if !may_ask(&request, &site) {
        return Err(PageError::NotFound);
    }
    let now = site.now();
    // What the process knows by itself is told even when the database is away.
    let read = site.db().read(move |conn| rows(conn, now)).await.ok();
    let of_settings = site.clone();
    let disk = web::block(move || measure::disk(&of_settings.config().data_dir)).await.ok().flatten();
    let mut registry = Registry::with_prefix("norm_portal");
    of_process(&mut registry, &site, &hasher);
    of_surroundings(&mut registry, read.is_some(), disk);
    if let Some((standing, pending)) = read {
        of_database(&mut registry, now, &standing, &pending);
    }
    let mut body = String::new();
    text::encode(&mut body, &registry).map_err(|_| PageError::Fault)?;
    let mut answer = HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, MEDIA_TYPE))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(body);
    answer.extensions_mut().insert(Rendered);
    Ok(answer)
}

/// Only the address of the connection counts. What a server in front of us passes on comes from elsewhere.
fn may_ask(request: &HttpRequest, site: &Site) -> bool {
    let passed_on = [header::FORWARDED, header::VIA, header::X_FORWARDED_FOR, HeaderName::from_static("x-real-ip")];
    let from = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let is_known = from.is_some_and(|from| from.is_loopback() || site.config().server.metrics_from.contains(&from));
    is_known && !passed_on.iter().any(|name| request.headers().contains_key(name))
}

fn rows(conn: &mut AnyConnection, now: Moment) -> DbResult<(Standing, Waiting)> {
    Ok((measure::rows(conn, now)?, figures::waiting_everywhere(conn, State::Pending)?))
}

/// What this server counted since it began.
fn of_process(registry: &mut Registry, site: &Site, hasher: &Hasher) {
    let watch = site.watch();
    registry.register("request_seconds", "Requests that were routed, by the time they took", watch.requests());
    let mut count = |name: &str, help: &str, n: u64| registry.register(name, help, ConstCounter::new(n));
    count("cache_hits", "Answers from the cache", watch.cached());
    count("cache_renders", "Answers that were rendered to be kept", site.cache().rendered());
    count("commits", "Transactions that wrote", site.db().commits());
    let lane = site.db().lane();
    registry.register("lane_batch_units", "Units of work in one commit of the write lane", lane.batch.clone());
    registry.register("lane_wait_seconds", "How long units waited for the write lane", lane.wait.clone());
    let mut gauge = gauges(registry);
    gauge("lane_waiting", "Units that wait for the write lane", lane.waiting());
    gauge("cache_bytes", "Bytes of answers that are kept", whole(site.cache().weight()));
    gauge("password_hashes", "Passwords that are hashed or wait to be", hasher.taken());
}

fn of_surroundings(registry: &mut Registry, has_database: bool, disk: Option<Disk>) {
    let mut gauge = gauges(registry);
    gauge("database_up", "Whether the database answered", i64::from(has_database));
    if let Some(disk) = disk {
        gauge("disk_free_bytes", "Bytes free on the disk of the data folder", whole(disk.free));
    }
}

fn of_database(registry: &mut Registry, now: Moment, standing: &Standing, pending: &Waiting) {
    let mut gauge = gauges(registry);
    let age = |since: Option<Moment>| since.map_or(0, |since| (now - since).num_seconds().max(0));
    gauge("queue_comments", "Comments that wait for their first decision", pending.count);
    gauge("queue_oldest_seconds", "For how long the oldest of them waits", age(pending.oldest));
    gauge("outbox_letters", "Letters that were not sent yet", standing.post.queued);
    gauge("outbox_late_letters", "Letters that should have left", standing.post.due);
    gauge("outbox_oldest_seconds", "Since when the oldest of these should have left", age(standing.post.oldest_due));
    gauge("outbox_dead_letters", "Letters that were given up", standing.post.dead);
    gauge("jobs_open", "Jobs that wait or are under way", standing.jobs.open);
    gauge("jobs_late", "Jobs that nobody takes up", standing.jobs.late);
    gauge("jobs_failed", "Jobs that failed within a day", standing.jobs.failed);
    if let Some(last) = &standing.backup {
        gauge("backup_age_seconds", "How old the last backup is", age(Some(last.begun_at)));
    }
    gauge("backup_failed", "Whether the last try to make a backup failed", i64::from(standing.failed_backup.is_some()));
}

fn gauges(registry: &mut Registry) -> impl FnMut(&str, &str, i64) {
    move |name: &str, help: &str, n: i64| registry.register(name, help, ConstGauge::new(n))
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
