//! The public record: what is counted, indexed and grouped of a comment when everyone may see it, in the transaction that
//! publishes it or takes it back, so that no page of readers costs more when there are more comments.

pub mod enter;
pub mod find;
pub mod fold;
pub mod holds;
pub mod language;
pub mod leave;
pub mod model;
pub mod query;
pub mod rebuild;
mod stem;
pub mod store;

pub use enter::{enter, touch};
pub use leave::{change, leave};
