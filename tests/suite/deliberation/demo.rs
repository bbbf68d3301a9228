//! More than two hundred comments of the demo become ten issues: found by the words they touch, put under them many at a
//! time, decided by one person, validated by another, published together; everybody who wrote has a letter, and everyone
//! reads the outcome with the final text. Every page is looked at in Chromium, its scripts off, filled as it will be.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use norm_portal::norms::package::SHIPPED;

use super::{NORM, PATH, draft_of, id};
use crate::harness::form::Filled;
use crate::harness::people::sign_in;
use crate::harness::rows::Rows;
use crate::harness::{Authenticator, Backend, Client, Program};
use crate::journeys::letter::Letter;
use crate::journeys::visitor::Visitor;

/// Somewhat more than half of them are accepted.
const COMMENTS: u32 = 420;
const PATIENCE: Duration = Duration::from_secs(60);

/// The texts besides [`NORM`], and words of each that stand for all that is said about them.
const OTHERS: [&str; 8] = [
    "public-core",
    "electoral-infrastructure",
    "botnets",
    "vulnerability-equities-process",
    "significant-vulnerabilities",
    "cyber-hygiene",
    "non-state-offensive-operations",
    "cyber-stability",
];

/// An issue as the desk writes it.
struct Asked {
    norm: &'static str,
    /// The words it is about; empty: the text as a whole.
    quote: String,
    statement: String,
    recommendation: &'static str,
    disposition: &'static str,
    reasons: &'static str,
}

const OPEN: &str = "The comments differ in where the line lies, and agree that one is needed. The Commission keeps the words and \
                    explains in the report how they are meant.";

/// The ten issues: two on one text, one on each of the others.
fn asked(mo: &Client) -> Vec<Asked> {
    let mut all = vec![
        Asked {
            norm: NORM,
            quote: "State and non-state actors should not tamper with products and services".to_owned(),
            statement:
                "Whether the norm says \"should\" or \"must\", and whether it names those who act on behalf of others."
                    .to_owned(),
            recommendation: "Say \"must\": the duty is not one of degree.",
            disposition: "adopted",
            reasons: "A norm that protects the stability of cyberspace has to bind those who can endanger it. Those who act on \
                      behalf of others are actors, and need not be named.",
        },
        Asked {
            norm: NORM,
            quote: String::new(),
            statement: "How states and industry put the norm into practice.".to_owned(),
            recommendation: "Take the levers into the annex of the report.",
            disposition: "adopted-in-part",
            reasons: "The annex lists levers that several groups propose. It recommends none of them to all states.",
        },
    ];
    for norm in OTHERS {
        let page = mo.get(&format!("{PATH}/norms/{norm}/issues")).expect(200);
        all.push(Asked {
            norm,
            quote: page.one("details .clean"),
            statement: "Whether the words are clear enough to be applied, and what would make them so.".to_owned(),
            recommendation: "Keep the words.",
            disposition: if norm == "botnets" { "deferred" } else { "adopted-in-other-words" },
            reasons: OPEN,
        });
    }
    all
}

#[track_caller]
fn begin(mo: &Client, it: &Asked) -> String {
    let form = mo.get(&format!("{PATH}/norms/{}/issues", it.norm)).expect(200).form("main form");
    let form = match it.quote.as_str() {
        "" => form.set("about", "whole"),
        quote => form.set("about", "words").set("quote", quote),
    };
    form.set("statement", &it.statement).press().expect(303).location()
}

fn tick_all(form: Filled) -> Filled {
    let offered = form.offered("item");
    offered.iter().fold(form, |form, item| form.tick("item", item))
}

/// Puts everything that touches what the issue is about under it, page by page.
#[track_caller]
fn put_what_touches(mo: &Client, issue: &str) {
    let mut path = format!("{issue}/comments");
    loop {
        let page = mo.get(&path).expect(200);
        if !page.all("#found .actions").is_empty() {
            tick_all(page.form("#found")).go("put").expect(303);
        }
        if page.all("a[rel=next]").is_empty() {
            return;
        }
        path = page.link("a[rel=next]");
    }
}

/// Puts everything that is under no issue under this one, page by page.
#[track_caller]
fn put_what_is_left(mo: &Client, norm: &str, issue: &str) {
    let path = format!("{PATH}/norms/{norm}/left");
    loop {
        let page = mo.get(&path).expect(200);
        if page.all("main form").is_empty() {
            return;
        }
        tick_all(page.form("main form")).set("issue", id(issue)).go("put").expect(303);
    }
}

/// The shipped package with a final version of [`NORM`], as the operator writes it.
fn with_final_text(program: &Program) -> PathBuf {
    let (before, text) = SHIPPED.split_at(SHIPPED.find(&format!("slug = \"{NORM}\"")).expect("the text"));
    let text = text.replacen("label = \"1\"", "label = \"2\"\nfinal = true", 1);
    let text = text.replacen("should not tamper", "must not tamper", 1);
    let file = program.data_dir().join("final.toml");
    std::fs::write(&file, format!("{before}{text}")).expect("a file of the operator");
    file
}

/// Every letter with a decision, once as many have left as comments were answered.
fn letters(program: &Program) -> Vec<Letter> {
    let rows = program.database();
    let (decided, until) = ("outbox WHERE once_key LIKE 'decided:%'", Instant::now() + PATIENCE);
    assert_eq!(rows.count(decided), rows.count("answers"), "a letter for each comment that was answered");
    while rows.count(&format!("{decided} AND state <> 'sent'")) > 0 {
        assert!(Instant::now() < until, "letters wait");
        std::thread::park_timeout(Duration::from_millis(50));
    }
    let files = std::fs::read_dir(program.data_dir().join("mail")).expect("the folder of letters");
    let files =
        files.map(|file| file.expect("a file").path()).filter(|file| file.extension().is_some_and(|it| it == "eml"));
    let read = files.map(|file| Letter::parse(&std::fs::read(file).expect("a letter")));
    read.filter(|letter| letter.subject.starts_with("Decision on your comment")).collect()
}

async fn signed_in(origin: &str, who: &str, password: &str, app: &Authenticator) -> Visitor {
    let visitor = Visitor::start(origin, false, Some("board-")).await;
    visitor.open(&format!("/sign-in?next={PATH}")).await;
    visitor.fill("email", &format!("{who}@example.org")).await;
    visitor.fill("password", password).await;
    visitor.press("Sign in").await;
    visitor.fill("code", &app.code()).await;
    visitor.press("Sign in").await;
    visitor
}

/// Everybody has one letter for each of their comments, and nobody else has any.
fn everybody_is_told(program: &Program, accepted: i64) {
    let answered: BTreeSet<(String, String)> = program
        .database()
        .names(
            "SELECT c.reference || ' ' || a.email AS t FROM answers JOIN comments c ON c.id = answers.comment_id \
             JOIN accounts a ON a.id = c.account_id",
        )
        .iter()
        .map(|pair| pair.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("two words"))
        .collect();
    let letters = letters(program);
    let told: BTreeSet<(String, String)> = letters
        .iter()
        .map(|it| {
            (it.subject.rsplit(' ').next().unwrap_or_default().to_owned(), it.to.trim_matches(['<', '>']).to_owned())
        })
        .collect();
    assert_eq!((told.len(), letters.len()), (answered.len(), answered.len()));
    assert_eq!(told, answered);
    assert_eq!(i64::try_from(letters.len()), Ok(accepted));
    assert!(letters.iter().all(|it| it.body.contains("Reasons: ") && it.body.contains("We ask once: ")));
}

fn nothing_hidden_is_found(reader: &Client, rows: &Rows) {
    for hidden in rows.names("SELECT reference AS t FROM comments WHERE publication = 'commission'") {
        let found = reader.get(&format!("/outcome?reference={hidden}")).expect(200);
        found.reads("No published comment has this reference");
    }
}

#[test]
fn two_hundred_comments_become_ten_issues_and_everybody_who_wrote_is_told() {
    let program = Program::new(Backend::Sqlite);
    let serving = program.demo(COMMENTS);
    let password = serving.password.clone().expect("a password");
    let rows = program.database();
    let accepted = rows.count("comments WHERE state = 'published'");
    assert!(accepted >= 200, "{accepted} are accepted");
    program.done(&["import-norms", with_final_text(&program).to_str().expect("a path")]);
    let (mo, sec, reader) = (serving.client(), serving.client(), serving.client());
    let (app_of_mo, app_of_sec) = (serving.app(), serving.app());
    app_of_mo.enter(&sign_in(&mo, "moderator@example.org", &password).expect(303).follow()).expect(303);
    app_of_sec.enter(&sign_in(&sec, "secretariat@example.org", &password).expect(303).follow()).expect(303);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (desk, head) = runtime.block_on(async {
        let desk = signed_in(&serving.origin, "moderator", &password, &app_of_mo).await;
        desk.see_everywhere("01-overview").await;
        desk.open(&format!("{PATH}/norms/{NORM}/left")).await;
        desk.see_everywhere("02-left").await;
        (desk, signed_in(&serving.origin, "secretariat", &password, &app_of_sec).await)
    });

    let all = asked(&mo);
    let issues: Vec<String> = all.iter().map(|it| begin(&mo, it)).collect();
    runtime.block_on(async {
        desk.open(&format!("{}/comments", issues[0])).await;
        desk.see_everywhere("03-find").await;
        desk.open(&format!("{}/comments?how=search&q=international+law", issues[0])).await;
        desk.see_everywhere("04-search").await;
    });
    for (it, issue) in all.iter().zip(&issues).filter(|(it, _)| !it.quote.is_empty()) {
        put_what_touches(&mo, issue);
        assert!(rows.count("issue_comments") > 0, "{}", it.norm);
    }
    let last = |norm: &str| all.iter().rposition(|it| it.norm == norm).expect("an issue on every text");
    for norm in OTHERS.iter().chain([&NORM]) {
        put_what_is_left(&mo, norm, &issues[last(norm)]);
    }
    assert_eq!(
        rows.count("comments WHERE state = 'published' AND issues = 0"),
        0,
        "every accepted comment is under an issue"
    );
    assert_eq!(rows.count("issue_comments"), accepted);
    for (it, issue) in all.iter().zip(&issues) {
        let form = draft_of(&mo, issue).set("options", "Keep the words\nChange them\nExplain them in the report");
        let form = form.set("recommendation", it.recommendation).set("disposition", it.disposition);
        form.set("reasons", it.reasons).go("propose").expect(303);
        // Whoever proposed it does not validate it.
        let steps = mo.get(issue).expect(200).form("main form[action$='/steps']");
        steps.go_unseen("validate").expect(403);
    }
    runtime.block_on(async {
        desk.open(&issues[0]).await;
        desk.see_everywhere("05-own-proposal").await;
        head.open(&issues[0]).await;
        head.see_everywhere("06-second-person").await;
    });
    for issue in &issues {
        sec.get(issue).expect(200).form("main form[action$='/steps']").go("validate").expect(303);
    }
    reader.get(&format!("/norms/{NORM}/outcome")).expect(200).reads("No decision is published yet");
    assert_eq!(rows.count("outbox WHERE once_key LIKE 'decided:%'"), 0, "nobody hears of what is not published");
    runtime.block_on(async {
        head.open(&format!("{PATH}/publication")).await;
        head.see_everywhere("07-publication").await;
    });
    let form = tick_all(sec.get(&format!("{PATH}/publication")).expect(200).form("main form"));
    assert_eq!(form.offered("item").len(), 10);
    let batch = form.press().expect(303).location();

    everybody_is_told(&program, accepted);

    let outcome = reader.get(&format!("/norms/{NORM}/outcome")).expect(200);
    outcome.reads("From version 1, which was put out for comment, to the final version 2");
    assert_eq!((outcome.one("del"), outcome.one("ins")), ("deleted: should".to_owned(), "inserted: must".to_owned()));
    for (it, number) in all.iter().zip([1, 2, 1, 1, 1, 1, 1, 1, 1, 1]) {
        let page = reader.get(&format!("/norms/{}/outcome/{number}", it.norm)).expect(200);
        page.reads(&it.statement).reads(it.reasons);
        reader.get(&format!("/norms/{}/outcome", it.norm)).expect(200).reads(&it.statement);
    }
    nothing_hidden_is_found(&reader, &rows);
    runtime.block_on(async {
        head.open(&batch).await;
        head.see_everywhere("08-published").await;
        desk.open(&format!("{PATH}/norms/{NORM}")).await;
        desk.see_everywhere("09-board").await;
        desk.open(PATH).await;
        desk.see("10-overview").await;
        let public = rows.names(
            "SELECT c.reference AS t FROM comments c JOIN answers a ON a.comment_id = c.id \
             WHERE c.publication = 'named' AND c.state = 'published' ORDER BY c.submitted_at LIMIT 1",
        );
        let visitor = Visitor::start(&serving.origin, false, Some("board-")).await;
        visitor.open("/outcome").await;
        visitor.fill("reference", &public[0]).await;
        visitor.press("Find").await;
        visitor.see_everywhere("11-outcome").await;
        visitor.open(&format!("/norms/{NORM}/outcome")).await;
        visitor.see_everywhere("12-outcome-of-a-text").await;
        visitor.open(&format!("/norms/{NORM}/outcome/1")).await;
        visitor.see_everywhere("13-outcome-of-an-issue").await;
    });
    program.done(&["verify-audit"]);
}
