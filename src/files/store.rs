//! Where the bytes of attachments lie: a folder, or a store that speaks S3.

use std::fs::{DirBuilder, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;

use futures_util::Stream;
use futures_util::StreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};
use tokio::sync::Semaphore;

use crate::ids::AttachmentId;

/// Why the bytes of an attachment can't be stored or read: never a user's fault.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is nothing under this id.
    #[error("no such file")]
    Missing,
    /// The store can't be reached or is full.
    #[error("{0}")]
    Store(String),
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(error.to_string())
    }
}

impl From<object_store::Error> for FileError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Store(other.to_string()),
        }
    }
}

/// How many mebibytes of files may be in memory on their way to the store; whatever comes on top waits.
const ON_THE_WAY: u32 = 32;

/// Bytes of a file read at once.
const PIECE: u64 = 64 << 10;

/// The bytes of attachments, by their ids. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    room: Arc<Semaphore>,
}

impl Files {
    /// Files in a folder, which is made if it is not there.
    pub fn in_folder(folder: &Path) -> Result<Self, FileError> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(Self::in_store(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// Files in `store`.
    pub fn in_store(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, room: Arc::new(Semaphore::new(ON_THE_WAY as usize)) }
    }

    fn place(id: AttachmentId) -> object_store::path::Path {
        let name = id.to_string();
        let folder: String = name.chars().rev().take(2).collect();
        object_store::path::Path::from_iter([folder, name])
    }

    /// Stores all of `file` under `id`; when this returns it is kept. However many come at once, only so much of them is
    /// in memory.
    pub async fn put(&self, id: AttachmentId, mut file: File) -> Result<(), FileError> {
        let mebibytes = u32::try_from(file.metadata()?.len() >> 20).unwrap_or(u32::MAX).saturating_add(1);
        let room = self.room.acquire_many(mebibytes.min(ON_THE_WAY)).await;
        let _room = room.map_err(|error| FileError::Store(error.to_string()))?;
        let read = tokio::task::spawn_blocking(move || whole(&mut file)).await;
        let payload = read.map_err(|error| FileError::Store(error.to_string()))??;
        self.store.put(&Self::place(id), payload).await?;
        Ok(())
    }

    /// The bytes of `id`, as they come.
    pub async fn get(
        &self,
        id: AttachmentId,
    ) -> Result<impl Stream<Item = Result<bytes::Bytes, std::io::Error>> + 'static, FileError> {
        let found = self.store.get(&Self::place(id)).await?;
        Ok(found.into_stream().map(|piece| piece.map_err(std::io::Error::other)))
    }

    /// Deletes the bytes of `id`; nothing happens if there are none.
    pub async fn delete(&self, id: AttachmentId) -> Result<(), FileError> {
        match self.store.delete(&Self::place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// A file in pieces: one large block for each would leave holes in the memory that the next can't use.
fn whole(file: &mut File) -> std::io::Result<PutPayload> {
    file.seek(SeekFrom::Start(0))?;
    let mut pieces = Vec::new();
    loop {
        let mut piece = Vec::with_capacity(usize::try_from(PIECE).unwrap_or_default());
        if file.by_ref().take(PIECE).read_to_end(&mut piece)? == 0 {
            return Ok(pieces.into_iter().collect());
        }
        pieces.push(bytes::Bytes::from(piece));
    }
}
