//! The rolling text: the base text with the alternatives in square brackets where they apply, each with who is behind it.

use askama::Template;

use super::documents::Document;
use super::proposals::Telling;
use super::sheet::{Sheet, Span, Style};
use super::writer::WriteError;
use crate::deliberation::text::rolling::{Paragraph, Part};
use crate::web::Language;

/// The rolling text as a way to tell proposals.
pub const ROLLING: Telling = Telling {
    title: "documents-rolling",
    note: "documents-rolling-note",
    page: |lang, _, documents| Body { lang, documents }.render(),
    write: |sheet, document, lang, _| write(sheet, document, lang),
};

/// The rolling texts, as part of a page.
#[derive(Template)]
#[template(path = "export/rolling_body.html")]
struct Body<'a> {
    lang: &'a Language,
    documents: &'a [Document],
}

/// Writes the rolling text of a wording.
pub fn write(sheet: &mut dyn Sheet, document: &Document, lang: &Language) -> Result<(), WriteError> {
    for paragraph in document.rolling() {
        write_paragraph(sheet, document, &paragraph, lang)?;
    }
    Ok(())
}

fn write_paragraph(
    sheet: &mut dyn Sheet,
    document: &Document,
    paragraph: &Paragraph,
    lang: &Language,
) -> Result<(), WriteError> {
    let letters = lettered(&paragraph.letters);
    let mut pieces: Vec<(String, bool)> = vec![(letters, true)];
    for part in &paragraph.parts {
        match part {
            Part::Text(words) => pieces.push((words.clone(), false)),
            Part::Alternatives(group) => {
                let (base, space) = group.parted();
                pieces.push((base.to_owned(), false));
                for (number, alternative) in (1..).zip(&group.alternatives) {
                    pieces.push((bracketed(document, lang, number, alternative.item, &alternative.words), true));
                }
                pieces.push((space.to_owned(), false));
            }
        }
    }
    let spans: Vec<Span<'_>> = pieces
        .iter()
        .map(|(text, is_strong)| if *is_strong { Span::strong(text) } else { Span::plain(text) })
        .collect();
    sheet.paragraph(Style::NormText, &spans)
}

/// `(a) ` in front of a paragraph; nothing before the first clause.
fn lettered(letters: &[String]) -> String {
    letters.iter().flat_map(|letter| ["(", letter, ") "]).collect()
}

/// ` [Alt. 1 (NL, APNIC): knowingly permit]`
fn bracketed(document: &Document, lang: &Language, number: usize, item: usize, words: &str) -> String {
    let attributed = document.attributed(lang, number, &item);
    let mark = if document.is_confidential(&item) {
        format!(" ({})", lang.t("documents-confidential"))
    } else {
        String::new()
    };
    let deleted = lang.t("documents-delete");
    let words = if words.trim().is_empty() { deleted.as_str() } else { words };
    format!(" [{attributed}{mark} {words}]")
}
