//! The JSON API: what it says, how it is asked, what it refuses, and its own description.

use serde_json::Value;

use super::{NORM, ask, json, problem};
use crate::harness::comments::send;
use crate::harness::{Server, on_both};

/// The references in a list of comments.
fn references(list: &Value) -> Vec<String> {
    let all = list["comments"].as_array().unwrap();
    all.iter().map(|comment| comment["reference"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn texts_are_data(server: Server) {
        let reader = server.anonymous();
        let norms = ask(&reader, "/api/v1/norms");
        let all = norms["norms"].as_array().unwrap();
        assert_eq!(all.len(), 9);
        let slug = all[2]["slug"].as_str().unwrap();
        assert_eq!(slug, NORM);
        let norm = ask(&reader, "/api/v1/norms/avoid-tampering");
        assert_eq!(norm["title"], all[2]["title"]);
        assert_eq!(norm["comments"]["all"], 0);
        let versions = ask(&reader, "/api/v1/norms/avoid-tampering/versions");
        let label = versions["versions"][0]["label"].as_str().unwrap();
        let version = ask(&reader, &format!("/api/v1/norms/avoid-tampering/versions/{label}"));
        assert_eq!(version, norm["current"]);
        let words = version["words"].as_array().unwrap();
        let clause = &version["clauses"][0];
        let text = clause["text"].as_str().unwrap();
        assert_eq!((&clause["letter"], &clause["first_word"]), (&"a".into(), &1.into()));
        assert!(text.starts_with(words[0].as_str().unwrap()));
        assert_eq!((&version["lines"][0]["number"], &version["lines"][0]["clause"]), (&1.into(), &"a".into()));
        assert!(version["body"].as_str().unwrap().contains(version["lines"][0]["text"].as_str().unwrap()));
        for path in ["/api/v1/norms/x", "/api/v1/norms/x/versions", "/api/v1/norms/botnets/versions/99", "/api/v1/x", "/api", "/api/"] {
            problem(&reader.get(path), 404);
        }
        let lists = ask(&reader, "/api/v1/vocabulary");
        for name in ["groups", "actors", "instruments", "concerns"] {
            assert!(lists[name][0]["code"].is_string() && lists[name][0]["label"].is_string(), "{name}");
        }
        assert!(lists["reasons"].is_null());
        let consultation = ask(&reader, "/api/v1/consultation");
        assert_eq!((&consultation["code"], &consultation["comments"]["all"]), (&"GCSC".into(), &0.into()));
    }

    fn the_index_leads_to_everything(server: Server) {
        let reader = server.anonymous();
        let index = ask(&reader, "/api/v1");
        let addresses = index.as_object().unwrap();
        for name in ["openapi", "consultation", "vocabulary", "norms", "comments", "annotations", "context", "feed"] {
            let address = addresses[name].as_str().unwrap();
            reader.get(address.strip_prefix(&server.origin).unwrap()).expect(200);
        }
        let described = ask(&reader, "/api/openapi.json");
        assert!(described["paths"]["/api/v1"]["get"].is_object());
        let known = described["components"]["schemas"]["Index"]["properties"].as_object().unwrap();
        assert!(addresses.keys().eq(known.keys()), "{addresses:?}");
    }

    fn a_comment_tells_its_language_its_files_and_how_many_support_it(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let said = "La norme ne dit pas clairement qui doit agir ni comment les États doivent agir.";
        let form = ada.whole_form(NORM, said).set("publication", "named");
        let reference = send(&form.choose("attachment", "Lettre.pdf", b"%PDF-1.7\nA paper.\n"));
        mo.publish(&reference);
        let path = format!("/api/v1/comments/{reference}");
        let comment = ask(&reader, &path);
        assert_eq!(comment["language"], "fr");
        let file = &comment["attachments"][0];
        assert_eq!((&file["name"], &file["media_type"], &file["size"]), (&"Lettre.pdf".into(), &"application/pdf".into(), &18.into()));
        let given = reader.get(file["url"].as_str().unwrap().strip_prefix(&server.origin).unwrap()).expect(200);
        assert_eq!(file["sha256"], hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&given.body)));
        let nobody = serde_json::json!({ "organisations": 0, "people": 0, "groups": [] });
        assert_eq!(comment["supporters"], nobody);
        // The next request behind a signature tells of it, and the one behind its removal no longer.
        let bob = server.stakeholder("bob");
        let page = format!("/comments/{reference}/cosignature");
        bob.get(&page).form("form[action$='/cosignature']").forge("signatory", "myself").press().expect(303);
        let somebody = serde_json::json!({
            "organisations": 0,
            "people": 1,
            "groups": [{ "stakeholder_group": "civil-society", "organisations": 0, "people": 1 }],
        });
        assert_eq!(ask(&reader, &path)["supporters"], somebody);
        assert_eq!(ask(&reader, "/api/v1/comments")["comments"][0]["supporters"], somebody);
        bob.get(&page).form("form[action$='/removal']").press().expect(303);
        assert_eq!(ask(&reader, &path)["supporters"], nobody);
        // What waits or is for the Commission alone is in no answer.
        let hidden = ada.whole_form(NORM, "For the Commission.").set("publication", "commission");
        let hidden = send(&hidden.choose("attachment", "Secret.pdf", b"%PDF-1.7\nA paper.\n"));
        mo.publish(&hidden);
        assert!(!ask(&reader, "/api/v1/comments").to_string().contains("Secret.pdf"));
    }

    fn comments_are_chosen_by_every_filter(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let wording = ada.wording_form(NORM, "should not").set("proposed_wording", "must not").set("concern", "strength");
        let wording = send(&wording.set("rationale", "Because states need a clear rule that everyone can follow.").set("publication", "named"));
        let lever = ada.propose_lever("botnets", "Ask for signed updates in every tender that is published.", "organisation");
        let general = ada.comment_on_whole(NORM, "La norme ne dit pas clairement qui doit agir ni comment les États doivent agir.", "named");
        let hidden = ada.comment_on_whole(NORM, "For the Commission alone.", "commission");
        for reference in [&wording, &lever, &general, &hidden] {
            mo.publish(reference);
        }
        ada.comment_on_whole(NORM, "It waits.", "named");
        for (query, wanted) in [
            ("", vec![&general, &lever, &wording]),
            ("norm=avoid-tampering", vec![&general, &wording]),
            ("kind=lever", vec![&lever]),
            ("group=civil-society", vec![&general, &lever, &wording]),
            ("group=academia", vec![]),
            ("country=NL", vec![&general, &lever, &wording]),
            ("country=FR", vec![]),
            ("clause=a", vec![&wording]),
            ("concern=strength", vec![&wording]),
            ("language=fr", vec![&general]),
            ("actor=regulator", vec![&lever]),
            ("instrument=procurement", vec![&lever]),
            ("q=Signed+tenders", vec![&lever]),
            ("q=signed+norme", vec![]),
            ("q=%21%3F", vec![]),
            ("q=commission+alone", vec![]),
            ("norm=avoid-tampering&kind=general&q=etats", vec![&general]),
            ("unknown=1&utm_source=x", vec![&general, &lever, &wording]),
        ] {
            let list = ask(&reader, &format!("/api/v1/comments?{query}"));
            assert_eq!(references(&list), wanted.into_iter().cloned().collect::<Vec<_>>(), "{query}");
            assert_eq!((&list["next"], &list["is_partial"]), (&Value::Null, &false.into()));
        }
        let one = ask(&reader, &format!("/api/v1/comments/{wording}"));
        assert_eq!((&one["wording"]["quote"], &one["wording"]["proposed_wording"]), (&"should not".into(), &"must not".into()));
        assert_eq!((&one["author"]["name"], &one["author"]["on_behalf_of"]), (&"Ada Synthetic".into(), &"organisation".into()));
        assert!(one["lever"].is_null() && one["general"].is_null());
        let unnamed = ask(&reader, &format!("/api/v1/comments/{lever}"));
        assert!(unnamed["author"]["name"].is_null() && !unnamed.to_string().contains("Ada"), "{unnamed}");
        assert_eq!(unnamed["lever"]["actor"], "regulator");
        problem(&reader.get(&format!("/api/v1/comments/{hidden}")), 404);
        problem(&reader.get("/api/v1/comments/GCSC-N3-AAAA-AAAA-A"), 404);
        ada.get(&format!("/my-comments/{general}/withdrawal")).form("main form").press().expect(303);
        problem(&reader.get(&format!("/api/v1/comments/{general}")), 410);
        assert_eq!(references(&ask(&reader, "/api/v1/comments")), [lever, wording]);
        assert_eq!(ask(&reader, "/api/v1/norms/avoid-tampering")["comments"]["all"], 1);
    }

    fn a_list_is_walked_by_its_cursor(server: Server) {
        let (ada, mo, reader) = (server.stakeholder("ada"), server.moderator("mo"), server.anonymous());
        let mut all = Vec::new();
        for number in 0..5 {
            let reference = ada.comment_on_whole(NORM, &format!("Number {number} of five."), "named");
            mo.publish(&reference);
            all.insert(0, reference);
        }
        let (mut path, mut seen) = ("/api/v1/comments?q=five&limit=2".to_owned(), Vec::new());
        loop {
            let answer = reader.get(&path).expect(200);
            let list = json(&answer);
            seen.extend(references(&list));
            let Some(next) = list["next"].as_str() else {
                assert_eq!(answer.header("link"), None);
                break;
            };
            assert_eq!(answer.header("link"), Some(format!("<{next}>; rel=\"next\"").as_str()));
            next.strip_prefix(&server.origin).unwrap().clone_into(&mut path);
        }
        assert_eq!(seen, all);
    }

    fn what_it_cannot_be_asked_is_named(server: Server) {
        let reader = server.anonymous();
        let long = "x".repeat(501);
        for (query, parameter) in [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=", "limit"),
            ("limit=ten", "limit"),
            ("cursor=0", "cursor"),
            ("cursor=abc", "cursor"),
            ("cursor=-5", "cursor"),
            ("cursor=99999999999999999999", "cursor"),
            ("norm=nothing", "norm"),
            ("norm=", "norm"),
            ("kind=praise", "kind"),
            ("group=%3Cscript%3E", "group"),
            ("country=nl", "country"),
            ("clause=1", "clause"),
            ("concern=x%27--", "concern"),
            ("language=english", "language"),
            ("actor=x", "actor"),
            ("instrument=%F0%9F%92%A5", "instrument"),
            (&format!("q={long}"), "q"),
        ] {
            for path in ["/api/v1/comments", "/api/v1/annotations"] {
                let said = problem(&reader.get(&format!("{path}?{query}")), 400);
                assert_eq!(said["parameter"], parameter, "{query}");
                assert!(said["detail"].as_str().unwrap().contains(parameter), "{said}");
            }
        }
        for query in ["q=%00", "q=%FF%FE", &"a=1&".repeat(1_100)] {
            problem(&reader.get(&format!("/api/v1/comments?{query}")), 400);
        }
        for query in ["q=%22%27*%28NEAR%29+AND+OR+NOT+-+%7C+%3A*", "q=", "q=%F0%9F%92%A5", "&&==&", "%3D=%26", "q=a%0D%0Ab"] {
            reader.get(&format!("/api/v1/comments?{query}")).expect(200);
        }
        // Words of 200 letters, or 100 words, are found or not; they cost no fault.
        reader.get(&format!("/api/v1/comments?q={}", "%C3%A9".repeat(200))).expect(200);
        reader.get(&format!("/api/v1/comments?q={}", "a+".repeat(100))).expect(200);
        problem(&reader.post("/api/v1/comments", &[("a", "b")]), 405);
        problem(&reader.post("/api/v1/nothing", &[]), 404);
    }

    fn answers_are_for_everybody_and_say_when_nothing_changed(server: Server) {
        let ada = server.stakeholder("ada");
        for path in ["/api/v1/norms", "/api/v1/comments", "/api/openapi.json", "/api/v1/vocabulary", "/api/v1/annotations", "/api/v1/context.jsonld"] {
            for client in [ada.client(), &server.anonymous()] {
                let answer = client.get(path).expect(200);
                assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
                assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"));
                assert!(answer.header("access-control-allow-credentials").is_none() && answer.header("set-cookie").is_none());
                assert!(!answer.text().contains("Ada"));
                let tag = answer.header("etag").unwrap().to_owned();
                assert_eq!(client.get_with(path, &[("if-none-match", &tag)]).status, 304);
                assert_eq!(client.get_with(path, &[("if-none-match", "nonsense"), ("if-modified-since", "yesterday"), ("range", "bytes=9-1")]).status, 200);
            }
        }
        // A problem can be read by other sites too; pages and what changes something can't.
        assert_eq!(server.anonymous().get("/api/v1/x").header("access-control-allow-origin"), Some("*"));
        for path in ["/", "/norms/botnets", "/robots.txt"] {
            assert_eq!(server.anonymous().get(path).header("access-control-allow-origin"), None, "{path}");
        }
        assert_eq!(ada.post("/api/v1/norms", &[]).header("access-control-allow-origin"), None);
    }

    fn its_description_names_every_address_and_value(server: Server) {
        let all = ask(&server.anonymous(), "/api/openapi.json");
        assert_eq!((&all["openapi"], &all["servers"][0]["url"]), (&"3.1.0".into(), &"/".into()));
        let paths = all["paths"].as_object().unwrap();
        let table = norm_portal::routes::TABLE.iter().filter(|route| route.path.starts_with("/api/"));
        for route in table {
            let operation = &paths[route.path]["get"];
            assert!(operation["operationId"].is_string(), "{} is not described", route.path);
            for status in ["200", "304", "400", "404", "405", "500", "503"] {
                assert!(operation["responses"][status]["description"].is_string(), "{} {status}", route.path);
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["schema"]["type"].is_string() && parameter["description"].is_string(), "{parameter}");
                assert!(!parameter["example"].is_null(), "{parameter}");
            }
        }
        let parameters = paths["/api/v1/comments"]["get"]["parameters"].as_array().unwrap();
        let values = |name: &str| parameters.iter().find(|it| it["name"] == name).unwrap()["schema"]["enum"].clone();
        assert_eq!(values("norm").as_array().unwrap().len(), 9);
        assert!(values("group").as_array().unwrap().contains(&"academia".into()));
        assert!(values("country").as_array().unwrap().contains(&"NL".into()));
    }
}
