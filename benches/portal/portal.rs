//! The portal under measurement: its data folder, filled once, and the built program on it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use norm_portal::accounts::factor::model::Secret;

use super::http::Browser;
use super::machine;

/// What is measured.
const PROGRAM: &str = env!("CARGO_BIN_EXE_norm-portal");

/// A data folder with comments.
pub struct Data {
    /// The folder.
    pub folder: PathBuf,
    /// How many comments it was filled with.
    pub comments: usize,
    /// How long that took; nothing if it was filled before.
    pub filled_in: Option<Duration>,
    url: Option<String>,
}

/// A process that serves. Dropping it stops it.
pub struct Serving {
    /// Host and port.
    pub address: String,
    /// From the start of the process to the first 200 of `/readyz`.
    pub ready_in: Duration,
    child: Child,
}

impl Data {
    /// The folder with `comments`: filled now unless that was done before.
    pub fn filled(folder: &Path, url: Option<String>, comments: usize) -> Self {
        let mut data = Self { folder: folder.to_owned(), comments, filled_in: None, url };
        fs::create_dir_all(folder).expect("a folder for the data");
        if !data.note().is_file() {
            let begin = Instant::now();
            data.fill();
            data.filled_in = Some(begin.elapsed());
        }
        let note = fs::read_to_string(data.note()).expect("what was filled in");
        let (known, _) = note.split_once('\n').expect("three lines");
        assert_eq!(known, comments.to_string(), "{} holds another number of comments", folder.display());
        data
    }

    /// A folder in which nothing was filled in.
    pub fn empty(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), comments: 0, filled_in: None, url: None }
    }

    /// The password of every synthetic account.
    pub fn password(&self) -> String {
        let note = fs::read_to_string(self.note()).expect("what was filled in");
        note.lines().nth(1).expect("a password").to_owned()
    }

    /// The second factor of the synthetic staff.
    pub fn secret(&self) -> Secret {
        let note = fs::read_to_string(self.note()).expect("what was filled in");
        let bytes = note.lines().nth(2).and_then(|line| hex::decode(line).ok());
        let bytes = bytes.unwrap_or_else(|| panic!("{} is of an older version: remove it", self.folder.display()));
        Secret::of(&bytes).expect("a secret")
    }

    /// Where the embedded database is.
    pub fn database(&self) -> Option<PathBuf> {
        self.url.is_none().then(|| self.folder.join("norm-portal.db"))
    }

    /// The bytes of the embedded database with its log; `None` on PostgreSQL.
    pub fn size(&self) -> Option<u64> {
        let database = self.database()?;
        Some(machine::size(&database) + machine::size(&database.with_extension("db-wal")))
    }

    fn note(&self) -> PathBuf {
        self.folder.join("bench.txt")
    }

    /// The program with this folder and database, on the servers' core.
    pub fn command(&self, address: &str, arguments: &[&str]) -> Command {
        self.prepared(machine::pinned(machine::SERVER, PROGRAM), address, arguments)
    }

    /// The same on any core.
    pub fn command_on_any(&self, address: &str, arguments: &[&str]) -> Command {
        self.prepared(Command::new(PROGRAM), address, arguments)
    }

    fn prepared(&self, mut command: Command, address: &str, arguments: &[&str]) -> Command {
        let inherited = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NORM_PORTAL_"));
        for (name, _) in inherited {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .env("NORM_PORTAL_DATA_DIR", &self.folder)
            .env("NORM_PORTAL_SERVER__LISTEN", address)
            .env("NORM_PORTAL_LOG__LEVEL", "warn")
            .env("NORM_PORTAL_LIMITS__ON", "false")
            .stdin(Stdio::null());
        if let Some(url) = &self.url {
            command.env("NORM_PORTAL_DATABASE__URL", url);
        }
        command
    }

    fn fill(&self) {
        let comments = self.comments.to_string();
        let mut command = self.command(&free_address(), &["demo", "--comments", &comments]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the portal starts");
        let (mut password, mut secret) = (None, None);
        for line in BufReader::new(child.stdout.take().expect("its output")).lines() {
            let line = line.expect("its output");
            password = password.or(line.split_once("have the password ").map(|(_, word)| word.to_owned()));
            // As the address of an app has it.
            secret = secret.or(line.split_once("otpauth://").and_then(|_| Secret::of_address(&line)));
            if line.contains("answers at") {
                break;
            }
        }
        stop(&mut child);
        let password = password.expect("the demo was not filled");
        let secret = hex::encode(secret.expect("the demo tells a secret").as_bytes());
        fs::write(self.note(), format!("{comments}\n{password}\n{secret}\n")).expect("a note");
    }

    /// Starts to serve, and waits until it is ready.
    pub fn serve(&self) -> Serving {
        let address = free_address();
        let mut command = self.command(&address, &["serve"]);
        let begin = Instant::now();
        let child = command.stdout(Stdio::null()).spawn().expect("the portal starts");
        let ready =
            || std::net::TcpStream::connect(&address).is_ok() && Browser::new(&address).get("/readyz").status == 200;
        while !ready() {
            assert!(begin.elapsed() < Duration::from_secs(120), "the portal is not ready");
            std::thread::sleep(Duration::from_millis(1));
        }
        Serving { ready_in: begin.elapsed(), address, child }
    }
}

impl Serving {
    /// Its process.
    pub fn process(&self) -> u32 {
        // taskset becomes the program it starts.
        self.child.id()
    }

    /// What it holds in memory, in megabytes.
    pub fn memory(&self) -> f64 {
        machine::memory(self.process(), "VmRSS").expect("a process")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

/// Asks a process to end, and waits until it did.
pub fn stop(child: &mut Child) {
    let asked = Command::new("kill").arg(child.id().to_string()).status();
    if asked.is_err() {
        child.kill().ok();
    }
    child.wait().expect("a child ends");
}

/// An address that nobody listens on.
pub fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}
