//! What was decided about a comment, in the formats that have a place for it: what was published, in both editions.

use norm_portal::export::model::{Edition, Format};
use serde_json::Value;

use super::{File, NORM, exported};
use crate::deliberation::{Desk, begin, decide, decision, put, steps};
use crate::harness::{Server, on_both};

const REASONS: &str = "A duty has to bind.";
const OWN: &str = "The word is taken up elsewhere.";
const WAITING: &str = "Not yet for anybody outside.";

/// Comments and what was decided about them.
struct Decided {
    /// Under the first issue and under the second: adopted, and noted with reasons of its own.
    twice: String,
    /// Under the first issue.
    once: String,
    /// The same, for the Commission alone.
    confidential: String,
    /// Under an issue that waits to be published.
    waiting: String,
    /// Under none.
    none: String,
}

fn decided(server: &Server) -> Decided {
    let desk = Desk::of(server);
    let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
    let twice = desk.accepted(&ada, "must not tamper", "named");
    let once = desk.accepted(&bob, "shall not tamper", "named");
    let confidential = desk.accepted(&bob, "may never tamper", "commission");
    let (waiting, none) =
        (desk.accepted(&ada, "ought not tamper", "named"), desk.accepted(&ada, "will not tamper", "named"));
    let first = begin(&desk.mo, "Whether the duty binds.");
    put(&desk.mo, &first, &[&twice, &once, &confidential]);
    let second = begin(&desk.mo, "Which verb.");
    put(&desk.mo, &second, &[&twice]);
    let own = desk.mo.get(&format!("{second}/comments/{twice}")).expect(200).form("main form");
    own.set("disposition", "noted").set("response", OWN).press().expect(303);
    // The second is decided before the first: files go by the issues' numbers.
    decide(&desk, &second, "not-adopted", "Another verb was chosen.");
    decide(&desk, &first, "adopted-in-part", REASONS);
    let third = begin(&desk.mo, "Whether to say ought.");
    put(&desk.mo, &third, &[&waiting]);
    decision(&desk.mo, &third, "adopted", WAITING).go("propose").expect(303);
    steps(&desk.ray, &third).go("validate").expect(303);
    for (author, reference, says) in [(&ada, &twice, "yes"), (&bob, &confidential, "no")] {
        let issue = first.rsplit('/').next().unwrap();
        let form = author.get(&format!("/my-comments/{reference}/issues/{issue}/answer")).expect(200).form("main form");
        form.set("satisfied", says).set("remark", "Said to the Secretariat.").press().expect(303);
    }
    Decided { twice, once, confidential, waiting, none }
}

/// The cells of the row in which a cell holds `reference`.
fn row(rows: &Value, reference: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter().map(super::texts);
    let found = rows.into_iter().find(|row| row.iter().any(|cell| cell.contains(reference)));
    found.unwrap_or_else(|| panic!("no row of {reference}"))
}

on_both! {
    fn the_log_says_what_was_decided_when_its_author_was_told_and_whether_they_are_satisfied(server: Server) {
        let it = decided(&server);
        for edition in Edition::ALL {
            for format in [Format::LogCsv, Format::LogMarkdown] {
                let File { read, .. } = exported(&server, *edition, format, Some(NORM));
                let is_public = *edition == Edition::Public;
                let last = |reference: &str| row(&read["rows"], reference).split_off(4);
                let satisfied = if is_public { "" } else { "Issue 1: yes" };
                assert_eq!(
                    last(&it.twice),
                    [
                        "2026-11-23",
                        &format!("Issue 1: {REASONS}\n\nIssue 2: {OWN}"),
                        "Issue 1: Adopted in part; Issue 2: Noted",
                        satisfied,
                    ],
                    "{edition} {format}"
                );
                assert_eq!(last(&it.once), ["2026-11-23", REASONS, "Adopted in part", ""], "{edition} {format}");
                for undecided in [&it.waiting, &it.none] {
                    assert_eq!(last(undecided), ["", "", "", ""], "{edition} {format}");
                }
                if !is_public {
                    assert_eq!(last(&it.confidential), ["2026-11-23", REASONS, "Adopted in part", "no"]);
                }
            }
        }
    }

    fn the_iso_table_and_the_staff_report_hold_disposition_and_response(server: Server) {
        let it = decided(&server);
        let observed = format!("Issue 1: Adopted in part\n{REASONS}\n\nIssue 2: Noted\n{OWN}");
        let File { read, .. } = exported(&server, Edition::Public, Format::IsoXlsx, Some(NORM));
        let last = |reference: &str| row(&read["sheets"]["Comments"], reference)[7].clone();
        assert_eq!((last(&it.twice), last(&it.once)), (observed.clone(), format!("Adopted in part\n{REASONS}")));
        assert_eq!((last(&it.waiting), last(&it.none)), (String::new(), String::new()));
        let File { read, .. } = exported(&server, Edition::Public, Format::IsoDocx, Some(NORM));
        let table = read["tables"][0].as_array().unwrap();
        let of = table.iter().find(|row| row[0][0].as_str().unwrap().contains(&it.twice)).unwrap();
        assert_eq!(of[7], serde_json::json!([observed, observed]));
        let File { read, .. } = exported(&server, Edition::Public, Format::IcannDocx, Some(NORM));
        let review = read["tables"][4].as_array().unwrap();
        let of = review.iter().find(|row| row[2][0].as_str().unwrap().contains(&it.once)).unwrap();
        assert_eq!((&of[3][0], &of[4][0]), (&REASONS.into(), &"Adopted in part".into()));
        let File { read, .. } = exported(&server, Edition::Public, Format::IcannHtml, Some(NORM));
        assert_eq!(row(&read["rows"], &it.once)[3..], [REASONS, "Adopted in part"]);
    }

    fn what_is_not_published_of_a_decision_is_in_no_file(server: Server) {
        let it = decided(&server);
        for edition in Edition::ALL {
            for format in Format::ALL.iter().filter(|format| format.is_of_comments()) {
                let all = exported(&server, *edition, *format, None).read.to_string();
                // The Commission's dossier shows the board as it stands; so does its table that is filled in and comes back.
                let shows_it = format.holds_issues() || matches!(format, Format::IsoDocx | Format::IsoXlsx);
                let is_of_the_board = *edition == Edition::Commission && shows_it;
                assert_eq!(all.contains(WAITING), is_of_the_board, "{edition} {format}");
                assert!(!all.contains("Said to the Secretariat."), "{edition} {format}");
                let is_hidden = *edition == Edition::Public && all.contains(&it.confidential);
                assert!(!is_hidden, "{edition} {format}");
            }
        }
    }
}
