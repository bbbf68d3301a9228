//! The desk's pages of campaigns: the list, a card, correcting by hand.

use super::forms::{BINDING, HOSPITALS, VOLUNTARY};
use super::letters::{Dice, own, sent};
use super::rows::{NORM, reference, stored};
use crate::harness::form::Filled;
use crate::harness::rows::Rows;
use crate::harness::{Answer, Person, Server, on_both};

const LIST: &str = "/secretariat/campaigns";
const TEXTS: &str = "main form[action$='/texts']";
const ADDITIONS: &str = "main form[action$='/additions']";

/// The plain letter of a form.
fn plain(paragraphs: &[&str]) -> String {
    paragraphs.join("\n\n")
}

/// The plain letter with some words of one's own behind it.
fn with_own(paragraphs: &[&str], number: u64) -> String {
    format!("{}\n\n{}", plain(paragraphs), own(&BINDING, 2, &mut Dice(number)))
}

/// The address of the campaign that is listed in this place.
#[track_caller]
fn card(desk: &Person, place: usize) -> String {
    let page = desk.get(LIST).expect(200);
    let dom = page.dom();
    let selector = crate::harness::client::css("main tbody th a");
    let links = dom.select(&selector);
    let addresses: Vec<_> = links.filter_map(|link| link.value().attr("href").map(str::to_owned)).collect();
    addresses.get(place).cloned().unwrap_or_else(|| panic!("{} campaigns", addresses.len()))
}

/// The names of the boxes of a card, in order, with what stands in their rows.
fn boxes(card: &Answer) -> Vec<(String, String)> {
    let dom = card.dom();
    let row = |row: scraper::ElementRef| {
        let name = row.select(&crate::harness::client::css("input")).next()?.value().attr("name")?.to_owned();
        Some((name, crate::harness::client::words(row)))
    };
    dom.select(&crate::harness::client::css("main tbody tr")).filter_map(row).collect()
}

/// The form to correct with the boxes of the texts ticked that these comments were the first to say.
#[track_caller]
fn ticked(card: &Answer, references: &[String]) -> Filled {
    references.iter().fold(card.form(TEXTS), |form, reference| {
        let found = boxes(card).into_iter().find(|(_, row)| row.contains(reference.as_str()));
        form.forge(&found.unwrap_or_else(|| panic!("{reference} is not on the card")).0, "on")
    })
}

/// How many comments and texts the heading of a card says.
fn heading(desk: &Person, path: &str) -> String {
    desk.get(path).expect(200).one("h1")
}

on_both! {
    fn three_hundred_letters_are_one_campaign_that_tells_unique_and_all(server: Server) {
        let mut dice = Dice(5);
        let mut texts: Vec<String> = (0..260).map(|_| sent(&BINDING, "the public core", &mut dice)).collect();
        texts.extend((0..40).map(|_| plain(BINDING.paragraphs)));
        stored(&server, &texts);
        let mo = server.moderator("mo");
        mo.get(LIST).expect(200).reads("No campaign yet");
        server.porter_round();
        let list = mo.get(LIST).expect(200);
        list.reads("301 comments,").reads("Being alike is no reason to decline");
        let path = card(&mo, 0);
        let page = mo.get(&path).expect(200);
        page.reads("What the letters share").reads("support wording that binds every state").reads("Waiting");
        let members = server.count("cluster_members WHERE cluster_id IN (SELECT id FROM clusters WHERE is_listed)");
        assert!(members >= 295, "{members} of 300");
        let different = server.number("SELECT CAST(sum(texts) AS BIGINT) AS n FROM clusters WHERE is_listed");
        assert_eq!(page.one("h1"), format!("{members} comments, {different} different texts"));
        assert!(different < members, "{different} texts");
        // Nothing was decided, and nothing is ever declined for being alike.
        assert_eq!((server.count("decisions"), server.count("comments WHERE state = 'pending'")), (0, 301));
        // Every page of the card, by its links, shows every text once.
        let (mut seen, mut next) = (0, Some(path));
        while let Some(address) = next {
            let page = mo.get(&address).expect(200);
            seen += i64::try_from(boxes(&page).len()).unwrap();
            next = page.dom().select(&crate::harness::client::css("a[rel=next]")).next()
                .and_then(|link| link.value().attr("href").map(str::to_owned));
        }
        assert_eq!(seen, different);
        server.assert_audit_holds();
    }

    fn what_is_the_same_is_shown_with_all_who_say_it_and_what_adds_something_apart(server: Server) {
        let mut texts = vec![plain(HOSPITALS.paragraphs); 60];
        texts.push(plain(HOSPITALS.paragraphs).to_uppercase());
        texts.push(with_own(HOSPITALS.paragraphs, 1));
        stored(&server, &texts);
        server.porter_round();
        let mo = server.moderator("mo");
        let page = mo.get(&card(&mo, 0)).expect(200);
        assert_eq!(page.one("h1"), "62 comments, 2 different texts");
        let rows = boxes(&page);
        assert!(rows[0].1.contains("Adds nothing") && rows[0].1.contains("61 comments"), "{}", rows[0].1);
        assert!(rows[1].1.contains("1 comment") && !rows[1].1.contains("Adds nothing"), "{}", rows[1].1);
        let same = page.all("main td.number a").len();
        assert_eq!(same, 2);
        let dom = page.dom();
        let link = dom.select(&crate::harness::client::css("main td.number a")).next().unwrap();
        let text = mo.get(link.value().attr("href").unwrap()).expect(200);
        assert_eq!(text.one("h1"), "61 comments say this");
        text.reads("61 comments wait that say this to the letter");
        assert_eq!(text.form("main form[action='/secretariat/bulk']").values().iter().filter(|(name, _)| *name == "item").count(), 61);
        assert_eq!(text.all("main tbody tr").len(), 50);
        let second = text.dom().select(&crate::harness::client::css("a[rel=next]")).next().unwrap().value().attr("href").unwrap().to_owned();
        assert_eq!(mo.get(&second).expect(200).all("main tbody tr").len(), 11);
    }

    fn letters_that_were_sent_by_form_are_alike_and_a_contrary_one_is_not(server: Server) {
        let ada = server.stakeholder("ada");
        for number in 0..5 {
            ada.comment_on_whole(NORM, &with_own(BINDING.paragraphs, number), "named");
        }
        ada.comment_on_whole(NORM, &plain(VOLUNTARY.paragraphs), "named");
        ada.comment_on_whole("botnets", &plain(BINDING.paragraphs), "named");
        assert_eq!(server.porter_round(), 7);
        let mo = server.moderator("mo");
        assert_eq!(heading(&mo, &card(&mo, 0)), "5 comments, 5 different texts");
        assert_eq!(server.count("clusters"), 3);
    }

    fn a_corrected_letter_goes_where_its_new_words_belong(server: Server) {
        let mut texts: Vec<String> = (0..5).map(|number| with_own(BINDING.paragraphs, number)).collect();
        texts.extend((0..5).map(|number| with_own(HOSPITALS.paragraphs, number)));
        stored(&server, &texts);
        server.porter_round();
        let ada = server.stakeholder("eve");
        let turned = ada.comment_on_whole(NORM, &with_own(BINDING.paragraphs, 77), "named");
        server.porter_round();
        let mo = server.moderator("mo");
        assert_eq!(heading(&mo, &card(&mo, 0)), "6 comments, 6 different texts");
        let form = ada.get(&format!("/my-comments/{turned}/correction")).expect(200).form("main form");
        let form = form.set("rationale", &with_own(HOSPITALS.paragraphs, 78)).go("check").expect(200).form("main form");
        form.go("send").expect(303);
        server.porter_round();
        let headings: Vec<String> = (0..2).map(|place| heading(&mo, &card(&mo, place))).collect();
        assert!(headings.contains(&"6 comments, 6 different texts".to_owned()), "{headings:?}");
        assert!(headings.contains(&"5 comments, 5 different texts".to_owned()), "{headings:?}");
        assert_eq!(server.count("cluster_members"), 12);
    }

    fn what_is_taken_out_by_hand_stays_out(server: Server) {
        let texts: Vec<String> = (0..8).map(|number| with_own(BINDING.paragraphs, number)).collect();
        stored(&server, &texts);
        server.porter_round();
        let (mo, ray) = (server.moderator("mo"), server.moderator("ray"));
        let path = card(&mo, 0);
        let page = mo.get(&path).expect(200);
        let late = ticked(&ray.get(&path).expect(200), &[reference(3), reference(4)]);
        page.form(TEXTS).go("out").expect(422).reads("Choose at least one text");
        ticked(&page, &[reference(3)]).go("out").expect(303).follow().reads("were taken out");
        assert_eq!(heading(&mo, &path), "7 comments, 7 different texts");
        late.go("split").expect(409).reads("Somebody moved one of these texts");
        assert_eq!(server.audited("campaign.taken_out"), 1);
        // More letters arrive; those like the one that was taken out go there.
        let ada = server.stakeholder("eve");
        ada.comment_on_whole(NORM, &with_own(BINDING.paragraphs, 90), "named");
        ada.comment_on_whole(NORM, &texts[3], "named");
        server.porter_round();
        assert_eq!(heading(&mo, &path), "8 comments, 8 different texts");
        let apart = "cluster_texts WHERE comments = 2";
        assert_eq!(server.count(apart), 1);
        server.assert_audit_holds();
    }

    fn what_is_split_off_keeps_what_is_like_it(server: Server) {
        let texts: Vec<String> = (0..12).map(|number| with_own(BINDING.paragraphs, number)).collect();
        stored(&server, &texts);
        server.porter_round();
        let mo = server.moderator("mo");
        let path = card(&mo, 0);
        let page = mo.get(&path).expect(200);
        let all: Vec<String> = (0..12).map(reference).collect();
        ticked(&page, &all).go("split").expect(422).reads("Leave at least one text");
        let split = ticked(&page, &all[..5]).go("split").expect(303).location();
        assert_ne!(split, path);
        assert_eq!(heading(&mo, &split), "5 comments, 5 different texts");
        assert_eq!(heading(&mo, &path), "7 comments, 7 different texts");
        assert_eq!(server.audited("campaign.split"), 5);
        server.stakeholder("eve").comment_on_whole(NORM, &texts[2], "named");
        server.porter_round();
        assert_eq!(heading(&mo, &split), "6 comments, 5 different texts");
    }

    fn what_is_put_in_or_made_one_by_hand_stays_so(server: Server) {
        let mut texts: Vec<String> = (0..5).map(|number| with_own(BINDING.paragraphs, number)).collect();
        texts.extend((0..6).map(|number| with_own(HOSPITALS.paragraphs, number)));
        texts.push("Something else altogether that nobody else would have written in these words.".to_owned());
        stored(&server, &texts);
        server.porter_round();
        let mo = server.moderator("mo");
        let (hospitals, binding) = (card(&mo, 0), card(&mo, 1));
        let put = |path: &str, reference: &str, extent: &str| {
            mo.get(path).expect(200).form(ADDITIONS).set("reference", reference).forge("extent", extent).press()
        };
        put(&binding, "nonsense", "").expect(422).reads("There is no comment with this reference");
        put(&binding, &reference(0), "").expect(422).reads("in the campaign already");
        put(&binding, &reference(11), "").expect(303).follow().reads("The text was put in");
        assert_eq!(heading(&mo, &binding), "6 comments, 6 different texts");
        put(&binding, &reference(7), "").expect(303);
        assert_eq!((server.audited("campaign.merged"), server.audited("campaign.put_in")), (1, 1));
        put(&binding, &reference(5), "all").expect(303);
        assert_eq!(heading(&mo, &binding), "12 comments, 12 different texts");
        mo.get(&hospitals).expect(303);
        // Letters like those of the campaign that is no more go to the one it became.
        let ada = server.stakeholder("eve");
        ada.comment_on_whole(NORM, &with_own(HOSPITALS.paragraphs, 91), "named");
        ada.comment_on_whole(NORM, &with_own(BINDING.paragraphs, 92), "named");
        server.porter_round();
        assert_eq!(heading(&mo, &binding), "14 comments, 14 different texts");
        let other = ada.comment_on_whole("botnets", "On another text.", "named");
        server.porter_round();
        put(&binding, &other, "").expect(422).reads("about another text");
        server.assert_audit_holds();
    }

    fn the_counts_are_those_of_the_rows(server: Server) {
        let mut dice = Dice(9);
        let mut texts: Vec<String> = (0..30).map(|_| sent(&BINDING, "the public core", &mut dice)).collect();
        texts.extend(vec![plain(BINDING.paragraphs); 7]);
        stored(&server, &texts);
        server.porter_round();
        let mo = server.moderator("mo");
        let path = card(&mo, 0);
        let page = mo.get(&path).expect(200);
        let first = boxes(&page)[0].0.clone();
        page.form(TEXTS).forge(&first, "on").go("out").expect(303);
        let wrong = "clusters WHERE comments <> (SELECT count(*) FROM cluster_members WHERE cluster_id = clusters.id) \
                     OR texts <> (SELECT count(*) FROM cluster_texts WHERE cluster_id = clusters.id)";
        assert_eq!(server.count(wrong), 0);
        let rows = Rows::of(server.db());
        assert_eq!(rows.number("SELECT CAST(sum(comments) AS BIGINT) AS n FROM alike_totals"), 38);
        let texts = rows.number("SELECT CAST(sum(texts) AS BIGINT) AS n FROM alike_totals");
        assert_eq!(texts, rows.count("cluster_texts"));
    }

    fn unique_and_all_are_told_at_the_desk_and_in_public(server: Server) {
        let (ada, bob, mo) = (server.stakeholder("ada"), server.stakeholder("bob"), server.moderator("mo"));
        let sent = [
            ada.comment_on_whole(NORM, "Name the cables.", "named"),
            bob.comment_on_whole(NORM, "name the CABLES", "named"),
            bob.comment_on_whole(NORM, "Name the satellites.", "named"),
        ];
        server.porter_round();
        mo.get("/secretariat").expect(200).reads("Campaigns (0)").reads("3 comments,").reads("2 different texts");
        for reference in &sent {
            mo.publish(reference);
        }
        let norm = format!("/norms/{NORM}");
        ada.get(&norm).expect(200).reads("3 published comments, 2 different proposals");
        ada.get("/overview").expect(200).reads("They ask for 2 different things");
        let form = bob.get(&format!("/my-comments/{}/withdrawal", sent[2])).expect(200).form("main form");
        form.press().expect(303);
        ada.get(&norm).expect(200).reads("2 published comments, 1 different proposal");
    }

    fn the_queue_marks_what_belongs_to_a_campaign(server: Server) {
        stored(&server, &vec![plain(HOSPITALS.paragraphs); 6]);
        let mo = server.moderator("mo");
        mo.get("/secretariat").expect(200).lacks("One of 6 alike");
        server.porter_round();
        let queue = mo.get("/secretariat").expect(200);
        queue.reads("Campaigns (1)");
        assert_eq!(queue.main().matches("One of 6 alike").count(), 6);
    }

    fn addresses_of_no_campaign_are_not_found(server: Server) {
        let (mo, id, text) = (server.moderator("mo"), "018f0000-0000-7000-8000-000000000000", "GCSC-N3-7K4Q-MW2R-9");
        mo.get(&format!("{LIST}/x")).expect(404);
        mo.get(&format!("/secretariat/campaigns/{id}")).expect(404);
        mo.get(&format!("/secretariat/campaigns/{id}/texts/{text}")).expect(404);
        let form = mo.get("/account").expect(200).form("form[action='/account/password']");
        for action in [format!("/secretariat/campaigns/{id}/texts"), format!("/secretariat/campaigns/{id}/additions")] {
            let status = form.clone().at(&action).press().status;
            assert!(matches!(status, 400 | 404), "{action}: {status}");
        }
        mo.get(&format!("{LIST}?after=x")).expect(400);
    }
}
