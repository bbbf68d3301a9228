//! The page on which the Secretariat closes the gate, and opens it.

pub mod pages;
