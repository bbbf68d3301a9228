//! What the tests act through: a running portal on either database, people with browsers, their mail. Knows the whole
//! portal, but acts on it from outside wherever a person could.

pub mod authenticator;
pub mod client;
pub mod comments;
pub mod form;
pub mod html;
pub mod keychain;
pub mod people;
pub mod program;
pub mod rows;
pub mod server;
pub mod template;

pub use authenticator::Authenticator;
pub use client::{Answer, Client};
pub use keychain::Keychain;
pub use people::Person;
pub use program::Program;
pub use server::Server;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file of its own.
    Sqlite,
    /// A database of its own on the server that `tests/run` started.
    Postgresql,
}

/// What [`on_both`] hands to a test.
pub trait On {
    /// The thing itself, on `backend`.
    fn on(backend: Backend) -> Self;
}

impl On for Backend {
    fn on(backend: Backend) -> Self {
        backend
    }
}

impl On for Server {
    fn on(backend: Backend) -> Self {
        Self::start(backend)
    }
}

/// Each function becomes two tests, `name::sqlite` and `name::postgresql`. It takes a [`Server`] or a [`Backend`].
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($given:ident: $kind:ty) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "not every test uses what its module imports")]
            use super::*;

            fn both($given: $kind) $body

            #[test]
            fn sqlite() {
                both(<$kind as $crate::harness::On>::on($crate::harness::Backend::Sqlite));
            }

            #[test]
            fn postgresql() {
                both(<$kind as $crate::harness::On>::on($crate::harness::Backend::Postgresql));
            }
        }
    )*};
}
pub(crate) use on_both;
