//! A browser without JavaScript: keeps cookies, follows nothing by itself, and checks every page it is shown.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use scraper::{ElementRef, Html, Selector};

use super::form::Filled;
use super::html;

/// A browser. A clone shares its cookies, as another tab does.
#[derive(Clone)]
pub struct Client {
    origin: String,
    agent: ureq::Agent,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// What the server answered.
#[derive(Clone)]
pub struct Answer {
    /// The path asked for.
    pub path: String,
    /// The status code.
    pub status: u16,
    /// Name, in lower case, and value.
    pub headers: Vec<(String, String)>,
    /// The body, unpacked.
    pub body: Vec<u8>,
    /// How many bytes it was on its way.
    pub packed: usize,
    client: Client,
}

/// A body as it was before it was packed.
#[track_caller]
fn unpacked(body: Vec<u8>, encoding: Option<&str>) -> Vec<u8> {
    let mut whole = Vec::new();
    match encoding.filter(|_| !body.is_empty()) {
        None => return body,
        Some("br") => brotli::Decompressor::new(body.as_slice(), 4096).read_to_end(&mut whole),
        Some("gzip") => flate2::read::MultiGzDecoder::new(body.as_slice()).read_to_end(&mut whole),
        Some(other) => panic!("packed as {other}"),
    }
    .expect("the body is packed as its header says");
    whole
}

/// Reads a CSS selector.
#[track_caller]
pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// The text of `element`, white space made single, the marks left out that keep two directions of text apart.
pub fn words(element: ElementRef) -> String {
    let text: String = element.text().collect();
    text.replace(['\u{2068}', '\u{2069}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Client {
    /// A browser for the server at `origin`.
    pub fn new(origin: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .new_agent();
        Self { origin: origin.to_owned(), agent, cookies: Arc::default() }
    }

    /// The cookie of this name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Sets a cookie, or removes it.
    pub fn set_cookie(&self, name: &str, value: Option<&str>) {
        let mut cookies = self.cookies.lock().unwrap();
        match value {
            Some(value) => cookies.insert(name.to_owned(), value.to_owned()),
            None => cookies.remove(name),
        };
    }

    /// Asks for a page.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// Asks for a page with headers of its own.
    #[track_caller]
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.origin));
        for (name, value) in self.usual(headers) {
            request = request.header(name, value);
        }
        self.received(path, request.call())
    }

    /// Asks for a page's headers alone.
    #[track_caller]
    pub fn head_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.head(format!("{}{path}", self.origin));
        for (name, value) in self.usual(headers) {
            request = request.header(name, value);
        }
        self.received(path, request.call())
    }

    /// Sends fields as a form does.
    #[track_caller]
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_bytes(path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Sends a body.
    #[track_caller]
    pub fn post_bytes(&self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        self.post_with(path, &[("content-type", content_type)], body)
    }

    /// Sends a body with headers of its own.
    #[track_caller]
    pub fn post_with(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.origin));
        for (name, value) in self.usual(headers) {
            request = request.header(name, value);
        }
        self.received(path, request.send(body))
    }

    /// [`Client::post_bytes`] for when the server may be gone: `None` if no answer came.
    pub fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<(u16, String)> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = self.agent.post(format!("{}{path}", self.origin));
        for (name, value) in self.usual(&[("content-type", "application/x-www-form-urlencoded")]) {
            request = request.header(name, value);
        }
        let response = request.send(body.as_bytes()).ok()?;
        let location = response.headers().get("location").and_then(|value| value.to_str().ok());
        Some((response.status().as_u16(), location.unwrap_or_default().to_owned()))
    }

    fn usual(&self, headers: &[(&str, &str)]) -> Vec<(String, String)> {
        let cookies = self.cookies.lock().unwrap();
        let jar = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut all = vec![("accept-language".to_owned(), "en".to_owned())];
        if !jar.is_empty() {
            all.push(("cookie".to_owned(), jar));
        }
        all.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        all
    }

    #[track_caller]
    fn received(&self, path: &str, outcome: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
        let mut response = outcome.unwrap_or_else(|error| panic!("{path}: {error}"));
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let body = response.body_mut().with_config().limit(1 << 28).read_to_vec();
        let body = body.unwrap_or_else(|error| panic!("{path}: {error}"));
        let packed = body.len();
        let encoding = headers.iter().find(|(name, _)| name == "content-encoding").map(|(_, value)| value.as_str());
        let body = unpacked(body, encoding);
        let with_session = self.cookie("session").is_some();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            self.take_cookie(cookie);
        }
        let status = response.status().as_u16();
        let answer = Answer { path: path.to_owned(), status, headers, body, packed, client: self.clone() };
        html::check(&answer, with_session);
        answer
    }

    fn take_cookie(&self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a cookie has a name");
        let gone = parts.any(|part| part.eq_ignore_ascii_case("max-age=0"));
        self.set_cookie(name, (!gone).then_some(value));
    }
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the answer is UTF-8")
    }

    /// The page.
    pub fn dom(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// Fails unless the status is `status`.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        let (path, title) = (&self.path, self.title());
        assert_eq!(self.status, status, "{path} ({title}) {:?}\n{}", self.header("location"), self.errors().join("\n"));
        self
    }

    /// The page's title; empty if it has none.
    pub fn title(&self) -> String {
        String::from_utf8(self.body.clone())
            .ok()
            .and_then(|text| Html::parse_document(&text).select(&css("title")).next().map(words))
            .unwrap_or_default()
    }

    /// The text of every element that fits.
    #[track_caller]
    pub fn all(&self, selector: &str) -> Vec<String> {
        self.dom().select(&css(selector)).map(words).collect()
    }

    /// The text of the first element that fits.
    #[track_caller]
    pub fn one(&self, selector: &str) -> String {
        let found = self.all(selector);
        found.first().cloned().unwrap_or_else(|| panic!("{}: no {selector}", self.path))
    }

    /// The text of the page as a person reads it.
    pub fn main(&self) -> String {
        self.one("main")
    }

    /// The messages of the error summary.
    pub fn errors(&self) -> Vec<String> {
        if self.body.is_empty() { Vec::new() } else { self.all(".error-summary li") }
    }

    /// Fails unless the page reads `words` somewhere.
    #[track_caller]
    pub fn reads(&self, words: &str) -> &Self {
        let main = self.main();
        assert!(main.contains(words), "{} does not read {words:?}:\n{main}", self.path);
        self
    }

    /// Fails if `words` are anywhere in the answer.
    #[track_caller]
    pub fn lacks(&self, words: &str) -> &Self {
        assert!(!String::from_utf8_lossy(&self.body).contains(words), "{} holds {words:?}", self.path);
        self
    }

    /// Where it sends the browser, as a path.
    #[track_caller]
    pub fn location(&self) -> String {
        let location = self.header("location").unwrap_or_else(|| panic!("{} {}: no location", self.path, self.status));
        location.strip_prefix(&self.client.origin).unwrap_or(location).to_owned()
    }

    /// Goes where it sends the browser.
    #[track_caller]
    pub fn follow(&self) -> Answer {
        self.client.get(&self.location())
    }

    /// Where the last link that fits `selector` leads.
    #[track_caller]
    pub fn link(&self, selector: &str) -> String {
        let dom = self.dom();
        let href = dom.select(&css(selector)).next_back().and_then(|link| link.value().attr("href"));
        href.unwrap_or_else(|| panic!("no link {selector} on {}", self.title())).to_owned()
    }

    /// The form that fits, as the page filled it in.
    #[track_caller]
    pub fn form(&self, selector: &str) -> Filled {
        let dom = self.dom();
        let form = dom.select(&css(selector)).next();
        let form = form.unwrap_or_else(|| panic!("{} {}: no form {selector}", self.path, self.status));
        Filled::read(&self.client, &self.path, form)
    }
}
