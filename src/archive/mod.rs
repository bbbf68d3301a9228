//! The full archive of a consultation: its parts as JSON Lines, with the files that came with comments, out and in again.
//! An archive is the record of a consultation and no backup: what keeps people signed in, drafts, links and what the desk
//! keeps for itself are not in it. Knows comments and norms.

pub mod left_out;
pub mod parts;
pub mod read;
pub mod row;
pub mod schema;
pub mod store;
pub mod unpack;
pub mod write;
