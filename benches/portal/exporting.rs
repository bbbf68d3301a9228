//! Exports by command line, each on all cores that there are, against `sqlite3 -csv` and against a bare writer of spreadsheets.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use rust_xlsxwriter::Workbook;

use super::machine::{self, Run, watch};
use super::portal::{Data, free_address};
use super::report::{Report, Target};

/// The hidden first argument of the bare writer's mode.
pub const MODE: &str = "--as-bare-writer";

/// The columns of the public edition that stand in the database as they are; the rest the portal computes.
const SAME_COLUMNS: &str = "SELECT c.reference, c.reference, n.slug, n.number, n.title, t.label, c.kind, '', '', \
    r.first_word, r.last_word, r.quote, r.change, r.proposed_wording, r.concern, r.rationale, r.evidence, \
    r.acceptable, r.actor, r.instrument, r.action, r.by_when, r.example, r.obstacles, r.cost, c.state, 'no', \
    c.publication, c.author_name, c.organisation, c.stakeholder_group, c.country, c.on_behalf_of, c.submitted_at, \
    c.published_at, r.digest \
    FROM comments c JOIN comment_revisions r ON r.comment_id = c.id AND r.revision = c.revision \
    JOIN norms n ON n.id = c.norm_id JOIN text_versions t ON t.id = c.text_version_id \
    WHERE c.state = 'published' AND c.publication <> 'commission' ORDER BY n.number, c.place, c.submitted_at, c.id";

/// Both formats.
pub fn all(data: &Data, scratch: &Path, report: &mut Report) {
    let csv = scratch.join("comments.csv");
    let own = export(data, "csv", &csv);
    tell(report, "CSV", &own, &csv);
    match data.database().filter(|_| machine::has("sqlite3")) {
        None => report.note("`sqlite3` is not installed, or the database is PostgreSQL: no CSV to compare with."),
        Some(database) => {
            let out = File::create(scratch.join("bare.csv")).expect("a file");
            let mut command = Command::new("sqlite3");
            command.args(["-readonly", "-csv"]).arg(database).arg(SAME_COLUMNS).stdout(out);
            let bare = watch(command.spawn().expect("sqlite3 starts"));
            assert!(bare.status.success(), "sqlite3 failed");
            compare(report, "CSV export, time against `sqlite3 -csv`", &own, &bare);
        }
    }
    let xlsx = scratch.join("comments.xlsx");
    let own = export(data, "xlsx", &xlsx);
    tell(report, "XLSX", &own, &xlsx);
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(MODE).arg(&csv).arg(scratch.join("bare.xlsx")).stdin(Stdio::null());
    let bare = watch(command.spawn().expect("the bare writer starts"));
    assert!(bare.status.success(), "the bare writer failed");
    compare(report, "XLSX export, time against a bare writer of the same cells", &own, &bare);
}

fn export(data: &Data, format: &str, out: &Path) -> Run {
    let out = out.to_string_lossy();
    let mut command =
        data.command_on_any(&free_address(), &["export", "--edition", "public", "--format", format, "--out", &out]);
    let run = watch(command.stdout(Stdio::null()).spawn().expect("the export starts"));
    assert!(run.status.success(), "the export failed");
    run
}

fn tell(report: &mut Report, name: &str, run: &Run, file: &Path) {
    report.add(format!("{name} export of the public edition"), run.took.as_secs_f64(), "s");
    report.add(format!("{name} export, size"), machine::size(file) as f64 / 1e6, "MB");
    report.hold(format!("{name} export, most memory"), run.most, "MB", Target::AtMost(120.0));
}

fn compare(report: &mut Report, name: &str, own: &Run, bare: &Run) {
    report.add(
        format!("{name} ({:.2} s)", bare.took.as_secs_f64()),
        own.took.as_secs_f64() / bare.took.as_secs_f64(),
        "times",
    );
}

/// The bare writer's process: the cells of a CSV file as a sheet, in constant memory.
pub fn serve(csv: &str, out: &str) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(csv).expect("a CSV file");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().expect("a sheet");
    for (row, record) in reader.records().enumerate() {
        let row = u32::try_from(row).expect("a row");
        for (column, cell) in record.expect("a record").iter().enumerate() {
            if !cell.is_empty() {
                sheet.write_string(row, u16::try_from(column).expect("a column"), cell).expect("a cell");
            }
        }
    }
    book.save(out).expect("a sheet");
}
