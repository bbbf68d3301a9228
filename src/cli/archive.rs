//! `import-archive`.

use std::path::PathBuf;

use clap::Args;
use norm_portal::app;
use norm_portal::archive::read::{self, ReadError};
use norm_portal::clock::Clock;
use norm_portal::config::Config;

use super::Failure;

/// What to read in.
#[derive(Args)]
pub struct ImportArchive {
    /// A file that `export --format archive` or `archive-addresses` wrote.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl ImportArchive {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let db = app::open_database(config)?;
        let files = config.files.open(&config.data_dir).map_err(|error| Failure::Failed(error.to_string()))?;
        let imported = read::import(&db, &files, Clock::System.now(), &self.file).map_err(|error| match error {
            ReadError::Io(error) => Failure::Failed(format!("{}: {error}", self.file.display())),
            other => Failure::Failed(other.to_string()),
        })?;
        let edition = &imported.index.edition;
        println!("{} comments and {} files, {edition} edition", imported.comments, imported.files);
        println!(
            "Nobody can sign in with an account of the archive before a new password is set; invite the desk with `staff invite`."
        );
        Ok(())
    }
}
