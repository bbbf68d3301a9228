//! The Secretariat's pages about organisations.

use super::people::{at, found, join, ministry};
use crate::harness::client::css;
use crate::harness::{Backend, Person, Server, on_both};

const LIST: &str = "/secretariat/organisations";

/// The page of the organisation called `name`.
fn page_of(sec: &Person, name: &str) -> String {
    let dom = sec.get(LIST).expect(200).dom();
    let links = css("table a[href^='/secretariat/organisations/']");
    let link = dom.select(&links).find(|link| link.text().collect::<String>() == name);
    link.unwrap_or_else(|| panic!("{name} is not listed")).value().attr("href").unwrap().to_owned()
}

on_both! {
    fn the_secretariat_confirms_a_name(server: Server) {
        let sec = server.secretariat("sec");
        sec.get(LIST).expect(200).reads("No organisations yet");
        let eve = at(&server, "eve", "eve@gmail.com");
        found(&eve, "Friends of Examples", false);
        let bob = at(&server, "bob", "bob@gmail.com");
        bob.get("/account/organisation?search=friends").expect(200).reads("No organisation found");
        bob.get("/account/organisation?search=FRIENDS+of+examples").expect(200).reads("Friends of Examples");
        let path = page_of(&sec, "Friends of Examples");
        let form = sec.get(&path).expect(200).reads("Not confirmed").form("form:has(button[value=confirm])");
        form.go("confirm").expect(303).follow().reads("Name confirmed by the Secretariat");
        form.go("confirm").expect(409);
        bob.get("/account/organisation?search=friends").expect(200).reads("Friends of Examples");
        for pattern in ["%25", "_________", "%5C"] {
            bob.get(&format!("/account/organisation?search={pattern}")).expect(200);
        }
        assert_eq!(server.audited("organisation.confirmed"), 1);
        server.assert_audit_holds();
    }

    fn the_secretariat_decides_about_people(server: Server) {
        let sec = server.secretariat("sec");
        let (founder, _) = ministry(&server);
        let bob = at(&server, "bob", "bob@gmail.com");
        join(&bob, "Ministry of Examples").expect(303);
        sec.get(LIST).reads("bob@gmail.com");
        let path = page_of(&sec, "Ministry of Examples");
        let page = sec.get(&path).expect(200);
        page.reads("founder@mfa.example").reads("First member");
        page.form("form:has(button[value=approve])").go("approve").expect(303).follow().reads("They are a member now");
        bob.get("/account/organisation").expect(200).reads("Ministry of Examples");
        // Who founded it can be put out too: the first in the list.
        sec.get(&path).form("form:has(button[value=put-out])").go("put-out").expect(303);
        founder.get("/account/organisation").expect(200).reads("You belong to no organisation");
    }
}

#[test]
fn it_is_for_the_secretariat_alone() {
    let server = Server::start(Backend::Sqlite);
    let (sec, mo) = (server.secretariat("sec"), server.moderator("mo"));
    let (founder, _) = ministry(&server);
    let path = page_of(&sec, "Ministry of Examples");
    for other in [&mo, &founder] {
        other.get(LIST).expect(403);
        other.get(&path).expect(403).lacks("member@mfa.example");
        let token = other.get("/sign-out").form("main form").value("csrf").to_owned();
        other.post(&path, &[("csrf", &token), ("go", "confirm"), ("version", "1")]).expect(403);
    }
    assert_eq!(server.audited("organisation.confirmed"), 0);
    sec.get("/secretariat/organisations/none").expect(404);
    sec.get("/secretariat/organisations/018f0000-0000-7000-8000-000000000000").expect(404);
    sec.get("/secretariat/organisations?after=x").expect(400);
    let token = sec.get("/sign-out").form("main form").value("csrf").to_owned();
    for (fields, status) in [(("go", "crown"), 400), (("go", "confirm"), 400)] {
        sec.post(&path, &[("csrf", token.as_str()), fields]).expect(status);
    }
}
