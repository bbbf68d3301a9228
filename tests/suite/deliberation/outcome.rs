//! The outcome pages, the permalink and the API: what everyone learns of decisions, at the next request.

use norm_portal::norms::import::import;
use norm_portal::norms::package::{Package, SHIPPED};

use super::{Desk, NORM, ask, begin, beginning, decide, put, steps};
use crate::harness::{Server, on_both};

on_both! {
    fn a_published_decision_is_everywhere_at_the_next_request(server: Server) {
        let desk = Desk::of(&server);
        let (ada, reader) = (server.stakeholder("ada"), server.anonymous());
        let reference = desk.accepted(&ada, "must not tamper", "named");
        let (outcome, page) = (format!("/norms/{NORM}/outcome"), format!("/comments/{reference}"));
        // Everything is rendered and kept before.
        reader.get("/outcome").expect(200).reads("None yet");
        reader.get(&outcome).expect(200).reads("No decision is published yet").reads("There is no final text yet");
        reader.get(&page).expect(200).lacks("Considered under");
        reader.get(&format!("/outcome?reference={reference}")).expect(200).reads("no decision on it is published yet");
        assert_eq!(ask(&reader, &format!("/api/v1/comments/{reference}"))["decisions"], serde_json::json!([]));
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&reference]);
        decide(&desk, &issue, "adopted", "A duty has to bind.");
        let shown = reader.get(&outcome).expect(200);
        shown.reads("We asked").reads("You said").reads("We decided").reads("A duty has to bind.").reads("Civil society");
        assert_eq!(shown.one(".bars strong"), "1");
        reader.get(&page).expect(200).reads("Adopted").reads("Whether the duty binds.").reads("A duty has to bind.");
        let found = reader.get(&format!("/outcome?reference={reference}")).expect(200);
        found.reads("A duty has to bind.");
        assert_eq!(found.link("main a[href^='/norms/'][href*='/outcome/']"), format!("/norms/{NORM}/outcome/1"));
        let decision = &ask(&reader, &format!("/api/v1/comments/{reference}"))["decisions"][0];
        assert_eq!((&decision["issue"], &decision["disposition"]), (&1.into(), &"adopted".into()));
        assert_eq!(decision["reasons"], "A duty has to bind.");
        assert!(decision["decided_at"].as_str().unwrap().ends_with('Z') && decision["norm"] == NORM);
        assert_eq!(ask(&reader, "/api/v1/comments")["comments"][0]["decisions"][0]["issue"], 1);
        let described = ask(&reader, "/api/openapi.json");
        assert!(described["components"]["schemas"]["Comment"]["properties"]["decisions"].is_object());
        for field in ["norm", "issue", "disposition", "reasons", "decided_at"] {
            assert!(described["components"]["schemas"]["Decision"]["properties"][field].is_object(), "{field}");
        }
        let codes = ask(&reader, "/api/v1/vocabulary");
        assert_eq!(codes["dispositions"].as_array().unwrap().len(), 9);
        assert!(reader.get("/sitemap/pages.xml").expect(200).text().contains("/outcome"));
        reader.get(&format!("{outcome}?after=x")).expect(400);
        for none in ["/norms/none/outcome", "/norms/none/outcome/1", "/norms/avoid-tampering/outcome/2", "/norms/avoid-tampering/outcome/x"] {
            reader.get(none).expect(404);
        }
    }

    fn finding_a_comment_tells_nothing_of_what_is_not_published(server: Server) {
        let desk = Desk::of(&server);
        let (ada, reader) = (server.stakeholder("ada"), server.anonymous());
        let waiting = ada.comment_on_whole(NORM, "It waits.", "named");
        let hidden = desk.accepted(&ada, "must not tamper", "commission");
        let gone = desk.accepted(&ada, "shall not tamper", "named");
        ada.get(&format!("/my-comments/{gone}/withdrawal")).form("main form").press().expect(303);
        let issue = begin(&desk.mo, "Whether the duty binds.");
        put(&desk.mo, &issue, &[&hidden]);
        decide(&desk, &issue, "adopted", "A duty has to bind.");
        let said = |reference: &str| {
            let page = reader.get(&format!("/outcome?reference={reference}")).expect(200);
            page.main().replace(reference, "")
        };
        // A reference that nobody has, of the same form.
        let other = server.stakeholder("eve").comment_on_whole("botnets", "It waits as well.", "named");
        assert_eq!(said(&waiting), said(&hidden));
        assert_eq!(said(&waiting), said(&other));
        assert!(said(&waiting).contains("No published comment has this reference"));
        assert!(said(&gone).contains("its author took it back"));
        assert!(said("nonsense").contains("This is not a reference"));
        reader.get("/outcome?reference=%22%3E%3Cscript%3E").expect(200).reads("This is not a reference");
    }

    fn confidential_comments_are_counted_in_fives_and_never_linked(server: Server) {
        let desk = Desk::of(&server);
        let reader = server.anonymous();
        let authors: Vec<_> = (0..6).map(|number| server.stakeholder(&format!("hush{number}"))).collect();
        let hidden: Vec<String> =
            authors.iter().enumerate().map(|(number, author)| desk.accepted(author, &format!("must not {number}"), "commission")).collect();
        let open = desk.accepted(&authors[0], "must not tamper", "organisation");
        let issue = begin(&desk.mo, "Whether the duty binds.");
        let four: Vec<&str> = hidden[..4].iter().map(String::as_str).chain([open.as_str()]).collect();
        put(&desk.mo, &issue, &four);
        decide(&desk, &issue, "noted", "For the record.");
        let (outcome, one) = (format!("/norms/{NORM}/outcome"), format!("/norms/{NORM}/outcome/1"));
        for page in [&outcome, &one] {
            reader.get(page).expect(200).reads("1 comment in all").lacks("for the Commission only");
        }
        // The desk counts them all.
        desk.ray.get(&issue).expect(200).reads("4 for the Commission only");
        super::steps(&desk.ray, &issue).go("reopen").expect(303);
        put(&desk.mo, &issue, &[&hidden[4], &hidden[5]]);
        decide(&desk, &issue, "noted", "For the record, again.");
        for page in [&outcome, &one] {
            let shown = reader.get(page).expect(200);
            shown.reads("1 comment in all").reads("at least 5 for the Commission only").lacks("at least 6");
            for reference in &hidden {
                shown.lacks(reference);
            }
        }
        // Taken back in silence, the count follows at the next request.
        for (author, reference) in authors.iter().zip(&hidden).take(2) {
            author.get(&format!("/my-comments/{reference}/withdrawal")).form("main form").press().expect(303);
        }
        reader.get(&outcome).expect(200).lacks("for the Commission only");
        reader.get(&one).expect(200).reads(&open).lacks("for the Commission only");
    }

    fn the_final_text_stands_beside_the_one_that_was_consulted(server: Server) {
        let desk = Desk::of(&server);
        let reader = server.anonymous();
        reader.get(&format!("/norms/{NORM}/outcome")).expect(200).reads("There is no final text yet");
        let mut package = Package::parse(SHIPPED).unwrap();
        let text = package.texts.iter_mut().find(|text| text.slug == NORM).unwrap();
        text.version.label = "2".into();
        text.version.is_final = true;
        let words = &mut text.version.clauses[0].words;
        *words = words.replace("should not tamper", "must not tamper");
        let now = server.clock().now();
        server.db().write_blocking(move |conn| import(conn, now, &package)).unwrap();
        let page = reader.get(&format!("/norms/{NORM}/outcome")).expect(200);
        page.reads("From version 1, which was put out for comment, to the final version 2");
        assert_eq!((page.one("del"), page.one("ins")), ("deleted: should".to_owned(), "inserted: must".to_owned()));
        // Issues are about the text that was put out for comment.
        let form = super::beginning(&desk.mo, NORM).set("about", "words").set("quote", "must not tamper").set("statement", "x");
        form.press().expect(422).reads("do not stand in the text");
        begin(&desk.mo, "Whether the duty binds.");
    }
}
