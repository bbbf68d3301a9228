//! Settings: the built-in file, then a file, then the environment. One small file for each section. Knows no room.

mod accounts;
mod backup;
mod database;
mod desk;
mod exports;
mod files;
mod gate;
mod limits;
mod log;
mod mail;
mod moderation;
mod network;
mod norms;
mod received;
mod server;

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format as _, Toml};
use figment::value::Value;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

pub use accounts::Accounts;
pub use backup::Backup;
pub use database::Database;
pub use desk::Desk;
pub use exports::Exports;
pub use files::{FileStore, Files};
pub use gate::Gate;
pub use limits::{Allowances, InHand, Limits, Rate};
pub use log::{Log, LogFormat};
pub use mail::{Mail, MailTransport};
pub use moderation::Moderation;
pub use network::Network;
pub use norms::Norms;
pub use received::Received;
pub use server::{Server, Tls, is_loopback};

/// What every setting starts from.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");

/// All settings. An unknown key is an error.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the portal keeps its files.
    pub data_dir: PathBuf,
    /// Where it listens and how it is reached.
    pub server: Server,
    /// Which database.
    pub database: Database,
    /// How mail leaves.
    pub mail: Mail,
    /// Files sent along with comments.
    pub files: Files,
    /// How much may be asked.
    pub limits: Limits,
    /// What strangers do while the gate is closed.
    pub gate: Gate,
    /// When the Secretariat is alerted.
    pub desk: Desk,
    /// Passwords and sessions.
    pub accounts: Accounts,
    /// Comments that staff enter for their authors.
    pub received: Received,
    /// Files that the Secretariat asks for.
    pub exports: Exports,
    /// Backups that the portal makes by itself.
    pub backup: Backup,
    /// Deciding and appealing.
    pub moderation: Moderation,
    /// Which norm package.
    pub norms: Norms,
    /// What is logged.
    pub log: Log,
}

/// Why settings can't be used: for the operator, on standard error.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file named on the command line is not there.
    #[error("the settings file {0} can't be read")]
    NoFile(PathBuf),
    /// A value of the wrong kind, or a key that does not exist.
    #[error("settings: {}", without_lines(.0))]
    Unreadable(Box<figment::Error>),
    /// A value that can't be right.
    #[error("{0}")]
    Wrong(String),
}

impl Config {
    /// Reads the defaults, then `file`, then the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError::NoFile(file.to_owned()));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        let environment = Env::prefixed("NORM_PORTAL_").filter(|key| !key.starts_with("TEST_")).split("__");
        let config: Self =
            figment.merge(environment).extract().map_err(|error| ConfigError::Unreadable(Box::new(error)))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = ConfigError::Wrong;
        self.server.check().map_err(wrong)?;
        self.database.check().map_err(wrong)?;
        self.mail.check().map_err(wrong)?;
        self.files.check().map_err(wrong)?;
        self.limits.check().map_err(wrong)?;
        self.gate.check().map_err(wrong)?;
        self.received.check().map_err(wrong)?;
        self.exports.check().map_err(wrong)?;
        self.backup.check().map_err(wrong)?;
        self.accounts.check().map_err(wrong)?;
        self.moderation.check().map_err(wrong)?;
        self.log.check().map_err(wrong)?;
        if self.data_dir.as_os_str().is_empty() {
            return Err(wrong("data_dir is empty: name a folder".into()));
        }
        Ok(())
    }
}

/// What is wrong, without the line of the file that it is in: it may hold a password.
fn without_lines(error: &figment::Error) -> String {
    let told = error.to_string();
    told.lines().filter(|line| !line.contains('|')).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// A value that is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Digits alone would lose leading zeros, and serde's own words of a wrong kind would tell the value.
        match <Value as Deserialize>::deserialize(deserializer)? {
            Value::String(_, text) => Ok(Self(text)),
            _ => Err(D::Error::custom(
                "a secret of digits alone, or of true or false, has to stand in quotes (in the environment too: '\"123\"')",
            )),
        }
    }
}

impl Secret {
    /// The value, for the one who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_settings_are_whole() {
        let config: Config = Figment::from(Toml::string(DEFAULTS)).extract().expect("defaults");
        assert!(config.check().is_ok());
    }

    #[test]
    fn an_unknown_key_is_fatal_and_a_secret_is_not_printed() {
        let with = |extra: &str| -> Option<Config> {
            Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(extra)).extract().ok()
        };
        assert!(with("[server]\nlisten_on = \"x\"").is_none());
        let config = with("[database]\nurl = \"postgres://me:hunter2@h/d\"\n[files]\ns3_secret = \"hunter2\"");
        assert!(!format!("{:?}", config.expect("settings")).contains("hunter2"));
    }

    #[test]
    fn no_fault_of_the_settings_tells_a_secret() {
        let faults = |extra: &str| {
            let read = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(extra)).extract::<Config>();
            ConfigError::Unreadable(Box::new(read.expect_err("a fault"))).to_string()
        };
        for (settings, hint) in [
            ("[files]\ns3_secret = 77418529", "quotes"),
            ("[files]\ns3_secret = 77418529.5", "quotes"),
            ("[files]\ns3_secret = [77418529]", "quotes"),
            ("[files]\ns3_secret = true", "quotes"),
            ("[database]\nurl = \"postgres://me:77418529@h/d", "line 2"),
        ] {
            let told = faults(settings);
            assert!(told.contains(hint) && !told.contains("77418529"), "{told}");
        }
    }

    #[test]
    fn a_word_that_is_no_level_would_silence_the_log() {
        let with = |level: &str| {
            let log = Log { format: LogFormat::Text, level: level.into() };
            log.check()
        };
        for good in [
            "info",
            "WARN",
            "off",
            "info,norm_portal::mail=debug",
            "norm_portal=trace,error",
            "error,[span{a=1,b}]=debug",
        ] {
            assert_eq!(with(good), Ok(()), "{good}");
        }
        for wrong in ["warning", "loud", "", "info,mail"] {
            assert!(with(wrong).is_err_and(|fault| fault.contains("log.level")), "{wrong}");
        }
    }

    #[test]
    fn a_public_address_without_encryption_is_refused() {
        let with = |extra: &str| {
            let config: Config =
                Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(extra)).extract().expect("settings");
            config.check()
        };
        assert!(with("[server]\npublic_url = \"http://comments.example.org\"").is_err());
        assert!(with("[server]\npublic_url = \"https://comments.example.org\"").is_ok());
        assert!(with("[server]\npublic_url = \"http://127.0.0.1:9\"").is_ok());
        assert!(with("[server]\nlisten = \"0.0.0.0:80\"").is_err());
    }

    #[test]
    fn nothing_goes_in_the_clear_to_another_machine_unless_the_network_is_private() {
        let with = |extra: &str| {
            let config = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(extra)).extract::<Config>();
            config.expect("settings").check().map_err(|error| error.to_string())
        };
        let tls = "tls = { certificate = \"c.pem\", key = \"k.pem\" }";
        let public = "[server]\npublic_url = \"https://comments.example.org\"\nlisten = \"0.0.0.0:443\"";
        for (settings, private, named) in [
            (public, "network_is_private = true", "server.listen"),
            (public, tls, "server.listen"),
            ("[database]\nurl = \"postgres://p@db.example/p\"", "network_is_private = true", "database.url"),
            ("[files]\nclamd = \"clamd.example:3310\"", "clamd_network_is_private = true", "files.clamd"),
        ] {
            assert!(with(settings).is_err_and(|fault| fault.contains(named)), "{settings}");
            assert_eq!(with(&format!("{settings}\n{private}")), Ok(()), "{settings}");
        }
        for here in [
            "[files]\nclamd = \"127.0.0.1:3310\"",
            "[files]\nclamd = \"[::1]:3310\"",
            "[files]\nclamd = \"/run/clamd.ctl\"",
        ] {
            assert_eq!(with(here), Ok(()), "{here}");
        }
    }

    #[test]
    fn a_store_that_speaks_s3_needs_its_bucket_its_keys_and_encryption() {
        let with = |extra: &str| {
            let all =
                format!("[files]\nstore = \"s3\"\ns3_bucket = \"b\"\ns3_key_id = \"k\"\ns3_secret = \"s\"\n{extra}");
            let config = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(&all)).extract::<Config>();
            config.expect("settings").check().map_err(|error| error.to_string())
        };
        let plain = |host: &str| format!("s3_endpoint = \"http://{host}\"");
        assert_eq!(with(""), Ok(()));
        assert_eq!(with("s3_endpoint = \"https://files.example.org\""), Ok(()));
        assert_eq!(with(&format!("s3_allow_http = true\n{}", plain("127.0.0.1:9000"))), Ok(()));
        for wrong in [
            plain("127.0.0.1:9000"),
            format!("s3_allow_http = true\n{}", plain("files.example.org")),
            "s3_endpoint = \"ftp://files.example.org\"".to_owned(),
            "s3_endpoint = \"files.example.org\"".to_owned(),
        ] {
            assert!(with(&wrong).is_err_and(|fault| fault.contains("s3_endpoint")), "{wrong}");
        }
        let bare = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string("[files]\nstore = \"s3\""));
        let fault = bare.extract::<Config>().expect("settings").check().map_err(|error| error.to_string());
        assert!(fault.is_err_and(|fault| fault.contains("files.s3_bucket")));
    }
}
