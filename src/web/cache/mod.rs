//! Answers that are kept, rendered and packed, for as long as nothing of what they show has changed. Knows the numbers of
//! [`crate::epochs`] and the answers that handlers give; nothing of what is in them.
//!
//! # For handlers
//! A handler of a public page, a feed, or data that is the same for everybody says so in one line:
//!
//! ```text
//! pub async fn home(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
//!     ctx.cached(Scope::Record, render_home(&ctx, &vocabulary)).await
//! }
//! ```
//!
//! The future is run only if there is no good answer. What it may depend on, and nothing else: path, query, language,
//! `Accept`, the scope that is named, [`Scope::Site`] (which always counts), `ctx.now` to the minute, and whether somebody
//! is signed in - not who: in a page for people who are signed in, the masthead alone is made for each of them. A page
//! that asks `ctx.csrf()`, shows a flash message, sets a cookie or is not a 200 is given out and not kept. A page that
//! shows more to somebody, as that of a comment does, is cached for the others: `match ctx.viewer`.
//!
//! Which scope: `Norm(slug)` for what shows one text and its comments, `Record` for what shows comments of all texts
//! or their counts, `Site` for the rest. Whatever else a page shows has to raise one of them when it changes. Who knows
//! only after reading that a page shows less than that says so by [`narrow`]; an answer that took too long to be whole goes
//! out by [`once`] and is not kept.
//!
//! A handler sets `Content-Type`, and `Vary` and `Cache-Control` if they are to be other than `Ctx::page` sets them
//! (without any: `no-cache`). The cache adds `Accept-Encoding` to `Vary`, an `ETag`, and answers conditional
//! requests; a handler does none of that.

mod accepted;
mod conditional;
mod entry;
mod flights;
mod gzip;
mod keep;
mod key;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use super::site::Site;
use super::{cookies, language, shell};
use crate::clock::Moment;
use crate::epochs::Reading;
use crate::ids;
use conditional::Held;
use entry::Entry;
use flights::Flights;

pub(super) use accepted::{Accepted, Encoding};
pub(super) use entry::{brotli, gzip};
pub use keep::{narrow, once};
pub(super) use key::{Key, Reader};

/// How many bytes of answers are kept. What is asked for seldom goes first.
const MOST: u64 = 24 << 20;

/// Marks an answer that came from here: not worth a line in the log.
pub(super) struct Kept;

/// The answers that are kept. All threads share them.
pub struct Cache {
    entries: moka::sync::Cache<Key, Arc<Entry>>,
    flights: Flights,
    rendered: AtomicU64,
}

impl Default for Cache {
    fn default() -> Self {
        let weight = |key: &Key, entry: &Arc<Entry>| {
            // Beside its bytes an entry has its places in the tables of the cache.
            u32::try_from(key.weight() + entry.weight() + 256).unwrap_or(u32::MAX)
        };
        let entries = moka::sync::Cache::builder().max_capacity(MOST).weigher(weight).build();
        Self { entries, flights: Flights::default(), rendered: AtomicU64::new(0) }
    }
}

impl Cache {
    /// How many answers were rendered to be kept, since the server began.
    pub fn rendered(&self) -> u64 {
        self.rendered.load(Ordering::Relaxed)
    }

    /// How many bytes it takes, as far as is counted.
    pub fn weight(&self) -> u64 {
        self.entries.run_pending_tasks();
        self.entries.weighted_size()
    }

    fn good(&self, key: &Key, reading: &Reading, now: Moment) -> Option<Arc<Entry>> {
        self.entries.get(key).filter(|entry| entry.holds(reading, now))
    }
}

/// The middleware around everything else: answers from the cache what a browser without cookies of ours asks for, before
/// anything is routed; and every browser that has the answer already, wherever it came from.
pub async fn ahead(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (accepted, held) = (Accepted::of(request.headers()), Held::of(request.head()));
    let mut answer = if let Some(answer) = kept(&request, accepted).await {
        request.into_response(answer)
    } else {
        accepted.put_in_order(request.headers_mut());
        next.call(request).await?.map_into_boxed_body()
    };
    // What is to stay as it is says so to keep others from packing it; to browsers it is nothing new.
    if answer.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding == "identity") {
        answer.headers_mut().remove(header::CONTENT_ENCODING);
    }
    Ok(match held {
        Some(held) => held.answer(answer),
        None => answer,
    })
}

/// The whole answer to `request`, if there is a good one that is the same for everybody.
async fn kept(request: &ServiceRequest, accepted: Accepted) -> Option<HttpResponse> {
    let site = request.app_data::<web::Data<Site>>()?;
    let head = request.head();
    if cookies::are_ours(head, site) {
        return None;
    }
    let lang = language::of_head(head);
    let key = Key::of(head, lang, accepted.best(), Reader::Anyone)?;
    if shell::refuse(request).is_some() {
        return None;
    }
    let entry = site.cache().entries.get(&key)?;
    let now = site.now();
    // What the database can't tell now, the page itself will say.
    let reading = site.epochs().current(now).await.ok()?;
    let mut answer = Some(entry).filter(|entry| entry.holds(&reading, now))?.answer(|| None)?;
    site.watch().hit();
    let request_id = ids::request_name();
    tracing::debug!(request_id, "answered from the cache");
    shell::name(answer.headers_mut(), request_id);
    Some(answer)
}
