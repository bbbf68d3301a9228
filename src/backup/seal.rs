//! The file of a backup: a tar, behind it a line with its SHA-256, and all of it encrypted by age if there is a recipient.
//! So no byte can be changed, added or cut off unseen, in what tar itself does not look at neither.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::str::FromStr as _;

use age::x25519::Recipient;
use sha2::{Digest as _, Sha256};

use super::model::BackupError;

/// `sha256:`, 64 digits, the end of the line.
const TRAILER: usize = 72;

/// What every file that age encrypted begins with.
const AGE: &[u8] = b"age-encryption.org/";

/// Counts and digests what goes through it, in either direction.
pub(super) struct Measured<T> {
    inner: T,
    digest: Sha256,
    /// Bytes so far.
    pub(super) size: u64,
}

impl<T> Measured<T> {
    pub(super) fn new(inner: T) -> Self {
        Self { inner, digest: Sha256::new(), size: 0 }
    }

    /// What was measured, and its SHA-256.
    pub(super) fn end(self) -> (T, String) {
        (self.inner, hex::encode(self.digest.finalize()))
    }

    fn saw(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.size += bytes.len() as u64;
    }
}

impl<T: Write> Write for Measured<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.saw(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Measured<T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.saw(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}

type Stored = BufWriter<Measured<File>>;

enum Way {
    Clear(Stored),
    Locked(Box<age::stream::StreamWriter<Stored>>),
}

impl Write for Way {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Clear(out) => out.write(bytes),
            Self::Locked(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Clear(out) => out.flush(),
            Self::Locked(out) => out.flush(),
        }
    }
}

/// A backup that is being written.
pub(super) struct Sealing(Measured<Way>);

impl Sealing {
    /// Writes into `file`, for `recipient` alone if there is one.
    pub(super) fn begin(file: File, recipient: Option<&str>) -> Result<Self, BackupError> {
        let out = BufWriter::new(Measured::new(file));
        let way = match recipient {
            None => Way::Clear(out),
            Some(recipient) => {
                let key = |error: &dyn std::fmt::Display| BackupError::Key(format!("backup.recipient: {error}"));
                let recipient = Recipient::from_str(recipient).map_err(|error| key(&error))?;
                let age = age::Encryptor::with_recipients(std::iter::once(&recipient as _));
                let age = age.map_err(|error| key(&error))?;
                Way::Locked(Box::new(age.wrap_output(out).map_err(|error| key(&error))?))
            }
        };
        Ok(Self(Measured::new(way)))
    }

    /// Puts the seal on and waits for the disk; the size and the SHA-256 of the file.
    pub(super) fn end(self) -> io::Result<(u64, String)> {
        let (mut way, sha256) = self.0.end();
        writeln!(way, "sha256:{sha256}")?;
        let out = match way {
            Way::Clear(out) => out,
            Way::Locked(out) => out.finish()?,
        };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let size = file.size;
        let (file, sha256) = file.end();
        file.sync_all()?;
        Ok((size, sha256))
    }
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A backup that is being read: everything before its last line.
pub(super) struct Sealed {
    from: Box<dyn Read>,
    held: Vec<u8>,
    at: usize,
    digest: Sha256,
}

impl Sealed {
    /// Opens a backup, with the identities of a file if it is encrypted.
    pub(super) fn open(path: &Path, identity: Option<&Path>) -> Result<Self, BackupError> {
        let failed = |error| BackupError::File(path.to_owned(), error);
        let mut file = BufReader::new(File::open(path).map_err(failed)?);
        let is_locked = file.fill_buf().map_err(failed)?.starts_with(AGE);
        let from: Box<dyn Read> = if is_locked { Box::new(unlock(file, identity)?) } else { Box::new(file) };
        Ok(Self { from, held: Vec::new(), at: 0, digest: Sha256::new() })
    }

    /// Reads what is left and says whether the seal is whole.
    pub(super) fn end(mut self) -> io::Result<bool> {
        io::copy(&mut self, &mut io::sink())?;
        let sealed = self.held.get(self.at..).unwrap_or_default();
        Ok(sealed == format!("sha256:{}\n", hex::encode(self.digest.finalize())).as_bytes())
    }
}

fn unlock(file: BufReader<File>, identity: Option<&Path>) -> Result<impl Read + use<>, BackupError> {
    let Some(identity) = identity else {
        return Err(BackupError::Key("the backup is encrypted: name the file of its identity (--identity)".into()));
    };
    let named = |error: &dyn std::fmt::Display| BackupError::Key(format!("{}: {error}", identity.display()));
    let keys = age::IdentityFile::from_file(identity.to_string_lossy().into_owned()).map_err(|error| named(&error))?;
    let keys = keys.into_identities().map_err(|error| named(&error))?;
    let age = age::Decryptor::new_buffered(file).map_err(|error| BackupError::Broken(error.to_string()))?;
    age.decrypt(keys.iter().map(|key| &**key as &dyn age::Identity)).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => {
            BackupError::Key("the identity is not the one it was encrypted for".into())
        }
        error => BackupError::Broken(error.to_string()),
    })
}

impl Read for Sealed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.held.len() - self.at <= TRAILER {
            self.held.drain(..self.at);
            self.at = 0;
            if self.from.by_ref().take(1 << 16).read_to_end(&mut self.held)? == 0 {
                return Ok(0);
            }
        }
        let free = self.held.len() - self.at - TRAILER;
        let given = free.min(into.len());
        let from = self.held.get(self.at..self.at + given).unwrap_or_default();
        into.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
        self.digest.update(from);
        self.at += given;
        Ok(given)
    }
}
