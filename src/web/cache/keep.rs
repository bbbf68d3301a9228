//! How a handler's answer comes to be kept, and how people with cookies of ours get it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, web};
use askama::Template;

use super::Kept;
use super::entry::{Entry, Term, text_of};
use super::key::Key;
use crate::epochs::Scope;
use crate::web::page::{Page, PageError, Rendered};
use crate::web::{Ctx, shell};

/// Marks an answer that shows less than its handler could promise beforehand: the word of that scope.
struct Narrowed(String);

/// Marks an answer that is good once.
struct Fleeting;

/// Says of an answer that it shows no more than `scope`, which its handler knew only when it had read what to show.
pub fn narrow(mut answer: HttpResponse, scope: Scope) -> HttpResponse {
    answer.extensions_mut().insert(Narrowed(scope.word()));
    answer
}

/// Says of an answer that the next one may be another, though nothing changes: it is given out and not kept.
pub fn once(mut answer: HttpResponse) -> HttpResponse {
    answer.extensions_mut().insert(Fleeting);
    answer
}

#[derive(Template)]
#[template(path = "components/masthead.html")]
struct Masthead<'a> {
    ctx: &'a Ctx,
}

impl Ctx {
    /// The kept answer, if it is still good; else the one that `render` gives, which is kept from then on. What it may
    /// depend on is said at the top of [`super`].
    pub async fn cached(&self, scope: Scope<'_>, render: impl Future<Output = Page>) -> Page {
        let Some(key) = self.cache_key().filter(|_| !self.has_flash()) else { return render.await };
        let (site, cache) = (self.site(), self.site().cache());
        let reading = site.epochs().current(site.now()).await?;
        if let Some(entry) = cache.good(key, &reading, site.now()) {
            return self.answer(&entry);
        }
        let flight = cache.flights.join(key);
        let _alone = flight.lock().await;
        // Whoever was first may have rendered it; and since then something may have been published.
        let reading = site.epochs().current(site.now()).await?;
        if let Some(entry) = cache.good(key, &reading, site.now()) {
            return self.answer(&entry);
        }
        let mut answer = render.await?;
        let is_fleeting = answer.extensions().contains::<Fleeting>();
        if answer.status() != StatusCode::OK || is_fleeting || self.asked_for_token() {
            return Ok(answer);
        }
        let narrowed = answer.extensions_mut().remove::<Narrowed>();
        let scope = narrowed.map_or_else(|| scope.word(), |Narrowed(word)| word);
        self.keep(key, Term::new(scope, &reading, self.now), answer).await
    }

    async fn keep(&self, key: &Key, term: Term, answer: HttpResponse) -> Page {
        let (head, text) = match text_of(answer) {
            Ok(whole) => whole,
            Err(stream) => return Ok(*stream),
        };
        let (mut headers, encoding, reader) = (head.headers().clone(), self.encoding(), self.reader());
        // Put there once, they need not be for each reader.
        shell::secure(&mut headers, self.site().is_https());
        if shell::is_for_programs(&Method::GET, &self.path) {
            shell::share(&mut headers);
        }
        let whole = text.clone();
        let packed = web::block(move || Entry::pack(term, &headers, &text, encoding, reader)).await;
        let Some(entry) = packed.map_err(|_| PageError::Unavailable)?.map(Arc::new) else {
            return Ok(head.set_body(whole).map_into_boxed_body());
        };
        let cache = self.site().cache();
        cache.rendered.fetch_add(1, Ordering::Relaxed);
        cache.entries.insert(key.clone(), Arc::clone(&entry));
        self.answer(&entry)
    }

    fn answer(&self, entry: &Entry) -> Page {
        let masthead = || Masthead { ctx: self }.render().ok().map(|html| html.trim_end().to_owned());
        let mut answer = entry.answer(masthead).ok_or(PageError::Fault)?;
        if self.has_cookies() {
            answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            answer.headers_mut().remove(header::ETAG);
        }
        answer.extensions_mut().insert(Rendered);
        answer.extensions_mut().insert(Kept);
        Ok(answer)
    }
}
