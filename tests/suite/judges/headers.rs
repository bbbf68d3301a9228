//! Headers, as the observatory grades them and the evaluator of content security policies reads them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use norm_portal::routes::TABLE;
use serde_json::Value;

use super::{flawed, said};
use crate::harness::comments::send;
use crate::harness::{Answer, Backend, Server};
use crate::limits::headers::address;
use crate::limits::tls;

/// Where `tests/run` put what npm fetched.
fn modules() -> PathBuf {
    std::env::var_os("NORM_PORTAL_TEST_JUDGES")
        .expect("run the tests with `tests/run`, which fetches the judges")
        .into()
}

/// What the observatory says of a page, and its grade. Certificates are checked against `trusted`.
fn observed(page: &str, trusted: Option<&Path>) -> (String, Value) {
    let mut node = Command::new("node");
    node.arg(modules().join("@mdn/mdn-http-observatory/src/scan.js")).arg(page);
    if let Some(trusted) = trusted {
        node.env("NODE_EXTRA_CA_CERTS", trusted);
    }
    let all = said(&mut node);
    let judgement: Value = serde_json::from_str(all.trim()).unwrap_or_else(|_| panic!("no judgement on {page}: {all}"));
    (judgement["scan"]["grade"].as_str().unwrap_or_else(|| panic!("no grade for {page}: {all}")).to_owned(), judgement)
}

/// What the evaluator finds in each of these policies: how bad, where, and in words.
fn evaluated(policies: &BTreeSet<String>) -> Vec<Value> {
    let mut node = Command::new("node");
    node.env("NODE_PATH", modules()).args(["-e", include_str!("policies.js")]).args(policies);
    let all = said(&mut node);
    serde_json::from_str(all.trim()).unwrap_or_else(|_| panic!("no judgement: {all}"))
}

#[test]
fn the_observatory_gives_its_best_grade_over_tls() {
    let (grade, judgement) = observed(&flawed::start(), None);
    assert_eq!(grade, "F", "the observatory speaks: {judgement}");
    let folder = tempfile::tempdir().unwrap();
    let (_server, host) = tls::start(folder.path());
    for path in ["/", "/norms/botnets", "/sign-in", "/register", "/search?q=norm"] {
        let (grade, judgement) = observed(&format!("{host}{path}"), Some(&folder.path().join("certificate.pem")));
        assert_eq!(grade, "A+", "{path}: {judgement}");
        assert_eq!(judgement["scan"]["testsFailed"], 0, "{path}: {judgement}");
        let hsts = &judgement["tests"]["strict-transport-security"]["result"];
        assert_eq!(hsts, "hsts-implemented-max-age-at-least-six-months", "{path}: over TLS that is trusted");
    }
}

#[test]
fn the_evaluator_finds_nothing_in_any_policy() {
    let loose = BTreeSet::from(["script-src 'self' 'unsafe-inline'; object-src *".to_owned()]);
    let told = evaluated(&loose);
    assert!(told.iter().any(|it| it.to_string().contains("unsafe-inline")), "the evaluator speaks: {told:?}");
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let form = ada.whole_form("botnets", "See the paper.").choose("attachment", "paper.pdf", "%PDF-1.7\nA paper.\n");
    let receipt = ada.get(&format!("/my-comments/{}", send(&form))).expect(200);
    let file = ada.get(&receipt.link("main a[href^='/attachments/']")).expect(200);
    let policy = |answer: &Answer| answer.header("content-security-policy").unwrap_or_default().to_owned();
    let mut policies = BTreeSet::from([policy(&file)]);
    for route in TABLE.iter().filter(|route| route.method == "GET") {
        policies.insert(policy(&ada.get(&address(route.path))));
    }
    assert!(policies.len() > 1, "pages have a policy, files another: {policies:?}");
    assert_eq!(evaluated(&policies), Vec::<Value>::new());
}
