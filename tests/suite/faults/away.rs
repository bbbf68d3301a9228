//! PostgreSQL gone and back.

use chrono::TimeDelta;
use diesel::{Connection as _, PgConnection, RunQueryDsl as _, sql_query};

use super::{token, try_comment};
use crate::harness::{Backend, Server};
use crate::postgres;

/// Lets nobody into the database and sends everybody out who is in, or lets all in again.
fn cut(server: &Server, is_cut: bool) {
    let url = server.database_url().expect("a database server");
    let name = url.rsplit('/').next().unwrap();
    let mut admin = PgConnection::establish(&postgres::server_url()).unwrap();
    sql_query(format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {}", !is_cut)).execute(&mut admin).unwrap();
    if is_cut {
        let out = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        sql_query(out).execute(&mut admin).unwrap();
    }
}

#[test]
fn a_database_that_is_gone_stops_writers_only_and_is_found_again() {
    let server = Server::start(Backend::Postgresql);
    let ada = server.stakeholder("ada");
    let csrf = token(&ada);
    let anyone = server.anonymous();
    let before = anyone.get("/norms/botnets").expect(200).main();
    anyone.get("/readyz").expect(200);
    cut(&server, true);
    // What was known is no longer fresh.
    server.pass(TimeDelta::seconds(5));
    assert_eq!(anyone.get("/norms/botnets").expect(200).main(), before);
    anyone.get("/norms/cyber-hygiene").expect(503);
    anyone.get("/healthz").expect(200);
    anyone.get("/readyz").expect(503);
    anyone.get("/metrics").expect(200).lacks("norm_portal_queue_comments");
    assert_eq!(try_comment(&ada, &csrf, "While it is gone.").expect("an answer").0, 503);
    // What is old is not shown for ever.
    server.pass(TimeDelta::minutes(11));
    anyone.get("/norms/botnets").expect(503).lacks("terminating").lacks("connection");
    cut(&server, false);
    server.pass(TimeDelta::minutes(1));
    anyone.get("/norms/botnets").expect(200);
    anyone.get("/norms/cyber-hygiene").expect(200);
    anyone.get("/readyz").expect(200);
    assert_eq!(try_comment(&ada, &csrf, "It is back.").expect("an answer").0, 303);
    assert_eq!(server.count("comments"), 1);
    server.assert_audit_holds();
}
