//! Finding what is to be done next: tabs, filters, priorities, filters that are kept, keys, texts for reasons.

use std::slice;

use chrono::TimeDelta;

use super::{NORM, desk};
use crate::harness::comments::VERDICT;
use crate::harness::{Backend, Server, on_both};

const FRENCH: &str =
    "Les États et les acteurs non étatiques ne doivent ni mener ni permettre sciemment cette activité.";

on_both! {
    fn the_queue_is_filtered_by_language_age_and_organisation(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let bob = server.stakeholder_with("bob", |form| form.set("organisation", "Société d'exemple"));
        let french = bob.comment_on_whole(NORM, FRENCH, "named");
        server.pass(TimeDelta::days(3));
        for person in [&ada, &bob, &mo] {
            person.sign_in();
        }
        let english = ada.comment_on_whole(
            NORM, "States and others should neither conduct nor knowingly allow any such activity at all.", "named",
        );
        let vague = ada.comment_on_whole("botnets", "ok", "named");
        let rows = |query: &str| mo.get(&format!("/secretariat{query}")).expect(200).all("tbody th");
        assert_eq!(rows(""), [french.clone(), english.clone(), vague.clone()]);
        assert_eq!(rows("?language=fr"), slice::from_ref(&french));
        assert_eq!(rows("?language=en"), slice::from_ref(&english));
        assert_eq!(rows("?language=unknown"), slice::from_ref(&vague));
        assert_eq!(rows("?language=en&norm=botnets").len(), 0);
        assert_eq!(rows("?age=day"), slice::from_ref(&french));
        assert_eq!(rows("?age=three-days"), slice::from_ref(&french));
        assert_eq!(rows("?age=week").len(), 0);
        assert_eq!(rows("?organisation=Soci%C3%A9t%C3%A9+d%27exemple"), slice::from_ref(&french));
        assert_eq!(rows("?organisation=Soci").len(), 0, "by its exact name");
        let of_one = desk(&mo, &french);
        of_one.reads("French");
        assert_eq!(mo.get("/secretariat").form("form.filters").set("language", "fr").press().all("tbody th"), [french]);
        assert_eq!(rows("?language=%3Cscript%3E&age=never&priority=x").len(), 3, "what is not known is left out");
    }

    fn urgent_comments_come_first_and_pages_go_on_behind_them(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let mut sent = Vec::new();
        for number in 0..53 {
            server.pass(TimeDelta::seconds(1));
            sent.push(ada.comment_on_whole("botnets", &format!("Number {number}."), "named"));
        }
        let verdict = mo.verdict_form(&sent[52]).set("outcome", "publish");
        for place in [52, 51] {
            let form = desk(&mo, &sent[place]).form("form[action*='/priority']");
            form.press().expect(303).follow().reads("before the others").reads("Urgent");
        }
        assert_eq!(server.audited("comment.prioritised"), 2);
        let first = mo.get("/secretariat").expect(200);
        let rows = first.all("tbody th a");
        assert_eq!(rows[..3], [sent[51].clone(), sent[52].clone(), sent[0].clone()]);
        let dom = first.dom();
        let next = dom.select(&crate::harness::client::css("a[rel=next]")).next().unwrap();
        let rest = mo.get(next.value().attr("href").unwrap()).expect(200).all("tbody th a");
        assert_eq!(rest, sent[48..51]);
        // It is no change of the comment: what was being decided stays good, and what follows is urgent too.
        let next = verdict.press().expect(303).location();
        assert!(next.contains(&sent[51]) || next.contains(&sent[0]), "{next}");
        let back = desk(&mo, &sent[51]).form("form[action*='/priority']");
        back.press().expect(303).follow().reads("in its order again");
        back.press().expect(303);
        assert_eq!(server.audited("comment.prioritised"), 3, "the same again is nothing");
        back.forge("priority", "first").press().expect(400);
        assert_eq!(mo.get("/secretariat").all("tbody th a")[0], sent[0]);
    }

    fn a_filter_is_kept_under_a_name_and_for_its_owner_alone(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        ada.comment_on_whole(NORM, "Some words.", "named");
        let page = mo.get("/secretariat?state=returned&group=academia&kind=lever").expect(200);
        let keep = page.form("form[action='/secretariat/filters']");
        keep.press().expect(303).follow().reads("Give the filter a name");
        keep.clone().set("name", &"n".repeat(61)).press().expect(303).follow().reads("at most 60");
        let kept = keep.clone().set("name", "Levers & more").press().expect(303).follow();
        kept.reads("The filter is kept").reads("Levers & more");
        let dom = kept.dom();
        let link = dom.select(&crate::harness::client::css("details a")).next().unwrap();
        let address = link.value().attr("href").unwrap().to_owned();
        assert_eq!(address, "/secretariat?kind=lever&group=academia&state=returned");
        mo.get(&address).expect(200);
        ray.get("/secretariat").lacks("Levers &amp; more");
        // The same name again takes the place of the first.
        keep.clone().set("name", "Levers & more").press().expect(303);
        assert_eq!(server.count("saved_filters"), 1);
        // What is kept is read as an address is: nothing else gets in.
        keep.clone().set("name", "Forged").forge("query", "norm=x&next=//evil.example&group=academia").press().expect(303);
        assert_eq!(server.count("saved_filters WHERE query = 'group=academia'"), 1);
        for number in 0..18 {
            keep.clone().set("name", &format!("Filter {number}")).press().expect(303);
        }
        keep.set("name", "One too many").press().expect(303).follow().reads("20 filters already");
        let drop = mo.get("/secretariat").form("form[action$='/deletion']");
        let csrf = ray.get("/sign-out").form("main form").value("csrf").to_owned();
        ray.post(drop.action(), &[("csrf", &csrf)]).expect(404);
        drop.press().expect(303).follow().reads("dropped");
        assert_eq!(server.count("saved_filters"), 19);
    }
}

#[test]
fn keys_are_on_until_somebody_switches_them_off_for_themselves() {
    let server = Server::start(Backend::Sqlite);
    let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
    let form = mo.get("/secretariat").expect(200).reads("Publish, or accept").form("form[action='/secretariat/keys']");
    assert!(mo.get("/secretariat").text().contains("<section id=\"keys\" data-on"));
    form.press().expect(303).follow().reads("Keys are switched off");
    mo.get("/secretariat").expect(200).lacks("<section id=\"keys\" data-on").reads("switched off for you");
    mo.elsewhere(&server).get("/secretariat").lacks("<section id=\"keys\" data-on");
    assert!(ray.get("/secretariat").text().contains("<section id=\"keys\" data-on"));
    form.clone().forge("keys", "loud").press().expect(400);
    let on = mo.get("/secretariat").form("form[action='/secretariat/keys']");
    on.press().expect(303).follow().reads("Keys are switched on");
    assert_eq!(server.count("desk_settings"), 1);
}

#[test]
fn the_text_for_a_reason_is_filled_in_to_be_edited() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, "Buy my antivirus.", "named");
    let form = mo.verdict_form(&reference).set("reason", "advertising").set("note", "Seen before.");
    let filled = form.go("template").expect(200).form(VERDICT);
    assert!(filled.value("statement").contains("promotes a product"), "{}", filled.value("statement"));
    assert_eq!((filled.value("outcome"), filled.value("note")), ("decline", "Seen before."));
    let edited = filled.value("statement").replace("a product", "an antivirus");
    filled.set("statement", &edited).press().expect(303);
    assert!(server.mail_to(&ada.email).body.contains("promotes an antivirus"));
    // Who reads another language is told in English until somebody translates the text, and the desk is told so.
    let second = ada.comment_on_whole(NORM, "Buy it again.", "named");
    server.execute("UPDATE accounts SET language = 'fr' WHERE email = 'ada@example.org'");
    desk(&mo, &second).reads("The author reads French; texts that were not translated are in English.");
}

on_both! {
    fn forged_addresses_and_values_change_nothing(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Some words.", "named");
        let csrf = mo.get("/sign-out").form("main form").value("csrf").to_owned();
        let nobody = "018f0000-0000-7000-8000-000000000000";
        let post = |path: &str, name: &str, value: &str| mo.post(path, &[("csrf", csrf.as_str()), (name, value)]);
        post(&format!("/secretariat/comments/{reference}/priority"), "priority", "first").expect(400);
        post("/secretariat/comments/GCSC-N3-0000-0/priority", "priority", "urgent").expect(404);
        post(&format!("/secretariat/comments/{reference}/claim"), "go", "").expect(400);
        post(&format!("/secretariat/batches/{nobody}/undo"), "words", "x").expect(404);
        post(&format!("/secretariat/filters/{nobody}/deletion"), "x", "x").expect(404);
        post("/secretariat/filters/x/deletion", "x", "x").expect(404);
        post("/secretariat/filters", "query", "%FF").expect(400);
        post("/secretariat/keys", "keys", "loud").expect(400);
        post("/secretariat/bulk?state=declined", "go", "filtered").expect(400);
        post("/secretariat/bulk", "item", "x").expect(400);
        mo.get(&format!("/secretariat/comments/{reference}/next")).expect(303);
        for table in ["claims", "saved_filters", "batches", "batch_items", "decisions", "desk_settings"] {
            assert_eq!(server.count(table), 0, "{table}");
        }
        assert_eq!(server.count("comments WHERE priority <> 1"), 0);
    }
}
