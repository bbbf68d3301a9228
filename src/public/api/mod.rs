//! The public record as data, under `/api/v1`: norms, their wordings, published comments, the closed lists. What is not a
//! field of [`comment`] or [`model`] is in no answer.

pub mod comment;
pub mod comments;
pub mod consultation;
pub mod decision;
pub mod filters;
pub mod model;
pub mod norms;
pub mod openapi;

/// The media type of every answer of the API.
const JSON: &str = "application/json";
