//! Files sent along with comments and submissions: taken in, shown, given out, thrown away.

pub mod attach;
pub mod intake;
pub mod model;
pub mod pages;
pub mod scan;
pub mod shown;
pub mod store;
pub mod sweep;
