//! A day of two people at one desk with two hundred comments of the demo: what one works on, a conflict, undoing, many at
//! once, words taken out, an appeal, letters of a campaign. Decisions on single comments by keys alone.

use crate::harness::program::Serving;
use crate::harness::rows::Rows;
use crate::harness::{Backend, Program};
use crate::journeys::visitor::Visitor;

const QUEUE: &str = "/secretariat";

struct Desk {
    at: Visitor,
    rows: Rows,
}

impl Desk {
    async fn reads(&self, words: &str) {
        let text = self.at.text().await;
        assert!(text.contains(words), "{words:?} is not on {}:\n{text}", self.at.path().await);
    }

    /// Presses a key that leads to another page, once keys decide.
    async fn key(&self, keys: &str) {
        self.at.until("return document.readyState === 'complete' && performance.now() > 800").await;
        self.at.keys_to_next_page(keys).await;
    }

    /// The reference of the longest waiting comment that fits.
    fn oldest(&self, fits: &str) -> String {
        let query =
            format!("SELECT reference AS t FROM comments WHERE {fits} ORDER BY priority, submitted_at, id LIMIT 1");
        self.rows.names(&query).remove(0)
    }

    async fn open(&self, reference: &str) {
        self.at.open(&format!("{QUEUE}/comments/{reference}")).await;
    }
}

async fn arrive(program: &Program, serving: &Serving, name: &str, password: &str) -> Desk {
    let at = Visitor::start(&serving.origin, true, Some("day-")).await;
    at.open(&format!("/sign-in?next={QUEUE}")).await;
    at.fill("email", &format!("{name}@example.org")).await;
    at.fill("password", password).await;
    at.press("Sign in").await;
    at.fill("code", &serving.app().code()).await;
    at.press("Sign in").await;
    Desk { at, rows: program.database() }
}

async fn claims_and_conflicts(mo: &Desk, sec: &Desk) {
    mo.at.see_everywhere("01-queue").await;
    let first = mo.oldest("state = 'pending'");
    sec.open(&first).await;
    mo.at.until("return document.readyState === 'complete' && performance.now() > 800").await;
    mo.at.keys("jk").await;
    mo.key("c").await;
    mo.reads("The comment is yours for 15 minutes").await;
    mo.open(&first).await;
    mo.key("f").await;
    mo.reads(&format!("{first}: Accepted")).await;
    mo.at.see("03-accepted").await;
    sec.at.choose("outcome", "publish").await;
    sec.at.fill("note", "I would have said the same.").await;
    sec.at.press("Decide").await;
    sec.reads("yours was not saved").await;
    assert_eq!(sec.at.look("return document.getElementById('note').value").await, "I would have said the same.");
    sec.at.see("04-conflict").await;
    mo.key("u").await;
    mo.reads("The decision is undone. Its letter had not left.").await;
}

async fn many_at_once(mo: &Desk) {
    let waiting = mo.rows.count("comments WHERE state = 'pending' AND kind = 'general'");
    mo.at.open(&format!("{QUEUE}?kind=general")).await;
    mo.at.press("Decide on all that are listed, at most 100").await;
    mo.reads(&format!("Decide on {waiting} comments")).await;
    mo.at.choose("outcome", "publish").await;
    mo.at.see_everywhere("05-bulk").await;
    mo.at.press(&format!("Decide on these \u{2068}{waiting}\u{2069} comments")).await;
    mo.reads(&format!("{waiting} of {waiting} decided")).await;
    mo.at.see_everywhere("06-batch").await;
    mo.at.press(&format!("Undo \u{2068}{waiting}\u{2069} decisions")).await;
    mo.reads("Every decision was undone").await;
    assert_eq!(mo.rows.count("comments WHERE state = 'pending' AND kind = 'general'"), waiting);
}

async fn words_taken_out(mo: &Desk) {
    let reference = mo.oldest("state = 'pending' AND kind = 'wording' AND publication = 'named' AND language = 'en'");
    let said = format!(
        "SELECT rationale AS t FROM comment_revisions WHERE comment_id IN (SELECT id FROM comments WHERE reference = '{reference}')"
    );
    let said = mo.rows.names(&said).remove(0);
    let word = said.split(|c: char| !c.is_alphabetic()).max_by_key(|word| word.len()).unwrap().to_owned();
    mo.open(&reference).await;
    mo.key("r").await;
    mo.at.fill("p1_words", &word).await;
    mo.at.select("p1_code", "personal-data").await;
    mo.at.press("See what everyone will read").await;
    mo.at.see_everywhere("07-redaction").await;
    mo.at.press("Publish without these words").await;
    mo.at.open(&format!("{QUEUE}?state=redacted")).await;
    mo.reads("Accepted, redacted (1)").await;
    mo.reads(&reference).await;
    mo.at.see("08-redacted").await;
    mo.at.open(&format!("/comments/{reference}")).await;
    mo.reads("[redacted: personal data]").await;
    let left = format!(
        "comment_revisions WHERE rationale LIKE '%{word}%' AND comment_id IN (SELECT id FROM comments WHERE reference = '{reference}')"
    );
    assert_eq!(mo.rows.count(&left), 0);
}

/// Whoever declined it is not asked again: the other decides.
async fn an_appeal(mo: &Desk, sec: &Desk) {
    let reference = mo.oldest("state = 'appealed'");
    let first = format!(
        "SELECT a.email AS t FROM decisions d JOIN accounts a ON a.id = d.decided_by JOIN comments c ON c.id = d.comment_id \
         WHERE c.reference = '{reference}' AND d.outcome = 'decline'"
    );
    let (own, other) = if mo.rows.names(&first) == ["moderator@example.org"] { (mo, sec) } else { (sec, mo) };
    own.open(&reference).await;
    own.at.see("09-own-appeal").await;
    assert_eq!(own.at.look("return document.querySelector('[name=outcome]')").await, serde_json::Value::Null);
    other.at.open(&format!("{QUEUE}?state=appealed")).await;
    other.at.follow(&reference).await;
    other.at.choose("outcome", "publish").await;
    other.at.fill("statement", "On second reading it is about the norm.").await;
    other.at.see_everywhere("10-appeal").await;
    other.at.press("Decide").await;
    assert_eq!(other.rows.count(&format!("comments WHERE reference = '{reference}' AND state = 'published'")), 1);
}

/// Identical letters are decided together, and nothing but them.
async fn a_campaign(sec: &Desk) {
    let text = "SELECT lower(hex(t.cluster_id)) || '/texts/' || lower(hex(t.first_comment)) AS t FROM cluster_texts t \
                JOIN cluster_members m ON m.cluster_id = t.cluster_id AND m.digest = t.digest \
                JOIN comments c ON c.id = m.comment_id AND c.state = 'pending' \
                JOIN clusters l ON l.id = t.cluster_id AND l.is_listed GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1";
    let text = sec.rows.names(text).remove(0);
    sec.at.open(QUEUE).await;
    sec.at.tab_to("it.textContent.startsWith('Campaigns (')").await;
    sec.at.keys_to_next_page("\u{e007}").await;
    sec.at.see("11-campaigns").await;
    sec.at.open(&format!("{QUEUE}/campaigns/{text}")).await;
    sec.at.see_everywhere("12-one-text").await;
    let before = sec.rows.count("decisions");
    sec.at.tab_to("it.name === 'go' && it.value === 'chosen'").await;
    sec.at.keys_to_next_page("\u{e007}").await;
    sec.at.choose("outcome", "publish").await;
    sec.at.see("13-decide-on-them").await;
    sec.at.tab_to("it.textContent.startsWith('Decide on')").await;
    sec.at.keys_to_next_page("\u{e007}").await;
    sec.reads("decided").await;
    sec.at.see("14-decided").await;
    assert!(sec.rows.count("decisions") > before);
}

#[test]
fn two_people_work_through_two_hundred_comments() {
    let program = Program::new(Backend::Sqlite).with("NORM_PORTAL_MODERATION__HOLD_SECONDS", "600");
    let serving = program.demo(200);
    let password = serving.password.clone().expect("a password");
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let mo = arrive(&program, &serving, "moderator", &password).await;
        let sec = arrive(&program, &serving, "secretariat", &password).await;
        claims_and_conflicts(&mo, &sec).await;
        many_at_once(&mo).await;
        words_taken_out(&mo).await;
        an_appeal(&mo, &sec).await;
        a_campaign(&sec).await;
    });
    program.done(&["verify-audit"]);
}
