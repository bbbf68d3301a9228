//! Several texts and files as one ZIP, written to disk as it grows. Blocks: for threads that are not async.

use std::fs::{DirBuilder, File};
use std::io::{self, Seek as _, SeekFrom, Write};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use futures_util::StreamExt as _;
use tokio::runtime::Handle;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::store::{FileError, Files};
use crate::ids::AttachmentId;

/// A ZIP in the making. It lies in a file without a name: gone when it is dropped.
pub struct Pack {
    zip: ZipWriter<File>,
}

fn broken(error: zip::result::ZipError) -> io::Error {
    io::Error::other(error)
}

impl Pack {
    /// An empty one, in `folder`, which is made if it is not there.
    pub fn new(folder: &Path) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(Self { zip: ZipWriter::new(tempfile::tempfile_in(folder)?) })
    }

    /// Begins an entry: what is written from here on is in it.
    pub fn begin(&mut self, name: &str) -> io::Result<()> {
        self.zip.start_file(name, SimpleFileOptions::default()).map_err(broken)
    }

    /// Adds a whole entry.
    pub fn add(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.begin(name)?;
        self.write_all(content)
    }

    /// Adds the bytes of an attachment, as they come from where they lie. One that is not there any more is left out: the
    /// rest is wanted all the same.
    pub fn add_stored(&mut self, name: &str, files: &Files, id: AttachmentId, on: &Handle) -> Result<(), FileError> {
        let mut pieces = match on.block_on(files.get(id)) {
            Ok(pieces) => Box::pin(pieces),
            Err(FileError::Missing) => {
                tracing::error!(%id, "the bytes of a file are gone");
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        self.begin(name)?;
        while let Some(piece) = on.block_on(pieces.next()) {
            self.write_all(&piece?)?;
        }
        Ok(())
    }

    /// The whole, from its beginning, and how long it is.
    pub fn finish(self) -> io::Result<(File, u64)> {
        let mut file = self.zip.finish().map_err(broken)?;
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(0))?;
        Ok((file, length))
    }
}

impl Write for Pack {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.zip.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// The name of an entry for file `number` of somebody else's naming: never out of its folder, never one name twice.
pub fn entry(folder: &str, number: usize, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
    format!("{folder}/{number:02}-{plain}")
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn entries_stay_in_their_folder_and_are_read_back() {
        assert_eq!(entry("attachments", 3, "../../etc/passwd"), "attachments/03-.._.._etc_passwd");
        let folder = tempfile::tempdir().unwrap();
        let mut pack = Pack::new(folder.path()).unwrap();
        pack.add("a.txt", b"first").unwrap();
        pack.add("b/c.txt", "zwölf".as_bytes()).unwrap();
        let (file, length) = pack.finish().unwrap();
        assert_eq!(file.metadata().unwrap().len(), length);
        let mut zip = zip::ZipArchive::new(file).unwrap();
        let mut text = String::new();
        zip.by_name("b/c.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((zip.len(), text.as_str()), (2, "zwölf"));
    }
}
