//! What sending a comment asks of the database.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use diesel::Connection as _;
use diesel::connection::{CacheSize, InstrumentationEvent};
use norm_portal::accounts::model::Email;
use norm_portal::accounts::store as accounts;
use norm_portal::comments::body::{Body, General};
use norm_portal::comments::form::Answers;
use norm_portal::comments::model::Publication;
use norm_portal::comments::submit::{Incoming, Stationery, SubmitError, store_once};
use norm_portal::ids::CommentId;
use norm_portal::norms::store as norms;
use norm_portal::norms::vocabulary::{SHIPPED, Vocabulary};

use super::NORM;
use crate::harness::{Server, on_both};

/// The statements that a connection prepared to keep, and those that ran.
#[derive(Default)]
struct Heard {
    kept: BTreeSet<String>,
    ran: BTreeSet<String>,
}

on_both! {
    fn every_statement_of_a_comment_is_prepared_once(server: Server) {
        let email = Email::parse(&server.stakeholder("ada").email).unwrap();
        let (now, origin, slug) = (server.clock().now(), server.origin.clone(), NORM.trim_start_matches("/norms/"));
        let heard = Arc::new(Mutex::new(Heard::default()));
        let ear = heard.clone();
        server
            .db()
            .write_blocking(move |conn| {
                let account = accounts::by_email(conn, &email)?.unwrap().id;
                let norm = norms::norm_by_slug(conn, slug)?.unwrap().id;
                let text_version = norms::current_version(conn, norm)?.id;
                let stationery = Stationery { origin, vocabulary: Arc::new(Vocabulary::parse(SHIPPED).unwrap()) };
                let send = |conn: &mut _| {
                    let body = Body::General(General { rationale: "Why not.".into(), evidence: String::new() });
                    let answers = Answers::of(body, Publication::Named);
                    let id = CommentId::new();
                    let it = Incoming { id, account, norm, text_version, class: None, answers, known: None };
                    store_once(conn, now, it, &stationery)
                };
                // Forgets what other requests had it prepare.
                conn.set_prepared_statement_cache_size(CacheSize::Disabled);
                conn.set_prepared_statement_cache_size(CacheSize::Unbounded);
                conn.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
                    InstrumentationEvent::CacheQuery { sql, .. } => {
                        ear.lock().unwrap().kept.insert(sql.to_owned());
                    }
                    InstrumentationEvent::StartQuery { query, .. } => {
                        let text = query.to_string();
                        ear.lock().unwrap().ran.insert(text.split(" -- binds").next().unwrap().to_owned());
                    }
                    _ => {}
                });
                send(conn)?;
                send(conn)?;
                conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
                Ok::<_, SubmitError>(())
            })
            .unwrap();
        let heard = heard.lock().unwrap();
        assert!(heard.ran.iter().any(|sql| sql.starts_with("INSERT INTO") && sql.contains("audit_log")), "{:?}", heard.ran);
        let again: Vec<_> = heard.ran.difference(&heard.kept).collect();
        assert!(again.is_empty(), "prepared anew each time: {again:#?}");
    }
}
