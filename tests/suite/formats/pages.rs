//! The desk's pages: marshalled list, rolling text, levers; the files as jobs.

use super::{NORM, comments};
use crate::browser::Browser;
use crate::deliberation::{Desk, begin, decide, put};
use crate::harness::{Backend, Server, on_both};

const LEVERS: &str = "/secretariat/deliberation/levers";

on_both! {
    fn the_desk_reads_marshalled_list_and_rolling_text(server: Server) {
        let comments = comments(&server);
        let mo = server.moderator("second");
        let page = mo.get(&format!("/secretariat/deliberation/norms/{NORM}/marshalled")).expect(200);
        let places = page.all("tbody th");
        assert_eq!(places.len(), 4, "{places:?}");
        assert!(places[0].starts_with("3(a), line 1, words 6-8"), "{places:?}");
        let equal = page.all("tbody tr:nth-child(2) td").join(" ");
        assert!(equal.contains("Ada Synthetic") && equal.contains("Bob Synthetic"), "{equal}");
        assert!(comments.equal.iter().all(|reference| equal.contains(reference)));
        page.reads("for the Commission alone");
        assert_eq!(page.link(&format!("a[href$='{}']", comments.deletes)), format!("/comments/{}", comments.deletes));

        let page = mo.get(&format!("/secretariat/deliberation/norms/{NORM}/rolling")).expect(200);
        let text = page.all(".rolling").join(" ").replace(['\u{2068}', '\u{2069}'], "");
        assert!(text.contains("not tamper with [Alt. 1 (Ada Synthetic): never meddle with]"), "{text}");
        assert!(text.contains("delete these words"), "{text}");
        mo.get("/secretariat/deliberation/norms/none/rolling").expect(404);
        mo.get("/secretariat/deliberation/norms/none/marshalled").expect(404);
        mo.get("/secretariat/deliberation/norms/cyber-hygiene/marshalled").expect(200).reads("Nobody proposes");
    }

    fn the_lever_matrix_leads_to_the_texts(server: Server) {
        let mo = server.moderator("mo");
        mo.get(LEVERS).expect(200).reads("No levers proposed");
        let dutch = server.stakeholder_with("ada", |form| form.set("country", "NL").set("stakeholder_group", "academia"));
        let other = server.stakeholder_with("bob", |form| form.set("country", ""));
        let first = dutch.propose_lever("botnets", "Buy only what is kept up.", "named");
        let hidden = other.propose_lever(NORM, "Sign what is shipped.", "commission");
        other.propose_lever(NORM, "Still waits.", "named");
        for reference in [&first, &hidden] {
            mo.publish(reference);
        }
        let page = mo.get(LEVERS).expect(200);
        assert_eq!(page.all("[aria-labelledby=levers-by-instrument] tbody td a").len(), 1);
        page.reads("2 levers").reads("Buy only what is kept up.").reads("Sign what is shipped.").reads("for the Commission alone").lacks("Still waits.");
        let cell = mo.get(&page.link("[aria-labelledby=levers-by-region] tbody a[href*='europe']")).expect(200);
        cell.reads("One lever").reads("Buy only what is kept up.").lacks("Sign what is shipped.").reads("Europe");
        mo.get(&format!("{LEVERS}?norm={NORM}")).expect(200).reads("One lever").lacks("Buy only");
        mo.get(&format!("{LEVERS}?norm=none")).expect(404);
        mo.get(&format!("{LEVERS}?region=none&page=99")).expect(200).reads("One lever").lacks("Sign what is shipped.");
        mo.get(&format!("{LEVERS}?group=x&page=zero")).expect(200).reads("No levers proposed");
    }

    fn a_document_is_made_as_a_job_and_taken_away(server: Server) {
        comments(&server);
        let sec = server.secretariat("sec");
        for (format, norm, name, kind) in [
            ("tracked-docx", "", "norm-portal-tracked-public-2026-11-23.zip", "application/zip"),
            ("rolling-html", NORM, "norm-portal-rolling-public-avoid-tampering-2026-11-23.html", "text/html; charset=utf-8"),
            ("iso-xlsx", NORM, "norm-portal-iso-public-avoid-tampering-2026-11-23.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ] {
            let form = sec.get("/secretariat/exports").expect(200).form("main form");
            let job = form.set("edition", "public").set("format", format).set("norm", norm).press().expect(303).location();
            assert_eq!(server.clerk_round(), 1);
            sec.get(&job).expect(200).reads("Ready");
            let file = sec.get(&format!("{job}/file")).expect(200);
            assert_eq!(file.header("content-disposition"), Some(format!("attachment; filename=\"{name}\"").as_str()));
            assert_eq!(file.header("content-type"), Some(kind));
        }
    }
}

/// Looks at the page in view on a desk and on a phone.
async fn see(browser: &Browser, name: &str) {
    browser.assert_accessible(&[]).await;
    browser.screenshot(&format!("formats-{name}")).await;
    browser.resize(390, 844).await;
    browser.assert_accessible(&[]).await;
    assert!(!browser.scrolls_sideways().await, "{name}");
    browser.screenshot(&format!("formats-{name}-390")).await;
    browser.resize(1280, 900).await;
}

#[test]
fn the_pages_are_read_without_scripts_at_a_desk_and_on_a_phone() {
    let server = Server::start(Backend::Sqlite);
    comments(&server);
    let (mo, ray, sec) = (server.moderator("second"), server.moderator("ray"), server.secretariat("sec"));
    let desk = Desk { mo, ray, sec };
    let issue = begin(&desk.mo, "Whether the duty binds.");
    let binds = desk.accepted(&server.stakeholder("fay"), "must not tamper", "named");
    put(&desk.mo, &issue, &[&binds]);
    decide(&desk, &issue, "adopted", "A duty has to bind.");
    let mo = desk.mo;
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let browser = Browser::start(false).await;
        browser.goto(&format!("{}/sign-in", server.origin)).await;
        browser.fill("email", &mo.email).await;
        browser.fill("password", &mo.password).await;
        browser.press("Sign in").await;
        if let Some(code) = mo.code() {
            browser.fill("code", &code).await;
            browser.press("Sign in").await;
        }
        for (name, path) in [
            ("marshalled", format!("/secretariat/deliberation/norms/{NORM}/marshalled")),
            ("rolling", format!("/secretariat/deliberation/norms/{NORM}/rolling")),
            ("working", format!("/secretariat/deliberation/norms/{NORM}/working")),
            ("levers", LEVERS.to_owned()),
        ] {
            browser.goto(&format!("{}{path}", server.origin)).await;
            see(&browser, name).await;
        }
    });
}
