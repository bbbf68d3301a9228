//! Comments: what a stakeholder sends, where it is anchored, which states it goes through. Knows norms and accounts.

pub mod anchor;
pub mod attachments;
pub mod body;
mod choices;
pub mod compose;
pub mod composer;
pub mod correct;
pub mod cosigning;
pub mod drafts;
pub mod form;
pub mod mail;
pub mod model;
pub mod on_behalf;
pub mod own_pages;
pub mod pages;
pub mod redline;
pub mod reference;
pub mod store;
pub mod submissions;
pub mod submit;
pub mod summary;
pub mod withdraw;
