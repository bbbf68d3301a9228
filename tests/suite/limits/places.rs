//! One address that holds as many requests as it may, each for as long as it can, while another is served.

use std::io::Write as _;
use std::net::TcpStream;

use super::flood::{connect, rest};
use super::{HERE, THERE, get_from, limited, wait_until};
use crate::harness::{Answer, Backend, Client, Server, on_both};

/// Begins to send a file that never comes, from an address; with the cookies that `client` has.
fn slow_upload(server: &Server, client: &Client, address: &str) -> TcpStream {
    let mut stream = connect(server);
    let host = server.origin.trim_start_matches("http://");
    let session = client.cookie("session").map(|it| format!("cookie: session={it}\r\n")).unwrap_or_default();
    let head = format!(
        "POST /norms/botnets/comments/new/general HTTP/1.1\r\nhost: {host}\r\nx-forwarded-for: {address}\r\n{session}\
         content-type: multipart/form-data; boundary=x\r\ncontent-length: 900000\r\n\r\n\
         --x\r\ncontent-disposition: form-data; name=\"attachment\"; filename=\"a.txt\"\r\n\r\nslow"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// Waits until so many requests are in hand, and hold places.
fn wait_for(server: &Server, count: usize) {
    wait_until(server, |limits| (limits.in_hand(), limits.places_taken()) == (count, count));
}

#[track_caller]
fn is_crowded(answer: &Answer) {
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("10")), "{}", answer.path);
    answer.reads("As many requests of your network or your account").reads("Wait ten seconds");
}

on_both! {
    fn slow_uploads_of_one_address_keep_nobody_else_out(backend: Backend) {
        let server = limited(backend, |config| {
            let in_hand = &mut config.limits.in_hand;
            (in_hand.address, in_hand.address_signed_in, in_hand.account) = (3, 5, 4);
        });
        let (mo, ada, bob, eve) =
            (server.moderator("mo"), server.stakeholder("ada"), server.stakeholder("bob"), server.anonymous());
        let reader = server.anonymous();
        let home = get_from(&reader, "/", HERE).expect(200);
        let strangers: Vec<TcpStream> = (0..3).map(|_| slow_upload(&server, &eve, HERE)).collect();
        wait_for(&server, 3);
        // A fourth is answered before anything of it is read, and so is every other page.
        let refused = rest(slow_upload(&server, &eve, HERE));
        assert!(refused.starts_with("HTTP/1.1 429") && refused.contains("Wait ten seconds"), "{refused}");
        is_crowded(&get_from(&eve, "/sign-in", HERE));
        let problem = get_from(&eve, "/api/v1/norms/none", HERE).expect(429);
        assert_eq!(problem.header("content-type"), Some("application/problem+json"));
        // Whoever is elsewhere or signed in, who reads what is kept, and what watches the portal are served.
        get_from(&eve, "/sign-in", THERE).expect(200);
        get_from(&reader, "/", HERE).expect(200);
        get_from(&reader, &home.link("link[rel=stylesheet]"), HERE).expect(200);
        get_from(&eve, "/healthz", HERE).expect(200);
        get_from(&ada, "/account", HERE).expect(200);
        // Of one account four, of all accounts at one address five.
        let hers: Vec<TcpStream> = (0..4).map(|_| slow_upload(&server, &ada, HERE)).collect();
        wait_for(&server, 7);
        is_crowded(&get_from(&ada, "/account", THERE));
        get_from(&bob, "/account", HERE).expect(200);
        let his = slow_upload(&server, &bob, HERE);
        wait_for(&server, 8);
        is_crowded(&get_from(&bob, "/account", HERE));
        get_from(&bob, "/account", THERE).expect(200);
        get_from(&mo, "/secretariat", HERE).expect(200);
        // What ends gives its place back, however it ends.
        drop((hers, his));
        wait_for(&server, 3);
        get_from(&ada, "/account", HERE).expect(200);
        let mut strangers = strangers;
        drop(strangers.pop());
        wait_for(&server, 2);
        get_from(&eve, "/sign-in", HERE).expect(200);
        assert_eq!(server.count("comments"), 0);
    }
}
