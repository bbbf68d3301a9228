//! Text files: paragraphs are parted by empty lines.

use super::{MOST_CHARACTERS, Paragraph, Unreadable};

/// The paragraphs of a text in UTF-8.
pub fn read(bytes: &[u8]) -> Result<Vec<Paragraph>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Broken)?;
    if text.chars().count() > MOST_CHARACTERS {
        return Err(Unreadable::TooLarge);
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    Ok(paragraphs(&text))
}

/// The paragraphs between empty lines.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim_end) {
        match found.last_mut() {
            _ if line.trim().is_empty() => is_open = false,
            Some(last) if is_open => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            _ => {
                found.push(Paragraph { text: line.to_owned(), level: None });
                is_open = true;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_part_paragraphs() {
        let found = read("\u{feff}One\r\ntwo \r\n\r\n\r\nThree\n".as_bytes()).unwrap();
        let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["One\ntwo", "Three"]);
        assert_eq!(read(b" \n\n"), Ok(Vec::new()));
        assert_eq!(read(&vec![b'x'; MOST_CHARACTERS + 1]), Err(Unreadable::TooLarge));
    }
}
