//! Comments that speak for an organisation: whose name they carry, who reads their receipts, what others are told.

use super::people::{PAGE, at, found, join, ministry};
use crate::harness::comments::COMPOSER;
use crate::harness::{Server, on_both};

const NORM: &str = "avoid-tampering";

on_both! {
    fn a_members_comment_carries_the_organisations_name_and_every_member_reads_its_receipt(server: Server) {
        let (founder, member) = ministry(&server);
        let eve = at(&server, "eve", "eve@gmail.com");
        member.get("/account").expect(200).reads("Given by your membership").lacks("name=\"organisation\"");
        // What was typed before, or is forged now, does not count.
        let form = member.get("/account").form("form[action='/account']").forge("organisation", "Ministry of Others");
        form.press().expect(303);
        let reference = member.comment_on_whole(NORM, "For all of us.", "commission");
        assert_eq!(server.count("comments WHERE organisation = 'Ministry of Examples'"), 1);
        assert_eq!(server.count("organisation_comments"), 1);
        founder.get(PAGE).form("form[action='/account/organisation/leaving']");
        let list = founder.get("/account/organisation/comments").expect(200);
        list.reads(&reference).reads(&member.name).reads("Waiting for review");
        let receipt = founder.get(&format!("/receipts/{reference}")).expect(200);
        receipt.reads("For all of us.").reads("A colleague sent this").reads("Its author hears by e-mail");
        receipt.lacks("is on its way to your address").lacks("You hear by e-mail");
        let page = founder.get(&format!("/my-comments/{reference}")).expect(200);
        page.reads("For all of us.").lacks("Correct it").lacks("Withdraw this comment");
        for path in ["/correction", "/withdrawal"] {
            founder.get(&format!("/my-comments/{reference}{path}")).expect(404);
        }
        let token = founder.get("/sign-out").form("main form").value("csrf").to_owned();
        let fields = [("csrf", token.as_str()), ("version", "1"), ("go", "send"), ("rationale", "x"), ("publication", "named")];
        founder.post(&format!("/my-comments/{reference}/withdrawal"), &fields).expect(404);
        founder.post(&format!("/my-comments/{reference}/correction"), &fields).expect(404);
        member.get(&format!("/my-comments/{reference}")).expect(200).reads("Withdraw this comment");
        // Who does not belong to it, has asked, or has left reads nothing.
        eve.get(&format!("/receipts/{reference}")).expect(404).lacks("For all of us.");
        join(&eve, "Ministry of Examples").expect(303);
        eve.get(&format!("/receipts/{reference}")).expect(404);
        eve.get("/account/organisation/comments").expect(303);
        founder.get(PAGE).form("form[action='/account/organisation/leaving']").press().expect(303);
        founder.get(&format!("/receipts/{reference}")).expect(404);
        founder.get(&format!("/my-comments/{reference}")).expect(404);
    }

    fn a_comment_in_ones_own_name_is_ones_own(server: Server) {
        let (founder, member) = ministry(&server);
        member.get("/account").form("form[action='/account']").set("on_behalf_of", "myself").press().expect(303);
        let reference = member.comment_on_whole(NORM, "My own view.", "named");
        assert_eq!(server.count("organisation_comments"), 0);
        founder.get(&format!("/receipts/{reference}")).expect(404);
        founder.get("/account/organisation/comments").expect(200).lacks(&reference);
    }

    fn moderators_and_readers_see_what_is_confirmed(server: Server) {
        let mo = server.moderator("mo");
        let (_, member) = ministry(&server);
        let eve = at(&server, "eve", "eve@gmail.com");
        let bob = at(&server, "bob", "bob@gmail.com");
        bob.get("/account").form("form[action='/account']").set("organisation", "Ministry of Examples").press().expect(303);
        found(&eve, "Friends of Examples", false);
        let confirmed = member.comment_on_whole(NORM, "From the ministry.", "organisation");
        let open = eve.comment_on_whole(NORM, "From friends.", "organisation");
        let typed = bob.comment_on_whole(NORM, "From anybody.", "organisation");
        let queue = mo.get("/secretariat").expect(200);
        for (reference, words) in [
            (&confirmed, "Confirmed member of Ministry of Examples (addresses at mfa.example)"),
            (&open, "Member of Friends of Examples, whose name nobody has confirmed"),
            (&typed, "Says they speak for Ministry of Examples (not confirmed)"),
        ] {
            let shown = |page: &crate::harness::Answer| page.main().replace(['\u{2068}', '\u{2069}'], "");
            assert!(shown(&queue).contains(words), "{words}");
            assert!(shown(&mo.get(&format!("/secretariat/comments/{reference}"))).contains(words), "{words}");
            mo.publish(reference);
        }
        let reader = server.anonymous();
        let marks = reader.get(&format!("/norms/{NORM}")).expect(200).all(".tag-good");
        assert_eq!(marks.len(), 1, "{marks:?}");
        assert!(marks[0].contains("Confirmed member"), "{marks:?}");
        let marks = reader.get(&format!("/comments/{confirmed}")).expect(200).all(".tag-good");
        assert_eq!(marks[0].replace(['\u{2068}', '\u{2069}'], ""), "Confirmed member, mfa.example");
        for reference in [&open, &typed] {
            assert!(reader.get(&format!("/comments/{reference}")).expect(200).all(".tag-good").is_empty());
        }
        server.execute("UPDATE organisations SET confirmed_at = created_at");
        server.changed_by_hand();
        assert_eq!(reader.get(&format!("/comments/{open}")).all(".tag-good"), ["Confirmed member"]);
        let taken_back = member.get(&format!("/my-comments/{confirmed}/withdrawal")).form(COMPOSER);
        taken_back.press().expect(303);
        assert_eq!(reader.get(&format!("/norms/{NORM}")).all(".tag-good").len(), 1);
    }
}
