//! Tables that the Secretariat filled in by another program and that come back: comment table and disposition sheet.

mod conflicts;
mod faults;
mod journey;
mod sheet;
mod table;

use std::path::PathBuf;
use std::process::Command;

use norm_portal::export::make::make;
use norm_portal::export::model::{Edition, Format, Request, RequestedBy};
use serde_json::Value;

use crate::deliberation::Desk;
use crate::harness::client::Answer;
use crate::harness::{Person, Server};

/// Where tables are sent to.
const PATH: &str = "/secretariat/deliberation/observations";
/// The text that tests speak of.
const NORM: &str = "avoid-tampering";

/// A table on the disk, as somebody of the Secretariat has it.
struct Table {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Table {
    /// The file that an export of this edition and format gives.
    fn of(server: &Server, edition: Edition, format: Format) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let request = Request { edition, format, norm: None, status: None, bom: false };
        let path = folder.path().join(format!("filled.{}", request.container().ending()));
        let now = server.clock().now();
        make(server.db(), &server.origin, now, &request, &RequestedBy::Operator, &path, &mut |_, _| {}).unwrap();
        Self { folder, path }
    }

    /// The table that comes back, in the Commission's edition.
    fn handed_out(server: &Server, format: Format) -> Self {
        Self::of(server, Edition::Commission, format)
    }

    /// The same filled in by another program.
    #[track_caller]
    fn filled(&self, plan: &Value) -> Vec<u8> {
        let python =
            std::env::var("NORM_PORTAL_TEST_PYTHON").expect("run the tests with `tests/run`, which finds Python");
        let copy = self.folder.path().join(format!("copy-{}", self.path.file_name().unwrap().display()));
        std::fs::copy(&self.path, &copy).unwrap();
        let filler = include_str!("observations/fill.py");
        let output = Command::new(python).args(["-c", filler]).arg(&copy).arg(plan.to_string()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read(copy).unwrap()
    }

    /// Fills it in and sends it.
    #[track_caller]
    fn sent(&self, sec: &Person, plan: &Value) -> Answer {
        let name = self.path.file_name().unwrap().to_str().unwrap();
        send(sec, name, self.filled(plan))
    }
}

/// Sends bytes as a file of this name.
#[track_caller]
fn send(sec: &Person, name: &str, bytes: Vec<u8>) -> Answer {
    sec.get(PATH).expect(200).form("main form[enctype]").choose("table", name, bytes).press()
}

/// The form that applies what is looked at.
const APPLY: &str = "main form[action*='/observations/']";

/// A desk with two accepted comments under one issue; the address of the issue, and the references.
fn board(server: &Server) -> (Desk, String, [String; 2]) {
    let desk = Desk::of(server);
    let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
    let references =
        [desk.accepted(&ada, "must not tamper", "named"), desk.accepted(&bob, "shall not tamper", "named")];
    let issue = crate::deliberation::begin(&desk.mo, "Whether the duty binds.");
    crate::deliberation::put(&desk.mo, &issue, &[&references[0], &references[1]]);
    (desk, issue, references)
}

/// What a comment gets of its own under an issue, as the board shows it.
#[track_caller]
fn own_answer(desk: &Desk, issue: &str, reference: &str) -> (String, String) {
    let form = desk.mo.get(&format!("{issue}/comments/{reference}")).expect(200).form("main form");
    (form.value("disposition").to_owned(), form.value("response").replace("\r\n", "\n"))
}
