//! Comments under issues: found by what they touch, by words, by reference, among what is left; counted, marked, coded.

use super::{Desk, NORM, PATH, WORDS, begin, beginning, decide, id, put};
use crate::harness::{Server, on_both};

on_both! {
    fn comments_are_found_in_every_way_and_put_in_bulk(server: Server) {
        let desk = Desk::of(&server);
        let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
        let same = desk.accepted(&ada, "must not tamper", "named");
        let inner = bob.comment_on_wording(NORM, "tamper", "interfere zebra", "commission");
        let beside = ada.comment_on_wording(NORM, "nor allow", "nor ever allow", "named");
        let lever = ada.propose_lever(NORM, "Buy signed updates only.", "organisation");
        let waiting = bob.comment_on_wording(NORM, WORDS, "may not tamper", "named");
        for reference in [&inner, &beside, &lever] {
            desk.mo.publish(reference);
        }
        let issue = begin(&desk.mo, "Whether the duty binds.");
        let found = desk.mo.get(&format!("{issue}/comments")).expect(200);
        found.reads(&same).reads(&inner).reads("For the Commission only").lacks(&beside).lacks(&lever).lacks(&waiting);
        let form = found.form("#found");
        let boxes = form.offered("item");
        assert_eq!(boxes.len(), 2);
        form.go("put").expect(303).follow().reads("Nothing was ticked");
        boxes.iter().fold(form, |form, one| form.tick("item", one)).go("put").expect(303).follow().reads("are under the issue");
        let again = desk.mo.get(&format!("{issue}/comments")).expect(200);
        assert_eq!(again.all(".tag-good").len(), 2, "{}", again.main());
        // By words: what everyone may read, and on this text what is for the Commission only.
        desk.mo.get(&format!("{issue}/comments?how=search&q=signed+updates")).expect(200).reads(&lever).lacks(&inner);
        let hidden = desk.mo.get(&format!("{issue}/comments?how=search&q=interfere+zebras")).expect(200);
        hidden.reads(&inner).reads("For the Commission only").lacks(&same);
        desk.mo.get(&format!("{issue}/comments?how=search&q=tamper")).expect(200).reads(&same).reads(&inner).lacks(&waiting);
        desk.mo.get(&format!("{issue}/comments?how=search&q=giraffe")).expect(200).reads("No comment here");
        let left = desk.mo.get(&format!("{issue}/comments?how=left")).expect(200);
        left.reads(&beside).reads(&lever).lacks(&same).lacks(&waiting);
        // By reference, with every fault named.
        let paste = |text: &str| {
            let form = desk.mo.get(&format!("{issue}/comments")).form("#pasted");
            form.set("references", text).go("paste")
        };
        paste("").expect(422).reads("Paste at least one reference");
        paste("nonsense, GCSC").expect(422).reads("These are not references");
        paste(&waiting).expect(303).follow().reads("Nothing was changed");
        paste(&format!("{lever} {same}, {lever}")).expect(303).follow().reads("Some of the comments are under the issue now");
        assert_eq!(server.count("issue_comments"), 3);
        // A lever finds its own.
        let form = beginning(&desk.mo, NORM).set("about", "lever").set("actor", "regulator").set("statement", "Whether to buy.");
        let second = form.press().expect(303).location();
        desk.mo.get(&format!("{second}/comments")).expect(200).reads(&lever).lacks(&beside);
        put(&desk.mo, &second, &[&lever]);
        desk.mo.get(&format!("/secretariat/comments/{lever}/coding")).expect(200).reads("Whether to buy.").reads("duty binds");
        desk.mo.get(&format!("{issue}/comments?after=x")).expect(400);
        desk.mo.get(&format!("{issue}/comments?how=search&q=a&after=-1")).expect(400);
        server.assert_audit_holds();
    }

    fn what_is_left_is_counted_and_sorted(server: Server) {
        let desk = Desk::of(&server);
        let ada = server.stakeholder("ada");
        let (one, two) = (desk.accepted(&ada, "must not tamper", "named"), desk.accepted(&ada, "shall not tamper", "commission"));
        let left = format!("{PATH}/norms/{NORM}/left");
        let page = desk.ray.get(&left).expect(200);
        page.reads("under no issue: 2").reads(&one).reads(&two).reads("There is no draft");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        let form = desk.ray.get(&left).expect(200).form("main form");
        let item = form.offered("item").remove(0);
        form.clone().tick("item", &item).go("put").expect(303).follow().reads("Choose where to put them");
        form.tick("item", &item).set("issue", id(&issue)).go("put").expect(303);
        desk.ray.get(&left).expect(200).reads("under no issue: 1");
        // Taken from under the issue, it is left again.
        let form = desk.ray.get(&issue).expect(200).form("main form[action$='/comments']");
        form.tick("item", &item).go("take").expect(303).follow().reads("no longer under the issue");
        desk.ray.get(&left).expect(200).reads("under no issue: 2");
        // A declined one never was.
        let declined = ada.comment_on_whole(NORM, "It rains.", "named");
        desk.mo.decide(&declined, "decline", "off-topic", "It is about the weather.").expect(303);
        desk.ray.get(&left).expect(200).reads("under no issue: 2").lacks(&declined);
    }

    fn a_comment_taken_back_stays_in_the_list_and_counts_no_more(server: Server) {
        let desk = Desk::of(&server);
        let (ada, bob, reader) = (server.stakeholder("ada"), server.stakeholder("bob"), server.anonymous());
        let (one, two) = (desk.accepted(&ada, "must not tamper", "named"), desk.accepted(&bob, "must not tamper", "named"));
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&one, &two]);
        desk.mo.get(&issue).expect(200).reads("2 organisations and people, 2 comments, 1 different text");
        decide(&desk, &issue, "noted", "For the record.");
        let outcome = format!("/norms/{NORM}/outcome");
        reader.get(&outcome).expect(200).reads("2 comments in all");
        bob.get(&format!("/my-comments/{two}/withdrawal")).expect(200).form("main form").press().expect(303);
        reader.get(&outcome).expect(200).reads("1 comment in all");
        reader.get(&format!("{outcome}/1")).expect(200).reads(&one).lacks(&two);
        let page = desk.mo.get(&issue).expect(200);
        page.reads("1 organisation or person, 1 comment, 1 different text").reads(&two).reads("Not accepted any more");
    }

    fn only_a_draft_takes_comments(server: Server) {
        let desk = Desk::of(&server);
        let ada = server.stakeholder("ada");
        let reference = desk.accepted(&ada, "must not tamper", "named");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        let open = desk.mo.get(&format!("{issue}/comments")).expect(200).form("#pasted").set("references", &reference);
        decide(&desk, &issue, "noted", "For the record.");
        open.go("paste").expect(409).reads("Comments are put under drafts only").reads(&reference);
        let page = desk.mo.get(&format!("{issue}/comments")).expect(200);
        page.reads("Comments are put under drafts only");
        assert!(page.all("#pasted").is_empty() && server.count("issue_comments") == 0);
    }

    fn codes_are_put_on_comments_and_taken_off(server: Server) {
        let desk = Desk::of(&server);
        let ada = server.stakeholder("ada");
        let (one, two) = (desk.accepted(&ada, "must not tamper", "named"), desk.accepted(&ada, "shall not tamper", "named"));
        let book = format!("{PATH}/codes");
        let add = |code: &str, label: &str| {
            desk.mo.get(&book).expect(200).form("main form").set("code", code).set("label", label).press()
        };
        add("Human Rights", "").expect(422).reads("small letters").reads("Give the code a name");
        add("human-rights", "Human rights").expect(303).follow().reads("Human rights");
        add("human-rights", "Rights of people").expect(422).reads("like this already");
        add("costs", "Costs").expect(303);
        let coding = format!("/secretariat/comments/{one}/coding");
        let form = desk.ray.get(&coding).expect(200).form("main form");
        form.clone().tick("item", "costs").press().expect(303);
        // Somebody whose page is older takes off only what it showed.
        form.tick("item", "human-rights").press().expect(303);
        assert_eq!(server.count("codings"), 2);
        desk.ray.get(&coding).form("main form").without("item").press().expect(303);
        assert_eq!(server.count("codings"), 0);
        let left = desk.mo.get(&format!("{PATH}/norms/{NORM}/left")).expect(200).form("main form");
        let boxes = left.offered("item");
        boxes.iter().fold(left, |form, one| form.tick("item", one)).set("code", "costs").go("code").expect(303);
        let code = format!("{book}/costs");
        desk.mo.get(&code).expect(200).reads(&one).reads(&two).reads("2 comments");
        let form = desk.mo.get(&code).form("main form");
        form.clone().set("label", "What it costs").go("save").expect(303);
        form.set("label", "Prices").go("save").expect(409).reads("What it costs").reads("Somebody was quicker");
        desk.mo.get(&code).form("main form").go("retire").expect(303).follow().reads("Retired");
        // A retired code stays where it is and goes nowhere else.
        let three = desk.accepted(&ada, "will not tamper", "named");
        let page = desk.ray.get(&format!("/secretariat/comments/{three}/coding")).expect(200);
        page.lacks("What it costs").form("main form").forge("item", "costs").press().expect(303);
        assert_eq!(server.count("codings"), 2);
        assert_eq!(server.number("SELECT comments AS n FROM codes WHERE code = 'costs'"), 2);
        server.assert_audit_holds();
    }
}
