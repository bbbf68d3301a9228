//! What was edited on the board while somebody filled in the table; and who is too late.

use norm_portal::export::model::Format;
use serde_json::json;

use super::{APPLY, PATH, Table, board, own_answer};
use crate::deliberation::draft;
use crate::harness::{Person, Server, on_both};
use crate::races::{at_once, with_status};

/// Gives a comment an answer of its own, on the board.
#[track_caller]
fn answer(person: &Person, issue: &str, reference: &str, disposition: &str, response: &str) {
    let form = person.get(&format!("{issue}/comments/{reference}")).expect(200).form("main form");
    form.set("disposition", disposition).set("response", response).press().expect(303);
}

on_both! {
    fn what_was_edited_meanwhile_is_decided_by_a_person(server: Server) {
        let (desk, issue, [first, second]) = board(&server);
        let table = Table::handed_out(&server, Format::IsoXlsx);
        answer(&desk.mo, &issue, &first, "deferred", "Written on the board.");
        let plan = json!({ "write": { &first: "Noted\nWritten in the file.", &second: "Noted\nNobody else's." } });
        let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
        looked_at.reads("1 is in conflict").reads("Written on the board.").reads("Written in the file.");
        let form = looked_at.form(APPLY);
        // Neither of the two is taken by itself.
        let undecided = form.go("apply").expect(422);
        undecided.reads("choose what counts");
        assert_eq!(own_answer(&desk, &issue, &second).0, "");
        undecided.form(APPLY).set("row-0", "board").go("apply").expect(303);
        assert_eq!(own_answer(&desk, &issue, &first).1, "Written on the board.");
        assert_eq!(own_answer(&desk, &issue, &second).1, "Nobody else's.");
        // The same table once more: the second row says what the board says, the first is still in conflict.
        let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
        looked_at.reads("1 is in conflict").reads("1 says nothing new");
        looked_at.form(APPLY).set("row-0", "file").go("apply").expect(303);
        assert_eq!(own_answer(&desk, &issue, &first).1, "Written in the file.");
        server.assert_audit_holds();
    }

    fn what_holds_for_all_may_be_edited_meanwhile_too(server: Server) {
        let (desk, issue, [first, second]) = board(&server);
        let decide = |word: &str, why: &str| {
            draft(&desk.mo, &issue).set("disposition", word).set("reasons", why).go("save").expect(303);
        };
        decide("noted", "The answer to all.");
        answer(&desk.mo, &issue, &second, "deferred", "To this one alone.");
        let table = Table::handed_out(&server, Format::IsoXlsx);
        decide("adopted", "Another answer to all.");
        let plan = json!({ "write": { &first: "Noted\nThe answer to all, but one.", &second: "" } });
        let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
        looked_at.reads("1 is in conflict").reads("1 row changes the board");
        // An emptied cell gives the comment what all get: the page shows that, not nothing.
        assert!(looked_at.all("td.redline").concat().contains("Another"), "{}", looked_at.text());
        looked_at.form(APPLY).set("row-0", "board").go("apply").expect(303);
        assert_eq!(own_answer(&desk, &issue, &first).0, "");
        assert_eq!(own_answer(&desk, &issue, &second).0, "");
    }

    fn a_mended_file_that_the_same_form_brings_is_looked_at(server: Server) {
        let (desk, _, [first, _]) = board(&server);
        let table = Table::handed_out(&server, Format::IsoXlsx);
        let form = desk.sec.get(PATH).expect(200).form("main form[enctype]");
        let send = |text: &str| form.clone().choose("table", "a.xlsx", table.filled(&json!({ "write": { &first: text } }))).press();
        send("Won\nBecause.").expect(422).reads("is no disposition");
        let mended = send("Noted\nBecause.").expect(303).follow().expect(200);
        mended.reads("1 row changes the board");
        assert_eq!(server.audited("observations.returned"), 2);
    }

    fn what_was_edited_meanwhile_and_not_in_the_table_stays(server: Server) {
        let (desk, issue, [first, second]) = board(&server);
        let table = Table::handed_out(&server, Format::IsoDocx);
        answer(&desk.mo, &issue, &first, "deferred", "Written on the board.");
        let plan = json!({ "write": { &second: "Noted\nWritten in the file." } });
        let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
        looked_at.reads("0 are in conflict").form(APPLY).go("apply").expect(303);
        assert_eq!(own_answer(&desk, &issue, &first).1, "Written on the board.");
    }

    fn who_applies_sees_what_is_applied(server: Server) {
        let (desk, issue, [first, second]) = board(&server);
        let table = Table::handed_out(&server, Format::IsoXlsx);
        let plan = json!({ "write": { &first: "Noted\nWritten in the file.", &second: "Noted\nThis, too." } });
        let looked_at = table.sent(&desk.sec, &plan).expect(303).follow().expect(200);
        let form = looked_at.form(APPLY);
        answer(&desk.mo, &issue, &first, "deferred", "Written after it was looked at.");
        let late = form.go("apply").expect(409);
        late.reads("The board was changed meanwhile").reads("Written after it was looked at.").reads("1 is in conflict");
        assert_eq!(own_answer(&desk, &issue, &second).0, "", "nothing of it was applied");
        // Somebody else of the Secretariat looks, and does not apply what is not theirs.
        let other = server.secretariat("other");
        other.get(&looked_at.path).expect(200).reads("Whoever sent this table applies it");
        other.get(&looked_at.path).expect(200).form(APPLY).go_unseen("apply").expect(403);
        let form = late.form(APPLY).set("row-0", "file");
        let answers = at_once(4, |_| form.go("apply"));
        assert_eq!(with_status(&answers, 303), 4, "one applies it, the others see that it is");
        assert_eq!(server.audited("observations.applied"), 1);
        assert_eq!(own_answer(&desk, &issue, &second).1, "This, too.");
        server.assert_audit_holds();
    }
}
