//! Selecting words of a text with scripts on: by mouse, by touch, on the norm's page.

use super::stakeholder::receipt;
use super::typing::arrive;
use super::visitor::Visitor;
use crate::harness::{Backend, Server};

const BAR: &str = "document.getElementById('select-words')";

/// The middle of the `nth` place where `words` stand in the text: left, right, and height in the view.
async fn place(visitor: &Visitor, words: &str) -> [f64; 4] {
    let script = format!(
        "for (const line of document.querySelectorAll('[data-words]')) {{ \
            const at = line.textContent.indexOf({words:?}); \
            if (at < 0) continue; \
            const range = document.createRange(); \
            range.setStart(line.firstChild, at); \
            range.setEnd(line.firstChild, at + {}); \
            line.scrollIntoView({{ block: 'center' }}); \
            const box = range.getBoundingClientRect(); \
            return [box.left, box.right, box.top + box.height / 2, box.height]; \
        }}",
        words.len()
    );
    let found = visitor.look(&script).await;
    serde_json::from_value(found).unwrap_or_else(|fault| panic!("no {words:?}: {fault}"))
}

/// Selects from the letters of one line to those of another, as a finger on the handles does.
async fn select(visitor: &Visitor, from: &str, to: &str) {
    let script = format!(
        "const find = (words) => {{ for (const line of document.querySelectorAll('[data-words]')) {{ \
            const at = line.textContent.indexOf(words); if (at >= 0) return [line.firstChild, at]; }} }}; \
         const [a, start] = find({from:?}), [b, end] = find({to:?}); \
         getSelection().setBaseAndExtent(a, start, b, end + {});",
        to.len()
    );
    visitor.look(&script).await;
}

async fn offers(visitor: &Visitor, words: &str) {
    visitor.until(&format!("return !{BAR}.hidden && {BAR}.textContent.trim() === {words:?}")).await;
    let size = visitor
        .look(&format!(
            "const box = {BAR}.querySelector('button').getBoundingClientRect(); \
        return box.height >= 44 && box.width >= 44 && box.bottom <= innerHeight"
        ))
        .await;
    assert_eq!(size, true, "the button is large enough and in view");
}

fn run(journey: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(journey);
}

#[test]
fn one_word_is_changed_from_the_norms_page_by_mouse() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    run(async {
        let visitor = arrive(&server, &ada, Some("")).await;
        visitor.open("/norms/avoid-tampering").await;
        assert_eq!(visitor.look(&format!("return {BAR}.hidden")).await, true);
        let before = visitor.pages_asked().await;
        // From the middle of one word to the middle of another: both count whole.
        let [left, right, middle, _] = place(&visitor, "should not tamper").await;
        visitor.drag((left + 12.0, middle), (right - 12.0, middle)).await;
        offers(&visitor, "Suggest wording for these 3 words").await;
        visitor.see_everywhere("64-selected").await;
        let [left, right, middle, _] = place(&visitor, "allow").await;
        visitor.drag((left + 2.0, middle), (right - 2.0, middle)).await;
        offers(&visitor, "Suggest wording for this word").await;
        visitor.press("Suggest wording for this word").await;
        visitor.until("return document.querySelector('textarea[name=proposed_wording]') !== null").await;
        assert_eq!(visitor.value("proposed_wording").await, "allow");
        visitor.fill("proposed_wording", "permit").await;
        visitor.fill("rationale", "Clearer.").await;
        visitor.choose("publication", "named").await;
        visitor.press("Check your answers").await;
        visitor.press("Send comment").await;
        receipt(&visitor).await;
        let pages = visitor.pages_asked().await - before - 1;
        assert!(pages <= 4, "{pages} pages from the norm to the receipt");
        assert_eq!((server.count("comments"), server.count("drafts")), (1, 0));
    });
}

#[test]
fn words_are_selected_on_a_screen_that_is_touched() {
    let server = Server::start(Backend::Sqlite);
    run(async {
        let visitor = Visitor::start(&server.origin, true, Some("")).await;
        visitor.resize(390, 844).await;
        visitor.with_touch().await;
        visitor.open("/norms/avoid-tampering").await;
        select(&visitor, "tate and", "prod").await;
        offers(&visitor, "Suggest wording for these 9 words").await;
        visitor.see("65-selected-touch").await;
        visitor.keys("\u{e00c}").await;
        visitor.until(&format!("return {BAR}.hidden")).await;
        select(&visitor, "should", "should").await;
        offers(&visitor, "Suggest wording for this word").await;
        let button = format!(
            "const box = {BAR}.querySelector('button').getBoundingClientRect(); \
            return [box.left + box.width / 2, box.top + box.height / 2]"
        );
        let [x, y]: [f64; 2] = serde_json::from_value(visitor.look(&button).await).expect("a place");
        visitor.tap((x, y)).await;
        // Without an account the way leads through the sign-in page, and back to the words.
        visitor.until("return location.pathname === '/sign-in'").await;
        assert!(visitor.url().await.contains("first_word%3D5%26last_word%3D5"), "{}", visitor.url().await);
    });
}
