//! In a real Chromium with the pages' scripts off: a filled table is brought back, a conflict decided, the batch applied.

use norm_portal::export::model::Format;
use serde_json::json;

use super::{NORM, PATH, Table, board};
use crate::harness::{Backend, Server};
use crate::journeys::visitor::Visitor;

#[test]
fn a_filled_table_is_looked_at_and_applied_without_scripts() {
    let server = Server::start(Backend::Sqlite);
    let (desk, issue, [first, second]) = board(&server);
    let table = Table::handed_out(&server, Format::IsoXlsx);
    let form = desk.mo.get(&format!("{issue}/comments/{first}")).expect(200).form("main form");
    form.set("disposition", "deferred")
        .set("response", "To be taken up with the norm on cyber hygiene.")
        .press()
        .expect(303);
    let third = desk.accepted(&server.stakeholder("eve"), "never tamper", "named");
    let answer = "Adopted in part\nThe duty is kept for states. Operators are addressed in the norm on cyber hygiene.";
    let plan = json!({
        "write": { &first: "Noted\nThe Commission has no mandate for this.", &second: answer },
        "add": "Noted\nA row of my own.",
    });
    let file = table.folder.path().join("observations.xlsx");
    std::fs::write(&file, table.filled(&plan)).unwrap();
    assert!(!third.is_empty());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let visitor = Visitor::start(&server.origin, false, Some("observations-")).await;
        visitor.open("/sign-in").await;
        visitor.fill("email", &desk.sec.email).await;
        visitor.fill("password", &desk.sec.password).await;
        visitor.press("Sign in").await;
        if let Some(code) = desk.sec.code() {
            visitor.fill("code", &code).await;
            visitor.press("Sign in").await;
        }
        visitor.open(PATH).await;
        visitor.press("See what would change").await;
        assert!(visitor.title().await.starts_with("Error: "));
        visitor.see_everywhere("01-send").await;
        visitor.attach("table", file.to_str().unwrap()).await;
        visitor.press("See what would change").await;
        visitor.see_everywhere("02-review").await;
        visitor.press("Apply").await;
        assert!(visitor.title().await.starts_with("Error: "));
        visitor.see("03-undecided").await;
        visitor.look("document.querySelector('input[type=radio][value=file]').click()").await;
        visitor.press("Apply").await;
        assert!(visitor.text().await.contains("This table was applied"));
        visitor.see_everywhere("04-applied").await;
        visitor.open(PATH).await;
        visitor.see_everywhere("05-list").await;
        visitor.open(&format!("/secretariat/deliberation/norms/{NORM}")).await;
    });
    assert_eq!(server.audited("issue.comment_answered"), 3);
    server.assert_audit_holds();
}
