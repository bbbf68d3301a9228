//! What machines read of the public record: feeds, the API and its description, Web Annotations, site map, heads of pages,
//! and that nothing unpublished is in any of it.

mod annotations;
mod api;
mod feeds;
mod pages;
pub mod unpublished;

use serde_json::Value;

use crate::harness::{Answer, Client};

/// The text that tests comment on.
const NORM: &str = "avoid-tampering";

/// An answer of the API.
#[track_caller]
fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{}: {error}", answer.path))
}

/// Asks the API.
#[track_caller]
fn ask(client: &Client, path: &str) -> Value {
    let answer = client.get(path).expect(200);
    assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
    json(&answer)
}

/// Fails unless `answer` is a problem with its own status.
#[track_caller]
fn problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.path);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{}", answer.path);
    let problem = json(answer);
    assert_eq!(problem["status"], status);
    for name in ["type", "title", "detail"] {
        assert!(problem[name].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
    }
    problem
}
