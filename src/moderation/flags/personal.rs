//! What looks like a person's address or number in a text. Where a number has check digits they are computed, so that not
//! every long number is taken for one. Pure; each scan goes through the text once, looking a bounded way around.

/// A sort of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A mail address.
    Email,
    /// A telephone number: international, or one with its area's leading zero.
    Telephone,
    /// The number of a bank account (ISO 13616), by its check digits.
    Iban,
    /// The number of a payment card (ISO/IEC 7812), by its check digit.
    Card,
    /// The machine-readable line of a passport or identity card (ICAO 9303), by its check digits.
    Document,
}

impl Sort {
    /// What it is called where flags are stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::Iban => "iban",
            Self::Card => "card",
            Self::Document => "document",
        }
    }
}

/// The codes of the sorts found in any of `texts`, each once.
pub fn sorts(texts: &[&str]) -> Vec<&'static str> {
    type Has = fn(&[char]) -> bool;
    let all: [(Sort, Has); 5] = [
        (Sort::Email, has_email),
        (Sort::Telephone, has_telephone),
        (Sort::Iban, has_iban),
        (Sort::Card, has_card),
        (Sort::Document, has_document),
    ];
    let texts: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
    let found = all.into_iter().filter(|(_, has)| texts.iter().any(|text| has(text)));
    found.map(|(sort, _)| sort.code()).collect()
}

fn at(text: &[char], place: usize) -> char {
    text.get(place).copied().unwrap_or(' ')
}

fn before(text: &[char], place: usize) -> char {
    place.checked_sub(1).map_or(' ', |place| at(text, place))
}

/// Something before an `@`, and behind it a name with a dot inside.
fn has_email(text: &[char]) -> bool {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let is_domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    text.iter().enumerate().filter(|(_, c)| **c == '@').any(|(place, _)| {
        let behind = text.get(place + 1..).unwrap_or_default();
        let domain: String = behind.iter().take(255).take_while(|c| is_domain(**c)).collect();
        let labels: Vec<&str> = domain.trim_end_matches(['.', '-']).split('.').collect();
        is_local(before(text, place)) && labels.len() > 1 && labels.iter().all(|label| !label.is_empty())
    })
}

/// Digits from `start` on with at most two marks between two of them, at most `most`; and the place behind.
fn digits(text: &[char], start: usize, marks: &str, most: usize) -> (Vec<u32>, usize) {
    let (mut found, mut place) = (Vec::new(), start);
    while let Some(digit) = at(text, place).to_digit(10).filter(|_| found.len() < most) {
        found.push(digit);
        place += 1;
        let between = (0..2).take_while(|step| marks.contains(at(text, place + step))).count();
        if found.len() < most && at(text, place + between).is_ascii_digit() {
            place += between;
        }
    }
    (found, place)
}

/// `+` or `00` and seven to fifteen digits (E.164), or a zero and eight to twelve digits with marks between.
fn has_telephone(text: &[char]) -> bool {
    let mut place = 0;
    while place < text.len() {
        let has_plus = at(text, place) == '+';
        let start = if has_plus { place + 1 } else { place };
        let is_inside = before(text, place).is_alphanumeric() || !has_plus && ".,:/-".contains(before(text, place));
        if is_inside || !at(text, start).is_ascii_digit() {
            place += 1;
            continue;
        }
        let (found, end) = digits(text, start, " -./()", 17);
        let whole = !at(text, end).is_alphanumeric();
        let is_international = (has_plus || found.starts_with(&[0, 0])) && (7..=17).contains(&found.len());
        if whole && (is_international || is_local(text.get(start..end).unwrap_or_default(), found.len())) {
            return true;
        }
        place = end;
    }
    false
}

/// A number with its area's zero in groups of digits; dots are between all groups or none, as dates have them too.
fn is_local(written: &[char], digits: usize) -> bool {
    let begins = written.first() == Some(&'0') && written.get(1).is_some_and(|c| ('1'..='9').contains(c));
    let has_marks = written.len() > digits;
    let has_dots = written.contains(&'.');
    let is_even = !has_dots || written.iter().all(|c| c.is_ascii_digit() || *c == '.');
    begins && has_marks && is_even && (9..=13).contains(&digits)
}

/// Two letters, two digits and up to thirty letters and digits that leave 1 when divided by 97.
fn has_iban(text: &[char]) -> bool {
    (0..text.len()).any(|place| {
        let head = [0, 1, 2, 3].map(|step| at(text, place + step));
        let begins = !before(text, place).is_ascii_alphanumeric()
            && head[0].is_ascii_uppercase()
            && head[1].is_ascii_uppercase()
            && head[2].is_ascii_digit()
            && head[3].is_ascii_digit();
        begins && is_iban(text, place)
    })
}

fn is_iban(text: &[char], start: usize) -> bool {
    let mut code = Vec::new();
    let mut place = start;
    while code.len() < 34 {
        let c = at(text, place);
        if c == ' ' && at(text, place + 1).is_ascii_alphanumeric() {
            // A group may end here, or the text go on: a number that is whole already is one.
            if is_whole_iban(&code) {
                return true;
            }
            place += 1;
            continue;
        }
        if !c.is_ascii_digit() && !c.is_ascii_uppercase() {
            break;
        }
        code.push(c);
        place += 1;
    }
    !at(text, place).is_ascii_alphanumeric() && is_whole_iban(&code)
}

fn is_whole_iban(code: &[char]) -> bool {
    if !(15..=34).contains(&code.len()) {
        return false;
    }
    let moved = code.iter().skip(4).chain(code.iter().take(4));
    let rest = moved.filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shifted = if value > 9 { rest * 100 } else { rest * 10 };
        (shifted + value) % 97
    });
    rest == 1
}

/// Thirteen to nineteen digits, in groups or not, that the formula of Luhn holds for.
fn has_card(text: &[char]) -> bool {
    let mut place = 0;
    while place < text.len() {
        let begins = at(text, place).is_ascii_digit() && !before(text, place).is_alphanumeric();
        if !begins {
            place += 1;
            continue;
        }
        let (found, end) = digits(text, place, " -", 20);
        let is_one = (13..=19).contains(&found.len()) && !at(text, end).is_alphanumeric();
        if is_one && found.first() != Some(&0) && luhn(&found) {
            return true;
        }
        place = end.max(place + 1);
    }
    false
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let from_the_end = digits.iter().rev().enumerate();
    let sum: u32 = from_the_end.map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10)
}

/// A line of a passport or of an identity card: a number of nine characters with its check digit, and a date with its own.
fn has_document(text: &[char]) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '<';
    let mut place = 0;
    while place < text.len() {
        let line = text.get(place..).unwrap_or_default().iter().take_while(|c| is_part(**c)).take(45).count();
        if matches!(line, 30 | 36 | 44) {
            let line = text.get(place..place + line).unwrap_or_default();
            // Passports and larger cards have both on one line; small cards have the number on their first.
            let number = checked(line, 0, 9) && checked(line, 13, 6) && checked(line, 21, 6);
            let card = line.len() == 30 && line.first().is_some_and(|c| "IAC".contains(*c)) && checked(line, 5, 9);
            if number || card {
                return true;
            }
        }
        place += line.max(1);
    }
    false
}

/// Whether the character behind `length` characters from `start` is their check digit (ICAO 9303, part 3, 4.9).
fn checked(line: &[char], start: usize, length: usize) -> bool {
    let part = line.get(start..start + length).unwrap_or_default();
    let Some(expected) = at(line, start + length).to_digit(10).filter(|_| part.len() == length) else { return false };
    let weights = [7, 3, 1].into_iter().cycle();
    let sum: u32 = part.iter().zip(weights).map(|(c, weight)| c.to_digit(36).unwrap_or_default() * weight).sum();
    sum % 10 == expected && part.iter().any(|c| *c != '<')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> String {
        sorts(&[text]).join(" ")
    }

    #[test]
    fn addresses_are_found() {
        for (text, sorts) in [
            ("Write to ada.lovelace+x@mail.example.org.", "email"),
            ("me@example.org", "email"),
            ("\u{5199} \u{e9}va@b\u{fc}cher.example", "email"),
            ("@handle and a @ b and user@localhost and me@.org", ""),
        ] {
            assert_eq!(found(text), sorts, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_found_and_other_numbers_left() {
        for text in ["+44 20 7946 0958", "call (+49) 30 901820", "0049-30-901820", "tel:+15555550123", "01.23.45.67.89"]
        {
            assert_eq!(found(text), "telephone", "{text}");
        }
        for text in [
            "in 2018-2019 and 2026",
            "Resolution 73/27, 5 December 2018",
            "ISO/IEC 27001:2013",
            "1 000 000 000",
            "10.1000/182",
            "0.123456789",
            "12:30:45",
            "05.12.2018 10:30",
            "+1",
            "A/RES/73/266",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_with_check_digits_are_found_only_if_these_hold() {
        for (text, sorts) in [
            ("DE89 3704 0044 0532 0130 00", "iban"),
            ("account GB82WEST12345698765432, please", "iban"),
            ("DE89 3704 0044 0532 0130 00 is mine", "iban"),
            ("DE88 3704 0044 0532 0130 00", ""),
            ("030/901 820 11", "telephone"),
            ("4111 1111 1111 1111", "card"),
            ("4111-1111-1111-1112", ""),
            ("L898902C36UTO7408122F1204159ZE184226B<<<<<10", "document"),
            ("L898902C46UTO7408122F1204159ZE184226B<<<<<10", ""),
            ("I<UTOD231458907<<<<<<<<<<<<<<<", "document"),
        ] {
            assert_eq!(found(text), sorts, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in "[ -~\u{e9}\u{660}\u{ff11}@+<0-9A-Z\n]{0,200}") {
            let _ = found(&text);
        }

        #[test]
        fn an_address_is_found_wherever_it_stands(before in "[a-z ]{0,30} ", after in " [a-z ]{0,30}") {
            let text = format!("{before}ada@example.org{after}");
            prop_assert!(found(&text).contains("email"), "{text}");
        }

        #[test]
        fn a_number_of_an_account_is_found_if_its_check_digits_hold(digits in "[0-9]{18}") {
            let rest = digits.bytes().map(|b| u32::from(b - b'0'));
            let rest = rest.chain([1, 3, 1, 4, 0, 0]).fold(0, |rest, digit| (rest * 10 + digit) % 97);
            let right = format!("DE{:02}{digits}", 98 - rest);
            let wrong = format!("DE{:02}{digits}", (98 - rest) % 97 + 1);
            prop_assert!(sorts(&[&right]).contains(&"iban"), "{right}");
            prop_assert!(right == wrong || !sorts(&[&wrong]).contains(&"iban"), "{wrong}");
        }
    }
}
