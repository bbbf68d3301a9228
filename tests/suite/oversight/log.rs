//! The audit log: every action has words, pages and filters find each entry once, exports are whole and entered, and a
//! log that was edited, cut or rebuilt is found with the row.

use std::collections::BTreeSet;

use norm_portal::audit::{self, Act, Actor};
use norm_portal::db::DbError;
use norm_portal::oversight::log::actions::ACTIONS;
use serde_json::json;

use super::{NORM, place, unguard};
use crate::harness::client::css;
use crate::harness::{Answer, Person, Program, Server, on_both};
use crate::house::lexer::Token;
use crate::house::sources::{assert_none, files};

/// Names with a point in them that are no actions: files, settings, acts of browsers.
const OTHER: &[&str] = &[
    "version.label",
    "version.dated",
    "version.source",
    "version.clause",
    "feedback.csv",
    "attachments.csv",
    "webauthn.create",
    "webauthn.get",
];

/// Whether a text could be the name of an action.
fn is_action(text: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let endings =
        ["json", "toml", "html", "txt", "css", "js", "xml", "svg", "png", "db", "org", "example", "docx", "rs", "pdf"];
    text.split_once('.').is_some_and(|(subject, verb)| word(subject) && word(verb) && !endings.contains(&verb))
        && !OTHER.contains(&text)
}

#[test]
fn every_action_in_the_sources_has_words() {
    let sources = files("src", &[".rs"]).into_iter().filter(|source| !source.path.starts_with("src/config/"));
    let known: BTreeSet<&str> = ACTIONS.iter().map(|(action, _)| *action).collect();
    let mut met = BTreeSet::new();
    let mut unknown = Vec::new();
    for source in sources.filter(|source| source.path != "src/oversight/log/actions.rs") {
        for text in source.tokens().iter().filter_map(Token::text).filter(|text| is_action(text)) {
            met.insert(text.to_owned());
            if !known.contains(text) {
                unknown.push(format!("{}: {text}", source.path));
            }
        }
    }
    assert_none("say in src/oversight/log/actions.rs what these are called", unknown);
    assert!(met.contains("comment.published") && met.contains("account.suspended"), "{met:?}");
    assert!(is_action("claim.taken_over") && !is_action("portal.db") && !is_action("Comment.x"));
}

/// The numbers of the entries on a page.
fn entries(page: &Answer) -> Vec<i64> {
    page.all("tbody th").iter().map(|number| number.parse().unwrap()).collect()
}

/// The address behind "Older entries".
fn older(page: &Answer) -> Option<String> {
    let dom = page.dom();
    let link = dom.select(&css("a[rel=next]")).next()?;
    link.value().attr("href").map(str::to_owned)
}

/// Adds entries as any room does.
fn fill(server: &Server, actor: Actor, action: &'static str, count: usize) {
    let now = server.clock().now();
    server
        .db()
        .write_blocking(move |conn| {
            for n in 0..count {
                let act = Act { action, subject: format!("export:{n}"), detail: json!({ "n": n }) };
                audit::append(conn, now, actor, act)?;
            }
            Ok::<_, DbError>(())
        })
        .unwrap();
}

/// Every entry that `path` and the pages behind it show.
fn walk(sec: &Person, path: &str) -> Vec<i64> {
    let (mut all, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = sec.get(&path).expect(200);
        assert!(entries(&page).len() <= 50);
        all.extend(entries(&page));
        next = older(&page);
    }
    all
}

/// Fails unless `verify-audit` ends with 1; what it told.
#[track_caller]
fn broken(program: &Program, arguments: &[&str]) -> String {
    let output = program.run(&[&["verify-audit"], arguments].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

on_both! {
    fn pages_and_filters_find_every_entry_once(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        fill(&server, Actor::Operator, "export.made", 120);
        server.pass(chrono::TimeDelta::days(2));
        fill(&server, Actor::Operator, "export.requested", 3);
        sec.sign_in();
        mo.sign_in();
        let all = walk(&sec, "/secretariat/audit");
        let expected: Vec<i64> = (1..=server.count("audit_log")).rev().collect();
        assert_eq!(all, expected, "newest first, each once");
        mo.get("/secretariat/audit").expect(403);

        let path = place(&sec, &mo);
        let id = path.rsplit('/').next().unwrap();
        let of_mo = sec.get(&format!("/secretariat/audit?who={id}")).expect(200);
        assert_eq!(of_mo.all("tbody td:nth-of-type(3)"), ["Second factor set up", "Invitation accepted"]);
        of_mo.reads(&mo.name);
        assert_eq!(walk(&sec, "/secretariat/audit?action=export.made").len(), 120);
        assert_eq!(walk(&sec, "/secretariat/audit?subject=export:2").len(), 2);
        assert_eq!(walk(&sec, "/secretariat/audit?who=portal&from=2026-11-25").len(), 3);
        assert_eq!(walk(&sec, "/secretariat/audit?who=portal&action=export.made&to=2026-11-23").len(), 120);
        assert_eq!(walk(&sec, "/secretariat/audit?from=2026-11-24&to=2026-11-24").len(), 0);
        sec.get("/secretariat/audit?subject=none").expect(200).reads("No entry fits");
        for wrong in ["from=soon", "to=9999-99-99", "who=me", "action=none.such"] {
            let page = sec.get(&format!("/secretariat/audit?{wrong}")).expect(422);
            assert_eq!(page.errors().len(), 1, "{wrong}");
        }
        sec.get("/secretariat/audit?before=x").expect(400);
        let linked = sec.get(&format!("/secretariat/audit?subject=account:{id}")).expect(200);
        assert!(!linked.all(&format!("a[href='{path}']")).is_empty());
    }

    fn an_export_is_whole_streamed_and_entered(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        fill(&server, Actor::Operator, "export.made", 2_500);
        let form = sec.get("/secretariat/audit").expect(200).form("main form[method=post]");
        let before = server.count("audit_log");
        let csv = form.go("csv").expect(200);
        assert!(csv.header("content-disposition").unwrap().ends_with(".csv\""));
        let mut reader = csv::Reader::from_reader(csv.body.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let numbers: Vec<i64> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
        assert_eq!(numbers, (1..=before + 1).collect::<Vec<_>>(), "the oldest first, the export's own entry last");
        assert_eq!(rows.last().unwrap()[3], *"audit.exported");
        let hash = |text: &str| audit::Head::parse(&format!("1:{text}")).is_some();
        assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])) && hash(&row[6])));

        let filtered = sec.get("/secretariat/audit?action=staff.joined").form("main form[method=post]");
        let lines = filtered.go("jsonl").expect(200);
        let lines: Vec<serde_json::Value> = std::str::from_utf8(&lines.body)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line["action"] == "staff.joined" && line["detail"]["role"].is_string()));
        assert_eq!(server.audited("audit.exported"), 2);
        form.go_unseen("pdf").expect(400);
        let csrf = mo.get("/sign-out").form("main form").value("csrf").to_owned();
        mo.post("/secretariat/audit", &[("csrf", &csrf), ("go", "csv")]).expect(403);
        assert_eq!(server.audited("audit.exported"), 2);
        server.assert_audit_holds();
    }

    fn a_log_that_was_edited_or_cut_is_found_with_its_row(server: Server) {
        let ada = server.stakeholder("ada");
        ada.comment_on_whole(NORM, "One.", "named");
        server.keeper_round();
        let kept = audit::heads::files(server.data_dir()).unwrap();
        assert_eq!(kept.len(), 1, "a day's first head is kept");
        server.keeper_round();
        assert_eq!(audit::heads::files(server.data_dir()).unwrap().len(), 1);
        let program = Program::beside(&server);
        assert!(program.done(&["verify-audit"]).contains("passes through 1 heads"));
        unguard(&server);
        server.execute("UPDATE audit_log SET subject = 'account:x' WHERE seq = 2");
        assert!(broken(&program, &[]).contains("entry 2 was altered"));
        server.execute("DELETE FROM audit_log WHERE seq >= 2");
        server.execute("UPDATE audit_head SET seq = 1, hash = (SELECT hash FROM audit_log WHERE seq = 1)");
        let head = audit::Head::read(&kept[0]).unwrap();
        assert!(broken(&program, &[]).contains(&format!("the log ends at entry 1, but {} entries", head.seq)));
        std::fs::write(&kept[0], "nonsense").unwrap();
        assert!(broken(&program, &[]).contains("SEQ:HASH"));
        std::fs::remove_file(&kept[0]).unwrap();
        assert!(program.done(&["verify-audit"]).contains("1 entries"), "without a head nothing shows that it was cut");
        assert!(broken(&program, &["--head", &head.to_string()]).contains("ends at entry 1"));
        let output = program.run(&["verify-audit", "--head", "12:none"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }

    fn a_log_that_was_rebuilt_is_found_by_a_head_kept_elsewhere(server: Server) {
        let ada = server.stakeholder("ada");
        let early = server.db().read_blocking(audit::store::head).unwrap();
        ada.comment_on_whole(NORM, "One.", "named");
        let head = server.db().read_blocking(audit::store::head).unwrap();
        let file = server.data_dir().join("from-the-letter.txt");
        std::fs::write(&file, format!("{head}\n")).unwrap();
        unguard(&server);
        let from = early.seq;
        server.execute(&format!("DELETE FROM audit_log WHERE seq > {from}"));
        server.execute(&format!(
            "UPDATE audit_head SET seq = {from}, hash = (SELECT hash FROM audit_log WHERE seq = {from})"
        ));
        fill(&server, Actor::Operator, "export.made", 5);
        let program = Program::beside(&server);
        program.done(&["verify-audit"]);
        let both = ["--head", &early.to_string(), "--head", file.to_str().unwrap()];
        let told = broken(&program, &both);
        let named = format!("entry {} is not the one whose head was exported", head.seq);
        assert!(told.contains(&named) && told.contains(&format!("after entry {from}")), "{told}");
        assert!(program.done(&["verify-audit", "--head", &early.to_string()]).contains("through 1 heads"));
    }
}
