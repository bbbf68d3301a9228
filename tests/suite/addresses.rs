//! Addresses that other tests reach only through a form or a link: they are where scripts of others expect them.

use crate::harness::{Backend, Server};

#[test]
fn browsers_find_where_a_password_is_changed() {
    let server = Server::start(Backend::Sqlite);
    let change = server.anonymous().get("/.well-known/change-password").expect(303);
    assert_eq!(change.location(), "/account");
}

#[test]
fn the_forms_of_the_account_go_to_its_addresses() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let page = ada.get("/account").expect(200);
    for address in ["/account", "/account/address", "/account/password"] {
        assert_eq!(page.form(&format!("form[action='{address}']")).action(), address);
    }
    ada.get("/account/address/none").expect(404);
}

#[test]
fn the_forms_of_the_desk_go_to_its_addresses() {
    let server = Server::start(Backend::Sqlite);
    let (ada, sec) = (server.stakeholder("ada"), server.secretariat("sec"));
    let reference = ada.comment_on_whole("botnets", "Where does the form go?", "named");
    let verdict = sec.verdict_form(&reference);
    assert_eq!(verdict.action(), format!("/secretariat/comments/{reference}/decision"));
    sec.post("/secretariat/mail/none/retry", &[("csrf", verdict.value("csrf"))]).expect(404);
    for address in ["/secretariat/exports/none", "/secretariat/exports/none/file", "/secretariat/exports/none/manifest"]
    {
        sec.get(address).expect(404);
    }
}
