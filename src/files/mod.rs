//! Files: what sort of document some bytes are, where the bytes of attachments lie, and the words in a document. Knows
//! no room.

pub mod kind;
pub mod reader;
pub mod store;
pub mod text;

pub use kind::{MediaType, Unknown, kind_of};
pub use reader::{ReadError, Reader};
pub use store::{FileError, Files};
