//! Commenting, through the composers: three kinds, every way to choose words, what is kept when something is wrong.

use crate::harness::comments::{COMPOSER, checked, send};
use crate::harness::{Server, on_both};

const NORM: &str = "avoid-tampering";
const WORDING: &str = "/norms/avoid-tampering/comments/new/wording";

on_both! {
    fn one_word_is_changed_and_the_receipt_says_so(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.wording_form(NORM, "should not");
        assert_eq!(form.value("proposed_wording"), "should not", "the present words are filled in");
        let form = form.set("proposed_wording", "must not").set("rationale", "Stronger.").set("publication", "named");
        let check = form.go("check").expect(200);
        assert_eq!(check.one(".redline del"), "deleted: should");
        assert_eq!(check.one(".redline ins"), "inserted: must");
        assert_eq!(server.count("comments"), 0, "nothing is stored before it is sent");
        let sent = check.form(COMPOSER).go("send").expect(303);
        let receipt = sent.follow().expect(200);
        let reference = receipt.one(".receipt-reference");
        assert_eq!(sent.location(), format!("/receipts/{reference}"));
        assert!(reference.starts_with("GCSC-N3-"), "{reference}");
        receipt.reads("must not").reads("Stronger.").reads("3(a)");
        let mail = server.mail_to(&ada.email);
        for words in [reference.as_str(), "must not", "should not", "Stronger."] {
            assert!(mail.body.contains(words), "{words}:\n{}", mail.body);
        }
        assert_eq!(server.link_in(&mail), format!("/receipts/{reference}"));
        let digest = mail.body.lines().find_map(|line| line.strip_prefix("SHA-256 of the text: ")).unwrap();
        receipt.reads(digest);
        ada.get("/my-comments").expect(200).reads(&reference).reads("Waiting for review");
        server.anonymous().get(&format!("/comments/{reference}")).expect(404);
        assert_eq!(server.audited("comment.submitted"), 1);
    }

    fn a_lever_is_proposed(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada
            .lever_form("cyber-hygiene", "Ask for signed updates in every tender.")
            .set("by_when", "2028")
            .set("example", "One country does.")
            .set("obstacles", "Cost.")
            .set("cost", "Little.");
        let reference = send(&form);
        let receipt = ada.get(&format!("/receipts/{reference}")).expect(200);
        for words in ["Ask for signed updates in every tender.", "2028", "One country does.", "Cost.", "Little."] {
            receipt.reads(words);
        }
        assert!(server.mail_to(&ada.email).body.contains("signed updates"));
    }

    fn the_whole_text_is_commented_on(server: Server) {
        let ada = server.stakeholder("ada");
        let reference = ada.comment_on_whole("cyber-stability", "A definition is missing.", "organisation");
        ada.get(&format!("/receipts/{reference}")).expect(200).reads("A definition is missing.");
        ada.get(&format!("/my-comments/{reference}")).expect(200).reads("Organisation only");
    }

    fn a_form_sent_twice_is_one_comment(server: Server) {
        let ada = server.stakeholder("ada");
        let form = checked(&ada.whole_form(NORM, "Once is enough."));
        let first = form.go("send").expect(303).location();
        assert_eq!(form.go("send").expect(303).location(), first);
        assert_eq!(server.count("comments"), 1);
        assert_eq!(server.audited("comment.submitted"), 1);
        let receipts = server.mails_to(&ada.email).iter().filter(|mail| mail.subject.contains("received")).count();
        assert_eq!(receipts, 1);
    }

    fn a_form_sent_again_with_other_content_is_refused_and_shown(server: Server) {
        let ada = server.stakeholder("ada");
        let form = checked(&ada.whole_form(NORM, "The first text."));
        form.go("send").expect(303);
        form.clone().forge("rationale", "The second text.").go("send").expect(409).reads("The second text.");
        form.forge("publication", "commission").go("send").expect(409);
        assert_eq!(server.count("comments"), 1);
        assert_eq!(server.count("comment_revisions WHERE rationale = 'The first text.'"), 1);
    }

    fn the_form_of_another_is_refused_whatever_it_holds(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let form = checked(&ada.whole_form(NORM, "The same words."));
        form.go("send").expect(303);
        let forged = checked(&eve.whole_form(NORM, "The same words.")).forge("form_id", form.value("form_id"));
        forged.go("send").expect(409).reads("The same words.");
        assert_eq!(server.count("comments"), 1);
        // On another text it is another comment, so the form id is used too.
        let other = checked(&ada.whole_form("botnets", "The same words.")).forge("form_id", form.value("form_id"));
        other.go("send").expect(409);
    }

    fn words_of_an_older_version_are_chosen_again_and_the_rest_is_kept(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.wording_form(NORM, "production").set("rationale", "Kept.").set("publication", "named");
        let old = form.value("text_version").to_owned();
        let stale = form.forge("text_version", "018f0000-0000-7000-8000-000000000000");
        let answer = stale.go("check").expect(422).reads("new version").form(COMPOSER);
        assert_eq!((answer.value("rationale"), answer.value("publication")), ("Kept.", "named"));
        let form = answer.set("quote", "production").go("edit").expect(200).form(COMPOSER);
        assert_eq!((form.value("rationale"), form.value("text_version")), ("Kept.", old.as_str()));
        assert_eq!(server.count("comments"), 0);
    }

    fn a_comment_is_corrected_while_nobody_has_decided(server: Server) {
        let ada = server.stakeholder("ada");
        let reference = ada.comment_on_wording(NORM, "should not", "must not", "named");
        let page = ada.get(&format!("/my-comments/{reference}/correction")).expect(200);
        let form = page.form(COMPOSER);
        assert_eq!(form.value("proposed_wording"), "must not");
        let form = form.set("proposed_wording", "shall not").set("publication", "commission");
        let check = checked(&form);
        check.go("send").expect(303).follow().reads("shall not").reads("revision 2").reads("correction is received");
        assert_eq!(server.count("comment_revisions"), 2);
        assert_eq!(server.audited("comment.corrected"), 1);
        assert!(server.mail_to(&ada.email).subject.contains("correction"));
        // The same correction again is the same; another one from the old page is not.
        check.go("send").expect(303);
        check.forge("proposed_wording", "will not").go("send").expect(409).reads("will not");
        assert_eq!(server.count("comment_revisions"), 2);
    }

    fn a_comment_is_withdrawn_once_and_for_good(server: Server) {
        let ada = server.stakeholder("ada");
        let reference = ada.propose_lever(NORM, "Nothing after all.", "named");
        let form = ada.get(&format!("/my-comments/{reference}/withdrawal")).expect(200).form(COMPOSER);
        form.press().expect(303).follow().reads("withdrawn");
        form.press().expect(409);
        ada.get(&format!("/my-comments/{reference}/withdrawal")).expect(409);
        ada.get(&format!("/my-comments/{reference}/correction")).expect(409);
        assert_eq!(server.audited("comment.withdrawn"), 1);
        assert_eq!(server.count("comments WHERE state = 'withdrawn'"), 1);
    }

    fn a_published_comment_that_is_withdrawn_leaves_every_public_page(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Soon to be gone.", "named");
        mo.publish(&reference);
        let reader = server.anonymous();
        reader.get(&format!("/norms/{NORM}")).reads("Soon to be gone.");
        ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER).press().expect(303);
        reader.get(&format!("/norms/{NORM}")).lacks("Soon to be gone.").lacks(&reference);
        let gone = reader.get(&format!("/comments/{reference}"));
        assert!(matches!(gone.status, 404 | 410), "{}", gone.status);
        gone.lacks("Soon to be gone.").lacks(&ada.name);
        assert_eq!(server.number("SELECT CAST(sum(published_general) AS BIGINT) AS n FROM norms"), 0);
    }

    fn what_belongs_to_another_is_not_found(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let reference = ada.comment_on_whole(NORM, "Mine.", "named");
        let version = ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER);
        for path in ["", "/correction", "/withdrawal"] {
            eve.get(&format!("/my-comments/{reference}{path}")).expect(404).lacks("Mine.");
        }
        eve.get(&format!("/receipts/{reference}")).expect(404).lacks("Mine.");
        let token = eve.get("/sign-out").form("main form").value("csrf").to_owned();
        let fields = [("csrf", token.as_str()), ("version", version.value("version")), ("go", "send")];
        eve.post(&format!("/my-comments/{reference}/withdrawal"), &fields).expect(404);
        eve.post(&format!("/my-comments/{reference}/correction"), &fields).expect(404);
        assert_eq!(server.count("comments WHERE state = 'pending'"), 1);
        eve.get("/my-comments").expect(200).lacks(&reference);
    }
}

fn chosen(answer: &crate::harness::Answer) -> String {
    answer.one(".norm-words strong")
}

#[test]
fn words_are_chosen_by_clause_by_marks_and_by_pasting() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let words = || ada.get(WORDING).expect(200).form(COMPOSER);
    assert_eq!(chosen(&words().set("clause", "b").go("edit").expect(200)), "nor allow them to be tampered with");
    assert_eq!(chosen(&words().set("first_word", "5").set("last_word", "6").go("edit").expect(200)), "should not");
    assert_eq!(chosen(&words().set("first_word", "5").go("edit").expect(200)), "should");
    assert_eq!(chosen(&words().set("last_word", "5").go("edit").expect(200)), "should");
    let pasted = "  products   and services ";
    assert_eq!(chosen(&words().set("quote", pasted).go("edit").expect(200)), "products and services");
    // A link of the norm page comes with the clause.
    let linked = ada.get(&format!("{WORDING}?clause=c")).expect(200);
    assert!(chosen(&linked).starts_with("if doing so"));

    let which = words().set("quote", "and").go("edit").expect(200).reads("3 places").form(COMPOSER);
    let second = which.clone().set("occurrence", "10-10").go("edit").expect(200);
    assert!(second.one(".norm-words").contains("products and services"), "{}", second.one(".norm-words"));
    which.go("edit").expect(422).reads("3 places").reads("Choose the place that you mean");
    assert_eq!(chosen(&words().set("quote", "and").set("clause", "a").forge("occurrence", "2-2").go("edit")), "and");
}

#[test]
fn a_wrong_choice_of_words_is_named_and_nothing_is_lost() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let words = || ada.get(WORDING).form(COMPOSER);
    words().go("edit").expect(422).reads("Choose the words");
    words().set("first_word", "9").set("last_word", "3").go("edit").expect(422).reads("before the first");
    words().set("first_word", "9").set("clause", "c").go("edit").expect(422).reads("outside the clause");
    words().set("quote", "must never").go("edit").expect(422).reads("not in the text");
    words().forge("clause", "z").go("edit").expect(422);
    for number in ["0", "-1", "33", "99999999999999999999", "1e3", "x"] {
        words().forge("first_word", number).go("edit").expect(422);
    }
    // Other words are chosen after the text is written: the text comes along.
    let form = ada.wording_form(NORM, "services").set("rationale", "Long thought about.").set("publication", "named");
    let back = form.go("words").expect(200).form(COMPOSER);
    let form = back.set("quote", "products").go("edit").expect(200).form(COMPOSER);
    assert_eq!(form.value("rationale"), "Long thought about.");
    assert_eq!(form.value("publication"), "named");
}

#[test]
fn words_can_be_deleted_or_kept_with_a_concern() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let form = ada.wording_form(NORM, "substantially").set("change", "delete").set("rationale", "Too weak.");
    let deleted = send(&form.set("publication", "named"));
    let form = ada.wording_form(NORM, "stability of cyberspace").set("change", "keep").set("concern", "unclear-term");
    let kept = send(&form.set("rationale", "What is it?").set("acceptable", "no").set("publication", "named"));
    for reference in [&deleted, &kept] {
        mo.publish(reference);
    }
    let reader = server.anonymous();
    let page = reader.get(&format!("/comments/{deleted}")).expect(200);
    assert_eq!(page.all(".redline ins"), Vec::<String>::new());
    assert_eq!(page.one(".redline del"), "deleted: substantially");
    let page = reader.get(&format!("/comments/{kept}")).expect(200);
    assert_eq!(page.all("del, ins"), Vec::<String>::new());
    page.reads("stability of cyberspace").reads("What is it?");
}

#[test]
fn the_publication_choice_decides_what_the_public_reads() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let organisation = "Example Organisation of ada";
    let named = ada.comment_on_whole(NORM, "Said under my name.", "named");
    let quiet = ada.comment_on_whole(NORM, "Said by my organisation.", "organisation");
    let secret = ada.comment_on_whole(NORM, "Said to the Commission.", "commission");
    for reference in [&named, &quiet, &secret] {
        mo.publish(reference);
    }
    let reader = server.anonymous();
    reader.get(&format!("/comments/{named}")).expect(200).reads(&ada.name).reads(organisation);
    reader.get(&format!("/comments/{quiet}")).expect(200).reads(organisation).lacks(&ada.name);
    reader.get(&format!("/comments/{secret}")).expect(404).lacks("Said to the Commission.");
    let page = reader.get(&format!("/norms/{NORM}")).expect(200);
    page.reads("Said under my name.").reads("Said by my organisation.").lacks("Said to the Commission.").lacks(&secret);
    // The choice carries over to the next comment.
    let next = ada.get(&format!("/norms/{NORM}/comments/new/general")).form(COMPOSER);
    assert_eq!(next.value("publication"), "commission");
}

#[test]
fn scripts_in_every_field_stay_text() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'";
    let name = "<b onclick=x>Ada</b>";
    let ada = server.stakeholder_with("ada", |form| form.set("name", name).set("organisation", attack));
    let mo = server.moderator("mo");
    let form = ada.wording_form(NORM, "should not").set("proposed_wording", attack).set("rationale", attack);
    let wording = send(&form.set("publication", "named"));
    let form = ada.lever_form(NORM, attack).set("by_when", attack).set("example", attack).set("obstacles", attack);
    let lever = send(&form.set("cost", attack));
    for evidence in ["javascript:alert(1)", "data:text/html,x", "//x.example", "mailto:a@b.example", "https://"] {
        let form = ada.whole_form(NORM, "x").set("evidence", evidence);
        form.go("check").expect(422);
    }
    // Each page is checked as it arrives: no inline script, no handler, no foreign address.
    for reference in [&wording, &lever] {
        mo.decide(reference, "return", "", attack).expect(303);
        ada.get(&format!("/my-comments/{reference}")).expect(200).reads(attack);
        let form = ada.get(&format!("/my-comments/{reference}/correction")).expect(200).form(COMPOSER);
        checked(&form).go("send").expect(303);
        mo.get("/secretariat").expect(200);
        mo.publish(reference);
        let public = server.anonymous().get(&format!("/comments/{reference}")).expect(200);
        public.reads(attack).reads(name);
    }
    server.anonymous().get(&format!("/norms/{NORM}")).expect(200).reads(attack);
    assert!(server.mails().iter().all(|mail| !mail.subject.contains('\n')));
}
