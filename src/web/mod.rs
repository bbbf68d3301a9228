//! What every page needs: who looks, forms and their tokens, answers, error pages, headers, language, files.
//! Knows no room.

mod address;
pub mod assets;
pub mod cache;
pub mod chart;
pub mod context;
pub mod cookies;
pub mod csrf;
pub mod days;
pub mod download;
pub mod events;
pub mod fields;
pub mod form;
pub mod gate;
pub mod language;
pub mod limits;
pub mod page;
pub mod paging;
pub mod problem;
pub mod qr;
pub mod shell;
pub mod site;
pub mod tls;
pub mod upload;
pub mod viewer;
pub mod watch;

pub use context::Ctx;
pub use events::Event;
pub use fields::Fields;
pub use form::{Form, Posted};
pub use language::Language;
pub use page::{Page, PageError};
pub use site::Site;
pub use upload::{PostedFiles, Upload};
pub use viewer::{Role, Viewer};
