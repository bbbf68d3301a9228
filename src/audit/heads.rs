//! Heads of the chain as they are kept outside of the database, one file a day: `audit-heads/2026-11-23.txt` in the data
//! folder.

use std::fmt;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::ids;

/// The last entry of the chain at some moment, and its hash. Written `SEQ:HASH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many entries there were.
    pub seq: i64,
    /// The hash of the last one: 32 bytes.
    pub hash: Vec<u8>,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hex::encode(&self.hash))
    }
}

impl Head {
    /// Reads `SEQ:HASH`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (seq, hash) = text.trim().split_once(':')?;
        let (seq, hash) = (seq.parse().ok()?, hex::decode(hash).ok()?);
        (seq >= 0 && hash.len() == 32).then_some(Self { seq, hash })
    }

    /// Reads a file that [`keep`] wrote.
    pub fn read(file: &Path) -> io::Result<Self> {
        Self::parse(&fs::read_to_string(file)?)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it holds no SEQ:HASH"))
    }
}

/// Where the heads lie.
fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("audit-heads")
}

/// The file of a day.
pub fn file(data_dir: &Path, day: NaiveDate) -> PathBuf {
    folder(data_dir).join(format!("{day}.txt"))
}

/// Keeps the first head of a day; `false`: that day has one already. The file is whole or not there, and never replaced.
pub fn keep(data_dir: &Path, day: NaiveDate, head: &Head) -> io::Result<bool> {
    let target = file(data_dir, day);
    if target.exists() {
        return Ok(false);
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder(data_dir))?;
    let half = folder(data_dir).join(format!(".{day}.{}", ids::secret()));
    let mut out = File::create(&half)?;
    writeln!(out, "{head}")?;
    out.sync_all()?;
    // Unlike a renaming, a link never goes over a file that is there.
    let linked = fs::hard_link(&half, &target);
    fs::remove_file(&half)?;
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Every file of a head, by day.
pub fn files(data_dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder(data_dir)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(seq: i64) -> Head {
        Head { seq, hash: vec![7; 32] }
    }

    #[test]
    fn a_head_survives_being_written() {
        assert_eq!(Head::parse(&head(12).to_string()), Some(head(12)));
        for wrong in ["", "12", "12:", ":00", "-1:00", "x:0707", &head(1).to_string().replace('7', "z")] {
            assert_eq!(Head::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_day_keeps_its_first_head() {
        let data = tempfile::tempdir().unwrap();
        let day = NaiveDate::default();
        assert!(files(data.path()).unwrap().is_empty());
        assert!(keep(data.path(), day, &head(1)).unwrap());
        assert!(!keep(data.path(), day, &head(2)).unwrap());
        let files = files(data.path()).unwrap();
        assert_eq!(files, [file(data.path(), day)]);
        assert_eq!(Head::read(&files[0]).unwrap(), head(1));
        assert_eq!(fs::read_dir(folder(data.path())).unwrap().count(), 1, "nothing half is left");
    }
}
