//! Flags: raised as comments arrive, shown in words, and of no effect on what becomes of a comment.

use super::{NORM, closing_today, composer, enter};
use crate::harness::{Backend, Person, Server, on_both};

const PRIVATE: &str = "Call +44 20 7946 0958 or see https://example.org, St\u{430}tes.";

on_both! {
    fn flags_are_shown_in_words_and_never_decide(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let flagged = ada.comment_on_whole(NORM, PRIVATE, "named");
        let plain = ada.comment_on_whole(NORM, "Nothing unusual here.", "named");
        server.porter_round();
        let queue = mo.get("/secretariat").expect(200);
        queue.reads("Personal data").reads("Links").reads("Mixed scripts");
        assert_eq!(queue.all(".tag-warn").len(), 3, "the other comment has none");
        mo.get("/secretariat?flag=links").expect(200).reads(&flagged).lacks(&plain);
        mo.get("/secretariat?flag=burst").expect(200).lacks(&flagged).lacks(&plain);
        mo.get("/secretariat?flag=anything").expect(200).reads(&flagged).reads(&plain);
        let page = mo.get(&format!("/secretariat/comments/{flagged}")).expect(200);
        page.reads("The text seems to hold: telephone number.").reads("decide nothing");
        mo.get(&format!("/secretariat/comments/{plain}")).expect(200).lacks("decide nothing");
        assert_eq!(server.count("comment_flags WHERE detail LIKE '%7946%'"), 0, "what was found is not repeated");
        assert_eq!(server.count("comments WHERE state = 'pending'"), 2);
        mo.publish(&flagged);
        let public = server.anonymous().get(&format!("/comments/{flagged}")).expect(200);
        public.lacks("Personal data").lacks("Mixed scripts");
    }

    fn a_correction_is_looked_at_anew(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, PRIVATE, "named");
        server.porter_round();
        assert_eq!(server.count("comment_flags"), 3);
        let form = ada.get(&format!("/my-comments/{reference}/correction")).form("main form");
        form.set("rationale", "Nothing private.").go("check").form("main form").go("send").expect(303);
        server.porter_round();
        mo.get("/secretariat").expect(200).lacks("tag-warn");
        assert_eq!(server.count("comment_flags"), 0);
    }

    fn a_burst_is_flagged_from_the_twentieth_on_and_letters_are_none(server: Server) {
        closing_today(&server);
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        for at in 0..21 {
            ada.comment_on_whole(NORM, &format!("One of many, number {at}."), "named");
        }
        enter(&composer(&mo, |form| form));
        server.porter_round();
        assert_eq!(server.count("comment_flags WHERE flag = 'burst'"), 2);
        ada.comment_on_whole("botnets", "On another text.", "named");
        server.porter_round();
        assert_eq!(server.count("comment_flags WHERE flag = 'burst'"), 2);
    }

    fn many_accounts_on_one_network_address_are_flagged_and_the_address_is_not_kept(backend: Backend) {
        let server = Server::start_with(backend, |config| config.server.proxies = vec!["127.0.0.1".parse().unwrap()]);
        let people: Vec<Person> = (0..5).map(|at| server.stakeholder(&format!("p{at}"))).collect();
        for (at, person) in people.iter().enumerate() {
            send_from(person, &format!("Number {at} of a house."), "198.51.100.7");
        }
        send_from(&server.stakeholder("other"), "From elsewhere.", "198.51.100.8");
        server.porter_round();
        assert_eq!(server.count("comment_flags WHERE flag = 'shared-address'"), 5);
        assert_eq!(server.count("sender_marks"), 6);
        server.pass(chrono::TimeDelta::hours(49));
        server.keeper_round();
        assert_eq!(server.count("sender_marks"), 0);
        assert_eq!(server.count("sender_keys"), 0);
    }
}

fn send_from(person: &Person, text: &str, address: &str) {
    let form = crate::harness::comments::checked(&person.whole_form(NORM, text));
    let pairs = form.values().into_iter().chain([("go", "send")]);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", address)];
    person.post_with(form.action(), &headers, body.as_bytes()).expect(303);
}
