//! What the database itself refuses, past all code.

use super::{Desk, begin, decide, decision, put};
use crate::harness::rows::Rows;
use crate::harness::{Backend, Server};

fn refuses(backend: Backend) {
    let server = Server::start(backend);
    let desk = Desk::of(&server);
    let ada = server.stakeholder("ada");
    let reference = desk.accepted(&ada, "must not tamper", "named");
    let rows = Rows::of(server.db());
    let refusal = |sql: &str| match rows.try_execute(sql) {
        Ok(changed) => panic!("{changed} rows by {sql}"),
        Err(error) => error.to_string(),
    };
    let issue = begin(&desk.mo, "Whether the duty binds.");
    put(&desk.mo, &issue, &[&reference]);
    let no_reasons = "a decision needs reasons";
    assert!(refusal("UPDATE issues SET state = 'proposed', proposed_by = changed_by").contains(no_reasons));
    decision(&desk.mo, &issue, "noted", "For the record.").go("propose").expect(303);
    assert!(refusal("UPDATE issues SET reasons = ' '").contains(no_reasons));
    let same = "UPDATE issues SET state = 'validated', validated_by = proposed_by, validated_at = changed_at";
    assert!(refusal(same).contains("validated by somebody else"));
    assert!(refusal("UPDATE issues SET state = 'published'").contains("validated before it is published"));
    let proposed = "a proposed decision does not change";
    assert!(refusal("UPDATE issues SET reasons = 'Others.'").contains(proposed));
    super::steps(&desk.ray, &issue).go("validate").expect(303);
    assert!(refusal("UPDATE issues SET statement = 'Another.'").contains(proposed));
    let another = "UPDATE issues SET validated_by = (SELECT id FROM accounts WHERE email = 'sec@example.org')";
    assert!(refusal(another).contains(proposed));
    super::publish_all(&desk.sec);
    let stays = "a published decision does not change";
    for attack in [
        "UPDATE issues SET reasons = 'Others.'",
        "UPDATE issues SET statement = 'Another.'",
        "UPDATE issues SET state = 'validated'",
        "UPDATE issues SET state = 'draft'",
        "UPDATE issue_decisions SET reasons = 'Others.'",
        "DELETE FROM issue_decisions",
        "UPDATE answers SET response = 'Other.'",
        "DELETE FROM answers",
    ] {
        assert!(refusal(attack).contains(stays), "{attack}");
    }
    let second = begin(&desk.mo, "Whether anything binds.");
    decide(&desk, &second, "noted", "For the record.");
    let id = match backend {
        Backend::Sqlite => "randomblob(16)",
        Backend::Postgresql => "decode(md5(random()::text), 'hex')",
    };
    let forged = |validated: &str, reasons: &str| {
        format!(
            "INSERT INTO issue_decisions (id, issue_id, round, statement, disposition, reasons, proposed_by, validated_by, \
             published_by, published_at, batch_id, comments) SELECT {id}, issue_id, round + 7, statement, disposition, \
             '{reasons}', proposed_by, {validated}, published_by, published_at, batch_id, 0 FROM issue_decisions"
        )
    };
    assert!(refusal(&forged("proposed_by", "For the record.")).contains("validated by somebody else"));
    assert!(refusal(&forged("validated_by", " ")).contains(no_reasons));
    let begun = "an issue begins as a draft";
    let row = "norm_id, 99, about, place, text_version_id, first_word, last_word, quote, actor, instrument, statement, \
               options, recommendation, disposition, reasons, 'published', 1, 0, 1, '', 0, 0, created_by, created_at, \
               changed_by, changed_at FROM issues LIMIT 1";
    let columns = row.replace("99", "number").replace(
        "'published', 1, 0, 1, '', 0, 0",
        "state, round, answered, version, sent_back, satisfied, unsatisfied",
    );
    let columns = columns.replace(" FROM issues LIMIT 1", "");
    assert!(refusal(&format!("INSERT INTO issues (id, {columns}) SELECT {id}, {row}")).contains(begun));
}

#[test]
fn sqlite_refuses_a_decision_by_one_person_or_without_reasons() {
    refuses(Backend::Sqlite);
}

#[test]
fn postgresql_refuses_a_decision_by_one_person_or_without_reasons() {
    refuses(Backend::Postgresql);
}
