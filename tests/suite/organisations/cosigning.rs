//! Co-signing a public comment, for oneself and for an organisation.

use chrono::TimeDelta;

use super::people::{at, found, join, ministry};
use crate::harness::comments::COMPOSER;
use crate::harness::{Answer, Person, Server, on_both};
use crate::races::{at_once, with_status};

const NORM: &str = "avoid-tampering";
const SIGNING: &str = "form[action$='/cosignature']";
const REMOVAL: &str = "form[action$='/cosignature/removal']";

fn published(server: &Server) -> (Person, Person, String) {
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Worth signing.", "named");
    mo.publish(&reference);
    (ada, mo, reference)
}

fn page(person: &Person, reference: &str) -> Answer {
    person.get(&format!("/comments/{reference}/cosignature"))
}

#[track_caller]
fn sign(person: &Person, reference: &str, signatory: &str) -> Answer {
    page(person, reference).form(SIGNING).forge("signatory", signatory).press()
}

/// Signs whatever the page offers.
fn forced(person: &Person, reference: &str, signatory: &str) -> Answer {
    let token = person.get("/sign-out").form("main form").value("csrf").to_owned();
    let fields = [("csrf", token.as_str()), ("signatory", signatory)];
    person.post(&format!("/comments/{reference}/cosignature"), &fields)
}

on_both! {
    fn a_person_adds_their_name_and_takes_it_off(server: Server) {
        let (_, mo, reference) = published(&server);
        let (bob, reader) = (server.stakeholder("bob"), server.anonymous());
        let link = format!("/comments/{reference}/cosignature");
        reader.get(&format!("/comments/{reference}")).reads("Nobody has put their name").reads("Add my name");
        assert!(reader.get(&link).expect(303).location().starts_with("/sign-in?next="));
        page(&bob, &reference).expect(200).reads("public at once").reads("not a vote").reads("Worth signing.");
        sign(&bob, &reference, "myself").expect(303).follow().reads("The name stands").reads(&bob.name);
        let shown = reader.get(&format!("/comments/{reference}")).expect(200);
        shown.reads(&bob.name).reads("1 name").reads("Civil society").lacks("Example Organisation of bob");
        let refused = page(&bob, &reference).expect(200);
        refused.reads("You have signed already");
        forced(&bob, &reference, "myself").expect(409).reads("You have signed already");
        mo.get(&format!("/secretariat/comments/{reference}")).reads("By 1 person or organisation");
        bob.get("/my-comments").reads(&reference).reads("In your own name");
        let removal = refused.form(REMOVAL);
        removal.press().expect(303).follow().reads("The name is taken off").lacks("1 name");
        removal.press().expect(404);
        let token = removal.value("csrf").to_owned();
        let path = format!("/comments/{reference}/cosignature/removal");
        for (signatory, status) in [("organisation", 404), ("myself", 404), ("king", 400)] {
            bob.post(&path, &[("csrf", &token), ("signatory", signatory)]).expect(status);
        }
        reader.get(&format!("/comments/{reference}")).lacks(&bob.name);
        assert_eq!((server.audited("comment.cosigned"), server.audited("comment.cosign_removed")), (1, 1));
        server.assert_audit_holds();
    }

    fn an_organisation_signs_once_and_any_member_takes_it_off(server: Server) {
        let (_, _, reference) = published(&server);
        let (founder, member) = ministry(&server);
        let link = "Add Ministry of Examples's name";
        let shown = founder.get(&format!("/comments/{reference}")).main().replace(['\u{2068}', '\u{2069}'], "");
        assert!(shown.contains(link), "{shown}");
        let form = founder.get(&format!("/comments/{reference}/cosignature?as=organisation")).form(SIGNING);
        assert_eq!(form.value("signatory"), "organisation");
        form.press().expect(303);
        let shown = server.anonymous().get(&format!("/comments/{reference}"));
        shown.reads("Ministry of Examples").reads("Government").reads("Estonia").lacks(&founder.name);
        sign(&member, &reference, "organisation").expect(409).reads(&founder.name);
        // A member may still sign for themselves.
        sign(&member, &reference, "myself").expect(303);
        member.get("/my-comments").reads("In your own name").reads("Ministry of Examples");
        let removal = page(&member, &reference).form(&format!("{REMOVAL}:has(input[value=organisation])"));
        removal.press().expect(303).follow().lacks("Ministry of Examples</bdi> <small>");
        assert_eq!(server.count("cosignatures"), 1);
    }

    fn not_ones_own_nor_ones_organisations(server: Server) {
        let (ada, mo, reference) = published(&server);
        page(&ada, &reference).expect(200).reads("The comment is your own");
        forced(&ada, &reference, "myself").expect(409);
        ada.get(&format!("/comments/{reference}")).lacks("Add my name");
        let (founder, member) = ministry(&server);
        let ours = member.comment_on_whole(NORM, "Our own.", "organisation");
        mo.publish(&ours);
        for signatory in ["myself", "organisation"] {
            forced(&founder, &ours, signatory).expect(409).reads("speaks for your organisation");
        }
        assert_eq!(server.count("cosignatures"), 0);
    }

    fn who_is_not_confirmed_signs_for_nobody(server: Server) {
        let (_, _, reference) = published(&server);
        let (eve, bob) = (at(&server, "eve", "eve@gmail.com"), at(&server, "bob", "bob@gmail.com"));
        forced(&bob, &reference, "organisation").expect(409).reads("member of no organisation");
        found(&eve, "Ministry of Examples", false);
        forced(&eve, &reference, "organisation").expect(409).reads("Nobody has confirmed");
        eve.get(&format!("/comments/{reference}")).lacks("Add \u{2068}Ministry");
        join(&bob, "Ministry of Examples").expect(303);
        forced(&bob, &reference, "organisation").expect(409);
        forced(&bob, &reference, "king").expect(400);
        assert_eq!(server.count("cosignatures"), 0);
        server.execute("UPDATE organisations SET confirmed_at = created_at");
        page(&eve, &reference).form(SIGNING).press().expect(422).reads("Choose in whose name");
        forced(&eve, &reference, "organisation").expect(303);
        forced(&eve, &reference, "king").expect(409).reads("You have signed already");
    }

    fn what_is_not_public_is_not_there(server: Server) {
        let (ada, mo, reference) = published(&server);
        let bob = server.stakeholder("bob");
        let waiting = ada.comment_on_whole(NORM, "Waiting.", "named");
        let confidential = ada.comment_on_whole(NORM, "Confidential.", "commission");
        mo.publish(&confidential);
        for hidden in [waiting.as_str(), &confidential, "GCSC-N3-7K4Q-MW2R-9"] {
            page(&bob, hidden).expect(404).lacks("Confidential.").lacks("Waiting.");
            forced(&bob, hidden, "myself").expect(404);
        }
        sign(&bob, &reference, "myself").expect(303);
        ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER).press().expect(303);
        let gone = server.anonymous().get(&format!("/comments/{reference}"));
        gone.lacks(&bob.name);
        page(&bob, &reference).expect(404);
        // It can still be taken off.
        let list = bob.get("/my-comments").expect(200);
        list.reads("Not public now");
        list.form(REMOVAL).press().expect(303).follow().lacks(&reference);
        assert_eq!(server.count("cosignatures"), 0);
    }

    fn names_are_added_while_comments_are_taken_and_taken_off_always(server: Server) {
        let (_, _, reference) = published(&server);
        let (bob, cy) = (server.stakeholder("bob"), server.stakeholder("cy"));
        sign(&bob, &reference, "myself").expect(303);
        server.execute("UPDATE consultations SET closes_at = '2026-11-23 12:30:00'");
        server.pass(TimeDelta::hours(1));
        page(&cy, &reference).expect(200).reads("Comments and names were taken until");
        forced(&cy, &reference, "myself").expect(409);
        server.anonymous().get(&format!("/comments/{reference}")).reads(&bob.name).lacks("Add my name");
        page(&bob, &reference).form(REMOVAL).press().expect(303);
        assert_eq!(server.count("cosignatures"), 0);
    }

    fn many_hands_sign_once(server: Server) {
        let (_, _, reference) = published(&server);
        let (founder, member) = ministry(&server);
        let forms = [&founder, &member].map(|it| page(it, &reference).form(SIGNING).set("signatory", "organisation"));
        let answers = at_once(8, |hand| forms[hand % 2].press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 7), "{answers:?}");
        assert_eq!((server.count("cosignatures"), server.audited("comment.cosigned")), (1, 1));
        server.assert_audit_holds();
    }

    fn fifty_names_are_shown_and_the_rest_counted(server: Server) {
        let (ada, _, reference) = published(&server);
        let (bob, reader) = (server.stakeholder("bob"), server.anonymous());
        sign(&bob, &reference, "myself").expect(303);
        // Sixty more people whose names are all there is of them.
        let copy = |n: usize| {
            let id = format!("{n:032x}");
            let bytes = match server.database_url() {
                Some(_) => format!("decode('{id}', 'hex')"),
                None => format!("x'{id}'"),
            };
            server.execute(&format!("INSERT INTO accounts (id, email, name, stakeholder_group, on_behalf_of, language, password_hash, role, version, created_at) \
                SELECT {bytes}, 'n{n}@example.org', 'Name {n}', 'academia', on_behalf_of, language, password_hash, role, version, created_at FROM accounts WHERE email = '{}'", ada.email));
            server.execute(&format!("INSERT INTO cosignatures (comment_id, account_id, name, stakeholder_group, signed_at) \
                SELECT comment_id, {bytes}, 'Name {n}', 'academia', signed_at FROM cosignatures LIMIT 1"));
        };
        (1..=60).for_each(copy);
        let shown = reader.get(&format!("/comments/{reference}")).expect(200);
        shown.reads("61 names").reads("And 11 more");
        assert_eq!(shown.all("section[aria-labelledby=supporters] li bdi").len(), 50);
    }
}
