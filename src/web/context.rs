//! What every page is rendered with: language, time, who looks, the form token.

use std::cell::{Cell, OnceCell};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use chrono::{Datelike as _, Timelike as _};
use futures_util::future::LocalBoxFuture;

use super::cache::{Accepted, Encoding, Key, Reader};
use super::cookies::{self, Name};
use super::events::RequestName;
use super::fields::Fields;
use super::gate::KeptOut;
use super::language::{self, Language};
use super::limits::{Found, Over};
use super::page::PageError;
use super::site::Site;
use super::viewer::{Role, Viewer};
use super::{address, assets, csrf, shell};
use crate::clock::Moment;
use crate::ids;

/// A moment, however often a template has borrowed it.
pub trait At {
    /// The moment.
    fn at(&self) -> Moment;
}

impl At for Moment {
    fn at(&self) -> Moment {
        *self
    }
}

impl<T: At> At for &T {
    fn at(&self) -> Moment {
        (**self).at()
    }
}

/// The context of one request.
pub struct Ctx {
    /// The language of the page.
    pub lang: &'static Language,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The address asked for, without its query.
    pub path: String,
    /// What stood behind the question mark.
    pub query: Fields,
    /// When the request came.
    pub now: Moment,
    /// What the browser says of itself.
    pub agent: String,
    /// The secret of a sign-in that waits for its code.
    pub half: Option<String>,
    raw_query: String,
    is_post: bool,
    asks_json: bool,
    site: Site,
    session: Option<String>,
    form: Option<String>,
    fresh_form: OnceCell<String>,
    flash: Option<String>,
    gave_token: Cell<bool>,
    has_cookies: bool,
    address: Option<IpAddr>,
    encoding: Encoding,
    reader: Reader,
    cache_key: Option<Key>,
    over: Option<u64>,
    is_kept_out: bool,
    pub(super) request_id: String,
}

impl Ctx {
    /// The running portal.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Whether a script asks, not a person: then the answer is data.
    pub fn asks_json(&self) -> bool {
        self.asks_json
    }

    /// A message without arguments, in the language of the page.
    pub fn t(&self, id: impl AsRef<str>) -> String {
        self.lang.t(id.as_ref())
    }

    /// A message with one argument.
    pub fn t1(&self, id: &str, name: &'static str, value: impl ToString) -> String {
        self.lang.t1(id, name, value)
    }

    /// A message with two arguments.
    pub fn t2(
        &self,
        id: &str,
        name: &'static str,
        value: impl ToString,
        name2: &'static str,
        value2: impl ToString,
    ) -> String {
        self.lang.t2(id, (name, value), (name2, value2))
    }

    /// A message with a number, in the plural form of the language.
    pub fn tn(&self, id: &str, count: impl ToString) -> String {
        self.lang.tn(id, count)
    }

    /// `17 January 2019, 23:59 UTC`.
    pub fn time(&self, at: impl At) -> String {
        let at = at.at();
        self.lang.time(at)
    }

    /// `17 January 2019`.
    pub fn date(&self, at: impl At) -> String {
        let at = at.at();
        self.lang.date(at.date())
    }

    /// A time for the `datetime` attribute.
    pub fn datetime(&self, at: impl At) -> String {
        let at = at.at();
        crate::clock::rfc3339(at)
    }

    /// A time for an `<input type="datetime-local">`, in UTC.
    pub fn local_input(&self, at: impl At) -> String {
        let at = at.at();
        format!("{:04}-{:02}-{:02}T{:02}:{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute())
    }

    /// How long ago `at` was, in the largest unit that fits.
    pub fn age(&self, at: impl At) -> String {
        let at = at.at();
        self.lang.span("age", self.now - at)
    }

    /// How long until `at`.
    pub fn left(&self, at: impl At) -> String {
        let at = at.at();
        self.lang.span("left", at - self.now)
    }

    /// The address of a static file, with the digest of its content in the name.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// What a script has to be for browsers to run it: only scripts that say so run at all.
    pub fn integrity(&self, name: &str) -> String {
        assets::integrity(name)
    }

    /// A full address for a path.
    pub fn link(&self, path: &str) -> String {
        self.site.link(path)
    }

    /// The token for a form on this page. Asking for it gives a browser without a session the cookie it is bound to.
    pub fn csrf(&self) -> String {
        self.gave_token.set(true);
        let secret = self.form_secret().unwrap_or_else(|| self.fresh_form.get_or_init(ids::secret));
        csrf::token(secret)
    }

    /// What form tokens are bound to: the session, or the cookie before there is one.
    pub(super) fn form_secret(&self) -> Option<&str> {
        self.session.as_deref().or(self.form.as_deref())
    }

    /// The digest of what this browser's forms are bound to: what was given to it is nobody else's.
    pub fn browser(&self) -> Option<[u8; 32]> {
        self.form_secret().map(|secret| ids::keyed(secret.as_bytes(), b"browser"))
    }

    /// Whether a form of the page carries a token: such a page is for one browser alone.
    pub(super) fn asked_for_token(&self) -> bool {
        self.gave_token.get()
    }

    /// Whether the browser sent a cookie of ours.
    pub(super) fn has_cookies(&self) -> bool {
        self.has_cookies
    }

    /// The network address that the request came from; `None` where only a server in front of the portal is seen.
    pub fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// Seconds that whoever sent this has to wait, having sent too much.
    pub(super) fn over(&self) -> Option<u64> {
        self.over
    }

    /// Whether whoever sent this has to pass the gate first.
    pub(super) fn is_kept_out(&self) -> bool {
        self.is_kept_out
    }

    /// How a kept answer is packed for this browser.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// For whom a kept answer is rendered.
    pub(super) fn reader(&self) -> Reader {
        self.reader
    }

    /// What a kept answer to this request is known by; `None` if it is not one to keep.
    pub(super) fn cache_key(&self) -> Option<&Key> {
        self.cache_key.as_ref()
    }

    pub(super) fn fresh_form_secret(&self) -> Option<&str> {
        self.fresh_form.get().map(String::as_str)
    }

    /// The note left by the page before, in words; empty if there is none.
    pub fn flash(&self) -> String {
        self.flash.as_deref().map(|id| self.t(id)).unwrap_or_default()
    }

    pub(super) fn has_flash(&self) -> bool {
        self.flash.is_some()
    }

    /// The hash of the session's secret: what the database knows it by.
    pub fn session_hash(&self) -> Option<[u8; 32]> {
        self.session.as_deref().map(|secret| ids::sha256(secret.as_bytes()))
    }

    /// The person signed in; else the way to sign in and back here.
    pub fn signed_in(&self) -> Result<&Viewer, PageError> {
        self.viewer.as_ref().ok_or_else(|| PageError::SignIn(self.here()))
    }

    /// The address asked for, with its query: where to come back to.
    pub(super) fn here(&self) -> String {
        if self.is_post {
            // Some addresses only take forms: nobody can be sent back to them.
            return if self.path.starts_with("/secretariat") { "/secretariat".to_owned() } else { "/".to_owned() };
        }
        if self.raw_query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.raw_query) }
    }

    /// A path of this portal, never another site's: the answer to `next` in an address.
    pub fn own_path(&self, next: &str) -> Option<String> {
        if !next.starts_with('/') || next.contains(['\\', '\n', '\r', '\t']) {
            return None;
        }
        let base = url::Url::parse(&self.link("/")).ok()?;
        let joined = base.join(next).ok()?;
        let path = &joined[url::Position::BeforePath..url::Position::AfterQuery];
        // "/..//elsewhere" is a path of ours that a browser would read as another host.
        (joined.origin() == base.origin() && !path.starts_with("//")).then(|| path.to_owned())
    }

    /// The person signed in, if they proved just now who they are; else the way to do so and back to `path`.
    pub fn proven(&self, path: &str) -> Result<&Viewer, PageError> {
        let viewer = self.signed_in()?;
        if viewer.is_proven(self.now) { Ok(viewer) } else { Err(PageError::Prove(path.to_owned())) }
    }

    /// Whether whoever is signed in proved just now who they are.
    pub fn is_proven(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.is_proven(self.now))
    }

    /// Bytes that follow from the session's secret, others for each purpose: nobody knows them who does not know it.
    pub fn derived(&self, purpose: &str) -> Option<[u8; 32]> {
        self.session.as_deref().map(|secret| ids::keyed(secret.as_bytes(), purpose.as_bytes()))
    }

    /// Whoever is signed in and has what staff must have: where somebody of the desk is led who has no second factor.
    fn equipped(&self) -> Result<&Viewer, PageError> {
        let viewer = self.signed_in()?;
        if viewer.lacks_factor { Err(PageError::SetUpFactor) } else { Ok(viewer) }
    }

    /// A moderator or the Secretariat.
    pub fn staff(&self) -> Result<&Viewer, PageError> {
        let viewer = self.equipped()?;
        if viewer.role.is_staff() { Ok(viewer) } else { Err(PageError::Forbidden) }
    }

    /// The Secretariat.
    pub fn secretariat(&self) -> Result<&Viewer, PageError> {
        let viewer = self.equipped()?;
        if viewer.role == Role::Secretariat { Ok(viewer) } else { Err(PageError::Forbidden) }
    }

    /// Whether somebody of the Secretariat's desk is looking.
    pub fn is_staff(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.role.is_staff())
    }

    /// Whether the Secretariat is looking.
    pub fn is_secretariat(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.role == Role::Secretariat)
    }

    /// The name of whoever is signed in; empty if nobody is.
    pub fn viewer_name(&self) -> &str {
        self.viewer.as_ref().map_or("", |viewer| &viewer.name)
    }
}

impl FromRequest for Ctx {
    type Error = PageError;
    type Future = LocalBoxFuture<'static, Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let site = request.app_data::<web::Data<Site>>().map(|site| site.get_ref().clone());
        let request = request.clone();
        Box::pin(async move {
            let site = site.ok_or(PageError::Fault)?;
            let cookie = |name: Name| {
                request
                    .cookie(&name.on(&site))
                    .map(|cookie| cookie.value().to_owned())
                    .filter(|value| !value.is_empty())
            };
            let mut session = cookie(Name::Session);
            let found = request.extensions().get::<Found>().map(|found| found.0.clone());
            let viewer = match (&session, found) {
                (_, Some(viewer)) => viewer,
                (Some(secret), None) => site.viewer(ids::sha256(secret.as_bytes())).await?,
                (None, None) => None,
            };
            if viewer.is_none() {
                session = None;
            }
            let lang = language::of_request(&request);
            let accepted = Accepted::of(request.headers());
            // Data for programs is the same for everybody, whoever is signed in.
            let is_shared = shell::is_for_programs(request.method(), request.path());
            let (encoding, reader) = match &viewer {
                Some(_) if is_shared => (accepted.best(), Reader::Anyone),
                Some(_) if accepted.takes(Encoding::Gzip) => (Encoding::Gzip, Reader::SignedIn),
                Some(_) => (Encoding::Identity, Reader::SignedIn),
                None => (accepted.best(), Reader::Anyone),
            };
            Ok(Self {
                lang,
                has_cookies: !is_shared && cookies::are_ours(request.head(), &site),
                cache_key: Key::of(request.head(), lang, encoding, reader),
                address: address::of(&request, &site.config().server.proxies),
                encoding,
                reader,
                over: request.extensions().get::<Over>().map(|over| over.0),
                is_kept_out: request.extensions().get::<KeptOut>().is_some(),
                request_id: request.extensions().get::<RequestName>().map(|it| it.0.clone()).unwrap_or_default(),
                gave_token: Cell::new(false),
                viewer,
                path: request.path().to_owned(),
                query: Fields::decode(request.query_string().as_bytes()).map_err(PageError::from)?,
                now: site.now(),
                is_post: request.method() == Method::POST,
                asks_json: request.headers().get(header::ACCEPT).is_some_and(|kind| kind == "application/json"),
                raw_query: request.query_string().to_owned(),
                session,
                half: cookie(Name::Half),
                agent: request
                    .headers()
                    .get(header::USER_AGENT)
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or_default()
                    .to_owned(),
                form: cookie(Name::Form),
                fresh_form: OnceCell::new(),
                flash: cookie(Name::Flash).filter(|id| id.starts_with("flash-") && language::known(id)),
                site,
            })
        })
    }
}
