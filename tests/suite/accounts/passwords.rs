//! New passwords: taken exactly as they are typed, whatever is in them, and refused when others would try them first.

use crate::harness::people::sign_in;
use crate::harness::{Backend, Person, Server, on_both};

const COMMON: &str = "first that an attacker would try";
const BREACHED: &str = "in a list of breached ones";

/// Somebody who registered with this password and confirmed their address.
fn registered(server: &Server, nick: &str, password: &str) -> Person {
    let (person, form) = server.registration(nick);
    form.set("password", password).press().expect(200);
    let link = server.link_in(&server.mail_to(&person.email));
    person.get(&link).expect(200).form("main form").press().expect(303);
    person
}

on_both! {
    fn a_password_is_the_one_that_was_typed_and_no_other(server: Server) {
        // White space at its ends, capitals, and a letter that is written in two ways (U+00E9, and e with U+0301).
        let typed = " Harbour W\u{e9}lks before dinner\t ";
        let ada = registered(&server, "ada", typed);
        for other in [
            typed.trim(),
            typed.trim_start(),
            typed.trim_end(),
            &typed.to_lowercase(),
            &typed.to_uppercase(),
            &typed.replace('\u{e9}', "e\u{301}"),
            &typed.replace('\u{e9}', "e"),
            &typed.replace("  ", " "),
            &typed.replace('\t', " "),
            &typed[..typed.len() - 1],
        ] {
            if other != typed {
                sign_in(&server.anonymous(), &ada.email, other).expect(422);
            }
        }
        sign_in(&server.anonymous(), &ada.email, typed).expect(303);
    }

    fn a_password_of_a_thousand_characters_is_taken_whole(server: Server) {
        for (nick, length) in [("ada", 64), ("bo", 1_024)] {
            let long: String = "nine tall herons wade \u{1f426} ".chars().cycle().take(length).collect();
            let person = registered(&server, nick, &long);
            sign_in(&server.anonymous(), &person.email, &long).expect(303);
            let last = long.char_indices().last().unwrap().0;
            sign_in(&server.anonymous(), &person.email, &long[..last]).expect(422);
            sign_in(&server.anonymous(), &person.email, &format!("{}#", &long[..last])).expect(422);
        }
    }

    fn words_of_ours_make_no_password_wherever_it_is_set(server: Server) {
        let (_, form) = server.registration("ada");
        for password in [
            "NormPortal-2026!",
            "Secretariat Moderator",
            "Global Commission on the Stability of Cyberspace",
            "the-public-core-9",
            "Example Organisation of Ada",
            "ada@example.org.1",
        ] {
            let answer = form.clone().set("password", password).press().expect(422);
            assert!(answer.errors().iter().any(|error| error.contains(COMMON)), "{password}: {:?}", answer.errors());
        }
        let ada = registered(&server, "ada", "three otters on a windy pier 7");
        sign_in(&ada, &ada.email, "three otters on a windy pier 7").expect(303);
        let own = "Example-Organisation of Ada!";
        let change = ada.get("/account").expect(200).form("form[action='/account/password']");
        let change = change.set("old_password", "three otters on a windy pier 7").set("new_password", own);
        assert!(change.press().expect(422).errors().iter().any(|error| error.contains(COMMON)));
        let somebody = server.anonymous();
        somebody.get("/password/reset").form("main form").set("email", &ada.email).press().expect(200);
        let link = server.link_in(&server.mail_to(&ada.email));
        let reset = somebody.get(&link).expect(200).form("main form");
        for password in [own, "Ada Synthetic 1815", "ada@example.org.1"] {
            let answer = reset.clone().set("password", password).press().expect(422);
            assert!(answer.errors().iter().any(|error| error.contains(COMMON)), "{password}: {:?}", answer.errors());
        }
        reset.set("password", "vexing jolts").press().expect(303);
        let invitation = server.invitation("mo@example.org", "Mo Synthetic", norm_portal::web::Role::Moderator);
        let joining = server.anonymous().get(&invitation).expect(200).form("main form");
        let answer = joining.set("password", "Mo-Synthetic-Norms").press().expect(422);
        assert!(answer.errors().iter().any(|error| error.contains(COMMON)), "{:?}", answer.errors());
    }
}

#[test]
fn breached_and_common_passwords_are_refused() {
    let server = Server::start(Backend::Sqlite);
    let (_, form) = server.registration("ada");
    // In no list of the estimate, but in those of breaches.
    for password in ["swimminsweetie14", "SwimminSweetie14", "londonjcuddy", "seguridadyoutube07"] {
        let answer = form.clone().set("password", password).press().expect(422);
        assert!(answer.errors().iter().any(|error| error.contains(BREACHED)), "{password}: {:?}", answer.errors());
    }
    // Common enough for either.
    for password in ["1qaz2wsx3edc", "sonyericsson", "justinbieber", "unbelievable", "123456qwerty", "chickenwing101"] {
        let errors = form.clone().set("password", password).press().expect(422).errors();
        assert!(
            errors.iter().any(|error| error.contains(BREACHED) || error.contains(COMMON)),
            "{password}: {errors:?}"
        );
    }
    assert_eq!(server.count("accounts"), 0);
}
