//! What a session is called on the list of its owner's. Pure.

use crate::clock::Moment;

/// Which program on which system, in names that are the same in every language: all that is kept of what a browser says of
/// itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Device {
    /// `Firefox`; empty if it is not known.
    pub browser: &'static str,
    /// `Linux`; empty if it is not known.
    pub system: &'static str,
}

/// Names in what browsers say of themselves; the first that fits counts, for most call themselves by each other's.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Firefox", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

fn first(names: &[(&str, &'static str)], agent: &str) -> &'static str {
    names.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| *name)
}

impl Device {
    /// The device that a `User-Agent` header speaks of.
    pub fn of(agent: &str) -> Self {
        Self { browser: first(&BROWSERS, agent), system: first(&SYSTEMS, agent) }
    }

    /// What is stored.
    pub fn kept(self) -> String {
        format!("{}/{}", self.browser, self.system)
    }
}

/// A session on its owner's list.
#[derive(Debug, Clone)]
pub struct Session {
    /// The digest of its secret.
    pub hash: Vec<u8>,
    /// When it began.
    pub created_at: Moment,
    /// When it was last seen, within five minutes.
    pub seen_at: Moment,
    /// The program; may be empty.
    pub browser: String,
    /// The system; may be empty.
    pub system: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_what_sets_them_apart() {
        for (agent, browser, system) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome",
                "Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari",
                "iOS",
            ),
            ("<script>alert(1)</script>", "", ""),
        ] {
            assert_eq!(Device::of(agent), Device { browser, system }, "{agent}");
        }
        assert_eq!(Device::of("Firefox").kept(), "Firefox/");
    }
}
