//! Files with comments: attached, carried through the composer, sent, given out to those who may have them, thrown away.

mod s3;
mod scanned;

use chrono::TimeDelta;
use norm_portal::comments::attachments::sweep::sweep;
use s3::Store;

use crate::harness::comments::{COMPOSER, VERDICT, checked, send};
use crate::harness::form::Filled;
use crate::harness::{Answer, Backend, Client, Person, Server, on_both};

const NORM: &str = "avoid-tampering";
const PDF: &[u8] = b"%PDF-1.7\nA paper.\n";

/// The digest of [`PDF`].
fn digest() -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(PDF))
}

/// A composer with a file, sent; the reference.
fn sent_with_file(person: &Person, name: &str, publication: &str) -> String {
    let form = person.whole_form(NORM, "See the paper.").set("publication", publication);
    send(&form.choose("attachment", name, PDF))
}

/// The address of the first file that a page shows.
#[track_caller]
fn file_on(page: &Answer) -> String {
    let dom = page.dom();
    let link = dom.select(&crate::harness::client::css("a[href^='/attachments/']")).next();
    link.expect("a file on the page").value().attr("href").unwrap().to_owned()
}

fn shows_no_file(page: &Answer) -> bool {
    page.all("a[href^='/attachments/']").is_empty()
}

/// The button that takes the first file away again.
fn removal(form: &Filled, page: &Answer) -> Answer {
    form.go(&format!("remove-{}", file_on(page).strip_prefix("/attachments/").unwrap()))
}

on_both! {
    fn a_file_goes_along_with_a_comment(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let form = ada.whole_form(NORM, "See the paper.").choose("attachment", "Paper \u{202e}(final).pdf", PDF);
        let check = form.go("check").expect(200);
        check.reads("Paper (final).pdf").reads("PDF document").reads("18 bytes");
        let sent = check.form(COMPOSER).go("send").expect(303);
        let receipt = sent.follow().expect(200);
        receipt.reads("Paper (final).pdf").reads(&digest());
        let reference = receipt.one(".receipt-reference");
        let mail = server.mail_to(&ada.email).body;
        assert!(mail.contains("Paper (final).pdf (PDF document, 18 bytes)") && mail.contains(&digest()), "{mail}");
        assert!(server.number(&format!(
            "SELECT count(*) AS n FROM audit_log WHERE action = 'comment.submitted' AND detail LIKE '%{}%'", digest()
        )) == 1);
        let file = file_on(&receipt);
        for page in [ada.get(&format!("/my-comments/{reference}")), mo.get(&format!("/secretariat/comments/{reference}"))] {
            assert_eq!(file_on(&page.expect(200)), file);
        }
        let (reader, eve) = (server.anonymous(), server.stakeholder("eve"));
        // While it waits, its author and the desk have it, and nobody else.
        for browser in [ada.client(), mo.client()] {
            let got = browser.get(&file).expect(200);
            assert_eq!((got.body.as_slice(), got.header("cache-control")), (PDF, Some("private, no-store")));
        }
        for browser in [&reader, eve.client()] {
            browser.get(&file).expect(404).lacks("A paper.");
        }
        mo.publish(&reference);
        assert_eq!(file_on(&reader.get(&format!("/comments/{reference}")).expect(200)), file);
        let got = reader.get(&file).expect(200);
        assert_eq!(got.body, PDF);
        // Withdrawn, it is gone for everybody else.
        ada.get(&format!("/my-comments/{reference}/withdrawal")).form(COMPOSER).press().expect(303);
        reader.get(&file).expect(404);
        eve.get(&file).expect(404);
        ada.get(&file).expect(200);
        server.assert_audit_holds();
    }

    fn what_is_not_public_is_given_to_nobody(server: Server) {
        let (ada, mo, eve) = (server.stakeholder("ada"), server.moderator("mo"), server.stakeholder("eve"));
        let for_the_commission = sent_with_file(&ada, "a.pdf", "commission");
        let declined = sent_with_file(&ada, "b.pdf", "named");
        let returned = sent_with_file(&ada, "c.pdf", "named");
        mo.publish(&for_the_commission);
        mo.decide(&declined, "decline", "off-topic", "It is about something else.").expect(303);
        mo.decide(&returned, "return", "", "Which clause?").expect(303);
        for reference in [&for_the_commission, &declined, &returned] {
            let file = file_on(&ada.get(&format!("/my-comments/{reference}")).expect(200));
            ada.get(&file).expect(200);
            mo.get(&file).expect(200);
            eve.get(&file).expect(404);
            server.anonymous().get(&file).expect(404);
        }
        eve.get("/attachments/018f0000-0000-7000-8000-000000000000").expect(404);
        eve.get("/attachments/..%2f..%2fnorm-portal.db").expect(404);
    }

    fn members_of_the_organisation_a_comment_was_sent_for_have_its_files(server: Server) {
        let (ada, bob) = (server.stakeholder("ada"), server.stakeholder("bob"));
        let file = file_on(&ada.get(&format!("/receipts/{}", sent_with_file(&ada, "a.pdf", "named"))));
        bob.get(&file).expect(404);
        let founder = "SELECT id FROM accounts WHERE email = 'ada@example.org'";
        server.execute(&format!(
            "INSERT INTO organisations (id, name, folded_name, stakeholder_group, founded_by, version, created_at)
             SELECT id, 'O', 'o', 'academia', ({founder}), 1, submitted_at FROM comments"
        ));
        server.execute(
            "INSERT INTO organisation_comments (comment_id, organisation_id, submitted_at)
             SELECT id, id, submitted_at FROM comments",
        );
        let join = |state: &str| {
            server.execute("DELETE FROM memberships");
            server.execute(&format!(
                "INSERT INTO memberships (organisation_id, account_id, state, grounds, asked_at)
                 SELECT organisations.id, accounts.id, '{state}', 'approval', organisations.created_at
                 FROM organisations, accounts WHERE accounts.email = 'bob@example.org'"
            ));
        };
        for (state, status) in [("asked", 404), ("member", 200), ("left", 404)] {
            join(state);
            bob.get(&file).expect(status);
        }
    }

    fn a_file_is_given_out_only_to_be_saved(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let form = ada.whole_form(NORM, "See the letter.");
        let name = "../l\u{e9}tt\"re\r\nx: y.html";
        let reference = send(&form.choose("attachment", name, "Nothing but <script>text</script>."));
        mo.publish(&reference);
        let reader = server.anonymous();
        let file = file_on(&reader.get(&format!("/comments/{reference}")));
        let got = reader.get(&file).expect(200);
        assert_eq!(got.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(
            got.header("content-disposition"),
            Some("attachment; filename=\"l_tt_rex_ y.html.txt\"; filename*=UTF-8''l%C3%A9tt%22rex%3A%20y.html.txt")
        );
        assert!(got.header("content-security-policy").unwrap().starts_with("sandbox; default-src 'none'"));
        let tag = got.header("etag").unwrap().to_owned();
        let again = reader.get_with(&file, &[("if-none-match", &tag)]).expect(304);
        assert!(again.body.is_empty());
    }

    fn a_file_is_taken_away_again(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.whole_form(NORM, "Kept.").choose("attachment", "a.pdf", PDF).choose("attachment", "b.pdf", PDF);
        let page = form.go("check").expect(200).form(COMPOSER).go("edit").expect(200);
        assert_eq!(page.all("a[href^='/attachments/']"), ["a.pdf", "b.pdf"]);
        let gone = file_on(&page);
        let page = removal(&page.form(COMPOSER), &page).expect(200);
        assert_eq!(page.all("a[href^='/attachments/']"), ["b.pdf"]);
        assert_eq!(page.form(COMPOSER).value("rationale"), "Kept.");
        ada.get(&gone).expect(404);
        send(&page.form(COMPOSER));
        assert_eq!((server.count("attachments"), stored(&server)), (1, 1));
    }

    fn a_form_sent_again_attaches_nothing_twice(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.whole_form(NORM, "Once.").choose("attachment", "a.pdf", PDF);
        form.go("check").expect(200);
        send(&form);
        assert_eq!((server.count("attachments"), stored(&server)), (1, 1));
        // The sent form takes nothing more.
        let late = form.choose("attachment", "late.pdf", PDF).go("check").expect(422);
        late.reads("late.pdf is not attached: this form was sent already");
        assert_eq!((server.count("attachments"), stored(&server)), (1, 1));
    }

    fn nobody_attaches_to_what_is_anothers(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let form = ada.whole_form(NORM, "Mine.").choose("attachment", "a.pdf", PDF);
        let page = form.go("check").expect(200);
        let (id, file) = (form.value("form_id").to_owned(), file_on(&page));
        let forged = || eve.whole_form(NORM, "Hers.").forge("form_id", &id);
        let answer = forged().choose("attachment", "b.pdf", PDF).go("check").expect(422);
        assert!(shows_no_file(&answer), "her form shows the other's file");
        forged().go_unseen(&format!("remove-{}", file.strip_prefix("/attachments/").unwrap())).expect(200);
        eve.get(&file).expect(404);
        assert_eq!((server.count("attachments"), stored(&server)), (1, 1));
        let reference = page.form(COMPOSER).go("send").expect(303).location().replace("/receipts/", "");
        forged().choose("attachment", "b.pdf", PDF).go("check").expect(422);
        let version = ada.get(&format!("/my-comments/{reference}/correction")).form(COMPOSER);
        let correction = eve.whole_form(NORM, "x").forge("version", version.value("version"));
        correction.choose("attachment", "b.pdf", PDF).at(&format!("/my-comments/{reference}/correction")).go("check").expect(404);
        assert_eq!((server.count("attachments"), stored(&server)), (1, 1));
    }

    fn no_paper_and_no_table_reaches_into_what_is_anothers(server: Server) {
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let form = ada.whole_form(NORM, "Mine.").choose("attachment", "a.pdf", PDF);
        let page = form.go("check").expect(200);
        let id = form.value("form_id").to_owned();
        let untouched = |who: &Person| {
            let paper = who.get("/submissions/paper").form("main form").set("title", "T").set("text", "A text.");
            paper.forge("form_id", &id).choose("document", "b.txt", "Unseen.").go_unseen("next").expect(303);
            let table = who.get("/submissions/table").form("main form").forge("form_id", &id);
            let csv = "Norm,Clause,Words,Why\n3,a,,Because.\n";
            assert!(table.choose("table", "b.csv", csv).press().status < 500);
            assert_eq!(server.count("attachments WHERE name = 'a.pdf'"), 1);
            assert_eq!(server.count("attachments WHERE name LIKE 'b.%' AND holder = (SELECT holder FROM attachments WHERE name = 'a.pdf')"), 0);
        };
        untouched(&eve);
        // A form that holds somebody else's file is not sent either.
        let own = eve.whole_form(NORM, "Hers.").go("check").expect(200).form(COMPOSER);
        own.forge("form_id", &id).go_unseen("send").expect(409);
        page.form(COMPOSER).go("send").expect(303);
        untouched(&eve);
        untouched(&ada);
    }

    fn the_files_of_a_draft_go_with_it(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.whole_form(NORM, "Not yet.").choose("attachment", "a.pdf", PDF);
        let saved = form.go("save").expect(303).location();
        assert_eq!((server.count("attachments"), stored(&server)), (1, 1));
        ada.get(&format!("{saved}/discard")).form("main form").press().expect(303);
        assert_eq!((server.count("attachments"), stored(&server)), (0, 0));
    }

    fn a_file_that_comes_with_a_correction_is_seen_before_it_is_public(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "Without a file.", "named");
        let verdict = mo.verdict_form(&reference);
        let form = ada.get(&format!("/my-comments/{reference}/correction")).expect(200).form(COMPOSER);
        let check = form.clone().choose("attachment", "a.pdf", PDF).go("check").expect(200);
        assert_eq!(server.audited("comment.file_attached"), 1);
        // The moderator's page is from before the file.
        verdict.set("outcome", "publish").press().expect(409);
        check.form(COMPOSER).go("send").expect(303);
        // The same page once more, from before the file: the file is there, nothing is lost.
        let page = ada.get(&format!("/my-comments/{reference}/correction")).expect(200);
        let file = file_on(&page);
        let page = removal(&page.form(COMPOSER), &page).expect(200);
        assert!(shows_no_file(&page));
        assert_eq!(server.audited("comment.file_removed"), 1);
        checked(&page.form(COMPOSER)).go("send").expect(303);
        ada.get(&file).expect(404);
        assert_eq!(mo.get(&format!("/secretariat/comments/{reference}")).expect(200).form(VERDICT).action(), format!("/secretariat/comments/{reference}/decision"));
        // The same correction sent twice with its file is no conflict.
        let form = ada.get(&format!("/my-comments/{reference}/correction")).form(COMPOSER).choose("attachment", "b.pdf", PDF);
        form.go("check").expect(200);
        form.go("check").expect(200).form(COMPOSER).go("send").expect(303);
        mo.publish(&reference);
        // Published, it takes no file any more.
        let late = form.choose("attachment", "late.pdf", PDF).go("check");
        assert!(matches!(late.status, 409 | 422), "{}", late.status);
        assert_eq!(server.count("attachments"), 1);
        server.assert_audit_holds();
    }

    fn files_are_not_taken_while_nobody_is_signed_in(server: Server) {
        let ada = server.stakeholder("ada");
        let form = ada.whole_form(NORM, "Long thought about.").choose("attachment", "a.pdf", PDF);
        ada.sign_out();
        let signing = form.go("check").expect(401).form("main form");
        assert_eq!((server.count("attachments"), stored(&server)), (0, 0));
        let back = signing.set("email", &ada.email).set("password", &ada.password).press().expect(200);
        let page = back.form("main form").press().expect(200);
        page.reads("were not kept").reads("Choose them again");
        assert_eq!(page.form(COMPOSER).value("rationale"), "Long thought about.");
        // A form from before signing in again changes nothing, but says so.
        let page = form.go("check").expect(200);
        page.reads("Choose them again");
        assert!(shows_no_file(&page));
        assert_eq!((server.count("attachments"), stored(&server)), (0, 0));
    }

    fn what_was_never_sent_is_thrown_away_after_thirty_days(server: Server) {
        let ada = server.stakeholder("ada");
        let sent = sent_with_file(&ada, "sent.pdf", "named");
        let begun = ada.whole_form(NORM, "Never sent.").choose("attachment", "begun.pdf", PDF);
        let file = file_on(&begun.go("check").expect(200));
        let drafted = ada.whole_form(NORM, "Kept as a draft.").choose("attachment", "drafted.pdf", PDF);
        let kept = file_on(&drafted.go("check").expect(200));
        keep_as_draft(&server, "drafted.pdf", 20);
        let files = files_of(&server);
        server.pass(TimeDelta::days(29));
        assert_eq!(sweep(server.db(), &files, server.clock().now()).unwrap(), 0);
        server.pass(TimeDelta::days(2));
        assert_eq!(sweep(server.db(), &files, server.clock().now()).unwrap(), 1);
        assert_eq!(sweep(server.db(), &files, server.clock().now()).unwrap(), 0);
        assert_eq!((server.count("attachments"), stored(&server)), (2, 2));
        server.pass(TimeDelta::days(20));
        assert_eq!(sweep(server.db(), &files, server.clock().now()).unwrap(), 1);
        ada.sign_in();
        for gone in [file, kept] {
            ada.get(&gone).expect(404);
        }
        ada.get(&file_on(&ada.get(&format!("/receipts/{sent}")))).expect(200);
        assert_eq!((server.audited("attachments.swept"), server.count("attachments")), (2, 1));
        server.assert_audit_holds();
    }

    fn one_person_attaches_so_many_files_a_day_and_no_more(server: Server) {
        let ada = server.stakeholder("ada");
        let first = ada.whole_form(NORM, "First.").choose("attachment", "a.pdf", PDF);
        first.go("check").expect(200);
        let copy = |n: usize| {
            server.execute(&format!(
                "INSERT INTO attachments (id, holder, account_id, name, media_type, size, sha256, created_at)
                 SELECT {}, id, account_id, 'x', media_type, size, sha256, created_at
                 FROM attachments WHERE name = 'a.pdf'", bytes(&server, n)
            ))
        };
        (0..98).for_each(|n| assert_eq!(copy(n), 1));
        ada.whole_form(NORM, "Last.").choose("attachment", "b.pdf", PDF).go("check").expect(200);
        let form = ada.whole_form(NORM, "Too many.").choose("attachment", "c.pdf", PDF);
        form.go("check").expect(422).reads("c.pdf is not attached: you attached as many files today");
        server.pass(TimeDelta::hours(25));
        ada.sign_in();
        ada.whole_form(NORM, "Tomorrow.").choose("attachment", "c.pdf", PDF).go("check").expect(200);
    }

    fn a_store_that_speaks_s3_holds_files_too(backend: Backend) {
        let store = Store::start();
        let server = Server::start_with(backend, |config| store.settings(config));
        let (ada, eve) = (server.stakeholder("ada"), server.stakeholder("eve"));
        let page = ada.whole_form(NORM, "See the paper.").choose("attachment", "a.pdf", PDF).choose("attachment", "b.pdf", b"%PDF-1.4 b");
        let page = page.go("check").expect(200).form(COMPOSER).go("edit").expect(200);
        assert_eq!(store.objects().len(), 2);
        let page = removal(&page.form(COMPOSER), &page).expect(200);
        assert_eq!(store.objects(), [b"%PDF-1.4 b"]);
        let file = file_on(&page);
        assert_eq!(ada.get(&file).expect(200).body, b"%PDF-1.4 b");
        eve.get(&file).expect(404);
        // It is down: nothing is half stored, what was typed is there, and later it goes on.
        store.go_down();
        let form = page.form(COMPOSER).set("rationale", "Typed with care.");
        form.clone().choose("attachment", "c.pdf", PDF).go("check").expect(503).reads("Typed with care.");
        ada.get(&file).expect(503);
        assert_eq!(server.count("attachments"), 1);
        send(&form);
        assert_eq!(store.refused(), Vec::<String>::new());
        assert!(!server.data_dir().join("attachments").exists(), "nothing lies in the folder");
        let (elsewhere, asked) = (Store::start(), store.asked());
        store.lead_to(&elsewhere);
        assert_ne!(ada.get(&file).status, 200);
        assert!(store.asked() > asked);
        assert_eq!(elsewhere.asked(), 0, "nobody goes where a store leads");
        let swept = files_of(&server);
        server.pass(TimeDelta::days(40));
        assert_eq!(sweep(server.db(), &swept, server.clock().now()).unwrap(), 0, "what was sent stays");
    }
}

/// The files of the folder or bucket that the settings of `server` name.
fn files_of(server: &Server) -> norm_portal::files::Files {
    let config = server.portal().site().config();
    config.files.open(&config.data_dir).unwrap()
}

/// How many files lie in the folder.
fn stored(server: &Server) -> usize {
    let folders = std::fs::read_dir(server.data_dir().join("attachments")).unwrap();
    folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

/// Sixteen bytes in the words of the database.
fn bytes(server: &Server, n: usize) -> String {
    let hex = format!("{n:032x}");
    if server.database_url().is_some() { format!("decode('{hex}', 'hex')") } else { format!("x'{hex}'") }
}

/// Makes a draft of the form that holds the file `name`, changed `days` from now.
fn keep_as_draft(server: &Server, name: &str, days: i64) {
    let edited = (server.clock().now() + TimeDelta::days(days)).format("%Y-%m-%d %H:%M:%S");
    server.execute(&format!(
        "INSERT INTO drafts (id, account_id, purpose, title, content, version, edited_by, edited_at, created_at)
         SELECT holder, account_id, 'comment', 't', '[]', 1, account_id, '{edited}', created_at
         FROM attachments WHERE name = '{name}'"
    ));
}

/// Somebody who never signed in sees nothing of files.
#[test]
fn an_address_says_nothing_to_strangers() {
    let server = Server::start(Backend::Sqlite);
    let client: Client = server.anonymous();
    client.get("/attachments/none").expect(404);
    client.get("/attachments/018f0000-0000-7000-8000-000000000000").expect(404);
}
