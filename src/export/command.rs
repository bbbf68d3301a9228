//! The export of the command line: [`make`](super::make::make) by the operator, with its progress shown.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::make::{MakeError, make_with};
use super::manifest::Manifest;
use super::model::{Request, RequestedBy};
use crate::clock::Moment;
use crate::db::Db;
use crate::files::Files;

/// Writes the file to `out`; progress goes to stderr when it is a terminal, and nowhere when it is not.
pub fn run(
    (db, files): (&Db, &Files),
    origin: &str,
    now: Moment,
    request: &Request,
    out: &Path,
) -> Result<Manifest, MakeError> {
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len} comments, {eta} left") {
        bar.set_style(style);
    }
    let made = make_with((db, Some(files)), origin, now, request, &RequestedBy::Operator, out, &mut |done, total| {
        bar.set_length(u64::try_from(total).unwrap_or(0));
        bar.set_position(u64::try_from(done).unwrap_or(0));
    });
    bar.finish_and_clear();
    made
}
