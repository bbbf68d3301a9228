//! The three ways a letter leaves: SMTP, a file in a folder, the memory of a test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::{SmtpTransport, Transport as _};

use super::model::Due;
use crate::clock::Moment;

/// Where letters go.
#[derive(Clone)]
pub enum Transport {
    /// A mail server.
    Smtp(Relay),
    /// One `.eml` file a letter, in this folder.
    File(PathBuf),
    /// Kept for whoever asks.
    Memory(Arc<Mutex<Vec<Due>>>),
}

/// A mail server that has so much time for a letter, and no more.
#[derive(Clone)]
pub struct Relay {
    server: SmtpTransport,
    whole: Duration,
    /// Conversations that have not ended, those among them that nobody waits for any more.
    open: Arc<AtomicUsize>,
}

/// So many conversations that drag on are left to end by themselves; while there are more, no other is begun.
const MOST_OPEN: usize = 8;

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct Undelivered {
    /// What the server, the disk or the address said.
    pub reason: String,
    /// Trying again can't help.
    pub permanent: bool,
}

/// Why an SMTP address can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpSettingError {
    /// Not of the form `smtp://user:password@host:port` or `smtps://...`.
    #[error("mail.smtp_url can't be read: {0}")]
    Url(String),
    /// A mail server elsewhere without encryption.
    #[error("mail.smtp_url: a server that is not on this machine needs smtps:// or smtp://...?tls=required")]
    Unencrypted,
    /// The file of additional certificate authorities.
    #[error("mail.smtp_ca_file: {0}")]
    Authorities(String),
}

impl Transport {
    /// An SMTP client for `url` (`smtps://` for TLS from the first byte, `smtp://...?tls=required` for STARTTLS, plain
    /// `smtp://` to this machine only). The server's certificate is always checked: against the well-known
    /// authorities, or against those in `authorities` (PEM) alone. It may be silent for `silence`, and take four times as
    /// long for a letter.
    pub fn smtp(url: &str, authorities: Option<&[u8]>, silence: Duration) -> Result<Self, SmtpSettingError> {
        let parsed = url::Url::parse(url).map_err(|error| SmtpSettingError::Url(error.to_string()))?;
        let host = parsed.host_str().unwrap_or_default().to_owned();
        let starttls = parsed.query_pairs().any(|(key, value)| key == "tls" && value == "required");
        let implicit = parsed.scheme() == "smtps";
        if !implicit && !starttls && !crate::config::is_loopback(&host) {
            return Err(SmtpSettingError::Unencrypted);
        }
        let mut builder = SmtpTransport::from_url(url).map_err(|error| SmtpSettingError::Url(error.to_string()))?;
        if let Some(pem) = authorities {
            let unreadable = |error: lettre::transport::smtp::Error| SmtpSettingError::Authorities(error.to_string());
            let parameters = TlsParameters::builder(host)
                .certificate_store(CertificateStore::None)
                .add_root_certificate(Certificate::from_pem(pem).map_err(unreadable)?)
                .build_rustls()
                .map_err(unreadable)?;
            builder = builder.tls(match (implicit, starttls) {
                (true, _) => Tls::Wrapper(parameters),
                (false, true) => Tls::Required(parameters),
                (false, false) => Tls::None,
            });
        }
        let server = builder.timeout(Some(silence)).build();
        Ok(Self::Smtp(Relay { server, whole: silence * 4, open: Arc::default() }))
    }

    /// Sends `letter` and returns once it is out of our hands.
    pub fn deliver(&self, letter: &Due, from: &Mailbox, now: Moment) -> Result<(), Undelivered> {
        if let Self::Memory(kept) = self {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
            return Ok(());
        }
        let message = compose(letter, from, now)?;
        match self {
            Self::Smtp(relay) => relay.send(message),
            Self::File(folder) => write_file(folder, letter, &message.formatted())
                .map_err(|error| Undelivered { permanent: false, reason: error.to_string() }),
            Self::Memory(_) => Ok(()),
        }
    }
}

impl Relay {
    /// Hands the letter over. The library knows how long a server may be silent, not how long all of it may take: a server
    /// that says a letter of its answer now and then would hold up every other letter.
    fn send(&self, message: Message) -> Result<(), Undelivered> {
        let later = |reason: &str| Undelivered { reason: reason.to_owned(), permanent: false };
        if self.open.load(Ordering::SeqCst) >= MOST_OPEN {
            return Err(later("the mail server drags too many conversations on"));
        }
        let (tell, told) = channel();
        let (server, open) = (self.server.clone(), Arc::clone(&self.open));
        open.fetch_add(1, Ordering::SeqCst);
        let begun = std::thread::Builder::new().name("letter".into()).spawn(move || {
            let outcome = server.send(&message).map(drop);
            open.fetch_sub(1, Ordering::SeqCst);
            // Nobody waits for it any more if it came too late.
            drop(tell.send(outcome));
        });
        if begun.is_err() {
            self.open.fetch_sub(1, Ordering::SeqCst);
            return Err(later("no thread for a letter"));
        }
        match told.recv_timeout(self.whole) {
            Ok(outcome) => {
                outcome.map_err(|error| Undelivered { permanent: is_final(&error), reason: error.to_string() })
            }
            Err(_) => Err(later("the mail server took too long for one letter")),
        }
    }
}

/// Whether trying again can't help. A server that refuses our password (530 to 538) says nothing of the letter.
fn is_final(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    error.is_permanent() && !matches!(code.as_str(), "530" | "534" | "535" | "538")
}

fn compose(letter: &Due, from: &Mailbox, now: Moment) -> Result<Message, Undelivered> {
    let unfit = |reason: String| Undelivered { reason, permanent: true };
    let to: lettre::Address = letter.to.parse().map_err(|error| unfit(format!("the address: {error}")))?;
    Message::builder()
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .date(std::time::SystemTime::from(now.and_utc()))
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .header(lettre::message::header::ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .map_err(|error| unfit(error.to_string()))
}

/// A letter sent twice lands in one file: its name is its id, which also sorts by time.
fn write_file(folder: &std::path::Path, letter: &Due, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = folder.join(format!(".{}", letter.id));
    match std::fs::write(&unfinished, bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::create_dir_all(folder)?;
            std::fs::write(&unfinished, bytes)?;
        }
        written => written?,
    }
    std::fs::rename(unfinished, folder.join(format!("{}.eml", letter.id)))
}
