//! `kill -9` while comments stream in: what was acknowledged is there, whole; what was not can be sent again.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use norm_portal::ids::CommentId;

use crate::harness::people::{password, sign_in};
use crate::harness::program::Serving;
use crate::harness::{Backend, Client, Program, on_both};

const COMPOSE: &str = "/norms/avoid-tampering/comments/new/general";

/// A form as it was sent: its id, and its text.
pub type Sent = (String, String);

fn fields<'a>(csrf: &'a str, (id, text): &'a Sent) -> [(&'a str, &'a str); 5] {
    [("csrf", csrf), ("form_id", id), ("rationale", text), ("publication", "named"), ("go", "send")]
}

/// Sends one comment after the other until the server is gone; tells of each form before, and of its receipt after.
fn stream(client: Client, hand: usize, told: Sender<(Sent, Option<String>)>) -> JoinHandle<()> {
    let csrf = client.get(COMPOSE).expect(200).form("main form").value("csrf").to_owned();
    std::thread::spawn(move || {
        for number in 0.. {
            let text =
                format!("Hand {hand}, comment {number}. {}", "All of it or nothing. ".repeat(200)).trim().to_owned();
            let sent = (CommentId::new().to_string(), text);
            let Some((status, location)) = client.try_post(COMPOSE, &fields(&csrf, &sent)) else {
                // Nobody may be listening any more.
                let _ended = told.send((sent, None));
                return;
            };
            assert_eq!(status, 303, "{location}");
            if told.send((sent, Some(location))).is_err() {
                return;
            }
        }
    })
}

/// Receipts that were shown, by their paths, and what was sent without one.
pub type Known = (BTreeMap<String, Sent>, Vec<Sent>);

/// Kills the server once `enough` receipts were shown; what was acknowledged, and what was not.
fn killed_amid(serving: Serving, client: &Client, enough: usize) -> Known {
    killed_amid_while(serving, client, enough, |_| {})
}

/// [`killed_amid`]; once there are enough, `act` is done first, while comments go on streaming in.
pub fn killed_amid_while(
    serving: Serving,
    client: &Client,
    enough: usize,
    act: impl FnOnce(&BTreeMap<String, Sent>),
) -> Known {
    let (tell, told): (_, Receiver<(Sent, Option<String>)>) = channel();
    let hands: Vec<_> = (0..6).map(|hand| stream(client.clone(), hand, tell.clone())).collect();
    drop(tell);
    let (mut shown, mut unknown) = (BTreeMap::new(), Vec::new());
    let mut then = Some((serving, act));
    for (sent, receipt) in told {
        match receipt {
            Some(path) => drop(shown.insert(path, sent)),
            None => unknown.push(sent),
        }
        if shown.len() >= enough
            && let Some((serving, act)) = then.take()
        {
            act(&shown);
            serving.kill();
        }
    }
    for hand in hands {
        hand.join().unwrap();
    }
    (shown, unknown)
}

/// Serves for the first time, with somebody of the Secretariat signed in.
pub fn first(program: &Program) -> (Serving, Client) {
    let serving = program.serve();
    let client = serving.client();
    let join = client.get(serving.invitation.as_deref().expect("an invitation")).form("main form");
    let join = join.set("email", "sec@example.org").set("name", "Synthetic Secretariat");
    join.set("password", &password("sec")).press().expect(303);
    sign_in(&client, "sec@example.org", &password("sec")).expect(303);
    (serving, client)
}

/// Serves again, with the same person signed in anew.
pub fn again(program: &Program) -> (Serving, Client) {
    let serving = program.serve();
    let client = sign_in_again(&serving);
    (serving, client)
}

/// The person whom [`first`] signed in, in a new browser.
pub fn sign_in_again(serving: &Serving) -> Client {
    let client = serving.client();
    sign_in(&client, "sec@example.org", &password("sec")).expect(303);
    client
}

on_both! {
    fn what_has_a_receipt_outlives_a_killed_server(backend: Backend) {
        let program = Program::new(backend);
        let (mut serving, mut client) = first(&program);
        let mut all = BTreeMap::new();
        for _ in 0..3 {
            let (shown, unknown) = killed_amid(serving, &client, 60);
            assert!(shown.len() >= 60);
            all.extend(shown);
            (serving, client) = again(&program);
            for (path, (_, text)) in &all {
                let receipt = client.get(path).expect(200);
                assert!(receipt.main().contains(text.as_str()), "{path} lost its text");
            }
            // What got no answer may be there or not; sent again it is there once.
            let csrf = client.get(COMPOSE).form("main form").value("csrf").to_owned();
            for sent in unknown {
                let path = client.post(COMPOSE, &fields(&csrf, &sent)).expect(303).location();
                assert_eq!(client.post(COMPOSE, &fields(&csrf, &sent)).expect(303).location(), path);
                assert!(!all.contains_key(&path), "{path} has two texts");
                all.insert(path, sent);
            }
            assert!(program.done(&["verify-audit"]).contains("the chain holds"));
        }
        serving.kill();
        let db = program.database();
        let count = |rows: &str| db.count(rows);
        assert_eq!(count("comments"), i64::try_from(all.len()).unwrap());
        assert_eq!(count("comment_revisions"), count("comments"));
        let whole = "comments c WHERE EXISTS (SELECT 1 FROM comment_revisions r WHERE r.comment_id = c.id AND r.revision = c.revision)";
        assert_eq!(count(whole), count("comments"));
        assert_eq!(count("audit_log WHERE action = 'comment.submitted'"), count("comments"));
        assert_eq!(count("outbox WHERE subject LIKE 'We have received%'"), count("comments"));
    }
}
