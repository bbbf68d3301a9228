//! What is held of people: the table in the code against the schema, the page made from it, and what is thrown away.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use norm_portal::data_rights::held::HELD;

use crate::harness::{Server, on_both};
use crate::schema::declared;

/// Tables that hold nothing of a person: texts of the Commission, counts, what the portal knows of itself.
const OF_NOBODY: &[&str] = &[
    "alerts",
    "alike_totals",
    "arrival_spans",
    "arrivals",
    "audit_head",
    "backups",
    "bands",
    "batch_items",
    "cleared_files",
    "cluster_members",
    "cluster_texts",
    "clusters",
    "consultations",
    "day_figures",
    "days_counted",
    "epochs",
    "gate",
    "gate_passes",
    "issue_tallies",
    "norms",
    "position_facets",
    "positions",
    "redaction_spans",
    "spans",
    "submission_parts",
    "tallies",
    "text_versions",
    "unscanned_files",
];

/// Columns that say nothing of a person in any table: which thing, of what kind, where it stands, when, how many.
const OF_THINGS: &[&str] = &[
    "about",
    "action",
    "actor",
    "answer_by",
    "answered",
    "answered_at",
    "appeal_until",
    "applied_at",
    "asked_at",
    "at",
    "attempts",
    "batch_id",
    "case_id",
    "change",
    "changed_at",
    "changes",
    "channel",
    "class",
    "code",
    "comment_id",
    "comments",
    "concern",
    "confirmed_at",
    "consultation_id",
    "created_at",
    "day",
    "decided_at",
    "decision_id",
    "deleted_at",
    "description",
    "detail",
    "detail_digest",
    "disposition",
    "done",
    "due_at",
    "edited_at",
    "entered_at",
    "expires_at",
    "finished_at",
    "first_word",
    "flag",
    "handled_at",
    "hash",
    "holder",
    "id",
    "instrument",
    "is_redacted",
    "is_retired",
    "is_satisfied",
    "issue_id",
    "issues",
    "kept_at",
    "kind",
    "label",
    "last_step",
    "last_word",
    "layout",
    "lease_until",
    "made_at",
    "media_type",
    "norm_id",
    "number",
    "once_key",
    "opened_at",
    "organisation_id",
    "outcome",
    "parts",
    "place",
    "position_id",
    "priority",
    "proposed_at",
    "publication",
    "published_at",
    "purpose",
    "put_at",
    "reason",
    "redaction_id",
    "redactions",
    "reference",
    "reports",
    "revision",
    "round",
    "satisfied",
    "saved_at",
    "sent_at",
    "sent_back",
    "seq",
    "set_at",
    "sha256",
    "signed_at",
    "size",
    "spent_at",
    "state",
    "subject",
    "submitted_at",
    "suspended_at",
    "taken_at",
    "text",
    "text_version_id",
    "title",
    "total",
    "tried_at",
    "tries",
    "tries_since",
    "undone_at",
    "unsatisfied",
    "until",
    "uploaded_at",
    "validated_at",
    "verified_at",
    "version",
    "withdrawn_at",
    "written_at",
];

#[test]
fn every_table_and_column_is_told_of_or_holds_nothing_of_a_person() {
    let schema = declared();
    let told: Vec<&str> = HELD.iter().flat_map(|held| held.columns).map(|(table, _)| *table).collect();
    let known: BTreeSet<&str> = told.iter().chain(OF_NOBODY).copied().collect();
    assert_eq!(known.len(), told.len() + OF_NOBODY.len(), "no table is told of twice");
    assert_eq!(known, schema.keys().map(String::as_str).collect(), "each table is told of, or of nobody");
    for (table, personal) in HELD.iter().flat_map(|held| held.columns) {
        let columns: BTreeSet<&str> = schema[*table].iter().map(|column| column.name.as_str()).collect();
        for column in *personal {
            assert!(columns.contains(column), "{table} has no {column}");
        }
        for column in columns {
            let is_known = personal.contains(&column) || OF_THINGS.contains(&column);
            assert!(is_known, "does {table}.{column} say something of a person? Say so in data_rights::held, or here");
        }
    }
    for (table, columns) in &schema {
        let names =
            ["email", "author_name", "password_hash", "recipient", "account_id", "requested_by", "sender", "mark"];
        let held = HELD.iter().flat_map(|held| held.columns).find(|(name, _)| name == table).map(|(_, held)| *held);
        for column in columns.iter().filter(|column| names.contains(&column.name.as_str())) {
            let is_told = held.is_some_and(|held| held.contains(&column.name.as_str())) || table == "redaction_spans";
            assert!(is_told, "{table}.{} is personal by its name", column.name);
        }
    }
}

on_both! {
    fn the_page_says_of_each_thing_how_long_it_is_kept(server: Server) {
        let page = server.anonymous().get("/privacy").expect(200);
        page.reads("Deleted 30 days after").reads("Deleted 2 days after").reads("90 days after it left");
        page.reads("It ends when you sign out, after 12 hours without use, and after 14 days at the latest;");
        assert!(page.all("main dl.answers dt").len() >= HELD.len());
    }

    fn what_has_ended_is_thrown_away_by_the_same_figures(server: Server) {
        let (sec, ada) = (server.secretariat("sec"), server.stakeholder("ada"));
        server.registration("bob").1.press().expect(200);
        server.deliver();
        server.keeper_round();
        let kept = (server.count("sessions"), server.count("tokens"), server.count("outbox WHERE recipient <> ''"));
        assert!(kept.0 == 2 && kept.1 >= 3 && kept.2 >= 2, "{kept:?}");
        server.pass(TimeDelta::hours(11));
        ada.get("/account").expect(200);
        server.pass(TimeDelta::hours(2));
        server.keeper_round();
        assert_eq!(server.count("sessions"), 1, "one was not used for twelve hours");
        ada.get("/account").expect(200);
        server.pass(TimeDelta::days(28));
        server.keeper_round();
        assert_eq!(server.count("sessions"), 0);
        assert_eq!(server.count("tokens"), kept.1, "not yet");
        server.pass(TimeDelta::days(15));
        server.keeper_round();
        assert_eq!(server.count("tokens"), 0);
        server.deliver();
        assert!(server.count("outbox WHERE recipient = 'ada@example.org'") > 0, "not yet");
        server.pass(TimeDelta::days(50));
        server.keeper_round();
        assert_eq!(server.count("outbox WHERE recipient = 'ada@example.org'"), 0);
        assert!(server.count("outbox WHERE state = 'sent' AND subject = ''") > 0, "that a letter left is known");
        // A letter that was given up goes as a whole.
        server.registration("eve").1.press().expect(200);
        server.execute("UPDATE outbox SET state = 'dead' WHERE recipient = 'eve@example.org'");
        server.pass(TimeDelta::days(91));
        server.keeper_round();
        assert_eq!(server.count("outbox WHERE recipient = 'eve@example.org' OR state = 'dead'"), 0);
        sec.sign_in();
        server.assert_audit_holds();
    }
}
