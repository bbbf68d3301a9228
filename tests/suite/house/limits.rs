//! The page of limits says what the program does: `docs/security/limits.md` against constants and settings.

use norm_portal::config::DEFAULTS;

use super::sources::{Source, assert_none, files};

/// The page.
const PAGE: &str = "docs/security/limits.md";

fn page() -> String {
    let found = files("docs/security", &[".md"]).into_iter().find(|source| source.path == PAGE);
    found.expect(PAGE).text
}

/// Lines of the page that give a figure: what, how much, where it stands.
fn lines(page: &str) -> Vec<[&str; 3]> {
    let rows = page.lines().filter(|line| line.starts_with('|'));
    let rows = rows.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    rows.filter_map(|cells| <[&str; 3]>::try_from(cells).ok()).filter(|[_, _, place]| place.starts_with('`')).collect()
}

/// `1,000`, `4 MiB`: the number.
fn figure(text: &str) -> Option<u64> {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number: u64 = number.replace(',', "").parse().ok()?;
    match unit {
        "" => Some(number),
        "MiB" => Some(number << 20),
        "GiB" => Some(number << 30),
        _ => None,
    }
}

/// The value of `const NAME: ... = ...;`: a number, a shift, or a span of time in its own unit.
fn constant(source: &Source, name: &str) -> Option<u64> {
    let mark = format!("const {name}:");
    let line = source.text.lines().find(|line| line.contains(&mark))?;
    let value = line.split_once('=')?.1.trim().trim_end_matches(';');
    let number = |text: &str| text.trim().replace('_', "").parse::<u64>().ok();
    if let Some((_, rest)) = value.split_once("::") {
        return number(rest.split_once('(')?.1.trim_end_matches(')'));
    }
    match value.split_once("<<") {
        Some((base, bits)) => Some(number(base)? << number(bits)?),
        None => number(value),
    }
}

/// The value of a setting as it is delivered.
fn setting(name: &str) -> Option<u64> {
    let (section, key) = name.split_once('.')?;
    let section = format!("[{section}]");
    let mut lines =
        DEFAULTS.lines().skip_while(|line| *line != section).skip(1).take_while(|line| !line.starts_with('['));
    lines.find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim().parse().ok())
}

/// What stands at a place such as `NAME` in `src/...`, or `section.key`.
fn value_at(place: &str, sources: &[Source]) -> Option<u64> {
    let names: Vec<&str> = place.split('`').skip(1).step_by(2).collect();
    match names.as_slice() {
        [name, path] => constant(sources.iter().find(|source| source.path == *path)?, name),
        [name] => setting(name),
        _ => None,
    }
}

#[test]
fn each_figure_of_the_page_is_that_of_the_program() {
    let (page, sources) = (page(), files("src", &[".rs"]));
    let lines = lines(&page);
    assert!(lines.len() > 60, "{} lines with a figure", lines.len());
    let faults = lines.iter().filter_map(|[what, said, place]| {
        let (said, there) = (figure(said), value_at(place, &sources));
        (said.is_none() || said != there).then(|| format!("{what}: {said:?}, but {place} is {there:?}"))
    });
    assert_none(&format!("{PAGE} says something else than the program"), faults);
}

#[test]
fn no_longest_length_of_a_form_is_left_out() {
    let page = page();
    let is_for_forms = |path: &str| {
        ["model.rs", "form.rs", "body.rs"].iter().any(|name| path.ends_with(&format!("/{name}")))
            && !path.starts_with("src/public/")
    };
    let sources = files("src", &[".rs"]);
    let missing = sources.iter().filter(|source| is_for_forms(&source.path)).flat_map(|source| {
        let names = source.text.lines().filter_map(|line| line.split_once("const LONGEST")?.1.split_once(':'));
        let names = names.map(|(rest, _)| format!("`LONGEST{rest}` in `{}`", source.path));
        names.filter(|place| !page.contains(place.as_str())).collect::<Vec<_>>()
    });
    assert_none(&format!("{PAGE} lacks these"), missing);
}

#[test]
fn figures_are_read_as_they_are_written() {
    let text = "const A: u64 = 32 << 20;\npub const B: usize = 20_000;\nconst C: TimeDelta = TimeDelta::days(30);";
    let source = Source::new("x".into(), text.into());
    assert_eq!(
        ["A", "B", "C", "D"].map(|name| constant(&source, name)),
        [Some(32 << 20), Some(20_000), Some(30), None]
    );
    assert_eq!((figure("20,000"), figure("4 MiB"), figure("some")), (Some(20_000), Some(4 << 20), None));
    assert_eq!((setting("files.most_files"), setting("files.most")), (Some(5), None));
}
