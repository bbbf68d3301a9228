//! After sending: receipts, the life of a comment, appeal, looking up, names used, one's own data, deleting an account.

mod appeals;
mod desk;
mod journey;
mod own_account;
mod receipts;

use std::process::Command;

use serde_json::Value;

/// The text that tests comment on.
const NORM: &str = "avoid-tampering";

/// How another program reads a ZIP: Python's zipfile. One line of JSON: each name with its SHA-256 and its text.
const READER: &str = r"
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as pack:
    assert pack.testzip() is None
    read = {name: pack.read(name) for name in pack.namelist()}
print(json.dumps({n: [hashlib.sha256(b).hexdigest(), b.decode('utf-8', 'replace')] for n, b in read.items()}))
";

/// What is in a ZIP that was downloaded.
pub struct Unpacked(Value);

impl Unpacked {
    #[track_caller]
    pub fn read(bytes: &[u8]) -> Self {
        let python = std::env::var("NORM_PORTAL_TEST_PYTHON").expect("run the tests with `tests/run`");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        std::fs::write(&path, bytes).unwrap();
        let output = Command::new(python).args(["-c", READER]).arg(path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self(serde_json::from_slice(&output.stdout).unwrap())
    }

    pub fn names(&self) -> Vec<&str> {
        self.0.as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[track_caller]
    pub fn digest(&self, name: &str) -> &str {
        self.0[name][0].as_str().unwrap_or_else(|| panic!("no {name} in {:?}", self.names()))
    }

    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        self.0[name][1].as_str().unwrap_or_else(|| panic!("no {name} in {:?}", self.names()))
    }

    #[track_caller]
    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(self.text(name)).unwrap()
    }
}
