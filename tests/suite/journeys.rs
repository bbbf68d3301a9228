//! Whole journeys of people through the real program in a real Chromium: from the invitation on the operator's screen to
//! the exported files: with the pages' scripts off on the embedded database, with scripts on `PostgreSQL`. What one database
//! does otherwise than the other, the tests without a browser find.
//!
//! Every page that somebody comes to is checked by [`visitor::Visitor::see`].

mod desk;
mod exports;
mod keyboard;
pub mod letter;
mod organisation;
mod program;
mod selecting;
mod stakeholder;
mod table;
mod tour;
pub mod typing;
pub mod visitor;

use exports::Edition;
use program::Program;
use stakeholder::AUTHOR;
use visitor::Visitor;

use crate::harness::Backend;

/// What the author sent, by the references of the receipts.
pub struct Sent {
    /// One word of `avoid-tampering` changed; to be published under the organisation's name.
    pub wording: String,
    /// A lever for `cyber-hygiene`; to be declined.
    pub lever: String,
    /// About `botnets` as a whole, for the Commission only; to be accepted.
    pub confidential: String,
}

#[test]
fn scripts_off() {
    journey(Backend::Sqlite, false, Some(""));
}

#[test]
fn scripts_on() {
    journey(Backend::Postgresql, true, None);
}

fn journey(backend: Backend, scripts: bool, album: Option<&'static str>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let program = Program::start(backend);
        let desk = Visitor::start(&program.origin, scripts, album).await;
        let author = Visitor::start(&program.origin, scripts, album).await;

        let app = desk::found(&desk, &program).await;
        desk::join(&desk, &program).await;
        stakeholder::register(&author, &program).await;
        let sent = Sent {
            wording: stakeholder::change_a_word(&author, &program).await,
            lever: stakeholder::propose_a_lever(&author, &program).await,
            confidential: keyboard::comment(&author).await,
        };
        stakeholder::follow_up(&author, &sent).await;
        desk::decide(&desk, &sent).await;
        the_author_hears(&program, &sent);
        stakeholder::read_decisions(&author, &sent).await;
        the_public_reads(&author, &sent).await;
        the_commission_gets(&program, &sent);
        tour::of_the_public(&author).await;
        tour::of_the_desk(&desk, &app).await;
    });
}

/// One receipt and one decision for each comment, and nothing else.
fn the_author_hears(program: &Program, sent: &Sent) {
    let letter = |subject: String| program.letter(AUTHOR.email, &subject).body;
    let receipt = |reference: &str| letter(format!("We have received your comment {reference}"));
    let wording = receipt(&sent.wording);
    for words in ["allow", "permit", stakeholder::RATIONALE, "SHA-256", "Organisation only"] {
        assert!(wording.contains(words), "{words:?} is not in the receipt:\n{wording}");
    }
    assert!(receipt(&sent.lever).contains(stakeholder::ACTION));
    assert!(receipt(&sent.confidential).contains(keyboard::TEXT));

    let published = letter(format!("Your comment {} is published", sent.wording));
    assert!(published.contains(&program.page(&format!("/comments/{}", sent.wording))), "{published}");
    let declined = letter(format!("Your comment {} is declined", sent.lever));
    assert!(declined.contains("Reason: Off topic") && declined.contains(desk::STATEMENT), "{declined}");
    let accepted = letter(format!("Your comment {} is accepted", sent.confidential));
    assert!(!accepted.contains("/comments/GCSC"), "{accepted}");
    let all = program.letters().into_iter().filter(|letter| letter.to.contains(AUTHOR.email)).count();
    assert_eq!(all, 1 + 3 + 3, "the confirmation, three receipts, three decisions");
}

/// The published comment stands redlined on the norm's page and on its own; the others nowhere.
async fn the_public_reads(reader: &Visitor, sent: &Sent) {
    stakeholder::sign_out(reader).await;
    reader.open("/").await;
    assert!(reader.text().await.contains("1 published comment"));
    reader.see("29-home-with-a-comment").await;
    reader.open("/norms/avoid-tampering").await;
    let shown = reader.text().await;
    assert!(shown.contains(AUTHOR.organisation) && shown.contains(stakeholder::RATIONALE), "{shown}");
    assert!(!shown.contains(AUTHOR.name), "the author's name is not to be published");
    let redline = "return ['del', 'ins'].map((it) => document.querySelector(`.comments .redline ${it}`).textContent)";
    assert_eq!(reader.look(redline).await, serde_json::json!(["deleted: allow", "inserted: permit"]));
    reader.see_everywhere("30-norm-with-a-comment").await;

    reader.follow(&sent.wording).await;
    assert_eq!(reader.path().await, format!("/comments/{}", sent.wording));
    let shown = reader.text().await;
    assert!(shown.contains(AUTHOR.organisation) && !shown.contains(AUTHOR.name), "{shown}");
    assert!(shown.contains("Replace \u{201c}allow\u{201d} with \u{201c}permit\u{201d}."), "{shown}");
    reader.see_everywhere("31-permalink").await;

    for (norm, reference) in [("cyber-hygiene", &sent.lever), ("botnets", &sent.confidential)] {
        reader.open(&format!("/norms/{norm}")).await;
        let shown = reader.text().await;
        assert!(!shown.contains(reference.as_str()) && !shown.contains("1 published comment"), "{shown}");
        reader.open(&format!("/comments/{reference}")).await;
        assert!(reader.text().await.contains("There is no such page"));
    }
    reader.see("32-not-found").await;
}

/// Each edition holds exactly what it may, as CSV and as a workbook.
fn the_commission_gets(program: &Program, sent: &Sent) {
    let public = Edition::export(program, "public");
    let commission = Edition::export(program, "commission");
    assert_eq!(public.rows.len(), 1);
    assert_eq!(commission.rows.len(), 2);

    let permalink = program.page(&format!("/comments/{}", sent.wording));
    let said = [
        ("permalink", permalink.as_str()),
        ("norm", "avoid-tampering"),
        ("kind", "wording"),
        ("clause", "3(b)"),
        ("quote", "allow"),
        ("change", "replace"),
        ("proposed_wording", "permit"),
        ("rationale", stakeholder::RATIONALE),
        ("status", "published"),
        ("confidential", "no"),
        ("organisation", AUTHOR.organisation),
        ("country", "NL"),
    ];
    for edition in [&public, &commission] {
        let row = edition.row(&sent.wording);
        for (column, value) in said {
            assert_eq!(row.get(column).map(String::as_str), Some(value), "{column}");
        }
    }
    assert_eq!(public.row(&sent.wording).get("author_name"), None);
    assert_eq!(commission.row(&sent.wording)["author_name"], AUTHOR.name);
    assert_eq!(commission.row(&sent.confidential)["confidential"], "yes");
    assert_eq!(commission.row(&sent.confidential)["rationale"], keyboard::TEXT);

    assert_eq!(public.left_out, serde_json::json!({ "declined": 1, "confidential": 1 }));
    assert_eq!(commission.left_out, serde_json::json!({ "declined": 1 }));
    let nobody_may = [sent.lever.as_str(), stakeholder::ACTION, desk::STATEMENT, desk::NOTE, AUTHOR.email];
    for secret in nobody_may {
        assert!(!public.everything.contains(secret) && !commission.everything.contains(secret), "{secret}");
    }
    for secret in [sent.confidential.as_str(), keyboard::TEXT, AUTHOR.name] {
        assert!(!public.everything.contains(secret), "{secret}");
    }
}
