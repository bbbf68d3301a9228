//! The lines of a started program's log: which events they tell, and that nothing is in them that somebody typed or that
//! opens anything; in both formats, on standard error and nowhere else.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use norm_portal::clock::Clock;
use serde_json::Value;

use crate::harness::people::{password, sign_in};
use crate::harness::{Authenticator, Backend, Client, Program};

/// What is typed everywhere.
const MARK: &str = "zebrafinch";

/// Where somebody comes from who is told to wait.
const ADDRESS: &str = "203.0.113.77";

/// A line of the log.
struct Line {
    whole: String,
    time: String,
    level: String,
    target: String,
    fields: Vec<(String, String)>,
}

impl Line {
    fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Reads a line of `log.format = "text"`.
    fn of_text(whole: &str) -> Self {
        let mut words = whole.splitn(3, ' ').map(str::trim);
        let (time, rest) = (words.next().unwrap_or_default(), words.collect::<Vec<_>>().join(" "));
        let (level, rest) = rest.trim().split_once(' ').unwrap_or_default();
        let (target, rest) = rest.split_once(": ").unwrap_or_default();
        // Values hold no blank unless they are in quotes.
        let value = |name: &str| {
            let (_, after) = rest.split_once(&format!("{name}="))?;
            let quoted = after.strip_prefix('"').and_then(|inside| inside.split('"').next());
            Some((name.to_owned(), quoted.or(after.split(' ').next())?.to_owned()))
        };
        let fields =
            ["event", "account", "about", "times", "request_id", "status"].iter().filter_map(|name| value(name));
        Self {
            whole: whole.to_owned(),
            time: time.to_owned(),
            level: level.to_owned(),
            target: target.to_owned(),
            fields: fields.collect(),
        }
    }

    /// Reads a line of `log.format = "json"`.
    fn of_json(whole: &str) -> Self {
        let all: Value = serde_json::from_str(whole).unwrap_or_else(|error| panic!("{error}: {whole}"));
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let fields = all["fields"].as_object().expect("fields").iter().map(|(name, value)| (name.clone(), text(value)));
        Self {
            whole: whole.to_owned(),
            time: text(&all["timestamp"]),
            level: text(&all["level"]),
            target: text(&all["target"]),
            fields: fields.collect(),
        }
    }
}

/// Somebody at the desk, as far as the log may not know them.
struct Staff {
    client: Client,
    email: String,
    app: Authenticator,
}

/// Takes an invitation and sets a second factor up.
fn join(client: Client, link: &str, nick: &str) -> Staff {
    let email = format!("{nick}@{MARK}.example");
    let form = client.get(link).expect(200).form("main form").forge("email", &email);
    form.set("name", &format!("{nick} {MARK}")).set("password", &password(nick)).press().expect(303);
    sign_in(&client, &email, &password(nick)).expect(303);
    let app = Authenticator::set_up(&client, Clock::System);
    Staff { client, email, app }
}

/// A form of everything that is refused, from people and from nobody.
fn be_refused(sec: &Staff, mo: &Staff, eve: &Client) {
    for _ in 0..12 {
        sign_in(eve, &mo.email, &format!("wrong {MARK} password")).expect(422);
    }
    sign_in(eve, &format!("nobody@{MARK}.example"), &format!("wrong {MARK} password")).expect(422);
    mo.client.get("/secretariat/people").expect(403);
    mo.client.post("/account/digest", &[("digest", MARK)]).expect(403);
    eve.get_with(&format!("/search?q={MARK}"), &[("host", "evil.example")]).expect(400);
    eve.get(&format!("/search?q={MARK}%ff")).expect(400);
    for status in [200, 429] {
        eve.get_with(&format!("/search?q={MARK}"), &[("x-forwarded-for", ADDRESS)]).expect(status);
    }
    let form = sec.client.get("/account/proof").form("main form").set("password", MARK);
    form.set("code", "000000").press().expect(422);
    eve.get(&format!("/comments/{MARK}")).expect(404);
    eve.get(&format!("/password/reset/{MARK}")).expect(404);
}

/// Everything that people and strangers do, in the log of a program with this format: its lines, and what may not be in them.
fn told(format: &str) -> (Vec<Line>, Vec<String>, [String; 2]) {
    let program = Program::new(Backend::Sqlite)
        .with("NORM_PORTAL_LOG__LEVEL", "debug")
        .with("NORM_PORTAL_LOG__FORMAT", format)
        .with("NORM_PORTAL_LIMITS__ON", "true")
        .with("NORM_PORTAL_SERVER__PROXIES", "[\"127.0.0.1\"]")
        .with("NORM_PORTAL_LIMITS__ADDRESS__SEARCHING", "{at_once=1,a_minute=1}");
    let serving = program.serve();
    let invitation = serving.invitation.clone().expect("the first invitation");
    let sec = join(serving.client(), &invitation, "sec");
    let link = program.done(&[
        "staff",
        "invite",
        "--email",
        &format!("mo@{MARK}.example"),
        "--name",
        MARK,
        "--role",
        "moderator",
    ]);
    let (_, secret) = link.trim().rsplit_once('/').expect("a link");
    let mo = join(serving.client(), &format!("/invitations/{secret}"), "mo");
    let place = |address: &str| {
        let form = sec.client.get("/secretariat/people").form("form[action='/secretariat/people/search']");
        let place = form.set("address", address).press().expect(303).location();
        place.trim_start_matches("/secretariat/people/").to_owned()
    };
    let ids = [place(&sec.email), place(&mo.email)];
    let eve = serving.client();
    be_refused(&sec, &mo, &eve);
    let form = sec.client.get("/norms/botnets/comments/new/general").form("main form").set("rationale", MARK);
    form.set("publication", "named").go("check").expect(200).form("main form").go("send").expect(303);
    let half = sign_in(&eve, &mo.email, &password("mo")).expect(303).follow();
    half.form("main form").set("code", "000000").press().expect(422);
    let code = mo.app.recovery.lock().unwrap().pop().expect("a recovery code");
    half.form("main form").set("code", &code).press().expect(303);
    eve.get("/sign-out").form("main form").press().expect(303);

    let mut secrets: Vec<String> =
        [MARK, ADDRESS, "evil.example", secret, &code, "quiet lantern"].map(str::to_owned).to_vec();
    secrets.push(invitation.rsplit('/').next().expect("a secret").to_owned());
    for client in [&sec.client, &mo.client, &eve] {
        let cookies = ["session", "form", "half"].iter().filter_map(|name| client.cookie(name));
        secrets.extend(cookies.filter(|value| !value.is_empty()));
    }
    serving.kill();
    let all = program.told();
    let lines = all.lines().map(if format == "json" { Line::of_json } else { Line::of_text }).collect();
    assert_kept_nowhere_else(program.data_dir(), &all);
    (lines, secrets, ids)
}

/// Fails if a file of the portal holds what is in its log.
fn assert_kept_nowhere_else(folder: &Path, all: &str) {
    let name = all.split("request_id").nth(1).expect("a request").trim_start_matches(['"', ':', '=']);
    let name: String = name.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(name.len(), 16, "{name}");
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name() != "stderr.txt" {
                let holds = std::fs::read(entry.path()).unwrap().windows(16).any(|it| it == name.as_bytes());
                assert!(!holds, "{} holds a line of the log", entry.path().display());
            }
        }
    }
}

fn assert_told(format: &str) {
    let (lines, secrets, [sec, mo]) = told(format);
    for line in &lines {
        let is_utc = line.time.ends_with('Z') && line.time.len() > 20 && line.time.as_bytes()[10] == b'T';
        let is_whole = ["ERROR", "WARN", "INFO", "DEBUG"].contains(&line.level.as_str()) && !line.target.is_empty();
        assert!(is_utc && is_whole, "{}", line.whole);
        for secret in &secrets {
            assert!(!line.whole.contains(secret.as_str()), "{secret:?} is in the log: {}", line.whole);
        }
    }
    let events: Vec<&Line> = lines.iter().filter(|line| line.target == "norm_portal::security").collect();
    let is_there = |event: &str, account: &str, about: &str| {
        let fits = |line: &&&Line| {
            (line.field("event"), line.field("account"), line.field("about")) == (event, account, about)
        };
        let found = events.iter().find(fits);
        found
            .unwrap_or_else(|| panic!("no {event} of {account} by {about}:\n{}", all_of(&events)))
            .field("request_id")
            .to_owned()
    };
    is_there("signed_in", &sec, "password");
    is_there("signed_in", &mo, "password");
    is_there("password_accepted", &mo, "password");
    is_there("code_failed", &mo, "code");
    is_there("signed_in", &mo, "recovery code");
    is_there("signed_out", &mo, "form");
    is_there("sign_in_failed", "", "password");
    is_there("proof_failed", &sec, "password");
    is_there("form_refused", &mo, "/account/digest");
    is_there("input_refused", "", "/search");
    is_there("allowance_used_up", "", "/search");
    let refused = is_there("access_refused", &mo, "/secretariat/people");
    let answered = lines.iter().find(|line| line.field("request_id") == refused && line.field("status") == "403");
    assert!(answered.is_some(), "the line of the request has its name");
    let failed = events.iter().filter(|line| (line.field("event"), line.field("account")) == ("sign_in_failed", &*mo));
    let times: Vec<&str> =
        failed.filter(|line| line.field("about") == "password").map(|line| line.field("times")).collect();
    assert_eq!(times, ["1", "2", "3", "4", "5", "10"], "a flood is told by few lines");
}

fn all_of(events: &[&Line]) -> String {
    events.iter().map(|line| line.whole.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn security_events_are_lines_to_read_without_a_word_that_was_typed() {
    assert_told("text");
}

#[test]
fn security_events_are_lines_for_programs_without_a_word_that_was_typed() {
    assert_told("json");
}

/// A clamd whose every answer tries to forge a line of the log.
fn forging_clamd() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let (mut all, mut piece) = (Vec::new(), [0; 4096]);
            while !all.ends_with(&[0; 4]) {
                match stream.read(&mut piece) {
                    Ok(count @ 1..) => all.extend_from_slice(&piece[..count]),
                    _ => break,
                }
            }
            // Whoever hung up reads nothing.
            drop(stream.write_all(b"odd\r\n2026-11-29T00:00:00Z  INFO forged\x1b[2J line\0"));
        }
    });
    place
}

#[test]
fn an_error_with_line_breaks_forges_no_line() {
    let program = Program::new(Backend::Sqlite).with("NORM_PORTAL_FILES__CLAMD", &forging_clamd());
    let serving = program.serve();
    let sec = join(serving.client(), &serving.invitation.clone().expect("the first invitation"), "sec");
    let form =
        sec.client.get("/norms/botnets/comments/new/general").form("main form").set("rationale", "See the file.");
    let form = form.set("publication", "named").choose("attachment", "a.txt", "A paper.");
    form.go("check").expect(200).form("main form").go("send").expect(303);
    let until = Instant::now() + Duration::from_secs(60);
    while !program.told().contains("forged") {
        assert!(Instant::now() < until, "clamd was not asked");
        std::thread::park_timeout(Duration::from_millis(50));
    }
    serving.kill();
    let told = program.told();
    let forged: Vec<&str> = told.lines().filter(|line| line.contains("forged")).collect();
    assert!(!forged.is_empty() && !told.contains('\u{1b}'), "{told}");
    for line in forged {
        assert!(line.contains("WARN") && line.contains("a file could not be looked through"), "{line}");
        assert!(line.contains("odd\\r\\n2026"), "{line}");
    }
}
