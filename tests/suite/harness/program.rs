//! The program as its operator runs it: a process of its own, settings in its environment.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use norm_portal::clock::Clock;
use norm_portal::db::Target;

use super::rows::Rows;
use super::{Authenticator, Backend, Client, Server};
use crate::postgres;

/// A data folder and a database that outlive the process.
pub struct Program {
    folder: PathBuf,
    url: Option<String>,
    settings: Vec<(String, String)>,
    /// Removed when the program is dropped.
    held: Option<(tempfile::TempDir, Option<postgres::Database>)>,
}

/// A process that serves. Dropping it kills it.
pub struct Serving {
    /// Scheme, host and port.
    pub origin: String,
    /// The path of the first invitation, if one was printed.
    pub invitation: Option<String>,
    /// The password of all demo accounts, if it made some.
    pub password: Option<String>,
    /// The secret of the second factor of the demo's staff, if it told one.
    pub secret: Option<String>,
    child: Child,
}

impl Program {
    /// A fresh folder and database; nothing runs yet.
    pub fn new(backend: Backend) -> Self {
        let data = tempfile::tempdir().unwrap();
        let database = (backend == Backend::Postgresql).then(postgres::fresh_database);
        let mut program = Self::at(data.path(), database.as_ref().map(|database| database.url.clone()));
        program.held = Some((data, database));
        program
    }

    /// A fresh folder, and an empty database somewhere else.
    pub fn on(url: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut program = Self::at(data.path(), Some(url.to_owned()));
        program.held = Some((data, None));
        program
    }

    /// The program on the data folder and database of a running server.
    pub fn beside(server: &Server) -> Self {
        let url = server.database_url().map(str::to_owned);
        Self::at(server.data_dir(), url).with("NORM_PORTAL_SERVER__PUBLIC_URL", &server.origin)
    }

    fn at(folder: &Path, url: Option<String>) -> Self {
        let mut settings = vec![
            ("NORM_PORTAL_DATA_DIR".to_owned(), folder.display().to_string()),
            ("NORM_PORTAL_SERVER__LISTEN".to_owned(), "127.0.0.1:0".to_owned()),
            ("NORM_PORTAL_LOG__LEVEL".to_owned(), "warn".to_owned()),
            ("NORM_PORTAL_MODERATION__HOLD_SECONDS".to_owned(), "0".to_owned()),
            ("NORM_PORTAL_LIMITS__ON".to_owned(), "false".to_owned()),
        ];
        settings.extend(url.iter().map(|url| ("NORM_PORTAL_DATABASE__URL".to_owned(), url.clone())));
        Self { folder: folder.to_owned(), url, settings, held: None }
    }

    /// The same with another setting, by the name of its variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Its data folder.
    pub fn data_dir(&self) -> &Path {
        &self.folder
    }

    /// Where its database is.
    pub fn target(&self) -> Target {
        match &self.url {
            Some(url) => Target::Postgresql(url.clone()),
            None => Target::Sqlite(self.folder.join("norm-portal.db")),
        }
    }

    /// Its database.
    pub fn database(&self) -> Rows {
        Rows::open(&self.target())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_norm-portal"));
        // Nothing of the surroundings reaches it: a variable of the developer's would be a setting.
        let inherited = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NORM_PORTAL_"));
        for (name, _) in inherited {
            command.env_remove(name);
        }
        command.args(arguments).envs(self.settings.iter().cloned()).current_dir(&self.folder);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// Runs a command to its end; its standard output. Fails if it does not succeed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {}\n{told}", output.status);
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it said on standard error while it served.
    pub fn told(&self) -> String {
        std::fs::read_to_string(self.folder.join("stderr.txt")).unwrap_or_default()
    }

    /// Starts to serve and returns once it answers.
    #[track_caller]
    pub fn serve(&self) -> Serving {
        self.start(&["serve"])
    }

    /// Fills itself with so many synthetic comments, then serves.
    #[track_caller]
    pub fn demo(&self, comments: u32) -> Serving {
        self.start(&["demo", "--comments", &comments.to_string()])
    }

    #[track_caller]
    fn start(&self, arguments: &[&str]) -> Serving {
        let told = std::fs::File::options().create(true).append(true).open(self.folder.join("stderr.txt")).unwrap();
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(told).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (tell, said) = channel();
        // Reads to the end, so that the process never writes into a closed pipe.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(tell.send(line))));
        let mut serving = Serving { origin: String::new(), invitation: None, password: None, secret: None, child };
        let mut line = said.recv_timeout(Duration::from_secs(300)).expect("the program says where it answers");
        while !line.starts_with("Norm Portal") {
            if let Some((_, word)) = line.split_once("have the password ") {
                serving.password = Some(word.to_owned());
            }
            if let Some((_, letters)) = line.split_once("Second factor of the demo staff: ") {
                serving.secret = Some(letters.to_owned());
            }
            line = said.recv_timeout(Duration::from_secs(60)).expect("the program says where it answers");
        }
        let address = line.strip_prefix("Norm Portal answers at ").expect("the program says where it answers");
        address.trim_end_matches('/').clone_into(&mut serving.origin);
        // What it says before it answers is said by then; only the thread above may lag.
        serving.client().get("/readyz").expect(200);
        if let Ok(line) = said.recv_timeout(Duration::from_millis(300)) {
            let address = line.strip_prefix("First Secretariat invitation: ").expect("an invitation");
            serving.invitation = address.strip_prefix(&serving.origin).map(str::to_owned);
        }
        serving
    }
}

impl Serving {
    /// An app for one-time codes that knows the demo's secret: one for each account.
    pub fn app(&self) -> Authenticator {
        Authenticator::new(self.secret.as_deref().expect("the demo tells a secret"), Clock::System)
    }

    /// A browser.
    pub fn client(&self) -> Client {
        Client::new(&self.origin)
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The most memory it ever held at once, in bytes, without the pages of the program itself: a test build is much
    /// larger than a release.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let said = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("Linux says so");
            line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
        };
        said("VmHWM:") - said("RssFile:")
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have been killed before.
        let _gone = self.child.kill();
        let _ended = self.child.wait();
    }
}
