//! `scan-files`.

use norm_portal::clock::Clock;
use norm_portal::comments::attachments::scan;
use norm_portal::config::Config;

use super::{Failure, open_portal};

/// Runs the command.
pub fn scan(config: &Config) -> Result<(), Failure> {
    if config.files.clamd().map_err(Failure::Failed)?.is_none() {
        return Err(Failure::Failed("files.clamd is not set: nobody would look through them".into()));
    }
    let db = open_portal(config)?;
    let now = Clock::System.now();
    let count = db.write_blocking(move |conn| scan::anew(conn, now))?;
    println!(
        "{count} files wait to be looked through; the running portal gives each out again once nothing bad was found"
    );
    Ok(())
}
