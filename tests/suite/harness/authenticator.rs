//! A person's app for one-time codes: knows the secret that a page showed, and the time.

use std::sync::{Arc, Mutex};

use norm_portal::accounts::factor::model::Secret;
use norm_portal::clock::{Clock, from_micros};

use super::client::{Answer, Client};

/// The app. A clone is the same app.
#[derive(Clone)]
pub struct Authenticator {
    secret: Secret,
    clock: Clock,
    used: Arc<Mutex<i64>>,
    /// Codes on paper, each good once.
    pub recovery: Arc<Mutex<Vec<String>>>,
}

impl Authenticator {
    /// An app that knows the secret which `letters` spell.
    #[track_caller]
    pub fn new(letters: &str, clock: Clock) -> Self {
        let secret = Secret::of_letters(letters).unwrap_or_else(|| panic!("{letters:?} is no secret"));
        Self { secret, clock, used: Arc::default(), recovery: Arc::default() }
    }

    /// The same app where time goes on: for a program of its own.
    pub fn in_real_time(&self) -> Self {
        Self { clock: Clock::System, ..self.clone() }
    }

    /// Sets a second factor up on the page that is meant for it.
    #[track_caller]
    pub fn set_up(client: &Client, clock: Clock) -> Self {
        let page = client.get("/account/second-factor/new").expect(200);
        let app = Self::new(&page.one("#secret"), clock);
        let shown = page.form("main form").set("code", &app.code()).press().expect(200);
        *app.recovery.lock().unwrap() = shown.all("#codes code");
        app
    }

    /// A code that was not used yet: one of the app, or of the paper where time stands still and the app has none.
    #[track_caller]
    pub fn code(&self) -> String {
        let step = self.clock.now().and_utc().timestamp() / 30;
        // Where time goes on, the last step may be over before the code arrives.
        let first = if matches!(self.clock, Clock::System) { step } else { step - 1 };
        let mut used = self.used.lock().unwrap();
        let Some(next) = (first..=step + 1).find(|it| *it > *used) else {
            return self.recovery.lock().unwrap().pop().expect("a recovery code is left");
        };
        *used = next;
        self.secret.code(from_micros(next * 30_000_000)).unwrap()
    }

    /// Fills in and sends the page that asks for a code.
    #[track_caller]
    pub fn enter(&self, page: &Answer) -> Answer {
        page.form("main form").set("code", &self.code()).press()
    }
}
