//! Who works on which comment: a lease of fifteen minutes, shown to others, held by the server. Knows comments, accounts.

pub mod hold;
pub mod model;
pub mod store;
