//! Somebody with a browser who looks at every page they come to as a careful reader would: its title, what axe finds,
//! where its requests go, and a picture of it for people.

use std::ops::Deref;
use std::time::{Duration, Instant};

use crate::browser::Browser;

/// The wide view of every page.
const DESK: (u32, u32) = (1280, 900);
/// A phone.
const PHONE: (u32, u32) = (390, 844);
/// The smallest view that has to do without scrolling sideways (WCAG 1.4.10).
const SMALLEST: (u32, u32) = (320, 640);
/// A page that scrolls smoothly is still moving when the driver clicks.
const STILL: (&str, &str) = ("prefers-reduced-motion", "reduce");
/// What stands out of the view, to be named when a page scrolls sideways.
const TOO_WIDE: &str = "return [...document.querySelectorAll('body *')] \
    .filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1) \
    .filter((it) => !it.parentElement.closest('.table-scroll')) \
    .map((it) => it.outerHTML.slice(0, 120))";

/// How long a page may take that has been asked for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser at the portal.
pub struct Visitor {
    browser: Browser,
    origin: String,
    /// Begins the names of pictures; none are taken without.
    album: Option<&'static str>,
}

impl Deref for Visitor {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Visitor {
    /// Opens a browser for the portal at `origin`.
    pub async fn start(origin: &str, scripts: bool, album: Option<&'static str>) -> Self {
        let browser = Browser::start(scripts).await;
        browser.emulate("screen", &[STILL]).await;
        Self { browser, origin: origin.to_owned(), album }
    }

    /// Opens a page of the portal.
    pub async fn open(&self, path: &str) {
        self.goto(&format!("{}{path}", self.origin)).await;
    }

    /// The path of the page in view.
    pub async fn path(&self) -> String {
        let url = self.url().await;
        url.strip_prefix(&self.origin).unwrap_or(&url).to_owned()
    }

    /// Presses the button with these words and waits for the page it leads to.
    pub async fn press(&self, words: &str) {
        self.turning(self.browser.press(words)).await;
    }

    /// Presses the button with these words, which leads nowhere else.
    pub async fn press_here(&self, words: &str) {
        self.browser.press(words).await;
    }

    /// Follows the link with these words and waits for the page it leads to.
    pub async fn follow(&self, words: &str) {
        self.turning(self.browser.follow(words)).await;
    }

    /// Sends keys that lead to another page and waits for it.
    pub async fn keys_to_next_page(&self, keys: &str) {
        self.turning(self.keys(keys)).await;
    }

    /// Does `step` and waits until the page in view is another one, wholly loaded: on a busy machine the driver may
    /// come back from a click before the browser has begun to leave.
    async fn turning(&self, step: impl Future<Output = ()>) {
        self.look("window.pageBefore = true").await;
        step.await;
        let until = Instant::now() + PATIENCE;
        while self.look("return window.pageBefore === true || document.readyState !== 'complete'").await == true {
            assert!(Instant::now() < until, "nothing leads away from {}", self.url().await);
        }
    }

    /// The visible words, without the marks that keep the directions of inserted words apart.
    pub async fn text(&self) -> String {
        self.browser.text().await.replace(['\u{2068}', '\u{2069}'], "")
    }

    /// Looks at the page in view, which is named `name` in the pictures.
    pub async fn see(&self, name: &str) {
        self.check().await;
        self.picture(name).await;
    }

    /// Looks at the page in view at a desk by day and on a phone in the dark: each colour and each width once. Of the other two
    /// there are pictures.
    pub async fn see_everywhere(&self, name: &str) {
        self.see(name).await;
        if self.album.is_some() {
            self.resize(PHONE.0, PHONE.1).await;
            self.picture(&format!("{name}-390")).await;
        }
        self.resize(SMALLEST.0, SMALLEST.1).await;
        let wide = self.look(TOO_WIDE).await;
        assert!(!self.scrolls_sideways().await, "{} scrolls sideways at 320 px: {wide}", self.url().await);
        self.emulate("screen", &[STILL, ("prefers-color-scheme", "dark")]).await;
        self.resize(PHONE.0, PHONE.1).await;
        self.check().await;
        self.resize(DESK.0, DESK.1).await;
        self.picture(&format!("{name}-dark")).await;
        self.emulate("screen", &[STILL]).await;
    }

    /// Presses Tab until the element in focus fits `wanted`, a condition in JavaScript on `it`; each stop on the way
    /// has to show that it has the focus.
    ///
    /// # Panics
    /// When a hundred stops do not lead there.
    pub async fn tab_to(&self, wanted: &str) {
        let stop = format!(
            "const it = document.activeElement, look = getComputedStyle(it); \
             return [Boolean({wanted}), look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2, \
                     it.outerHTML.slice(0, 200)];"
        );
        for _ in 0..100 {
            self.keys("\u{e004}").await;
            let found = self.look(&stop).await;
            assert!(found[1] == true, "the focus can't be seen on {}", found[2]);
            if found[0] == true {
                return;
            }
        }
        panic!("Tab does not lead to {wanted} on {}", self.url().await);
    }

    /// The pages that the browser has asked for so far.
    pub async fn pages_asked(&self) -> usize {
        self.pages().await
    }

    /// Waits until a script of the test returns true.
    ///
    /// # Panics
    /// When it does not.
    pub async fn until(&self, script: &str) {
        let until = Instant::now() + PATIENCE;
        while self.look(script).await != true {
            assert!(Instant::now() < until, "never on {}: {script}", self.url().await);
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }

    async fn check(&self) {
        let (title, url) = (self.title().await, self.url().await);
        let named = title.strip_suffix(" - Norm Portal").is_some_and(|own| !own.trim().is_empty());
        assert!(named, "the title of {url} is {title:?}");
        assert_eq!(self.look("return document.querySelectorAll('h1').length").await, 1, "headings of {url}");
        self.assert_accessible(&[]).await;
        let foreign = self.foreign_requests(&self.origin).await;
        assert!(foreign.is_empty(), "{url} asks elsewhere: {foreign:?}");
    }

    async fn picture(&self, name: &str) {
        if let Some(album) = self.album {
            self.screenshot(&format!("{album}{name}")).await;
        }
    }
}
