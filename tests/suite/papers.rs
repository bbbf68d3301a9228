//! Position papers, from the document to one submission of many comments.

mod documents;
mod faults;
mod journey;
mod memory;

use documents::SECTIONS;

use crate::harness::form::Filled;
use crate::harness::{Answer, Person, Server, on_both};

/// The form of every page of a paper.
const FORM: &str = "main form";

/// Begins a paper from a pasted text; its first page with parts.
#[track_caller]
fn begun(person: &Person, text: &str) -> Answer {
    let form = person.get("/submissions/paper").expect(200).form(FORM).set("title", "Our position").set("text", text);
    form.go("next").expect(303).follow().expect(200)
}

/// The headings of the parts.
fn headings(page: &Answer) -> Vec<String> {
    page.all("section h2").iter().map(|it| it.split_once(": ").unwrap().1.to_owned()).collect()
}

/// Makes every part that names a norm a comment on it, and leaves the others out.
fn linked(page: &Answer) -> Filled {
    let count = headings(page).len();
    (1..=count).fold(page.form(FORM), |form, n| {
        let role = if form.value(&format!("p{n}_norm")).is_empty() { "out" } else { "general" };
        form.set(&format!("p{n}_role"), role)
    })
}

/// Fails unless the paper of [`documents`] is divided at its headings, with the norm of each suggested.
#[track_caller]
fn assert_divided(page: &Answer, first: &str) {
    let found = headings(page);
    assert_eq!(found.len(), SECTIONS.len(), "{found:?}");
    assert!(found[0].starts_with(first), "{found:?}");
    let form = page.form(FORM);
    for (number, (heading, norm)) in (1..).zip(SECTIONS) {
        assert_eq!(form.value(&format!("p{number}_norm")), norm, "{heading}");
        assert!(form.value(&format!("p{number}_role")).is_empty(), "nothing is chosen beforehand");
    }
}

on_both! {
    fn a_document_of_twenty_pages_becomes_comments_on_four_norms(server: Server) {
        let ada = server.stakeholder("ada");
        let docx = documents::docx();
        let page = documents::send(&ada, "Our position", "", "../../etc/Position paper.docx", &docx);
        let page = page.expect(303).follow().expect(200);
        page.reads("Position paper.docx").lacks("etc/");
        // The title and the first heading have no text of their own between them.
        assert_divided(&page, "Position of a Synthetic Institute");
        let check = linked(&page).go("next").expect(303).follow().expect(200);
        assert_eq!(check.all("section h2").len(), 4);
        check.reads("4 comments").reads("Left out").reads("Closing remarks");
        assert_eq!(server.count("comments"), 0, "nothing is stored before it is sent");
        let form = check.form(FORM).set("publication", "organisation");
        let sent = form.go("send").expect(303);
        let reference = sent.location().strip_prefix("/receipts/").unwrap().to_owned();

        assert_eq!(server.count("comments WHERE state = 'pending' AND kind = 'general' AND publication = 'organisation'"), 4);
        let whose = "submissions s JOIN submission_parts p ON p.submission_id = s.id JOIN comments c ON c.id = p.comment_id";
        assert_eq!(server.count(&format!("{whose} WHERE s.reference = '{reference}' AND s.kind = 'paper' AND s.parts = 4")), 4);
        let norms = "SELECT count(DISTINCT norm_id) AS n FROM comments";
        assert_eq!(server.number(norms), 4);
        assert_eq!(server.count("submissions WHERE text LIKE '%Closing remarks%' AND text LIKE '%in section 5 says%'"), 1);
        assert_eq!(server.count("comment_revisions WHERE rationale LIKE '%Closing remarks%'"), 0);
        assert_eq!(server.count("attachments a JOIN submissions s ON a.holder = s.id WHERE a.name = 'Position paper.docx'"), 1);
        let digest = norm_portal::ids::sha256(&docx).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(server.count(&format!("attachments WHERE sha256 = '{digest}'")), 1);
        assert_eq!(server.count("drafts"), 0, "the draft has become the submission");

        let letters: Vec<_> = server.mails_to(&ada.email).into_iter().filter(|it| it.subject.contains(&reference)).collect();
        assert_eq!(letters.len(), 1, "one receipt for all");
        assert!(letters[0].body.contains("with 4 comments") && letters[0].body.contains("in section 2 says"));
        assert_eq!((server.audited("submission.sent"), server.audited("comment.submitted")), (1, 4));
        server.assert_audit_holds();

        // Sent again it is the same; so is every other page of it.
        assert_eq!(form.go("send").expect(303).location(), sent.location());
        assert_eq!(ada.get(&page.path).expect(303).location(), sent.location());
        assert_eq!(ada.get(&format!("{}/details", page.path)).expect(303).location(), sent.location());
        assert_eq!(server.count("comments"), 4);
    }

    fn words_and_levers_are_asked_for_and_sent(server: Server) {
        let ada = server.stakeholder("ada");
        let page = begun(&ada, "# Norm 3\n\nThe word is weak.\n\n# Norm 7\n\nAsk for updates in every tender.\n\n# More\n\nOf the same.\n");
        let form = page.form(FORM).set("p1_role", "wording").set("p2_role", "lever").set("p3_role", "before");
        let details = form.go("next").expect(303);
        assert_eq!(details.location(), format!("{}/details", page.path));
        let form = details.follow().expect(200).form(FORM);
        let wrong = form.go("next").expect(422);
        wrong.reads("Part 1: Paste the words").reads("Part 2: Choose who should act").reads("Choose the kind of instrument");
        let form = wrong.form(FORM).set("c2_actor", "regulator").set("c2_instrument", "procurement");
        // These words stand in the text three times.
        let form = form.set("c1_quote", "and").set("c1_proposed_wording", "or");
        let which = form.go("next").expect(422).reads("stand in several places").form(FORM);
        assert_eq!((which.value("c1_quote"), which.value("c1_proposed_wording")), ("and", "or"));
        let check = which.set("c1_occurrence", "10-10").go("next").expect(303).follow().expect(200);
        assert_eq!(check.one(".redline ins"), "inserted: or");
        check.reads("Ask for updates in every tender.").reads("Of the same.").reads("3(a)");
        let again = check.form(FORM).go("send").expect(422).reads("Choose what may be published").form(FORM);
        again.set("publication", "named").go("send").expect(303);
        assert_eq!(server.count("comment_revisions WHERE first_word = 10 AND last_word = 10 AND proposed_wording = 'or'"), 1);
        assert_eq!(server.count("comment_revisions WHERE actor = 'regulator' AND action LIKE '%tender.%Of the same.'"), 1);
    }

    fn of_two_who_save_the_second_is_warned_and_both_are_kept(server: Server) {
        let ada = server.stakeholder("ada");
        let page = begun(&ada, "# One\n\nThe first text.\n\n# Two\n\nThe second text.\n");
        let (mine, other) = (page.form(FORM), page.form(FORM));
        mine.set("p1_text", "Saved first.").go("save").expect(303).follow().reads("The paper is saved");
        let warned = other.set("p1_text", "Typed meanwhile.").go("next").expect(409);
        warned.reads("changed meanwhile").reads("Typed meanwhile.");
        assert_eq!(ada.get(&page.path).form(FORM).value("p1_text"), "Saved first.");
        warned.form(FORM).go("save").expect(303);
        let now = ada.get(&page.path).form(FORM);
        assert!(now.value("p1_text").starts_with("Typed meanwhile.") && now.value("p2_text").contains("second"));
    }
}

#[test]
fn every_format_is_read_and_divided() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let odt = documents::odt();
    let page = documents::send(&ada, "Our position", "", "paper.odt", &odt).expect(303).follow();
    assert_divided(&page, "Position of a Synthetic Institute");
    let page =
        documents::send(&ada, "Our position", "", "paper.txt", documents::text().as_bytes()).expect(303).follow();
    assert!(headings(&page).iter().any(|it| it.starts_with("2. Norm to Avoid Tampering")));
    let page = documents::send(&ada, "Our position", "", "paper.pdf", documents::PDF).expect(303).follow();
    let found = headings(&page);
    for (heading, norm) in SECTIONS.iter().filter(|(_, norm)| !norm.is_empty()) {
        // A long heading may be two lines.
        let at = found.iter().position(|it| it.starts_with(&heading[..20])).unwrap_or_else(|| panic!("{found:?}"));
        assert_eq!(page.form(FORM).value(&format!("p{}_norm", at + 1)), *norm);
    }
    page.lacks("position-paper.html").lacks("AM p");
    // A text beside the document counts; the document is kept all the same.
    let page = documents::send(&ada, "Our position", "Only this.", "paper.pdf", documents::PDF).expect(303).follow();
    assert_eq!(headings(&page), ["Only this."]);
    page.reads("paper.pdf");
}
