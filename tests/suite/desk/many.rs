//! Eight moderators and two thousand comments: each decided once, one letter each, and the chain holds.

use std::sync::Barrier;
use std::thread;

use norm_portal::accounts::model::Email;
use norm_portal::accounts::store as accounts;
use norm_portal::comments::body::{Body, General};
use norm_portal::comments::form::Answers;
use norm_portal::comments::model::Publication;
use norm_portal::comments::submit::{Incoming, Stationery, SubmitError, store_once};
use norm_portal::db::AnyConnection;
use norm_portal::ids::CommentId;
use norm_portal::norms::store as norms;
use norm_portal::norms::vocabulary::{SHIPPED, Vocabulary};

use crate::harness::{Server, on_both};

const COMMENTS: usize = 2_000;
const MODERATORS: usize = 8;

/// So many comments of one author, sent as the composer sends them; their references.
fn flood(server: &Server, email: &str) -> Vec<String> {
    let (email, now, origin) = (Email::parse(email).unwrap(), server.clock().now(), server.origin.clone());
    let vocabulary = std::sync::Arc::new(Vocabulary::parse(SHIPPED).unwrap());
    let write = move |conn: &mut AnyConnection| {
        let account = accounts::by_email(conn, &email)?.expect("an author").id;
        let norm = norms::norm_by_slug(conn, "botnets")?.expect("a norm").id;
        let text_version = norms::current_version(conn, norm)?.id;
        let letters = Stationery { origin, vocabulary };
        let one = |number: usize| Incoming {
            id: CommentId::new(),
            account,
            norm,
            text_version,
            class: None,
            answers: Answers::of(
                Body::General(General { rationale: format!("Number {number}."), evidence: String::new() }),
                Publication::Named,
            ),
            known: None,
        };
        (0..COMMENTS)
            .map(|number| store_once(conn, now, one(number), &letters))
            .collect::<Result<Vec<_>, SubmitError>>()
    };
    server.db().write_blocking(write).unwrap()
}

on_both! {
    fn eight_moderators_decide_two_thousand_comments_once_each(server: Server) {
        let ada = server.stakeholder("ada");
        let staff: Vec<_> = (0..MODERATORS).map(|number| server.moderator(&format!("mo{number}"))).collect();
        let references = flood(&server, &ada.email);
        assert_eq!(server.count("comments WHERE state = 'pending'"), 2_000);
        let tokens: Vec<String> =
            staff.iter().map(|it| it.get("/sign-out").form("main form").value("csrf").to_owned()).collect();
        let start = Barrier::new(MODERATORS);
        // Two reach for each comment: one from the front, one from the back of the same quarter.
        let quarter = COMMENTS / (MODERATORS / 2);
        let answers: Vec<u16> = thread::scope(|scope| {
            let threads: Vec<_> = (0..MODERATORS)
                .map(|hand| {
                    let (person, csrf, start) = (&staff[hand], &tokens[hand], &start);
                    let mut mine: Vec<&String> = references[hand / 2 * quarter..(hand / 2 + 1) * quarter].iter().collect();
                    if hand % 2 == 1 {
                        mine.reverse();
                    }
                    scope.spawn(move || {
                        start.wait();
                        let decide = |(place, reference): (usize, &&String)| {
                            let outcome = ["publish", "decline", "return"][(place + hand) % 3];
                            let fields = [
                                ("csrf", csrf.as_str()), ("revision", "1"), ("version", "1"), ("round", "0"),
                                ("outcome", outcome), ("reason", "off-topic"), ("statement", "Words."),
                                ("answer_by", "2026-12-01"),
                            ];
                            person.try_post(&format!("/secretariat/comments/{reference}/decision"), &fields).unwrap().0
                        };
                        mine.iter().enumerate().map(decide).collect::<Vec<_>>()
                    })
                })
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let with = |status: u16| answers.iter().filter(|it| **it == status).count();
        assert_eq!((with(303), with(409)), (COMMENTS, COMMENTS), "{answers:?}");
        assert_eq!(server.count("decisions"), 2_000);
        assert_eq!(server.number("SELECT count(DISTINCT comment_id) AS n FROM decisions"), 2_000);
        assert_eq!(server.count("comments WHERE state = 'pending'"), 0);
        assert_eq!(server.count("outbox WHERE once_key LIKE 'decision:%'"), 2_000, "one letter each");
        let entries = ["published", "returned", "declined"].map(|what| server.audited(&format!("comment.{what}")));
        assert_eq!(entries.iter().sum::<i64>(), 2_000, "{entries:?}");
        let published = server.count("comments WHERE state = 'published'");
        assert_eq!(server.number("SELECT CAST(sum(published_general) AS BIGINT) AS n FROM norms"), published);
        assert_eq!(server.count("published"), published);
        server.assert_audit_holds();
    }
}
