//! Equal proposals are one entry with their true number; all stand in text order, a page at a time.

use super::{NORM, attributes, concern, deleted, norm, proposed, shown, speaker, withdraw};
use crate::harness::{Server, on_both};

on_both! {
    fn equal_proposals_are_one_with_their_true_number(server: Server) {
        let mo = server.moderator("mo");
        let ada = server.stakeholder("ada");
        let (bob, cy) = (speaker(&server, "bob", "Joint Office"), speaker(&server, "cy", "joint  OFFICE"));
        let first = proposed(&ada, &mo, "should not", "must not");
        let page = norm(&server, "");
        assert_eq!(shown(&page), [&*first]);
        page.reads(&ada.name).lacks("ask for this");
        let second = proposed(&bob, &mo, "should not", "must  not");
        let third = proposed(&cy, &mo, "should not", "must not");
        let other = proposed(&cy, &mo, "should not", "shall not");
        // For the Commission alone, and not read yet: neither is counted.
        let secret = ada.comment_on_wording(NORM, "should not", "must not", "commission");
        mo.publish(&secret);
        let waiting = bob.comment_on_wording(NORM, "should not", "must not", "named");

        let page = norm(&server, "");
        assert_eq!(shown(&page), [&*first, &*other]);
        assert_eq!(page.all("h4.comment-by")[0], "3 comments from 2 organisations and people ask for this");
        page.reads(&ada.name).reads(&bob.name).reads("Read all 3 comments").reads("4 published comments");
        let link = attributes(&page, "article.comment a[href*='/positions/']", "href").remove(0);
        let position = server.anonymous().get(&link).expect(200);
        assert_eq!(shown(&position), [&*first, &*second, &*third]);
        position.reads("3 comments from 2 organisations and people ask for this").reads("should not");
        server.anonymous().get(&link.replace(NORM, "botnets")).expect(404);
        server.anonymous().get(&format!("{link}?after=x")).expect(400);
        server.anonymous().get(&format!("{link}?after=999999")).expect(200).reads("There are no more comments here");
        let permalink = server.anonymous().get(&format!("/comments/{second}")).expect(200);
        permalink.reads("2 other comments ask for the same");
        for page in [&page, &position, &permalink] {
            page.lacks(&secret).lacks(&waiting);
        }

        // Each is shown by the next when the one before is taken back, the last takes all away.
        withdraw(&ada, &first);
        let page = norm(&server, "");
        assert_eq!(shown(&page), [&*second, &*other]);
        page.reads("2 comments from one organisation or person ask for this").lacks(&first);
        withdraw(&bob, &second);
        let page = norm(&server, "");
        assert_eq!(shown(&page), [&*third, &*other]);
        page.lacks("ask for this").reads(&cy.name);
        server.anonymous().get(&format!("/comments/{third}")).expect(200).lacks("ask for the same");
        withdraw(&cy, &third);
        assert_eq!(shown(&norm(&server, "")), [&*other]);
        server.anonymous().get(&link).expect(404);
    }

    fn proposals_stand_in_text_order_deletions_first(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let later = proposed(&ada, &mo, "allow", "permit");
        let kept = concern(&ada, &mo, "should not", "unclear-term");
        let inserted = proposed(&ada, &mo, "should not", "should not knowingly");
        let replaced = proposed(&ada, &mo, "should not", "must not");
        let gone = deleted(&ada, &mo, "should not");
        let earlier = proposed(&ada, &mo, "should", "must");
        let page = norm(&server, "");
        assert_eq!(shown(&page), [&earlier, &gone, &replaced, &inserted, &kept, &later].map(String::as_str));
        let quotes = page.all("section[aria-labelledby=wording] h3 q");
        assert_eq!(quotes, ["should", "should not", "allow"]);
        assert_eq!(page.all(".side-by-side").len(), 3);
        page.reads("on 3(a), words 5-6").reads("Keeps these words. Concern: Unclear term");
        assert_eq!(page.all(".comments .redline")[1], "deleted: should not");
    }

    fn turning_pages_leaves_nothing_out_and_shows_nothing_twice(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let mut sent: Vec<String> = Vec::new();
        for n in 0..23 {
            let reference = ada.propose_lever(NORM, &format!("Do thing number {n}."), "named");
            mo.publish(&reference);
            sent.push(reference);
        }
        let wording = proposed(&ada, &mo, "allow", "permit");
        let (mut seen, mut sizes, mut address) = (Vec::new(), Vec::new(), String::new());
        loop {
            let page = norm(&server, &address);
            let levers = attributes(&page, "section[aria-labelledby=lever] article.comment", "id");
            assert!(shown(&page).contains(&wording), "the other sections stay");
            sizes.push(levers.len());
            seen.extend(levers);
            let next = attributes(&page, "section[aria-labelledby=lever] a[rel=next]", "href");
            let Some(next) = next.first() else { break };
            next.strip_prefix(&format!("/norms/{NORM}")).expect("this page").clone_into(&mut address);
        }
        assert_eq!((seen, sizes), (sent, vec![10, 10, 3]));
        norm(&server, &address).reads("First page");
        for wrong in ["x", "MS8y", "%20", "AAAA"] {
            server.anonymous().get(&format!("/norms/{NORM}?lever_after={wrong}")).expect(400);
        }
        // Past the end: that is said, and no fault.
        let past = norm(&server, &address.replace("lever_after", "general_after"));
        past.reads("There are no more comments here");
    }

    fn the_same_lever_and_the_same_whole_are_one_however_they_are_typed(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let bob = server.stakeholder("bob");
        for (person, action) in [(&ada, "Buy only audited products."), (&bob, "BUY only  audited products")] {
            mo.publish(&person.propose_lever(NORM, action, "named"));
        }
        for (person, text) in [(&ada, "A campaign's letter!"), (&bob, "a campaign\u{2019}s letter")] {
            mo.publish(&person.comment_on_whole(NORM, text, "organisation"));
        }
        let page = norm(&server, "");
        assert_eq!(shown(&page).len(), 2);
        page.reads("2 comments from 2 organisations and people propose this");
        page.reads("2 comments from 2 organisations and people say this").reads("Example Organisation of bob");
    }

    fn no_count_tells_that_a_name_belongs_to_a_comment_without_one(server: Server) {
        let (ada, mo) =
            (server.stakeholder_with("ada", |form| form.set("on_behalf_of", "myself")), server.moderator("mo"));
        mo.publish(&ada.propose_lever("botnets", "Fund the response teams.", "named"));
        mo.publish(&ada.propose_lever("botnets", "Fund the response  teams!", "organisation"));
        assert_eq!(server.number("SELECT comments AS n FROM positions"), 2);
        assert_eq!(server.number("SELECT voices AS n FROM positions"), 2);
    }

    fn a_deleted_account_is_gone_from_every_count_at_once(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let bob = server.stakeholder("bob");
        proposed(&ada, &mo, "allow", "permit");
        let stays = proposed(&bob, &mo, "allow", "permit");
        mo.publish(&ada.propose_lever(NORM, "Buy only audited products.", "named"));
        norm(&server, "").reads("2 comments from 2 organisations and people ask for this").reads("Regulator");
        let form = ada.get("/account/deletion").form("main form");
        form.set("understood", "yes").set("accepted", "withdraw").press().expect(303);
        let page = norm(&server, "?heat=1");
        assert_eq!(shown(&page), [&*stays]);
        page.lacks("ask for this").lacks(&ada.name).lacks("Regulator").reads("1 published comment");
        for table in ["positions", "published", "spans", "position_voices", "span_voices"] {
            assert_eq!(server.count(table), 1, "{table}");
        }
        // Who keeps the words only, keeps them without a name.
        let form = bob.get("/account/deletion").form("main form");
        form.set("understood", "yes").set("accepted", "keep").press().expect(303);
        norm(&server, "").reads("Example Organisation of bob").lacks(&bob.name);
    }

    fn a_corrected_comment_says_so_and_shows_nothing_of_before(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "The network must stay sound for everybody who lives by it.", "named");
        let form = ada.get(&format!("/my-comments/{reference}/correction")).expect(200).form("main form");
        let form = form.set("rationale", "State and non-state actors should neither conduct nor knowingly allow activity that damages the core.");
        crate::harness::comments::checked(&form).go("send").expect(303);
        mo.publish(&reference);
        let page = server.anonymous().get(&format!("/comments/{reference}")).expect(200);
        page.reads("Corrected once before it was published").reads("English").lacks("sound for everybody");
        assert_eq!(attributes(&page, ".user-text", "lang"), ["en"]);
        assert_eq!(attributes(&norm(&server, ""), ".user-text", "lang"), ["en"]);
    }
}
