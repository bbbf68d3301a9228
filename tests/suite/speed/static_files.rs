//! Static files: packed, tagged, kept for a year.

use std::io::Read as _;

use super::ask;
use crate::harness::client::css;
use crate::harness::{Backend, Server};

#[test]
fn files_are_packed_by_what_the_browser_takes() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    let dom = reader.get("/").expect(200).dom();
    let sheet = dom.select(&css("link[rel=stylesheet]")).next().unwrap().value().attr("href").unwrap().to_owned();
    let whole = ask(&reader, &sheet, "identity").expect(200);
    assert_eq!(whole.header("content-encoding"), None);
    let mut sizes = Vec::new();
    let mut tags = vec![whole.header("etag").unwrap().to_owned()];
    for encoding in ["gzip", "br"] {
        for _ in 0..2 {
            let packed = ask(&reader, &sheet, encoding).expect(200);
            assert_eq!(packed.header("content-encoding"), Some(encoding));
            assert_eq!(packed.header("vary"), Some("Accept-Encoding"));
            assert_eq!(packed.header("cache-control"), Some("public, max-age=31536000, immutable"));
            assert_eq!(packed.body, whole.body);
            sizes.push(packed.packed);
            tags.push(packed.header("etag").unwrap().to_owned());
            let held = [("accept-encoding", encoding), ("if-none-match", tags.last().unwrap())];
            reader.get_with(&sheet, &held).expect(304);
            let header_only = reader.head_with(&sheet, &[("accept-encoding", encoding)]).expect(200);
            assert_eq!(header_only.header("content-length").unwrap(), packed.packed.to_string());
        }
    }
    assert!(sizes[2] < sizes[0] && sizes[0] * 3 < whole.packed, "{sizes:?} of {}", whole.packed);
    // As small as it gets.
    let mut best = Vec::new();
    brotli::CompressorReader::new(whole.body.as_slice(), 4096, 11, 22).read_to_end(&mut best).unwrap();
    assert!(sizes[2] <= best.len() + 64);
    tags.dedup();
    assert_eq!(tags.len(), 3);
    ask(&reader, "/static/none.css", "br").expect(404);
}

#[test]
fn fonts_are_sent_as_they_are() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    let dom = reader.get("/").expect(200).dom();
    let sheet = dom.select(&css("link[rel=stylesheet]")).next().unwrap().value().attr("href").unwrap().to_owned();
    let text = reader.get(&sheet).text();
    let fonts: Vec<&str> = text.split(['"', '(', ')']).filter(|it| it.ends_with(".woff2")).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        let file = ask(&reader, font, "gzip, br").expect(200);
        assert_eq!((file.header("content-encoding"), file.header("content-type")), (None, Some("font/woff2")));
        assert!(file.body.starts_with(b"wOF2") && file.header("etag").is_some());
    }
}
