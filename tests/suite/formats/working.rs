//! The working text of a norm: what the board adopted, and the other proposals against it.

use super::NORM;
use crate::deliberation::{Desk, begin, decide, decision, publish_all, put, steps};
use crate::harness::client::Answer;
use crate::harness::comments::send;
use crate::harness::rows::Rows;
use crate::harness::{Server, on_both};

const PATH: &str = "/secretariat/deliberation/norms/avoid-tampering/working";

/// The rows of the page: decisions and standing of the proposal that `words` are of.
#[track_caller]
fn standing(page: &Answer, words: &str) -> String {
    let row = page.all("tbody tr").into_iter().find(|row| row.contains(words));
    let row = row.unwrap_or_else(|| panic!("no row with {words}"));
    ["In the text", "Still applies", "Already met", "In conflict with No.", "In conflict with the words"]
        .iter()
        .find_map(|standing| row.find(standing).map(|at| row[at..].to_owned()))
        .unwrap_or(row)
}

/// What the draft's form of a refused page holds.
#[track_caller]
fn draft_value(page: &Answer, name: &str) -> String {
    page.form("main form:not([action$='/steps']):not([action$='/comments'])").value(name).to_owned()
}

on_both! {
    fn a_proposal_adopted_on_the_board_updates_the_working_text_and_the_others_are_shown_against_it(server: Server) {
        let desk = Desk::of(&server);
        let (ada, bob, eve) = (server.stakeholder("ada"), server.stakeholder("bob"), server.stakeholder("eve"));
        let binds = desk.accepted(&ada, "must not tamper", "named");
        let shall = desk.accepted(&bob, "shall not tamper", "commission");
        let meddles = desk.accepted(&eve, "should not meddle", "named");
        let again = bob.comment_on_wording(NORM, "should", "must", "named");
        let out = eve.wording_form(NORM, "substantially").set("change", "delete").set("rationale", "Too weak.");
        let out = send(&out.set("publication", "named"));
        for reference in [&again, &out] {
            desk.mo.publish(reference);
        }
        let page = desk.mo.get(PATH).expect(200);
        page.reads("Nothing was adopted yet").reads("Not for passing on");
        assert!(page.all("section .redline ins").is_empty() && page.all("tbody tr").len() == 5);
        assert!(page.all("tbody .tag").iter().all(|tag| tag == "Still applies" || tag == "for the Commission alone"));

        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&binds]);
        // A draft adopts nothing, nor does what one person alone proposed.
        decision(&desk.mo, &issue, "adopted", "A duty has to bind.").go("propose").expect(303);
        desk.mo.get(PATH).expect(200).reads("Nothing was adopted yet");
        steps(&desk.ray, &issue).go("validate").expect(303);
        desk.mo.get(PATH).expect(200).reads("One proposal was adopted").reads("waits to be published");
        publish_all(&desk.sec);
        let page = desk.sec.get(PATH).expect(200);
        page.reads("One proposal was adopted").lacks("waits to be published");
        assert_eq!(page.all("section .redline ins"), ["inserted: must"]);
        assert_eq!(page.all("section .redline del"), ["deleted: should"]);
        assert_eq!(standing(&page, "must not tamper"), "In the text");
        assert!(standing(&page, "shall").starts_with("In conflict with No. "), "{}", standing(&page, "shall"));
        assert_eq!(standing(&page, "meddle"), "Still applies");
        assert_eq!(standing(&page, "inserted: must Example Organisation of bob"), "Already met");
        assert_eq!(standing(&page, "substantially"), "Still applies");
        // What still applies is shown against the words as they read now.
        page.reads("must not deleted: tamperinserted: meddle");

        let second = begin(&desk.mo, "Whether to say shall.");
        put(&desk.mo, &second, &[&shall]);
        decide(&desk, &second, "adopted", "Both.");
        let third = begin(&desk.mo, "Whether it has to be substantial.");
        put(&desk.mo, &third, &[&out, &meddles]);
        decide(&desk, &third, "adopted-in-other-words", "The drafting group finds words.");
        let page = desk.sec.get(PATH).expect(200);
        page.reads("One proposal was adopted").reads("Adopted in other words");
        assert!(standing(&page, "shall").contains("has to be decided again"));
        assert!(standing(&page, "substantially").contains("is not on the board"));
        // What is taken back after it was decided is not in the text any more.
        ada.get(&format!("/my-comments/{binds}/withdrawal")).form("main form").press().expect(303);
        let page = desk.sec.get(PATH).expect(200);
        assert_eq!(page.all("section .redline ins"), ["inserted: shall"]);
        server.anonymous().get(PATH).expect(303);
        eve.get(PATH).expect(403);
        desk.mo.get(&PATH.replace(NORM, "none")).expect(404);
        desk.mo.get(&PATH.replace(NORM, "cyber-hygiene")).expect(200).reads("Nobody proposes other words");
    }

    fn words_of_the_boards_own_go_into_the_working_text_and_the_outcome(server: Server) {
        let desk = Desk::of(&server);
        let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
        let binds = desk.accepted(&ada, "shall not tamper", "named");
        let meddles = desk.accepted(&bob, "should not meddle", "named");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&binds]);
        let form = decision(&desk.mo, &issue, "adopted-in-part", "A duty has to bind.");
        // They belong to a decision that takes words, and are others than there are.
        let refused = form.clone().set("disposition", "adopted").set("wording", "must not tamper").go("propose").expect(422);
        assert_eq!((refused.errors().len(), draft_value(&refused, "wording").as_str()), (1, "must not tamper"));
        form.clone().set("wording", "should not  tamper").go("save").expect(422).reads("These are the words as they are");
        form.set("wording", "must not tamper").go("propose").expect(303);
        desk.mo.get(PATH).expect(200).lacks("words of its own");
        // Whoever validates sees them; nobody changes them then.
        desk.ray.get(&issue).expect(200).reads("Words that were adopted");
        assert!(Rows::of(server.db()).try_execute("UPDATE issues SET wording = 'shall'").is_err(), "a proposed decision does not change");
        steps(&desk.ray, &issue).go("validate").expect(303);
        let page = desk.mo.get(PATH).expect(200);
        page.reads("Nothing was adopted yet").reads("In one place the board has words of its own").reads("waits to be published");
        assert_eq!(page.all("section .redline ins"), ["inserted: must"]);
        let outcome = format!("/norms/{NORM}/outcome");
        server.anonymous().get(&outcome).expect(200).lacks("then read");
        desk.sec.get("/secretariat/deliberation/publication").expect(200).reads("inserted: must");
        publish_all(&desk.sec);

        let page = desk.sec.get(PATH).expect(200);
        page.lacks("waits to be published").lacks("is not on the board");
        assert!(standing(&page, "shall").starts_with("In conflict with the words of issue 1"), "{}", standing(&page, "shall"));
        assert_eq!(standing(&page, "meddle"), "Still applies");
        page.reads("must not deleted: tamperinserted: meddle");
        // Whoever wrote reads them in the letter, on the page of their own comment and on the public one.
        let words = "The words in question then read: ";
        assert!(server.mail_to(&ada.email).body.contains(&format!("{words}\"must not tamper\"")));
        for (person, address) in [(&ada, format!("/my-comments/{binds}")), (&bob, format!("/comments/{binds}"))] {
            person.get(&address).expect(200).reads(&format!("{words}must not tamper"));
        }
        let told = server.anonymous().get(&format!("/api/v1/comments/{binds}")).expect(200);
        let told: serde_json::Value = serde_json::from_slice(&told.body).unwrap();
        assert_eq!(told["decisions"][0]["words_adopted"], "must not tamper");
        for address in [&outcome, &format!("{outcome}/1")] {
            let page = server.anonymous().get(address).expect(200);
            page.reads("The words in question then read:");
            assert!(page.all(".inset .redline ins").iter().any(|new| new.contains("must")), "{address}");
        }
        // A second decision against them stands beside the text, not in it.
        let second = begin(&desk.mo, "Whether to say shall.");
        put(&desk.mo, &second, &[&meddles]);
        let form = decision(&desk.mo, &second, "adopted-in-other-words", "Softer.").set("wording", "shall not tamper");
        form.go("propose").expect(303);
        steps(&desk.ray, &second).go("validate").expect(303);
        publish_all(&desk.sec);
        let page = desk.sec.get(PATH).expect(200);
        assert_eq!(page.all("section .redline ins"), ["inserted: must"]);
        page.reads("In one place the board has words of its own").reads("Contradicts what was adopted before");
        server.assert_audit_holds();
    }

    fn the_board_leads_to_every_view_of_a_text_and_back(server: Server) {
        let mo = server.moderator("mo");
        let own = format!("/secretariat/deliberation/norms/{NORM}");
        mo.get("/secretariat/deliberation").expect(200).link("main a[href='/secretariat/deliberation/levers']");
        for view in ["marshalled", "rolling", "working"] {
            let address = mo.get(&own).expect(200).link(&format!("main .links a[href$='/{view}']"));
            assert_eq!(address, format!("{own}/{view}"));
            let page = mo.get(&address).expect(200);
            assert_eq!(page.link("nav.tabs a[aria-current=page]"), address);
            assert_eq!(page.link("nav.tabs li:first-child a"), own);
        }
        mo.get(&mo.get(&own).expect(200).link("main .links a[href*='/levers']")).expect(200);
    }
}
