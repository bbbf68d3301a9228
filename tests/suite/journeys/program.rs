//! The real program as a journey meets it: it serves at one port, its operator runs commands beside it, its letters lie
//! in a folder.

use std::net::TcpListener;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::letter::Letter;
use crate::harness::program::Serving;
use crate::harness::{self, Backend};

/// How long a letter may take that is on its way already.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running portal. Dropping it ends the program.
pub struct Program {
    /// Where it answers: `http://127.0.0.1:40123`.
    pub origin: String,
    /// The link it printed for the first member of the Secretariat.
    pub first_invitation: String,
    // Before the folder and the database that it uses.
    serving: Option<Serving>,
    settled: harness::Program,
}

impl Program {
    /// Starts `norm-portal serve` on a free port with an empty database. The port is a setting, so that the links of the
    /// operator's commands lead to it too.
    ///
    /// # Panics
    /// When the program does not start, or prints no first invitation.
    pub fn start(backend: Backend) -> Self {
        let program = harness::Program::new(backend).with("NORM_PORTAL_SERVER__LISTEN", &free_address());
        let serving = program.serve();
        let origin = serving.origin.clone();
        let invitation = serving.invitation.as_deref().expect("the first invitation");
        let first_invitation = format!("{origin}{invitation}");
        Self { first_invitation, origin, serving: Some(serving), settled: program }
    }

    /// Kills the program, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.kill();
        }
    }

    /// Starts it again where it was.
    pub fn serve_again(&mut self) {
        self.serving = Some(self.settled.serve());
    }

    /// How many rows a table has, or a part of one.
    pub fn count(&self, rows: &str) -> i64 {
        self.settled.database().count(rows)
    }

    /// Runs a command of the operator and returns what it prints.
    ///
    /// # Panics
    /// When it fails.
    pub fn run(&self, arguments: &[&str]) -> String {
        self.settled.done(arguments)
    }

    /// A file of the test in the portal's folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.settled.data_dir().join(name)
    }

    /// The address of a page.
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Every letter that has left, in the order of writing.
    pub fn letters(&self) -> Vec<Letter> {
        let entries = std::fs::read_dir(self.file("mail")).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> =
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|it| it == "eml")).collect();
        files.sort();
        files.iter().map(|file| Letter::parse(&std::fs::read(file).expect("a letter"))).collect()
    }

    /// The one letter to `to` whose subject holds `subject`; waits for it, because another thread of the program
    /// writes it.
    ///
    /// # Panics
    /// When it does not come, or several do.
    pub fn letter(&self, to: &str, subject: &str) -> Letter {
        let until = Instant::now() + PATIENCE;
        loop {
            let fits = |letter: &Letter| letter.to.contains(to) && letter.subject.contains(subject);
            let mut found: Vec<Letter> = self.letters().into_iter().filter(fits).collect();
            assert!(found.len() < 2, "{} letters \"{subject}\" to {to}", found.len());
            if let Some(letter) = found.pop() {
                return letter;
            }
            let subjects: Vec<_> = self.letters().into_iter().map(|it| (it.to, it.subject)).collect();
            assert!(Instant::now() < until, "no letter \"{subject}\" to {to}; there are {subjects:?}");
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }
}

fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").to_string()
}
