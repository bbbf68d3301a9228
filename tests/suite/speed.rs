//! The cache of pages, conditional requests, budgets in bytes.

mod budgets;
mod changes;
mod encodings;
mod hostile;
mod neighbours;
mod people;
mod statements;
mod static_files;

use crate::harness::{Answer, Client, Person, Server};

const NORM: &str = "/norms/avoid-tampering";

/// A comment that everyone may see; who sent it, who published it, its page.
fn published(server: &Server, text: &str) -> (Person, Person, String) {
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole("avoid-tampering", text, "named");
    mo.publish(&reference);
    (ada, mo, format!("/comments/{reference}"))
}

/// Asks as a browser does.
#[track_caller]
fn ask(client: &Client, path: &str, encoding: &str) -> Answer {
    client.get_with(path, &[("accept-encoding", encoding)])
}

/// How many pages the server has rendered to be kept.
fn rendered(server: &Server) -> u64 {
    server.portal().site().cache().rendered()
}
