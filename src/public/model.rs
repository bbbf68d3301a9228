//! Quotations about a text, told apart. Pure.

/// The quotations in a text that holds nothing else, each in its quotation marks.
pub fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some((end, _)) = rest.match_indices('\u{201D}').find(|(at, _)| begins_another(rest, *at)) {
        let (quotation, behind) = rest.split_at(end + '\u{201D}'.len_utf8());
        found.push(quotation);
        rest = behind.trim_start();
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

fn begins_another(text: &str, at: usize) -> bool {
    let behind = text.get(at..).unwrap_or_default().trim_start_matches('\u{201D}');
    behind.starts_with(char::is_whitespace) && behind.trim_start().starts_with('\u{201C}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotations_are_told_apart_and_none_is_lost() {
        let text = "“One ‘rule’ said “A.” twice” “Two, including on:” “Three”";
        assert_eq!(quotations(text), ["“One ‘rule’ said “A.” twice”", "“Two, including on:”", "“Three”"]);
        assert_eq!(quotations("No marks at all"), ["No marks at all"]);
        assert_eq!(quotations(""), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = quotations(&text);
        }
    }
}
