//! `verify-audit`.

use std::path::Path;

use clap::Args;
use norm_portal::audit::{self, Head, heads};
use norm_portal::config::Config;

use super::{Failure, open_portal};

/// What `verify-audit` compares with.
#[derive(Args)]
pub struct VerifyAudit {
    /// A head that was exported before: `SEQ:HASH`, or a file that holds it. May be repeated.
    ///
    /// The heads in `audit-heads` of the data folder are compared in any case. Heads from the daily letters, which
    /// nobody on this machine can rewrite, show a log that was rebuilt together with its folder.
    #[arg(long, value_name = "FILE_OR_SEQ:HASH")]
    head: Vec<String>,
}

impl VerifyAudit {
    /// Walks the chain and prints its head, or where it breaks.
    pub fn run(&self, config: &Config) -> Result<(), Failure> {
        let db = open_portal(config)?;
        let known = self.known(&config.data_dir)?;
        match db.snapshot_blocking(|conn| audit::verify_against(conn, &known))? {
            Ok(checked) => {
                println!("{} entries, the chain holds; head {}", checked.entries, checked.head);
                println!("it passes through {} heads that were exported before", checked.heads);
                Ok(())
            }
            Err(broken) => Err(Failure::Failed(format!("the audit log does not hold: {broken}"))),
        }
    }

    fn known(&self, data_dir: &Path) -> Result<Vec<Head>, Failure> {
        let failed = |path: &Path, error: std::io::Error| Failure::Failed(format!("{}: {error}", path.display()));
        let mut known = Vec::new();
        for file in heads::files(data_dir).map_err(|error| failed(data_dir, error))? {
            known.push(Head::read(&file).map_err(|error| failed(&file, error))?);
        }
        for given in &self.head {
            let file = Path::new(given);
            known.push(match Head::parse(given) {
                Some(head) => head,
                None if file.is_file() => Head::read(file).map_err(|error| failed(file, error))?,
                None => return Err(Failure::Use(format!("--head {given}: neither SEQ:HASH nor a file"))),
            });
        }
        Ok(known)
    }
}
