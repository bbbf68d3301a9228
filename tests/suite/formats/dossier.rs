//! The dossier as other programs read it: what each edition holds of comments and of the board, in which order, on which
//! page.

use norm_portal::export::model::{Edition, Format};
use serde_json::Value;

use super::{CONFIDENTIAL, Comments, File, NORM, comments, exported};
use crate::harness::{Person, Server, on_both};

const FORMATS: [Format; 3] = [Format::DossierHtml, Format::DossierDocx, Format::DossierPdf];
const PATH: &str = "/secretariat/deliberation";

/// Begins an issue on words; its address.
fn begin(person: &Person, statement: &str) -> String {
    let form = person.get(&format!("{PATH}/norms/{NORM}/issues")).expect(200).form("main form");
    form.set("about", "words").set("quote", "tamper").set("statement", statement).press().expect(303).location()
}

fn put(person: &Person, issue: &str, references: &[&String]) {
    let form = person.get(&format!("{issue}/comments")).expect(200).form("#pasted");
    let pasted: Vec<&str> = references.iter().map(|reference| reference.as_str()).collect();
    form.set("references", &pasted.join("\n")).go("paste").expect(303);
}

fn draft(person: &Person, issue: &str) -> crate::harness::form::Filled {
    person.get(issue).expect(200).form("main form:not([action$='/steps']):not([action$='/comments'])")
}

fn steps(person: &Person, issue: &str) -> crate::harness::form::Filled {
    person.get(issue).expect(200).form("main form[action$='/steps']")
}

/// Two issues on the words of the norm: one decided and published, one still a draft.
fn board(server: &Server, comments: &Comments) {
    let (mia, ray) = (server.moderator("mia"), server.secretariat("ray"));
    let decided = begin(&mia, "Whether tampering is the word.");
    put(&mia, &decided, &[&comments.equal[0], &comments.equal[1]]);
    draft(&mia, &decided)
        .set("disposition", "adopted-in-part")
        .set("reasons", "The word is settled.")
        .set("wording", "meddle")
        .go("propose")
        .expect(303);
    steps(&ray, &decided).go("validate").expect(303);
    let form = ray.get(&format!("{PATH}/publication")).expect(200).form("main form");
    form.offered("item").iter().fold(form, |form, item| form.tick("item", item)).press().expect(303);
    let open = begin(&mia, "Whether allowing has to be secret.");
    put(&mia, &open, &[&comments.confidential, &comments.deletes]);
    let form = draft(&mia, &open).set("options", "Keep it\nDrop it").set("recommendation", "Keep it as it is.");
    form.go("save").expect(303);
}

/// All words of a document, in its order.
fn words(format: Format, read: &Value) -> String {
    let text = match format {
        Format::DossierDocx => {
            let paragraphs = read["paragraphs"].as_array().unwrap().iter();
            let texts: Vec<&str> = paragraphs.map(|it| it["old"].as_str().unwrap()).collect();
            let cells = read["tables"].as_array().unwrap().iter().map(Value::to_string).collect::<Vec<_>>();
            format!("{}\n{}", texts.join("\n"), cells.join("\n"))
        }
        _ => read["text"].as_str().unwrap().to_owned(),
    };
    // Pages set names apart from the direction of the text around them.
    text.replace(['\u{2068}', '\u{2069}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How long what is looked for is read as one text: a line of a page may end inside it.
fn assert_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for words in wanted {
        let at =
            rest.find(words).unwrap_or_else(|| panic!("{words:?} is not behind what comes before it in {text:.3000}"));
        rest = &rest[at + words.len()..];
    }
}

on_both! {
    fn each_edition_holds_of_comments_and_board_what_it_may(server: Server) {
        let comments = comments(&server);
        board(&server, &comments);
        for format in FORMATS {
            for edition in Edition::ALL {
                let File { read, .. } = exported(&server, *edition, format, Some(NORM));
                let (text, name) = (words(format, &read), format!("{edition} {format}"));
                let is_public = *edition == Edition::Public;
                for reference in comments.equal.iter().chain([&comments.deletes, &comments.overlaps]) {
                    assert!(text.contains(reference), "{name}: {reference}");
                }
                assert_eq!(text.contains(&comments.confidential), !is_public, "{name}");
                assert_eq!(text.contains(CONFIDENTIAL), !is_public, "{name}");
                assert_eq!(text.contains("[confidential: for the Commission alone]"), !is_public, "{name}");
                // Of the board: for everyone what was published, and nothing that is being worked on.
                for published in ["Whether tampering is the word.", "Adopted in part: The word is settled.", "The words in question then read: \u{201c}meddle\u{201d}"] {
                    assert!(text.contains(published), "{name}: {published}");
                }
                for board in ["Whether allowing has to be secret.", "Keep it as it is.", "A. Keep it", "To be decided"] {
                    assert_eq!(text.contains(board), !is_public, "{name}: {board}");
                }
                let never = ["Never to be exported", "@example.org", "Mia Synthetic", "Ray Synthetic"];
                assert!(never.iter().all(|words| !text.contains(words)), "{name}");
                assert!(!(is_public && text.contains("Bob Synthetic")), "{name}");
            }
        }
    }

    fn its_parts_come_in_the_order_in_which_a_meeting_reads_them(server: Server) {
        let comments = comments(&server);
        board(&server, &comments);
        for format in FORMATS {
            let File { read, .. } = exported(&server, Edition::Commission, format, None);
            let text = words(format, &read);
            assert_order(&text, &[
                "Dossier",
                "Commission edition",
                "Text as consulted, version 1",
                "Rolling text, version 1",
                "[Alt. 1 (",
                "Issues by breadth of groups",
                "Whether",
                "Lever matrix",
                "Minority views",
                "Annex: all comments",
                &comments.overlaps,
                &comments.equal[0],
                &comments.deletes,
                "Manifest",
            ]);
            for reference in [&comments.lever, &comments.whole] {
                assert!(text.contains(reference), "{format}");
            }
        }
    }

    fn every_page_of_the_pdf_says_its_edition_and_its_moment(server: Server) {
        comments(&server);
        for format in [Format::DossierPdf, Format::MarshalledPdf, Format::RollingPdf] {
            for (edition, words) in [(Edition::Public, "Public edition"), (Edition::Commission, "not for passing on")] {
                let File { read, manifest } = exported(&server, edition, format, None);
                let pages = read["pages"].as_array().unwrap();
                let made_at = manifest["made_at"].as_str().unwrap();
                for (number, page) in (1..).zip(pages) {
                    let page = page.as_str().unwrap();
                    assert!(page.contains(words) && page.contains(made_at), "{format} {number}: {page:.300}");
                    assert!(page.ends_with(&number.to_string()) || page.contains(&format!(" {number} ")), "{format}: number of page {number}");
                }
                let last = pages.last().unwrap().as_str().unwrap();
                assert!(last.contains("Manifest") && last.contains("rows_sha256"), "{format}: {last:.300}");
                assert_eq!(read["facts"]["Tagged"], "yes", "{format}");
                let structure = read["structure"].as_str().unwrap();
                for element in ["H1", "Table", "TH", "P"] {
                    assert!(structure.contains(element), "{format}: {element}");
                }
            }
        }
        let File { read, .. } = exported(&server, Edition::Public, Format::DossierPdf, None);
        assert!(read["facts"]["Title"].as_str().unwrap().starts_with("Dossier: "), "{}", read["facts"]);
        assert!(read["pages"].as_array().unwrap().len() > 9, "each norm begins on a page of its own");
    }

    fn scripts_of_the_world_are_read_in_their_order(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let arabic = "\u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}";
        let chinese = "\u{7f51}\u{7edc}\u{7a7a}\u{95f4}\u{7a33}\u{5b9a}";
        mo.publish(&ada.comment_on_whole(NORM, &format!("Read {arabic} and {chinese}, \u{159}e\u{10d}."), "named"));
        for format in FORMATS {
            let File { read, manifest } = exported(&server, Edition::Public, format, Some(NORM));
            let text: String = words(format, &read).chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect();
            assert!(text.contains(chinese) && text.contains("\u{159}e\u{10d}"), "{format}");
            assert!(text.contains(arabic), "{format}: {text:.2000}");
            assert_eq!(manifest.get("characters_unknown"), None, "{format}: the machine has fonts for them");
        }
    }

    fn views_of_a_minority_are_those_of_one_group_against_broader_ones(server: Server) {
        let of = |name: &str, group: &'static str| server.stakeholder_with(name, move |form| form.set("stakeholder_group", group));
        let (ada, bob, eve) = (of("ada", "academia"), of("bob", "company"), of("eve", "government"));
        let mo = server.moderator("mo");
        let wording = |person: &Person, new: &str| {
            let reference = person.comment_on_wording(NORM, "tamper", new, "named");
            mo.publish(&reference);
            reference
        };
        let (broad, alone) = ([wording(&ada, "interfere"), wording(&bob, "interfere")], wording(&eve, "meddle"));
        let issue = begin(&mo, "Whether meddling is the word.");
        put(&mo, &issue, &[&alone]);
        let wide = begin(&mo, "Whether interfering is the word.");
        put(&mo, &wide, &[&broad[0], &broad[1]]);
        for format in FORMATS {
            let File { read, .. } = exported(&server, Edition::Commission, format, Some(NORM));
            let text = words(format, &read);
            assert!(text.contains("every issue that comments of one stakeholder group alone are behind"), "{format}: the rule is said");
            let tables = text.split("Issues that one group alone is behind").nth(1).unwrap();
            if format == Format::DossierDocx {
                continue;
            }
            let minority = tables.split("Annex: all comments").next().unwrap();
            assert!(minority.contains("Whether meddling is the word.") && minority.contains("meddle"), "{format}: {minority}");
            assert!(!minority.contains("Whether interfering is the word."), "{format}: {minority}");
            assert!(!minority.contains("Ada Synthetic"), "{format}: {minority}");
            // More groups come first, though it was raised last.
            assert_order(&text, &["Issues by breadth of groups", "Whether interfering is the word.", "Whether meddling is the word."]);
        }
    }
}
