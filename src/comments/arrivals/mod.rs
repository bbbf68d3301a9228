//! What arrived and was not looked at yet: a queue of revisions. Sending adds one short row to it in its own transaction
//! and does nothing else; who looks at what arrived is for the desk's rooms to say.

pub mod store;
