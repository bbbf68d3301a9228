//! What the Secretariat did with what it received, for everyone, and so coarse that it points at nobody.

mod model;
pub mod pages;
