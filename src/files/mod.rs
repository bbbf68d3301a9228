//! Files: what sort of document some bytes are, where the bytes of attachments lie, the words in a document, and texts of
//! Word and PDF as they are written. Knows no room.

pub mod clamd;
pub mod directory;
pub mod docx;
pub mod kind;
pub mod pack;
pub mod pdf;
pub mod picture;
pub mod reader;
pub mod s3;
pub mod store;
pub mod text;
pub mod xml;

pub use clamd::{Clamd, Finding, ScanError};
pub use kind::{MediaType, Unknown, kind_of};
pub use pack::Pack;
pub use reader::{ReadError, Reader};
pub use s3::Bucket;
pub use store::{FileError, Files};
