//! What a moderator should look at in a comment, found as it arrives: links, personal data, letters that deceive, length,
//! language, bursts. A flag is shown and nothing else: it never decides. Knows comments and senders.

pub mod model;
pub mod personal;
pub mod shown;
pub mod store;
pub mod take;
