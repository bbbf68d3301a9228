//! `import-norms`.

use std::path::PathBuf;

use clap::Args;
use norm_portal::app;
use norm_portal::clock::Clock;
use norm_portal::config::Config;

use super::Failure;

/// Which package.
#[derive(Args)]
pub struct ImportNorms {
    /// A norm package in TOML. Left out: that of `norms.package`, else the one built in.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl ImportNorms {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let db = app::open_database(config)?;
        let file = self.file.or_else(|| config.norms.package.clone());
        let imported = app::import_norms(&db, &Clock::System, file.as_deref())?;
        println!("{} new texts, {} new versions", imported.texts, imported.versions);
        Ok(())
    }
}
