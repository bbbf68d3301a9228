//! Rules of the house that a reader would otherwise have to watch: sizes, names, where SQL, time and randomness are,
//! what templates may hold, that every address has a test. Reads the project's own files.

mod access;
pub mod lexer;
mod limits;
mod rooms;
pub mod sources;
mod supply;

use lexer::Token;
use norm_portal::routes::TABLE;
use sources::{Source, assert_none, files};

/// The most lines a file has.
const LONGEST: usize = 400;

fn code() -> Vec<Source> {
    let mut all = files("src", &[".rs"]);
    all.extend(files("tests", &[".rs"]));
    all
}

/// The places of `words` that follow one another in the code of `source`, whatever marks are between them.
fn uses(source: &Source, words: &[&str]) -> bool {
    let tokens = source.tokens();
    let code: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    code.windows(words.len()).any(|run| run == words)
}

fn calls_macro(source: &Source, name: &str) -> bool {
    source.all_tokens().windows(2).any(|pair| pair[0].word() == Some(name) && pair[1].is('!'))
}

#[test]
fn no_file_is_too_long() {
    let mut all = code();
    all.extend(files("templates", &[".html"]));
    all.extend(files("locales", &[".ftl"]));
    let long = all.iter().filter(|source| source.text.lines().count() > LONGEST);
    assert_none(
        "split these files",
        long.map(|source| format!("{} has {} lines", source.path, source.text.lines().count())),
    );
}

#[test]
fn every_module_says_what_it_is() {
    let silent = code().into_iter().filter(|source| !source.text.starts_with("//! "));
    assert_none("these files need `//!` at their top", silent.map(|source| source.path));
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let mut all = code();
    all.extend(files("templates", &[".html"]));
    let empty = ["utils", "util", "helpers", "helper", "common", "misc"];
    let is_empty = |part: &str| empty.contains(&part.split('.').next().unwrap_or_default());
    let vague = all.into_iter().filter(|source| source.path.split('/').any(is_empty));
    assert_none("name these by what they are", vague.map(|source| source.path));
}

#[test]
fn nothing_is_left_to_do_later() {
    let faults = code().into_iter().filter(|source| {
        let ignores =
            source.all_tokens().windows(3).any(|it| it[0].is('#') && it[1].is('[') && it[2].word() == Some("ignore"));
        ignores || ["todo", "unimplemented", "dbg"].iter().any(|name| calls_macro(source, name))
    });
    assert_none("unfinished", faults.map(|source| source.path));
}

#[test]
fn sql_is_in_stores_only() {
    let is_place = |path: &str| path.ends_with("/store.rs") || path.contains("/store/") || path.starts_with("src/db/");
    let faults = files("src", &[".rs"]).into_iter().filter(|source| !is_place(&source.path));
    let faults = faults.filter(|source| source.all_tokens().iter().any(|token| token.word() == Some("diesel")));
    assert_none("diesel outside of store and db", faults.map(|source| source.path));
}

#[test]
fn time_and_chance_come_from_one_place_each() {
    let rules: &[(&[&str], &[&str])] = &[
        (&["Utc", "now"], &["src/clock.rs"]),
        (&["Local", "now"], &[]),
        (&["SystemTime", "now"], &["src/clock.rs"]),
        (&["now_v7"], &["src/ids.rs"]),
        (&["new_v4"], &[]),
        (&["getrandom"], &["src/ids.rs"]),
        // How long a request took is not a time of day.
        (
            &["Instant", "now"],
            &["src/comments/record/find.rs", "src/db/crowd.rs", "src/db/lane.rs", "src/web/shell.rs", "src/worker.rs"],
        ),
    ];
    let sources = files("src", &[".rs"]);
    let faults = rules.iter().flat_map(|(words, places)| {
        let strays = sources.iter().filter(|source| uses(source, words) && !places.contains(&source.path.as_str()));
        strays.map(|source| format!("{} uses {}", source.path, words.join("::")))
    });
    assert_none("time is passed in, ids and secrets come from ids", faults.collect::<Vec<_>>());
    let clock = sources.iter().find(|source| source.path == "src/clock.rs").expect("src/clock.rs");
    assert!(uses(clock, &["Utc", "now"]), "the rule above does not see src/clock.rs reading the clock");
}

#[test]
fn one_place_starts_processes() {
    // The portal itself, with words of its own and without a shell (ASVS 1.2.5).
    let place = "src/files/reader.rs";
    let ways: &[&[&str]] = &[&["process", "Command"], &["tokio", "process"], &["Command", "new"], &["CommandExt"]];
    let sources = files("src", &[".rs"]);
    let starts = |source: &&Source| ways.iter().any(|way| uses(source, way));
    let strays = sources.iter().filter(starts).filter(|source| source.path != place);
    assert_none("these start a process", strays.map(|source| source.path.clone()));
    let reader = sources.iter().find(|source| source.path == place).expect(place);
    assert!(starts(&reader), "the rule above does not see {place} starting one");
    let shells = ["sh", "bash", "-c", "/bin/sh", "cmd"];
    let found = reader.all_tokens().iter().filter_map(Token::text).any(|text| shells.contains(&text));
    assert!(!found, "{place} starts a shell");
}

#[test]
fn passwords_are_masked_as_they_are_typed() {
    let templates = files("templates", &[".html"]);
    let mut found = 0;
    let mut faults = Vec::new();
    for source in &templates {
        // Fields are made by the macro, whose sixth argument is the type, or written out.
        for call in source.text.split("f::text(").skip(1) {
            let words: Vec<&str> = call.split(')').next().unwrap_or_default().split(',').map(str::trim).collect();
            if words.get(2).is_some_and(|name| name.contains("password")) {
                found += 1;
                let is_masked = words.get(5) == Some(&"\"password\"");
                faults.extend((!is_masked).then(|| format!("{}: {}", source.path, words.join(", "))));
            }
        }
        for input in source.text.split("<input").skip(1).filter_map(|rest| rest.split('>').next()) {
            let names_one = input.contains("name=\"")
                && input
                    .split("name=\"")
                    .nth(1)
                    .is_some_and(|name| name.split('"').next().unwrap_or_default().contains("password"));
            let is_masked = input.contains("type=\"password\"");
            faults.extend((names_one && !is_masked).then(|| format!("{}: <input{input}>", source.path)));
        }
    }
    assert_none("these show a password as it is typed (ASVS 6.2.6)", faults);
    assert!(found >= 7, "{found}: the rule above does not see the fields");
    let form = templates.iter().find(|source| source.path == "templates/components/form.html").expect("the macros");
    assert!(form.text.contains("type=\"{{ kind }}\""), "the macro writes the type that it is given");
}

/// Filters that switch escaping off, with the file that may: a block of data in a head, whose text is free of what could
/// end it (`public::social` and its tests).
const UNESCAPED: &[(&str, &str)] = &[("templates/components/social.html", "|safe")];

#[test]
fn templates_escape_everything() {
    let faults = files("templates", &[".html"]).into_iter().filter(|source| {
        let code: String = source.text.chars().filter(|c| !c.is_whitespace()).collect();
        let opens = ["|safe", "|escape(\"none\"", "|e(\"none\"", "{%filter"].iter().find(|open| code.contains(**open));
        opens.is_some_and(|open| !UNESCAPED.contains(&(source.path.as_str(), *open)))
    });
    assert_none("these switch escaping off", faults.map(|source| source.path));
    let by_struct = files("src", &[".rs"])
        .into_iter()
        .filter(|source| uses(source, &["template", "escape"]) || source.text.contains("MarkupDisplay"));
    assert_none("these switch escaping off", by_struct.map(|source| source.path));
}

/// What the content security policy would refuse, or what would work with scripts only.
fn inline(html: &str) -> Vec<String> {
    let html = html.to_ascii_lowercase();
    let mut found = Vec::new();
    for part in html.split(|c: char| c.is_whitespace() || c == '<').filter(|part| part.contains('=')) {
        let name = part.split('=').next().unwrap_or_default();
        let is_handler = name.len() > 3 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_lowercase());
        if name == "style" || is_handler {
            found.push(part.to_owned());
        }
    }
    let with_content = |script: &&str| {
        // A block of data is no script: no policy refuses it, no browser runs it.
        if script.starts_with(" type=\"application/ld+json\">{{") {
            return false;
        }
        !script.split('>').next().unwrap_or_default().contains("src=") || !script.contains("></script>")
    };
    found.extend(html.split("<script").skip(1).filter(with_content).map(|script| format!("<script{script}")));
    found.extend(html.contains("<style").then(|| "<style".to_owned()));
    found.extend(html.contains("javascript:").then(|| "javascript:".to_owned()));
    found
}

#[test]
fn templates_hold_no_inline_style_or_script() {
    let faults = files("templates", &[".html"]).into_iter().filter_map(|source| {
        let found = inline(&source.text);
        (!found.is_empty()).then(|| format!("{}: {}", source.path, found.join(" ")))
    });
    assert_none("the content security policy refuses these", faults);
    for bad in ["<p style=\"x\">", "<a onclick=\"x\">", "<script>x</script>", "<p\nONLOAD=x>", "<style>"] {
        assert!(!inline(bad).is_empty(), "{bad}");
    }
    assert_eq!(
        inline("<script src=\"/a.js\" type=\"module\"></script><p class=\"on\" data-once=\"1\">"),
        Vec::<String>::new()
    );
}

/// Whether `text` (an address, its pattern, or the pattern of a format string) is an address of the route `path`.
fn names(text: &str, path: &str) -> bool {
    let text = match text.find('/') {
        Some(0) => text,
        Some(slash) if text.starts_with('{') && text[..slash].ends_with('}') => &text[slash..],
        _ => return false,
    };
    let text = text.split(['?', '#']).next().unwrap_or_default();
    if let Some((folder, _)) = path.split_once("{name:.*}") {
        return text.len() > folder.len() && text.starts_with(folder);
    }
    let (given, wanted): (Vec<&str>, Vec<&str>) = (text.split('/').collect(), path.split('/').collect());
    given.len() == wanted.len()
        && given
            .iter()
            .zip(&wanted)
            .all(|(given, wanted)| given == wanted || (wanted.starts_with('{') && !given.is_empty()))
}

#[test]
fn every_address_has_a_test() {
    // The list of whose things are whose names every address with a place: that alone tests none.
    let no_tests = ["tests/suite/house", "tests/suite/owners.rs"];
    let sources = files("tests/suite", &[".rs"]);
    let sources = sources.iter().filter(|source| !no_tests.iter().any(|start| source.path.starts_with(start)));
    let texts: Vec<&str> = sources.flat_map(Source::all_tokens).filter_map(Token::text).collect();
    let untested = TABLE.iter().filter(|route| !texts.iter().any(|text| names(text, route.path)));
    assert_none("no test names these", untested.map(|route| format!("{} {}", route.method, route.path)));
    assert!(
        names("/norms/{slug}/comments/new", "/norms/{slug}/comments/new")
            && names("/norms/botnets?heat=1", "/norms/{slug}")
    );
    assert!(
        names("{origin}/static/a.css", "/static/{name:.*}")
            && !names("/norms", "/norms/{slug}")
            && !names("/norms/", "/norms/{slug}")
    );
}
