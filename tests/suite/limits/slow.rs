//! Connections that take their time: closed, while others are served.

use std::io::{ErrorKind, Write as _};
use std::net::TcpStream;

use super::flood::{connect, rest, slow_form};
use crate::harness::{Backend, Server, on_both};

/// A portal that waits a second for everything.
fn hasty(backend: Backend) -> Server {
    Server::start_with(backend, |config| {
        let server = &mut config.server;
        (server.head_seconds, server.form_seconds, server.upload_seconds) = (1, 1, 1);
        (server.idle_seconds, server.stalled_seconds) = (1, 1);
    })
}

on_both! {
    fn heads_that_never_end_are_closed_while_readers_read(backend: Backend) {
        let server = hasty(backend);
        let begun: Vec<TcpStream> = (0..300)
            .map(|_| {
                let mut stream = connect(&server);
                stream.write_all(b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ").unwrap();
                stream
            })
            .collect();
        server.anonymous().get("/norms/botnets").expect(200);
        for stream in begun {
            let said = rest(stream);
            assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
        }
    }

    fn a_form_that_never_comes_is_given_up(backend: Backend) {
        let server = hasty(backend);
        let ada = server.stakeholder("ada");
        let said = rest(slow_form(&server, "/sign-in", &server.anonymous()));
        assert!(said.starts_with("HTTP/1.1 408") && said.contains("took too long"), "{said}");
        assert!(said.contains("content-security-policy: default-src 'none'"), "{said}");
        // Where nobody waits for the form, its connection does not stay either.
        for (path, status) in [("/nothing", "404"), ("/search", "405")] {
            let said = rest(slow_form(&server, path, &ada));
            assert!(said.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {said}");
        }
    }

    fn files_that_never_come_are_given_up(backend: Backend) {
        let server = hasty(backend);
        let ada = server.stakeholder("ada");
        let mut stream = connect(&server);
        let host = server.origin.trim_start_matches("http://");
        let session = ada.cookie("session").unwrap();
        let head = format!(
            "POST /norms/botnets/comments/new/general HTTP/1.1\r\nhost: {host}\r\ncookie: session={session}\r\n\
             content-type: multipart/form-data; boundary=x\r\ncontent-length: 5000\r\n\r\n\
             --x\r\ncontent-disposition: form-data; name=\"attachment\"; filename=\"a.txt\"\r\n\r\nslow"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let said = rest(stream);
        assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    }

    fn a_connection_that_asks_nothing_is_closed(backend: Backend) {
        let server = hasty(backend);
        let mut stream = connect(&server);
        let host = server.origin.trim_start_matches("http://");
        stream.write_all(format!("GET /healthz HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes()).unwrap();
        let said = rest(stream);
        assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("ok"), "{said}");
        let silent = rest(connect(&server));
        assert!(silent.is_empty() || silent.starts_with("HTTP/1.1 408"), "{silent}");
    }

    fn a_reader_that_takes_nothing_is_let_go(backend: Backend) {
        let server = hasty(backend);
        let host = server.origin.trim_start_matches("http://").to_owned();
        let style = server.anonymous().get("/").link("link[rel=stylesheet]");
        let mut stream = connect(&server);
        let asked = format!("GET {style} HTTP/1.1\r\nhost: {host}\r\n\r\n").repeat(100);
        // Asks for more and more and reads none of it, until the other end is gone.
        let ended = loop {
            if let Err(error) = stream.write_all(asked.as_bytes()) {
                break error.kind();
            }
        };
        assert!(matches!(ended, ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{ended}");
        server.anonymous().get("/norms/botnets").expect(200);
    }
}
