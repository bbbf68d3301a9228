//! As much HTTP/1.1 as a measurement needs: where an answer ends, and a browser that keeps cookies.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use url::form_urlencoded::Serializer;

/// What the head of an answer says.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// Bytes before the body.
    pub len: usize,
    /// Bytes of the body; `None`: in chunks.
    pub body: Option<usize>,
    /// Whether the server closes the connection behind it.
    pub closes: bool,
}

/// Reads the head at the start of `bytes`, once it is whole.
pub fn head(bytes: &[u8]) -> Option<Head> {
    let len = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..len]).expect("a head in ASCII");
    let status = text.get(9..12).and_then(|digits| digits.parse().ok()).expect("a status");
    let (mut body, mut closes) = (Some(0), false);
    for line in text.lines().skip(1) {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            body = Some(value.trim().parse().expect("a length"));
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            body = None;
        } else if name.eq_ignore_ascii_case("connection") {
            closes = value.trim().eq_ignore_ascii_case("close");
        }
    }
    Some(Head { status, len, body, closes })
}

/// Where the answer at the start of `bytes` ends, once all of it is there.
pub fn whole(bytes: &[u8]) -> Option<(Head, usize)> {
    let head = head(bytes)?;
    let end = match head.body {
        Some(body) => head.len + body,
        None => head.len + chunked(&bytes[head.len..])?.0,
    };
    (bytes.len() >= end).then_some((head, end))
}

/// The length of a whole chunked body, and its bytes.
fn chunked(bytes: &[u8]) -> Option<(usize, Vec<u8>)> {
    let (mut at, mut body) = (0, Vec::new());
    loop {
        let line = bytes.get(at..)?.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&bytes[at..at + line]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).expect("the size of a chunk");
        let start = at + line + 2;
        body.extend_from_slice(bytes.get(start..start + size)?);
        at = start + size + 2;
        if bytes.len() < at {
            return None;
        }
        if size == 0 {
            return Some((at, body));
        }
    }
}

/// An answer, whole.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The fields of its head, their names in small letters.
    pub headers: Vec<(String, String)>,
    /// Its body as it was sent, without the marks of chunks.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Somebody with a browser that keeps cookies.
pub struct Browser {
    /// Host and port of the server.
    pub address: String,
    cookies: BTreeMap<String, String>,
    stream: Option<TcpStream>,
}

impl Browser {
    /// A fresh one.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), cookies: BTreeMap::new(), stream: None }
    }

    /// The `Cookie` field it sends.
    pub fn cookies(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The head and body of a request, ready to be sent.
    pub fn request(&self, method: &str, path: &str, extra: &str, body: &str) -> String {
        let cookies = self.cookies();
        let cookie = if cookies.is_empty() { String::new() } else { format!("Cookie: {cookies}\r\n") };
        let length = if method == "POST" { format!("Content-Length: {}\r\n", body.len()) } else { String::new() };
        let address = &self.address;
        format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n{cookie}{extra}{length}\r\n{body}")
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.get_as(path, "")
    }

    /// Asks for a page with more fields in the head.
    pub fn get_as(&mut self, path: &str, extra: &str) -> Answer {
        let request = self.request("GET", path, extra, "");
        self.send(&request)
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let extra = "Content-Type: application/x-www-form-urlencoded\r\n";
        let request = self.request("POST", path, extra, &body);
        self.send(&request)
    }

    /// Sends a request as it is.
    pub fn send(&mut self, request: &str) -> Answer {
        // A connection that the server closed meanwhile is made anew, once.
        let answer = self.try_send(request).or_else(|| {
            self.stream = None;
            self.try_send(request)
        });
        let answer = answer.unwrap_or_else(|| panic!("no answer from {}", self.address));
        for (_, value) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = value.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    fn try_send(&mut self, request: &str) -> Option<Answer> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address).ok()?;
            stream.set_nodelay(true).ok()?;
            self.stream = Some(stream);
        }
        let stream = self.stream.as_mut()?;
        stream.write_all(request.as_bytes()).ok()?;
        let (mut bytes, mut part) = (Vec::new(), vec![0; 1 << 16]);
        loop {
            let read = stream.read(&mut part).ok().filter(|read| *read > 0)?;
            bytes.extend_from_slice(&part[..read]);
            if let Some((head, end)) = whole(&bytes) {
                if head.closes {
                    self.stream = None;
                }
                return Some(answer(&bytes[..end], head));
            }
        }
    }
}

fn answer(bytes: &[u8], head: Head) -> Answer {
    let text = String::from_utf8_lossy(&bytes[..head.len]);
    let fields = text.lines().skip(1).filter_map(|line| line.split_once(':'));
    let headers = fields.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let rest = &bytes[head.len..];
    let body = if head.body.is_some() { rest.to_vec() } else { chunked(rest).expect("a whole body").1 };
    Answer { status: head.status, headers, body }
}
