//! More in hand than can be done: what is let go first.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::wait_for;
use crate::harness::{Backend, Client, Server, on_both};

/// A connection to the server.
pub fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.origin.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(120))).unwrap();
    stream
}

/// What comes until the server closes the connection.
pub fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            // Closed with something of ours still unread.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(error) => panic!("the connection stays open: {error}"),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Begins a form that never comes.
pub fn slow_form(server: &Server, path: &str, client: &Client) -> TcpStream {
    let mut stream = connect(server);
    let host = server.origin.trim_start_matches("http://");
    let session = client.cookie("session").map(|it| format!("cookie: session={it}\r\n")).unwrap_or_default();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\n{session}content-type: application/x-www-form-urlencoded\r\n\
         content-length: 100\r\n\r\nemail=a"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

on_both! {
    fn readers_and_staff_are_served_while_the_rest_has_to_wait(backend: Backend) {
        let server = Server::start_with(backend, |config| config.limits.busy_requests = 1);
        let (mo, ada, eve) = (server.moderator("mo"), server.stakeholder("ada"), server.anonymous());
        let reader = server.anonymous();
        reader.get("/").expect(200);
        reader.get("/search?q=norm").expect(200);
        let first = slow_form(&server, "/sign-in", &eve);
        wait_for(&server, 1);
        let refused = eve.get("/search?q=core").expect(503);
        assert_eq!(refused.header("retry-after"), Some("10"));
        refused.reads("Pages can still be read");
        wait_for(&server, 1);
        eve.get("/register").expect(200);
        wait_for(&server, 1);
        ada.get("/search?q=core").expect(200);
        wait_for(&server, 1);
        let second = slow_form(&server, "/norms/botnets/comments/new/general", &ada);
        wait_for(&server, 2);
        eve.get("/register").expect(503);
        eve.get("/api/v1/norms/none").expect(503);
        ada.get("/account").expect(503);
        mo.get("/secretariat").expect(200);
        mo.get("/search?q=core").expect(200);
        reader.get("/").expect(200);
        reader.get("/search?q=norm").expect(200);
        eve.get("/healthz").expect(200);
        drop((first, second));
        wait_for(&server, 0);
        eve.get("/search?q=core").expect(200);
    }
}
