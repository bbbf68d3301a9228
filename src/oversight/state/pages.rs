//! The page that says what is wrong.

use actix_web::web;
use askama::Template;

use super::measure;
use super::model::{Disk, Standing, Trouble};
use crate::web::{Ctx, Page, PageError};

#[derive(Template)]
#[template(path = "oversight/state.html")]
struct StatePage<'a> {
    ctx: &'a Ctx,
    troubles: Vec<Told>,
    standing: Standing,
}

/// A trouble in words, and the page that helps.
struct Told {
    title: String,
    text: String,
    link: Option<(&'static str, String)>,
}

/// `GET /secretariat/state`
pub async fn state(ctx: Ctx) -> Page {
    ctx.secretariat()?;
    let now = ctx.now;
    let mut standing = ctx.site().db().read(move |conn| measure::rows(conn, now)).await?;
    let site = ctx.site().clone();
    let standing = web::block(move || {
        measure::surroundings(&mut standing, site.config());
        standing
    });
    let standing = standing.await.map_err(|_| PageError::Unavailable)?;
    let troubles = standing.troubles(now).into_iter().map(|trouble| tell(&ctx, trouble)).collect();
    ctx.page(&StatePage { ctx: &ctx, troubles, standing })
}

impl StatePage<'_> {
    /// Whether the gate is closed, and until when.
    fn gate(&self) -> String {
        match self.standing.gate.until.filter(|_| self.standing.gate.is_closed(self.ctx.now)) {
            Some(until) => self.ctx.t1("state-gate-closed", "time", self.ctx.time(until)),
            None => self.ctx.t("state-gate-open"),
        }
    }

    fn disk(&self, disk: &Disk) -> String {
        space(self.ctx, *disk)
    }
}

fn space(ctx: &Ctx, disk: Disk) -> String {
    let tenths = disk.free / 100_000_000;
    let gigabytes = format!("{}.{}", tenths / 10, tenths % 10);
    ctx.t2("state-disk-free", "gigabytes", gigabytes, "percent", disk.percent_free())
}

fn tell(ctx: &Ctx, trouble: Trouble) -> Told {
    let mail = || Some(("/secretariat/mail", ctx.t("nav-mail")));
    let exports = || Some(("/secretariat/exports", ctx.t("nav-exports")));
    let (title, text, link) = match trouble {
        Trouble::MailLate(due, since) => {
            let late = ctx.tn("state-mail-late-text", due);
            ("state-mail-late", format!("{late} {}", ctx.t1("state-mail-late-since", "age", ctx.age(since))), mail())
        }
        Trouble::MailDead(dead) => ("state-mail-dead", ctx.tn("state-mail-dead-text", dead), mail()),
        Trouble::Disk(disk) => ("state-disk", ctx.t1("state-disk-text", "free", space(ctx, disk)), None),
        Trouble::NoBackup => ("state-no-backup", ctx.t("state-no-backup-text"), None),
        Trouble::BackupOld(at) => ("state-backup-old", ctx.t1("state-backup-old-text", "age", ctx.age(at)), None),
        Trouble::BackupFailed(at, error) if error.is_empty() => {
            ("state-backup-failed", ctx.t1("state-backup-given-up-text", "time", ctx.time(at)), None)
        }
        Trouble::BackupFailed(at, error) => {
            ("state-backup-failed", ctx.t2("state-backup-failed-text", "time", ctx.time(at), "error", error), None)
        }
        Trouble::JobsLate(late) => ("state-jobs-late", ctx.tn("state-jobs-late-text", late), exports()),
        Trouble::JobsFailed(failed) => ("state-jobs-failed", ctx.tn("state-jobs-failed-text", failed), exports()),
        Trouble::HeadOld(Some(day)) => {
            ("state-head-old", ctx.t1("state-head-old-text", "day", ctx.lang.date(day)), None)
        }
        Trouble::HeadOld(None) => ("state-head-old", ctx.t("state-head-never-text"), None),
    };
    Told { title: ctx.t(title), text, link }
}
