//! The Secretariat's pages of exports: ask for one, watch it, take it away.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, web};
use askama::Template;

use super::edition::LeftOut;
use super::form;
use super::job::{self, KIND};
use super::manifest::Manifest;
use super::model::{Edition, Format, Request};
use super::request::{self, RequestError};
use super::sweep;
use crate::clock::Moment;
use crate::comments::model::State;
use crate::comments::redaction;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, JobId};
use crate::jobs::{self, Job, JobState};
use crate::norms::model::Norm;
use crate::web::download::{attachment, resumable};
use crate::web::{Ctx, Form, Page, PageError, Posted};
use crate::{accounts, norms};

/// Jobs on the list.
const NEWEST: i64 = 20;

/// A job as pages show it.
struct Shown {
    job: Job,
    request: Option<Request>,
    manifest: Option<Manifest>,
    who: String,
}

#[derive(Template)]
#[template(path = "export/list.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    form: &'a Form,
    norms: Vec<Norm>,
    jobs: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "export/job.html")]
struct JobPage<'a> {
    ctx: &'a Ctx,
    shown: Shown,
    watched: bool,
    /// Whether words were taken out of a comment since it was asked for: the file may hold them, and is given to nobody.
    is_overtaken: bool,
    /// Whether the file was thrown away, for its time is over.
    is_past: bool,
    /// The day until which it is kept.
    until: Option<String>,
}

/// `GET /secretariat/exports`
pub async fn list(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    list_page(&ctx, &form::fresh()).await
}

/// `POST /secretariat/exports`
pub async fn create(posted: Posted) -> Page {
    let (ctx, fields) = posted.checked()?;
    let by = ctx.secretariat()?.id;
    if fields.get("edition") != Edition::Public.as_str() && !ctx.is_proven() {
        return accounts::proof::pages::ask(&ctx, &fields).await;
    }
    let kept = fields.clone();
    let slugs: Vec<String> =
        ctx.site().db().read(norms::store::norms).await?.into_iter().map(|norm| norm.slug).collect();
    let asked = match form::parse(ctx.lang, fields, &slugs) {
        Ok(asked) => asked,
        Err(form) => return list_page(&ctx, &form).await,
    };
    let now = ctx.now;
    match ctx.site().db().write(move |conn| request::request(conn, now, by, &asked)).await {
        Ok(id) => ctx.to_with(&format!("/secretariat/exports/{id}"), "flash-export-requested"),
        Err(RequestError::Refused(refused)) => {
            list_page(&ctx, &form::refuse(ctx.lang, Form::filled(kept), refused)).await
        }
        Err(RequestError::NoSuchNorm) => Err(PageError::Conflict),
        Err(RequestError::Database(error)) => Err(error.into()),
    }
}

/// `GET /secretariat/exports/{id}`; with `?watch=yes` the page reloads by itself until the job has ended.
pub async fn job(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.secretariat()?;
    let shown = find(&ctx, &id).await?;
    let watched = shown.job.state.is_open() && ctx.query.get("watch") == "yes";
    let is_overtaken = is_overtaken(&ctx, &shown.job).await?;
    let kept = ctx.site().config().exports.kept();
    let is_past = sweep::is_past(&shown.job, ctx.now, kept);
    let until = shown.job.finished_at.map(|finished| ctx.lang.date((finished + kept).date()));
    let mut page = ctx.page(&JobPage { ctx: &ctx, shown, watched, is_overtaken, is_past, until })?;
    if watched {
        page.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("3"));
    }
    Ok(page)
}

/// `GET /secretariat/exports/{id}/file`, whole or from where a connection broke; each time it is entered.
pub async fn file(ctx: Ctx, request: HttpRequest, id: web::Path<String>) -> Page {
    let by = ctx.secretariat()?.id;
    let (done, asked, manifest, name) = finished(&ctx, &id).await?;
    if asked.edition != Edition::Public {
        ctx.proven(&format!("/secretariat/exports/{}", done.id))?;
    }
    if sweep::is_past(&done, ctx.now, ctx.site().config().exports.kept()) || is_overtaken(&ctx, &done).await? {
        return Err(PageError::Gone);
    }
    let (id, path) = (done.id, job::path(&ctx.site().config().data_dir, &done, &asked));
    let opened = web::block(move || {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok::<_, std::io::Error>((file, length))
    });
    let (file, length) = match opened.await {
        Ok(Ok(opened)) => opened,
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => return Err(PageError::Gone),
        Ok(Err(error)) => {
            tracing::error!(%error, job = %id, "a finished export could not be opened");
            return Err(PageError::Fault);
        }
        Err(_) => return Err(PageError::Unavailable),
    };
    let (now, sha256) = (ctx.now, manifest.sha256.unwrap_or_default());
    let digest = sha256.clone();
    ctx.site().db().write(move |conn| request::note_download(conn, now, by, id, &sha256)).await?;
    resumable(&request, (file, length, &digest), &name, asked.container().media_type()).map_err(|error| {
        tracing::error!(%error, job = %id, "a finished export could not be read");
        PageError::Fault
    })
}

/// `GET /secretariat/exports/{id}/manifest`
pub async fn manifest(ctx: Ctx, id: web::Path<String>) -> Page {
    ctx.secretariat()?;
    let (_, _, manifest, name) = finished(&ctx, &id).await?;
    Ok(attachment(&format!("{name}.manifest.json"), "application/json").body(manifest.to_pretty_json()))
}

/// Whether words were taken out of a comment after `job` was asked for.
async fn is_overtaken(ctx: &Ctx, job: &Job) -> Result<bool, PageError> {
    let last = ctx.site().db().read(redaction::store::last).await?;
    Ok(last.is_some_and(|last| job.created_at <= last))
}

async fn list_page(ctx: &Ctx, form: &Form) -> Page {
    let (norms, jobs) = ctx
        .site()
        .db()
        .read(|conn| {
            let jobs = jobs::store::newest(conn, KIND, NEWEST)?;
            Ok::<_, DbError>((norms::store::norms(conn)?, shown(conn, jobs)?))
        })
        .await?;
    ctx.form_page(&ListPage { ctx, form, norms, jobs }, form.failed())
}

async fn find(ctx: &Ctx, id: &str) -> Result<Shown, PageError> {
    let id = JobId::parse(id).ok_or(PageError::NotFound)?;
    let found = ctx.site().db().read(move |conn| {
        let job = jobs::store::by_id(conn, KIND, id)?;
        Ok::<_, DbError>(shown(conn, job.into_iter().collect())?.pop())
    });
    found.await?.ok_or(PageError::NotFound)
}

/// A job that has a file: its id, what was asked for, what it holds, what the file is called.
async fn finished(ctx: &Ctx, id: &str) -> Result<(Job, Request, Manifest, String), PageError> {
    let shown = find(ctx, id).await?;
    let name = shown.file_name();
    match (shown.request, shown.manifest) {
        (Some(request), Some(manifest)) => Ok((shown.job, request, manifest, name)),
        _ => Err(PageError::NotFound),
    }
}

/// Adds to each job what it is about and who asked for it.
fn shown(conn: &mut AnyConnection, jobs: Vec<Job>) -> DbResult<Vec<Shown>> {
    let mut names: BTreeMap<AccountId, String> = BTreeMap::new();
    let mut all = Vec::new();
    for job in jobs {
        let by = job.requested_by;
        let who = match names.entry(by) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => new.insert(accounts::store::by_id(conn, by)?.details.name).clone(),
        };
        let done = job.state == JobState::Done;
        all.push(Shown {
            request: Request::from_json(&job.payload),
            manifest: if done { Manifest::from_json(&job.result) } else { None },
            who,
            job,
        });
    }
    Ok(all)
}

/// A time as a page says it.
struct When {
    machine: String,
    words: String,
}

impl When {
    fn of(ctx: &Ctx, at: Moment) -> Self {
        Self { machine: ctx.datetime(at), words: ctx.time(at) }
    }
}

impl Shown {
    /// `norm-portal-public-botnets-2018-12-01.csv`; the format is named where the ending does not tell it.
    fn file_name(&self) -> String {
        let Some(request) = &self.request else { return "export".into() };
        let norm = request.norm.as_deref().map(|slug| format!("-{slug}")).unwrap_or_default();
        let day = self.job.finished_at.unwrap_or(self.job.created_at).date();
        let ending = request.container().ending();
        let format = request.format.as_str();
        let told =
            if format == ending { String::new() } else { format!("-{}", format.split('-').next().unwrap_or(format)) };
        format!("norm-portal{told}-{}{norm}-{day}.{ending}", request.edition)
    }

    fn state_words(&self, ctx: &Ctx) -> String {
        ctx.t(match self.job.state {
            JobState::Queued => "export-job-queued",
            JobState::Running => "export-job-running",
            JobState::Done => "export-job-done",
            JobState::Failed => "export-job-failed",
        })
    }

    fn state_class(&self) -> &'static str {
        match self.job.state {
            JobState::Queued => "tag tag-quiet",
            JobState::Running => "tag",
            JobState::Done => "tag tag-good",
            JobState::Failed => "tag tag-bad",
        }
    }

    /// `Public edition, CSV`
    fn what(&self, ctx: &Ctx) -> String {
        let Some(request) = &self.request else { return ctx.t("export-unknown") };
        let edition = edition_words(ctx, request.edition);
        ctx.t2("export-what", "edition", edition, "format", format_words(ctx, request.format))
    }

    /// `3000 of 12000`
    fn progress(&self, ctx: &Ctx) -> String {
        ctx.t2("export-progress", "done", self.job.done, "total", self.job.total)
    }

    fn asked(&self, ctx: &Ctx) -> When {
        When::of(ctx, self.job.created_at)
    }

    fn ended(&self, ctx: &Ctx) -> Option<When> {
        self.job.finished_at.map(|at| When::of(ctx, at))
    }

    /// The norm asked for; empty where it is all of them.
    fn norm(&self) -> &str {
        self.request.as_ref().and_then(|request| request.norm.as_deref()).unwrap_or_default()
    }

    fn status_words(&self, ctx: &Ctx) -> String {
        self.request.as_ref().map(|request| state_words(ctx, request.effective_status())).unwrap_or_default()
    }

    /// Why a comment is not in the file, and how many there are, for every reason that has any.
    fn left_out(&self, ctx: &Ctx) -> Vec<(String, u64)> {
        let Some(manifest) = &self.manifest else { return Vec::new() };
        LeftOut::ALL
            .iter()
            .filter_map(|reason| Some((left_out_words(ctx, *reason), *manifest.left_out.get(reason.as_str())?)))
            .collect()
    }
}

impl ListPage<'_> {
    fn editions(&self) -> Vec<(&'static str, String, String)> {
        let hint = |edition| match edition {
            Edition::Public => "export-edition-public-hint",
            Edition::Commission => "export-edition-commission-hint",
        };
        Edition::ALL
            .iter()
            .map(|edition| (edition.as_str(), edition_words(self.ctx, *edition), self.ctx.t(hint(*edition))))
            .collect()
    }

    fn formats(&self) -> Vec<(&'static str, String, String)> {
        let choice = |format: &Format| {
            let hint = self.ctx.t(format!("export-format-{format}-hint"));
            (format.as_str(), format_words(self.ctx, *format), hint)
        };
        Format::ALL.iter().map(choice).collect()
    }

    fn statuses(&self) -> Vec<(&'static str, String)> {
        State::ALL.iter().map(|state| (state.as_str(), state_words(self.ctx, *state))).collect()
    }
}

fn edition_words(ctx: &Ctx, edition: Edition) -> String {
    ctx.t(match edition {
        Edition::Public => "export-edition-public",
        Edition::Commission => "export-edition-commission",
    })
}

fn format_words(ctx: &Ctx, format: Format) -> String {
    ctx.t(format!("export-format-{format}"))
}

/// States in the words of the desk: those of `comments` speak to the author.
fn state_words(ctx: &Ctx, state: State) -> String {
    ctx.t(match state {
        State::Pending => "export-status-pending",
        State::Returned => "export-status-returned",
        State::Appealed => "export-status-appealed",
        State::Published => "export-status-published",
        State::Declined => "export-status-declined",
        State::Withdrawn => "export-status-withdrawn",
    })
}

fn left_out_words(ctx: &Ctx, reason: LeftOut) -> String {
    match reason {
        LeftOut::OtherNorms => ctx.t("export-left-out-other-norms"),
        LeftOut::Confidential => ctx.t("export-left-out-confidential"),
        LeftOut::NoProposal => ctx.t("export-left-out-no-proposal"),
        LeftOut::Pending => state_words(ctx, State::Pending),
        LeftOut::Returned => state_words(ctx, State::Returned),
        LeftOut::Appealed => state_words(ctx, State::Appealed),
        LeftOut::Published => state_words(ctx, State::Published),
        LeftOut::Declined => state_words(ctx, State::Declined),
        LeftOut::Withdrawn => state_words(ctx, State::Withdrawn),
    }
}
