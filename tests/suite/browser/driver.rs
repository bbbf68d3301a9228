//! One `chromedriver` and the Chromium it drives, both gone when the value is dropped.
//!
//! Knows the programs that `tests/run` found, by `NORM_PORTAL_TEST_CHROMEDRIVER` and
//! `NORM_PORTAL_TEST_CHROMIUM`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Map, Value, json};
use ureq::http::Method;
use url::{ParseError, Url};

/// What Chromium is started with. No address but the portal's is asked for by the browser itself;
/// `--disable-dev-shm-usage` because containers give `/dev/shm` 64 MB.
const ARGUMENTS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--lang=en",
];

/// `managed_default_content_settings`: 2 is "block".
const BLOCK: u8 = 2;

/// A command of chromedriver that `WebDriver` does not have: `POST /session/{id}/{path}`.
#[derive(Debug)]
pub struct Extension {
    path: &'static str,
    body: Value,
}

impl Extension {
    /// Fetches and empties the log of what the browser's network did.
    pub fn network_log() -> Self {
        Self { path: "se/log", body: json!({ "type": "performance" }) }
    }

    /// Gives the browser an authenticator like that of a laptop, which holds passkeys and whose user always unlocks it.
    pub fn authenticator() -> Self {
        let what = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
        });
        Self { path: "webauthn/authenticator", body: what }
    }

    /// A command of the `DevTools` protocol.
    pub fn devtools(command: &str, parameters: &Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": parameters }) }
    }
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// A running chromedriver with its own port, log and browser profile.
pub struct Driver {
    process: Child,
    port: u16,
    folder: tempfile::TempDir,
    session: Option<String>,
}

impl Driver {
    /// Starts chromedriver on a port of its own choice and waits until it says which.
    ///
    /// # Panics
    /// When chromedriver is missing or ends before it listens.
    pub fn start() -> Self {
        let program = program("NORM_PORTAL_TEST_CHROMEDRIVER", "chromedriver");
        let folder = tempfile::Builder::new()
            .prefix("chromium-")
            .tempdir()
            .unwrap_or_else(|fault| panic!("no folder for the browser: {fault}"));
        // The port that it chose may be taken on the other family of addresses: then it ends, and chooses anew.
        let begun = (0..5).find_map(|_| {
            let mut process = Command::new(&program)
                .arg("--port=0")
                .arg(format!("--log-path={}", folder.path().join("chromedriver.log").display()))
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap_or_else(|fault| panic!("cannot start {program}: {fault}; use `tests/run`"));
            let port = announced_port(&mut process);
            if port.is_none() {
                drop(process.wait());
            }
            port.map(|port| (process, port))
        });
        let (process, port) = begun.unwrap_or_else(|| panic!("chromedriver ended before it listened"));
        Self { process, port, folder, session: None }
    }

    /// Where `WebDriver` commands go.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Remembers the session, so that its Chromium is ended on drop.
    pub fn remember(&mut self, session: String) {
        self.session = Some(session);
    }

    /// The capabilities of a new session: a fresh profile, all network events logged, scripts of
    /// the page allowed or not.
    pub fn capabilities(&self, javascript: bool) -> Map<String, Value> {
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(ToString::to_string).collect();
        arguments.push(format!("--user-data-dir={}", self.folder.path().join("profile").display()));
        let mut preferences = Map::new();
        preferences.insert("intl.accept_languages".into(), json!("en"));
        if !javascript {
            let scripts = "profile.managed_default_content_settings.javascript";
            preferences.insert(scripts.into(), json!(BLOCK));
        }
        let mut capabilities = Map::new();
        capabilities.insert("browserName".into(), json!("chrome"));
        capabilities.insert("goog:loggingPrefs".into(), json!({ "performance": "ALL" }));
        capabilities.insert(
            "goog:chromeOptions".into(),
            json!({
                "args": arguments,
                "binary": program("NORM_PORTAL_TEST_CHROMIUM", "/usr/bin/chromium"),
                "prefs": preferences,
            }),
        );
        capabilities
    }
}

impl Drop for Driver {
    /// Ends the session first: a killed chromedriver would leave its Chromium running.
    fn drop(&mut self) {
        if let Some(session) = &self.session {
            let agent: ureq::Agent =
                ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).build().into();
            if let Err(fault) = agent.delete(format!("{}/session/{session}", self.address())).call() {
                eprintln!("the browser session did not end: {fault}");
            }
        }
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}

fn program(variable: &str, otherwise: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| otherwise.to_owned())
}

/// Reads "... was started successfully on port 43210." and keeps the pipe emptied after it.
fn announced_port(process: &mut Child) -> Option<u16> {
    let output = process.stdout.take().unwrap_or_else(|| panic!("chromedriver has no output"));
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port = lines
        .by_ref()
        .filter_map(|line| line.split_once("successfully on port ").map(|(_, rest)| rest.to_owned()))
        .find_map(|rest| rest.trim_end_matches('.').parse().ok());
    std::thread::spawn(move || lines.for_each(drop));
    port
}
