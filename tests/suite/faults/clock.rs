//! A clock that is a year wrong, and then right again.

use chrono::TimeDelta;

use super::{token, try_comment};
use crate::harness::{Server, on_both};

const PAGES: [&str; 9] = [
    "/",
    "/norms/avoid-tampering",
    "/overview",
    "/transparency",
    "/search?q=tamper",
    "/feed.atom",
    "/api/v1/comments",
    "/briefing",
    "/readyz",
];

on_both! {
    fn a_year_ahead_or_behind_breaks_no_page_and_no_chain(server: Server) {
        let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
        let reference = ada.comment_on_whole("avoid-tampering", "Before the clock went wrong: tamper.", "named");
        mo.publish(&reference);
        for days in [365, -730, 365] {
            server.pass(TimeDelta::days(days));
            for path in PAGES {
                server.anonymous().get(path).expect(200);
            }
            server.keeper_round();
            server.porter_round();
            server.deliver();
            for person in [&sec, &mo, &ada] {
                person.sign_in();
            }
            sec.get("/secretariat").expect(200);
            sec.get("/secretariat/figures").expect(200);
            sec.get("/secretariat/state").expect(200);
            ada.get(&format!("/my-comments/{reference}")).expect(200);
            let csrf = token_or_none(&ada);
            if let Some(csrf) = csrf {
                let (status, _) = try_comment(&ada, &csrf, "While the clock is wrong.").expect("an answer");
                assert!([303, 403, 409, 422].contains(&status), "{days}: {status}");
            }
            server.assert_audit_holds();
        }
        let csrf = token(&ada);
        assert_eq!(try_comment(&ada, &csrf, "The clock is right again.").expect("an answer").0, 303);
        server.assert_audit_holds();
    }
}

/// The token of the composer, if it is open.
fn token_or_none(client: &crate::harness::Client) -> Option<String> {
    let page = client.get(super::COMPOSE);
    assert!(page.status < 500, "{}", page.status);
    page.text().contains("name=\"rationale\"").then(|| page.form("main form").value("csrf").to_owned())
}
