//! People who are signed in get the kept page with their own masthead, and nobody else's.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::{NORM, ask, published, rendered};
use crate::harness::client::words;
use crate::harness::{Backend, Server, on_both};

on_both! {
    fn everybody_reads_their_own_name_and_no_other(server: Server) {
        let (ada, mo, _) = published(&server, "Seen by all.");
        let (bob, reader) = (server.stakeholder("bob"), server.anonymous());
        // A note that waits is shown once, on a page that is not kept.
        mo.get("/look-up").expect(200);
        for path in [NORM, "/", "/contact", "/privacy", "/accessibility"] {
            // Whoever comes first fills nothing for the others.
            let first = ask(&ada, path, "gzip").expect(200);
            first.dom().select(&crate::harness::client::css(".masthead")).for_each(|it| assert!(words(it).contains(&ada.name)));
            ask(&ada, path, "identity").expect(200);
            let before = rendered(&server);
            let nobody = ask(&reader, path, "gzip").expect(200);
            assert_eq!(rendered(&server), before + 1, "{path}");
            assert!(nobody.one(".masthead").contains("Sign in"));
            for person in [&bob, &mo] {
                let kept = ask(person, path, "gzip, deflate, br").expect(200);
                assert_eq!(rendered(&server), before + 1, "{path} was rendered again");
                assert_eq!(kept.header("content-encoding"), Some("gzip"));
                assert_eq!((kept.header("cache-control"), kept.header("etag")), (Some("no-store"), None));
                // Without gzip the page comes as it is.
                assert_eq!(kept.text(), ask(person, path, "identity").text(), "{path}");
                assert!(kept.one(".masthead").contains(&person.name));
            }
            let fresh = ask(&reader, path, "identity").text();
            for name in [&bob.name, &mo.name, &bob.email, &ada.email] {
                assert!(!fresh.contains(name.as_str()) && !nobody.text().contains(name.as_str()), "{path} names {name}");
            }
        }
        assert!(ask(&mo, "/", "gzip").one(".masthead").contains("Secretariat"));
        ask(&bob, "/", "gzip").lacks("href=\"/register\"");
        assert!(ask(&reader, "/", "gzip").text().contains("href=\"/register\""));
    }

    fn a_comment_shows_each_what_they_may_add(server: Server) {
        let (ada, _, page) = published(&server, "Worth signing.");
        let (bob, reader) = (server.stakeholder("bob"), server.anonymous());
        for person in [&ada, &bob] {
            ask(person, &page, "gzip").expect(200);
        }
        ask(&reader, &page, "gzip").reads("Add my name").lacks(&bob.name);
        ask(&ada, &page, "gzip").lacks("Add my name");
        ask(&bob, &page, "gzip").reads("Add my name");
    }
}

#[test]
fn notes_and_forms_of_one_browser_are_kept_for_nobody() {
    let server = Server::start(Backend::Sqlite);
    let (ada, reader) = (server.stakeholder("ada"), server.anonymous());
    ask(&reader, "/", "br");
    let before = rendered(&server);
    let flash = ada.get("/sign-out").form("main form").press().expect(303);
    assert!(flash.header("set-cookie").is_some());
    let told = ask(&ada, "/", "br").expect(200);
    assert!(!told.all("[role=status]").is_empty());
    assert_eq!(rendered(&server), before);
    assert!(ask(&reader, "/", "br").all("[role=status]").is_empty());
    // The cookie that binds forms to a browser changes nothing on a page without one; but the browser keeps nothing.
    reader.get("/sign-in").expect(200);
    assert!(reader.cookie("form").is_some());
    let kept = ask(&reader, "/", "br").expect(200);
    assert_eq!((kept.header("cache-control"), kept.header("set-cookie")), (Some("no-store"), None));
    // A cookie of somebody else's does no harm, a session that ended shows nobody.
    for (name, value) in [("theirs", "1"), ("session", "ended"), ("session", "")] {
        let browser = server.anonymous();
        browser.set_cookie(name, Some(value));
        assert!(ask(&browser, "/", "gzip").expect(200).one(".masthead").contains("Sign in"), "{name}={value}");
    }
}

#[test]
fn an_odd_name_stands_in_the_masthead_as_it_is() {
    let server = Server::start(Backend::Sqlite);
    let name = "</header><b>\u{5d0}\u{5d1} & Co\u{1f600}";
    let odd = server.stakeholder_with("odd", |form| form.set("name", name));
    for _ in 0..2 {
        let page = ask(&odd, NORM, "gzip").expect(200);
        assert!(page.one(".masthead").contains(name), "{}", page.one(".masthead"));
        assert_eq!(page.text(), ask(&odd, NORM, "identity").text());
    }
}

/// What the system's own program makes of a page that was put together.
#[test]
fn another_program_unpacks_what_was_put_together() {
    let server = Server::start(Backend::Sqlite);
    let ada = server.stakeholder("ada");
    let session = format!("session={}", ada.cookie("session").unwrap());
    let agent = ureq::agent();
    for _ in 0..2 {
        let request = agent.get(format!("{}{NORM}", server.origin)).header("accept-encoding", "gzip");
        let packed = request.header("cookie", &session).call().unwrap().body_mut().read_to_vec().unwrap();
        let gzip = Command::new("gzip").arg("-dc").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut gzip = gzip.expect("gzip is on every Linux");
        let mut stdin = gzip.stdin.take().unwrap();
        let writer = std::thread::spawn(move || stdin.write_all(&packed).unwrap());
        let output = gzip.wait_with_output().unwrap();
        writer.join().unwrap();
        assert!(output.status.success());
        assert_eq!(String::from_utf8(output.stdout).unwrap(), ask(&ada, NORM, "identity").text());
    }
}
