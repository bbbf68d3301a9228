//! Comments that came on paper, by mail or at a meeting: entered by staff, marked, published by somebody else, and their
//! author's as soon as the address is confirmed.

mod flags;
mod journey;
mod rows;
mod scan;
mod sheet;

use chrono::TimeDelta;

use crate::harness::client::css;
use crate::harness::comments::{COMPOSER, VERDICT};
use crate::harness::form::Filled;
use crate::harness::people::sign_in;
use crate::harness::{Client, Server, on_both};

const NORM: &str = "avoid-tampering";
const NEW: &str = "/secretariat/received/new";
const SCAN: &[u8] = b"%PDF-1.7\nA scan.\n";

/// The first page, filled in for a letter of an author without an address.
fn details(desk: &Client) -> Filled {
    desk.get(NEW)
        .expect(200)
        .form("main form")
        .set("channel", "letter")
        .set("received_on", "2026-11-20")
        .set("event", "Letter 41")
        .set("name", "Petra Paper")
        .set("stakeholder_group", "individual")
        .set("country", "NL")
        .set("norm", NORM)
        .set("kind", "general")
}

/// The composer behind it, filled in.
fn composer(desk: &Client, change: impl FnOnce(Filled) -> Filled) -> Filled {
    let form = change(details(desk)).press().expect(200).form(COMPOSER);
    form.set("rationale", "Written by hand.").set("publication", "named")
}

/// Enters the comment of a filled composer; the reference.
fn enter(form: &Filled) -> String {
    let sent = form.go("check").expect(200).form(COMPOSER).go("send").expect(303);
    sent.location().strip_prefix("/secretariat/comments/").unwrap().to_owned()
}

/// A consultation that opened ten days ago and closes at the end of this day.
fn closing_today(server: &Server) {
    let sec = server.secretariat("sec");
    let form = sec.get("/secretariat/consultations").form("main form");
    form.set("opens_at", "2026-11-13T00:00").set("closes_at", "2026-11-23T23:59").press().expect(303);
}

on_both! {
    fn a_letter_is_entered_marked_and_published_by_somebody_else(server: Server) {
        closing_today(&server);
        let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
        let form = composer(&mo, |form| form).choose("attachment", "scan.pdf", SCAN);
        let check = form.go("check").expect(200);
        check.reads("Petra Paper").reads("Letter 41").reads("20 November 2026").reads("Not known").reads("scan.pdf");
        check.lacks("value=\"save\"");
        let sent = check.form(COMPOSER);
        let desk = sent.go("send").expect(303).follow().expect(200);
        desk.reads("Letter, received 20 November 2026").reads("Mo Synthetic").reads("scan.pdf");
        let reference = desk.one("h1");
        assert_eq!(sent.go("send").expect(303).location(), format!("/secretariat/comments/{reference}"), "sent twice");
        assert_eq!((server.count("comments"), server.count("received_comments")), (1, 1));
        assert_eq!(server.audited("comment.entered"), 1);
        assert_eq!(server.count("audit_log WHERE detail LIKE '%Petra%' OR detail LIKE '%hand%'"), 0);
        assert_eq!(server.mails().iter().filter(|mail| mail.body.contains("Petra")).count(), 0);
        mo.get("/secretariat").expect(200).reads(&reference).reads("Letter, entered");

        desk.reads("somebody else decides");
        let refused = mo.verdict_form(&reference).set("outcome", "publish").set("note", "Mine.").press().expect(422);
        refused.reads("somebody else decides");
        assert_eq!(refused.form(VERDICT).value("note"), "Mine.");
        assert_eq!(server.count("decisions"), 0);
        ray.publish(&reference);
        let page = server.anonymous().get(&format!("/comments/{reference}")).expect(200);
        page.reads("Petra Paper").reads("Received by letter and entered by the Secretariat").reads("20 November 2026");
        page.lacks("scan.pdf").lacks("Mo Synthetic").lacks("Letter 41");
        let told = server.anonymous().get(&format!("/api/v1/comments/{reference}")).expect(200);
        assert!(told.text().contains("\"channel\":\"letter\""), "{}", told.text());
        let file = desk.dom().select(&css("a[href^='/attachments/']")).next().unwrap().value().attr("href").unwrap().to_owned();
        server.anonymous().get(&file).expect(404);
        ray.get(&file).expect(200);
        assert_eq!(server.count("outbox WHERE recipient NOT LIKE '%@%'"), 0);
        server.assert_audit_holds();
    }

    fn who_entered_a_comment_may_still_decline_it(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        let reference = enter(&composer(&mo, |form| form));
        mo.decide(&reference, "decline", "off-topic", "Not about the text.").expect(303);
    }

    fn words_of_the_norm_are_chosen_as_in_every_composer(server: Server) {
        closing_today(&server);
        let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
        let words = details(&mo).set("kind", "wording").press().expect(200);
        words.reads("Petra Paper");
        let form = words.form(COMPOSER).set("quote", "tamper").go("edit").expect(200).form(COMPOSER);
        let form = form.set("proposed_wording", "meddle").set("rationale", "Plainer.").set("publication", "organisation");
        let check = form.go("check").expect(200).form(COMPOSER);
        let again = check.go("details").expect(200).form("main form");
        assert_eq!((again.value("name"), again.value("proposed_wording")), ("Petra Paper", "meddle"));
        let back = again.set("name", "Petra P. Paper").press().expect(200).form(COMPOSER);
        assert_eq!(back.value("proposed_wording"), "meddle");
        let reference = enter(&back);
        ray.get(&format!("/secretariat/comments/{reference}")).expect(200).reads("Petra P. Paper").reads("meddle");
        // Another kind of comment begins anew, and keeps whose it is.
        let other = check.go("details").form("main form").set("kind", "lever").press().expect(200);
        assert!(other.form(COMPOSER).value("action").is_empty());
        other.reads("Petra Paper");
    }

    fn an_author_with_an_address_hears_of_it_and_gets_at_it_by_confirming_only(server: Server) {
        closing_today(&server);
        let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
        let reference = enter(&composer(&mo, |form| form.set("email", "petra@example.org")));
        let letter = server.mail_to("petra@example.org");
        assert!(letter.body.contains("Written by hand.") && letter.body.contains(&reference), "{letter:?}");
        assert!(!letter.body.contains("Mo Synthetic") && letter.body.contains("20 November 2026"), "{letter:?}");

        // A stranger registers with the address and guesses at passwords: nothing opens.
        let (stranger, form) = server.registration("petra");
        assert_eq!(stranger.email, "petra@example.org");
        form.press().expect(200);
        for password in [stranger.password.as_str(), "none", ""] {
            assert_ne!(sign_in(&stranger, &stranger.email, password).status, 303, "{password:?}");
        }
        stranger.get("/my-comments").expect(303);

        // Whoever reads the address's mail opens it.
        let confirmation = server.mails_to("petra@example.org").into_iter().rfind(|it| it.body.contains("/confirm/"));
        let link = server.link_in(&confirmation.unwrap());
        stranger.get(&link).expect(200).form("main form").press().expect(303);
        stranger.sign_in();
        stranger.get("/my-comments").expect(200).reads(&reference);
        ray.publish(&reference);
        let decided = server.mail_to("petra@example.org");
        assert!(decided.body.contains(&reference), "{decided:?}");
        server.anonymous().get(&format!("/comments/{reference}")).expect(200).reads("Petra Paper");
    }

    fn a_new_password_by_mail_opens_it_as_well(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        let reference = enter(&composer(&mo, |form| form.set("email", "petra@example.org")));
        let petra = server.anonymous();
        let asked = petra.get("/password/reset").form("main form").set("email", "petra@example.org");
        asked.press().expect(200);
        let link = server.link_in(&server.mail_to("petra@example.org"));
        let password = crate::harness::people::password("petra");
        petra.get(&link).expect(200).form("main form").set("password", &password).press().expect(303);
        sign_in(&petra, "petra@example.org", &password).expect(303);
        petra.get("/my-comments").expect(200).reads(&reference);
    }

    fn an_author_with_an_account_gets_it_there(server: Server) {
        closing_today(&server);
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = enter(&composer(&mo, |form| form.set("email", "Ada@Example.org")));
        assert_eq!(server.count("accounts"), 3);
        ada.get(&format!("/my-comments/{reference}")).expect(200).reads("Written by hand.");
        assert!(server.mail_to("ada@example.org").body.contains(&reference));
        let account = ada.get("/account").expect(200).form("form[action='/account']");
        assert_eq!(account.value("name"), "Ada Synthetic", "the letter changes nothing of it");
    }

    fn comments_count_by_the_day_they_came(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        mo.get(NEW).expect(200).reads("7 December 2026, 23:59 UTC");
        let outside = details(&mo).set("received_on", "2026-11-12").press().expect(422);
        outside.reads("none of this consultation");
        server.pass(TimeDelta::days(3));
        mo.sign_in();
        let late = details(&mo).set("received_on", "2026-11-24").press().expect(422);
        assert_eq!(late.form("main form").value("name"), "Petra Paper");
        let composed = composer(&mo, |form| form);
        enter(&composed);
        assert_eq!(server.count("comments WHERE submitted_at < '2026-11-20 00:00:01'"), 1);
        server.pass(TimeDelta::days(12));
        mo.sign_in();
        let over = details(&mo).press().expect(422);
        over.reads("could be entered until");
        assert_eq!(over.form("main form").value("event"), "Letter 41");
        let forged = over.form("main form").at("/secretariat/received/new/avoid-tampering/general").forge("rationale", "Too late.");
        let over = forged.forge("publication", "named").forge("go", "send").press().expect(422);
        assert_eq!(over.form("main form").value("rationale"), "Too late.");
        assert_eq!(server.count("comments"), 1);
    }

    fn what_is_wrong_is_named_and_nothing_is_lost(server: Server) {
        closing_today(&server);
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        ada.get(NEW).expect(403);
        let empty = mo.get(NEW).form("main form").press().expect(422);
        assert_eq!(empty.errors().len(), 6, "{:?}", empty.errors());
        let form = details(&mo);
        for (name, value) in [
            ("channel", "pigeon"),
            ("norm", "nothing"),
            ("kind", "rant"),
            ("country", "XX"),
            ("received_on", "yesterday"),
            ("email", "petra"),
            ("stakeholder_group", "nobody"),
            ("on_behalf_of", "everybody"),
        ] {
            let answer = form.clone().forge(name, value).press().expect(422);
            assert_eq!(answer.errors().len(), 1, "{name}: {:?}", answer.errors());
            assert_eq!(answer.form("main form").value("event"), "Letter 41");
        }
        let composed = composer(&mo, |form| form);
        let wrong = composed.clone().forge("publication", "x").go("check").expect(422);
        assert_eq!(wrong.form(COMPOSER).value("rationale"), "Written by hand.");
        assert_eq!(composed.clone().forge("channel", "x").go("check").expect(422).form("main form").value("rationale"), "Written by hand.");
        composed.clone().forge("form_id", "x").go("check").expect(400);
        let sent = composed.go("check").form(COMPOSER);
        sent.go("send").expect(303);
        sent.clone().forge("rationale", "Other words.").go_unseen("send").expect(409).reads("Other words.");
        assert_eq!(server.count("comments"), 1);
        // A comment of ada's own form can't be taken over.
        let adas = ada.whole_form(NORM, "Mine.");
        let id = adas.value("form_id").to_owned();
        crate::harness::comments::send(&adas);
        sent.forge("form_id", &id).go("send").expect(409);
        assert_eq!(server.count("comments"), 2);
    }

    fn a_session_that_ends_costs_no_text(server: Server) {
        closing_today(&server);
        let mo = server.moderator("mo");
        let composed = composer(&mo, |form| form);
        server.execute("DELETE FROM sessions");
        let asked = composed.go("check").expect(401);
        let form = asked.form("main form").set("email", &mo.email).set("password", &mo.password);
        let on = mo.app().enter(&form.press().expect(200)).expect(200);
        let back = on.form("main form").press().expect(200).form(COMPOSER);
        assert_eq!((back.value("rationale"), back.value("name")), ("Written by hand.", "Petra Paper"));
        enter(&back);
        assert_eq!(server.count("received_comments"), 1);
    }
}
