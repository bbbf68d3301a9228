//! Keyset pages: a cursor names the last row seen, never a number of rows to skip.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use chrono::Datelike as _;

use crate::clock::{self, Moment};

/// Rows on a page of a list.
pub const ROWS: usize = 50;

/// The place in a list that is ordered by time, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor<Id> {
    /// The last row's time.
    pub at: Moment,
    /// The last row's id.
    pub id: Id,
}

impl<Id: Copy + std::fmt::Display> Cursor<Id> {
    /// The form it has in an address.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}/{}", clock::micros(self.at), self.id))
    }
}

/// Reads what [`Cursor::encode`] wrote; `None` for anything else.
pub fn decode<Id>(text: &str, id: impl Fn(&str) -> Option<Id>) -> Option<Cursor<Id>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (at, rest) = std::str::from_utf8(&bytes).ok()?.split_once('/')?;
    Some(Cursor { at: moment(at)?, id: id(rest)? })
}

/// Reads the microseconds of a cursor; `None` for a time that no row of ours can have.
pub fn moment(micros: &str) -> Option<Moment> {
    let at = clock::from_micros(micros.parse().ok()?);
    (1970..3000).contains(&at.year()).then_some(at)
}

/// Takes one row more than a page from `rows` as the sign that there is a next page; returns that page's cursor.
pub fn cut<T, Id>(rows: &mut Vec<T>, cursor: impl Fn(&T) -> Cursor<Id>) -> Option<Cursor<Id>> {
    if rows.len() <= ROWS {
        return None;
    }
    rows.truncate(ROWS);
    rows.last().map(cursor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CommentId;

    #[test]
    fn a_cursor_survives_its_address() {
        let cursor = Cursor { at: clock::from_micros(1_547_769_599_123_456), id: CommentId::new() };
        assert_eq!(decode(&cursor.encode(), CommentId::parse), Some(cursor));
        assert_eq!(decode("nonsense!", CommentId::parse), None);
        assert_eq!(decode("", CommentId::parse), None);
    }
}
