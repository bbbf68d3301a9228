//! An answer that is kept: packed bytes, ready-made headers, and how long it may be given out.

use std::io::{Read as _, Write as _};

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody as _};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use chrono::TimeDelta;

use super::accepted::Encoding;
use super::gzip::Parted;
use super::key::Reader;
use crate::clock::Moment;
use crate::epochs::{Reading, Scope};
use crate::ids;

/// A page counts down to the closing of the consultation, and says how long ago things were: no more late than this.
const LONGEST: TimeDelta = TimeDelta::seconds(60);

/// How well brotli packs, of 11: what is packed while somebody waits.
const QUALITY: u32 = 5;

/// Where the masthead stands: the one part of a page that differs for everybody signed in.
const MASTHEAD: (&str, &str) = ("<header class=\"masthead\">", "</header>");

/// When an answer may be given out: as long as nothing of what it shows has changed, and for a short time.
#[derive(Debug, Clone)]
pub struct Term {
    scope: Box<str>,
    number: i64,
    site: i64,
    from: Moment,
    until: Moment,
}

impl Term {
    /// Of an answer that shows the scope stored as `scope` as it was when `reading` was taken or later, rendered for the moment `now`.
    pub fn new(scope: String, reading: &Reading, now: Moment) -> Self {
        let longest = now + LONGEST;
        Self {
            number: reading.number(&scope),
            site: reading.number(&Scope::Site.word()),
            scope: scope.into(),
            from: now,
            until: reading.next_turn(now).map_or(longest, |turn| turn.min(longest)),
        }
    }

    fn holds(&self, reading: &Reading, now: Moment) -> bool {
        (self.from..self.until).contains(&now)
            && reading.number(&self.scope) == self.number
            && reading.number("site") == self.site
    }
}

#[derive(Debug)]
enum Body {
    Whole(Bytes),
    /// A page for people who are signed in, without its masthead.
    Parted(Parted),
    /// The same for browsers that take no gzip: what stands before and behind the masthead.
    Plain(Bytes, Bytes),
}

/// An answer that is kept.
#[derive(Debug)]
pub struct Entry {
    term: Term,
    /// All that the answer has, but for the name of the request.
    headers: HeaderMap,
    body: Body,
}

impl Entry {
    /// Packs an answer with status 200; `headers` are all that it has. `None`: it is not one to keep.
    pub fn pack(term: Term, headers: &HeaderMap, text: &[u8], encoding: Encoding, reader: Reader) -> Option<Self> {
        if headers.contains_key(header::SET_COOKIE) || headers.contains_key(header::CONTENT_ENCODING) {
            return None;
        }
        let mut kept = headers.clone();
        kept.remove(header::CONTENT_LENGTH);
        kept.remove(header::ETAG);
        let body = match (reader, parts(headers, text)) {
            (Reader::SignedIn, Some((before, behind))) if encoding == Encoding::Identity => {
                Body::Plain(Bytes::copy_from_slice(before), Bytes::copy_from_slice(behind))
            }
            (Reader::SignedIn, Some((before, behind))) => Body::Parted(Parted::pack(before, behind)),
            _ => Body::Whole(packed(text, encoding)?),
        };
        kept.insert(header::VARY, vary(headers)?);
        kept.insert(header::CACHE_CONTROL, cache_control(headers, reader));
        // What is to stay as it is says so too, or it would be packed anew for each reader.
        kept.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        if reader == Reader::Anyone {
            kept.insert(header::ETAG, tag(text, encoding)?);
        }
        Some(Self { term, headers: kept, body })
    }

    /// Whether it may be given out at `now`, when the numbers are those of `reading`.
    pub fn holds(&self, reading: &Reading, now: Moment) -> bool {
        self.term.holds(reading, now)
    }

    /// The answer. `masthead` is asked for only where the page has a place for one.
    pub fn answer(&self, masthead: impl FnOnce() -> Option<String>) -> Option<HttpResponse> {
        let bytes = match &self.body {
            Body::Whole(bytes) => bytes.clone(),
            Body::Parted(page) => page.with(masthead()?.as_bytes()).into(),
            Body::Plain(before, behind) => [before, masthead()?.as_bytes(), behind].concat().into(),
        };
        let mut answer = HttpResponse::with_body(StatusCode::OK, BoxBody::new(bytes));
        *answer.headers_mut() = self.headers.clone();
        Some(answer)
    }

    /// About how many bytes of memory it takes.
    pub fn weight(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 256).sum();
        let body = match &self.body {
            Body::Whole(bytes) => bytes.len(),
            Body::Parted(page) => page.weight(),
            Body::Plain(before, behind) => before.len() + behind.len(),
        };
        size_of::<Self>() + self.term.scope.len() + headers + body
    }
}

/// What stands before and behind the masthead of a page. Whatever people typed is escaped: no text holds these marks.
fn parts<'a>(headers: &HeaderMap, text: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let page = std::str::from_utf8(text).ok().filter(|_| kind.starts_with("text/html"))?;
    let (before, rest) = page.split_once(MASTHEAD.0)?;
    let (_, behind) = rest.split_once(MASTHEAD.1)?;
    Some((before.as_bytes(), behind.as_bytes()))
}

/// What else than the encoding the answer depends on, as the handler said it.
fn vary(headers: &HeaderMap) -> Option<HeaderValue> {
    let said = headers.get_all(header::VARY).filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = std::iter::once("Accept-Encoding").chain(said).collect();
    HeaderValue::from_str(&all.join(", ")).ok()
}

/// As the handler said it; without a word of its own, browsers ask each time whether the answer is still good.
fn cache_control(headers: &HeaderMap, reader: Reader) -> HeaderValue {
    let said = headers.get(header::CACHE_CONTROL).filter(|said| said.as_bytes() != b"no-store");
    match (reader, said) {
        (Reader::SignedIn, _) => HeaderValue::from_static("no-store"),
        (Reader::Anyone, Some(said)) => said.clone(),
        (Reader::Anyone, None) => HeaderValue::from_static("no-cache"),
    }
}

/// The tag of `text` in this encoding.
fn tag(text: &[u8], encoding: Encoding) -> Option<HeaderValue> {
    let digest = ids::sha256(text);
    let digest = hex::encode(digest.get(..12)?);
    HeaderValue::from_str(&format!("\"{digest}-{}\"", encoding.name())).ok()
}

fn packed(text: &[u8], encoding: Encoding) -> Option<Bytes> {
    match encoding {
        Encoding::Identity => Some(Bytes::copy_from_slice(text)),
        Encoding::Gzip => gzip(text),
        Encoding::Brotli => brotli(text, QUALITY),
    }
}

/// `text` as gzip, as small as it gets.
pub fn gzip(text: &[u8]) -> Option<Bytes> {
    let mut packer = flate2::write::GzEncoder::new(Vec::with_capacity(text.len() / 3), flate2::Compression::best());
    packer.write_all(text).ok()?;
    packer.finish().ok().map(Bytes::from)
}

/// `text` as brotli of this quality, 0 to 11.
pub fn brotli(text: &[u8], quality: u32) -> Option<Bytes> {
    let mut packed = Vec::with_capacity(text.len() / 3);
    brotli::CompressorReader::new(text, 1 << 16, quality, 22).read_to_end(&mut packed).ok()?;
    Some(packed.into())
}

/// The bytes of an answer, if it is there as a whole.
pub fn text_of(answer: HttpResponse) -> Result<(HttpResponse<()>, Bytes), Box<HttpResponse>> {
    let (head, body) = answer.into_parts();
    match body.try_into_bytes() {
        Ok(text) => Ok((head, text)),
        Err(body) => Err(Box::new(head.set_body(body))),
    }
}
