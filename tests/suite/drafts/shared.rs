//! Drafts that several members of an organisation write: who comes second is warned, and both texts stay.

use chrono::TimeDelta;
use norm_portal::accounts::model::Email;
use norm_portal::accounts::organisations::model::{Grounds, Membership, Organisation, Standing};
use norm_portal::accounts::organisations::store as organisations;
use norm_portal::accounts::store as accounts;
use norm_portal::db::DbError;
use norm_portal::ids::OrganisationId;

use super::{NORM, autosave, save};
use crate::harness::comments::{COMPOSER, checked};
use crate::harness::{Person, Server, on_both};

/// Makes these people members of one organisation.
fn organise(server: &Server, people: &[&Person]) {
    let now = server.clock().now();
    let addresses: Vec<Email> = people.iter().map(|person| Email::parse(&person.email).unwrap()).collect();
    let found = move |conn: &mut norm_portal::db::AnyConnection| -> Result<(), DbError> {
        let id = OrganisationId::new();
        for (at, address) in addresses.iter().enumerate() {
            let account = accounts::by_email(conn, address)?.unwrap().id;
            if at == 0 {
                let it = Organisation {
                    id,
                    name: "Example Organisation".into(),
                    domain: None,
                    stakeholder_group: "civil-society".into(),
                    country: None,
                    founded_by: account,
                    confirmed_at: Some(now),
                    version: 1,
                };
                organisations::insert(conn, now, &it)?;
            }
            let it = Membership {
                organisation: id,
                account,
                standing: Standing::Member,
                grounds: Grounds::Approval,
                asked_at: now,
                decided_at: None,
            };
            organisations::put_membership(conn, &it)?;
        }
        Ok(())
    };
    server.db().write_blocking(found).unwrap();
}

/// A draft of the first that is shared with the second; its address.
fn shared(server: &Server) -> (Person, Person, String) {
    let (ada, bo) = (server.stakeholder("ada"), server.stakeholder("bo"));
    organise(server, &[&ada, &bo]);
    let page = save(&ada.whole_form(NORM, "Begun by Ada."));
    let id = page.form(COMPOSER).value("form_id").to_owned();
    let path = page.path;
    bo.get(&path).expect(404);
    ada.get(&path).reads("Share with Example Organisation");
    let form = ada
        .get(&format!("/my-comments/drafts/{id}/sharing"))
        .expect(200)
        .reads("Example Organisation")
        .form("main form");
    form.press().expect(303).follow().reads("The draft is shared").reads("shared with Example Organisation");
    (ada, bo, path)
}

on_both! {
    fn a_shared_draft_is_open_to_members_until_its_owner_takes_it_back(server: Server) {
        let (ada, bo, path) = shared(&server);
        let eve = server.stakeholder("eve");
        eve.get(&path).expect(404);
        bo.get("/my-comments").reads("Begun by Ada.").reads("Shared with Example Organisation").reads("by Ada Synthetic");
        let page = bo.get(&path).expect(200);
        save(&page.form(COMPOSER).set("rationale", "Gone on by Bo."));
        assert_eq!(ada.get(&path).form(COMPOSER).value("rationale"), "Gone on by Bo.");
        for what in ["discard", "sharing"] {
            bo.get(&format!("{path}/{what}")).expect(403);
        }
        ada.get(&format!("{path}/sharing")).form("main form").press().expect(303).follow().reads("yours alone");
        bo.get(&path).expect(404);
        bo.get("/my-comments").lacks("Gone on by Bo.");
        assert_eq!((server.audited("draft.shared"), server.audited("draft.unshared")), (1, 1));
        server.assert_audit_holds();
    }

    fn whoever_comes_second_is_warned(server: Server) {
        let (ada, bo, path) = shared(&server);
        ada.get(&path).expect(200);
        server.pass(TimeDelta::minutes(1));
        bo.get(&path).expect(200).reads("Ada Synthetic has had this draft open since 23 November 2026, 12:00 UTC");
        ada.get(&path).expect(200).reads("Bo Synthetic has had this draft open since 23 November 2026, 12:01 UTC");
        server.pass(TimeDelta::minutes(6));
        bo.get(&path).expect(200).lacks("has had this draft open");
    }

    fn of_two_who_save_both_texts_survive(server: Server) {
        let (ada, bo, path) = shared(&server);
        let (one, two) = (ada.get(&path).form(COMPOSER), bo.get(&path).form(COMPOSER));
        save(&one.set("rationale", "As Ada has it."));
        let both = two.set("rationale", "As Bo has it.").go("save").expect(409);
        both.reads("As Ada has it.").reads("As Bo has it.").reads("Ada Synthetic changed this draft on");
        let links: Vec<String> = both
            .dom()
            .select(&crate::harness::client::css(".actions a"))
            .map(|it| it.attr("href").unwrap().to_owned())
            .collect();
        assert_eq!(links[0], path);
        assert_eq!(bo.get(&links[0]).form(COMPOSER).value("rationale"), "As Ada has it.");
        assert_eq!(bo.get(&links[1]).expect(200).form(COMPOSER).value("rationale"), "As Bo has it.");
        // What was kept apart is Bo's alone.
        ada.get(&links[1]).expect(404);
        assert_eq!(server.count("drafts"), 2);
    }

    fn the_script_of_the_second_goes_on_in_a_draft_of_its_own(server: Server) {
        let (ada, bo, path) = shared(&server);
        let (one, two) = (ada.get(&path).form(COMPOSER), bo.get(&path).form(COMPOSER));
        assert_eq!(autosave(&ada, &one.set("rationale", "As Ada has it.")).0, 200);
        let two = two.set("rationale", "As Bo has it.");
        let (status, said) = autosave(&bo, &two);
        assert_eq!(status, 409);
        assert!(said["text"].as_str().unwrap().contains("Synthetic"), "{said}");
        let own = two.forge("form_id", said["id"].as_str().unwrap()).forge("draft_version", &said["version"].to_string());
        assert_eq!(autosave(&bo, &own.set("rationale", "As Bo has it, and more.")).0, 200);
        ada.get(&path).expect(200).reads("Ada");
        assert_eq!(ada.get(&path).form(COMPOSER).value("rationale"), "As Ada has it.");
        assert_eq!(server.count("drafts"), 2);
    }

    fn nobody_sends_over_what_they_have_not_seen(server: Server) {
        let (ada, bo, path) = shared(&server);
        let (one, two) = (ada.get(&path).form(COMPOSER), bo.get(&path).form(COMPOSER));
        let check = checked(&two.set("rationale", "As Bo would send it.").set("publication", "named"));
        save(&one.set("rationale", "As Ada has it now."));
        let both = check.go("send").expect(409);
        both.reads("Not sent").reads("As Ada has it now.").reads("As Bo would send it.");
        assert_eq!((server.count("comments"), server.count("drafts")), (0, 2));
    }

    fn of_two_who_send_one_is_first(server: Server) {
        let (ada, bo, path) = shared(&server);
        let (one, two) = (ada.get(&path).form(COMPOSER), bo.get(&path).form(COMPOSER));
        // What becomes public is for whoever sends it to choose.
        assert_eq!((one.value("publication"), two.value("publication")), ("named", ""));
        let (one, two) = (checked(&one), checked(&two.set("publication", "organisation")));
        let reference = two.go("send").expect(303).location().replace("/receipts/", "");
        bo.get(&format!("/receipts/{reference}")).expect(200);
        one.go("send").expect(409).reads(&format!("Bo Synthetic sent it as {reference}")).reads("Begun by Ada.");
        assert_eq!((server.count("comments"), server.count("drafts")), (1, 0));
        // Nor does a save come back to life.
        one.go("save").expect(409).reads("Bo Synthetic sent it");
        assert_eq!(server.count("drafts"), 0);
        let eve = server.stakeholder("eve");
        let forged = eve.whole_form(NORM, "Prying.").forge("form_id", one.value("form_id"));
        checked(&forged).go("send").expect(409).lacks("Bo Synthetic").lacks(&reference);
    }
}

#[test]
fn members_who_send_at_the_same_moment_make_one_comment() {
    for backend in [crate::harness::Backend::Sqlite, crate::harness::Backend::Postgresql] {
        let server = Server::start(backend);
        let (ada, bo, path) = shared(&server);
        let forms = [&ada, &bo].map(|person| checked(&person.get(&path).form(COMPOSER).set("publication", "named")));
        let threads = forms.map(|form| std::thread::spawn(move || form.go("send").status));
        let mut answers = threads.map(|thread| thread.join().unwrap());
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
        assert_eq!((server.count("comments"), server.count("drafts")), (1, 0));
    }
}
