//! What the portal costs, measured: the built server on a data folder of its own, driven from a second process on another
//! core, beside other programs that do the least possible on the same machine in the same run.
//!
//! `cargo bench --bench portal -- --comments 1000`; docs/performance.md says the rest.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that fails has to end")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures are read by people, three digits of them"
)]

mod clustering;
mod deciding;
mod exporting;
mod http;
mod load;
mod machine;
mod people;
mod portal;
mod publishing;
mod reading;
mod report;
mod rivals;
mod sending;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use self::portal::Data;
use self::report::{Report, Target};

/// What to measure, and how long.
#[derive(Parser)]
#[command(name = "cargo bench --bench portal --")]
struct Settings {
    /// How many comments the demo fills the data folder with.
    #[arg(long, default_value_t = 1000)]
    comments: usize,
    /// A fresh PostgreSQL database (postgres://...); left out: SQLite in the data folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Seconds of one round.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Rounds; the median of them counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Connections of readers.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// One part only.
    #[arg(long)]
    only: Option<Part>,
    /// A data folder to keep: filled if it is empty, used as it is if this bench filled it before.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Writes the figures to a file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measures nothing: prints how medians grew between such files.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    compare: Vec<PathBuf>,
    /// What `cargo bench` adds.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Public pages against nginx and a bare handler.
    Pages,
    /// A visitor with a session.
    Visitor,
    /// Searches made for the first time.
    Searches,
    /// The Secretariat's queue.
    Queue,
    /// Letters of campaigns put together.
    Clustering,
    /// Comments sent against bare rows.
    Sending,
    /// Publications while others read.
    Publishing,
    /// CSV and XLSX.
    Exporting,
    /// Start-up and memory.
    Memory,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [load::MODE] => load::serve(),
        [rivals::MODE, address] => rivals::serve(address),
        [sending::MODE, folder, seconds] => sending::serve(folder, seconds),
        [clustering::MODE, file] => clustering::serve(file),
        [exporting::MODE, csv, out] => exporting::serve(csv, out),
        _ => {
            let settings = Settings::parse();
            if settings.compare.is_empty() { measure(&settings) } else { report::growth(&settings.compare) }
        }
    }
}

fn measure(settings: &Settings) {
    let scratch = tempfile::tempdir().expect("a folder for this run");
    let folder = settings.data.clone().unwrap_or_else(|| scratch.path().join("data"));
    let mut report = Report {
        comments: settings.comments,
        database: if settings.database.is_some() { "PostgreSQL" } else { "SQLite" }.to_owned(),
        machine: machine::described(),
        ..Report::default()
    };
    if !machine::has("taskset") {
        report.note("`taskset` is not there (Debian: util-linux): nothing is pinned to a core, ratios mean less.");
    }
    let data = Data::filled(&folder, settings.database.clone(), settings.comments);
    if let Some(took) = data.filled_in {
        report.add("Filling in", took.as_secs_f64(), "s");
    }
    if let Some(size) = data.size() {
        report.add("Database", size as f64 / 1e6, "MB");
    }
    let is_asked = |part| settings.only.is_none_or(|only| only == part);
    if is_asked(Part::Memory) {
        empty(settings, &mut report);
    }
    let serving = data.serve();
    if is_asked(Part::Memory) {
        report.hold("Ready", serving.ready_in.as_secs_f64(), "s", Target::AtMost(0.3));
        report.hold("Memory, idle", serving.memory(), "MB", Target::AtMost(120.0));
    }
    if is_asked(Part::Pages) {
        reading::pages(settings, &serving, scratch.path(), &mut report);
    }
    if is_asked(Part::Visitor) {
        reading::visitor(settings, &data, &serving, &mut report);
    }
    if is_asked(Part::Searches) {
        reading::searches(&serving, &mut report);
    }
    if is_asked(Part::Queue) {
        reading::queue(settings, &data, &serving, &mut report);
        deciding::one_by_one(&data, &serving, &mut report);
    }
    if is_asked(Part::Publishing) {
        publishing::burst(settings, &data, &serving, &mut report);
    }
    if is_asked(Part::Exporting) {
        exporting::all(&data, scratch.path(), &mut report);
    }
    if is_asked(Part::Clustering) {
        clustering::letters(scratch.path(), &mut report);
    }
    if is_asked(Part::Sending) {
        sending::comments(settings, &data, &serving, scratch.path(), &mut report);
    }
    if is_asked(Part::Memory) {
        report.hold("Memory, after everything", serving.memory(), "MB", Target::AtMost(120.0));
    }
    drop(serving);
    report.print();
    if let Some(file) = &settings.json {
        report.save(file);
    }
}

/// A portal without a comment: how soon it is ready, and what it holds.
fn empty(settings: &Settings, report: &mut Report) {
    if settings.database.is_some() {
        report.note("Memory of an empty portal is measured on SQLite only.");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let data = Data::empty(folder.path());
    drop(data.serve());
    let serving = data.serve();
    report.hold("Ready, empty", serving.ready_in.as_secs_f64(), "s", Target::AtMost(0.3));
    std::thread::sleep(std::time::Duration::from_secs(1));
    report.hold("Memory, idle and empty", serving.memory(), "MB", Target::AtMost(40.0));
}
