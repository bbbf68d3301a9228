//! `[mail]`: how letters leave and who they are from.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::Mailbox;
use serde::Deserialize;

use super::Secret;
use crate::mail::transport::Transport;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Files or a server.
    pub transport: MailTransport,
    /// The server, for `smtp`; may hold a password.
    pub smtp_url: Option<Secret>,
    /// Seconds for which the server may be silent.
    pub smtp_seconds: u64,
    /// Certificate authorities (PEM) to trust instead of the well-known ones.
    pub smtp_ca_file: Option<PathBuf>,
    /// The sender's address.
    pub from: String,
    /// The sender's name.
    pub from_name: String,
}

/// How letters leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    /// `.eml` files in `<data dir>/mail`.
    File,
    /// A mail server.
    Smtp,
}

impl Mail {
    pub(super) fn check(&self) -> Result<(), String> {
        self.sender()?;
        // A whole letter takes four times as long at most: less than what is left of the worker's lease.
        if !(1..=40).contains(&self.smtp_seconds) {
            return Err("mail.smtp_seconds has to be from 1 to 40".into());
        }
        if self.transport == MailTransport::Smtp && self.smtp_url.is_none() {
            return Err("mail.smtp_url must be set when mail.transport is \"smtp\"".into());
        }
        Ok(())
    }

    /// Who letters are from.
    pub fn sender(&self) -> Result<Mailbox, String> {
        let address = self.from.parse().map_err(|error| format!("mail.from {:?}: {error}", self.from))?;
        Ok(Mailbox::new(Some(self.from_name.clone()), address))
    }

    /// The transport these settings describe.
    pub fn open(&self, data_dir: &Path) -> Result<Transport, String> {
        match (self.transport, &self.smtp_url) {
            (MailTransport::Smtp, Some(url)) => {
                let authorities = match &self.smtp_ca_file {
                    None => None,
                    Some(file) => Some(
                        std::fs::read(file)
                            .map_err(|error| format!("mail.smtp_ca_file {}: {error}", file.display()))?,
                    ),
                };
                let silence = Duration::from_secs(self.smtp_seconds);
                Transport::smtp(url.reveal(), authorities.as_deref(), silence).map_err(|error| error.to_string())
            }
            _ => Ok(Transport::File(data_dir.join("mail"))),
        }
    }
}
