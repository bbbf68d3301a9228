//! What every answer says to browsers: every line of the table, every fault, files, feeds and data, over TLS and for
//! everybody.

use norm_portal::routes::{TABLE, Who};
use norm_portal::web::Role;

use crate::harness::authenticator::Authenticator;
use crate::harness::people::password;
use crate::harness::{Answer, Backend, Client, Server};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A portal that people reach over TLS that somebody else ends.
fn behind_tls(change: impl FnOnce(&mut norm_portal::config::Config)) -> Server {
    Server::start_with(Backend::Sqlite, |config| {
        config.server.public_url = Some("https://localhost".into());
        change(config);
    })
}

/// Somebody who was invited, signed in.
fn invited(server: &Server, nick: &str, role: Role) -> Client {
    let (client, email) = (server.anonymous(), format!("{nick}@example.org"));
    let link = server.invitation(&email, nick, role);
    client.get(&link).form("main form").set("password", &password(nick)).press().expect(303);
    let form = client.get("/sign-in").form("main form").set("email", &email).set("password", &password(nick));
    form.press().expect(303);
    client
}

/// An address that the pattern of a route fits.
pub fn address(path: &str) -> String {
    path.replace("{slug}", "botnets")
        .replace("{kind}", "general")
        .replace("{label}", "1")
        .replace("{page}", "1")
        .replace("{number}", "1")
        .replace("{name:.*}", "none.css")
        .split('/')
        .map(|part| if part.starts_with('{') { "018f0000-0000-7000-8000-000000000000" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// What is missing or wrong in an answer's headers.
fn faults(answer: &Answer, is_private: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let said = |name: &str| answer.header(name).unwrap_or_default().to_owned();
    let mut needs = |name: &str, parts: &[&str]| {
        for part in parts.iter().filter(|part| !said(name).contains(**part)) {
            faults.push(format!("{name} lacks {part:?}: {:?}", said(name)));
        }
    };
    needs(
        "content-security-policy",
        &["default-src 'none'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"],
    );
    needs("strict-transport-security", &["max-age=63072000", "includeSubDomains"]);
    needs("x-content-type-options", &["nosniff"]);
    needs("x-frame-options", &["DENY"]);
    needs("referrer-policy", &["same-origin"]);
    needs("permissions-policy", &["camera=()", "geolocation=()", "microphone=()", "payment=()"]);
    needs("cross-origin-opener-policy", &["same-origin"]);
    let is_shared = answer.header("access-control-allow-origin").is_some();
    needs("cross-origin-resource-policy", &[if is_shared { "cross-origin" } else { "same-origin" }]);
    needs("x-permitted-cross-domain-policies", &["none"]);
    if is_private || answer.status >= 400 && !answer.path.starts_with("/static/") {
        needs("cache-control", &["no-store"]);
    }
    if said("content-security-policy").contains("unsafe") {
        faults.push("the content security policy lets something unsafe through".into());
    }
    for told in ["server", "x-powered-by", "via"] {
        faults.extend(answer.header(told).map(|value| format!("{told} tells {value:?}")));
    }
    for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
        let parts: Vec<String> = cookie.split(';').map(|part| part.trim().to_lowercase()).collect();
        let has = |wanted: &str| parts.iter().any(|part| part == wanted);
        let is_bound = cookie.starts_with("__Host-") && has("path=/") && !cookie.to_lowercase().contains("domain=");
        if !(is_bound && has("secure") && has("httponly") && has("samesite=lax")) {
            faults.push(format!("the cookie {cookie:?}"));
        }
    }
    faults
}

#[derive(Default)]
struct Walk(Vec<String>);

impl Walk {
    fn see(&mut self, what: &str, answer: &Answer, is_private: bool) {
        let faults = faults(answer, is_private);
        self.0.extend(faults.iter().map(|fault| format!("{what} {} ({}): {fault}", answer.path, answer.status)));
    }

    fn end(self) {
        assert!(self.0.is_empty(), "{} faults:\n{}", self.0.len(), self.0.join("\n"));
    }
}

#[test]
fn every_line_of_the_table_answers_with_all_of_them() {
    let server = behind_tls(|_| {});
    let people =
        [server.anonymous(), invited(&server, "mo", Role::Moderator), invited(&server, "sec", Role::Secretariat)];
    let mut walk = Walk::default();
    for route in TABLE {
        let path = address(route.path);
        for (who, client) in people.iter().enumerate() {
            let is_private = route.who != Who::Anyone;
            let answer = if route.method == "GET" { client.get(&path) } else { client.post(&path, &[("go", "send")]) };
            walk.see(route.method, &answer, is_private);
            if route.method == "GET" && who == 0 {
                walk.see("again", &client.get(&path), is_private);
                walk.see("HEAD", &client.head_with(&path, &[]), is_private);
                walk.see("host", &client.get_with(&path, &[("host", "evil.example")]), false);
            }
            if route.method == "POST" {
                walk.see("media", &client.post_with(&path, &[("content-type", "text/plain")], b"x"), is_private);
                let packed = [FORM, ("content-encoding", "gzip")];
                walk.see("packed", &client.post_with(&path, &packed, b"x"), is_private);
                let foreign = [FORM, ("origin", "https://evil.example")];
                walk.see("foreign", &client.post_with(&path, &foreign, b"x").expect(403), is_private);
            }
        }
    }
    walk.end();
}

#[test]
fn no_line_of_the_table_answers_for_another_host() {
    let server = behind_tls(|_| {});
    let (eve, sec) = (server.anonymous(), invited(&server, "sec", Role::Secretariat));
    for route in TABLE.iter().filter(|route| !matches!(route.path, "/healthz" | "/readyz")) {
        let path = address(route.path);
        for host in ["evil.example", "localhost.evil.example", "localhost@evil.example", ""] {
            for client in [&eve, &sec] {
                let answer = match route.method {
                    "GET" => client.get_with(&path, &[("host", host)]),
                    _ => client.post_with(&path, &[FORM, ("host", host)], b"go=send"),
                };
                assert_eq!(answer.status, 400, "{} {path} for {host:?}", route.method);
            }
        }
    }
}

#[test]
fn every_fault_answers_with_all_of_them() {
    let server = behind_tls(|config| {
        config.server.proxies = vec!["127.0.0.1".parse().unwrap()];
        config.limits.on = true;
        config.limits.address.searching = super::few(1);
        config.limits.busy_requests = 1;
    });
    let (eve, sec) = (server.anonymous(), invited(&server, "sec", Role::Secretariat));
    let mut walk = Walk::default();
    let mut see = |status: u16, answer: Answer| {
        assert_eq!(answer.status, status, "{}", answer.path);
        walk.see("fault", &answer, false);
    };
    see(400, eve.get("/search?q=%ff"));
    see(400, eve.get("/%00"));
    let mo = invited(&server, "mo", Role::Moderator);
    for client in [&mo, &sec] {
        Authenticator::set_up(client, server.clock().clone());
    }
    see(403, mo.get("/secretariat/people"));
    see(404, eve.get("/nothing"));
    see(404, eve.get("/api/v1/nothing"));
    see(404, eve.get("/static/nothing.css"));
    see(405, eve.post("/search", &[]));
    see(405, eve.post("/api/v1/norms", &[]));
    see(413, eve.post_bytes("/sign-in", FORM.1, &vec![b'x'; 5 << 20]));
    see(415, eve.post_bytes("/sign-in", "text/plain", b"x"));
    see(422, eve.get("/sign-in").form("main form").set("email", "no address").press());
    eve.get_with("/search?q=a", &[("x-forwarded-for", super::HERE)]).expect(200);
    see(429, eve.get_with("/search?q=b", &[("x-forwarded-for", super::HERE)]));
    let reader = server.anonymous();
    let etag = reader.get("/").header("etag").unwrap().to_owned();
    see(304, reader.get_with("/", &[("if-none-match", &etag)]));
    let slow = super::flood::slow_form(&server, "/sign-in", &eve);
    super::wait_for(&server, 1);
    see(503, eve.get("/search?q=c"));
    drop(slow);
    server.execute("DROP TABLE saved_filters");
    see(500, sec.get("/secretariat"));
    walk.end();
}
