//! Asks clamd whether a file is harmful: over a socket, by INSTREAM, so that it needs to see no folder of ours.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

/// Bytes sent at once.
const PIECE: usize = 64 << 10;

/// The longest answer that is read.
const ANSWER: u64 = 4096;

/// Where clamd listens, and how long it may be silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clamd {
    place: Place,
    patience: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// `host:port`.
    Port(String),
    /// The path of a socket.
    Socket(PathBuf),
}

/// What clamd says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It knows nothing bad of it.
    Clean,
    /// It is what it names.
    Harmful(String),
}

/// Why it is not known whether a file is harmful.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// clamd can't be reached, or says nothing in time.
    #[error("clamd does not answer: {0}")]
    Away(#[from] std::io::Error),
    /// It answers, but not about this file: it may be larger than its `StreamMaxLength`.
    #[error("clamd did not scan: {0}")]
    Refused(String),
}

trait Conversation: Read + Write {}
impl<T: Read + Write> Conversation for T {}

impl Clamd {
    /// The clamd at `host:port`, or at a socket whose path begins with a slash; silent for at most `patience`.
    pub fn at(place: &str, patience: Duration) -> Result<Self, String> {
        let is_port =
            place.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
        let place = match place {
            path if path.starts_with('/') => Place::Socket(path.into()),
            port if is_port => Place::Port(port.to_owned()),
            other => return Err(format!("{other:?} is neither host:port nor the path of a socket")),
        };
        Ok(Self { place, patience })
    }

    /// The machine that is asked; `None`: a socket, which is on this one.
    pub fn host(&self) -> Option<&str> {
        match &self.place {
            Place::Port(place) => place.rsplit_once(':').map(|(host, _)| host),
            Place::Socket(_) => None,
        }
    }

    /// Has `file` scanned, from where it stands to its end. Blocks.
    pub fn scan(&self, mut file: impl Read) -> Result<Finding, ScanError> {
        let mut clamd = self.connect()?;
        clamd.write_all(b"zINSTREAM\0")?;
        let mut piece = vec![0; PIECE];
        loop {
            let length = file.read(&mut piece)?;
            let sent = piece.get(..length).unwrap_or_default();
            // It stops listening to what is too long for it, and says so.
            if send(&mut *clamd, sent).is_err() || length == 0 {
                break;
            }
        }
        let mut answer = String::new();
        clamd.take(ANSWER).read_to_string(&mut answer)?;
        match answer.trim_end_matches('\0').trim() {
            "" => Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into()),
            said => finding(said),
        }
    }

    fn connect(&self) -> std::io::Result<Box<dyn Conversation>> {
        let patience = Some(self.patience);
        match &self.place {
            Place::Socket(path) => {
                let stream = UnixStream::connect(path)?;
                stream.set_read_timeout(patience)?;
                stream.set_write_timeout(patience)?;
                Ok(Box::new(stream))
            }
            Place::Port(place) => {
                let address = place.to_socket_addrs()?.next().ok_or(std::io::ErrorKind::NotFound)?;
                let stream = TcpStream::connect_timeout(&address, self.patience)?;
                stream.set_read_timeout(patience)?;
                stream.set_write_timeout(patience)?;
                Ok(Box::new(stream))
            }
        }
    }
}

/// One piece with its length before it; an empty one is the end.
fn send(clamd: &mut dyn Conversation, piece: &[u8]) -> std::io::Result<()> {
    let length = u32::try_from(piece.len()).map_err(std::io::Error::other)?;
    clamd.write_all(&length.to_be_bytes())?;
    clamd.write_all(piece)
}

fn finding(answer: &str) -> Result<Finding, ScanError> {
    let about = answer.strip_prefix("stream: ").unwrap_or_default();
    match about.strip_suffix(" FOUND") {
        Some(name) if !name.is_empty() => Ok(Finding::Harmful(name.to_owned())),
        None if about == "OK" => Ok(Finding::Clean),
        _ => Err(ScanError::Refused(answer.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_one() {
        assert!(matches!(finding("stream: OK"), Ok(Finding::Clean)));
        assert!(
            matches!(finding("stream: Eicar-Test-Signature FOUND"), Ok(Finding::Harmful(name)) if name == "Eicar-Test-Signature")
        );
        for other in [
            "",
            "OK",
            "stream: ",
            "stream:  FOUND",
            "stream: OK?",
            "INSTREAM size limit exceeded. ERROR",
            "UNKNOWN COMMAND",
        ] {
            assert!(matches!(finding(other), Err(ScanError::Refused(_))), "{other:?}");
        }
    }

    #[test]
    fn a_place_is_a_port_or_a_socket() {
        let at = |place: &str| Clamd::at(place, Duration::from_secs(1)).is_ok();
        assert!(at("127.0.0.1:3310") && at("[::1]:3310") && at("clamd:3310") && at("/run/clamav/clamd.ctl"));
        assert!(!at("") && !at("clamd") && !at(":3310") && !at("clamd:port") && !at("run/clamd.ctl"));
    }
}
