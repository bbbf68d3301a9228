//! Deliberation: the board of issues, the comments under them, codes, decisions by two people, the answer to everybody
//! who wrote, and what the proposals make of the texts. Knows moderation, comments, norms and accounts.

pub mod answers;
pub mod board;
pub mod coding;
pub mod report;
pub mod sheet;
pub mod text;
