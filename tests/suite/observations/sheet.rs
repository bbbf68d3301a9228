//! The disposition sheet: proposals of whoever sends it, for somebody else to validate.

use norm_portal::export::make::MakeError;
use norm_portal::export::model::{Edition, Format, Refused, Request};
use serde_json::json;

use super::{APPLY, NORM, Table, board};
use crate::deliberation::{begin, draft, steps};
use crate::harness::rows::Rows;
use crate::harness::{Server, on_both};

/// Texts that programs like to run, to fold or to drop.
const HOSTILE: &str = "=HYPERLINK(\"x\")\n'=1\n-1, \u{202e}right\u{202c} to left, \u{1f469}\u{200d}\u{1f680}, <b>&amp;";

on_both! {
    fn a_sheet_proposes_and_somebody_else_validates(server: Server) {
        let (desk, issue, _) = board(&server);
        let other = begin(&desk.mo, "Whether users are told.");
        for (format, issue, name) in
            [(Format::DispositionsXlsx, &issue, format!("{NORM}/1")), (Format::DispositionsCsv, &other, format!("{NORM}/2"))]
        {
            let table = Table::handed_out(&server, format);
            let looked_at = table.sent(&desk.sec, &json!({ "write": { &name: ["Adopted in part", HOSTILE] }, "reverse": true }));
            let looked_at = looked_at.expect(303).follow().expect(200);
            looked_at.reads("1 row changes the board").reads(&name);
            looked_at.form(APPLY).go("apply").expect(303).follow().reads("wait for somebody else");
            let page = desk.sec.get(issue).expect(200);
            page.reads("Adopted in part").reads("Proposed").reads("You proposed this decision");
            page.form("main form[action$='/steps']").go_unseen("validate").expect(403);
            let stored = Rows::of(server.db()).names(&format!("SELECT reasons AS t FROM issues WHERE number = {}", &name[NORM.len() + 1..]));
            assert_eq!(stored, [HOSTILE], "to the byte");
            steps(&desk.ray, issue).go("validate").expect(303);
        }
        assert_eq!(server.count("audit_log WHERE action = 'issue.proposed' AND detail LIKE '%batch%'"), 2);
        for format in [Format::DispositionsXlsx, Format::DispositionsCsv] {
            let looked_at = Table::handed_out(&server, format).sent(&desk.sec, &json!({})).expect(303).follow();
            looked_at.expect(200).reads("Nothing to apply").reads("2 say nothing new");
        }
        server.assert_audit_holds();
    }

    fn a_sheet_is_in_conflict_with_what_was_written_meanwhile(server: Server) {
        let (desk, issue, _) = board(&server);
        let table = Table::handed_out(&server, Format::DispositionsXlsx);
        draft(&desk.mo, &issue).set("disposition", "deferred").set("reasons", "On the board.").go("save").expect(303);
        let plan = json!({ "write": { format!("{NORM}/1"): ["Noted", "In the file."] } });
        let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
        looked_at.reads("1 is in conflict").reads("On the board.").reads("In the file.");
        looked_at.form(APPLY).set("row-0", "file").go("apply").expect(303);
        desk.mo.get(&issue).expect(200).reads("In the file.").reads("Proposed");
    }

    fn words_of_the_boards_own_are_not_lost_unseen(server: Server) {
        let (desk, issue, _) = board(&server);
        let form = draft(&desk.mo, &issue).set("disposition", "adopted-in-part").set("reasons", "A duty has to bind.");
        form.set("wording", "must not tamper").go("save").expect(303);
        let table = Table::handed_out(&server, Format::DispositionsXlsx);
        let name = format!("{NORM}/1");
        let shown = table.sent(&desk.sec, &json!({ "write": { &name: ["Noted", "A duty has to bind."] } })).expect(422);
        shown.reads("The board wrote words of its own for this decision");
        // What takes words keeps them.
        let plan = json!({ "write": { &name: ["Adopted in other words", "A duty has to bind."] } });
        table.sent(&desk.sec, &plan).expect(303).follow().form(APPLY).go("apply").expect(303);
        assert_eq!(server.count("issues WHERE wording = 'must not tamper' AND state = 'proposed'"), 1);
    }

    fn a_sheet_with_faults_says_which_and_takes_the_rest(server: Server) {
        let (desk, first, _) = board(&server);
        for statement in ["Two?", "Three?", "Four?", "Five?"] {
            begin(&desk.mo, statement);
        }
        let own = desk.sec.comment_on_whole(NORM, "I think so, too.", "named");
        desk.mo.publish(&own);
        let mine = begin(&desk.mo, "Mine?");
        crate::deliberation::put(&desk.mo, &mine, &[&own]);
        let table = Table::handed_out(&server, Format::DispositionsXlsx);
        desk.mo.get(&first).expect(200);
        crate::deliberation::decision(&desk.mo, &first, "noted", "Decided by hand.").go("propose").expect(303);
        let name = |number: usize| format!("{NORM}/{number}");
        let plan = json!({ "write": {
            name(1): ["Deferred", "Too late."],
            name(2): ["Noted", " "],
            name(3): ["Won", "Because."],
            name(4): ["", "Reasons alone."],
            name(5): ["Noted", "This one is sound."],
            name(6): ["Noted", "About my own comment."],
        }});
        let shown = table.sent(&desk.sec, &plan).expect(422);
        shown.reads("is no draft any more").reads("A disposition needs reasons").reads("\u{201c}Won\u{201d} is no disposition");
        shown.reads("reasons without a disposition").reads("A comment of your own is under this issue");
        shown.reads("5 rows are not taken").reads("1 row changes the board");
        let applied = shown.form(APPLY).go("apply").expect(303).follow().expect(200);
        applied.reads("3 rows are not taken").reads("Everything else was applied");
        assert_eq!(server.count("issues WHERE state = 'proposed'"), 2);
        assert_eq!(server.count("issues WHERE reasons = 'This one is sound.'"), 1);
    }
}

#[test]
fn the_sheet_is_for_the_commission() {
    let ask =
        |edition, status| Request { edition, format: Format::DispositionsXlsx, norm: None, status, bom: false }.check();
    assert_eq!(ask(Edition::Public, None), Err(Refused::SheetOfTheCommission));
    assert!(ask(Edition::Commission, Some(norm_portal::comments::model::State::Pending)).is_err());
    assert_eq!(ask(Edition::Commission, None), Ok(()));
    let told = MakeError::Refused(Refused::SheetOfTheCommission).to_string();
    assert!(told.contains("not decided yet"));
}
