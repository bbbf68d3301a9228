//! Files: what sort of document some bytes are, and where the bytes of attachments lie. Knows no room.

pub mod kind;
pub mod store;

pub use kind::{MediaType, Unknown, kind_of};
pub use store::{FileError, Files};
