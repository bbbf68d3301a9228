//! Observations of the Secretariat that come back in a table: what was written into column 8 of the comment table, or into
//! the disposition sheet, is shown as changes of the board and applied as one batch. Knows tables, deliberation, comments,
//! norms and accounts.

pub mod apply;
pub mod model;
pub mod pages;
pub mod plan;
pub mod read;
pub mod store;
