//! What an answer depends on.

use actix_web::dev::RequestHead;
use actix_web::http::{Method, header};

use super::accepted::Encoding;
use crate::web::language::Language;

/// Longer addresses and longer queries are answered, but not kept: nobody shall fill the cache with made-up ones.
const LONGEST: usize = 200;

/// For whom a page is rendered: all that a kept page may know of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Nobody is signed in.
    Anyone,
    /// Somebody is.
    SignedIn,
}

/// Encoding, reader, language, what is accepted, path and query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(Box<str>);

impl Key {
    /// The key of what `head` asks for; `None` if the answer is not one to keep.
    pub fn of(head: &RequestHead, lang: &Language, encoding: Encoding, reader: Reader) -> Option<Self> {
        if !matches!(head.method, Method::GET | Method::HEAD) {
            return None;
        }
        let (path, query) = (head.uri.path(), head.uri.query().unwrap_or_default());
        let media = media(head)?;
        if path.len().max(query.len()).max(media.len()) > LONGEST {
            return None;
        }
        let code = match (encoding, reader) {
            (Encoding::Brotli, Reader::Anyone) => "b",
            (Encoding::Gzip, Reader::Anyone) => "g",
            (Encoding::Identity, Reader::Anyone) => "i",
            (Encoding::Gzip, Reader::SignedIn) => "s",
            (Encoding::Identity, Reader::SignedIn) => "t",
            // Brotli can't be put together from pieces.
            (Encoding::Brotli, Reader::SignedIn) => return None,
        };
        Some(Self([code, lang.code(), "\n", media, "\n", path, "?", query].concat().into()))
    }

    /// Its length in bytes.
    pub fn weight(&self) -> usize {
        self.0.len()
    }
}

/// What kind of answer is asked for: empty for what every browser says, which is the same answer in many words.
fn media(head: &RequestHead) -> Option<&str> {
    let Some(value) = head.headers.get(header::ACCEPT) else { return Some("") };
    let text = value.to_str().ok()?;
    let browser =
        text == "*/*" || text.strip_prefix("text/html").is_some_and(|it| it.is_empty() || it.starts_with(','));
    Some(if browser { "" } else { text })
}
