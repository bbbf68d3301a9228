//! Reads the project's own files. Knows where they lie, not what they mean.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::lexer::{Token, tokens};

/// A file of the project.
#[derive(Clone)]
pub struct Source {
    /// From the project's folder on, with slashes.
    pub path: String,
    /// Its content.
    pub text: String,
    tokens: Arc<Tokens>,
}

#[derive(Default)]
struct Tokens {
    all: OnceLock<Vec<Token>>,
    code: OnceLock<Vec<Token>>,
}

/// What was read already, by its path: many rules look at the same files.
static READ: Mutex<BTreeMap<String, Source>> = Mutex::new(BTreeMap::new());

impl Source {
    /// A file that is there, or one that a test makes up.
    pub fn new(path: String, text: String) -> Self {
        Self { path, text, tokens: Arc::default() }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Its code without comments, tests and what only tests use.
    pub fn tokens(&self) -> &[Token] {
        let is_of_tests = self.name().ends_with("_tests.rs");
        self.tokens.code.get_or_init(|| if is_of_tests { Vec::new() } else { without_tests(self.all_tokens()) })
    }

    /// Every token, those of tests as well.
    pub fn all_tokens(&self) -> &[Token] {
        self.tokens.all.get_or_init(|| tokens(&self.text))
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
            found.push(read(&entry.path(), path));
        }
    }
}

fn read(file: &Path, path: String) -> Source {
    let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let fresh = || {
        let text = fs::read_to_string(file).expect("a text");
        Source::new(path.clone(), text)
    };
    known.entry(path.clone()).or_insert_with(fresh).clone()
}

/// Fails with every fault found, a line each.
pub fn assert_none(rule: &str, faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{rule}:\n{}\n", faults.join("\n"));
}

/// Leaves out whatever `#[cfg(test)]` stands before.
fn without_tests(code: &[Token]) -> Vec<Token> {
    let mark = tokens("#[cfg(test)]");
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < code.len() {
        if code[at..].starts_with(&mark) {
            at = end_of_item(code, at + mark.len());
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
    let kept: Vec<String> = without_tests(&tokens(code)).iter().filter_map(Token::word).map(str::to_owned).collect();
    assert_eq!(kept, ["fn", "a", "fn", "e"]);
}
