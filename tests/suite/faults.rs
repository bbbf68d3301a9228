//! What goes wrong below and around the portal: nothing acknowledged is lost, readers read on where they can, others are
//! told to come back, and when the fault is over nobody has to start anything again. Mail servers that fail are in
//! [`super::mail`], killed servers in [`super::durability`], newer schemas in [`super::schema`].

mod away;
mod clock;
mod disk;
mod hands;
mod locked;
mod migrations;
mod own;
mod power;
mod servers;
mod stop;
mod strace;

use crate::harness::Client;

/// The composer on a whole text.
pub const COMPOSE: &str = "/norms/avoid-tampering/comments/new/general";

/// Sends a new comment; the status and where it leads.
pub fn try_comment(client: &Client, csrf: &str, text: &str) -> Option<(u16, String)> {
    let id = norm_portal::ids::CommentId::new().to_string();
    let fields = [("csrf", csrf), ("form_id", &id), ("rationale", text), ("publication", "named"), ("go", "send")];
    client.try_post(COMPOSE, &fields)
}

/// The token of the composer.
pub fn token(client: &Client) -> String {
    client.get(COMPOSE).expect(200).form("main form").value("csrf").to_owned()
}
