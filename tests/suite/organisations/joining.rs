//! Joining, leaving, letting in and putting out.

use chrono::TimeDelta;

use super::people::{JOINING, LEAVING, PAGE, PEOPLE, answer, at, found, join, ministry};
use crate::harness::{Person, Server, on_both};

fn moved(server: &Server, person: &Person, email: &str) {
    let form = person.get("/account").form("form[action='/account/address']");
    form.set("email", email).press().expect(200);
    let link = server.link_in(&server.mail_to(email));
    person.get(&link).form("main form").press().expect(303);
}

on_both! {
    fn an_address_at_the_very_domain_joins_at_once(server: Server) {
        let (founder, member) = ministry(&server);
        founder.get(PAGE).reads(&member.name).reads("By address");
        assert_eq!(server.audited("organisation.joined"), 1);
        for (nick, email) in [("sub", "sub@sub.mfa.example"), ("near", "near@mfa.example.evil.example"), ("look", "look@mf\u{430}.example")] {
            let other = at(&server, nick, email);
            join(&other, "Ministry of Examples").expect(303).follow().reads("You have asked to join");
        }
        let upper = at(&server, "upper", "upper@mfa.example");
        let offered = upper.get(PAGE).expect(200).form(&format!(".notice {JOINING}"));
        offered.press().expect(303).follow().reads("You are a member now");
        assert_eq!(server.count("memberships WHERE state = 'member'"), 3);
    }

    fn who_asks_is_let_in_by_the_first_member_or_refused(server: Server) {
        let sec = server.secretariat("sec");
        let (founder, member) = ministry(&server);
        let (bob, eve) = (at(&server, "bob", "bob@gmail.com"), at(&server, "eve", "eve@gmail.com"));
        join(&bob, "Ministry of Examples").expect(303).follow().reads("You have asked to join Ministry of Examples");
        for (to, link) in [(&founder, "/account/organisation"), (&sec, "/secretariat/organisations/")] {
            let mail = server.mail_to(&to.email);
            assert!(mail.body.contains("bob@gmail.com") && mail.body.contains(link), "{mail:?}");
        }
        // Another member neither sees nor decides.
        let form = founder.get(PAGE).reads("bob@gmail.com").form(PEOPLE);
        member.get(PAGE).expect(200).lacks("bob@gmail.com").lacks("Let in");
        let token = member.get("/sign-out").form("main form").value("csrf").to_owned();
        let fields = [("csrf", token.as_str()), ("person", form.value("person")), ("go", "approve")];
        member.post("/account/organisation/people", &fields).expect(403);
        // Nor does the first member of another organisation, or somebody in none.
        let other = at(&server, "other", "other@elsewhere.example");
        let token = other.get("/sign-out").form("main form").value("csrf").to_owned();
        let fields = [("csrf", token.as_str()), ("person", form.value("person")), ("go", "approve")];
        other.post("/account/organisation/people", &fields).expect(403);
        found(&other, "Elsewhere", true);
        other.post("/account/organisation/people", &fields).expect(409);
        form.go("approve").expect(303).follow().reads("They are a member now");
        form.go("approve").expect(409);
        form.go("refuse").expect(409);
        assert!(server.mail_to(&bob.email).subject.contains("You are a member"));
        bob.get(PAGE).reads("Let in").lacks("People who want to join");
        join(&eve, "Ministry of Examples").expect(303);
        answer(&founder, "refuse").expect(303);
        assert!(server.mail_to(&eve.email).subject.contains("not let into"));
        let again = join(&eve, "Ministry of Examples").expect(422);
        assert!(again.errors()[0].contains("You can ask again from 23 December 2026"), "{:?}", again.errors());
        server.pass(TimeDelta::days(31));
        eve.sign_in();
        join(&eve, "Ministry of Examples").expect(303).follow().reads("You have asked to join");
        for (action, times) in [("asked", 3), ("approved", 1), ("refused", 1)] {
            assert_eq!(server.audited(&format!("organisation.{action}")), times, "{action}");
        }
        server.assert_audit_holds();
    }

    fn a_member_leaves_and_the_longest_member_comes_first(server: Server) {
        let (founder, member) = ministry(&server);
        founder.get(PAGE).form(LEAVING).press().expect(303).follow().reads("not with that organisation any more");
        founder.get(PAGE).form(&format!(".notice {JOINING}"));
        let bob = at(&server, "bob", "bob@gmail.com");
        join(&bob, "Ministry of Examples").expect(303);
        assert!(server.mail_to(&member.email).body.contains("bob@gmail.com"));
        bob.get(PAGE).form(LEAVING).press().expect(303);
        join(&bob, "Ministry of Examples").expect(303);
        answer(&member, "approve").expect(303);
        assert_eq!(server.audited("organisation.left"), 2);
        let token = founder.get("/sign-out").form("main form").value("csrf").to_owned();
        founder.post("/account/organisation/leaving", &[("csrf", &token)]).expect(409);
    }

    fn who_was_put_out_does_not_come_back_by_address(server: Server) {
        let (founder, member) = ministry(&server);
        founder.get(PAGE).form(PEOPLE).go("put-out").expect(303).follow().lacks(&member.name);
        assert!(server.mail_to(&member.email).subject.contains("not a member"));
        member.get(PAGE).form(JOINING).press().expect(422);
        server.pass(TimeDelta::days(31));
        member.sign_in();
        join(&member, "Ministry of Examples").expect(303).follow().reads("You have asked to join");
        founder.sign_in();
        answer(&founder, "approve").expect(303);
        member.get(PAGE).lacks("Remove from the organisation");
        assert_eq!(server.audited("organisation.put_out"), 1);
    }

    fn a_membership_that_rests_on_an_address_ends_with_it(server: Server) {
        let (founder, member) = ministry(&server);
        let bob = at(&server, "bob", "bob@gmail.com");
        join(&bob, "Ministry of Examples").expect(303);
        answer(&founder, "approve").expect(303);
        moved(&server, &member, "member@gmail.com");
        assert!(server.mail_to("member@gmail.com").body.contains("rested\non an address at mfa.example"));
        assert_eq!(server.count("memberships WHERE state = 'left'"), 1);
        moved(&server, &bob, "bob@other.example");
        assert_eq!(server.count("memberships WHERE state = 'member'"), 2, "bob was let in, whatever his address");
        moved(&server, &founder, "again@mfa.example");
        assert_eq!(server.count("memberships WHERE state = 'member'"), 2, "the same domain");
        let mut founder = founder;
        "again@mfa.example".clone_into(&mut founder.email);
        founder.sign_in();
        moved(&server, &founder, "founder@gmail.com");
        assert_eq!(server.count("memberships WHERE state = 'member'"), 1, "a founder's rests on the domain too");
        server.assert_audit_holds();
    }

    fn one_organisation_at_a_time(server: Server) {
        let (_, member) = ministry(&server);
        let other = at(&server, "other", "other@elsewhere.example");
        found(&other, "Elsewhere", true);
        let id = join_form(&server, "elsewhere2@elsewhere.example");
        let token = member.get("/sign-out").form("main form").value("csrf").to_owned();
        member.post("/account/organisation/joining", &[("csrf", &token), ("organisation", &id)]).expect(409);
        let bob = at(&server, "bob", "bob@gmail.com");
        join(&bob, "Elsewhere").expect(303);
        let token = bob.get("/sign-out").form("main form").value("csrf").to_owned();
        bob.post("/account/organisation/joining", &[("csrf", &token), ("organisation", &id)]).expect(409);
        let none = "018f0000-0000-7000-8000-000000000000";
        bob.get(PAGE).form(LEAVING).press().expect(303);
        bob.post("/account/organisation/joining", &[("csrf", &token), ("organisation", none)]).expect(404);
        bob.post("/account/organisation/joining", &[("csrf", &token), ("organisation", "x")]).expect(400);
    }
}

/// The id of the organisation that somebody new with this address is offered.
fn join_form(server: &Server, email: &str) -> String {
    let person = at(server, "newcomer", email);
    person.get(PAGE).form(&format!(".notice {JOINING}")).value("organisation").to_owned()
}
