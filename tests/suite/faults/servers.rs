//! Two servers on one PostgreSQL, one of them killed again and again.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use norm_portal::clock::Clock;
use norm_portal::ids::CommentId;

use super::COMPOSE;
use crate::durability::first;
use crate::harness::authenticator::Authenticator;
use crate::harness::{Backend, Client, Program};

/// How often one of them is killed at least.
const KILLED: usize = 4;

/// For how long one of them is killed again and again: `tests/faults/two-servers` says so, for the suite has no time.
fn killed_for() -> Duration {
    let seconds = std::env::var("NORM_PORTAL_TEST_KILLED_FOR").ok();
    Duration::from_secs(seconds.map_or(0, |seconds| seconds.parse().expect("a number of seconds")))
}

/// What a reader of a page on the other server waits at most.
const DEADLINE: Duration = Duration::from_secs(10);

/// The same person's browser at another server: behind one address a proxy would send them there.
fn elsewhere(client: &Client, origin: &str) -> Client {
    let other = Client::new(origin);
    other.set_cookie("session", client.cookie("session").as_deref());
    other
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_when_one_of_two_is_killed() {
    let program = Program::new(Backend::Postgresql);
    let (staying, client) = first(&program);
    let dying = Mutex::new(Some(program.serve()));
    let csrf = client.get(COMPOSE).form("main form").value("csrf").to_owned();
    let shown: Mutex<BTreeMap<String, String>> = Mutex::default();
    let (is_over, count) = (AtomicBool::new(false), AtomicUsize::new(0));
    let origin = || dying.lock().unwrap().as_ref().map(|serving| serving.origin.clone());
    std::thread::scope(|scope| {
        for hand in 0..4 {
            let (shown, is_over, count, csrf, client, staying, origin) =
                (&shown, &is_over, &count, &csrf, &client, &staying, &origin);
            scope.spawn(move || {
                for number in 0.. {
                    if is_over.load(Ordering::SeqCst) {
                        return;
                    }
                    let (id, text) = (CommentId::new().to_string(), format!("Hand {hand}, comment {number}."));
                    let fields = [
                        ("csrf", csrf.as_str()),
                        ("form_id", &id),
                        ("rationale", &text),
                        ("publication", "named"),
                        ("go", "send"),
                    ];
                    // First where it may be killed; whoever gets no answer sends the same form to the other.
                    let one = origin().and_then(|origin| elsewhere(client, &origin).try_post(COMPOSE, &fields));
                    let (status, path) = match one {
                        Some((303, path)) => (303, path),
                        _ => elsewhere(client, &staying.origin)
                            .try_post(COMPOSE, &fields)
                            .expect("the other one answers"),
                    };
                    assert_eq!(status, 303, "{path}");
                    assert!(shown.lock().unwrap().insert(path, text).is_none(), "two comments have one receipt");
                    count.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let since = Instant::now();
        for round in 1.. {
            if round > KILLED && since.elapsed() >= killed_for() {
                break;
            }
            let enough = count.load(Ordering::SeqCst) + 30;
            while count.load(Ordering::SeqCst) < enough {
                std::thread::yield_now();
            }
            let killed = dying.lock().unwrap().take().expect("it serves");
            killed.kill();
            *dying.lock().unwrap() = Some(program.serve());
        }
        is_over.store(true, Ordering::SeqCst);
    });
    let shown = shown.into_inner().unwrap();
    let rows = program.database();
    assert_eq!(rows.count("comments"), i64::try_from(shown.len()).unwrap());
    assert_eq!(rows.count("comment_revisions"), rows.count("comments"));
    assert_eq!(rows.count("audit_log WHERE action = 'comment.submitted'"), rows.count("comments"));
    assert_eq!(rows.count("outbox WHERE subject LIKE 'We have received%'"), rows.count("comments"));
    let other = elsewhere(&client, &origin().expect("it serves"));
    for (path, text) in &shown {
        assert!(other.get(path).expect(200).main().contains(text.as_str()), "{path}");
    }
    assert!(program.done(&["verify-audit"]).contains("the chain holds"));
    // Signed out at one, signed out at both.
    client.get("/sign-out").form("main form").press().expect(303);
    other.get("/my-comments").expect(303);
}

#[test]
fn what_one_server_announces_the_other_shows_within_its_time() {
    let program = Program::new(Backend::Postgresql);
    let (one, client) = first(&program);
    Authenticator::set_up(&client, Clock::System);
    let two = program.serve();
    let reader = two.client();
    reader.get("/announcements").expect(200).lacks("It is open.");
    let form = client.get("/secretariat/announcements").expect(200).form("main form");
    form.set("title", "It is open.").set("text", "Everybody may comment.").press().expect(303);
    let asked = Instant::now();
    while !reader.get("/announcements").expect(200).main().contains("It is open.") {
        assert!(asked.elapsed() < DEADLINE, "the other server never saw it");
    }
    drop(one);
}
