//! Files: what sort of document some bytes are, where the bytes of attachments lie, and the words in a document. Knows
//! no room.

mod directory;
pub mod kind;
pub mod pack;
pub mod reader;
pub mod s3;
pub mod store;
pub mod text;

pub use kind::{MediaType, Unknown, kind_of};
pub use pack::Pack;
pub use reader::{ReadError, Reader};
pub use s3::Bucket;
pub use store::{FileError, Files};
