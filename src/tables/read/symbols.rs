//! Characters of the fonts that hold symbols (ECMA-376-1, 17.3.3.30).

/// What stands for a symbol that is not known: that there was one is not lost.
const UNKNOWN: char = '\u{fffd}';

/// Symbols by font and place in it, as far as comments are likely to have them.
const KNOWN: [(&str, u32, char); 22] = [
    ("symbol", 0xa3, '\u{2264}'),
    ("symbol", 0xac, '\u{2190}'),
    ("symbol", 0xae, '\u{2192}'),
    ("symbol", 0xb0, '\u{b0}'),
    ("symbol", 0xb1, '\u{b1}'),
    ("symbol", 0xb3, '\u{2265}'),
    ("symbol", 0xb4, '\u{d7}'),
    ("symbol", 0xb7, '\u{2022}'),
    ("symbol", 0xb9, '\u{2260}'),
    ("wingdings", 0x6e, '\u{25a0}'),
    ("wingdings", 0x6f, '\u{25a1}'),
    ("wingdings", 0xa7, '\u{25aa}'),
    ("wingdings", 0xa8, '\u{25fb}'),
    ("wingdings", 0xd8, '\u{27a2}'),
    ("wingdings", 0xdf, '\u{2190}'),
    ("wingdings", 0xe0, '\u{2192}'),
    ("wingdings", 0xe8, '\u{2794}'),
    ("wingdings", 0xf0, '\u{21e8}'),
    ("wingdings", 0xfb, '\u{2717}'),
    ("wingdings", 0xfc, '\u{2713}'),
    ("wingdings", 0xfd, '\u{2612}'),
    ("wingdings", 0xfe, '\u{2611}'),
];

/// The character that stands at `place` (hexadecimal) of `font`; U+FFFD if that can't be told.
pub(super) fn symbol(font: &str, place: &str) -> char {
    let Ok(code) = u32::from_str_radix(place.trim(), 16) else { return UNKNOWN };
    let font = font.trim().to_lowercase();
    // Fonts of symbols have their places in the private area of Unicode, or where Latin 1 has others.
    let own = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let known = KNOWN.iter().find(|(name, at, _)| *name == font && *at == own).map(|(.., c)| *c);
    let is_plain = !matches!(font.as_str(), "symbol" | "webdings") && !font.starts_with("wingdings");
    let plain = char::from_u32(if is_plain { own } else { code });
    let is_told = |c: &char| {
        let is_private = ('\u{e000}'..='\u{f8ff}').contains(c);
        !c.is_control() && !is_private && (is_plain || !('\0'..='\u{ff}').contains(c))
    };
    known.or_else(|| plain.filter(is_told)).unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_told_where_they_can_be() {
        let told = |font: &str, place: &str| symbol(font, place);
        assert_eq!(told("Wingdings", "F0E0"), '\u{2192}');
        assert_eq!(told("Symbol", "00B7"), '\u{2022}');
        assert_eq!(told("Calibri", "2192"), '\u{2192}');
        assert_eq!(told("Calibri", "F041"), 'A');
        assert_eq!(told("Wingdings", "F021"), UNKNOWN);
        assert_eq!(told("Webdings", "0041"), UNKNOWN);
        assert_eq!(told("Calibri", "0000"), UNKNOWN);
        assert_eq!(told("", "no number"), UNKNOWN);
    }
}
