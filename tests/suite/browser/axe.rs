//! The accessibility check of the page in the browser: axe-core, every WCAG 2.2 A and AA rule and
//! axe's best practices, contrast and target size included.
//!
//! Knows the file that `tests/run` fetched, by `NORM_PORTAL_TEST_AXE`.

use std::fmt;

use serde::Deserialize;
use serde_json::json;

use super::Browser;

/// The variable that names `axe.min.js`.
const FILE: &str = "NORM_PORTAL_TEST_AXE";

/// The rules asked for, by axe's own tags.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Where the page's scripts are blocked, timers never fire, promises do: axe's short timers become
/// promises, its time-outs (500 ms and more) never come. No script of the page can notice.
const TIMERS: &str = "window.setTimeout = (run, wait = 0, ...rest) => { \
    if (wait < 500) Promise.resolve().then(() => run(...rest)); return 0; };";

/// Waits for axe's promise; `arguments[1]` is `WebDriver`'s own "I am done".
const RUN: &str = "const [options, done] = arguments; \
    axe.run(document, options).then( \
        (found) => done({ violations: found.violations, passed: found.passes.length }), \
        (fault) => done({ fault: String(fault) }));";

/// One rule that the page breaks, and where.
#[derive(Debug, Deserialize)]
pub struct Violation {
    /// axe's name of the rule: `color-contrast`.
    #[serde(rename = "id")]
    pub rule: String,
    /// How bad: minor, moderate, serious, critical.
    pub impact: Option<String>,
    /// What the rule asks for, in a sentence.
    pub help: String,
    /// The elements that break it.
    pub nodes: Vec<Node>,
}

/// One element that breaks a rule.
#[derive(Debug, Deserialize)]
pub struct Node {
    /// The element's HTML, shortened by axe.
    pub html: String,
    /// What would have to change, in axe's words.
    #[serde(rename = "failureSummary", default)]
    pub summary: String,
}

#[derive(Deserialize)]
struct Findings {
    #[serde(default)]
    violations: Vec<Violation>,
    #[serde(default)]
    passed: usize,
    fault: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}): {}", self.rule, self.impact.as_deref().unwrap_or("?"), self.help)?;
        self.nodes
            .iter()
            .try_for_each(|node| write!(out, "\n  {}\n    {}", node.html, node.summary.replace('\n', "\n    ")))
    }
}

impl Browser {
    /// Every broken rule of the page as it is now, but the ones named in `allow`.
    ///
    /// # Panics
    /// When axe is missing, fails, or finds nothing at all to check.
    pub async fn axe(&self, allow: &[&str]) -> Vec<Violation> {
        if !self.javascript {
            self.done("replace the timers", self.client.execute(TIMERS, Vec::new()).await).await;
        }
        // Half a megabyte: a page that is looked at again in another size has it already.
        if self.look("return typeof axe === 'undefined'").await == true {
            self.done("load axe", self.client.execute(&library(), Vec::new()).await).await;
        }
        let options = json!({
            "runOnly": { "type": "tag", "values": TAGS },
            "rules": { "color-contrast": { "enabled": true }, "target-size": { "enabled": true } },
            "resultTypes": ["violations"],
            "preload": false,
        });
        let answer = self.client.execute_async(RUN, vec![options]).await;
        let answer = self.done("run axe", answer).await;
        let findings: Findings = self.done("read axe's answer", serde_json::from_value(answer)).await;
        if let Some(fault) = findings.fault {
            panic!("axe failed on {}: {fault}", self.url().await);
        }
        assert!(findings.passed > 0, "axe checked nothing on {}", self.url().await);
        let allowed = |found: &Violation| allow.contains(&found.rule.as_str());
        findings.violations.into_iter().filter(|found| !allowed(found)).collect()
    }

    /// Fails the test with all that axe found, unless it found nothing (but the rules allowed).
    pub async fn assert_accessible(&self, allow: &[&str]) {
        let found: Vec<String> = self.axe(allow).await.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{} breaks:\n{}", self.url().await, found.join("\n"));
    }
}

fn library() -> String {
    let file = std::env::var(FILE)
        .unwrap_or_else(|_| panic!("{FILE} is unset: run the tests with `tests/run`, which fetches axe-core for them"));
    std::fs::read_to_string(&file).unwrap_or_else(|fault| panic!("cannot read {file}: {fault}"))
}
