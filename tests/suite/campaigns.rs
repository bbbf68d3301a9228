//! Letters that are alike are put together as they arrive, and the desk sees what each adds.

mod desk;
mod forms;
mod journey;
mod labelled;
pub mod letters;
mod rows;
mod singles;
