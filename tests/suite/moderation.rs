//! The Secretariat's desk: the queue, decisions, what their authors and the public learn of them.

use chrono::TimeDelta;

use crate::harness::comments::{COMPOSER, checked, send};
use crate::harness::{Server, on_both};

const NORM: &str = "avoid-tampering";

/// The words of an answer; of a ZIP those of everything in it.
fn unpacked(body: &[u8]) -> String {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(body)) else {
        return String::from_utf8(body.to_vec()).expect("the answer is UTF-8");
    };
    let mut all = Vec::new();
    for at in 0..archive.len() {
        std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut all).unwrap();
    }
    String::from_utf8_lossy(&all).into_owned()
}

on_both! {
    fn a_published_comment_is_public_at_once_and_told_once(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_wording(NORM, "should not", "must not", "named");
        let reader = server.anonymous();
        reader.get(&format!("/norms/{NORM}")).lacks(&reference);
        mo.get("/secretariat").expect(200).reads(&reference).reads("Waiting (1)");
        mo.decide(&reference, "publish", "", "").expect(303).follow().reads("was accepted");
        let page = reader.get(&format!("/norms/{NORM}")).expect(200);
        page.reads(&reference).reads(&ada.name);
        assert_eq!(page.one(".comments del"), "deleted: should");
        assert_eq!(page.one(".comments ins"), "inserted: must");
        reader.get(&format!("/comments/{reference}")).expect(200).reads(&ada.name).reads("3(a)");
        let home = reader.get("/").expect(200);
        assert!(home.all(".norm-counts").iter().any(|counts| counts.starts_with('1')), "{:?}", home.all(".norm-counts"));
        let told = server.mails_to(&ada.email);
        let letters: Vec<_> = told.iter().filter(|mail| mail.subject.contains("is published")).collect();
        assert_eq!(letters.len(), 1);
        assert_eq!(server.link_in(letters[0]), format!("/comments/{reference}"));
        assert!(!letters[0].body.contains(&mo.name), "staff stay unnamed");
        assert_eq!(server.audited("comment.published"), 1);
        ada.get(&format!("/my-comments/{reference}")).expect(200).reads("Published");
        server.assert_audit_holds();
    }

    fn a_declined_comment_has_a_reason_and_stays_out_of_sight(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Buy my antivirus.", "named");
        mo.decide(&reference, "decline", "", "").expect(422).reads("Choose the reason");
        mo.decide(&reference, "decline", "advertising", "It sells a product.").expect(303);
        let mail = server.mail_to(&ada.email);
        assert!(mail.subject.contains("is declined") && mail.body.contains("It sells a product."), "{mail:?}");
        let own = ada.get(&format!("/my-comments/{reference}")).expect(200);
        own.reads("Declined").reads("It sells a product.").lacks(&mo.name);
        let reader = server.anonymous();
        reader.get(&format!("/comments/{reference}")).expect(404);
        reader.get(&format!("/norms/{NORM}")).lacks("Buy my antivirus.");
        assert_eq!(server.count("decisions WHERE reason = 'advertising'"), 1);
        // Without a statement of one's own, the author gets the one of the reason.
        let second = ada.comment_on_whole(NORM, "Buy it again.", "named");
        mo.decide(&second, "decline", "advertising", "").expect(303);
        assert_eq!(server.count("decisions WHERE statement = ''"), 0);
    }

    fn a_returned_comment_is_answered_and_decided_on_its_new_revision(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "It is bad.", "named");
        mo.decide(&reference, "return", "", " ").expect(422).reads("Write what you ask");
        mo.decide(&reference, "return", "", "Please say what is bad.").expect(303);
        let mail = server.mail_to(&ada.email);
        assert!(mail.body.contains("Please say what is bad."), "{mail:?}");
        let page = ada.get(&server.link_in(&mail)).expect(200);
        page.reads("Returned to you").reads("Please say what is bad.");
        let form = ada.get(&format!("/my-comments/{reference}/correction")).expect(200);
        form.reads("Please say what is bad.");
        checked(&form.form(COMPOSER).set("rationale", "Clause (b) is vague.")).go("send").expect(303);
        let detail = mo.get(&format!("/secretariat/comments/{reference}")).expect(200);
        detail.reads("Revision 2").reads("Clause (b) is vague.").reads("Earlier revisions");
        mo.publish(&reference);
        server.anonymous().get(&format!("/comments/{reference}")).reads("Clause (b) is vague.").lacks("It is bad.");
        assert_eq!(server.count("decisions"), 2);
        server.assert_audit_holds();
    }

    fn a_second_decision_is_refused_and_names_the_first(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let reference = ada.comment_on_whole(NORM, "Decide on me.", "named");
        let slow = ray.verdict_form(&reference).set("outcome", "decline").set("reason", "off-topic");
        let slow = slow.set("statement", "My long statement.").set("note", "My own note.");
        server.pass(TimeDelta::minutes(3));
        mo.publish(&reference);
        let conflict = slow.press().expect(409);
        assert_eq!(conflict.one("h1"), format!("Decided by {} at 12:03 UTC; yours was not saved", mo.name));
        conflict.reads("My long statement.").reads("My own note.").reads("Off topic");
        assert_eq!(server.count("decisions"), 1);
        let decision_mails = server.mails_to(&ada.email).iter().filter(|mail| mail.body.contains("Decide on me")).count();
        assert_eq!(decision_mails, 1, "the receipt alone holds the text");
        assert_eq!(server.audited("comment.declined"), 0);
    }

    fn a_decision_on_an_older_revision_is_refused_and_says_what_happened(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "First thoughts.", "named");
        let slow = mo.verdict_form(&reference).set("outcome", "publish").set("note", "Read and liked.");
        let form = ada.get(&format!("/my-comments/{reference}/correction")).form(COMPOSER);
        checked(&form.set("rationale", "Second thoughts.")).go("send").expect(303);
        slow.press().expect(409).reads("The comment changed meanwhile").reads("Read and liked.");
        assert_eq!(server.count("decisions"), 0);
        let slow = mo.verdict_form(&reference).set("outcome", "publish");
        ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER).press().expect(303);
        slow.press().expect(409).reads("Withdrawn");
        mo.get(&format!("/secretariat/comments/{reference}")).expect(200).reads("does not wait");
        server.anonymous().get(&format!("/comments/{reference}")).expect(404);
    }

    fn what_is_for_the_commission_alone_is_on_no_public_page(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let words = "Only the Commission may read xyzzy.";
        let reference = send(
            &ada.wording_form(NORM, "should not").set("proposed_wording", words).set("rationale", words)
                .set("publication", "commission"),
        );
        mo.decide(&reference, "publish", "", "").expect(303);
        ada.get(&format!("/my-comments/{reference}")).expect(200).reads("Accepted, for the Commission only");
        assert!(server.mail_to(&ada.email).subject.contains("is accepted"));
        assert!(!server.mail_to(&ada.email).body.contains(&format!("/comments/{reference}\n")));
        let (eve, reader) = (server.stakeholder("eve"), server.anonymous());
        for path in every_address(&reference) {
            for browser in [&reader, eve.client()] {
                let answer = browser.get(&path);
                let said = unpacked(&answer.body);
                for secret in ["xyzzy", &ada.name, &ada.email, "Example Organisation of ada"] {
                    assert!(!said.contains(secret), "{path}: {secret}");
                }
                assert!(answer.path.contains(&reference) || !said.contains(&reference), "{path}");
            }
        }
        assert_eq!(server.number("SELECT CAST(sum(published_wording) AS BIGINT) AS n FROM norms"), 0);
    }

    fn the_queue_is_filtered_counted_and_paged_oldest_first(server: Server) {
        let mo = server.moderator("mo");
        let ada = server.stakeholder("ada");
        let bob = server.stakeholder_with("bob", |form| form.set("stakeholder_group", "academia"));
        let mut sent = Vec::new();
        for number in 0..52 {
            server.pass(TimeDelta::seconds(1));
            sent.push(bob.comment_on_whole("botnets", &format!("Number {number}."), "named"));
        }
        server.pass(TimeDelta::seconds(1));
        let lever = ada.propose_lever(NORM, "Do it.", "named");
        let rows = |path: &str| mo.get(path).expect(200).all("tbody th");
        let first = mo.get("/secretariat").expect(200);
        assert_eq!(first.all("tbody th"), sent[..50], "the one that waited longest comes first");
        let dom = first.dom();
        let next = dom.select(&crate::harness::client::css("a[rel=next]")).next().unwrap();
        let next = next.value().attr("href").unwrap().to_owned();
        assert_eq!(rows(&next), [&sent[50..], std::slice::from_ref(&lever)].concat());
        assert_eq!(rows(&format!("/secretariat?norm={NORM}")), [lever.as_str()]);
        assert_eq!(rows("/secretariat?kind=lever"), [lever.as_str()]);
        assert_eq!(rows("/secretariat?group=civil-society"), [lever.as_str()]);
        assert_eq!(rows("/secretariat?group=academia&kind=lever").len(), 0);
        let filtered = first.form("form.filters").set("group", "academia").press().expect(200);
        assert_eq!(filtered.all("tbody th"), sent[..50]);
        mo.decide(&sent[0], "decline", "duplicate", "").expect(303);
        assert_eq!(rows("/secretariat?state=declined"), [sent[0].clone()]);
        mo.get("/secretariat").reads("Waiting (52)").reads("Declined (1)");
        for wrong in ["?after=x", "?after=%00", "?norm=%FF"] {
            mo.get(&format!("/secretariat{wrong}")).expect(400);
        }
        mo.get("/secretariat?norm=none&kind=none&group=none&state=none").expect(200);
    }
}

/// Every address that anybody or anybody with an account may ask for, about `reference`.
fn every_address(reference: &str) -> Vec<String> {
    let fill = |path: &str| {
        path.replace("{reference}", reference)
            .replace("{slug}", NORM)
            .replace("{kind}", "wording")
            .replace("{secret}", "x")
    };
    norm_portal::routes::TABLE
        .iter()
        .filter(|route| route.method == "GET" && !route.path.contains("{name"))
        .map(|route| fill(route.path))
        .collect()
}

#[test]
fn comments_that_are_not_published_are_on_no_public_page_in_any_state() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let text = |state: &str| format!("Words of the {state} one.");
    let references: Vec<_> = ["pending", "returned", "declined", "withdrawn"]
        .iter()
        .map(|state| (*state, ada.comment_on_whole(NORM, &text(state), "named")))
        .collect();
    mo.decide(&references[1].1, "return", "", "Say more.").expect(303);
    mo.decide(&references[2].1, "decline", "off-topic", "").expect(303);
    ada.get(&format!("/my-comments/{}/withdrawal", references[3].1)).form(COMPOSER).press().expect(303);
    let reader = server.anonymous();
    for (state, reference) in &references {
        assert_eq!(server.count(&format!("comments WHERE state = '{state}'")), 1);
        for path in every_address(reference) {
            let answer = reader.get(&path);
            answer.lacks(&text(state)).lacks(&ada.name);
        }
    }
}

#[test]
fn nobody_publishes_their_own_comment() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
    let reference = mo.comment_on_whole(NORM, "By a moderator.", "named");
    mo.get(&format!("/secretariat/comments/{reference}")).expect(200).reads("your own comment");
    mo.decide(&reference, "publish", "", "").expect(422).reads("Somebody else");
    assert_eq!(server.count("decisions"), 0);
    ray.publish(&reference);
}

#[test]
fn a_verdict_with_errors_keeps_what_was_typed() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Decide on me.", "named");
    let form = mo.verdict_form(&reference).set("statement", "Typed for long.").set("note", &"n".repeat(5_001));
    let answer = form.press().expect(422);
    assert_eq!(answer.errors().len(), 2, "{:?}", answer.errors());
    let again = answer.form(crate::harness::comments::VERDICT);
    assert_eq!((again.value("statement"), again.value("note").len()), ("Typed for long.", 5_001));
    for (name, value) in [("version", ""), ("version", "x"), ("revision", "0"), ("revision", "99999999999")] {
        form.clone().set("outcome", "publish").forge(name, value).set("note", "").press().expect(400);
    }
    form.clone().forge("outcome", "delete").set("note", "").press().expect(422);
    mo.get("/secretariat/comments/GCSC-N3-0000-0").expect(404);
    mo.get("/secretariat/comments/x").expect(404);
    assert_eq!(server.count("decisions"), 0);
}

#[test]
fn invisible_characters_are_pointed_out() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let text = "safe\u{202e}txt.exe and zero\u{200b}width";
    let reference = ada.comment_on_whole(NORM, text, "named");
    mo.get(&format!("/secretariat/comments/{reference}")).expect(200).reads("can't be seen");
    ada.get(&format!("/receipts/{reference}")).reads(text);
}
