//! Readers report public comments: anybody may, the answer never tells what became of it, and the desk answers once for
//! all reports on one comment.

use std::sync::Barrier;
use std::thread;

use chrono::TimeDelta;

use crate::harness::client::css;
use crate::harness::form::Filled;
use crate::harness::{Backend, Client, Person, Server, on_both};

const NORM: &str = "botnets";

/// A public comment; its reference.
fn published(server: &Server, text: &str) -> (Person, Person, String) {
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = ada.comment_on_whole(NORM, text, "named");
    mo.publish(&reference);
    (ada, mo, reference)
}

fn report_form(client: &Client, reference: &str) -> Filled {
    client.get(&format!("/comments/{reference}/report")).expect(200).form("main form")
}

/// The addresses of the cases that the list shows.
fn listed(desk: &Client, query: &str) -> Vec<String> {
    let dom = desk.get(&format!("/secretariat/reports{query}")).expect(200).dom();
    dom.select(&css("tbody th a")).filter_map(|link| link.value().attr("href")).map(str::to_owned).collect()
}

on_both! {
    fn reports_on_one_comment_are_read_and_answered_together(server: Server) {
        let (ada, mo, reference) = published(&server, "Words that somebody minds.");
        let rita = server.anonymous();
        let page = rita.get(&format!("/comments/{reference}")).expect(200);
        page.reads("Report this comment").lacks("csrf");
        assert!(page.text().contains(&format!("/comments/{reference}/report")));
        let form = report_form(&rita, &reference);
        let wrong = form.clone().set("email", "rita").press().expect(422);
        assert_eq!(wrong.errors().len(), 2, "{:?}", wrong.errors());
        assert_eq!(wrong.form("main form").value("email"), "rita");
        form.clone().forge("complaint", "viewpoint").press().expect(422);
        let form = form.set("complaint", "insult").set("text", "The third word.").set("email", "rita@example.org");
        form.press().expect(200).reads("Your report is on its way");
        form.press().expect(200);
        let second = report_form(&rita, &reference).set("complaint", "insult").set("email", "rita@example.org");
        second.press().expect(200);
        report_form(&ada, &reference).set("complaint", "personal-data").set("email", "").press().expect(200);
        assert_eq!((server.count("report_cases"), server.count("comment_reports")), (1, 3));
        assert_eq!(server.audited("comment.reported"), 3);
        let letter = server.mail_to("rita@example.org");
        assert!(letter.body.contains(&reference) && !letter.body.contains("third word"), "{letter:?}");
        rita.get(&format!("/comments/{reference}")).expect(200).reads("Words that somebody minds.");

        mo.get("/secretariat").expect(200).reads("Reports (1)");
        let list = mo.get("/secretariat/reports").expect(200);
        list.reads("harasses somebody; It discloses personal data").reads("Reported by readers");
        let cases = listed(&mo, "");
        let [case] = cases.as_slice() else { panic!("{cases:?}") };
        let page = mo.get(case).expect(200);
        page.reads("3 reports").reads("The third word.").reads("Words that somebody minds.").reads("rita@example.org");
        ada.get(case).expect(403).lacks("rita@example.org");
        let form = page.form("main form");
        assert_eq!(form.press().expect(422).errors().len(), 2, "nothing is answered by default");
        let kept = form.clone().set("reply", "Thank you.").press().expect(422).form("main form");
        assert_eq!(kept.value("reply"), "Thank you.");
        form.clone().forge("answer", "delete").set("note", "x").press().expect(422);
        form.clone().forge("reports", "many").set("answer", "nothing").set("note", "x").press().expect(400);
        let form = form.set("answer", "nothing").set("reply", "We see no insult.").set("note", "Not an insult.");
        form.press().expect(303).follow().reads("The reports are answered");
        let letters = server.mails_to("rita@example.org");
        assert_eq!(letters.len(), 3, "each report is confirmed, all are answered once");
        let answer = &letters.last().unwrap().body;
        assert!(answer.contains("We see no insult.") && !answer.contains("Not an insult."), "{answer}");
        assert_eq!(server.audited("comment.reports_answered"), 1);
        assert_eq!(server.count("audit_log WHERE detail LIKE '%rita%' OR detail LIKE '%third word%'"), 0);
        mo.get("/secretariat").reads("Reports (0)");
        mo.get(case).expect(200).reads("Not an insult.").reads("It stays as it is");
        assert_eq!(listed(&mo, "?state=answered"), cases);
        mo.get("/secretariat/reports/x").expect(404);

        // What is reported after the answer is another case.
        report_form(&rita, &reference).set("complaint", "illegal").press().expect(200);
        let again = listed(&mo, "");
        assert!(again.len() == 1 && again != cases, "{again:?}");
        mo.get(&again[0]).expect(200).reads("Other reports on this comment");
        server.assert_audit_holds();
    }

    fn an_answer_is_given_once_and_for_the_reports_that_were_read(server: Server) {
        let (_, mo, reference) = published(&server, "Reported often.");
        let ray = server.moderator("ray");
        let rita = server.anonymous();
        report_form(&rita, &reference).set("complaint", "insult").press().expect(200);
        let case = listed(&mo, "").pop().unwrap();
        let read = |who: &Person, note: &str| {
            who.get(&case).form("main form").set("answer", "review").set("note", note).set("reply", "Kept words.")
        };
        let early = read(&mo, "Before the second.");
        report_form(&rita, &reference).set("complaint", "illegal").press().expect(200);
        let lost = early.press().expect(409);
        lost.reads("Before the second.").reads("Kept words.").reads("2 reports");
        assert_eq!(server.audited("comment.reports_answered"), 0);
        assert_eq!(lost.form("main form").value("note"), "Before the second.");

        let (mine, theirs) = (read(&mo, "Mine."), read(&ray, "Theirs."));
        let together = Barrier::new(2);
        let press = |form: &Filled| {
            together.wait();
            form.press()
        };
        let answers = thread::scope(|scope| {
            let both = [&mine, &theirs].map(|form| scope.spawn(move || press(form)));
            both.map(|answer| answer.join().unwrap())
        });
        let mut statuses = answers.each_ref().map(|answer| answer.status);
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let lost = answers.iter().find(|answer| answer.status == 409).unwrap();
        lost.reads("Mine.").reads("Theirs.").reads("Kept words.");
        let won = answers.iter().find(|answer| answer.status == 303).unwrap();
        assert_eq!(won.location(), format!("/secretariat/comments/{reference}"));
        assert_eq!(server.audited("comment.reports_answered"), 1);
    }

    fn whoever_reports_reads_the_same_whatever_becomes_of_it(server: Server) {
        let (ada, mo, public) = published(&server, "Everyone may read this.");
        let waiting = ada.comment_on_whole(NORM, "Nobody may read this yet.", "named");
        let confidential = ada.comment_on_whole(NORM, "For the Commission alone.", "commission");
        mo.publish(&confidential);
        let rita = server.anonymous();
        let read = |reference: &str| {
            let form = report_form(&rita, reference).set("complaint", "insult").set("email", "rita@example.org");
            form.press().expect(200).text().replace(reference, "THAT")
        };
        let of_public = read(&public);
        for other in [waiting.as_str(), &confidential, "GCSC-N3-7K4Q-MW2R-9"] {
            assert_eq!(read(other), of_public, "{other}");
        }
        assert_eq!(server.count("comment_reports"), 1);
        rita.get("/comments/nothing/report").expect(404);
        report_form(&rita, &public).forge("form_id", "x").press().expect(400);
        assert_eq!(server.mails_to("rita@example.org").len(), 1);
    }

    fn both_sorts_stand_in_one_list_in_the_order_they_came_page_by_page(server: Server) {
        let (_, mo, reference) = published(&server, "Reported and in a wrong name.");
        let nina = server.anonymous();
        for at in 0..51 {
            let email = format!("nina{at}@example.org");
            let form = nina.get(&format!("/name-report?reference={reference}")).form("main form");
            form.set("name", "Nina").set("email", &email).set("text", "Not me.").press().expect(200);
            server.pass(TimeDelta::seconds(1));
        }
        report_form(&nina, &reference).set("complaint", "false-name").press().expect(200);
        let first = mo.get("/secretariat/reports").expect(200);
        let shown = listed(&mo, "");
        assert!(shown.len() == 50 && shown.iter().all(|it| it.contains("/name-reports/")), "{shown:?}");
        let next = first.dom().select(&css("a[rel=next]")).next().unwrap().value().attr("href").unwrap().to_owned();
        let rest = listed(&mo, next.strip_prefix("/secretariat/reports").unwrap());
        assert_eq!(rest.len(), 2, "{rest:?}");
        assert!(rest[1].starts_with("/secretariat/reports/"), "{rest:?}");
        mo.get(&rest[1]).expect(200).reads("A name was used");
        mo.get(&rest[0]).expect(200).reads("Readers report these comments too");
    }
}

/// A portal behind a server on the same machine.
fn behind_a_proxy(backend: Backend) -> Server {
    Server::start_with(backend, |config| config.server.proxies = vec!["127.0.0.1".parse().unwrap()])
}

fn press_from(client: &Client, form: &Filled, path: &str, address: &str) -> u16 {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form.values()).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", address)];
    client.post_with(path, &headers, body.as_bytes()).status
}

on_both! {
    fn a_thousand_reports_from_one_address_fill_no_list(backend: Backend) {
        let server = behind_a_proxy(backend);
        let (_, mo, reference) = published(&server, "A target.");
        let (flood, rita) = (server.anonymous(), server.anonymous());
        let path = format!("/comments/{reference}/report");
        let form = report_form(&flood, &reference).set("complaint", "insult");
        for at in 0..1_000 {
            let form = form.clone().forge("form_id", &format!("018f0000-0000-7000-8000-{at:012}"));
            // One subscriber has all the addresses of a network.
            assert_eq!(press_from(&flood, &form, &path, &format!("2001:db8:1:2::{at:x}")), 200);
        }
        assert_eq!(server.count("comment_reports"), 20);
        let other = report_form(&rita, &reference).set("complaint", "insult");
        assert_eq!(press_from(&rita, &other, &path, "198.51.100.7"), 200);
        assert_eq!(server.count("comment_reports"), 21);
        assert_eq!(listed(&mo, "").len(), 1);
        server.pass(TimeDelta::minutes(61));
        let later = report_form(&flood, &reference).set("complaint", "insult");
        assert_eq!(press_from(&flood, &later, &path, "2001:db8:1:2::1"), 200);
        assert_eq!(server.count("comment_reports"), 22);

        assert_eq!(server.count("comment_reports WHERE sender IS NOT NULL"), 22);
        server.pass(TimeDelta::hours(49));
        server.keeper_round();
        assert_eq!(server.count("comment_reports WHERE sender IS NOT NULL"), 0);
        assert_eq!(server.count("sender_keys"), 0);
        assert_eq!(server.count("comment_reports"), 22);
    }
}
