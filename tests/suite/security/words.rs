//! What faults and odd requests are told: never a word of the inside.

use std::io::Write as _;

use crate::harness::{Backend, Server, on_both};
use crate::limits::flood::{connect, rest};

/// What only the inside knows.
const INSIDE: [&str; 11] = [
    "saved_filters",
    "published (",
    "no such table",
    "does not exist",
    "relation",
    "SELECT",
    "diesel",
    "sqlite",
    "postgres",
    "panicked",
    ".rs",
];

on_both! {
    fn a_fault_is_told_in_fixed_words_with_the_name_of_its_request(server: Server) {
        let sec = server.secretariat("sec");
        server.execute("DROP TABLE saved_filters");
        server.execute("ALTER TABLE published RENAME TO gone");
        let page = sec.get("/secretariat").expect(500);
        let data = sec.get("/api/v1/comments?norm=botnets").expect(500);
        for answer in [&page, &data] {
            let said = answer.text();
            for word in INSIDE {
                assert!(!said.contains(word), "{} says {word:?}:\n{said}", answer.path);
            }
        }
        let name = page.header("x-request-id").expect("the name of the request");
        page.reads("Something went wrong").reads(name);
    }
}

#[test]
fn folders_are_listed_to_nobody() {
    let server = Server::start(Backend::Sqlite);
    let eve = server.anonymous();
    for folder in
        ["/static", "/static/", "/static/../", "/attachments", "/attachments/", "/templates/", "/.git/", "/.git/config"]
    {
        eve.get(folder).expect(404);
    }
}

/// What a request in the very bytes is answered.
fn raw(server: &Server, request: &str) -> String {
    let mut stream = connect(server);
    stream.write_all(request.as_bytes()).unwrap();
    rest(stream)
}

#[test]
fn nothing_is_traced() {
    let server = Server::start(Backend::Sqlite);
    let host = server.origin.trim_start_matches("http://");
    for method in ["TRACE", "TRACK", "PROPFIND"] {
        for path in ["/", "/sign-in", "/secretariat", "/static/portal.css", "/nothing"] {
            let secret = "cookie: session=zebrafinch";
            let answer = raw(
                &server,
                &format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{secret}\r\nconnection: close\r\n\r\n"),
            );
            let status = answer.split(' ').nth(1).unwrap_or_default();
            assert!(matches!(status, "400" | "403" | "404" | "405"), "{method} {path}: {answer}");
            assert!(!answer.contains("zebrafinch"), "{method} {path} gives back what came:\n{answer}");
        }
    }
}
