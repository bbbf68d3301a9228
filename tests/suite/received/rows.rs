//! A table with rows of several authors: each comment is its author's, whatever file it came in.

use super::{Filled, closing_today};
use crate::harness::{Person, Server, on_both};
use crate::tables::CONFIRM;
use crate::tables::files::{ISO, document, workbook};

pub const SHEET: &str = "Norm,Clause,Line,Words,Kind,Concern,Proposed wording,Why,Author,Organisation,Stakeholder group,\
                     Country,Speaks for,E-mail,Channel,Received on,Event\n\
                     avoid-tampering,whole,,,,,,Said by Omar.,Omar Oral,House of Talk,individual,NL,The organisation,\
                     omar@example.org,Hearing or meeting,2026-11-18,Hearing of November\n\
                     botnets,whole,,,,,,Said by Rita.,Rita Reader,,,Kenya,,,,,\n\
                     botnets,whole,,,,,,Also by Omar.,Omar Oral,House of Talk,individual,NL,The organisation,\
                     omar@example.org,meeting,2026-11-19,\n\
                     avoid-tampering,whole,,,,,,Said by nobody.,,,,,,,,,\n";

/// The form of a preview with what holds for rows that say nothing of their own.
fn filled(form: Filled) -> Filled {
    let form = form.set("publication", "named").set("channel", "letter").set("received_on", "2026-11-20");
    form.set("event", "Letter 41").set("name", "Petra Paper").set("stakeholder_group", "individual")
}

fn preview(desk: &Person, name: &str, bytes: &[u8]) -> Filled {
    let form = desk.preview_of(name, bytes).form(CONFIRM);
    assert_eq!(form.value("entered"), "yes", "a table that names authors is not its sender's own");
    form
}

fn of(server: &Server, condition: &str) -> i64 {
    server.count(&format!("comments JOIN received_comments ON comment_id = id WHERE {condition}"))
}

on_both! {
    fn each_row_is_its_authors_and_the_form_fills_what_is_empty(server: Server) {
        closing_today(&server);
        let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
        let page = mo.preview_of("hearing.csv", SHEET.as_bytes());
        page.reads("4 comments ready to be sent").reads("Omar Oral").reads("House of Talk").reads("Hearing of November");
        let form = filled(page.form(CONFIRM));
        form.go("send").expect(303).follow().reads("entered and wait in the queue");
        assert_eq!(form.go("send").expect(303).location(), "/secretariat", "sent twice");
        assert_eq!((server.count("comments"), server.count("submissions")), (4, 1));
        let omar = "author_name = 'Omar Oral' AND organisation = 'House of Talk' AND on_behalf_of = 'organisation'";
        assert_eq!(of(&server, &format!("{omar} AND channel = 'meeting' AND country = 'NL'")), 2);
        assert_eq!(of(&server, "event = 'Hearing of November' AND submitted_at < '2026-11-18 12:00:00'"), 1);
        let rita = "author_name = 'Rita Reader' AND organisation IS NULL AND country = 'KE' AND channel = 'letter'";
        assert_eq!(of(&server, &format!("{rita} AND event = 'Letter 41'")), 1);
        assert_eq!(of(&server, "author_name = 'Petra Paper'"), 1);
        assert_eq!(server.count("accounts WHERE name = 'Omar Oral'"), 1, "two rows, one author");
        assert_eq!((server.audited("comment.entered"), server.audited("submission.entered")), (4, 1));

        let letter = server.mail_to("omar@example.org");
        assert!(letter.body.contains("Said by Omar.") && letter.body.contains("Also by Omar."), "{letter:?}");
        assert!(!letter.body.contains("Rita") && !letter.body.contains("nobody"), "{letter:?}");
        assert_eq!(server.mails_to("omar@example.org").len(), 1);
        assert_eq!(server.count("outbox WHERE recipient NOT LIKE '%@%'"), 0);
        for reference in mo.get("/secretariat").expect(200).all("tbody th a") {
            mo.decide(&reference, "publish", "", "").expect(422).reads("somebody else decides");
            ray.publish(&reference);
        }
        server.assert_audit_holds();
    }

    fn no_author_reads_the_rows_of_another(server: Server) {
        closing_today(&server);
        let (mo, omar, rita) = (server.moderator("mo"), server.stakeholder("omar"), server.stakeholder("rita"));
        let sheet = SHEET.replace("Kenya,,,,,", "Kenya,,rita@example.org,,,");
        filled(preview(&mo, "hearing.csv", sheet.as_bytes())).go("send").expect(303);
        let own = omar.get("/my-comments").expect(200);
        assert_eq!(own.all("tbody th a").len(), 2);
        let submission = mo.get("/my-comments").expect(200).one("tbody th a");
        for person in [&omar, &rita] {
            person.get(&format!("/receipts/{submission}")).expect(404);
        }
        let reference = own.all("tbody th a").remove(0);
        omar.get(&format!("/my-comments/{reference}")).expect(200).lacks(&submission);
        rita.get(&format!("/my-comments/{reference}")).expect(404);
        let receipt = mo.get(&format!("/receipts/{submission}")).expect(200);
        let file = receipt.reads("Said by Rita.").reads("hearing.csv").link("a[href^='/attachments/']");
        mo.get(&file).expect(200);
        // Nor does who entered them, behind the desk no more.
        assert_eq!(server.execute("UPDATE accounts SET role = 'stakeholder' WHERE email LIKE 'mo@%'"), 1);
        mo.get("/my-comments").expect(200).lacks(&submission);
        for path in [format!("/receipts/{submission}"), format!("/receipts/{submission}/file"), file] {
            mo.get(&path).expect(404);
        }
    }

    fn faults_are_named_by_row_and_nothing_is_lost(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        let sheet = SHEET.replace("Kenya", "Atlantis").replace("2026-11-19", "2026-11-01").replace("meeting,2026", "pigeon,2026");
        let form = preview(&mo, "hearing.csv", sheet.as_bytes());
        let unfilled = form.clone().set("publication", "named").go("send").expect(422);
        assert_eq!(unfilled.form(CONFIRM).value("entered"), "yes");
        assert_eq!(unfilled.errors().len(), 5, "the row that says nothing needs the form's: {:?}", unfilled.errors());
        let wrong = filled(form).go("send").expect(422);
        let faults = wrong.all("#wrong-table ~ tbody tr");
        let named: Vec<bool> = [("Row 3", "Country"), ("Row 4", "Channel")]
            .map(|(row, column)| faults.iter().any(|line| line.contains(row) && line.contains(column)))
            .to_vec();
        assert_eq!(named, [true, true], "{faults:?}");
        let back = wrong.form(CONFIRM);
        assert_eq!((back.value("event"), back.value("name")), ("Letter 41", "Petra Paper"));
        assert_eq!(server.count("comments"), 0);

        let dated = sheet.replace("pigeon", "meeting").replace("Atlantis", "KE");
        let late = filled(preview(&mo, "hearing.csv", dated.as_bytes())).go("send").expect(422);
        late.reads("none of this consultation");
        late.form(CONFIRM).tick("leave_out", "yes").go("send").expect(303);
        assert_eq!(server.count("comments"), 3);
        assert_eq!(server.count("submissions WHERE parts = 3"), 1);
    }

    fn iso_tables_of_excel_and_word_may_name_authors_too(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        let heads: Vec<&str> = ISO.into_iter().chain(["Author", "Country", "Received on"]).collect();
        let row = |text: &'static str, name: &'static str| {
            vec!["", "", "1 _whole document", "", "ge", text, "", "", name, "DE", "2026-11-17"]
        };
        let rows = [heads, row("By the first.", "Fia First"), row("By the second.", "Sol Second")];
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        filled(preview(&mo, "table.xlsx", &workbook(&rows))).go("send").expect(303);
        filled(preview(&mo, "table.docx", &document(&rows))).go("send").expect(303);
        for name in ["Fia First", "Sol Second"] {
            let theirs = format!("author_name = '{name}' AND country = 'DE' AND submitted_at < '2026-11-17 00:00:01'");
            assert_eq!(of(&server, &theirs), 2, "{name}");
        }
    }

    fn two_authors_who_say_the_same_are_two_comments(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        let sheet = SHEET.replace("Also by Omar.", "Said by Rita.").replace("avoid-tampering,whole,,,,,,Said by nobody", "botnets,whole,,,,,,Said by Rita");
        let page = mo.preview_of("hearing.csv", sheet.as_bytes());
        page.lacks("says the same as");
        filled(page.form(CONFIRM)).go("send").expect(303);
        assert_eq!(server.count("comments"), 4);
    }

    fn the_sheet_to_fill_in_has_the_columns(server: Server) {
        closing_today(&server);
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        ada.get("/submissions/table").expect(200).lacks("columns for the author");
        let page = mo.get("/submissions/table").expect(200);
        let blank = mo.get(&page.link("main a[href$='authors=yes']")).expect(200);
        let path = server.data_dir().join("blank.xlsx");
        std::fs::write(&path, &blank.body).unwrap();
        let cells: Vec<Vec<serde_json::Value>> =
            serde_json::from_str(&crate::tables::files::python(crate::tables::files::READ, &path)).unwrap();
        let tail: Vec<&str> = cells[0][17..].iter().filter_map(|cell| cell.as_str()).collect();
        let columns = ["Author", "Organisation", "Stakeholder group", "Country", "Speaks for", "E-mail", "Channel"];
        assert_eq!(tail, [&columns[..], &["Received on", "Event"]].concat());

        // Filled in and sent back: what its lists offer is understood.
        let mut rows: Vec<Vec<String>> = cells.iter().take(2).map(|row| row.iter().map(cell).collect()).collect();
        for (at, text) in [(7, "Why not."), (17, "Omar Oral"), (19, "Individual"), (21, "Themselves"), (23, "Telephone")] {
            text.clone_into(&mut rows[1][at]);
        }
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        filled(preview(&mo, "back.xlsx", &workbook(&rows))).go("send").expect(303);
        assert_eq!(of(&server, "author_name = 'Omar Oral' AND channel = 'telephone'"), 1);
    }

    fn a_stakeholders_table_is_their_own_whatever_columns_it_has(server: Server) {
        closing_today(&server);
        let ada = server.stakeholder("ada");
        let page = ada.preview_of("table.csv", SHEET.as_bytes());
        page.lacks("Omar Oral");
        page.form(CONFIRM).set("publication", "named").go("send").expect(303);
        assert_eq!(server.count("comments WHERE author_name = 'Ada Synthetic'"), 4);
        assert_eq!(server.count("received_comments"), 0);
    }
}

fn cell(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
