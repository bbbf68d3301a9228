//! What a form or an address carries: names and values, strictly decoded.

use percent_encoding::percent_decode;
use serde::{Deserialize, Serialize};

/// Fields in the order they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields(Vec<(String, String)>);

/// Why fields can't be read (400).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undecodable {
    /// Not UTF-8.
    #[error("not valid UTF-8")]
    Encoding,
    /// U+0000, which no text has.
    #[error("a NUL character")]
    Nul,
    /// More fields than any form of the portal has.
    #[error("too many fields")]
    TooMany,
}

/// The largest form, that of a long position paper, has some hundred fields; what is kept of repeated ones costs time
/// that grows with their square.
pub(super) const MOST_FIELDS: usize = 1_000;

impl Fields {
    /// Decodes `application/x-www-form-urlencoded`; line breaks become `\n`.
    pub fn decode(encoded: &[u8]) -> Result<Self, Undecodable> {
        let mut fields = Vec::new();
        for pair in encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if fields.len() == MOST_FIELDS {
                return Err(Undecodable::TooMany);
            }
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let name = decode_part(parts.next().unwrap_or_default())?;
            let value = decode_part(parts.next().unwrap_or_default())?;
            fields.push((name, value));
        }
        Ok(Self(fields))
    }

    /// Adds a field that came in a part of its own; line breaks become `\n`.
    pub(super) fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Undecodable> {
        if self.0.len() == MOST_FIELDS {
            return Err(Undecodable::TooMany);
        }
        let text = String::from_utf8(bytes).map_err(|_| Undecodable::Encoding)?;
        self.0.push((sound(name.to_owned())?, sound(text)?));
        Ok(())
    }

    /// The fields whose names begin with `prefix`, by the rest of their names: one part of a form of many.
    #[must_use]
    pub fn below(&self, prefix: &str) -> Self {
        let rest = |(name, value): &(String, String)| Some((name.strip_prefix(prefix)?.to_owned(), value.clone()));
        Self(self.0.iter().filter_map(rest).collect())
    }

    /// The first value of `name`, without white space around it; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of `name` exactly as sent; empty if there is none.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every value of `name`, without white space around it, in the order sent: of boxes that share a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Whether there is a field of this name, be it empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets `name` to `value`, in place of what was there.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// These fields with `name` set to `value`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// All but those named: what a page carries along unseen.
    pub fn except(&self, names: &[&str]) -> Vec<(&str, &str)> {
        self.0
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str()))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

fn decode_part(encoded: &[u8]) -> Result<String, Undecodable> {
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    sound(String::from_utf8(percent_decode(&spaced).collect()).map_err(|_| Undecodable::Encoding)?)
}

fn sound(text: String) -> Result<String, Undecodable> {
    if text.contains('\0') {
        return Err(Undecodable::Nul);
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_strictly_and_keeps_the_first_of_repeated_names() {
        let fields = Fields::decode(b"a=1+2&a=3&b=%C3%A9%0D%0Ax&c").unwrap();
        assert_eq!(fields.get("a"), "1 2");
        assert_eq!(fields.get("b"), "\u{e9}\nx");
        assert_eq!(fields.get("c"), "");
        assert_eq!(Fields::decode(b"a=%FF"), Err(Undecodable::Encoding));
        assert_eq!(Fields::decode(b"a=%00"), Err(Undecodable::Nul));
        assert_eq!(Fields::decode("a&".repeat(1_001).as_bytes()), Err(Undecodable::TooMany));
    }
}
