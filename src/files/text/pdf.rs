//! The words of a PDF. The format knows characters and places only, so what is a paragraph is worked out from lines.

use pdf_extract::{Document, OutputError, PlainTextOutput, output_doc_page};

use super::{MOST_CHARACTERS, Paragraph, Unreadable, pdf_lines};

/// The most pages that are read.
const MOST_PAGES: usize = 1_000;

/// The paragraphs of a PDF.
pub fn read(bytes: &[u8]) -> Result<Vec<Paragraph>, Unreadable> {
    let mut document = Document::load_mem(bytes).map_err(|_| unreadable(bytes))?;
    // A document that only forbids printing or copying opens with an empty password.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Unreadable::Encrypted);
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    if numbers.len() > MOST_PAGES {
        return Err(Unreadable::TooLarge);
    }
    let (mut pages, mut characters) = (Vec::new(), 0);
    for number in numbers {
        let page = page_text(&document, number).map_err(|_| Unreadable::Broken)?;
        characters += page.chars().count();
        if characters > MOST_CHARACTERS {
            return Err(Unreadable::TooLarge);
        }
        pages.push(page);
    }
    Ok(pdf_lines::paragraphs(&pages))
}

/// Why a document can't be loaded: some that need a password fail there.
fn unreadable(bytes: &[u8]) -> Unreadable {
    let names_encryption = bytes.windows(8).any(|run| run == b"/Encrypt");
    if names_encryption { Unreadable::Encrypted } else { Unreadable::Broken }
}

fn page_text(document: &Document, number: u32) -> Result<String, OutputError> {
    let mut text = String::new();
    output_doc_page(document, &mut PlainTextOutput::new(&mut text), number)?;
    Ok(without_ligatures(&text))
}

/// Letters that a font drew as one sign are letters again, so that words can be found.
fn without_ligatures(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{fb00}' => plain.push_str("ff"),
            '\u{fb01}' => plain.push_str("fi"),
            '\u{fb02}' => plain.push_str("fl"),
            '\u{fb03}' => plain.push_str("ffi"),
            '\u{fb04}' => plain.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => plain.push_str("st"),
            other => plain.push(other),
        }
    }
    plain
}
