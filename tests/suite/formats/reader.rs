//! Another program that reads exported files: one Python for each test, which begins once and reads what it is asked for.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

struct Reader {
    process: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    fn start() -> Self {
        let python = std::env::var("NORM_PORTAL_TEST_PYTHON");
        let python = python.expect("run the tests with `tests/run`, which finds Python");
        let mut process = Command::new(python)
            .args(["-c", include_str!("read.py")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (asks, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Self { process, asks, answers: BufReader::new(answers) }
    }

    fn read(&mut self, path: &Path) -> Value {
        writeln!(self.asks, "{}", path.display()).unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        assert!(!answer.is_empty(), "{} can't be read", path.display());
        serde_json::from_str(&answer).unwrap()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

thread_local! {
    static READER: RefCell<Option<Reader>> = const { RefCell::new(None) };
}

/// What the file at `path` holds, as the other program reads it.
///
/// # Panics
/// Where it can't be read; why stands on standard error.
pub fn read_elsewhere(path: &Path) -> Value {
    READER.with_borrow_mut(|reader| reader.get_or_insert_with(Reader::start).read(path))
}
