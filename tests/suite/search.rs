//! Search over published comments: what is found in six languages, filters, pages, what is typed in anger.

use crate::harness::{Backend, Server, on_both};

const NORM: &str = "avoid-tampering";

/// The references that a search finds.
#[track_caller]
fn found(server: &Server, query: &str) -> Vec<String> {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    server.anonymous().get(&format!("/search?q={query}")).expect(200).all(".comment .reference")
}

/// A text in each language, forms of its words that find it, and words that do not.
const TEXTS: &[(&str, &[&str], &[&str])] = &[
    (
        "Vulnerabilities in the State's supply chains need processes.",
        &["vulnerability", "STATES", "supply chain", "\"supply chains\"", "process", "chains supply"],
        &["\"chain supply\"", "vulnerable", "static", "supply norms"],
    ),
    (
        "La sécurité de l'État dépend des réseaux nationaux et des œuvres.",
        &["Etat", "l’État", "reseau", "national", "securite", "oeuvre", "\"securite de l'etat\""],
        &["étage", "rose", "\"état sécurité\""],
    ),
    (
        "Las naciones protegen las redes contra los ataques a la infraestructura.",
        &["nación", "red", "ataque", "infraestructuras", "INFRAESTRUCTURA"],
        &["noción", "rey", "estructura"],
    ),
    (
        "Государственные органы устраняют уязвимости в продуктах.",
        &["государственный", "уязвимость", "уязвимостей", "продукт", "«государственных органы»"],
        &["общество", "уязвимый орган нет", "номер"],
    ),
    (
        "على الدول حماية الانتخابات والأمن السيبراني في الفضاء.",
        &["دولة", "للدول", "الحماية", "انتخابات", "أمن", "الامن", "سيبرانية", "فضاء"],
        &["دورة", "أمل", "انقلاب"],
    ),
    (
        "各国应维护网络空间的和平与稳定。",
        &["网络", "网络空间", "稳定", "和平 网络", "维护网络空间"],
        &["网空", "空间网络", "不稳定"],
    ),
];

on_both! {
    fn a_comment_is_found_by_the_forms_of_its_words_in_six_languages(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        for (text, finding, missing) in TEXTS {
            let reference = ada.comment_on_whole(NORM, text, "named");
            assert!(found(&server, finding[0]).is_empty(), "{text} is found before it is published");
            mo.publish(&reference);
            for query in *finding {
                assert_eq!(found(&server, query), std::slice::from_ref(&reference), "{query} in {text}");
            }
            for query in *missing {
                assert_eq!(found(&server, query), Vec::<String>::new(), "{query} in {text}");
            }
        }
    }

    fn what_is_withdrawn_or_for_the_commission_only_is_not_found(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let secret = ada.comment_on_whole(NORM, "Zanzibar in confidence.", "commission");
        let shown = ada.comment_on_whole(NORM, "Zanzibar in the open.", "named");
        mo.publish(&secret);
        mo.publish(&shown);
        assert_eq!(found(&server, "zanzibar"), std::slice::from_ref(&shown));
        ada.get(&format!("/my-comments/{shown}/withdrawal")).form("main form").press().expect(303);
        assert_eq!(found(&server, "zanzibar"), Vec::<String>::new());
    }

    fn filters_narrow_and_unknown_ones_are_named(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let lever = ada.propose_lever(NORM, "Buy tested products only.", "named");
        let wording = ada.comment_on_wording("botnets", "should not", "must not", "named");
        mo.publish(&lever);
        mo.publish(&wording);
        let reader = server.anonymous();
        let refs = |query: &str| reader.get(&format!("/search?{query}")).expect(200).all(".comment .reference");
        assert_eq!(refs(""), [wording.clone(), lever.clone()]);
        for query in ["norm=botnets", "kind=wording", "norm=botnets&kind=wording&group=civil-society&country=NL"] {
            assert_eq!(refs(query), std::slice::from_ref(&wording), "{query}");
        }
        for query in ["actor=regulator", "instrument=procurement", "q=tested&kind=lever"] {
            assert_eq!(refs(query), std::slice::from_ref(&lever), "{query}");
        }
        assert_eq!(refs("q=tested&norm=botnets"), Vec::<String>::new());
        let odd = reader.get("/search?norm=atlantis&colour=red&kind=").expect(200);
        odd.reads("norm=atlantis").reads("colour").reads("was left out");
        assert_eq!(odd.all(".comment .reference").len(), 2, "what is not known narrows nothing");
        let page = reader.get("/search?q=tested&kind=lever").expect(200);
        assert_eq!(page.one("mark"), "tested");
        assert_eq!((page.form("main form").value("q"), page.form("main form").value("kind")), ("tested", "lever"));
    }

    fn a_reference_leads_straight_to_its_comment(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "To be found.", "named");
        let reader = server.anonymous();
        let typed = format!("/search?q=+{}+", reference.to_lowercase().replace('-', "+"));
        reader.get(&typed).expect(200).reads("No published comment has the reference").lacks("To be found.");
        mo.publish(&reference);
        assert_eq!(reader.get(&typed).expect(303).location(), format!("/comments/{reference}"));
    }

    fn pages_follow_one_another_and_end(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        for n in 0..22 {
            mo.publish(&ada.comment_on_whole(NORM, &format!("Pagination number {n}."), "named"));
        }
        let reader = server.anonymous();
        let first = reader.get("/search?q=pagination").expect(200);
        assert_eq!(first.all(".comment").len(), 20);
        let next = first.dom().select(&crate::harness::client::css("a[rel=next]")).next().unwrap().value().attr("href").unwrap().to_owned();
        let second = reader.get(&next).expect(200);
        assert_eq!(second.all(".comment").len(), 2);
        assert!(second.all("a[rel=next]").is_empty());
        reader.get("/search?q=pagination&before=1").expect(200).reads("There are no older comments to show");
        for wrong in ["x", "-1", "1e9", "99999999999999999999", "%2B1", "1%27"] {
            reader.get(&format!("/search?q=pagination&before={wrong}")).expect(400);
        }
    }

    fn nothing_that_is_typed_does_harm(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reference = ada.comment_on_whole(NORM, "<b>Bold</b> & \"quoted\" markup.", "named");
        mo.publish(&reference);
        let page = server.anonymous().get("/search?q=bold+markup").expect(200);
        page.reads("<b>Bold</b> & \"quoted\" markup.").lacks("<b>Bold");
        for query in [
            "\"", "\"\"\"", "a\"b", "*", "NEAR(a b)", "a AND OR NOT", "words:a", "^a -b", "a<->b & !c | (d", "';--", "\\",
            "<script>alert(1)</script>", "''':1A", "%00".trim_start_matches("%00"), "\u{1}\u{7f}\u{202e}x", "🙂", "_near-0",
            "_norm-avoid-tampering", "é\u{301}\u{301}\u{301}", "ａ", "\u{20000}\u{20001}",
        ] {
            found(&server, query);
        }
        let reader = server.anonymous();
        assert!(found(&server, "_near-0").is_empty() && found(&server, "_kind-general").is_empty());
        reader.get("/search?q=%00").expect(400);
        reader.get("/search?q=%FF").expect(400);
        reader.get(&format!("/search?q={}", "x".repeat(20_000))).expect(200).reads("Only the first 200 characters");
        reader.get(&format!("/search?q={}", "word+".repeat(30))).expect(200).reads("Only the first 12 words");
        reader.get("/search?q=%21%21").expect(200).reads("nothing to look for").reads("neither letters nor digits");
        let status = reader.get(&format!("/search?q={}", "x".repeat(60_000))).status;
        assert!(matches!(status, 200 | 400 | 414 | 431), "{status}");
    }
}

#[test]
fn the_newest_stand_there_when_nothing_is_asked() {
    let server = Server::start(Backend::Sqlite);
    server.anonymous().get("/search").expect(200).reads("No comment has been published yet");
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    mo.publish(&ada.comment_on_whole(NORM, "The first.", "named"));
    server.anonymous().get("/search").expect(200).reads("Newest comments").reads("The first.");
}
