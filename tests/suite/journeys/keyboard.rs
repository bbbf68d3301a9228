//! A comment sent by the keys Tab, Enter, Space and the arrows alone.

use super::stakeholder::receipt;
use super::visitor::Visitor;

/// What is said about `botnets`.
pub const TEXT: &str = "Owners of devices should be told before anybody acts on them.";

const ENTER: &str = "\u{e007}";
const SPACE: &str = " ";
const DOWN: &str = "\u{e015}";

/// From the norm's page to the receipt without a mouse, for the Commission only; returns the reference.
pub async fn comment(author: &Visitor) -> String {
    author.open("/norms/botnets").await;
    author.tab_to("it.textContent.trim() === 'Comment on the whole norm'").await;
    author.keys_to_next_page(ENTER).await;
    author.tab_to("it.name === 'rationale'").await;
    author.keys(TEXT).await;
    author.tab_to("it.name === 'publication'").await;
    author.keys(SPACE).await;
    while author.look("return document.activeElement.value").await != "commission" {
        author.keys(DOWN).await;
    }
    author.tab_to("it.value === 'check'").await;
    author.keys_to_next_page(SPACE).await;
    assert!(author.text().await.contains(TEXT));
    author.tab_to("it.value === 'send'").await;
    author.keys_to_next_page(ENTER).await;
    let reference = receipt(author).await;
    author.see("20-keyboard-receipt").await;
    reference
}
