//! What the Secretariat writes for the report on a consultation: the overview with next steps, and the summary of the
//! comments. Knows norms.

pub mod form;
pub mod model;
pub mod pages;
pub mod store;
pub mod write;
