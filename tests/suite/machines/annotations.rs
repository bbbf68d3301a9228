//! Web Annotations: permalinks in the form that is asked for, and that positions and quotes select the words meant.

use serde_json::Value;

use super::{NORM, ask, json, problem};
use crate::harness::comments::send;
use crate::harness::{Answer, Client, Server, on_both};

const PROFILE: &str = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";

fn kind(answer: &Answer) -> &str {
    answer.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default()
}

/// The annotation at a permalink.
#[track_caller]
fn annotation(client: &Client, reference: &str) -> Value {
    let answer = client.get_with(&format!("/comments/{reference}"), &[("accept", PROFILE)]).expect(200);
    assert_eq!(answer.header("content-type"), Some(PROFILE));
    json(&answer)
}

/// The words of `body` from one code point to another.
fn cut(body: &str, selector: &Value) -> String {
    let (start, end) = (selector["start"].as_u64().unwrap(), selector["end"].as_u64().unwrap());
    body.chars().skip(usize::try_from(start).unwrap()).take(usize::try_from(end - start).unwrap()).collect()
}

on_both! {
    fn a_permalink_is_what_is_asked_for(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let reference = ada.comment_on_wording(NORM, "should not", "must not", "named");
        let path = format!("/comments/{reference}");
        for accept in ["application/json", PROFILE] {
            problem(&reader.get_with(&path, &[("accept", accept)]), 404);
        }
        mo.publish(&reference);
        for accept in ["", "*/*", "text/html", "nonsense;;;", "application/activity+json", "image/avif,*/*;q=0.1", &"a/b,".repeat(2_000)] {
            let answer = reader.get_with(&path, &[("accept", accept)]).expect(200);
            assert_eq!(kind(&answer), "text/html", "{accept}");
        }
        let page = reader.get(&path).expect(200);
        assert_eq!(kind(&page), "text/html");
        let vary: Vec<&str> = page.headers.iter().filter(|(name, _)| name == "vary").map(|(_, value)| value.as_str()).collect();
        assert!(vary.join(", ").split(", ").any(|name| name == "Accept"), "{vary:?}");
        let data = reader.get_with(&path, &[("accept", "text/html;q=0.4, application/json;q=0.5")]).expect(200);
        assert_eq!((kind(&data), data.header("vary").map(|vary| vary.contains("Accept"))), ("application/json", Some(true)));
        assert_eq!(json(&data), ask(&reader, &format!("/api/v1/comments/{reference}")));
        assert_eq!(kind(&reader.get_with(&path, &[("accept", "application/ld+json")])), "application/ld+json");
        let lower = reader.get_with(&path.to_lowercase(), &[("accept", PROFILE)]);
        assert_eq!((lower.status, lower.location()), (303, path.clone()));
        ada.get(&format!("/my-comments/{reference}/withdrawal")).form("main form").press().expect(303);
        for accept in ["application/json", PROFILE] {
            problem(&reader.get_with(&path, &[("accept", accept)]), 410);
        }
        reader.get(&path).expect(410);
    }

    /// Each way of asking gets its own, whoever asked before in whatever words, and finds it in no reader's place.
    fn nobody_who_asks_for_data_puts_it_before_readers(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let path = format!("/comments/{}", {
            let reference = ada.comment_on_whole(NORM, "Read me as a page.", "named");
            mo.publish(&reference);
            reference
        });
        let asked: [&[(&str, &str)]; 5] = [
            &[("accept", "text/html,text/html;q=0.1,application/json")],
            &[("accept", "text/html,text/html;q=0,application/xhtml+xml;q=0,application/ld+json")],
            &[("accept", "*/*"), ("accept", "*/*;q=0.1, application/json;q=0.5")],
            &[("accept", "text/html"), ("accept", "text/html;q=0.1,application/ld+json")],
            &[("accept", "application/json"), ("accept", "text/html")],
        ];
        for headers in asked {
            // Raised, so that nothing is kept from before and whoever asks first fills the place.
            server.changed_by_hand();
            reader.get_with(&path, headers).expect(200);
            assert_eq!(kind(&reader.get(&path).expect(200)), "text/html", "{headers:?}");
            assert_eq!(kind(&reader.get_with(&path, &[("accept", "application/json")])), "application/json", "{headers:?}");
        }
    }

    fn an_annotation_says_what_the_comment_says(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let editing = ada.comment_on_wording(NORM, "should not", "must not", "named");
        let deleting = send(&ada.wording_form(NORM, "should not").set("change", "delete").set("rationale", "Too much.").set("publication", "organisation"));
        let lever = send(&ada.lever_form("botnets", "Act now.").set("by_when", "2028").set("cost", "Little."));
        let general = ada.comment_on_whole("cyber-stability", "As a whole.", "named");
        for reference in [&editing, &deleting, &lever, &general] {
            mo.publish(reference);
        }
        let it = annotation(&reader, &editing);
        assert_eq!(it["@context"][0], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!((&it["type"], &it["motivation"]), (&"Annotation".into(), &"editing".into()));
        assert_eq!(it["id"], format!("{}/comments/{editing}", server.origin));
        assert_eq!(it["target"]["source"], format!("{}/norms/{NORM}/versions/1", server.origin));
        let quote = &it["target"]["selector"][0];
        assert_eq!((&quote["type"], &quote["exact"]), (&"TextQuoteSelector".into(), &"should not".into()));
        assert_eq!(quote["suffix"].as_str().unwrap().chars().count(), 32);
        assert_eq!((&it["body"][0]["purpose"], &it["body"][0]["value"]), (&"editing".into(), &"must not".into()));
        assert_eq!(it["body"][1]["purpose"], "commenting");
        let it = annotation(&reader, &deleting);
        assert_eq!((&it["body"][0]["purpose"], &it["body"][0]["value"]), (&"editing".into(), &"".into()));
        assert!(!it.to_string().contains("Ada") && it["creator"]["type"] == "Organization", "{it}");
        let it = annotation(&reader, &lever);
        assert_eq!(it["motivation"], "commenting");
        let body = &it["body"][0];
        assert_eq!((&body["type"][1], &body["actor"], &body["byWhen"]), (&"Lever".into(), &"regulator".into(), &"2028".into()));
        let terms = json(&reader.get("/api/v1/context.jsonld").expect(200));
        for name in ["Lever", "actor", "instrument", "byWhen", "cost", "reference"] {
            assert_eq!(terms["@context"][name], format!("{}/api/v1/context.jsonld#{name}", server.origin));
        }
        let it = annotation(&reader, &general);
        assert!(it["target"]["selector"].is_null());

        let page = json(&reader.get("/api/v1/annotations?limit=3").expect(200));
        assert_eq!((&page["type"], page["items"].as_array().unwrap().len()), (&"AnnotationPage".into(), 3));
        assert_eq!(page["id"], format!("{}/api/v1/annotations?limit=3", server.origin));
        let next = page["next"].as_str().unwrap().strip_prefix(&server.origin).unwrap().to_owned();
        let last = json(&reader.get(&next).expect(200));
        assert_eq!((&last["items"][0]["id"], &last["next"]), (&format!("{}/comments/{editing}", server.origin).into(), &Value::Null));
        let of_norm = json(&reader.get("/api/v1/annotations?norm=botnets").expect(200));
        assert_eq!(of_norm["items"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn positions_select_the_words_in_every_text() {
    let server = Server::start(crate::harness::Backend::Sqlite);
    let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
    let norms = ask(&reader, "/api/v1/norms");
    for norm in norms["norms"].as_array().unwrap() {
        let slug = norm["slug"].as_str().unwrap();
        let version = ask(&reader, &format!("/api/v1/norms/{slug}/versions/1"));
        let clause = version["clauses"].as_array().unwrap().last().unwrap();
        let (letter, last) = (clause["letter"].as_str().unwrap(), clause["last_word"].as_u64().unwrap());
        let first = last - 2;
        let form = ada.get(&format!("/norms/{slug}/comments/new/wording")).expect(200).form("main form");
        let form = form.set("clause", letter).go("edit").expect(200).form("main form");
        let whole =
            send(&form.set("proposed_wording", "Nothing of it").set("rationale", "So.").set("publication", "named"));
        let words = version["words"].as_array().unwrap();
        let place = |at: u64| usize::try_from(at).unwrap() - 1;
        let body = version["body"].as_str().unwrap();
        mo.publish(&whole);
        let it = annotation(&reader, &whole);
        let [quote, position] = [&it["target"]["selector"][0], &it["target"]["selector"][1]];
        assert_eq!(cut(body, position), quote["exact"].as_str().unwrap(), "{slug}");
        assert!(quote["exact"].as_str().unwrap().ends_with(words[place(last)].as_str().unwrap()), "{slug} {first}");
        let prefix: String = quote["prefix"].as_str().unwrap().to_owned();
        let before: String = body.chars().take(usize::try_from(position["start"].as_u64().unwrap()).unwrap()).collect();
        assert!(before.ends_with(&prefix) && prefix.chars().count() <= 32, "{slug}");
        assert_eq!(quote["exact"], clause["text"], "{slug}");
    }
}
