//! What the browser asked the network for, taken from chromedriver's performance log.
//!
//! Works with page scripts on or off: the log is Chromium's own, not the page's.

use std::sync::PoisonError;

use serde_json::Value;
use url::Url;

use super::Browser;
use super::driver::Extension;

/// Schemes of addresses inside the browser.
const INSIDE: [&str; 7] = ["data", "blob", "about", "chrome", "chrome-error", "chrome-extension", "devtools"];

impl Browser {
    /// Every address asked for since the browser started, in order, redirects and blocked
    /// requests included. Addresses inside the browser (`data:`, `about:`, `chrome:`) do not count.
    pub async fn requests(&self) -> Vec<String> {
        let fetched = self.client.issue_cmd(Extension::network_log()).await;
        let entries = self.done("read the network log", fetched).await;
        let fresh = entries.as_array().into_iter().flatten().filter_map(requested);
        let fresh = fresh.filter(|(address, _)| !inside(address));
        let mut seen = self.requested.lock().unwrap_or_else(PoisonError::into_inner);
        seen.extend(fresh);
        seen.iter().map(|(address, _)| address.clone()).collect()
    }

    /// How many pages were asked for since the browser started, redirects included: no styles, pictures, scripts, nor
    /// what scripts ask for.
    pub async fn pages(&self) -> usize {
        self.requests().await;
        let seen = self.requested.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().filter(|(_, is_page)| *is_page).count()
    }

    /// The requests since the browser started that left `origin` (`http://127.0.0.1:8080`).
    pub async fn foreign_requests(&self, origin: &str) -> Vec<String> {
        let home = origin_of(origin);
        let requests = self.requests().await;
        requests.into_iter().filter(|address| leaves(address, &home)).collect()
    }
}

/// The address in one log entry, if the entry is about a request or a web socket being made, and whether it is a page's.
fn requested(entry: &Value) -> Option<(String, bool)> {
    let message: Value = serde_json::from_str(entry.get("message")?.as_str()?).ok()?;
    let address = match message.pointer("/message/method")?.as_str()? {
        "Network.requestWillBeSent" => message.pointer("/message/params/request/url"),
        "Network.webSocketCreated" => message.pointer("/message/params/url"),
        _ => None,
    }?;
    let kind = message.pointer("/message/params/type").and_then(Value::as_str);
    Some((address.as_str()?.to_owned(), kind == Some("Document")))
}

fn inside(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| INSIDE.contains(&scheme))
}

fn origin_of(address: &str) -> url::Origin {
    match Url::parse(address) {
        Ok(address) => address.origin(),
        Err(fault) => panic!("{address} is not an address: {fault}"),
    }
}

fn leaves(address: &str, home: &url::Origin) -> bool {
    Url::parse(address).map_or(true, |address| address.origin() != *home)
}

#[cfg(test)]
mod tests {
    use super::{inside, leaves, origin_of, requested};
    use serde_json::json;

    #[test]
    fn only_other_origins_leave() {
        let home = origin_of("http://127.0.0.1:80");
        assert!(!leaves("http://127.0.0.1/a", &home));
        assert!(inside("data:,x") && inside("chrome://newtab/") && !inside("http://127.0.0.1/"));
        assert!(leaves("http://127.0.0.1:81/a", &home));
        assert!(leaves("https://127.0.0.1/a", &home));
        assert!(leaves("http://localhost/", &home));
        assert!(leaves("ws://127.0.0.1/", &home));
    }

    #[test]
    fn other_log_entries_are_no_requests() {
        let entry = |method: &str| {
            let params = json!({"request": {"url": "http://a/"}, "type": "Document"});
            let inner = json!({"message": {"method": method, "params": params}});
            json!({ "message": inner.to_string() })
        };
        assert_eq!(requested(&entry("Network.requestWillBeSent")), Some(("http://a/".to_owned(), true)));
        assert_eq!(requested(&entry("Network.dataReceived")), None);
    }
}
