//! A database that somebody else keeps locked.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use norm_portal::db::{AnyConnection, Target};

use super::{token, try_comment};
use crate::harness::{Backend, Server};

/// What holds up every writer, on a connection of its own.
fn lock(server: &Server) -> AnyConnection {
    let target = match server.database_url() {
        Some(url) => Target::Postgresql(url.to_owned()),
        None => Target::Sqlite(server.data_dir().join("norm-portal.db")),
    };
    let mut conn = target.connect(false).unwrap();
    match &mut conn {
        AnyConnection::Sqlite(conn) => conn.batch_execute("BEGIN IMMEDIATE"),
        AnyConnection::Postgresql(conn) => conn.batch_execute("BEGIN; LOCK TABLE audit_head IN ACCESS EXCLUSIVE MODE"),
    }
    .unwrap();
    conn
}

/// How long it is locked: longer than anybody waits for a lock, which is five seconds here and ten there.
const LOCKED: Duration = Duration::from_secs(30);

fn locked(backend: Backend) {
    let server = Server::start(backend);
    let ada = server.stakeholder("ada");
    let csrf = token(&ada);
    let (held, since) = (lock(&server), Instant::now());
    let mut refused = 0;
    while since.elapsed() < LOCKED {
        let answer = try_comment(&ada, &csrf, "While it is locked.").expect("an answer");
        assert_eq!(answer.0, 503);
        server.anonymous().get("/norms/botnets").expect(200);
        server.anonymous().get("/readyz").expect(200);
        refused += 1;
    }
    assert!(refused > 1);
    assert_eq!(server.count("comments"), 0);
    drop(held);
    assert_eq!(try_comment(&ada, &csrf, "It is free again.").expect("an answer").0, 303);
    assert_eq!(server.count("comments"), 1);
    server.assert_audit_holds();
}

/// Both at once: they do nothing but wait.
#[test]
fn writers_are_told_to_come_back_and_readers_read() {
    std::thread::scope(|scope| {
        scope.spawn(|| locked(Backend::Sqlite));
        locked(Backend::Postgresql);
    });
}
