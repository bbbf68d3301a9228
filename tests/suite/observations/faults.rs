//! Tables as people send them: rows added, changed, doubled, merged, with open changes; files that are none of ours. Each
//! is named, none is lost, nothing of a wrong row is taken.

use norm_portal::export::model::{Edition, Format};
use serde_json::json;

use super::{APPLY, PATH, Table, board, own_answer, send};
use crate::harness::{Server, on_both};
use crate::tables::files::{package, workbook};

on_both! {
    fn rows_that_are_wrong_are_named_and_the_others_are_taken(server: Server) {
        let (desk, issue, [first, second]) = board(&server);
        let loose = desk.accepted(&server.stakeholder("eve"), "never tamper", "named");
        let table = Table::handed_out(&server, Format::IsoXlsx);
        let sound = json!({ &first: "Noted\nSound." });
        let cases = [
            (json!({ "add": "Noted\nAn added row." }), "Rows that were added are not taken"),
            (json!({ "rename": { &second: "GCSC-N9-0000-0000-0" } }), "There is no GCSC-N9-0000-0000-0"),
            (json!({ "double": [&second] }), "stands in more than one row"),
            (json!({ "unmark": [&second] }), "does not say any more from which state"),
            (json!({ "formula": &second }), "This cell holds a formula"),
        ];
        for (mut plan, message) in cases {
            plan["write"] = sound.clone();
            let shown = table.sent(&desk.sec, &plan).expect(422);
            shown.reads(message).reads("1 row changes the board");
        }
        let refused = [
            (format!("Acceptd\nA slip of {second}."), "is no disposition"),
            ("Noted".to_owned(), "A disposition needs reasons"),
            (format!("Noted\n{}", "x".repeat(5_001)), "longer than 5000 characters"),
        ];
        for (text, message) in refused {
            let shown = table.sent(&desk.sec, &json!({ "write": { &first: "Noted\nSound.", &second: text } })).expect(422);
            shown.reads(message).reads("1 row is not taken").reads("1 row changes the board");
        }
        let shown = table.sent(&desk.sec, &json!({ "write": { &loose: "Noted\nUnder nothing." } })).expect(422);
        shown.reads("This comment is under no issue");
        // A reference that was changed to that of another comment is not that comment's row.
        let plan = json!({ "write": { &first: "Noted\nMeant for the first." }, "rename": { &first: &loose }, "drop": [&loose] });
        table.sent(&desk.sec, &plan).expect(422).reads("This comment is under no issue");
        assert_eq!(own_answer(&desk, &issue, &first).0, "", "looking changes nothing");
        let shown = table.sent(&desk.sec, &json!({ "write": { &first: "Noted\nSound.", &second: "Won\nx" } })).expect(422);
        shown.form(APPLY).go("apply").expect(303);
        assert_eq!(own_answer(&desk, &issue, &first).1, "Sound.");
        assert_eq!(own_answer(&desk, &issue, &second).0, "");
        server.assert_audit_holds();
    }

    fn merged_cells_and_open_changes_are_not_taken(server: Server) {
        let (desk, _, [first, second]) = board(&server);
        let table = Table::handed_out(&server, Format::IsoXlsx);
        let plan = json!({ "write": { &first: "Noted\nFor both?", &second: "Noted\nFor both?" }, "merge": true });
        table.sent(&desk.sec, &plan).expect(422).reads("merged with another").reads("2 rows are not taken");
        let table = Table::handed_out(&server, Format::IsoDocx);
        let plan = json!({ "write": { &first: "Noted\nSound.", &second: "Noted\nOpen." }, "tracked": [&second] });
        let shown = table.sent(&desk.sec, &plan).expect(422);
        shown.reads("Tracked changes are open in this cell").reads("1 row is not taken").reads("1 row changes the board");
        shown.reads(&second);
    }

    fn files_that_are_none_of_ours_are_refused_whole(server: Server) {
        let (desk, issue, [first, _]) = board(&server);
        let public = Table::of(&server, Edition::Public, Format::IsoXlsx);
        let plan = json!({ "write": { &first: "Noted\nIn the public edition." } });
        public.sent(&desk.sec, &plan).expect(422).reads("Only tables of the Commission edition come back");
        let table = Table::handed_out(&server, Format::IsoXlsx);
        let bytes = table.filled(&plan);
        for (name, bytes, message) in [
            ("a.pdf", b"%PDF-1.7 no".to_vec(), "A PDF has no rows"),
            ("a.xlsx", b"no".to_vec(), "no table that can be read"),
            ("a.xlsx", package(&[("word", b"x")]), "packed"),
            ("a.xlsx", workbook(&[&["Name", "Price"], &["x", "y"]]), "its row of headings is needed"),
            ("a.xlsx", workbook(&[&["Issue", "Disposition", "Reasons"], &["x", "y", "z"]]), "Made from"),
            ("a.xlsx", bytes[..bytes.len() / 2].to_vec(), ""),
        ] {
            let shown = send(&desk.sec, name, bytes).expect(422);
            assert!(shown.main().to_lowercase().contains(&message.to_lowercase()), "{message}: {}", shown.main());
        }
        desk.sec.get(PATH).expect(200).form("main form[enctype]").press().expect(422).reads("Choose the file");
        let most = usize::try_from(server.portal().site().config().files.most_mebibytes << 20).unwrap();
        let large = vec![b'x'; most + 1];
        send(&desk.sec, "a.csv", large).expect(422).reads("at most");
        // The marks of another consultation are of no use here.
        let foreign = Table::handed_out(&server, Format::DispositionsCsv);
        let text = String::from_utf8(foreign.filled(&json!({}))).unwrap();
        let mark = text.lines().find_map(|line| line.rsplit(',').next().filter(|mark| mark.len() == 22)).unwrap();
        let turned: String = mark.chars().take(4).map(|c| if c == '0' { '1' } else { '0' }).collect();
        let text = text.replace(mark, &format!("{turned}{}", &mark[4..]));
        send(&desk.sec, "a.csv", text.into_bytes()).expect(422).reads("made for another consultation");
        assert!(own_answer(&desk, &issue, &first).0.is_empty());
        assert_eq!(server.count("returned_tables"), 0, "none of them was kept");
        desk.sec.get("/secretariat/deliberation/observations/018f0000-0000-7000-8000-000000000000").expect(404);
    }
}
