//! Encodings, tags, conditional requests, HEAD: whatever a browser asks, it gets an answer.

use super::{NORM, ask, published, rendered};
use crate::harness::{Backend, Server};

#[test]
fn every_wish_is_answered() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    let whole = ask(&reader, "/", "identity").text();
    // Kept pages and those that never are, each twice.
    for path in ["/", "/", "/look-up", "/look-up", "/none", "/none"] {
        for (wish, got) in [
            ("br", Some("br")),
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip;q=1.0, br;q=0.5", Some("gzip")),
            ("br;q=0, gzip", Some("gzip")),
            ("*", Some("br")),
            ("identity;q=0, zstd", None),
            ("*;q=0", None),
            ("zstd", None),
            (";;;,,q=,\t;q", None),
            ("br;q=banana", None),
            ("", None),
        ] {
            let answer = ask(&reader, path, wish);
            assert!(
                answer.status == 200 || path == "/none" && answer.status == 404,
                "{path} {wish:?}: {}",
                answer.status
            );
            if path != "/none" {
                assert_eq!(answer.header("content-encoding"), got, "{path} {wish:?}");
            }
            if path == "/" {
                assert_eq!(answer.text(), whole, "{wish:?}");
                let vary = answer.header("vary").unwrap();
                assert_eq!(vary, "Accept-Encoding, Accept-Language, Cookie");
                assert_eq!(answer.header("cache-control"), Some("no-cache"));
            }
        }
    }
}

#[test]
fn who_has_the_page_is_sent_none() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo, _) = published(&server, "There from the start.");
    let reader = server.anonymous();
    let tag = |encoding: &str| ask(&reader, NORM, encoding).expect(200).header("etag").unwrap().to_owned();
    let (brotli, gzip) = (tag("br"), tag("gzip"));
    assert_ne!(brotli, gzip);
    assert!(brotli.starts_with('"') && brotli.ends_with('"'), "{brotli} is a strong tag");
    let conditional = |held: &str| reader.get_with(NORM, &[("accept-encoding", "br"), ("if-none-match", held)]);
    for held in
        [&brotli, &format!("W/{brotli}"), &format!("\"x\", W/\"y\" ,{brotli}"), "*", &format!("{gzip},{brotli}")]
    {
        let answer = conditional(held);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{held}");
        assert_eq!(answer.header("etag"), Some(brotli.as_str()));
        for name in ["vary", "cache-control", "content-security-policy", "x-request-id"] {
            assert!(answer.header(name).is_some(), "304 without {name}");
        }
        for name in ["content-type", "content-encoding", "content-length"] {
            assert_eq!(answer.header(name), None, "304 with {name}");
        }
    }
    for held in [gzip.as_str(), "nonsense", "\"", "W/", "", ",,,", "\"a\"\"b\"", &"\"x\",".repeat(500)] {
        conditional(held).expect(200);
    }
    let since = [("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT"), ("if-unmodified-since", "x")];
    reader.get_with(NORM, &since).expect(200);
    let both = [("accept-encoding", "br"), ("if-none-match", brotli.as_str()), since[0]];
    reader.get_with(NORM, &both).expect(304);
    reader.get_with("/none", &[("if-none-match", "*")]).expect(404);
    reader.get_with("/sign-in", &[("if-none-match", "*")]).expect(200);
    let next = ada.comment_on_whole("avoid-tampering", "New.", "named");
    mo.publish(&next);
    assert_ne!(conditional(&brotli).expect(200).header("etag"), Some(brotli.as_str()));
}

#[test]
fn head_is_answered_like_get_without_the_body() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    for path in ["/", NORM, "/contact"] {
        for round in 0..2 {
            let wish = [("accept-encoding", "br")];
            // In the second round the page is kept.
            let (head, get) = (reader.head_with(path, &wish).expect(200), reader.get_with(path, &wish).expect(200));
            assert!(head.body.is_empty(), "{path} {round}");
            for name in ["etag", "content-length", "content-type", "content-encoding", "vary"] {
                assert_eq!(head.header(name), get.header(name), "{path} {round} {name}");
            }
            let tag = get.header("etag").unwrap();
            reader.head_with(path, &[("accept-encoding", "br"), ("if-none-match", tag)]).expect(304);
        }
    }
    let before = rendered(&server);
    reader.post("/", &[]).expect(405);
    reader.post(NORM, &[]).expect(405);
    assert_eq!(rendered(&server), before);
}

#[test]
fn other_hosts_are_answered_for_no_better_from_the_cache() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    ask(&reader, "/", "identity").expect(200);
    ask(&reader, "/", "identity").expect(200);
    for host in ["evil.example", "evil.example:80"] {
        reader.get_with("/", &[("host", host)]).expect(400);
    }
    reader.get_with("/", &[("content-encoding", "gzip")]).expect(415);
}
