//! `verify-audit`.

use norm_portal::config::Config;
use norm_portal::{app, audit};

use super::Failure;

/// Walks the chain and prints its head, or where it breaks.
pub fn verify(config: &Config) -> Result<(), Failure> {
    let db = app::open_database(config)?;
    match db.snapshot_blocking(audit::verify)? {
        Ok(checked) => {
            println!("{} entries, the chain holds; head {}", checked.entries, checked.head);
            Ok(())
        }
        Err(broken) => Err(Failure::Failed(format!("the audit log does not hold: {broken}"))),
    }
}
