//! The marshalled list: every proposal in the order of the words it touches, with everybody who supports it.

use askama::Template;

use super::documents::{Document, Listed};
use super::proposals::Telling;
use super::sheet::{Columns, Sheet, Span, Style, Tone};
use super::writer::WriteError;
use crate::comments::redline::Piece;
use crate::web::Language;

/// The list as a way to tell proposals.
pub const MARSHALLED: Telling = Telling {
    title: "documents-marshalled",
    note: "documents-marshalled-note",
    page: |lang, origin, documents| Body { lang, origin, documents }.render(),
    write,
};

/// The lists of all wordings, as part of a page.
#[derive(Template)]
#[template(path = "export/marshalled_body.html")]
struct Body<'a> {
    lang: &'a Language,
    origin: &'a str,
    documents: &'a [Document],
}

fn write(sheet: &mut dyn Sheet, document: &Document, lang: &Language, origin: &str) -> Result<(), WriteError> {
    if document.items.is_empty() {
        return sheet.text(Style::Plain, &lang.t("documents-none"));
    }
    let headings = [
        lang.t("documents-number"),
        lang.t("documents-words"),
        lang.t("documents-proposal"),
        lang.t("documents-supporters"),
        lang.t("documents-comments"),
    ];
    let caption = lang.t("documents-marshalled");
    sheet.begin_table(&Columns { caption: &caption, widths: &[4, 13, 31, 17, 26], headings: &headings })?;
    for item in document.list(lang, origin) {
        let (number, comments, supporters) =
            (item.number.to_string(), references(&item, lang), supporters(&item, lang));
        let sort = format!("{}: ", item.sort);
        let mut change = vec![Span::strong(&sort)];
        change.extend(item.redline.pieces.iter().map(span));
        sheet.row(&[
            vec![Span::plain(&number)],
            vec![Span::plain(&item.place)],
            change,
            vec![Span::plain(&supporters)],
            vec![Span::plain(&comments)],
        ])?;
    }
    sheet.end_table()
}

/// A piece of a change with signs instead of tracked changes: a list is read, not accepted.
pub fn span(piece: &Piece) -> Span<'_> {
    match piece {
        Piece::Same(text) => Span::plain(text),
        Piece::Deleted(text) => Span { text, tone: Tone::Deleted },
        Piece::Inserted(text) => Span { text, tone: Tone::Inserted },
    }
}

fn supporters(item: &Listed, lang: &Language) -> String {
    let mark = if item.is_confidential { format!("[{}] ", lang.t("documents-confidential")) } else { String::new() };
    format!("{mark}{}", item.supporters)
}

fn references(item: &Listed, lang: &Language) -> String {
    let line = |(reference, address, is_confidential): &(String, String, bool)| {
        let mark = if *is_confidential { format!(" [{}]", lang.t("documents-confidential")) } else { String::new() };
        format!("{reference}{mark}\n{address}")
    };
    item.comments.iter().map(line).collect::<Vec<_>>().join("\n")
}
