//! Texts that a format could break on, read back by other programs.

use norm_portal::export::csv::unprotect;
use norm_portal::export::model::{Edition, Format};
use serde_json::Value;

use super::{File, NORM, exported};
use crate::harness::{Server, on_both};

/// Texts with every control character but NUL, which no form takes; from right to left; beginnings of formulas; what looks
/// like XML, Word's fields and escapes; 100,000 characters.
pub fn texts() -> Vec<String> {
    let controls: String =
        (1..32).filter_map(char::from_u32).chain(['\u{7f}', '\u{85}', '\u{9f}', '\u{ffff}']).collect();
    let mut all: Vec<String> = [
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1:A2)",
        "\t=1",
        "'=1",
        "</w:t></w:r></w:p><w:p>",
        "{ HYPERLINK \"http://evil.example\" } \\o { PAGE }",
        "]]> <!-- &amp; &#0; _x000D_ <script>alert(1)</script>",
        "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{202e}left\u{202c} \u{2066}open \u{4f60}\u{597d}",
        "\u{1f469}\u{200d}\u{1f467} \u{1f600}",
        "a | b\r\nc\rd\ne",
        "\" onmouseover=\"alert(1)",
        "{ MERGEFIELD Name \\* MERGEFORMAT }",
        "<w:fldChar w:fldCharType=\"begin\"/><w:instrText>DDEAUTO c:\\cmd</w:instrText>",
        "a | b || \\| c \\\\| `d | e` ``",
        "one\n| --- | --- |\n\n- two\n# three\n> four\n```\nfive\n1. six",
        "![x](http://evil.example/x.png) [y](javascript:alert(1)) <javascript:alert(1)> **z** _z_ ~~z~~ $z$",
        "<img src=x onerror=alert(1)></td></tr></table></bdi></main><h1>Decided</h1><style>p{display:none}</style>",
        "_x0041_ &#x41; &lt; &amp;lt; %41 \\u0041",
        "zero\u{200b}width \u{feff} line\u{2028}paragraph\u{2029}end",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push(format!("before {controls} behind"));
    all.push("\u{1f600}a".repeat(50_000));
    all
}

/// `text` as XML can hold it.
fn sound(text: &str) -> String {
    norm_portal::files::xml::sound(text).0.into_owned()
}

/// `text` with line breaks of one kind, as texts of Word and pages have them.
fn lined(text: &str) -> String {
    sound(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// Comments with these rationales, in the order of their references.
pub fn filled(server: &Server, texts: &[String]) -> Vec<(String, String)> {
    let (ada, mo) = (server.stakeholder("hedy"), server.moderator("joan"));
    let comment = |text: &String| {
        let reference = ada.comment_on_wording(NORM, "tamper", "interfere", "named");
        mo.publish(&reference);
        let quoted = text.replace('\'', "''");
        let changed = server.execute(&format!(
            "UPDATE comment_revisions SET rationale = '{quoted}', proposed_wording = 'x {quoted}' WHERE comment_id = (SELECT id FROM comments WHERE reference = '{reference}')"
        ));
        assert_eq!(changed, 1);
        (reference, text.clone())
    };
    texts.iter().map(comment).collect()
}

fn cells<'v>(rows: &'v Value, reference: &str) -> Vec<&'v str> {
    let rows = rows.as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row.as_array().unwrap().iter().any(|cell| cell.as_str().is_some_and(|it| it.contains(reference))));
    row.unwrap_or_else(|| panic!("no row of {reference}"))
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

/// A PDF as poppler reads it. Cells beside each other are in order in the structure, which readers aloud follow; poppler's
/// text goes by place.
struct Print {
    text: String,
    structure: String,
}

/// Letters that are counted where the order of the page is not that of the text.
const COUNTED: [char; 5] = ['a', 'b', '\u{645}', '\u{4f60}', '\u{1f600}'];

impl Print {
    fn of(read: &Value) -> Self {
        let bare = |name: &str| Self::bare(read[name].as_str().unwrap());
        Self { text: bare("text"), structure: bare("structure") }
    }

    /// Without what poppler sets or leaves out: pieces are in quotation marks, a hyphen at the end of a line is gone.
    fn bare(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '-')).collect()
    }

    /// Whether it has the comment, and all of its text that is letters of the alphabet or signs of ASCII, in their order; of
    /// other scripts, which are read in the order of the page, every letter.
    fn assert_holds(&self, reference: &str, text: &str) {
        let holds = |words: &str| [&self.text, &self.structure].iter().any(|read| read.contains(words));
        // A rolling text names who, not which comment.
        assert!(holds(&Self::bare(reference)) || !self.text.contains("GCSCN3"), "{reference}");
        let words = Self::bare(&lined(text));
        if words.chars().all(|c| matches!(c, '!'..='~')) {
            assert!(holds(&words), "{text:.50?}: {}", where_it_ends(&self.text, &words));
        } else {
            for c in COUNTED {
                assert!(self.text.matches(c).count() >= words.matches(c).count(), "{c} of {text:.50?}");
            }
        }
    }
}

/// What was read behind the longest beginning of `words` that is there.
fn where_it_ends(read: &str, words: &str) -> String {
    let beginnings = words.char_indices().rev().map(|(at, _)| words.split_at(at));
    let found = beginnings.filter(|(begins, _)| !begins.is_empty()).find_map(|(begins, wanted)| {
        let behind = read.split_once(begins)?.1.chars().take(150).collect::<String>();
        Some(format!("behind {begins:?} is {behind:?}, not {wanted:.150?}"))
    });
    found.unwrap_or_else(|| "nothing of it".into())
}

/// A page holds our own elements alone, none that acts, and leads nowhere but to the portal.
#[track_caller]
fn assert_page(read: &Value, origin: &str) {
    let all = |what: &str| super::texts(&read[what]);
    let ours = "a bdi body caption dd del div dl dt h1 h2 h3 h4 head header html ins li main meta nav p section span strong style table tbody td th thead title tr ul";
    for tag in all("tags") {
        assert!(ours.split(' ').any(|it| it == tag), "<{tag}>");
    }
    let ours = "aria-hidden aria-label aria-labelledby charset class content dir href id lang name role scope tabindex";
    for name in all("attributes") {
        assert!(ours.split(' ').any(|it| it == name), "{name}");
    }
    for address in all("addresses") {
        assert!(address.starts_with(origin) || address.starts_with('#'), "{address}");
    }
}

/// The file `read`, of this format, has the comment with its text, and nothing that the text made of it.
#[track_caller]
fn assert_holds(server: &Server, format: Format, read: &Value, reference: &str, text: &str) {
    let holds = |cell: &str, text: &str| cell.contains(text);
    match format {
        Format::Csv | Format::NistCsv | Format::LogCsv | Format::RegulationsCsv => {
            let row = cells(&read["rows"], reference);
            assert!(row.iter().any(|cell| holds(unprotect(cell), text)), "{format}: {text:.50?}");
            let runs = row.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            assert_eq!(runs, None, "{format}");
        }
        Format::EuCsv => {
            let row = cells(&read["feedback.csv"]["rows"], reference);
            assert!(row.iter().any(|cell| holds(unprotect(cell), text)), "{text:.50?}");
        }
        Format::Xlsx | Format::NistXlsx | Format::IsoXlsx => {
            assert_eq!(read["formulas"], 0);
            let row = cells(&read["sheets"]["Comments"], reference);
            // A cell holds 32,767 UTF-16 units; the rest of a longer text goes on in another sheet.
            let beginning: String = sound(text).chars().take(20_000).collect();
            assert!(row.iter().any(|cell| holds(cell, &beginning)), "{format}: {text:.50?}");
        }
        Format::EuJson => {
            let row = read["feedback"].as_array().unwrap().iter().find(|it| it["id"] == *reference).unwrap();
            assert!(holds(row["feedback"].as_str().unwrap(), text), "{text:.50?}");
        }
        Format::JsonLines | Format::AnnotationsJsonLines => {
            let row = read.as_array().unwrap().iter().find(|it| it["reference"] == *reference).unwrap();
            let bodies = row["body"].as_array().map(|all| all[1]["value"].clone());
            let said = bodies.unwrap_or_else(|| row["rationale"].clone());
            assert_eq!(said, *text, "{format}");
        }
        Format::IsoDocx | Format::IcannDocx => {
            let tables = read["tables"].as_array().unwrap().iter();
            let rows = tables.flat_map(|table| table.as_array().unwrap());
            let row = rows.into_iter().find(|row| row.to_string().contains(reference)).unwrap();
            let mut all = row.as_array().unwrap().iter();
            assert!(all.any(|cell| holds(cell[0].as_str().unwrap(), &lined(text))), "{format}: {text:.50?}");
        }
        Format::DispositionsXlsx | Format::DispositionsCsv | Format::Archive | Format::ArchiveWithAddresses => {
            unreachable!("no file of comments")
        }
        Format::TrackedDocx => {
            let mut notes = read["notes"].as_object().unwrap().values();
            assert!(notes.any(|note| holds(note.as_str().unwrap(), &lined(text))), "{text:.50?}");
            let wanted = format!("should not x {} with", lined(text));
            let mut copies = read["paragraphs"].as_array().unwrap().iter();
            assert!(
                copies.any(|it| it["style"] == "ProposalText" && holds(it["new"].as_str().unwrap(), &wanted)),
                "{text:.50?}"
            );
        }
        Format::AknXml => {
            let new = read[format!("{NORM}/1-proposals.xml")]["new"].as_array().unwrap();
            let spaced: String = sound(text).replace("\r\n", "").replace(['\n', '\r'], "");
            let wanted = format!("x {}", spaced.trim_end());
            assert!(
                new.iter().any(|it| it.as_str().unwrap().replace('\n', "").starts_with(wanted.as_str())),
                "{text:.50?}"
            );
        }
        Format::IcannHtml | Format::MarshalledHtml => {
            assert_page(read, &server.origin);
            let row = cells(&read["rows"], reference);
            let (cell, before) = if format == Format::IcannHtml { (row[1], "") } else { (row[2], "x ") };
            assert!(holds(cell, &format!("{before}{}", lined(text))), "{text:.50?}: {row:.300?}");
            assert_eq!(row.len(), 5, "{text:.50?}");
        }
        Format::RollingHtml => {
            assert_page(read, &server.origin);
            let wanted = format!("x {}]", lined(text));
            let mut paragraphs = read["paragraphs"].as_array().unwrap().iter();
            assert!(paragraphs.any(|it| holds(it.as_str().unwrap(), &wanted)), "{text:.50?}");
        }
        Format::LogMarkdown => {
            let row = cells(&read["rows"], reference);
            assert!(holds(row[3], &lined(text).replace('\t', " ")), "{text:.50?}: {row:.300?}");
            assert_eq!(row.len(), 8, "{text:.50?}");
            assert!(row[5..].iter().all(|cell| cell.is_empty()), "{text:.50?}");
            assert_eq!(read["marks"], serde_json::json!(["<br>", "text"]));
        }
        Format::DossierHtml => {
            assert_page(read, &server.origin);
            let mut paragraphs = read["paragraphs"].as_array().unwrap().iter();
            assert!(paragraphs.any(|it| holds(it.as_str().unwrap(), &lined(text))), "{format}: {text:.50?}");
        }
        Format::DossierDocx => {
            let mut all = read["paragraphs"].as_array().unwrap().iter();
            assert!(all.any(|it| holds(it["old"].as_str().unwrap(), &lined(text))), "{format}: {text:.50?}");
        }
        Format::DossierPdf | Format::MarshalledPdf | Format::RollingPdf => unreachable!("read as print"),
        Format::MarshalledDocx => {
            let rows = read["tables"][0].as_array().unwrap();
            let row = rows.iter().find(|row| row[4][0].as_str().unwrap().contains(reference)).unwrap();
            assert!(holds(row[2][0].as_str().unwrap(), &format!("x {}", lined(text))), "{text:.50?}");
        }
        Format::RollingDocx => {
            let wanted = format!("x {}]", lined(text));
            let all = read["paragraphs"].as_array().unwrap().iter();
            let mut all = all.filter(|it| it["style"] == "NormText");
            assert!(all.any(|it| holds(it["old"].as_str().unwrap(), &wanted)), "{text:.50?}");
        }
    }
}

on_both! {
    fn hostile_texts_are_read_back_as_they_were_sent(server: Server) {
        let comments = filled(&server, &texts());
        let mut dropped = Vec::new();
        for format in Format::ALL.iter().filter(|format| format.is_of_comments()) {
            let File { read, manifest } = exported(&server, Edition::Public, *format, Some(NORM));
            assert_eq!(manifest["rows"], comments.len(), "{format}");
            dropped.push((format, manifest["characters_dropped"].as_u64().unwrap()));
            let print = read["structure"].is_string().then(|| Print::of(&read));
            for (reference, text) in &comments {
                match &print {
                    Some(print) => print.assert_holds(reference, text),
                    None => assert_holds(&server, *format, &read, reference, text),
                }
            }
        }
        for (format, count) in dropped {
            let container = format.container(true).ending();
            let drops = !matches!(container, "csv" | "jsonl" | "json") && *format != Format::EuCsv;
            assert_eq!(count > 0, drops, "{format}: {count}");
        }
    }
}
