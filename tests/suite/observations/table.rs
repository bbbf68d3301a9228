//! Column 8 of the comment table, filled in by openpyxl and python-docx.

use norm_portal::export::model::Format;
use serde_json::json;

use super::{APPLY, NORM, PATH, Table, board, own_answer};
use crate::harness::{Server, on_both};

on_both! {
    fn column_8_becomes_the_answer_of_its_comment(server: Server) {
        let (desk, issue, [first, second]) = board(&server);
        for (format, word, code) in [(Format::IsoXlsx, "Noted", "noted"), (Format::IsoDocx, "not adopted", "not-adopted")] {
            let table = Table::handed_out(&server, format);
            let response = format!("Line one, from {format}.\nLine two.");
            let plan = json!({ "write": { &first: format!("{word}\n{response}") }, "bold": true, "reverse": true });
            let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
            looked_at.reads("1 row changes the board").reads(&first).reads(&format!("{NORM}/1")).reads("Line two.");
            // Nothing changed before that was looked at.
            assert_ne!(own_answer(&desk, &issue, &first).1, response);
            let done = looked_at.form(APPLY).go("apply").expect(303).follow().expect(200);
            done.reads("This table was applied").reads("1 change");
            assert_eq!(own_answer(&desk, &issue, &first), (code.to_owned(), response));
            assert_eq!(own_answer(&desk, &issue, &second), (String::new(), String::new()));
        }
        assert_eq!(server.audited("issue.comment_answered"), 2);
        assert_eq!(server.count("audit_log WHERE action = 'issue.comment_answered' AND detail LIKE '%batch%'"), 2);
        assert_eq!((server.audited("observations.returned"), server.audited("observations.applied")), (2, 2));
        // The issue is the draft that it was: nothing from a file goes further than by hand.
        desk.mo.get(&issue).expect(200).reads("Draft");
        server.assert_audit_holds();
    }

    fn a_table_that_was_not_touched_changes_nothing(server: Server) {
        let (desk, issue, [first, _]) = board(&server);
        let form = desk.mo.get(&format!("{issue}/comments/{first}")).expect(200).form("main form");
        form.set("disposition", "noted").set("response", "=1+1 is '=2\u{202e}, \u{1f469}.").press().expect(303);
        for format in [Format::IsoXlsx, Format::IsoDocx] {
            let looked_at = Table::handed_out(&server, format).sent(&desk.sec, &json!({})).expect(303).follow();
            looked_at.expect(200).reads("Nothing to apply").reads("2 say nothing new");
        }
    }

    fn an_emptied_cell_takes_an_answer_back_and_a_missing_row_says_nothing(server: Server) {
        let (desk, issue, [first, second]) = board(&server);
        for reference in [&first, &second] {
            let form = desk.mo.get(&format!("{issue}/comments/{reference}")).expect(200).form("main form");
            form.set("disposition", "noted").set("response", "For the record.").press().expect(303);
        }
        let table = Table::handed_out(&server, Format::IsoXlsx);
        let plan = json!({ "write": { &first: "" }, "drop": [&second] });
        let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
        looked_at.form(APPLY).go("apply").expect(303);
        assert_eq!(own_answer(&desk, &issue, &first).0, "");
        assert_eq!(own_answer(&desk, &issue, &second).0, "noted");
    }

    fn one_cell_answers_under_each_of_the_issues_it_names(server: Server) {
        let (desk, issue, [first, _]) = board(&server);
        let other = crate::deliberation::begin(&desk.mo, "Whether users are told.");
        crate::deliberation::put(&desk.mo, &other, &[&first]);
        let table = Table::handed_out(&server, Format::IsoXlsx);
        let both = format!("{NORM}/1: Noted\nOne.\n{NORM}/2: Deferred\nTwo.");
        let looked_at = table.sent(&desk.sec, &json!({ "write": { &first: both } })).expect(303).follow().expect(200);
        looked_at.form(APPLY).go("apply").expect(303);
        assert_eq!(own_answer(&desk, &issue, &first), ("noted".to_owned(), "One.".to_owned()));
        assert_eq!(own_answer(&desk, &other, &first), ("deferred".to_owned(), "Two.".to_owned()));
        let again = Table::handed_out(&server, Format::IsoXlsx).sent(&desk.sec, &json!({})).expect(303).follow();
        again.expect(200).reads("Nothing to apply");
        desk.sec.get(PATH).expect(200).reads("2 changes").reads("Not applied");
    }
}
