//! Requests whose end can be read in two ways (ASVS 4.2.1): one answer, which says no, and the connection is closed. What
//! stands behind it is never taken for a request of its own.

use std::io::Write as _;

use super::flood::{connect, rest};
use crate::harness::{Backend, Server};

/// A form with these lines in its head, and this behind it, followed by another request; what comes back until the
/// connection is closed.
fn said(server: &Server, version: &str, lines: &str, body: &str) -> String {
    let host = server.origin.trim_start_matches("http://");
    let form = "content-type: application/x-www-form-urlencoded";
    let mut stream = connect(server);
    let sent = format!(
        "POST /sign-in HTTP/{version}\r\nhost: {host}\r\n{form}\r\n{lines}\r\n\r\n{body}\
         GET /healthz HTTP/1.1\r\nhost: {host}\r\n\r\n"
    );
    stream.write_all(sent.as_bytes()).unwrap();
    rest(stream)
}

fn answers(said: &str) -> usize {
    said.matches("HTTP/1.1 ").count() + said.matches("HTTP/1.0 ").count()
}

/// A portal that closes connections which ask nothing.
fn portal() -> Server {
    Server::start_with(Backend::Sqlite, |config| config.server.idle_seconds = 1)
}

#[test]
fn a_request_that_can_be_read_in_two_ways_is_refused_and_its_connection_closed() {
    let server = portal();
    for (lines, body) in [
        ("content-length: 5\r\ntransfer-encoding: chunked", "0\r\n\r\n"),
        ("transfer-encoding: chunked\r\ncontent-length: 5", "0\r\n\r\n"),
        ("transfer-encoding: chunked\r\ncontent-length: 0", "0\r\n\r\n"),
        ("content-length: 3\r\ncontent-length: 3", "a=b"),
        ("content-length: 3\r\ncontent-length: 0", "a=b"),
        ("content-length: 3, 3", "a=b"),
        ("content-length: +3", "a=b"),
        ("content-length: -3", "a=b"),
        ("content-length: 0x3", "a=b"),
        ("content-length: 3 3", "a=b"),
        ("content-length:", "a=b"),
        ("content-length: 18446744073709551617", "a=b"),
        ("transfer-encoding: chunked\r\ntransfer-encoding: chunked", "0\r\n\r\n"),
        ("transfer-encoding: chunked\r\ntransfer-encoding: identity", "0\r\n\r\n"),
        ("transfer-encoding: identity, chunked", "0\r\n\r\n"),
        ("transfer-encoding: gzip, chunked", "0\r\n\r\n"),
        ("transfer-encoding: chunked, identity", "0\r\n\r\n"),
        ("transfer-encoding: xchunked", "0\r\n\r\n"),
        ("transfer-encoding: identity", "0\r\n\r\n"),
        ("transfer-encoding: \"chunked\"", "0\r\n\r\n"),
        ("transfer-encoding : chunked", "0\r\n\r\n"),
        ("transfer-encoding:\r\n chunked", "0\r\n\r\n"),
        ("content-length: 3\r\n transfer-encoding: chunked", "a=b"),
        ("x: y\rtransfer-encoding: chunked", "0\r\n\r\n"),
        ("x: y\0", ""),
        ("host: evil.example\r\ncontent-length: 0", ""),
    ] {
        let said = said(&server, "1.1", lines, body);
        assert!(said.starts_with("HTTP/1.1 400"), "{lines:?}: {said}");
        assert_eq!(answers(&said), 1, "{lines:?}: {said}");
    }
    let old = said(&server, "1.0", "transfer-encoding: chunked", "0\r\n\r\n");
    assert!(old.starts_with("HTTP/1.") && old.contains(" 400 ") && answers(&old) == 1, "{old}");
}

#[test]
fn a_form_in_broken_pieces_is_refused_and_its_connection_closed() {
    let server = portal();
    for body in
        ["zz\r\na=b\r\n0\r\n\r\n", "3\r\na=bcd\r\n0\r\n\r\n", "fffffffffffffffff\r\na=b\r\n", "-1\r\na=b\r\n", "\r\n"]
    {
        let said = said(&server, "1.1", "transfer-encoding: chunked", body);
        assert!(said.starts_with("HTTP/1.1 400"), "{body:?}: {said}");
        assert_eq!(answers(&said), 1, "{body:?}: {said}");
    }
}

#[test]
fn what_is_clear_is_answered_one_after_the_other() {
    let server = portal();
    for (lines, body) in [("content-length: 3", "a=b"), ("transfer-encoding: chunked", "3\r\na=b\r\n0\r\n\r\n")] {
        let said = said(&server, "1.1", lines, body);
        assert_eq!(answers(&said), 2, "{lines:?}: {said}");
        assert!(said.ends_with("ok"), "{lines:?}: {said}");
    }
}
