//! What each command does, one file a command. Knows every room; no room knows it.

mod archive;
mod audit;
mod backup;
mod demo;
mod export;
mod files;
mod log;
mod norms;
mod serve;
mod staff;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use norm_portal::app::{self, StartError};
use norm_portal::config::{Config, ConfigError};
use norm_portal::db::{Db, DbError, Target};
use norm_portal::files::reader;
use norm_portal::tables::columns::Purpose;
use norm_portal::tables::read as tables;

/// The comment portal of an international commission.
#[derive(Parser)]
#[command(name = "norm-portal", version, about)]
pub struct Arguments {
    /// A settings file (TOML) over the built-in settings; the environment (`NORM_PORTAL_...`) goes over both.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the portal and answer until told to stop (SIGTERM, Ctrl-C).
    ///
    /// Migrates the database, loads the norm package at the first start, prints the address and - while there is no
    /// Secretariat - the link of the first invitation.
    Serve,
    /// Fill a fresh data folder with synthetic comments in every state, and serve it.
    Demo(demo::Demo),
    /// Invite people to the Secretariat's desk.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Load a norm package: new texts and versions are added, published versions stay as they are.
    ImportNorms(norms::ImportNorms),
    /// Write the comments to a file, with a manifest beside it.
    Export(export::Export),
    /// Read a full archive into an empty portal: its texts, comments, decisions, files and audit log.
    ///
    /// The portal must never have served: use a fresh database and data folder. Passwords are in no archive, and addresses
    /// only in those of the format `archive-addresses`: whoever has an address sets a new password by its reset; others
    /// are names. The public edition holds what everyone may see, so its portal shows that and has nobody at its desk yet.
    ImportArchive(archive::ImportArchive),
    /// Write the portal to one file: its database as of one moment, the files of comments, the heads of its audit log.
    ///
    /// The portal may run meanwhile. The file is encrypted if `backup.recipient` is set, and is there only once it is whole
    /// and on the disk.
    Backup(backup::Backup),
    /// Make the portal from a backup. Nothing is replaced before all of it was checked.
    ///
    /// The portal must be stopped. Everybody is signed out, and links in letters that were sent before no longer count.
    Restore(backup::Restore),
    /// Have every file looked through by clamd (`files.clamd`), those too that came before it was switched on.
    ///
    /// The running portal does it. Until a file was looked through nobody gets it; a harmful one is thrown away, and its
    /// sender is told. Run it again when clamd knows more.
    ScanFiles,
    /// Check the audit log's hash chain from its first entry to its head, and against heads exported before.
    VerifyAudit(audit::VerifyAudit),
    /// Read and check the settings, and print them without their secrets.
    CheckConfig,
    /// Read the document on standard input and print its paragraphs: what the portal starts for itself.
    #[command(hide = true)]
    ReadDocument {
        /// How names of documents of this sort end: pdf, docx, odt, txt.
        ending: String,
    },
    /// Read the comment table on standard input and print its rows: what the portal starts for itself.
    #[command(hide = true)]
    ReadTable {
        /// What it is read for: comments, observations.
        #[arg(value_parser = purpose)]
        purpose: Purpose,
        /// What its sender called it.
        name: String,
    },
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line asks for something that can't be (2).
    #[error("{0}")]
    Use(String),
    /// It failed (1).
    #[error("{0}")]
    Failed(String),
}

impl Failure {
    /// 2 for wrong use, else 1.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Use(_) => 2,
            Self::Failed(_) => 1,
        })
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs the command.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    // Before the settings: this process reads what strangers sent, and is to know nothing else.
    if let Command::ReadDocument { ending } = &arguments.command {
        return read_document(ending);
    }
    if let Command::ReadTable { purpose, name } = &arguments.command {
        return read_table(name, *purpose);
    }
    let config = Config::load(arguments.config.as_deref())?;
    log::begin(&config)?;
    match arguments.command {
        Command::Serve => serve::run(config),
        Command::Demo(demo) => demo.run(config),
        Command::Staff(staff) => staff.run(&config),
        Command::ImportNorms(import) => import.run(&config),
        Command::Export(export) => export.run(&config),
        Command::ImportArchive(import) => import.run(&config),
        Command::Backup(backup) => backup.run(&config),
        Command::Restore(restore) => restore.run(&config),
        Command::ScanFiles => files::scan(&config),
        Command::VerifyAudit(verify) => verify.run(&config),
        Command::ReadDocument { ending } => read_document(&ending),
        Command::ReadTable { purpose, name } => read_table(&name, purpose),
        Command::CheckConfig => {
            serve::check(&config)?;
            println!("{config:#?}");
            Ok(())
        }
    }
}

/// Refuses where nothing is: a wrong folder would be made a new portal, and speak for the one that was meant.
fn look_for_portal(config: &Config) -> Result<Target, Failure> {
    let target = config.database.target(&config.data_dir).map_err(Failure::Failed)?;
    let is_there = !matches!(&target, Target::Sqlite(path) if !path.is_file());
    if is_there && config.data_dir.is_dir() {
        return Ok(target);
    }
    let folder = config.data_dir.display();
    Err(Failure::Failed(format!(
        "there is no portal here: no database, or no data folder {folder}; look at data_dir and database.url"
    )))
}

/// Opens the database of a portal that is there.
fn open_portal(config: &Config) -> Result<Db, Failure> {
    look_for_portal(config)?;
    Ok(app::open_database(config)?)
}

/// Refuses to write over what is no file: a link, a folder, a device.
fn is_free(out: &Path) -> Result<(), Failure> {
    match std::fs::symlink_metadata(out) {
        Ok(known) if !known.is_file() => {
            Err(Failure::Use(format!("--out {}: this is no file; name one that may be replaced", out.display())))
        }
        _ => Ok(()),
    }
}

/// Makes the data folder if it is not there, for the portal's own user alone.
fn make_data_dir(config: &Config) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt as _;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&config.data_dir);
    made.map_err(|error| Failure::Failed(format!("{}: {error}", config.data_dir.display())))
}

fn read_document(ending: &str) -> Result<(), Failure> {
    let answer = reader::serve(ending, std::io::stdin()).map_err(|error| Failure::Failed(error.to_string()))?;
    println!("{answer}");
    Ok(())
}

fn purpose(text: &str) -> Result<Purpose, String> {
    Purpose::parse(text).ok_or_else(|| "one of: comments, observations".to_owned())
}

fn read_table(name: &str, purpose: Purpose) -> Result<(), Failure> {
    use std::os::fd::AsFd as _;
    let failed = |error: std::io::Error| Failure::Failed(error.to_string());
    let mut file = std::fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().map_err(failed)?);
    println!("{}", tables::serve(&mut file, name, purpose).map_err(failed)?);
    Ok(())
}
