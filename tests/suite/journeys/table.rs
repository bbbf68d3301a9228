//! A comment table in a real browser with scripts off: downloaded, filled in by another program, sent through the file
//! field, checked, confirmed.

use std::path::Path;
use std::process::Command;

use super::visitor::Visitor;
use crate::harness::{Backend, Person, Server};

/// Fills in three rows: one whose words stand in several places, one without fault, one with two faults.
const FILL: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active
def put(row, **texts):
    for column, text in texts.items():
        sheet[f"{column}{row}"] = text
put(4, D="and", E="te", F="It takes one of them.", G="or")
put(5, D="allow", E="ed", F="To allow may mean to license.", G="permit")
put(6, D="might impair", E="xx", F="Not the words of this clause.", G="impairs")
book.save(sys.argv[1])
"#;

/// Takes the fault out.
const CORRECT: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active
sheet["D6"], sheet["E6"] = "may substantially impair", "te"
book.save(sys.argv[1])
"#;

fn python(script: &str, file: &Path) {
    let python = std::env::var("NORM_PORTAL_TEST_PYTHON").expect("run the tests with `tests/run`, which finds Python");
    assert!(Command::new(python).args(["-c", script]).arg(file).status().expect("Python").success());
}

#[test]
fn a_table_is_sent_through_the_file_field_with_scripts_off() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("comments of the delegation.xlsx");
    std::fs::write(&file, ada.get("/submissions/table/iso.xlsx?norm=avoid-tampering").expect(200).body)
        .expect("the file");
    tokio::runtime::Runtime::new().expect("a runtime").block_on(journey(&server, &ada, &file));
}

async fn journey(server: &Server, ada: &Person, file: &Path) {
    let path = file.to_str().expect("a path");
    let visitor = Visitor::start(&server.origin, false, Some("table-")).await;
    visitor.open("/sign-in").await;
    visitor.fill("email", &ada.email).await;
    visitor.fill("password", &ada.password).await;
    visitor.press("Sign in").await;
    visitor.open("/submissions/table").await;
    let links = "return [...document.querySelectorAll('a[download]')].map((it) => it.getAttribute('href'))";
    assert!(visitor.look(links).await.to_string().contains("/submissions/table/iso.xlsx?norm=avoid-tampering"));
    visitor.see_everywhere("01-start").await;
    visitor.press("Check this table").await;
    visitor.see("02-no-file").await;

    python(FILL, file);
    visitor.attach("table", path).await;
    visitor.press("Check this table").await;
    let shown = visitor.text().await;
    assert!(shown.contains("1 row with an error") && shown.contains("Write ge, te or ed"), "{shown}");
    visitor.see_everywhere("03-errors").await;
    python(CORRECT, file);
    visitor.attach("table", path).await;
    visitor.press("Check this table").await;
    visitor.see_everywhere("04-which-words").await;

    visitor.choose("publication", "named").await;
    visitor.press("Send these comments").await;
    assert!(visitor.title().await.starts_with("Error: "));
    visitor.see_everywhere("05-not-chosen").await;
    visitor.choose("place-0", "2-2").await;
    visitor.press("Send these comments").await;
    assert!(visitor.path().await.starts_with("/receipts/"), "{}", visitor.url().await);
    visitor.see_everywhere("06-receipt").await;
    assert_eq!((server.count("comments"), server.count("submissions")), (3, 1));
}
