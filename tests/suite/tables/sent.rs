//! Tables that are filled in by another program, checked, sent, and come out again with the same texts.

use serde_json::Value;

use super::files::{ISO, READ, document, iso, python, workbook};
use super::{CONFIRM, TABLE, upload, upload_on};
use crate::harness::{Person, Server, on_both};

/// Fills our sheet as a person does: openpyxl, texts that a spreadsheet or a format could break on.
const FILL: &str = r#"
import sys, openpyxl
path = sys.argv[1]
book = openpyxl.load_workbook(path)
assert book.sheetnames == ["Comments", "About"], book.sheetnames
sheet = book["Comments"]
at = {cell.value: cell.column for cell in sheet[1]}
assert [sheet.cell(row, at["Clause"]).value for row in (2, 3, 4)] == ["a", "b", "c"]
assert sheet.cell(3, at["Line"]).value == 3, sheet.cell(3, at["Line"]).value
assert sheet.cell(3, at["Words"]).value == "nor allow them to be tampered with"
assert len(sheet.data_validations.dataValidation) == 4
def put(row, **texts):
    for name, text in texts.items():
        cell = sheet.cell(row, at[name.replace("_", " ")])
        cell.value = text
        cell.data_type = "s"
put(2, Words="should not", Proposed_wording="must never", Why="=1+1 is no formula\nsecond line", Evidence="https://example.org/a", Concern="strength")
put(3, Words="allow", Proposed_wording="delete", Why="\u0645\u0631\u062d\u0628\u0627 \u202bbidi\u202c \U0001f469\u200d\U0001f467")
put(4, Why="+concern about the whole clause")
put(5, Norm="3", Clause="whole", Why="@whole text, \u4f60\u597d")
put(6, Norm="botnets", Who_should_act="Regulator", Instrument="procurement", Action="-2 tenders a year", By_when="2028")
book.save(path)
"#;

/// What a person's comments say, however they came.
fn digests(server: &Server, person: &Person) -> Vec<i64> {
    let of = |email: &str| format!("(SELECT id FROM accounts WHERE email = '{email}')");
    let parts = ["wording", "general", "lever"].map(|kind| {
        server.number(&format!(
            "SELECT CAST(count(DISTINCT digest) AS BIGINT) AS n FROM comment_revisions JOIN comments \
             ON comments.id = comment_id WHERE kind = '{kind}' AND account_id = {}",
            of(&person.email)
        ))
    });
    parts.to_vec()
}

on_both! {
    fn our_sheet_is_filled_sent_and_comes_out_again_to_the_byte(server: Server) {
        let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ours.xlsx");
        std::fs::write(&file, server.anonymous().get("/submissions/table/blank.xlsx?norm=avoid-tampering").expect(200).body).unwrap();
        python(FILL, &file);
        let bytes = std::fs::read(&file).unwrap();
        let preview = ada.preview_of("ours.xlsx", &bytes);
        preview.reads("5 comments ready to be sent").reads("must never").reads("=1+1 is no formula").lacks("rows-table");
        assert_eq!(preview.all(".redline del"), ["deleted: should not", "deleted: allow"]);
        assert_eq!(server.count("comments"), 0, "nothing is stored before it is confirmed");
        let form = preview.form(CONFIRM);
        form.clone().go("send").expect(422).reads("Choose what may be published");
        let form = form.set("publication", "named");
        let sent = form.go("send").expect(303);
        assert!(sent.location().starts_with("/receipts/GCSC-N0-"), "{}", sent.location());
        assert_eq!(form.go("send").expect(303).location(), sent.location(), "twice is once");
        assert_eq!(ada.get(form.action()).expect(303).location(), sent.location());
        assert_eq!((server.count("comments"), server.count("submissions"), server.count("drafts")), (5, 1, 0));
        assert_eq!(server.count("attachments"), 1, "the file itself is kept");
        assert_eq!(server.mails_to(&ada.email).len(), 2, "one receipt, after the confirmation of the address");

        let xlsx = ada.get("/my-comments/table.xlsx?form=iso").expect(200).body;
        std::fs::write(&file, &xlsx).unwrap();
        let rows: Vec<Vec<String>> = serde_json::from_str(&python(READ, &file)).unwrap();
        let column = |at: usize| rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>();
        assert_eq!(rows[2], ISO);
        assert_eq!(column(0)[3..6], ["NL-001", "NL-002", "NL-003"]);
        assert_eq!(column(2)[3..8], ["3(a)", "3(b)", "3(c)", "3 _whole document", "4 _whole document"]);
        assert_eq!(column(5)[3], "=1+1 is no formula\nsecond line\n\nEvidence: https://example.org/a");
        assert_eq!(column(5)[4], "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{202b}bidi\u{202c} \u{1f469}\u{200d}\u{1f467}");
        assert_eq!(column(6)[3..8], ["must never", "delete", "", "", "-2 tenders a year"]);

        // One's own table as it came says nothing new, although it has no column for a concern or a lever.
        ada.preview_of("own.xlsx", &xlsx).reads("5 rows say what was said before");

        // Both files of ours, read by us again, give the same comments.
        let docx = ada.get("/my-comments/table.docx").expect(200).body;
        for (name, bytes) in [("again.xlsx", xlsx), ("again.docx", docx)] {
            let preview = bob.preview_of(name, &bytes).reads("5 comments ready").form(CONFIRM);
            let mut preview = preview.set("publication", "named");
            if name == "again.docx" {
                let page = bob.get(preview.action());
                page.reads("5 rows say what was said before");
                preview.go("send").expect(422).reads("No comment is left to be sent");
                preview = preview.set("again-0", "yes").set("again-4", "yes");
            }
            preview.go("send").expect(303);
        }
        assert_eq!(digests(&server, &bob), [3, 2, 0], "the same words, and no other, from both");
        let shared = server.number(
            "SELECT CAST(count(*) AS BIGINT) AS n FROM (SELECT digest FROM comment_revisions GROUP BY digest HAVING count(*) > 1) AS twice",
        );
        assert_eq!(shared, 5, "four of the author's own, and the lever that became a comment on the whole");
        ada.get("/my-comments/table.xlsx?submission=GCSC-N0-0000-0000-0").expect(404);
        let reference = sent.location().replace("/receipts/", "");
        ada.get(&format!("/my-comments/table.docx?submission={reference}")).expect(200);
        bob.get(&format!("/my-comments/table.docx?submission={reference}")).expect(404);
        server.assert_audit_holds();
    }

    fn a_row_asks_which_words_it_means_and_errors_name_row_and_column(server: Server) {
        let ada = server.stakeholder("ada");
        let table = iso(&[
            ["", "", "3(a)", "and", "te", "One of three.", "or", ""],
            ["", "", "3(b)", "should not", "ed", "Elsewhere.", "must not", ""],
            ["", "", "3(z)", "allow", "xx", "No such clause.", "", ""],
            ["", "3", "Norm 3 (b)", "", "ge", "By the line.", "", ""],
            ["", "", "3b", "allow", "", "", "permit", ""],
            ["", "", "", "", "", "", "", ""],
        ]);
        let preview = ada.preview_of("iso.xlsx", &table);
        let faults: Vec<String> = preview.all("#main tbody tr");
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults[0].starts_with("Row 3Paragraph/ Figure/ Table/These words stand in 3(a), not here"), "{faults:?}");
        assert!(faults[1].starts_with("Row 4Type of commentWrite ge, te or ed"), "{faults:?}");
        assert!(faults[2].starts_with("Row 4Clause/ SubclauseThis text has no such clause"), "{faults:?}");
        assert!(faults[3].starts_with("Row 6CommentsSay why"), "{faults:?}");
        let form = preview.form(CONFIRM).set("publication", "named");
        let again = form.go("send").expect(422);
        assert_eq!(again.errors(), [
            "3 rows have errors: correct them in the file, or choose to leave them out",
            "The words of a row stand in several places: choose the one that you mean",
        ]);
        let form = again.form(CONFIRM).set("leave_out", "yes").set("place-0", "2-2");
        form.go("send").expect(303);
        assert_eq!(server.count("comments"), 2);
        assert_eq!(server.count("comments WHERE class = 'te'") + server.count("comments WHERE class = 'ge'"), 2);
        assert_eq!(server.count("comment_revisions WHERE quote = 'and' AND first_word = 2"), 1);
        assert_eq!(server.count("comment_revisions WHERE quote = 'nor allow them to be tampered with'"), 1);
    }

    fn a_corrected_file_takes_the_place_of_the_first(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let wrong = iso(&[["", "", "3(b)", "permit", "", "Not its words.", "", ""]]);
        let preview = ada.preview_of("first.xlsx", &wrong);
        preview.reads("1 row with an error").reads("first.xlsx");
        let address = preview.path.clone();
        eve.get(&address).expect(404);
        let right = iso(&[["", "", "3(b)", "allow", "", "Its words.", "", ""]]);
        let second = upload_on(&ada, &address, "second.xlsx", &right).expect(303);
        assert_eq!(second.location(), address);
        let preview = second.follow().expect(200);
        preview.reads("1 comment ready to be sent").reads("second.xlsx");
        assert_eq!((server.count("drafts"), server.count("attachments")), (1, 1));
        preview.form(CONFIRM).forge("version", "1").set("publication", "commission").go("send").expect(409);
        preview.form(CONFIRM).set("publication", "commission").go("send").expect(303);
        let used = upload(&ada, "third.xlsx", &right).expect(303).follow().expect(200);
        used.reads("One row says what was said before").lacks("id=\"wrong-table\"");
    }

    fn tables_in_other_languages_and_by_other_programs_are_read(server: Server) {
        let ada = server.stakeholder("ada");
        let french = [
            "MB/NC\u{b9}", "Numéro\nde ligne", "Article/ Paragraphe", "Alinéa/ Figure/ Tableau", "Type de commentaire\u{b2}",
            "Commentaires", "Changement proposé", "Observations du secrétariat",
        ];
        let row = ["FR-001", "", "3 (b)", "allow", "te", "Pourquoi pas.", "permit", ""];
        let above = ["Document: Norm to Avoid Tampering", "", "", "", "", "", "", ""];
        for bytes in [workbook(&[&above, &[], &french, &row]), document(&[&french, &row])] {
            ada.preview_of("fr", &bytes).reads("1 comment ready to be sent").lacks("wrong-table");
        }
        let unknown = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let by_place = ada.preview_of("x.xlsx", &workbook(&[&unknown, &row]));
        by_place.reads("The columns were told by their places").reads("1 comment ready to be sent");
        let numbered = ["1", "2", "(3)", "4", "5", "(6)", "(7)", "8"];
        let passed = ada.preview_of("n.xlsx", &workbook(&[&unknown, &numbered, &row]));
        passed.reads("were not read").reads("1 row from there on").reads("1 comment ready to be sent");
        let letter_alone = ["", "", "b", "allow", "te", "The header line names the norm.", "permit", ""];
        ada.preview_of("y.xlsx", &workbook(&[&above, &french, &letter_alone])).reads("1 comment ready");
        // A column of numbers of comments stands first, and a row begins as headings do.
        let with_ids = ["Comment ID", "Clause", "Paragraph", "Type of comment", "Comments", "Proposed change"];
        let like_headings = ["C2", "3(b)", "", "te", "Comment: unclear", "Proposal: say what is meant"];
        let table = workbook(&[&with_ids, &["C1", "3(b)", "allow", "te", "The words.", "permit"], &like_headings]);
        ada.preview_of("i.xlsx", &table).reads("2 comments ready to be sent").reads("The words.").reads("Comment: unclear");
        // The same headings twice, as on every page of a long table.
        let twice = workbook(&[&french, &row, &french, &["", "", "3(a)", "should", "", "Second part.", "must", ""]]);
        ada.preview_of("z.xlsx", &twice).reads("2 comments ready to be sent");
    }

    fn nothing_is_taken_while_the_window_is_shut(server: Server) {
        let ada = server.stakeholder("ada");
        let preview = ada.preview_of("a.xlsx", &iso(&[["", "", "3", "allow", "", "Late.", "permit", ""]]));
        server.execute("UPDATE consultations SET closes_at = '2026-11-01 00:00:00'");
        preview.form(CONFIRM).set("publication", "named").go("send").expect(409).reads("Comments were taken until");
        ada.get(TABLE).expect(200).reads("Comments were taken until");
        assert_eq!(server.count("comments"), 0);
        assert_eq!(server.count("drafts"), 1, "the table is still there");
    }
}

#[test]
fn files_open_in_other_programs() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("iso.xlsx");
    let all = server.anonymous().get("/submissions/table/iso.xlsx").expect(200);
    assert_eq!(all.header("content-disposition"), Some("attachment; filename=\"iso-comment-table.xlsx\""));
    std::fs::write(&file, &all.body).unwrap();
    let rows: Vec<Vec<Value>> = serde_json::from_str(&python(READ, &file)).unwrap();
    assert_eq!(rows[0][0], "Template for comments and secretariat observations");
    assert_eq!(rows[0][5], "Date: 2026-11-23");
    assert!(rows.iter().any(|row| row[2] == "3(b)" && row[3] == "nor allow them to be tampered with"));
    assert!(rows.iter().any(|row| row[0].as_str().is_some_and(|text| text.starts_with("2  Type of comment"))));
    let docx = server.anonymous().get("/submissions/table/iso.docx?norm=botnets").expect(200);
    assert_eq!(docx.header("content-disposition"), Some("attachment; filename=\"iso-comment-table-botnets.docx\""));
    server.anonymous().get("/submissions/table/iso.docx?norm=none").expect(404);
    // A blank table sent back as it is has nothing in it.
    let ada = server.stakeholder("ada");
    for (name, bytes) in [("iso.xlsx", &all.body), ("iso.docx", &docx.body)] {
        upload(&ada, name, bytes).expect(422).reads("The table has no row that says anything");
    }
}
