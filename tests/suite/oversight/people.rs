//! People's places at the desk: roles, suspensions, invitations taken back, each at once and never the last one's.

use std::thread;

use norm_portal::web::Role;

use super::{place, step};
use crate::harness::people::{password, sign_in};
use crate::harness::{Person, Server, on_both};

/// How many may act for the Secretariat.
fn secretariat(server: &Server) -> i64 {
    server.count("accounts WHERE role = 'secretariat' AND suspended_at IS NULL AND deleted_at IS NULL")
}

on_both! {
    fn a_role_is_changed_with_grounds_a_letter_and_an_entry(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let page = sec.get("/secretariat/people").expect(200);
        page.reads(&mo.name).reads("Active");
        let path = place(&sec, &mo);
        assert!(path.starts_with("/secretariat/people/"), "{path}");
        sec.get(&path).expect(200).reads("Moderator").reads("Nothing yet.");
        mo.get(&path).expect(403).lacks(&mo.email);

        let form = sec.get(&format!("{path}/role")).expect(200).form("main form");
        let wrong = form.clone().set("role", "secretariat").press().expect(422);
        assert_eq!(wrong.errors(), ["Say why"]);
        assert!(wrong.form("main form").value("role") == "secretariat", "what was chosen is kept");
        form.clone().forge("role", "emperor").set("grounds", "x").press().expect(422);
        assert_eq!(server.audited("account.role_changed"), 0);

        let changed = step(&sec, &mo, "role").set("role", "secretariat").press().expect(303);
        changed.follow().expect(200).reads("A change of staff.").reads("Role changed").reads("Secretariat");
        assert_eq!(mo.get("/secretariat").expect(303).location(), "/sign-in?next=%2Fsecretariat");
        mo.sign_in();
        mo.get("/secretariat/people").expect(200);
        let letter = server.mail_to(&mo.email);
        assert!(letter.body.contains("A change of staff.") && letter.body.contains("Secretariat"), "{letter:?}");
        assert_eq!(server.audited("account.role_changed"), 1);
        assert_eq!(server.count("audit_log WHERE detail LIKE '%change of staff%'"), 0, "the log keeps a digest");

        step(&sec, &mo, "role").set("role", "stakeholder").press().expect(303);
        mo.sign_in();
        mo.get("/secretariat").expect(403);
        assert!(!sec.get("/secretariat/people").expect(200).text().contains(&mo.email));
        server.assert_audit_holds();
    }

    fn a_suspended_person_is_out_everywhere_until_reinstated(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let elsewhere = mo.elsewhere(&server);
        let reset = server.anonymous().get("/password/reset").form("main form").set("email", &mo.email);
        reset.press().expect(200);
        let reset = server.link_in(&server.mail_to(&mo.email));
        step(&sec, &mo, "suspension").press().expect(303).follow().reads("Suspended");
        for browser in [&mo, &elsewhere] {
            assert!(browser.get("/secretariat").expect(303).location().starts_with("/sign-in"));
            assert!(browser.get("/account").expect(303).location().starts_with("/sign-in"));
        }
        let refused = sign_in(mo.client(), &mo.email, &mo.password).expect(403);
        refused.reads("Your account is suspended").reads("Ask the Secretariat");
        assert_eq!(refused.all("main a[href='/contact']").len(), 1);
        sign_in(mo.client(), &mo.email, "a wrong password").expect(422).lacks("suspended");
        mo.get("/secretariat").expect(303);
        server.anonymous().get(&reset).expect(410);
        let invited = server.invitation(&mo.email, &mo.name, Role::Secretariat);
        let form = server.anonymous().get(&invited).expect(200).form("main form").set("password", &password("mo"));
        form.press().expect(410);
        assert_eq!(server.count("accounts WHERE email = 'mo@example.org' AND role = 'moderator'"), 1);
        assert!(server.mails_to(&mo.email).iter().any(|mail| mail.body.contains("A change of staff.")));
        sec.get(&format!("{}/suspension", place(&sec, &mo))).expect(409);

        step(&sec, &mo, "reinstatement").press().expect(303).follow().reads("Active");
        mo.sign_in();
        mo.get("/secretariat").expect(200);
        assert_eq!((server.audited("account.suspended"), server.audited("account.reinstated")), (1, 1));
        server.assert_audit_holds();
    }

    fn anybody_with_an_account_can_be_suspended(server: Server) {
        let (sec, eve) = (server.secretariat("sec"), server.stakeholder("eve"));
        step(&sec, &eve, "suspension").press().expect(303);
        eve.get("/my-comments").expect(303);
        sign_in(eve.client(), &eve.email, &eve.password).expect(403);
        sec.get("/secretariat/people").reads("Suspended people without a place").reads(&eve.email);
        let lost = sec.search("nobody@example.org").expect(200);
        lost.reads("Nobody has this address");
        assert_eq!(lost.form("form[action='/secretariat/people/search']").value("address"), "nobody@example.org");
        assert_eq!(lost.form("main form").action(), "/secretariat/people", "the invitation goes where it always goes");
        sec.get("/secretariat/people/search").expect(405);
        let asked = sec.get(&format!("/secretariat/people?address={}", eve.email)).expect(200);
        assert_eq!(asked.form("form[action='/secretariat/people/search']").value("address"), "", "no address is taken from a query");
        sec.get("/secretariat/people/x").expect(404);
        for path in [
            "/secretariat/people/018f0000-0000-7000-8000-000000000000/claims",
            "/secretariat/people/018f0000-0000-7000-8000-000000000000/role",
            "/secretariat/people/018f0000-0000-7000-8000-000000000000/suspension",
            "/secretariat/people/018f0000-0000-7000-8000-000000000000/reinstatement",
        ] {
            sec.get(path).expect(404);
        }
    }

    fn nobody_changes_their_own_place_and_the_last_one_stays(server: Server) {
        let (sec, ray) = (server.secretariat("sec"), server.secretariat("ray"));
        let own = place(&sec, &sec);
        sec.get(&own).expect(200).reads("Nobody changes their own place");
        for path in ["role", "suspension"] {
            sec.get(&format!("{own}/{path}")).expect(403);
            let form = step(&sec, &ray, path);
            let form = if path == "role" { form.set("role", "moderator") } else { form };
            form.at(&format!("{own}/{path}")).press().expect(403);
        }
        step(&sec, &ray, "suspension").press().expect(303);
        assert_eq!(secretariat(&server), 1);
        let form = sec.get("/account/deletion").form("main form");
        form.set("understood", "yes").press().expect(422);
        assert_eq!(secretariat(&server), 1, "a suspended colleague is nobody who could take over");
    }

    fn of_two_who_demote_each_other_one_stays(server: Server) {
        let sec = server.secretariat("sec");
        for round in 0..6 {
            let ray = server.secretariat(&format!("ray{round}"));
            let kim = server.secretariat(&format!("kim{round}"));
            // Only these two are left.
            step(&ray, &sec, "suspension").press().expect(303);
            let demote = |by: &Person, whom: &Person| step(by, whom, "role").set("role", "moderator");
            let forms = [demote(&ray, &kim), demote(&kim, &ray)];
            let statuses: Vec<u16> = thread::scope(|scope| {
                let sent: Vec<_> = forms.iter().map(|form| scope.spawn(|| form.press().status)).collect();
                sent.into_iter().map(|it| it.join().unwrap()).collect()
            });
            assert_eq!(secretariat(&server), 1, "{statuses:?}");
            assert_eq!(server.audited("account.role_changed"), round + 1, "{statuses:?}");
            let (one, other) = if ray.get("/secretariat/people").status == 200 { (&ray, &kim) } else { (&kim, &ray) };
            one.get("/secretariat/people").expect(200);
            other.get("/secretariat/people").expect(303);
            step(one, &sec, "reinstatement").press().expect(303);
            sec.sign_in();
            step(&sec, one, "suspension").press().expect(303);
        }
        server.assert_audit_holds();
    }

    fn who_was_quicker_wins_and_the_other_keeps_the_words(server: Server) {
        let (sec, ray, mo) = (server.secretariat("sec"), server.secretariat("ray"), server.moderator("mo"));
        let late = step(&ray, &mo, "role").set("role", "stakeholder").set("grounds", "My long grounds.");
        step(&sec, &mo, "role").set("role", "secretariat").press().expect(303);
        let answer = late.press().expect(409);
        answer.reads("changed meanwhile").reads("Secretariat");
        assert_eq!(answer.form("main form").value("grounds"), "My long grounds.");
        assert_eq!(server.count("accounts WHERE email = 'mo@example.org' AND role = 'secretariat'"), 1);
        let again = answer.form("main form").set("role", "moderator");
        again.press().expect(303);
        assert_eq!(server.audited("account.role_changed"), 2);
    }

    fn an_invitation_is_taken_back(server: Server) {
        let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
        let link = server.invitation("new@example.org", "New Synthetic", Role::Moderator);
        let page = sec.get("/secretariat/people").expect(200);
        page.reads("new@example.org");
        let dom = page.dom();
        let found = dom.select(&crate::harness::client::css("a[href^='/secretariat/invitations/']")).next().unwrap();
        let path = found.value().attr("href").unwrap();
        mo.get(path).expect(403).lacks("new@example.org");
        let form = sec.get(path).expect(200).form("main form");
        assert_eq!(form.press().expect(422).errors().len(), 1);
        form.set("grounds", "The place is filled.").press().expect(303);
        server.anonymous().get(&link).expect(410);
        sec.get(path).expect(409);
        sec.get("/secretariat/invitations/00").expect(404);
        sec.get("/secretariat/people").lacks("new@example.org");
        assert!(server.mail_to("new@example.org").body.contains("The place is filled."));
        assert_eq!(server.audited("staff.invitation_withdrawn"), 1);
        server.assert_audit_holds();
    }

    fn claims_are_handed_over_and_free_when_their_holder_leaves(server: Server) {
        let (sec, mo, ray) = (server.secretariat("sec"), server.moderator("mo"), server.moderator("ray"));
        let ada = server.stakeholder("ada");
        let hold = |number: usize| {
            let reference = ada.comment_on_whole("botnets", &format!("Number {number}."), "named");
            server.execute(&format!(
                "INSERT INTO claims (comment_id, account_id, taken_at, until) SELECT c.id, a.id, '2026-11-23 12:00:00', \
                 '2026-11-23 12:15:00' FROM comments c, accounts a WHERE c.reference = '{reference}' \
                 AND a.email = 'mo@example.org'"
            ));
        };
        (0..3).for_each(hold);
        let of = |nick: &str| {
            server.count(&format!("claims JOIN accounts ON accounts.id = account_id WHERE email = '{nick}@example.org'"))
        };
        assert_eq!((of("mo"), of("ray")), (3, 0));
        let path = place(&sec, &mo);
        let form = sec.get(&format!("{path}/claims")).expect(200).form("main form");
        assert_eq!(form.press().expect(422).errors().len(), 2);
        let to = place(&sec, &ray);
        let form = form.set("to", to.rsplit('/').next().unwrap()).set("grounds", "On leave.");
        form.press().expect(303).follow().reads("On leave.");
        assert_eq!((of("mo"), of("ray")), (0, 3));
        for person in [&mo, &ray] {
            assert!(server.mail_to(&person.email).body.contains("3 comments"), "{}", person.email);
        }
        assert_eq!(server.audited("claim.handed_over"), 1);
        step(&sec, &ray, "suspension").press().expect(303);
        assert_eq!(of("ray"), 0, "what a suspended person held is free");
        (3..5).for_each(hold);
        step(&sec, &mo, "role").set("role", "secretariat").press().expect(303);
        assert_eq!(of("mo"), 2, "still at the desk");
        step(&sec, &mo, "role").set("role", "stakeholder").press().expect(303);
        assert_eq!(of("mo"), 0);
        server.assert_audit_holds();
    }
}
