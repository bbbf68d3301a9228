//! Many hands on one organisation: one winner each time.

use super::people::{FOUNDING, PAGE, PEOPLE, at, join, ministry};
use crate::harness::{Server, on_both};
use crate::races::{at_once, with_status};

on_both! {
    fn one_name_is_founded_once(server: Server) {
        let people: Vec<_> = (0..6).map(|n| at(&server, &format!("p{n}"), &format!("p{n}@d{n}.example"))).collect();
        let forms: Vec<_> = people.iter().map(|it| it.get(PAGE).form(FOUNDING).set("name", "The One").set("by_domain", "yes")).collect();
        let answers = at_once(6, |hand| forms[hand].press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 422)), (1, 5), "{answers:?}");
        assert_eq!((server.count("organisations"), server.count("memberships")), (1, 1));
        assert_eq!(server.audited("organisation.founded"), 1);
    }

    fn one_domain_is_taken_once_and_one_person_founds_once(server: Server) {
        let people: Vec<_> = (0..4).map(|n| at(&server, &format!("p{n}"), &format!("p{n}@mfa.example"))).collect();
        let form = |hand: usize| {
            let form = people[hand % 4].get(PAGE).form(FOUNDING);
            form.set("name", &format!("Name {hand}")).set("by_domain", "yes")
        };
        let forms: Vec<_> = (0..8).map(form).collect();
        let answers = at_once(8, |hand| forms[hand].press());
        assert_eq!(with_status(&answers, 303), 1, "{answers:?}");
        assert_eq!((server.count("organisations"), server.count("memberships")), (1, 1));
    }

    fn one_question_has_one_answer(server: Server) {
        let (founder, _) = ministry(&server);
        let bob = at(&server, "bob", "bob@gmail.com");
        join(&bob, "Ministry of Examples").expect(303);
        let form = founder.get(PAGE).form(PEOPLE);
        let answers = at_once(6, |hand| form.go(if hand % 2 == 0 { "approve" } else { "refuse" }));
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 5), "{answers:?}");
        assert_eq!(server.audited("organisation.approved") + server.audited("organisation.refused"), 1);
        server.assert_audit_holds();
    }
}
