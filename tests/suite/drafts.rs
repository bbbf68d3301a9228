//! Drafts of composers: kept from every page, opened again where they were left, shared, never overwritten unseen.

mod shared;

use chrono::TimeDelta;
use norm_portal::norms::import;
use norm_portal::norms::package::{self, Package};

use crate::harness::client::css;
use crate::harness::comments::{COMPOSER, checked, send};
use crate::harness::form::Filled;
use crate::harness::{Answer, Person, Server, on_both};

const NORM: &str = "avoid-tampering";
const BODY: &str = "State and non-state actors";

/// Saves a form and opens the draft's page.
#[track_caller]
fn save(form: &Filled) -> Answer {
    form.go("save").expect(303).follow().expect(200)
}

/// Saves a form as the script does.
#[track_caller]
fn autosave(person: &Person, form: &Filled) -> (u16, serde_json::Value) {
    let mut values = form.values();
    values.push(("go", "save"));
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let answer = person.post_with(form.action(), &[kind, ("accept", "application/json")], body.as_bytes());
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
}

/// A new wording of the norm, by an import as an operator makes one.
fn reword(server: &Server, from: &str, to: &str) {
    let mut package = Package::parse(package::SHIPPED).unwrap();
    let text = package.texts.iter_mut().find(|text| text.slug == NORM).unwrap();
    "2".clone_into(&mut text.version.label);
    let clause = &mut text.version.clauses[0];
    assert!(clause.words.contains(from), "{from}");
    clause.words = clause.words.replace(from, to);
    let now = server.clock().now();
    server.db().write_blocking(move |conn| import::import(conn, now, &package)).unwrap();
}

/// How many bytes travel for a file of the portal.
fn compressed(server: &Server, path: &str) -> usize {
    let request = ureq::get(format!("{}{path}", server.origin)).header("accept-encoding", "gzip");
    let mut answer = request.call().unwrap();
    assert_eq!(answer.headers().get("content-encoding").unwrap(), "gzip", "{path}");
    answer.body_mut().read_to_vec().unwrap().len()
}

on_both! {
    fn a_draft_holds_everything_however_little_is_in_order(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.wording_form(NORM, "should not").set("proposed_wording", "must not").set("evidence", "no link");
        let page = save(&form);
        page.reads("Saved. You find it under My comments.");
        assert_eq!(page.path, format!("/my-comments/drafts/{}", form.value("form_id")));
        assert_eq!(page.errors(), Vec::<String>::new());
        assert_eq!(page.one(".norm-words strong"), "should not");
        let again = page.form(COMPOSER);
        for (name, value) in [("proposed_wording", "must not"), ("evidence", "no link"), ("draft_version", "1")] {
            assert_eq!(again.value(name), value, "{name}");
        }
        let list = ada.get("/my-comments").expect(200);
        list.reads("must not").reads("Norm to Avoid Tampering").reads("Wording").reads("23 December 2026");
        assert_eq!(server.count("comments"), 0);
    }

    fn a_draft_is_sent_like_any_form_and_is_gone(server: Server) {
        let ada = server.stakeholder("ada");
        let page = save(&ada.wording_form(NORM, "should not").set("proposed_wording", "must not"));
        let form = page.form(COMPOSER).set("rationale", "Stronger.").set("publication", "named");
        let check = checked(&form);
        assert_eq!(check.value("draft_version"), "1");
        let reference = check.go("send").expect(303).location();
        assert_eq!(check.go("send").expect(303).location(), reference, "sent twice is sent once");
        assert_eq!((server.count("drafts"), server.count("comments")), (0, 1));
        ada.get(&page.path).expect(404);
        // What a page sends while it is left can come after the form itself.
        let (status, _) = autosave(&ada, &form);
        assert_eq!((status, server.count("drafts")), (409, 0));
    }

    fn every_page_of_a_composer_can_be_saved(server: Server) {
        let ada = server.stakeholder("ada");
        // The choice of words.
        let words = ada.get(&format!("/norms/{NORM}/comments/new/wording")).form(COMPOSER);
        let draft = save(&words).reads("Which words?").form(COMPOSER);
        let draft = save(&draft.set("quote", "no such words")).form(COMPOSER);
        assert_eq!(draft.value("quote"), "no such words");
        // Which of several places.
        let which = draft.set("quote", "and").go("edit").expect(200).form(COMPOSER);
        let which = save(&which).reads("Which one do you mean?").form(COMPOSER);
        let form = which.set("occurrence", "10-10").go("edit").expect(200).form(COMPOSER);
        assert_eq!(form.value("draft_version"), "3");
        // The check, and on the way to other words.
        let form = form.set("proposed_wording", "or").set("rationale", "Either.").set("publication", "named");
        let form = save(&checked(&form)).form(COMPOSER);
        assert_eq!(form.value("rationale"), "Either.");
        let other = save(&form.go("words").expect(200).form(COMPOSER)).reads("Which words?").form(COMPOSER);
        let form = other.set("quote", "services").go("edit").expect(200).form(COMPOSER);
        assert_eq!((form.value("rationale"), form.value("proposed_wording")), ("Either.", "or"));
        assert_eq!(server.count("drafts"), 1);
        for form in [ada.lever_form(NORM, "Act."), ada.whole_form(NORM, "Good.")] {
            let again = save(&form).form(COMPOSER);
            let kept = |it: &Filled| [it.value("action"), it.value("rationale"), it.value("actor")].map(str::to_owned);
            assert_eq!(kept(&again), kept(&form));
        }
    }

    fn a_correction_is_saved_and_sent(server: Server) {
        let ada = server.stakeholder("ada");
        let reference = ada.comment_on_wording(NORM, "should not", "must not", "named");
        let page = ada.get(&format!("/my-comments/{reference}/correction")).expect(200);
        let draft = save(&page.form(COMPOSER).set("proposed_wording", "shall not"));
        let form = draft.form(COMPOSER);
        assert_eq!(form.value("proposed_wording"), "shall not");
        let other = ada.get(&format!("/my-comments/{reference}/correction")).expect(200);
        let other = save(&other.form(COMPOSER).set("proposed_wording", "will not"));
        ada.get("/my-comments").reads("shall not");
        checked(&form).go("send").expect(303);
        assert_eq!(server.count("comment_revisions WHERE proposed_wording = 'shall not'"), 1);
        // The other page was made for an older revision: its words are shown, and not lost.
        ada.get(&other.path).expect(409).reads("will not");
        other.form(COMPOSER).go("save").expect(409).reads("will not");
    }

    fn the_script_hears_what_became_of_the_words(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.whole_form(NORM, "First words.");
        let (status, said) = autosave(&ada, &form);
        assert_eq!((status, said["version"].as_i64()), (200, Some(1)));
        assert_eq!((said["id"].as_str(), said["saved_at"].as_str()), (Some(form.value("form_id")), Some("Draft saved at 12:00:00 UTC")));
        // An answer that was lost: the same words again are the same draft.
        assert_eq!(autosave(&ada, &form).1["version"], 1);
        let next = form.clone().forge("draft_version", "1").set("rationale", "First words, and more.");
        assert_eq!(autosave(&ada, &next).1["version"], 2);
        assert_eq!(server.count("drafts"), 1);
        // Another session: the words wait, and the page learns the new token.
        let stale = next.clone().set("rationale", "Even more.").forge("csrf", "AAAA").forge("draft_version", "2");
        let (status, said) = autosave(&ada, &stale);
        assert_eq!(status, 403);
        let fresh = stale.forge("csrf", said["csrf"].as_str().unwrap());
        assert_eq!(autosave(&ada, &fresh).0, 200);
        ada.sign_out();
        assert_eq!(autosave(&ada, &fresh).0, 401);
        assert_eq!(server.count("drafts"), 1);
    }

    fn a_session_that_ended_gives_the_draft_back(server: Server) {
        let ada = server.stakeholder("ada");
        let form = save(&ada.whole_form(NORM, "Begun.")).form(COMPOSER).set("rationale", "Begun, and gone on.");
        ada.sign_out();
        let kept = form.go("check").expect(401).form("main form");
        let kept = kept.set("email", &ada.email).set("password", &ada.password).press().expect(200);
        let again = kept.form("main form").press().expect(200).form(COMPOSER);
        assert_eq!((again.value("rationale"), again.value("draft_version")), ("Begun, and gone on.", "1"));
        send(&again);
        assert_eq!(server.count("drafts"), 0);
    }

    fn words_of_a_text_that_is_gone_are_found_again(server: Server) {
        let ada = server.stakeholder("ada");
        let kept = save(&ada.wording_form(NORM, "services").set("proposed_wording", "offers").set("rationale", "Why."));
        let gone = save(&ada.wording_form(NORM, BODY).set("rationale", "Because."));
        let whole = save(&ada.whole_form(NORM, "All of it."));
        reword(&server, BODY, "States and all other actors");
        let page = ada.get(&kept.path).expect(200);
        page.reads("The text changed since you began this draft");
        assert!(page.all(".redline ins").iter().any(|words| words.contains("all other")), "{}", page.main());
        assert_eq!(page.one(".inset .norm-words strong"), "services");
        let form = page.form(COMPOSER);
        assert_eq!((form.value("proposed_wording"), form.value("rationale")), ("offers", "Why."));
        send(&form.set("publication", "named"));
        let page = ada.get(&gone.path).expect(200).reads("Which words?").reads("The text changed").form(COMPOSER);
        let form = page.set("clause", "a").go("edit").expect(200).form(COMPOSER);
        assert_eq!(form.value("rationale"), "Because.");
        let form = ada.get(&whole.path).expect(200).reads("The text changed").form(COMPOSER);
        send(&form);
        assert_eq!(server.count("drafts"), 1);
    }

    fn a_draft_is_thrown_away_by_hand_and_in_time(server: Server) {
        let ada = server.stakeholder("ada");
        let (first, second) = (save(&ada.whole_form(NORM, "One.")), save(&ada.whole_form(NORM, "Two.")));
        let id = first.form(COMPOSER).value("form_id").to_owned();
        let form = ada.get(&format!("/my-comments/drafts/{id}/discard")).expect(200).reads("One.").form("main form");
        form.press().expect(303).follow().reads("thrown away");
        form.press().expect(404);
        ada.get(&first.path).expect(404);
        server.pass(TimeDelta::days(29));
        server.keeper_round();
        let ada = ada.elsewhere(&server);
        ada.get(&second.path).expect(200);
        server.pass(TimeDelta::days(1) + TimeDelta::seconds(1));
        let ada = ada.elsewhere(&server);
        ada.get(&second.path).expect(404);
        assert_eq!(server.count("drafts"), 1);
        server.keeper_round();
        assert_eq!(server.count("drafts"), 0);
    }

    fn the_draft_of_another_is_nobodys_business(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let page = save(&ada.whole_form(NORM, "Mine."));
        let id = page.form(COMPOSER).value("form_id").to_owned();
        for path in ["", "/discard", "/sharing"] {
            eve.get(&format!("{}{path}", page.path)).expect(404).lacks("Mine.");
        }
        eve.get("/my-comments").lacks("Mine.");
        let forged = eve.whole_form(NORM, "Not mine.").forge("form_id", &id);
        forged.go("save").expect(409).reads("Not mine.").lacks("Mine.\"");
        checked(&forged).go("send").expect(409).reads("Not mine.");
        assert_eq!((server.count("comments"), server.count("drafts")), (0, 1));
    }

    fn two_pages_of_one_person_lose_nothing(server: Server) {
        let ada = server.stakeholder("ada");
        let page = save(&ada.whole_form(NORM, "Begun."));
        let (one, two) = (page.form(COMPOSER), ada.elsewhere(&server).get(&page.path).form(COMPOSER));
        save(&one.set("rationale", "The first page."));
        let both = two.clone().set("rationale", "The second page.").go("save").expect(409);
        both.reads("The first page.").reads("The second page.").reads("You changed this draft yourself");
        assert_eq!(server.count("drafts"), 2);
        // What is sent from a page that is behind leaves the words it has not seen.
        send(&two.set("rationale", "The second page, sent."));
        assert_eq!(server.count("comments"), 1);
        ada.get("/my-comments").reads("The first page.").reads("The second page.");
        assert_eq!(server.count("drafts"), 2);
    }
}

#[test]
fn there_is_an_end_to_the_number_and_size_of_drafts() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let large = "x".repeat(1 << 20);
    ada.whole_form(NORM, &large).go("save").expect(413).reads("too much for a draft");
    for at in 0..200 {
        ada.whole_form(NORM, &format!("Draft {at}.")).go("save").expect(303);
    }
    ada.whole_form(NORM, "One too many.").go("save").expect(409).reads("200 drafts").reads("One too many.");
    ada.get("/my-comments").expect(200).reads("Draft 199.");
    assert_eq!(server.count("drafts"), 200);
}

#[test]
fn a_live_redline_is_the_servers() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let form = ada.wording_form(NORM, "should not");
    let ask = |typed: &str| {
        let names = ["csrf", "text_version", "first_word", "last_word"];
        let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (*name, form.value(name))).collect();
        fields.extend([("proposed_wording", typed), ("change", "replace")]);
        ada.post(&format!("/norms/{NORM}/redline"), &fields)
    };
    let said: serde_json::Value = serde_json::from_slice(&ask("must not").expect(200).body).unwrap();
    let pieces = serde_json::json!([
        { "op": "del", "text": "should" }, { "op": "ins", "text": "must" }, { "op": "same", "text": " not" }
    ]);
    assert_eq!(said["pieces"], pieces);
    assert_eq!(said["changes"].as_array().unwrap().len(), 1);
    ask(&"x".repeat(10_001)).expect(413);
    let mut fields = vec![("csrf", form.value("csrf")), ("text_version", form.value("text_version"))];
    ada.post(&format!("/norms/{NORM}/redline"), &fields).expect(400);
    fields.extend([("first_word", "1"), ("last_word", "9999")]);
    ada.post(&format!("/norms/{NORM}/redline"), &fields).expect(400);
    fields.extend([("first_word", "1"), ("last_word", "2")]);
    let elsewhere = [&fields[..2], &fields[4..]].concat();
    ada.post("/norms/botnets/redline", &elsewhere).expect(404);
    server.anonymous().post(&format!("/norms/{NORM}/redline"), &elsewhere).expect(303);
}

#[test]
fn scripts_are_small_and_only_where_they_are_needed() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let scripts = |path: &str| -> Vec<String> {
        let page = ada.get(path).expect(200);
        let dom = page.dom();
        dom.select(&css("script[src]")).map(|it| it.value().attr("src").unwrap().to_owned()).collect()
    };
    let composer = format!("/norms/{NORM}/comments/new/wording");
    let mut all = scripts(&format!("/norms/{NORM}"));
    all.extend(scripts(&format!("{composer}?clause=a")));
    all.extend(scripts(&composer));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 3, "{all:?}");
    let page = ada.get(&composer);
    let sheet = page.dom().select(&css("link[rel=stylesheet]")).next().map(|it| it.attr("href").unwrap().to_owned());
    let style = sheet.unwrap();
    let size: usize = all.iter().map(|path| compressed(&server, path)).sum();
    assert!(size <= 8 * 1024, "{size} bytes of script");
    let page = compressed(&server, &format!("/norms/{NORM}")) + compressed(&server, &style);
    assert!(page <= 18 * 1024, "{page} bytes of page and style");
    for path in ["/", "/privacy", "/my-comments", "/account"] {
        assert_eq!(scripts(path), Vec::<String>::new(), "{path}");
    }
}
