//! What authors and readers were told and what readers reported is part of the record: in the Commission's archive, without
//! their addresses unless these are asked for, and without words that were taken out.

use super::{Empty, archived, entries, files, filled, whole};
use crate::harness::{Backend, Server, on_both};
use norm_portal::export::model::{Edition, Format};

/// A word that readers repeat in their reports.
const NUMBER: &str = "kingfisher";

/// Everything of [`filled`], and two reports by readers, one of them answered. The reference of the comment they are on.
fn reported(server: &Server) -> String {
    let public = filled(server);
    let (mo, rita) = (server.moderator("kit"), server.anonymous());
    let ada = server.stakeholder("adele");
    let reference = ada.comment_on_whole("botnets", &format!("My telephone is {NUMBER}."), "named");
    mo.publish(&reference);
    let form = rita.get(&format!("/comments/{reference}/report")).expect(200).form("main form");
    let form = form.set("complaint", "personal-data").set("text", &format!("It says {NUMBER}."));
    form.set("email", "rita@example.org").press().expect(200);
    let form = rita.get(&format!("/name-report?reference={}", public[0])).expect(200).form("main form");
    let both = format!("{}\n{reference}", public[0]);
    let form = form.set("reference", &both).set("name", "Nina Named").set("email", "nina@example.org");
    let form = form.set("text", &format!("That was not me, nor is {NUMBER} mine."));
    form.press().expect(200);
    let list = mo.get("/secretariat/reports").expect(200);
    let form = mo.get(&list.link("tbody a[href*='/name-reports/']")).expect(200).form("main form");
    let form = form.set("answer", "nothing").set("reply", "We asked its author.").set("note", "A note of the desk.");
    form.press().expect(303);
    let sent = server.mails();
    assert!(sent.iter().any(|mail| mail.to == "nina@example.org"), "letters left: the archive holds no other");
    reference
}

fn commission(server: &Server, format: Format) -> Vec<u8> {
    archived(server, (server.db(), &files(server)), Edition::Commission, format)
}

on_both! {
    fn letters_statements_and_reports_are_in_the_record_of_the_commission(server: Server) {
        reported(&server);
        let first = commission(&server, Format::Archive);
        let parts = entries(&first);
        let part = |name: &str| String::from_utf8_lossy(&parts[&format!("{name}.jsonl")]).into_owned();
        let rows = |name: &str| i64::try_from(part(name).lines().count()).unwrap();
        assert_eq!(rows("statements"), server.count("statements"), "all left, none repeats what was taken out");
        assert!(rows("statements") > 0 && part("statements").contains("my-comments"), "{}", part("statements"));
        assert!(part("outbox").contains("receipt:") && part("outbox").contains("decided:"));
        assert!(part("comment_reports").contains(NUMBER) && part("name_reports").contains("We asked its author."));
        assert_eq!((rows("report_cases"), rows("comment_reports"), rows("name_reports")), (1, 1, 1));
        let all = whole(&first);
        for never in ["@example.org", "A note of the desk.", "/confirm/"] {
            assert!(!all.contains(never), "{never}");
        }
        let asked = whole(&commission(&server, Format::ArchiveWithAddresses));
        assert!(asked.contains("rita@example.org") && asked.contains("nina@example.org"));
        let public = whole(&archived(&server, (server.db(), &files(&server)), Edition::Public, Format::Archive));
        for never in ["That was not me", "Nina Named", "It says", "receipt:"] {
            assert!(!public.contains(never), "{never}");
        }
    }

    fn they_come_back_as_they_were_and_nothing_is_sent_again(server: Server) {
        reported(&server);
        for format in [Format::Archive, Format::ArchiveWithAddresses] {
            let first = commission(&server, format);
            for backend in [Backend::Sqlite, Backend::Postgresql] {
                let other = Empty::on(backend);
                other.read(&server, &first).unwrap_or_else(|error| panic!("{format}: {error}"));
                let again = archived(&server, (&other.db, &other.files), Edition::Commission, format);
                assert!(first == again, "{format}");
                assert_eq!(other.rows().count("outbox WHERE state <> 'sent'"), 0);
                assert_eq!(other.rows().count("statements"), server.count("statements"));
                assert_eq!(other.rows().count("comment_reports WHERE sender IS NOT NULL"), 0);
            }
        }
    }

    fn words_that_were_taken_out_are_in_no_report_about_them(server: Server) {
        let reference = reported(&server);
        let before = whole(&commission(&server, Format::Archive));
        assert!(before.contains(NUMBER));
        crate::redaction::take_out(&server.moderator("zoe"), &reference, NUMBER);
        server.mails();
        let bytes = commission(&server, Format::ArchiveWithAddresses);
        let after = whole(&bytes);
        assert!(!after.contains(NUMBER) && after.contains("rita@example.org"));
        for told in ["Nina Named", "We asked its author."] {
            assert!(before.contains(told) && !after.contains(told), "{told}");
        }
        let other = Empty::on(Backend::Sqlite);
        other.read(&server, &bytes).unwrap();
        assert!(bytes == archived(&server, (&other.db, &other.files), Edition::Commission, Format::ArchiveWithAddresses));
    }
}
