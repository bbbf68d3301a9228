//! What readers report about public comments: taken in from anybody, answered at the desk together with word that a name
//! was used. A report hides nothing by itself. Knows comments and accounts.

pub mod answer;
pub mod form;
mod mail;
pub mod model;
pub mod pages;
mod report;
pub mod staff_pages;
pub mod store;
