//! Who may know whom: the paths between the rooms of src, read from the code, against the table of the design.

use super::lexer::{Token, tokens};
use super::sources::{Source, assert_none, files};

/// What serves every room and knows none.
const SERVICES: &[&str] = &[
    "audit", "backup", "clock", "config", "db", "epochs", "files", "gate", "ids", "jobs", "keeper", "mail", "senders",
    "web", "worker",
];

/// What a room may use besides itself. A path with `::` allows only what lies behind it.
fn allowed(room: &str) -> Vec<&'static str> {
    let own: &[&str] = match room {
        "clock" | "db" => return Vec::new(),
        // The macros that make an id a column.
        "ids" => return vec!["db::binary_column"],
        "files" => return vec!["db::words", "ids"],
        "audit" | "senders" => return vec!["clock", "db", "ids"],
        "backup" => return vec!["audit", "clock", "config", "db", "ids"],
        "jobs" => return vec!["clock", "db", "ids", "worker"],
        "worker" => return vec!["db"],
        "gate" => return vec!["audit", "clock", "db", "epochs", "ids"],
        "epochs" | "keeper" => return vec!["clock", "db", "worker"],
        "mail" => return vec!["clock", "config::is_loopback", "db", "ids", "worker"],
        "config" => return vec!["db::Target", "files", "mail::transport"],
        "web" => return vec!["clock", "config", "db", "epochs", "gate", "ids"],
        "norms" => &[],
        "accounts" => &["norms::vocabulary"],
        "announcements" => &["accounts"],
        "comments" => &["accounts", "norms"],
        "moderation" | "papers" | "tables" | "data_rights" => &["accounts", "comments", "norms"],
        // It counts anew what it read in.
        "archive" => &["comments", "norms"],
        "observations" => &["accounts", "comments", "deliberation", "norms", "tables"],
        "oversight" | "deliberation" => &["accounts", "comments", "moderation", "norms"],
        // What the API and the overview say already, files say in the same words.
        "export" => &[
            "accounts",
            "archive",
            "comments",
            "deliberation",
            "moderation",
            "norms",
            "public::annotations::model",
            "public::api::comment",
            "public::api::decision",
            "public::overview::regions",
            "tables::columns",
        ],
        "public" => &[
            "accounts",
            "announcements",
            "comments",
            "data_rights::held",
            "deliberation",
            "moderation",
            "norms",
            "oversight",
        ],
        "app" | "routes" => &[
            "accounts",
            "announcements",
            "app",
            "comments",
            "data_rights",
            "deliberation",
            "export",
            "moderation",
            "norms",
            "observations",
            "oversight",
            "papers",
            "public",
            "routes",
            "tables",
        ],
        _ => panic!("the room {room} is new: say here and in src/lib.rs whom it may know"),
    };
    own.iter().chain(SERVICES).copied().collect()
}

/// `crate::a::b`, `crate::{a::b, c}` and paths of super that leave the room, as `a::b`.
fn paths(code: &[Token]) -> Vec<String> {
    let starts = code.iter().enumerate().filter(|(_, token)| token.word() == Some("crate"));
    starts.flat_map(|(at, _)| behind(code, at + 1, String::new())).collect()
}

fn is_path_mark(code: &[Token], at: usize) -> bool {
    code.get(at).is_some_and(|token| token.is(':')) && code.get(at + 1).is_some_and(|token| token.is(':'))
}

/// Every path that goes on with `::` at `at`.
fn behind(code: &[Token], at: usize, so_far: String) -> Vec<String> {
    let end = |so_far: String| if so_far.is_empty() { Vec::new() } else { vec![so_far] };
    if !is_path_mark(code, at) {
        return end(so_far);
    }
    match code.get(at + 2) {
        Some(Token::Word(word)) => {
            let longer = if so_far.is_empty() { word.clone() } else { format!("{so_far}::{word}") };
            behind(code, at + 3, longer)
        }
        Some(Token::Mark('{')) => group(code, at + 2, &so_far),
        _ => end(so_far),
    }
}

/// The paths of a group in braces that opens at `open`.
fn group(code: &[Token], open: usize, so_far: &str) -> Vec<String> {
    let (mut found, mut depth) = (Vec::new(), 0);
    for (at, token) in code.iter().enumerate().skip(open) {
        match token {
            Token::Mark('{') => depth += 1,
            Token::Mark('}') => depth -= 1,
            Token::Word(word) if depth == 1 && (code[at - 1].is('{') || code[at - 1].is(',')) => {
                let first = if so_far.is_empty() { word.clone() } else { format!("{so_far}::{word}") };
                found.extend(behind(code, at + 1, first));
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn is_allowed(room: &str, path: &str) -> bool {
    let within = |known: &str| path == known || path.strip_prefix(known).is_some_and(|rest| rest.starts_with("::"));
    within(room) || allowed(room).into_iter().any(within)
}

/// The room of a file: the folder or file below src; templates have folders of the same names.
fn room(path: &str) -> &str {
    let below = path.split('/').nth(1).unwrap_or_default();
    below.strip_suffix(".rs").unwrap_or(below)
}

fn strangers(source: &Source, code: &[Token]) -> Vec<String> {
    let unknown = paths(code).into_iter().filter(|path| !is_allowed(room(&source.path), path));
    unknown.map(|path| format!("{} knows {path}", source.path)).collect()
}

#[test]
fn no_room_knows_one_above_it() {
    let rooms = files("src", &[".rs"]);
    let rooms = rooms.iter().filter(|it| !matches!(room(&it.path), "cli" | "lib" | "main"));
    assert_none("these paths are not in the design", rooms.flat_map(|source| strangers(source, source.tokens())));
}

#[test]
fn no_template_shows_what_its_room_may_not_know() {
    let templates = files("templates", &[".html"]);
    let of_rooms = templates.iter().filter(|it| it.path.split('/').count() == 3 && room(&it.path) != "components");
    assert_none("these paths are not in the design", of_rooms.flat_map(|it| strangers(it, &tokens(&it.text))));
}

#[test]
fn super_never_leaves_a_room() {
    let faults = files("src", &[".rs"]).into_iter().filter_map(|source| {
        let module = source.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        let most = module.split('/').count() - 1;
        let code = source.tokens();
        let mut longest = 0;
        let mut run = 0;
        for token in code.iter().filter(|token| !token.is(':')) {
            run = if token.word() == Some("super") { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        // `pub(super)` in a top file of a room is the crate itself.
        (longest > most.max(1)).then(|| format!("{} goes up {longest} times", source.path))
    });
    assert_none("super leaves the room", faults);
}

/// What would change the database.
const WRITES: &[&str] = &["insert_into", "update", "delete", "write", "write_blocking"];

#[test]
fn what_is_public_only_reads() {
    let faults = files("src/public", &[".rs"]).into_iter().flat_map(|source| {
        let code = source.tokens();
        let calls = code.windows(2).filter(|pair| pair[1].is('(')).filter_map(|pair| pair[0].word().map(str::to_owned));
        let path = source.path.clone();
        calls
            .filter(|call| WRITES.contains(&call.as_str()))
            .map(move |call| format!("{path} calls {call}"))
            .collect::<Vec<_>>()
    });
    assert_none("public rooms are read-only", faults);
}

#[test]
fn paths_are_read_from_every_form_of_them() {
    let code =
        tokens("use crate::{a::b, c, d::{e, f as g}}; crate::h::i(crate::j); use super::k; pub(crate) fn l() {}");
    assert_eq!(paths(&code), ["a::b", "c", "d::e", "d::f", "h::i", "j"]);
    assert!(is_allowed("accounts", "norms::vocabulary::Vocabulary") && !is_allowed("accounts", "norms::store"));
    assert!(is_allowed("comments", "norms") && !is_allowed("norms", "comments") && !is_allowed("web", "accounts"));
    assert!(!is_allowed("mail", "config::Config"));
}
