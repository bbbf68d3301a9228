//! A real Chromium for the tests, with the page's scripts allowed or blocked.
//!
//! A test reads like a visitor's steps: `goto`, `fill`, `choose`, `press`, then looks at `text`,
//! `axe` and `foreign_requests`. Every step panics with the address of the page and what it looked
//! for, so tests need no error handling. Knows HTML and `WebDriver`, not the portal.
//!
//! `look` and `axe` run scripts of the test: those run by `WebDriver`'s own door, past the
//! page's CSP and also where the page's scripts are blocked.

pub mod axe;
mod driver;
mod hand;
mod network;
mod view;

use std::sync::Mutex;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;

use driver::Driver;

/// One Chromium with a fresh profile; dropping it ends the program.
pub struct Browser {
    client: Client,
    javascript: bool,
    /// Addresses asked for so far, and whether each is a page's: chromedriver gives each log entry out once.
    requested: Mutex<Vec<(String, bool)>>,
    _driver: Driver,
}

/// The key that presses a button which has the focus.
const ENTER: &str = "\u{e007}";

/// Everything that a visitor takes for a button.
const BUTTONS: &str = "button, input[type=submit], input[type=button], summary, [role=button]";

impl Browser {
    /// Starts a headless Chromium with a view of 1280 x 900, its pages' scripts allowed or blocked.
    ///
    /// # Panics
    /// When Chromium or chromedriver cannot be started.
    pub async fn start(javascript: bool) -> Self {
        let mut driver = Driver::start();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(driver.capabilities(javascript))
            .connect(&driver.address())
            .await
            .unwrap_or_else(|fault| panic!("no browser session: {fault}"));
        if let Ok(Some(session)) = client.session_id().await {
            driver.remember(session);
        }
        // The driver ends the session, on every way out of a test.
        client.persist().await.unwrap_or_else(|fault| panic!("no browser session: {fault}"));
        let browser = Self { client, javascript, requested: Mutex::default(), _driver: driver };
        browser.resize(1280, 900).await;
        browser
    }

    /// Opens an address and waits until it has loaded.
    pub async fn goto(&self, address: &str) {
        self.done(&format!("open {address}"), self.client.goto(address).await).await;
    }

    /// Goes back to the page before, as the button does.
    pub async fn back(&self) {
        self.done("go back", self.client.back().await).await;
    }

    /// Types `value` into the field called `name`, in place of what was there.
    pub async fn fill(&self, name: &str, value: &str) {
        let field = self.field(name).await;
        self.done(&format!("empty the field {name}"), field.clear().await).await;
        self.done(&format!("type into the field {name}"), field.send_keys(value).await).await;
    }

    /// Puts the file at `path` into the file field called `name`.
    pub async fn attach(&self, name: &str, path: &str) {
        let field = self.field(name).await;
        self.done(&format!("put {path} into the field {name}"), field.send_keys(path).await).await;
    }

    /// What the field called `name` holds.
    pub async fn value(&self, name: &str) -> String {
        let field = self.field(name).await;
        let value = field.prop("value").await;
        self.done(&format!("read the field {name}"), value).await.unwrap_or_default()
    }

    /// Picks the radio button or check box called `name` with this value.
    pub async fn choose(&self, name: &str, value: &str) {
        let what = format!("choose {name} = {value}");
        let named = format!("input{}{}", having("name", name), having("value", value));
        let choice = self.find(&named).await;
        if !self.done(&what, choice.is_selected().await).await {
            self.click(&what, &choice, " ").await;
        }
        let picked = self.done(&what, choice.is_selected().await).await;
        assert!(picked, "{what}: still not chosen after the click");
    }

    /// Picks the option with this value in the list called `name`.
    pub async fn select(&self, name: &str, value: &str) {
        let what = format!("select {name} = {value}");
        let option = format!("select{} option{}", having("name", name), having("value", value));
        self.done(&what, self.find(&option).await.click().await).await;
    }

    /// Presses the one visible button whose words are exactly `words`, and waits for the page it
    /// leads to, if it leads to one.
    ///
    /// # Panics
    /// When there is no such button, or several.
    pub async fn press(&self, words: &str) {
        let what = format!("press \"{words}\"");
        let mut all = self.buttons(&what).await;
        while all.is_none() {
            all = self.buttons(&what).await;
        }
        let (named, others): (Vec<_>, Vec<_>) = all.into_iter().flatten().partition(|(label, _)| label == words);
        let [(_, button)] = named.as_slice() else {
            let others: Vec<&String> = others.iter().map(|(label, _)| label).collect();
            panic!("{what}: {} such buttons on {}; others: {others:?}", named.len(), self.url().await)
        };
        self.click(&what, button, ENTER).await;
    }

    /// Clicks `control`. Where scripts are off the driver can't scroll to what is far below: `key` does it there.
    async fn click(&self, what: &str, control: &Element, key: &str) {
        match control.clone().click().await {
            Err(fault) if fault.to_string().contains("click intercepted") => {
                let page = self.find("html").await;
                self.done(what, control.send_keys(key).await).await;
                // A click waits for the page it leads to, a key does not.
                let (pressed, most) = (Instant::now(), Duration::from_secs(20));
                while key == ENTER && page.tag_name().await.is_ok() && pressed.elapsed() < most {}
            }
            outcome => self.done(what, outcome).await,
        }
    }

    /// Follows the first link whose words are exactly `words`.
    pub async fn follow(&self, words: &str) {
        let what = format!("follow \"{words}\"");
        let link = self.done(&what, self.client.find(Locator::LinkText(words)).await).await;
        self.done(&what, link.click().await).await;
    }

    /// Sends keys to whatever has the focus, as a keyboard does (`fantoccini::key::Key` has the
    /// named ones).
    pub async fn keys(&self, keys: &str) {
        let pressed = keys.chars().fold(KeyActions::new("keyboard".to_owned()), |actions, value| {
            actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.done(&format!("send the keys {keys:?}"), self.client.perform_actions(pressed).await).await;
    }

    /// The visible words of the page, as a reader sees them.
    pub async fn text(&self) -> String {
        let body = self.find("body").await;
        self.done("read the page", body.text().await).await
    }

    /// The page's title.
    pub async fn title(&self) -> String {
        self.done("read the title", self.client.title().await).await
    }

    /// The page's address.
    pub async fn url(&self) -> String {
        match self.client.current_url().await {
            Ok(address) => address.into(),
            Err(fault) => format!("(no address: {fault})"),
        }
    }

    /// What a script of the test returns: `return document.activeElement.name`.
    pub async fn look(&self, script: &str) -> Value {
        let answer = self.client.execute(script, Vec::new()).await;
        self.done(&format!("run {script}"), answer).await
    }

    async fn field(&self, name: &str) -> Element {
        let name = having("name", name);
        self.find(&format!("input{name}:not([type=hidden]), textarea{name}, select{name}")).await
    }

    async fn find(&self, selector: &str) -> Element {
        let found = self.client.find(Locator::Css(selector)).await;
        self.done(&format!("find {selector}"), found).await
    }

    /// The buttons of the page with their labels; `None`: another page took its place meanwhile.
    async fn buttons(&self, what: &str) -> Option<Vec<(String, Element)>> {
        let found = self.client.find_all(Locator::Css(BUTTONS)).await;
        let mut all = Vec::new();
        for button in self.done(what, found).await {
            match label(&button).await {
                Ok(label) => all.push((label, button)),
                Err(fault) if fault.to_string().contains("stale element") => return None,
                Err(fault) => self.done("read a button", Err(fault)).await,
            }
        }
        Some(all)
    }

    /// The value of a step, or a panic that says which step failed on which page.
    async fn done<T, E: std::fmt::Display>(&self, what: &str, step: Result<T, E>) -> T {
        match step {
            Ok(value) => value,
            Err(fault) => panic!("cannot {what} on {}: {fault}", self.url().await),
        }
    }
}

/// The CSS for an attribute with exactly this value.
fn having(attribute: &str, value: &str) -> String {
    format!("[{attribute}=\"{}\"]", value.replace('\\', "\\\\").replace('"', "\\\""))
}

async fn label(button: &Element) -> Result<String, CmdError> {
    let words = button.text().await?;
    if !words.is_empty() {
        return Ok(words);
    }
    let (shown, value) = (button.is_displayed().await?, button.attr("value").await?);
    Ok(value.filter(|_| shown).unwrap_or_default())
}
