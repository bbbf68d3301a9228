//! Outcome: what was asked, what was said, what was decided, text by text; and what became of one comment. Shows published
//! decisions only, and who stands behind them as far as everyone may know.

mod model;
pub mod pages;
mod store;
