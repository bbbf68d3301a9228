//! Reading a value that is never printed: what is wrong with it is told without it.

use std::fmt;

use serde::de::{Error, Visitor};

/// Takes text. Digits alone, or `true`, are no text where settings are read; a leading zero would be lost.
pub(super) struct Reader;

fn unquoted<T, E: Error>() -> Result<T, E> {
    Err(E::custom(
        "a secret of digits alone, or of true or false, has to stand in quotes (in the environment too: '\"123\"')",
    ))
}

impl Visitor<'_> for Reader {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<String, E> {
        unquoted()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<String, E> {
        unquoted()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<String, E> {
        unquoted()
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<String, E> {
        unquoted()
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<String, E> {
        unquoted()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<String, E> {
        unquoted()
    }
}
