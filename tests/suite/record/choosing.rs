//! Choosing comments by what they are counted by, alone and together; addresses that nobody can mean.

use norm_portal::comments::model::Kind;
use norm_portal::comments::record::model::Facet;
use norm_portal::db::DbResult;
use norm_portal::norms::store as norms;
use norm_portal::public::norm_page::{sections, store};

use super::{NORM, attributes, concern, norm, official, proposed, shown};
use crate::harness::{Answer, Server, on_both};

/// Whether the page is one of a choice: open to readers, not to search engines.
#[track_caller]
fn assert_chosen(page: &Answer, chosen: bool) {
    assert_eq!(attributes(page, "meta[name=robots]", "content").len(), usize::from(chosen), "{}", page.path);
    let own = attributes(page, "link[rel=canonical]", "href");
    assert!(own.len() == 1 && own[0].starts_with("http://") && own[0].ends_with(&format!("/norms/{NORM}")), "{own:?}");
}

on_both! {
    fn comments_are_chosen_by_each_of_their_sides_and_by_several(server: Server) {
        let mo = server.moderator("mo");
        let (ada, bob) = (server.stakeholder("ada"), official(&server, "bob"));
        // NL, civil society: (b), the whole and a lever. DE, government: (b), too, a concern about (a), and a lever.
        let wording = proposed(&ada, &mo, "allow", "permit");
        let french = bob.wording_form(NORM, "allow").set("proposed_wording", "permit").set(
            "rationale",
            "Les États et les acteurs non étatiques ne doivent ni mener ni permettre sciemment une telle activité.",
        );
        mo.publish(&crate::harness::comments::send(&french.set("publication", "named")));
        let unclear = concern(&bob, &mo, "products and services", "unclear-term");
        let lever = ada.propose_lever(NORM, "Buy only audited products.", "named");
        mo.publish(&lever);
        let law = bob.lever_form(NORM, "Pass a law.").set("actor", "legislature").set("instrument", "legislation");
        let law = crate::harness::comments::send(&law);
        mo.publish(&law);
        let whole = ada.comment_on_whole(NORM, "All in all a good text.", "named");
        mo.publish(&whole);
        let all = [&unclear, &wording, &lever, &law, &whole].map(String::as_str);
        let page = norm(&server, "");
        assert_eq!(shown(&page), all);
        assert_chosen(&page, false);

        for (query, expected) in [
            ("kind=wording", &[&unclear, &wording][..]),
            ("kind=general", &[&whole]),
            ("group=civil-society", &[&wording, &lever, &whole]),
            ("group=government", &[&unclear, &wording, &law]),
            ("country=DE", &[&unclear, &wording, &law]),
            ("clause=a", &[&unclear]),
            ("clause=b", &[&wording]),
            ("concern=unclear-term", &[&unclear]),
            ("language=fr", &[&wording]),
            ("actor=legislature", &[&law]),
            ("instrument=procurement", &[&lever]),
            ("kind=lever&actor=regulator&instrument=procurement", &[&lever]),
            ("actor=regulator&instrument=legislation", &[]),
            ("country=NL&group=civil-society&kind=lever", &[&lever]),
            ("clause=b&country=DE", &[&wording]),
            ("clause=b&country=DE&language=fr&group=government", &[&wording]),
            // Both occur at the same proposal, but of no one comment.
            ("country=NL&group=government", &[]),
            ("clause=b&country=NL&language=fr", &[]),
            ("actor=regulator&clause=b", &[]),
            // Could be, and is not.
            ("country=FR", &[]),
        ] {
            let page = norm(&server, &format!("?{query}"));
            let expected: Vec<&str> = expected.iter().map(|it| it.as_str()).collect();
            assert_eq!(shown(&page), expected, "{query}");
            assert_chosen(&page, true);
            page.lacks("left aside");
        }
        // The number stays that of everybody; each choice can be taken off.
        let page = norm(&server, "?country=DE&clause=b&heat=1");
        page.reads("2 comments from 2 organisations and people ask for this").reads("Country: Germany");
        let off = attributes(&page, "section[aria-labelledby=choose] li a", "href");
        assert_eq!(off, [format!("/norms/{NORM}?country=DE&heat=1#choose"), format!("/norms/{NORM}?clause=b&heat=1#choose")]);
        norm(&server, "?country=FR").reads("No published comment fits these choices");
        // The form offers what there is, with its count, and leads to the same.
        let form = page.form("form.filters");
        assert_eq!(form.value("country"), "DE");
        let chosen = form.set("clause", "").set("country", "NL").set("kind", "lever").press().expect(200);
        assert_eq!(shown(&chosen), [&*lever]);
        let countries = norm(&server, "").all("#by-country option");
        assert_eq!(countries, ["Any", "Germany (3)", "Netherlands (Kingdom of the) (3)"]);
    }

    fn a_proposal_of_many_fits_if_one_of_its_comments_does(server: Server) {
        let (ada, bob, mo) = (server.stakeholder("ada"), official(&server, "bob"), server.moderator("mo"));
        proposed(&ada, &mo, "allow", "permit");
        let french = bob.wording_form(NORM, "allow").set("proposed_wording", "permit").set(
            "rationale",
            "Les États et les acteurs non étatiques ne doivent ni mener ni permettre sciemment une telle activité.",
        );
        mo.publish(&crate::harness::comments::send(&french.set("publication", "named")));
        let choice = |facet: Facet, value: &str| (facet, value.to_owned());
        for (choices, fits) in [
            (vec![choice(Facet::Country, "NL"), choice(Facet::Group, "civil-society")], true),
            (vec![choice(Facet::Country, "DE"), choice(Facet::Language, "fr")], true),
            (vec![choice(Facet::Country, "DE"), choice(Facet::Language, "fr"), choice(Facet::Group, "government")], true),
            // Both occur, but of no one comment.
            (vec![choice(Facet::Country, "NL"), choice(Facet::Group, "government")], false),
            (vec![choice(Facet::Country, "NL"), choice(Facet::Language, "fr")], false),
            (vec![choice(Facet::Group, "civil-society"), choice(Facet::Language, "fr")], false),
        ] {
            let asked = choices.clone();
            // With the bounds of a page, where two comments are few; and with a bound that makes them many.
            let found = server.portal().site().db().read_blocking(move |conn| -> DbResult<_> {
                let norm = norms::norm_by_slug(conn, NORM)?.unwrap().id;
                let step = store::positions(conn, norm, Kind::Wording, None, 10)?;
                assert_eq!(step.iter().map(|position| position.comments).collect::<Vec<_>>(), [2]);
                let mut fitting = |many| sections::fitting(conn, &step, &asked[0], &asked, many).map(|ids| ids.len());
                Ok([fitting(2)?, fitting(1)?])
            });
            assert_eq!(found.unwrap(), [usize::from(fits); 2], "{choices:?}");
        }
    }

    fn what_an_address_says_in_vain_is_named_and_nothing_fails(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let wording = proposed(&ada, &mo, "allow", "permit");
        let page = norm(&server, "?sort=votes&country=ZZ&clause=%3Cb%3E&page=7&group=");
        assert_eq!(shown(&page), [&*wording]);
        page.reads("sort=votes").reads("country=ZZ").reads("clause=<b>").reads("page=7").lacks("<b>");
        assert_chosen(&page, false);
        let long = "x".repeat(6_000);
        let many = "a=1&".repeat(900);
        for query in [
            format!("?group={long}"),
            format!("?{long}=1"),
            format!("?{many}"),
            "?group=civil-society&group=government".to_owned(),
            "?kind=wording'%20OR%201=1--&country=%E2%80%AE&language=%2525&heat=2".to_owned(),
            "?&&==&=&heat".to_owned(),
            "?clause=a%0Ab&actor=../../etc&instrument=%F0%9F%92%A9".to_owned(),
        ] {
            let page = norm(&server, &query);
            assert!(page.main().len() < 9_000, "{}", page.main().len());
        }
        for query in ["?group=%00", "?group=%FF", "?wording_after=x"] {
            server.anonymous().get(&format!("/norms/{NORM}{query}")).expect(400);
        }
    }

    fn many_pages_of_a_choice_leave_nothing_out(server: Server) {
        let (ada, mo, bob) = (server.stakeholder("ada"), server.moderator("mo"), official(&server, "bob"));
        let mut sent = Vec::new();
        for n in 0..13 {
            for person in [&ada, &bob] {
                let reference = person.comment_on_whole(NORM, &format!("Remark {n} of {}.", person.name), "named");
                mo.publish(&reference);
                if person.name == ada.name {
                    sent.push(reference);
                }
            }
        }
        for query in ["?country=NL", "?country=NL&group=civil-society"] {
            let first = norm(&server, query);
            let next = attributes(&first, "a[rel=next]", "href").remove(0);
            let second = server.anonymous().get(&next).expect(200);
            assert_eq!([shown(&first), shown(&second)].concat(), sent, "{query}");
            assert_eq!(attributes(&second, "a[rel=next]", "href").len(), 0);
        }
    }
}
