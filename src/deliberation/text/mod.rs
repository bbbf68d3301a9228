//! What proposals make of a text: the list of them in the order of its words, the text with every alternative in it, the
//! text as it grows while the board adopts proposals. Rules over words, pure but for what the board decided; who may see
//! which proposal was decided before.

pub mod edits;
pub mod marshalled;
pub mod rolling;
pub mod store;
pub mod working;

#[cfg(test)]
mod tests;
