//! What an answer depends on.

use std::borrow::Cow;

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
        Some(Self([code, lang.code(), "\n", &media, "\n", path, "?", query].concat().into()))
    }

    /// Its length in bytes.
    pub fn weight(&self) -> usize {
        self.0.len()
    }
}

/// How every browser begins what it asks for.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,";

/// What kind of answer is asked for: empty for what every browser says, which is the same answer in many words; anything
/// else as it stands, all of it. Whoever gives several forms of an answer reads the same, so that no way of asking for one
/// form is kept as another.
fn media(head: &RequestHead) -> Option<Cow<'_, str>> {
    let mut values = head.headers.get_all(header::ACCEPT).map(|value| value.to_str().ok());
    let mut text = values.next().map_or(Some(Cow::Borrowed("")), |first| first.map(Cow::Borrowed))?;
    for value in values {
        text = Cow::Owned([&*text, ",", value?].concat());
    }
    let more = text.strip_prefix(BROWSER);
    let asks_page = more.is_some_and(|more| !["html", "json", "application/*"].iter().any(|word| more.contains(word)));
    Some(if asks_page || matches!(&*text, "*/*" | "text/html") { Cow::Borrowed("") } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn media_of(values: &[&str]) -> Option<String> {
        let mut request = TestRequest::default();
        for value in values {
            request = request.append_header((header::ACCEPT, *value));
        }
        media(request.to_http_request().head()).map(Cow::into_owned)
    }

    #[test]
    fn browsers_are_alike_and_nothing_else_passes_for_one() {
        let chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,\
                      application/signed-exchange;v=b3;q=0.7";
        for browser in [&["*/*"][..], &[], &["text/html"], &[chrome]] {
            assert_eq!(media_of(browser).as_deref(), Some(""), "{browser:?}");
        }
        for other in [
            &["text/html,text/html;q=0.1,application/json"][..],
            &["*/*", "*/*;q=0.1, application/json;q=0.5"],
            &["text/html", "text/html;q=0.1,application/ld+json"],
            &["text/html,application/xhtml+xml,application/xml;q=0.9,text/html;q=0,application/json"],
            &["text/html,application/xhtml+xml,application/xml;q=0.9,application/*"],
            &["application/json", "text/html"],
        ] {
            assert_eq!(media_of(other), Some(other.join(",")), "{other:?}");
        }
    }
}
