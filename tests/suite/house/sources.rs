//! Reads the project's own files. Knows where they lie, not what they mean.

use std::fs;
use std::path::Path;

use super::lexer::{Token, tokens};

/// A file of the project.
pub struct Source {
    /// From the project's folder on, with slashes.
    pub path: String,
    /// Its content.
    pub text: String,
}

impl Source {
    /// The file's name.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Its code without comments, tests and what only tests use.
    pub fn tokens(&self) -> Vec<Token> {
        if self.name().ends_with("_tests.rs") {
            return Vec::new();
        }
        without_tests(tokens(&self.text))
    }

    /// Every token, those of tests as well.
    pub fn all_tokens(&self) -> Vec<Token> {
        tokens(&self.text)
    }
}

/// The files below `folder` whose names end with one of `endings`, sorted.
pub fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), folder, endings, &mut found);
    assert!(!found.is_empty(), "no {endings:?} in {folder}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &str, endings: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(root.join(folder)).expect(folder) {
        let entry = entry.expect(folder);
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().expect(folder).is_dir() {
            collect(root, &path, endings, found);
        } else if endings.iter().any(|ending| path.ends_with(ending)) {
            let text = fs::read_to_string(entry.path()).expect(&path);
            found.push(Source { path, text });
        }
    }
}

/// Fails with every fault found, a line each.
pub fn assert_none(rule: &str, faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{rule}:\n{}\n", faults.join("\n"));
}

/// Leaves out whatever `#[cfg(test)]` stands before.
fn without_tests(code: Vec<Token>) -> Vec<Token> {
    let mark = tokens("#[cfg(test)]");
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < code.len() {
        if code[at..].starts_with(&mark) {
            at = end_of_item(&code, at + mark.len());
        } else {
            kept.push(code[at].clone());
            at += 1;
        }
    }
    kept
}

/// Just behind the semicolon or the closing brace of the item that begins at `from`.
fn end_of_item(code: &[Token], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in code.iter().enumerate().skip(from) {
        match token {
            Token::Mark('{') => depth += 1,
            Token::Mark('}') if depth == 1 => return at + 1,
            Token::Mark('}') => depth = depth.saturating_sub(1),
            Token::Mark(';') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn only_tests_are_left_out() {
    let code = "fn a() {} #[cfg(test)] mod tests { fn b() { c() } } #[cfg(test)] #[path = \"x.rs\"] mod d; fn e() {}";
    let kept: Vec<String> = without_tests(tokens(code)).iter().filter_map(Token::word).map(str::to_owned).collect();
    assert_eq!(kept, ["fn", "a", "fn", "e"]);
}
