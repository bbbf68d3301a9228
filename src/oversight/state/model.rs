//! What is wrong with the portal. Pure; the limits are here and nowhere else.

use chrono::{NaiveDate, TimeDelta};

use crate::backup::model::Remembered;
use crate::clock::Moment;
use crate::gate;
use crate::jobs::store::Backlog;
use crate::mail::store::Post;

/// A letter that is due leaves within seconds; after this time somebody should look.
const MAIL_PATIENCE: TimeDelta = TimeDelta::minutes(15);

/// A job that is due is begun within seconds, and its server renews its lease; after this time it is stuck.
pub const JOB_PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// How long a job that failed is told of.
pub const FAILED_LATELY: TimeDelta = TimeDelta::days(1);

/// A backup is old after twice the time between two; by hand, after a week.
const BY_HAND: TimeDelta = TimeDelta::days(7);

/// Less free than one part in so many is nearly full.
const PART_FREE: u64 = 10;

/// However large a disk is: less than so many bytes is nearly full, and more than [`MUCH`] is not.
const LITTLE: u64 = 1 << 30;
const MUCH: u64 = 50 << 30;

/// A disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// Bytes that the portal may still write.
    pub free: u64,
    /// Bytes of all.
    pub size: u64,
}

impl Disk {
    /// Whether there is so little left that somebody should make room.
    pub fn is_nearly_full(self) -> bool {
        self.free < LITTLE.min(self.size / 2) || (self.free < self.size / PART_FREE && self.free < MUCH)
    }

    /// How much is left, of a hundred.
    pub fn percent_free(self) -> u64 {
        (u128::from(self.free) * 100).checked_div(u128::from(self.size)).and_then(|n| n.try_into().ok()).unwrap_or(0)
    }
}

/// What was read of how the portal stands.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Letters.
    pub post: Post,
    /// Long work.
    pub jobs: Backlog,
    /// The last backup that was made.
    pub backup: Option<Remembered>,
    /// The last one that failed, if none was made since.
    pub failed_backup: Option<Remembered>,
    /// The time between two backups, if the portal makes any by itself.
    pub every: Option<TimeDelta>,
    /// When the portal was first used, as far as is known: the first entry of the log.
    pub began: Option<Moment>,
    /// Whether strangers are let in.
    pub gate: gate::Standing,
    /// The disk of the data folder.
    pub disk: Option<Disk>,
    /// The last day whose head of the audit log was exported.
    pub head: Option<NaiveDate>,
}

/// Something that somebody should see to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Letters do not leave: so many are due, the first since then.
    MailLate(i64, Moment),
    /// Letters were given up.
    MailDead(i64),
    /// The disk is nearly full.
    Disk(Disk),
    /// There never was a backup.
    NoBackup,
    /// The last backup is of then.
    BackupOld(Moment),
    /// The backup of then failed, and why.
    BackupFailed(Moment, String),
    /// So many jobs are not begun, or their servers went silent.
    JobsLate(i64),
    /// So many jobs failed within a day.
    JobsFailed(i64),
    /// No head of the audit log was exported since that day.
    HeadOld(Option<NaiveDate>),
}

impl Standing {
    /// What is wrong at `now`.
    pub fn troubles(&self, now: Moment) -> Vec<Trouble> {
        let mut found = Vec::new();
        if let Some(since) = self.post.oldest_due.filter(|since| *since + MAIL_PATIENCE <= now) {
            found.push(Trouble::MailLate(self.post.due, since));
        }
        if self.post.dead > 0 {
            found.push(Trouble::MailDead(self.post.dead));
        }
        found.extend(self.disk.filter(|disk| disk.is_nearly_full()).map(Trouble::Disk));
        found.extend(self.of_backups(now));
        if self.jobs.late > 0 {
            found.push(Trouble::JobsLate(self.jobs.late));
        }
        if self.jobs.failed > 0 {
            found.push(Trouble::JobsFailed(self.jobs.failed));
        }
        let yesterday = now.date().pred_opt().unwrap_or_default();
        let is_new = self.began.is_none_or(|began| began.date() >= yesterday);
        if !is_new && self.head.is_none_or(|day| day < yesterday) {
            found.push(Trouble::HeadOld(self.head));
        }
        found
    }

    fn of_backups(&self, now: Moment) -> Option<Trouble> {
        if let Some(failed) = &self.failed_backup {
            return Some(Trouble::BackupFailed(failed.begun_at, failed.error.clone()));
        }
        let patience = self.every.map_or(BY_HAND, |every| every * 2);
        match &self.backup {
            Some(last) => (last.begun_at + patience <= now).then_some(Trouble::BackupOld(last.begun_at)),
            None => self
                .began
                .is_some_and(|began| began + patience.min(TimeDelta::days(1)) <= now)
                .then_some(Trouble::NoBackup),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Moment {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(12, 0, 0).unwrap()
    }

    fn made(at: Moment, error: &str) -> Remembered {
        Remembered { name: "b".into(), begun_at: at, ended_at: Some(at), error: error.into() }
    }

    fn well() -> Standing {
        Standing {
            backup: Some(made(noon() - TimeDelta::hours(30), "")),
            every: Some(TimeDelta::hours(24)),
            began: Some(noon() - TimeDelta::days(30)),
            disk: Some(Disk { free: 60 << 30, size: 100 << 30 }),
            head: Some(noon().date()),
            ..Standing::default()
        }
    }

    #[test]
    fn nothing_is_wrong_with_what_is_well_or_new() {
        assert_eq!(well().troubles(noon()), []);
        assert_eq!(Standing::default().troubles(noon()), []);
        let fresh = Standing { began: Some(noon() - TimeDelta::hours(3)), ..Standing::default() };
        assert_eq!(fresh.troubles(noon()), []);
    }

    #[test]
    fn backups_are_missed_when_they_are_late() {
        let at = |backup, every| Standing { backup, every, ..well() }.troubles(noon());
        let old = noon() - TimeDelta::hours(48);
        assert_eq!(at(Some(made(old, "")), Some(TimeDelta::hours(24))), [Trouble::BackupOld(old)]);
        assert_eq!(at(Some(made(old, "")), None), []);
        assert_eq!(at(Some(made(noon() - TimeDelta::days(7), "")), None).len(), 1);
        assert_eq!(at(None, None), [Trouble::NoBackup]);
        let failed = Standing { failed_backup: Some(made(noon(), "no room")), ..well() };
        assert_eq!(failed.troubles(noon()), [Trouble::BackupFailed(noon(), "no room".into())]);
    }

    #[test]
    fn letters_jobs_and_heads_have_their_time() {
        let mail = |minutes| {
            let post = Post { due: 3, oldest_due: Some(noon() - TimeDelta::minutes(minutes)), ..Post::default() };
            Standing { post, ..well() }.troubles(noon()).len()
        };
        assert_eq!((mail(14), mail(15)), (0, 1));
        let yesterday = noon().date().pred_opt().unwrap();
        assert_eq!(Standing { head: Some(yesterday), ..well() }.troubles(noon()), []);
        let before = yesterday.pred_opt();
        assert_eq!(Standing { head: before, ..well() }.troubles(noon()), [Trouble::HeadOld(before)]);
        let jobs = Backlog { late: 1, failed: 2, ..Backlog::default() };
        assert_eq!(Standing { jobs, ..well() }.troubles(noon()), [Trouble::JobsLate(1), Trouble::JobsFailed(2)]);
    }

    #[test]
    fn a_disk_is_nearly_full_by_its_size() {
        let full = |free, size| Disk { free, size }.is_nearly_full();
        assert!(full(1 << 20, 100 << 20) && !full(60 << 20, 100 << 20), "a small one");
        assert!(full(9 << 30, 100 << 30) && !full(11 << 30, 100 << 30));
        assert!(!full(60 << 30, 4_000 << 30), "a tenth of a large one is much");
        assert_eq!(Disk { free: 0, size: 0 }.percent_free(), 0);
    }
}
