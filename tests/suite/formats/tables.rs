//! The tables: headings as their readers know them, cells in their columns.

use norm_portal::export::model::{Edition, Format};
use serde_json::Value;

use super::{File, NORM, comments, exported, texts};
use crate::harness::comments::send;
use crate::harness::{Server, on_both};

const ISO: [&str; 8] = [
    "MB/NC",
    "Line number",
    "Clause/ Subclause",
    "Paragraph/ Figure/ Table/",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
];

const NIST: [&str; 9] = [
    "Comment #",
    "Organization",
    "Commenter",
    "Type (General, Editorial, Technical)",
    "Page #",
    "Line #",
    "Section",
    "Comment (include rationale)",
    "Suggested Change",
];

on_both! {
    fn the_iso_table_has_its_eight_columns_in_both_files(server: Server) {
        let comments = comments(&server);
        let File { read, manifest } = exported(&server, Edition::Public, Format::IsoXlsx, Some(NORM));
        let sheet = read["sheets"]["Comments"].as_array().unwrap();
        assert!(texts(&sheet[0])[0].starts_with("Template for comments and secretariat observations"));
        assert_eq!(texts(&sheet[2]), ISO);
        let first = texts(&sheet[3]);
        assert_eq!(first[0], format!("CSO-001\n{}", comments.overlaps));
        assert_eq!((first[2].as_str(), first[3].as_str(), first[6].as_str()), ("3(a)", "not tamper with", "never meddle with"));
        assert_eq!(read["formulas"], 0);
        let about = read["sheets"]["Manifest"].as_array().unwrap();
        let rows = manifest["rows"].to_string();
        assert!(about.iter().any(|row| row[0] == "rows" && row[1] == rows));
        let File { read, .. } = exported(&server, Edition::Public, Format::IsoDocx, Some(NORM));
        let table = read["tables"][0].as_array().unwrap();
        let headings: Vec<&str> = table[0].as_array().unwrap().iter().map(|cell| cell[0].as_str().unwrap()).collect();
        assert_eq!(headings[0], "MB/NC1", "with the mark of its footnote");
        assert_eq!(headings[1..4], ISO[1..4]);
        // The change as an insertion and a deletion: rejected the words as they stand, accepted those proposed.
        assert_eq!(table[1][6], serde_json::json!(["not tamper with", "never meddle with"]));
        assert_eq!(read["landscape"], true);
        assert_eq!(read["tables"].as_array().unwrap().len(), 2, "the manifest is the last page");
    }

    fn the_other_tables_have_the_columns_of_their_readers(server: Server) {
        let comments = comments(&server);
        let File { read: csv, .. } = exported(&server, Edition::Commission, Format::NistCsv, None);
        let File { read: xlsx, .. } = exported(&server, Edition::Commission, Format::NistXlsx, None);
        assert_eq!(texts(&csv["rows"][0]), NIST);
        assert_eq!(csv["rows"].as_array().unwrap(), xlsx["sheets"]["Comments"].as_array().unwrap());
        let confidential = csv["rows"].as_array().unwrap().iter().find(|row| row[0] == comments.confidential).unwrap();
        assert!(confidential[7].as_str().unwrap().starts_with("[confidential: for the Commission alone]"));
        assert_eq!(confidential[8], "Change \"nor allow\" to \"nor confidentially allow\"");

        let File { read, .. } = exported(&server, Edition::Public, Format::LogCsv, None);
        let headings = texts(&read["rows"][0]);
        assert_eq!(headings[..4], ["Item #", "Date", "Commenter", "Description"]);
        assert_eq!(headings[4..], ["Date acknowledged", "Resolution", "Disposition", "Commenter satisfied"]);
        assert_eq!(read["rows"].as_array().unwrap().len(), 8);

        let File { read, .. } = exported(&server, Edition::Public, Format::RegulationsCsv, None);
        let (headings, first) = (texts(&read["rows"][0]), texts(&read["rows"][1]));
        let at = |name: &str| &first[headings.iter().position(|it| it == name).unwrap()];
        assert_eq!((headings.len(), at("Agency ID").as_str(), at("Last Name").as_str()), (60, "GCSC", "Ada Synthetic"));
        assert!(at("Comment").contains("Change \"not tamper with\" to \"never meddle with\""));

        let File { read, .. } = exported(&server, Edition::Public, Format::EuCsv, None);
        assert_eq!(texts(&read["feedback.csv"]["rows"][0])[..3], ["id", "publication_id", "tr_number"]);
        assert_eq!(read["feedback.csv"]["rows"].as_array().unwrap().len(), 8);
        assert_eq!(texts(&read["attachments.csv"]["rows"][0])[..2], ["id", "feedback_id"]);
        assert_eq!(read["manifest.json"]["rows"], 7);
        let File { read: json, .. } = exported(&server, Edition::Public, Format::EuJson, None);
        assert_eq!(json["feedback"].as_array().unwrap().len(), 7);
        assert_eq!(json["feedback"][0]["id"], read["feedback.csv"]["rows"][1][0]);
        assert_eq!(json["attachments"], serde_json::json!([]));

        let File { read, .. } = exported(&server, Edition::Commission, Format::AnnotationsJsonLines, None);
        let of = |reference: &str| read.as_array().unwrap().iter().find(|it| it["reference"] == reference).unwrap();
        assert_eq!(of(&comments.confidential)["confidential"], true);
        let target = &of(&comments.equal[0])["target"]["selector"];
        assert_eq!((&target[0]["exact"], &target[1]["start"]), (&"tamper".into(), &38.into()));
        assert_eq!(of(&comments.equal[0])["motivation"], "editing");
        assert_eq!(of(&comments.lever)["body"][0]["actor"], "regulator");
    }

    fn the_staff_report_names_who_contributed_in_the_order_of_arrival(server: Server) {
        comments(&server);
        let File { read, .. } = exported(&server, Edition::Public, Format::IcannDocx, None);
        let headings: Vec<&str> = read["paragraphs"].as_array().unwrap().iter().filter(|it| it["style"] == "Heading1").map(|it| it["text"].as_str().unwrap()).collect();
        assert_eq!(headings[..4], [
            "Section I: General Overview and Next Steps",
            "Section II: Contributors",
            "Section III: Summary of Comments",
            "Section IV: Analysis of Comments",
        ]);
        let tables = read["tables"].as_array().unwrap();
        let names = |table: &Value| -> Vec<String> {
            table.as_array().unwrap()[1..].iter().map(|row| row[0][0].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&tables[1]), ["Institute of Eve"]);
        assert_eq!(names(&tables[2]), ["Ada Synthetic"]);
        let review = tables[4].as_array().unwrap();
        assert_eq!(review[0].as_array().unwrap().iter().map(|cell| cell[0].as_str().unwrap()).collect::<Vec<_>>(), ["#", "Comment", "Who/Where", "Response", "Recommended action"]);
        assert_eq!(review.len(), 8);
        let File { read, .. } = exported(&server, Edition::Public, Format::IcannHtml, None);
        let text = read["text"].as_str().unwrap();
        assert!(text.contains("The Secretariat has not written it yet.") && text.contains("rows_sha256"));
        assert!(!read["tags"].as_array().unwrap().iter().any(|tag| tag == "script"));
    }

    fn files_that_came_along_are_in_a_table_of_their_own(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = send(&ada.whole_form(NORM, "See the paper.").choose("attachment", "=paper.txt", "Our paper."));
        mo.publish(&reference);
        let File { read, .. } = exported(&server, Edition::Public, Format::EuJson, None);
        assert_eq!(read["attachments"][0]["feedback_id"], reference);
        assert_eq!(read["attachments"][0]["file_name"], "=paper.txt");
        let File { read, .. } = exported(&server, Edition::Public, Format::EuCsv, None);
        assert_eq!(read["attachments.csv"]["rows"][1][2], "'=paper.txt");
    }
}
