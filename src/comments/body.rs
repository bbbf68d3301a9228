//! What a comment says, by kind.

use serde::{Deserialize, Serialize};
use url::Url;

use super::anchor::Anchor;
use super::model::Kind;
use super::redline::Redline;
use crate::db::words;
use crate::ids;

/// The longest text of one field, in graphemes.
pub const LONGEST_TEXT: usize = 20_000;
/// The longest answer to a side question, in graphemes.
pub const LONGEST_NOTE: usize = 2_000;

words! {
    /// What a wording comment wants of the words.
    Change {
        /// Other words.
        Replace = "replace",
        /// None.
        Delete = "delete",
        /// The same; a concern is explained.
        Keep = "keep",
    }
}

words! {
    /// Whether the author would accept the norm without the change.
    Acceptable {
        /// Would.
        Yes = "yes",
        /// Would not.
        No = "no",
        /// Not said, or not sure.
        Unsure = "unsure",
    }
}

/// A comment on certain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Which words.
    pub anchor: Anchor,
    /// What is wanted of them.
    pub change: Change,
    /// The new words; empty unless they are to be replaced.
    pub proposed_wording: String,
    /// A code of the vocabulary; empty if not said.
    pub concern: String,
    /// Why.
    pub rationale: String,
    /// A link to evidence; empty if none.
    pub evidence: String,
    /// Whether the norm would do without the change.
    pub acceptable: Acceptable,
}

/// A proposal how to implement a norm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lever {
    /// Who should act: a code of the vocabulary.
    pub actor: String,
    /// By what kind of instrument: a code of the vocabulary.
    pub instrument: String,
    /// What exactly they should do.
    pub action: String,
    /// By when; may be empty, as all that follow.
    pub by_when: String,
    /// An existing example.
    pub example: String,
    /// What could stand in the way.
    pub obstacles: String,
    /// What it would cost.
    pub cost: String,
}

/// A comment on a text as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct General {
    /// The comment.
    pub rationale: String,
    /// A link to evidence; empty if none.
    pub evidence: String,
}

/// What a comment says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Body {
    /// On certain words.
    Wording(Wording),
    /// On implementation.
    Lever(Lever),
    /// On the whole.
    General(General),
}

impl Wording {
    /// The words as the author wants them: empty when they are to go, the same when they are to stay.
    pub fn new_words(&self) -> &str {
        match self.change {
            Change::Replace => &self.proposed_wording,
            Change::Delete => "",
            Change::Keep => &self.anchor.quote,
        }
    }

    /// The change, word by word.
    pub fn redline(&self) -> Redline {
        Redline::between(&self.anchor.quote, self.new_words())
    }
}

impl Body {
    /// Of what kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Wording(_) => Kind::Wording,
            Self::Lever(_) => Kind::Lever,
            Self::General(_) => Kind::General,
        }
    }

    /// The words it is about, if any.
    pub fn anchor(&self) -> Option<&Anchor> {
        match self {
            Self::Wording(wording) => Some(&wording.anchor),
            Self::Lever(_) | Self::General(_) => None,
        }
    }

    /// The change of words it proposes, if it changes any.
    pub fn redline(&self) -> Option<Redline> {
        match self {
            Self::Wording(wording) => Some(wording.redline()).filter(|redline| !redline.is_unchanged()),
            Self::Lever(_) | Self::General(_) => None,
        }
    }

    /// Its place in the text: the first word it is about; 0 for the whole.
    pub fn place(&self) -> i32 {
        self.anchor().and_then(|anchor| i32::try_from(anchor.first_word).ok()).unwrap_or(0)
    }

    /// Everything it says as one line of JSON with a fixed order of fields: what its digest covers.
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SHA-256 of [`Body::canonical`] in hexadecimal.
    pub fn digest(&self) -> String {
        hex::encode(ids::sha256(self.canonical().as_bytes()))
    }
}

/// The address to link evidence to: only `http` and `https` with a host and no user name. Anything else stays a text.
pub fn web_link(evidence: &str) -> Option<String> {
    let url = Url::parse(evidence.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (web && url.username().is_empty() && url.password().is_none()).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(web_link(" https://example.org/a?b=c ").as_deref(), Some("https://example.org/a?b=c"));
        assert_eq!(web_link("http://example.org").as_deref(), Some("http://example.org/"));
        let inert = [
            "javascript:alert(1)",
            "data:text/html,x",
            "JaVaScRiPt://example.org/%0aalert(1)",
            "vbscript:x",
            "//example.org",
            "example.org",
            "https://user@example.org/",
            "https://:secret@example.org/",
            "ftp://example.org/",
            "see the report",
            "",
        ];
        for text in inert {
            assert_eq!(web_link(text), None, "{text}");
        }
    }
}
