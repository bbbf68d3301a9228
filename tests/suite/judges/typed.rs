//! What is typed into fields and addresses: wapiti looks for scripts, commands, files and headers that come through, sqlmap for
//! SQL. Both are signed in as everybody, each with pages of their own, on a few pages only: `tests/judges/long` sends them
//! everywhere.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use url::form_urlencoded::Serializer;

use super::{flawed, said};
use crate::harness::form::Filled;
use crate::harness::{Backend, Client, Server, on_both};

/// The cookies of a browser, as a header.
fn cookies(client: &Client) -> String {
    let all = ["session", "form"].iter().filter_map(|name| Some(format!("{name}={}", client.cookie(name)?)));
    all.collect::<Vec<_>>().join("; ")
}

/// What wapiti finds on these pages and the ones that their forms lead to.
fn wapiti(host: &str, pages: &[&str], cookies: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let mut judge = Command::new("wapiti");
    // The same order of links each time, and nothing of its own loaded from elsewhere.
    judge.env("PYTHONHASHSEED", "0").env("https_proxy", "http://127.0.0.1:9").env("HOME", folder.path());
    judge.args(["-u", &format!("http://{host}/"), "--scope", "folder", "-d", "1", "--max-links-per-page", "2"]);
    for page in pages {
        judge.args(["-s", &format!("http://{host}{page}")]);
    }
    // It asks for Brotli, which it cannot read.
    judge.args(["-H", "Accept-Encoding: gzip"]);
    if !cookies.is_empty() {
        judge.args(["-H", &format!("Cookie: {cookies}")]);
    }
    judge.args(["-m", "xss,sql,exec,file,crlf,redirect", "-t", "60", "-v", "0", "--no-bugreport", "--flush-session"]);
    judge
        .arg("--store-session")
        .arg(folder.path().join("session"))
        .arg("--store-config")
        .arg(folder.path().join("config"));
    judge.args(["-f", "json", "-o"]).arg(&report);
    let all = said(&mut judge);
    let text = std::fs::read_to_string(&report).unwrap_or_else(|_| panic!("no judgement: {all}"));
    let judgement: Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    for kind in ["vulnerabilities", "anomalies"] {
        for (name, places) in judgement[kind].as_object().expect("a report") {
            found.extend(places.as_array().unwrap().iter().map(|place| format!("{name}: {place}")));
        }
    }
    found
}

/// Something to try, with all of its fields but the token filled in.
struct Target {
    address: String,
    data: Option<String>,
}

fn encoded(values: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(values).finish()
}

/// An address with something for each of its parameters.
fn address(host: &str, path: &str, values: &[(&str, &str)]) -> Target {
    Target { address: format!("http://{host}{path}?{}", encoded(values)), data: None }
}

/// A form that is posted, as it stands on its page.
fn posted(host: &str, form: &Filled) -> Target {
    Target { address: format!("http://{host}{}", form.action()), data: Some(encoded(&form.values())) }
}

/// Whether sqlmap gets SQL through, and all its words.
fn sqlmap(target: &Target, parameters: &str, cookies: &str, backend: Backend) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = |path: &Path| path.display().to_string();
    let mut judge = Command::new("sqlmap");
    judge.env("HOME", folder.path()).args([
        "--batch",
        "--disable-coloring",
        "--flush-session",
        "--technique",
        "BEU",
        "--disable-precon",
    ]);
    judge.args([
        "--output-dir",
        &path(folder.path()),
        "--threads",
        "2",
        "--ignore-redirects",
        "--ignore-code",
        "409,422",
    ]);
    judge.args(["--dbms", if backend == Backend::Sqlite { "sqlite" } else { "postgresql" }]);
    judge.args(["-u", &target.address, "-p", parameters]);
    if let Some(data) = &target.data {
        judge.args(["--data", data]);
    }
    if !cookies.is_empty() {
        judge.args(["--cookie", cookies]);
    }
    let all = said(&mut judge);
    let found = all.contains("sqlmap identified the following injection point");
    assert!(found || all.contains("do not appear to be injectable"), "no judgement on {}: {all}", target.address);
    for name in parameters.split(',') {
        assert!(found || all.contains(&format!("parameter '{name}' does not seem to be injectable")), "{name}: {all}");
    }
    (found, all)
}

/// Has sqlmap try these parameters, and fails if one lets SQL through.
fn withstands(target: &Target, parameters: &str, client: &Client, backend: Backend) {
    let (is_found, all) = sqlmap(target, parameters, &cookies(client), backend);
    assert!(!is_found, "{all}");
}

#[test]
fn both_speak_of_a_server_that_lets_everything_through() {
    let host = flawed::start();
    let told = wapiti(&host, &["/said?text=hello", "/person?id=1"], "");
    for needed in ["Cross Site Scripting", "SQL Injection"] {
        assert!(told.iter().any(|it| it.starts_with(needed)), "wapiti speaks of {needed}: {told:?}");
    }
    let (is_found, all) = sqlmap(&address(&host, "/person", &[("id", "1")]), "id", "", Backend::Sqlite);
    assert!(is_found, "sqlmap speaks: {all}");
}

on_both! {
    fn no_sql_comes_through_from_anybody(backend: Backend) {
        let server = Server::start(backend);
        let host = server.origin.trim_start_matches("http://");
        let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
        mo.publish(&ada.comment_on_whole("botnets", "Published: norm.", "named"));
        let waiting = ada.comment_on_whole("botnets", "Waiting: norm.", "named");
        let eve = server.anonymous();
        let search = address(host, "/search", &[("q", "norm"), ("norm", "botnets"), ("kind", "general"), ("country", "NL")]);
        withstands(&search, "q,norm,kind,country", &eve, backend);
        let data = address(host, "/api/v1/comments", &[("norm", "botnets")]);
        withstands(&data, "norm", &eve, backend);
        let form = eve.get("/sign-in").form("main form").set("email", "ada@example.org").set("password", "x");
        withstands(&posted(host, &form), "email", &eve, backend);
        let form = ada.whole_form("botnets", "All of it.");
        withstands(&posted(host, &form), "rationale,form_id,publication", &ada, backend);
        let queue = address(host, "/secretariat", &[("organisation", "a"), ("norm", "botnets"), ("state", "pending")]);
        withstands(&queue, "organisation,norm,state", &mo, backend);
        let verdict = mo.verdict_form(&waiting).set("statement", "Thank you.");
        withstands(&posted(host, &verdict), "statement,version", &mo, backend);
        let people = sec.get("/secretariat/people").form("form[action='/secretariat/people/search']").set("address", "ada@example.org");
        withstands(&posted(host, &people), "address", &sec, backend);
        let log = address(host, "/secretariat/audit", &[("action", "comment.submitted"), ("subject", "x"), ("who", "x")]);
        withstands(&log, "action,subject,who", &sec, backend);
        server.assert_audit_holds();
    }
}

#[test]
fn nothing_that_is_typed_comes_through_to_anybody() {
    let server = Server::start(Backend::Sqlite);
    let host = server.origin.trim_start_matches("http://");
    let (sec, mo, ada) = (server.secretariat("sec"), server.moderator("mo"), server.stakeholder("ada"));
    mo.publish(&ada.comment_on_whole("botnets", "Published: norm.", "named"));
    let waiting = ada.comment_on_whole("botnets", "Waiting: norm.", "named");
    let detail = format!("/secretariat/comments/{waiting}");
    let walks: [(&str, &Client, &[&str]); 4] = [
        ("a visitor", &server.anonymous(), &["/search?q=norm&norm=botnets", "/sign-in?next=/account", "/look-up"]),
        ("a stakeholder", ada.client(), &["/norms/botnets/comments/new/general", "/my-comments", "/account"]),
        ("a moderator", mo.client(), &["/secretariat?q=norm", &detail]),
        (
            "the Secretariat",
            sec.client(),
            &["/secretariat/people", "/secretariat/audit?action=x", "/secretariat/announcements"],
        ),
    ];
    for (who, client, pages) in walks {
        assert_eq!(wapiti(host, pages, &cookies(client)), Vec::<String>::new(), "as {who}");
    }
    server.assert_audit_holds();
}
