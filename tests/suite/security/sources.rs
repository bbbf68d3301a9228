//! What the scripts and the documents of security hold, read from the sources.

use norm_portal::data_rights::held::{HELD, Level};
use norm_portal::oversight::log::actions::ACTIONS;
use norm_portal::web::Event;

use crate::house::sources::{assert_none, files};

/// Assignments to a key that is not written out: in the worker of the gate to places of a row of numbers, which has no other keys.
fn computed(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let is_taking_apart =
        ["const [", "let [", "var [", "const {", "let {"].iter().any(|it| code.trim_start().starts_with(it));
    let mut rest = code;
    while let Some((_, after)) = rest.split_once(']') {
        let then = after.trim_start();
        let is_set = then.starts_with('=') && !then.starts_with("==") && !then.starts_with("=>");
        if is_set && !is_taking_apart {
            return true;
        }
        rest = after;
    }
    ["__proto__", "prototype", "setPrototypeOf", "defineProperty", "Reflect."].iter().any(|it| code.contains(it))
}

#[test]
fn scripts_write_no_key_that_came_from_outside() {
    let scripts = files("static", &[".js"]);
    assert!(scripts.len() > 5);
    let faults = scripts.iter().flat_map(|script| {
        let is_row = |name: &&str| {
            ["Uint8Array", "Int32Array"].iter().any(|kind| script.text.contains(&format!("const {name} = new {kind}(")))
        };
        let of_numbers: Vec<&str> = ["words", "bytes"].into_iter().filter(is_row).collect();
        let is_number = move |line: &str| of_numbers.iter().any(|name| line.trim_start().contains(&format!("{name}[")));
        let lines = script.text.lines().filter(move |line| computed(line) && !is_number(line));
        lines.map(|line| format!("{}: {line}", script.path))
    });
    assert_none("a key from outside may be __proto__: use a Map", faults.collect::<Vec<_>>());
    for bad in ["all[name] = value;", "x.y[z]= 1", "Object.setPrototypeOf(a, b)", "a.__proto__.b = 1"] {
        assert!(computed(bad), "{bad}");
    }
    for good in ["const [a, b] = list;", "if (rows[0] === 1)", "list.map(([a]) => a)", "a = rows[0];"] {
        assert!(!computed(good), "{good}");
    }
}

#[test]
fn every_security_event_and_entry_is_in_the_list() {
    let list = document("docs/security/events.md");
    for event in Event::ALL {
        assert!(list.contains(&format!("`{}`", event.name())), "{} is not in docs/security/events.md", event.name());
    }
    let security = ["account.", "staff.", "invitation.", "export.", "audit.", "backup.", "gate.", "attachment.harmful"];
    for (action, _) in ACTIONS.iter().filter(|(action, _)| security.iter().any(|start| action.starts_with(start))) {
        assert!(list.contains(&format!("`{action}`")), "{action} is not in docs/security/events.md");
    }
}

#[test]
fn every_kind_of_data_has_its_level_in_the_list() {
    let list = document("docs/security/data.md");
    let english = norm_portal::web::language::named("en");
    for held in HELD {
        let row = format!("| {} | {} |", english.t(held.name), held.level.name());
        assert!(list.lines().any(|line| line == row), "docs/security/data.md lacks\n{row}");
    }
    let opens = |table: &str| {
        ["sessions", "half_sessions", "tokens", "second_factors", "recovery_codes", "outbox"].contains(&table)
    };
    for held in HELD.iter().filter(|held| held.columns.iter().any(|(table, _)| opens(table))) {
        assert_eq!(held.level, Level::Secret, "{}", held.name);
    }
}

/// How secrets begin that have no business in the sources.
fn secrets() -> [String; 8] {
    // Put together here, so that this source holds none of them.
    ["-----BEGIN {}", "AGE-SECRET-{}", "AK{}", "gh{}", "xox{}-", "sk_live{}", "eyJ{}", "glpat{}"]
        .iter()
        .zip(["PRIVATE KEY", "KEY-1", "IA", "p_", "b", "_", "hbGciOi", "-"])
        .map(|(start, end)| start.replace("{}", end))
        .collect::<Vec<_>>()
        .try_into()
        .unwrap()
}

#[test]
fn no_secret_lies_in_the_sources() {
    let texts = [
        ".rs",
        ".toml",
        ".yaml",
        ".yml",
        ".md",
        ".html",
        ".ftl",
        ".js",
        ".py",
        ".json",
        ".service",
        ".sql",
        "Dockerfile",
        "run",
    ];
    let folders = ["src", "tests", "config", "docs", "templates", "locales", "static", "migrations"];
    let secrets = secrets();
    let faults = folders.iter().flat_map(|folder| files(folder, &texts)).filter_map(|source| {
        let found = secrets.iter().find(|secret| source.text.contains(secret.as_str()));
        found.map(|secret| format!("{} holds {secret}...", source.path))
    });
    assert_none("secrets come from settings", faults);
}

/// What opens a connection, with the files that may: what the list of connections names.
const CALLS: &[(&str, &[&str])] = &[
    ("TcpStream::connect", &["src/files/clamd.rs"]),
    ("UnixStream::connect", &["src/files/clamd.rs"]),
    ("UdpSocket", &[]),
    ("reqwest::", &["src/files/s3.rs"]),
    ("AmazonS3Builder", &["src/files/s3.rs"]),
    ("SmtpTransport", &["src/mail/transport.rs"]),
    ("PgConnection::establish", &["src/db/connect.rs"]),
    ("awc::", &[]),
    ("hyper", &[]),
    ("Command::new", &["src/files/reader.rs"]),
];

#[test]
fn nothing_is_called_but_what_the_list_of_connections_names() {
    let sources = files("src", &[".rs"]);
    for (call, places) in CALLS {
        let found: Vec<&str> =
            sources.iter().filter(|source| source.text.contains(call)).map(|source| source.path.as_str()).collect();
        assert_eq!(&found, places, "{call}: tell it in docs/security/keys.md, Connections");
    }
}

fn document(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Libraries that encrypt, hash, sign or draw lots: those that are ours to name, and others that would have to be.
const METHODS: [&str; 24] = [
    "age",
    "argon2",
    "getrandom",
    "hmac",
    "ring",
    "rustls",
    "sha2",
    "totp-rs",
    "aes",
    "aes-gcm",
    "bcrypt",
    "blake2",
    "blake3",
    "chacha20poly1305",
    "ed25519-dalek",
    "hkdf",
    "jsonwebtoken",
    "md-5",
    "openssl",
    "rand",
    "rsa",
    "scrypt",
    "sha1",
    "webauthn-rs",
];

#[test]
fn every_method_and_secret_is_in_the_inventory() {
    let (list, manifest) = (document("docs/security/keys.md"), document("Cargo.toml"));
    let ours = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    let named: Vec<&str> = ours.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    let used: Vec<&&str> = METHODS.iter().filter(|method| named.contains(*method)).collect();
    assert!(used.len() >= 8, "{used:?}");
    let methods = list.split("## Methods").nth(1).and_then(|rest| rest.split("## ").next()).unwrap_or_default();
    let silent: Vec<&&&str> = used.iter().filter(|method| !methods.contains(***method)).collect();
    assert!(silent.is_empty(), "docs/security/keys.md, Methods, lacks {silent:?}");
    // Settings that are never printed.
    let secrets: Vec<String> = files("src/config", &[".rs"])
        .iter()
        .flat_map(|source| source.text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| line.trim_start().starts_with("pub ") && line.contains("Secret>"))
        .collect();
    assert_eq!(secrets.len(), 3, "tell docs/security/keys.md of {secrets:?}");
    for place in ["database.url", "mail.smtp_url", "S3", "server.tls", "backup.recipient"] {
        assert!(list.contains(place), "docs/security/keys.md lacks {place}");
    }
}

#[test]
fn times_for_libraries_are_promised_in_both_places() {
    for name in ["SECURITY.md", "docs/operations.md"] {
        let text = document(name).split_whitespace().collect::<Vec<_>>().join(" ");
        for words in ["within two working days", "within two weeks", "the next release", "three months"] {
            assert!(text.contains(words), "{name} lacks {words:?}");
        }
    }
}
