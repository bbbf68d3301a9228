//! Files: what sort of document some bytes are, and where the bytes of attachments lie. Knows no room.

mod directory;
pub mod kind;
pub mod pack;
pub mod s3;
pub mod store;

pub use kind::{MediaType, Unknown, kind_of};
pub use pack::Pack;
pub use s3::Bucket;
pub use store::{FileError, Files};
