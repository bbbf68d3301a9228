//! The formats of deliberation, each opened by another program: what each edition holds, tracked changes accepted and
//! rejected, hostile texts, the desk's pages of texts with their proposals.

mod answers;
mod dossier;
mod hostile;
mod judges;
mod office;
mod pages;
pub mod reader;
mod report;
mod tables;
mod working;

use norm_portal::export::make::make;
use norm_portal::export::model::{Edition, Format, Request, RequestedBy};
use norm_portal::norms;
use reader::read_elsewhere;
use serde_json::Value;

use crate::harness::comments::send;
use crate::harness::{Server, on_both};

const NORM: &str = "avoid-tampering";
const CONFIDENTIAL: &str = "confidentially";

/// A file and its manifest, as another program reads them.
struct File {
    read: Value,
    manifest: Value,
}

fn exported(server: &Server, edition: Edition, format: Format, norm: Option<&str>) -> File {
    let folder = tempfile::tempdir().unwrap();
    let request = Request { edition, format, norm: norm.map(str::to_owned), status: None, bom: false };
    let out = folder.path().join(format!("file.{}", request.container().ending()));
    let now = server.clock().now();
    make(server.db(), &server.origin, now, &request, &RequestedBy::Operator, &out, &mut |_, _| {}).unwrap();
    let beside = std::fs::read(format!("{}.manifest.json", out.display())).unwrap();
    File { read: read_elsewhere(&out), manifest: serde_json::from_slice(&beside).unwrap() }
}

fn texts(row: &Value) -> Vec<String> {
    row.as_array().unwrap().iter().map(|cell| cell.as_str().unwrap_or_default().to_owned()).collect()
}

/// The text of the norm as it stands.
fn body(server: &Server, slug: &str) -> String {
    let read = server.db().read_blocking(|conn| {
        let norm = norms::store::norm_by_slug(conn, slug)?.unwrap();
        norms::store::current_version(conn, norm.id)
    });
    read.unwrap().body
}

/// References of published comments, and what nobody may have.
struct Comments {
    /// Both ask for `interfere` in place of `tamper`.
    equal: [String; 2],
    /// Wants `substantially` out; only the organisation is public.
    deletes: String,
    /// Overlaps the first two.
    overlaps: String,
    /// Puts words in, for the Commission alone.
    confidential: String,
    lever: String,
    whole: String,
}

fn comments(server: &Server) -> Comments {
    let alone = |form: crate::harness::form::Filled| {
        form.set("organisation", "").set("on_behalf_of", "myself").set("country", "")
    };
    let (ada, bob) = (server.stakeholder_with("ada", alone), server.stakeholder_with("bob", alone));
    let eve = server.stakeholder_with("eve", |form| form.set("organisation", "Institute of Eve"));
    let mo = server.moderator("mo");
    let wording = |person: &crate::harness::Person, quote: &str, new: &str, publication: &str| {
        person.comment_on_wording(NORM, quote, new, publication)
    };
    let equal = [wording(&ada, "tamper", "interfere", "named"), wording(&bob, "tamper", "interfere", "organisation")];
    let out = eve.wording_form(NORM, "substantially").set("change", "delete").set("rationale", "Too weak.");
    let deletes = send(&out.set("publication", "organisation"));
    let overlaps = wording(&ada, "not tamper with", "never meddle with", "named");
    let confidential = wording(&ada, "nor allow", &format!("nor {CONFIDENTIAL} allow"), "commission");
    let lever = eve.propose_lever("botnets", "Buy only what is kept up.", "named");
    let whole = ada.comment_on_whole("botnets", "The whole is <sound> & \"short\".", "named");
    let keep = ada.wording_form(NORM, "stability of cyberspace").set("change", "keep").set("concern", "unclear-term");
    let keep = send(&keep.set("rationale", "What is meant?").set("publication", "named"));
    let published = [&equal[0], &equal[1], &deletes, &overlaps, &confidential, &lever, &whole, &keep];
    for reference in published {
        mo.publish(reference);
    }
    ada.comment_on_wording(NORM, "services", "Never to be exported", "named");
    let declined = ada.comment_on_whole(NORM, "Never to be exported.", "named");
    mo.decide(&declined, "decline", "off-topic", "").expect(303);
    Comments { equal, deletes, overlaps, confidential, lever, whole }
}

on_both! {
    fn each_format_holds_what_its_edition_may_and_nothing_else(server: Server) {
        let comments = comments(&server);
        for edition in Edition::ALL {
            for format in Format::ALL.iter().filter(|format| format.is_of_comments()) {
                let File { read, manifest } = exported(&server, *edition, *format, None);
                let all = read.to_string();
                let name = format!("{edition} {format}");
                let is_public = *edition == Edition::Public;
                for never in ["Never to be exported", "@example.org", "Mo Synthetic"] {
                    assert!(!all.contains(never), "{name}: {never}");
                }
                assert_eq!(all.contains(CONFIDENTIAL), !is_public, "{name}");
                // A rolling text names who, not which comment.
                let is_rolling = matches!(format, Format::RollingHtml | Format::RollingDocx | Format::RollingPdf);
                assert_eq!(all.contains(&comments.confidential), !is_public && !is_rolling, "{name}");
                // Bob let only his group be seen.
                let shows_bob = all.contains("Bob Synthetic");
                assert!(!(is_public && shows_bob), "{name}");
                // The ISO form has the member, and the name only behind a tracked change, which the reader leaves out.
                assert_eq!(all.contains("Ada Synthetic"), !matches!(format, Format::IsoDocx | Format::IsoXlsx), "{name}");
                let is_of_proposals = format.is_of_proposals();
                let (held, no_proposal) = if is_public { (7, 3) } else { (8, 3) };
                let rows = if is_of_proposals { held - no_proposal } else { held };
                assert_eq!(manifest["rows"], rows, "{name}");
                let left_out = manifest["left_out"].as_object().unwrap();
                assert_eq!(left_out.get("no_proposal").and_then(Value::as_i64), is_of_proposals.then_some(no_proposal));
                let others: i64 = left_out.values().filter_map(Value::as_i64).sum();
                assert_eq!(manifest["rows"].as_i64().unwrap() + others, 10, "{name}: they are all there are");
                for reference in comments.equal.iter().chain([&comments.deletes, &comments.overlaps]) {
                    assert_eq!(all.contains(reference), !is_rolling, "{name} {reference}");
                }
                for reference in [&comments.lever, &comments.whole] {
                    assert_eq!(all.contains(reference), !is_of_proposals, "{name}");
                }
                if !is_public {
                    let tells = ["onfidential", "WITHHELD", "for the Commission alone"];
                    assert!(tells.iter().any(|mark| all.contains(mark)), "{name} marks what is confidential");
                }
            }
        }
        server.assert_audit_holds();
    }

    fn rejecting_every_change_leaves_the_text_and_accepting_gives_each_proposal(server: Server) {
        let comments = comments(&server);
        let text = body(&server, NORM);
        let File { read, .. } = exported(&server, Edition::Commission, Format::TrackedDocx, Some(NORM));
        let of = |style: &str, side: &str| -> Vec<String> {
            let paragraphs = read["paragraphs"].as_array().unwrap().iter().filter(|it| it["style"] == style);
            paragraphs.map(|it| it[side].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(of("NormText", "old").concat(), text);
        // What overlaps nothing stands in the text itself.
        let accepted = text.replace("may substantially impair", "may impair").replace("nor allow", &format!("nor {CONFIDENTIAL} allow"));
        assert_eq!(of("NormText", "new").concat(), accepted);
        let clause = &of("NormText", "old")[0];
        let copies = of("ProposalText", "old");
        assert!(copies.len() == 2 && copies.iter().all(|copy| copy == clause), "{copies:?}");
        let mut accepted = of("ProposalText", "new");
        accepted.sort();
        assert_eq!(accepted, [clause.replace("not tamper with", "never meddle with"), clause.replace("tamper", "interfere")]);
        let changes: Vec<&Value> = read["paragraphs"].as_array().unwrap().iter().flat_map(|it| it["by"].as_array().unwrap()).collect();
        assert!(changes.iter().any(|by| by[0].as_str().unwrap().contains("Ada Synthetic")), "{changes:?}");
        assert!(changes.iter().all(|by| by[1].as_str().unwrap().starts_with("2026-")), "{changes:?}");
        let marks: usize = read["paragraphs"].as_array().unwrap().iter().map(|it| it["notes"].as_array().unwrap().len()).sum();
        let notes = read["notes"].as_object().unwrap();
        assert_eq!((marks, notes.len()), (4, 4));
        let note = notes.values().find(|note| note.as_str().unwrap().contains(&comments.equal[0])).unwrap().as_str().unwrap();
        assert!(note.contains(&comments.equal[1]) && note.contains("Because interfere says it better."), "{note}");
        assert!(read["header"].as_str().unwrap().contains("Commission edition"));
        let File { read, .. } = exported(&server, Edition::Public, Format::TrackedDocx, None);
        assert_eq!(read.as_object().unwrap().len(), 10, "nine texts and the manifest: {:?}", read.as_object().unwrap().keys());
        assert_eq!(read["manifest.json"]["rows"], 4);
        for (name, text) in read.as_object().unwrap().iter().filter(|(name, _)| name.ends_with(".docx")) {
            let about = text["tables"].as_array().unwrap().last().unwrap_or_else(|| panic!("{name} has no manifest"));
            assert!(about.as_array().unwrap().iter().any(|row| row[0][0] == "rows" && row[1][0] == "4"), "{name}");
        }
    }

    fn akoma_ntoso_holds_the_text_and_each_proposal_as_an_amendment(server: Server) {
        let comments = comments(&server);
        let File { read, .. } = exported(&server, Edition::Public, Format::AknXml, Some(NORM));
        let (text, proposals) = (&read[format!("{NORM}/1.xml")], &read[format!("{NORM}/1-proposals.xml")]);
        assert_eq!((&text["root"], &text["kind"]), (&"akomaNtoso".into(), &"statement".into()));
        let clauses: Vec<&str> = text["paragraphs"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        assert_eq!(clauses.join(" "), body(&server, NORM));
        assert_eq!(proposals["kind"], "amendmentList");
        assert_eq!(proposals["old"], serde_json::json!(["not tamper with", "tamper", "substantially"]));
        assert_eq!(proposals["new"], serde_json::json!(["never meddle with", "interfere"]));
        assert_eq!(proposals["mods"], serde_json::json!(["substitution", "substitution", "repeal"]));
        assert!(proposals["text"].as_str().unwrap().contains(&comments.equal[1]));
        for (part, name) in [(text, "text"), (proposals, "proposals")] {
            let mut ids: Vec<&str> = part["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
            for href in part["hrefs"].as_array().unwrap() {
                let id = href.as_str().unwrap().trim_start_matches('#');
                assert!(ids.contains(&id), "{name}: {id} is not there");
            }
            ids.retain(|id| !matches!(*id, "commission" | "secretariat" | "contributors"));
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{name}: each id once");
        }
    }

    fn marshalled_list_and_rolling_text_are_in_the_order_of_the_words(server: Server) {
        comments(&server);
        let File { read, .. } = exported(&server, Edition::Public, Format::MarshalledDocx, Some(NORM));
        let rows = read["tables"][0].as_array().unwrap();
        let sorts: Vec<&str> = rows[1..].iter().map(|row| row[2][0].as_str().unwrap().split(':').next().unwrap()).collect();
        assert_eq!(sorts, ["Replace", "Replace", "Delete"]);
        let supporters = rows[2][3][0].as_str().unwrap();
        assert!(supporters.contains("Ada Synthetic") && supporters.contains("unnamed"), "{supporters}");
        let File { read, .. } = exported(&server, Edition::Public, Format::RollingDocx, Some(NORM));
        let paragraphs: Vec<&str> = read["paragraphs"].as_array().unwrap().iter().filter(|it| it["style"] == "NormText").map(|it| it["text"].as_str().unwrap()).collect();
        let plain: String = paragraphs.concat().replace(['\u{2068}', '\u{2069}'], "");
        assert!(plain.contains("not tamper with [Alt. 1 (Ada Synthetic): never meddle with] [Alt. 2 ("), "{plain}");
        assert!(plain.contains("substantially [Alt. 1 (") && plain.contains("delete these words] impair"), "{plain}");
    }
}
