//! How the portal stands: what is wrong, in words for the Secretariat; and as numbers for whoever watches servers.

pub mod measure;
pub mod metrics;
pub mod model;
pub mod pages;
