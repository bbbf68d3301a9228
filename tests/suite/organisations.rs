//! Organisations: founding, joining, speaking for one, co-signing.

mod cosigning;
mod desk;
mod founding;
mod joining;
pub mod people;
mod races;
mod speaking;
