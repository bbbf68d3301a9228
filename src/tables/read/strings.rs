//! The texts that the cells of a workbook share, in one piece of memory.

use super::ReadError;
use super::parts::{MOST_CELL, MOST_SHARED, Mark, Package, Xml};

/// The most shared texts that a workbook may have.
const MOST_TEXTS: usize = 1 << 20;

/// The shared texts, by number.
#[derive(Default)]
pub(super) struct Strings {
    all: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Reads `part` (ECMA-376-1, 18.4); a workbook need not have it.
    pub fn of(package: &mut Package, part: &str) -> Result<Self, ReadError> {
        let mut strings = Self::default();
        let Some(mut xml) = package.part(part, MOST_SHARED)? else { return Ok(strings) };
        loop {
            match xml.next()? {
                Mark::Open(tag) if tag.name == "si" => {
                    let text = if tag.is_empty { String::new() } else { text(&mut xml, "si")? };
                    strings.all.push_str(&text);
                    strings.ends.push(u32::try_from(strings.all.len()).map_err(|_| ReadError::TooLarge)?);
                    if strings.ends.len() > MOST_TEXTS {
                        return Err(ReadError::TooLarge);
                    }
                }
                Mark::End => return Ok(strings),
                _ => {}
            }
        }
    }

    /// The text with this number.
    pub fn get(&self, number: &str) -> &str {
        let Ok(number) = number.trim().parse::<usize>() else { return "" };
        let at = |index: usize| self.ends.get(index).map(|end| *end as usize);
        let start = number.checked_sub(1).map_or(Some(0), at);
        start.zip(at(number)).and_then(|(start, end)| self.all.get(start..end)).unwrap_or_default()
    }
}

/// The text of a rich text up to the end of `name`: its runs joined, without the reading aids of East Asian scripts.
pub(super) fn text(xml: &mut Xml, name: &str) -> Result<String, ReadError> {
    let (mut text, mut in_text, mut aside) = (String::new(), false, false);
    loop {
        match xml.next()? {
            Mark::Open(tag) if !tag.is_empty => match tag.name.as_str() {
                "t" => in_text = true,
                "rPh" => aside = true,
                _ => {}
            },
            Mark::Close(closed) => match closed.as_str() {
                "t" => in_text = false,
                "rPh" => aside = false,
                closed if closed == name => return Ok(unescaped(&text)),
                _ => {}
            },
            Mark::Text(_) if text.len() > MOST_CELL => return Err(ReadError::TooLarge),
            Mark::Text(piece) if in_text && !aside => text.push_str(&piece),
            Mark::End => return Err(ReadError::Broken("a text without an end".into())),
            _ => {}
        }
    }
}

/// `_x000D_` and its like are characters (ECMA-376-1, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        found.push_str(before);
        let code = behind.get(2..7).and_then(|code| code.strip_suffix('_'));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(c) = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            found.push(c);
            rest = behind.get(7..).unwrap_or_default();
        } else {
            found.push_str("_x");
            rest = behind.get(2..).unwrap_or_default();
        }
    }
    found.push_str(rest);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_come_back() {
        assert_eq!(unescaped("a_x000D_b_x005F_x000D_ _xyz_x00"), "a\rb_x000D_ _xyz_x00");
    }

    #[test]
    fn texts_are_found_by_number() {
        let strings = Strings { all: "abcé".into(), ends: vec![1, 1, 5] };
        assert_eq!(["0", "1", "2", "3", "x"].map(|number| strings.get(number)), ["a", "", "bcé", "", ""]);
    }
}
