//! The Secretariat's part of the report on the consultation: written, in both files, kept whole when two write at once.

use norm_portal::export::model::{Edition, Format};

use super::{File, exported};
use crate::harness::{Server, on_both};

const PATH: &str = "/secretariat/deliberation/report";

on_both! {
    fn what_the_secretariat_writes_stands_in_the_report(server: Server) {
        let sec = server.secretariat("sec");
        let page = sec.get(PATH).expect(200);
        page.reads("Your part of the staff report");
        let form = page.form("main form").set("overview", "Six norms.\n\n=Next: a report.").set("summary", "Most want <clearer> words.");
        form.press().expect(303);
        sec.get(PATH).expect(200).reads("Six norms.").reads("Most want <clearer> words.").reads("Written last");
        for (format, key) in [(Format::IcannHtml, "text"), (Format::IcannDocx, "paragraphs")] {
            for edition in [Edition::Public, Edition::Commission] {
                let File { read, .. } = exported(&server, edition, format, None);
                let text = read[key].to_string();
                assert!(text.contains("=Next: a report."), "{format}: {text:.900}");
                assert!(text.contains("Most want <clearer> words."), "{format}");
                assert!(!text.contains("has not written it yet"), "{format}");
            }
        }
        let log = server.count("audit_log WHERE action = 'report.written'");
        assert_eq!(log, 1);
        // The same again changes nothing; too long a text is told and kept.
        sec.get(PATH).expect(200).form("main form").press().expect(303);
        assert_eq!(server.count("audit_log WHERE action = 'report.written'"), 1);
        let too_much = "a".repeat(100_001);
        let refused = sec.get(PATH).expect(200).form("main form").set("summary", &too_much).press().expect(422);
        assert_eq!(refused.form("main form").value("summary"), too_much);
    }

    fn of_two_who_write_one_is_told_and_keeps_the_words(server: Server) {
        let (sec, other) = (server.secretariat("sec"), server.secretariat("ray"));
        for words in ["first", "second"] {
            let (quick, slow) = (sec.get(PATH).expect(200).form("main form"), other.get(PATH).expect(200).form("main form"));
            quick.set("summary", &format!("The {words} is here.")).press().expect(303);
            let late = slow.set("summary", &format!("Not the {words}.")).press().expect(409);
            late.reads(&format!("The {words} is here."));
            assert_eq!(late.form("main form").value("summary"), format!("Not the {words}."));
        }
        sec.get(PATH).expect(200).reads("The second is here.");
    }

    fn words_outlive_the_session_they_were_written_in(server: Server) {
        let sec = server.secretariat("sec");
        let form = sec.get(PATH).expect(200).form("main form").set("summary", "Written for an hour.");
        // A proof in another tab gives the session another secret, and its forms another token.
        sec.prove();
        let kept = form.press().expect(403).form("main form");
        assert_eq!(kept.value("summary"), "Written for an hour.");
        kept.press().expect(303);
        sec.get(PATH).expect(200).reads("Written for an hour.");
    }

    fn only_the_secretariat_writes_it(server: Server) {
        server.moderator("mo").get(PATH).expect(403);
        server.stakeholder("ada").get(PATH).expect(403);
    }
}
