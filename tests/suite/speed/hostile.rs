//! Nobody can fill the cache with what nobody reads, or make the server render the same page many times at once.

use super::{NORM, ask, rendered};
use crate::harness::{Backend, Server};
use crate::races::at_once;

/// Twenty-four mebibytes, as the cache promises.
const MOST: u64 = 24 << 20;

fn weight(server: &Server) -> u64 {
    server.portal().site().cache().weight()
}

#[test]
fn a_burst_of_requests_for_a_cold_page_is_one_rendering() {
    let server = Server::start(Backend::Sqlite);
    for path in [NORM, "/"] {
        let before = rendered(&server);
        let answers = at_once(50, |_| ask(&server.anonymous(), path, "br"));
        assert!(answers.iter().all(|(status, _)| *status == 200), "{answers:?}");
        assert_eq!(rendered(&server), before + 1, "{path}");
    }
}

#[test]
fn what_is_no_page_is_not_kept() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    let before = (rendered(&server), weight(&server));
    for _ in 0..3 {
        for (path, status) in [
            ("/norms/none", 404),
            ("/comments/GCSC-N1-AAAA-A", 404),
            ("/norms/avoid-tampering?general_after=x", 400),
            ("/%00", 400),
            ("/?a=%FF", 400),
        ] {
            let answer = ask(&reader, path, "br");
            assert!(
                answer.status == status || answer.status >= 400 && answer.status < 500,
                "{path}: {}",
                answer.status
            );
        }
    }
    assert_eq!((rendered(&server), weight(&server)), before);
}

#[test]
fn made_up_queries_do_not_fill_the_cache() {
    let server = Server::start(Backend::Sqlite);
    let reader = server.anonymous();
    ask(&reader, "/", "br");
    let before = (rendered(&server), weight(&server));
    // Too long to be a query of ours: answered, not kept.
    for n in 0..5 {
        ask(&reader, &format!("/?q={n}{}", "x".repeat(200)), "br").expect(200);
        ask(&reader, &format!("/{}", "y".repeat(300 + n)), "br").expect(404);
        reader.get_with("/", &[("accept", &format!("a/{n}{}", "z".repeat(200)))]).expect(200);
    }
    assert_eq!((rendered(&server), weight(&server)), before);
    for n in 0..100 {
        ask(&reader, &format!("/?{n}"), "identity").expect(200);
    }
    let each = (weight(&server) - before.1) / 100;
    assert!((5_000..40_000).contains(&each), "{each} bytes are counted for a page");
    assert!(weight(&server) < MOST);
    // What is read by many stays.
    let kept = rendered(&server);
    ask(&reader, "/", "br").expect(200);
    assert_eq!(rendered(&server), kept);
}
