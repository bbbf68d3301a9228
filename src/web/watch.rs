//! Counts what is answered, for whoever watches the server. Cheap: an answer from the cache costs one addition.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::http::Method;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;

/// Bounds in seconds: what a person does not notice, notices, waits for.
const BOUNDS: [f64; 6] = [0.005, 0.02, 0.1, 0.5, 2.0, 10.0];

/// Requests by what they are counted by.
pub type Requests = Family<Answered, Histogram, fn() -> Histogram>;

/// What a request is counted by: nothing of who asked, and nothing that who asks can make up.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    method: &'static str,
    route: String,
    status: u32,
}

/// What was answered since the server began.
pub struct Watch {
    requests: Requests,
    cached: AtomicU64,
}

impl Default for Watch {
    fn default() -> Self {
        Self { requests: Family::new_with_constructor(|| Histogram::new(BOUNDS)), cached: AtomicU64::new(0) }
    }
}

impl Watch {
    /// Counts a request that was routed to `route`, the pattern of its address.
    pub(super) fn answered(&self, method: &Method, route: &str, status: u16, took: Duration) {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            _ => "other",
        };
        let by = Answered { method, route: route.to_owned(), status: u32::from(status) };
        self.requests.get_or_create(&by).observe(took.as_secs_f64());
    }

    /// Counts an answer from the cache.
    pub(super) fn hit(&self) {
        self.cached.fetch_add(1, Ordering::Relaxed);
    }

    /// Requests that were routed.
    pub fn requests(&self) -> Requests {
        self.requests.clone()
    }

    /// Answers from the cache.
    pub fn cached(&self) -> u64 {
        self.cached.load(Ordering::Relaxed)
    }
}
