//! Where the bytes of attachments lie: a folder, or a store that speaks S3.

use std::path::Path;
use std::sync::Arc;

use futures_util::Stream;
use futures_util::StreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt as _};

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

impl From<object_store::Error> for FileError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Store(other.to_string()),
        }
    }
}

/// The bytes of attachments, by their ids. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
}

impl Files {
    /// Files in a folder, which is made if it is not there.
    pub fn in_folder(folder: &Path) -> Result<Self, FileError> {
        std::fs::create_dir_all(folder).map_err(|error| FileError::Store(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// Files in `store`.
    pub fn in_store(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }

    fn place(id: AttachmentId) -> object_store::path::Path {
        let name = id.to_string();
        let folder: String = name.chars().rev().take(2).collect();
        object_store::path::Path::from_iter([folder, name])
    }

    /// Stores the bytes of `id`; when this returns they are kept.
    pub async fn put(&self, id: AttachmentId, bytes: Vec<u8>) -> Result<(), FileError> {
        self.store.put(&Self::place(id), bytes.into()).await?;
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
