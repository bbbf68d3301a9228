//! One renders while the others who want the same wait for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::key::Key;

/// What is being rendered.
#[derive(Debug, Default)]
pub struct Flights(Mutex<HashMap<Key, Weak<tokio::sync::Mutex<()>>>>);

impl Flights {
    /// The turnstile of everybody who wants `key` at this time.
    pub fn join(&self, key: &Key) -> Arc<tokio::sync::Mutex<()>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(key).and_then(Weak::upgrade) {
            return known;
        }
        all.retain(|_, flight| flight.strong_count() > 0);
        let fresh = Arc::default();
        all.insert(key.clone(), Arc::downgrade(&fresh));
        fresh
    }
}
