//! The frame of a page that is a file of its own: its style inside it, for screens and for paper; the manifest as its last
//! page. Printed by a browser it is the PDF.

use std::io::Write;

use quick_xml::escape::escape;

use super::documents::words;
use super::manifest::Manifest;
use super::writer::{Head, WriteError};
use crate::files::xml::sound;

/// The style. It names no other file: the page has to look the same wherever it lies.
const STYLE: &str = include_str!("document.css");

/// `text` fit for a page, set apart from the direction of the text around it.
pub fn isolated(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(sound(text).0.as_ref()))
}

/// `text` as a paragraph of its own, line breaks kept. Of a carriage return that is written as a reference a browser makes
/// no line break.
pub fn paragraph(text: &str) -> String {
    let lines = sound(text).0.replace("\r\n", "\n").replace('\r', "\n");
    format!(r#"<p class="user-text" dir="auto">{}</p>"#, escape(lines.as_str()))
}

/// Begins the page.
pub fn begin(out: &mut impl Write, head: &Head, title: &str) -> Result<(), WriteError> {
    let lang = words();
    let line = head.page_line();
    // As a string of the style sheet: no quotation mark, no escape, no end of the element.
    let printed: String = line.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\' | '<')).collect();
    let (code, dir) = (lang.code(), lang.dir());
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"{code}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{}</title>", escape(sound(title).0.as_ref()))?;
    writeln!(out, "<style>\n{STYLE}@page {{ @top-left {{ content: \"{printed}\"; }} }}\n</style>\n</head>\n<body>")?;
    writeln!(out, "<header><p class=\"page-line\">{}</p>", isolated(&line))?;
    writeln!(out, "<p class=\"kicker\">{}</p>", isolated(&head.consultation.commission))?;
    writeln!(out, "<h1>{}</h1>\n<p>{}</p></header>\n<main>", isolated(title), isolated(&head.subject()))?;
    Ok(())
}

/// Ends the page with the manifest.
pub fn end(out: &mut impl Write, manifest: &Manifest) -> Result<(), WriteError> {
    let lang = words();
    let (fact, value) = (lang.t("documents-fact"), lang.t("documents-value"));
    writeln!(out, "<section class=\"manifest\">\n<h2 id=\"manifest\">{}</h2>", lang.t("documents-manifest"))?;
    writeln!(
        out,
        "<table aria-labelledby=\"manifest\"><thead><tr><th scope=\"col\">{fact}</th><th scope=\"col\">{value}</th></tr></thead>\n<tbody>"
    )?;
    for (name, value) in manifest.facts() {
        writeln!(out, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", isolated(&name), isolated(&value))?;
    }
    Ok(out.write_all(b"</tbody></table>\n</section>\n</main>\n</body>\n</html>\n")?)
}
