//! `backup` and `restore`.

use std::path::{Path, PathBuf};

use clap::Args;
use norm_portal::backup::model::{BackupError, Made};
use norm_portal::backup::{Portal, make, restore, schedule, store};
use norm_portal::clock::Clock;
use norm_portal::config::Config;
use norm_portal::db::{Db, Target};
use norm_portal::ids::BackupId;

use super::{Failure, is_free, look_for_portal};

/// Where the backup goes.
#[derive(Args)]
pub struct Backup {
    /// The file to write; there must be none of this name.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What is restored.
#[derive(Args)]
pub struct Restore {
    /// A file that `backup` wrote.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The file of the age identity that opens an encrypted backup.
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Restore though there is a portal that was used: its database and files are kept aside.
    #[arg(long)]
    replace: bool,
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Backup {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let target = look_for_portal(config)?;
        is_free(&self.out)?;
        let noted = begin(&target, &self.out)?;
        let made = make::make(
            &Portal::of(config, &target),
            Clock::System.now(),
            config.backup.recipient.as_deref(),
            &self.out,
        );
        let told = made.as_ref().map(|made| tell(made, &self.out, config)).map_err(ToString::to_string);
        if let Some((db, id)) = noted {
            let made = made.map_err(|error| error.to_string());
            schedule::note(&db, Clock::System.now(), id, made)?;
        }
        println!("{}", told.map_err(Failure::Failed)?);
        Ok(())
    }
}

/// Notes that a backup is made. Not in a database that would have to be migrated for it: whoever backs up before an
/// upgrade has the old version running.
fn begin(target: &Target, out: &Path) -> Result<Option<(Db, BackupId)>, Failure> {
    if !Db::is_current(target)? {
        eprintln!("The database has an older schema: the backup is made, but not noted there.");
        return Ok(None);
    }
    let db = Db::open(target)?;
    let (now, name) = (Clock::System.now(), out.display().to_string());
    let id = db.write_blocking(move |conn| store::begin(conn, now, false, &name))?;
    Ok(Some((db, id)))
}

fn tell(made: &Made, out: &Path, config: &Config) -> String {
    let manifest = &made.manifest;
    let rows = |table: &str| manifest.rows.get(table).copied().unwrap_or_default();
    let files = match &manifest.attachments.bucket {
        Some(bucket) => format!("files stay in the bucket {bucket}"),
        None => format!("{} files", manifest.attachments.files),
    };
    let mut lines = vec![
        format!("{}: {} bytes, SHA-256 {}", out.display(), made.size, made.sha256),
        format!(
            "{} comments, {} accounts, {files}; audit head {}",
            rows("comments"),
            rows("accounts"),
            manifest.audit_head
        ),
    ];
    if !manifest.attachments.lost.is_empty() {
        lines.push(format!("MISSING OR DAMAGED in the portal: {}", manifest.attachments.lost.join(", ")));
    }
    if config.backup.recipient.is_none() {
        lines.push("Not encrypted (backup.recipient is not set): keep it where nobody else reads.".to_owned());
    }
    lines.join("\n")
}

impl Restore {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let target = config.database.target(&config.data_dir).map_err(Failure::Failed)?;
        super::make_data_dir(config)?;
        let from = (self.from.as_path(), self.identity.as_deref());
        let restored = restore::restore(&Portal::of(config, &target), Clock::System.now(), from, self.replace)?;
        let manifest = &restored.manifest;
        let rows = |table: &str| manifest.rows.get(table).copied().unwrap_or_default();
        println!(
            "Restored the portal of {}: {} comments, {} accounts",
            manifest.made_at,
            rows("comments"),
            rows("accounts")
        );
        println!(
            "The audit log holds up to {}; {} sessions ended, {} links of letters no longer count",
            manifest.audit_head, restored.sessions, restored.links
        );
        if let Some(aside) = &restored.aside {
            println!("What was here is kept as {aside}: in the data folder, and beside or in the database");
        }
        if let Some(bucket) = &manifest.attachments.bucket {
            println!("Files of comments are not in the backup: they have to be in the bucket {bucket}");
        }
        Ok(())
    }
}
