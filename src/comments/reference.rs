//! Comment references such as `GCSC-N3-7K4Q-MW2R-9`: random, with a check character, and made only of
//! characters that can't be confused when read or spoken. Pure: random bytes come from the caller.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The 19 characters of a reference's body. 19 is prime, so every weight below 19 can be divided by,
/// which is what makes the check character catch all single errors and all swaps of neighbours.
const ALPHABET: &[u8; 19] = b"2345679AFHKLMQRWXYZ";
const BODY: usize = 8;
/// Longer input is no reference; keeps the cost of parsing a pasted page at nothing.
const LONGEST: usize = 100;

/// A well-formed comment reference in its one written form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// Why a text is not a reference. The words are fit to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// Not of the form, or with a character that is never used.
    #[error(
        "A reference looks like GCSC-N3-7K4Q-MW2R-9. Its last nine characters are never 0, 1 or 8, \
         nor B, C, D, E, G, I, J, N, O, P, S, T, U or V."
    )]
    BadForm,
    /// Of the form, but the check character does not fit: a character is wrong or two are swapped.
    #[error("This reference has a typing error: a character is wrong, or two have changed places.")]
    BadCheck,
}

impl Reference {
    /// The reference for `random` in consultation `code` (its ASCII letters and digits are used, in
    /// capitals) and norm `norm_number`. `random` must come from a secure source.
    ///
    /// Each byte is taken modulo 19: nine characters come up 14 times in 256 and ten 13 times. That is
    /// harmless, a reference is a name and not a secret. There are 19^8 (17 thousand million) bodies,
    /// so a caller with a million comments will meet a few that are taken: insert, and try again.
    pub fn make(code: &str, norm_number: u32, random: [u8; BODY]) -> Reference {
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        Reference::write(&code, norm_number, random.map(|byte| u32::from(byte) % 19))
    }

    /// Reads what a person typed or pasted: case, white space, dashes of any kind and invisible
    /// direction marks don't matter. `O` is not read as `0` nor `I` as `1`: neither is ever used.
    pub fn parse(text: &str) -> Result<Reference, ReferenceError> {
        if text.len() > LONGEST {
            return Err(ReferenceError::BadForm);
        }
        let plain: String = text.chars().filter(|c| !is_separator(*c)).map(|c| c.to_ascii_uppercase()).collect();
        Reference::read(&plain).ok_or(ReferenceError::BadForm)?
    }

    /// The written form, dashes included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `None`: not of the form.
    fn read(plain: &str) -> Option<Result<Reference, ReferenceError>> {
        let (head, tail) = plain.split_at_checked(plain.len().checked_sub(BODY + 1)?)?;
        let (body, check) = tail.split_at_checked(BODY)?;
        let before_number = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let norm_number = head.strip_prefix(before_number)?.parse().ok()?;
        let code = before_number.strip_suffix('N')?;
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let mut values = [0; BODY];
        for (value, byte) in values.iter_mut().zip(body.bytes()) {
            *value = value_of(byte)?;
        }
        let check = value_of(check.bytes().next()?)?;
        Some(if check == check_value(norm_number, values) {
            Ok(Reference::write(code, norm_number, values))
        } else {
            Err(ReferenceError::BadCheck)
        })
    }

    fn write(code: &str, norm_number: u32, values: [u32; BODY]) -> Reference {
        let mut text = format!("{code}-N{norm_number}-");
        for (i, value) in values.into_iter().enumerate() {
            if i == BODY / 2 {
                text.push('-');
            }
            text.push(character_of(value));
        }
        text.push('-');
        text.push(character_of(check_value(norm_number, values)));
        Reference(text)
    }
}

/// The norm number with weight 1 and the body with weights 1 to 8, modulo 19; the check character
/// itself then weighs 18 (that is, -1). Neighbours weigh differently, so a swap always shows.
fn check_value(norm_number: u32, values: [u32; BODY]) -> u32 {
    (1..).zip(values).fold(norm_number % 19, |sum, (weight, value)| (sum + weight * value) % 19)
}

fn value_of(byte: u8) -> Option<u32> {
    let place = ALPHABET.iter().position(|known| *known == byte)?;
    u32::try_from(place).ok()
}

fn character_of(value: u32) -> char {
    ALPHABET.iter().cycle().nth(value as usize).map_or('2', |byte| char::from(*byte))
}

/// White space, every dash, and the marks that come along when a reference is copied from a page.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Reference, ReferenceError> {
        Reference::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = "GCSC-N3-7K4Q-MW2R-9";

    #[test]
    fn the_documented_example_is_valid() {
        assert_eq!(Reference::parse(GOOD).unwrap().as_str(), GOOD);
    }

    #[test]
    fn people_type_it_in_many_ways() {
        for typed in [
            "gcsc-n3-7k4q-mw2r-9",
            "GCSCN37K4QMW2R9",
            "  gcsc n3 7k4q mw2r 9\n",
            "GCSC–N3–7K4Q–MW2R–9",
            "GCSC - N3 - 7K4Q - MW2R  -  9                 ",
            "\u{2068}GCSC-N3-7K4Q-MW2R-9\u{2069}",
        ] {
            assert_eq!(Reference::parse(typed).unwrap().as_str(), GOOD, "{typed}");
        }
    }

    #[test]
    fn what_is_no_reference_is_refused_by_form() {
        for typed in [
            "",
            "9",
            "GCSC-N3-7K4Q-MW2R",
            "GCSC-N3-AK4Q-MW2R-9-9",
            "GCSC-N-7K4Q-MW2R-9",
            "-N3-7K4Q-MW2R-9",
            "GCSC-N3-7K4O-MW2R-9",
            "GCSC-N3-7K40-MW2R-9",
            "GCSC-N3-7K4I-MW2R-9",
            "GCSC-N99999999999-7K4Q-MW2R-9",
            "GCSÇ-N3-7K4Q-MW2R-9",
            "GCSC-N3-7K4Q-MW2R-é",
            "GC/SC-N3-7K4Q-MW2R-9",
        ] {
            assert_eq!(Reference::parse(typed), Err(ReferenceError::BadForm), "{typed}");
        }
        assert_eq!(Reference::parse(&"9".repeat(200_000)), Err(ReferenceError::BadForm));
    }

    #[test]
    fn the_norm_number_is_checked_too() {
        let other = GOOD.replace("N3", "N4");
        assert_eq!(Reference::parse(&other), Err(ReferenceError::BadCheck));
    }

    #[test]
    fn alphabet_has_no_confusing_pairs_and_no_repeats() {
        let mut sorted = ALPHABET.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), 19);
        assert!(!b"01IOS8B".iter().any(|c| sorted.contains(c)));
    }

    fn any_reference() -> impl Strategy<Value = Reference> {
        (any::<u32>(), any::<[u8; BODY]>()).prop_map(|(n, r)| Reference::make("GCSC", n, r))
    }

    /// Byte positions of the body and check characters.
    fn places(text: &str) -> Vec<usize> {
        let from = text.match_indices('-').nth(1).unwrap().0;
        (from..text.len()).filter(|i| text.as_bytes()[*i] != b'-').collect()
    }

    proptest! {
        #[test]
        fn made_references_parse_to_themselves(reference in any_reference()) {
            prop_assert_eq!(Reference::parse(reference.as_str()), Ok(reference.clone()));
            let bare = reference.as_str().replace('-', "").to_lowercase();
            prop_assert_eq!(Reference::parse(&bare), Ok(reference));
        }

        #[test]
        fn every_single_wrong_character_is_found(reference in any_reference()) {
            for place in places(reference.as_str()) {
                for wrong in ALPHABET {
                    let mut bytes = reference.as_str().as_bytes().to_vec();
                    if bytes[place] != *wrong {
                        bytes[place] = *wrong;
                        let text = String::from_utf8(bytes).unwrap();
                        prop_assert_eq!(Reference::parse(&text), Err(ReferenceError::BadCheck));
                    }
                }
            }
        }

        #[test]
        fn every_swap_of_neighbours_is_found(reference in any_reference()) {
            for pair in places(reference.as_str()).windows(2) {
                let mut bytes = reference.as_str().as_bytes().to_vec();
                if bytes[pair[0]] != bytes[pair[1]] {
                    bytes.swap(pair[0], pair[1]);
                    let text = String::from_utf8(bytes).unwrap();
                    prop_assert_eq!(Reference::parse(&text), Err(ReferenceError::BadCheck));
                }
            }
        }

        #[test]
        fn every_wrong_digit_of_the_norm_number_is_found(n in 0u32..1_000_000, r in any::<[u8; BODY]>(), by in 1u32..10, place in 0u32..6) {
            let reference = Reference::make("GCSC", n, r);
            let digit = n / 10u32.pow(place) % 10;
            let other = n - digit * 10u32.pow(place) + (digit + by) % 10 * 10u32.pow(place);
            let text = reference.as_str().replace(&format!("-N{n}-"), &format!("-N{other}-"));
            prop_assert_eq!(Reference::parse(&text), Err(ReferenceError::BadCheck));
        }

        #[test]
        fn no_input_panics(text in "\\PC{0,30}|[GNC0-9A-Z–é-]{0,24}") {
            let _ = Reference::parse(&text);
        }
    }
}
