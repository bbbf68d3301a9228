//! Appeals: one for each decision, in time, heard by somebody else, with reasons; the database holds that too.

use chrono::TimeDelta;
use norm_portal::moderation::redaction::store::{Appeals, appeals_counted};

use super::{NORM, appeal, appeal_path, audited, hearing, published, take_out};
use crate::harness::rows::Rows;
use crate::harness::{Backend, Person, Server, on_both};
use crate::races::{at_once, with_status};

fn counted(server: &Server) -> Appeals {
    server.db().read_blocking(appeals_counted).unwrap()
}

fn declined(ada: &Person, mo: &Person) -> String {
    let reference = ada.comment_on_whole(NORM, "Judge me.", "named");
    mo.decide(&reference, "decline", "off-topic", "It is about the weather.").expect(303);
    reference
}

/// What the figures say of appeals against redactions: made, decided, right.
fn figures(sec: &Person) -> Vec<String> {
    sec.get("/secretariat/figures").expect(200).all("[aria-labelledby=rest] dd").split_off(4)[..3].to_vec()
}

on_both! {
    fn an_appeal_that_is_right_puts_the_words_back(server: Server) {
        let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
        let reference = published(&ada, &mo, "Ask Jan Qwertz, zebra it.");
        take_out(&mo, &reference, "Jan Qwertz");
        take_out(&mo, &reference, "zebra");
        let path = appeal_path(&ada, &reference);
        let form = ada.get(&path).expect(200).form("main form");
        form.press().expect(422).reads("Say why");
        form.clone().set("text", "Publicly known.").press().expect(303).follow().reads("Your appeal is received");
        form.set("text", "Once more.").press().expect(409).reads("Once more.");
        let eve = server.stakeholder("eve");
        eve.get(&path).expect(404);
        let none = "018f0000-0000-7000-8000-000000000000";
        ada.get(&format!("/my-comments/{reference}/redactions/{none}/appeal")).expect(404);
        server.anonymous().get(&format!("/comments/{reference}")).expect(200).lacks("zebra");

        mo.get("/secretariat/redaction-appeals").expect(403);
        let path = hearing(&sec);
        let page = sec.get(&path).expect(200);
        page.reads("Publicly known.").reads(&reference).lacks("Qwertz");
        let form = page.form("main form");
        form.press().expect(422).reads("Write the reasons");
        let form = form.set("outcome", "restored").set("statement", "It is no name.");
        form.press().expect(303).follow().reads("is decided");
        form.press().expect(409).reads("It is no name.");
        // What the appeal was about is back; what another redaction took out is not.
        let shown = server.anonymous().get(&format!("/comments/{reference}")).expect(200);
        shown.reads("zebra it.").reads("in 1 place").lacks("Qwertz");
        let found = server.anonymous().get("/api/v1/comments?q=zebra").expect(200);
        assert!(found.text().contains(&reference));
        let letter = server.mail_to(&ada.email);
        assert!(letter.subject.contains("was right") && letter.body.contains("It is no name."), "{letter:?}");
        let own = ada.get(&format!("/my-comments/{reference}")).expect(200);
        own.reads("the words were put back").reads("It is no name.");
        // The first redaction can still be appealed; the second can't any more.
        assert_eq!(own.all("a[href*='/redactions/']").len(), 1);
        assert_eq!((audited(&server, "comment.redaction_appealed"), audited(&server, "comment.redaction_lifted")), (1, 1));
        assert_eq!(counted(&server), Appeals { overturned: 1, upheld: 0 });
        assert_eq!(figures(&sec), ["1", "1", "1"]);
        server.assert_audit_holds();
    }

    fn an_appeal_that_is_wrong_is_final(server: Server) {
        let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
        let reference = ada.comment_on_whole(NORM, "Ask Jan Qwertz pronto.", "named");
        take_out(&mo, &reference, "Jan Qwertz");
        let link = appeal_path(&ada, &reference);
        appeal(&ada, &reference, "Publicly known.");
        let page = sec.get(&hearing(&sec)).expect(200);
        let taken_out = page.all(".answers .answer").into_iter().find(|it| it.contains("Third party's personal data")).unwrap();
        assert!(taken_out.starts_with("Text of the comment") && !taken_out.contains("Qwertz"), "{taken_out}");
        let form = page.form("main form").set("outcome", "upheld");
        let answers = at_once(6, |_| form.clone().set("statement", "It is a private person.").press());
        assert_eq!((with_status(&answers, 303), with_status(&answers, 409)), (1, 5), "{answers:?}");
        server.anonymous().get(&format!("/comments/{reference}")).expect(200).lacks("Qwertz");
        assert!(server.mail_to(&ada.email).body.contains("This decision is final"));
        ada.get(&link).expect(409).reads("no appeal");
        sec.get("/secretariat/redaction-appeals").expect(200).reads("No appeals here");
        assert_eq!(figures(&sec), ["1", "1", "0"]);
        sec.get("/secretariat/redaction-appeals?state=ended").expect(200).reads(&reference).reads("The words stay out");
        let own = declined(&ada, &mo);
        let form = ada.get(&format!("/my-comments/{own}/appeal")).form("main form");
        form.set("text", "Again.").press().expect(303);
        server.moderator("ray").decide(&own, "publish", "", "You are right.").expect(303);
        assert_eq!(counted(&server), Appeals { overturned: 1, upheld: 1 });
        server.assert_audit_holds();
    }

    fn whoever_took_words_out_does_not_hear_the_appeal(server: Server) {
        let (ada, sec, two) = (server.stakeholder("ada"), server.secretariat("sec"), server.secretariat("two"));
        let reference = ada.comment_on_whole(NORM, "Ask Jan Qwertz pronto.", "named");
        take_out(&sec, &reference, "Jan Qwertz");
        appeal(&ada, &reference, "Publicly known.");
        let path = hearing(&sec);
        let barred = sec.get(&path).expect(200);
        barred.reads("Somebody else must hear").lacks("redaction-ending");
        assert!(barred.all("main form").is_empty());
        let csrf = sec.get("/sign-out").form("main form").value("csrf").to_owned();
        let fields = [("csrf", csrf.as_str()), ("outcome", "upheld"), ("statement", "It stays.")];
        sec.post(&path, &fields).expect(403);
        let form = two.get(&path).expect(200).form("main form").set("outcome", "upheld");
        form.set("statement", "It stays.").press().expect(303);
        sec.get("/secretariat/redaction-appeals/018f0000-0000-7000-8000-000000000000").expect(404);
    }

    fn an_appeal_after_its_time_is_refused_with_words(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let (gone, cut) = (declined(&ada, &mo), ada.comment_on_whole(NORM, "Ask Jan Qwertz pronto.", "named"));
        take_out(&mo, &cut, "Jan Qwertz");
        let letters = server.mails_to(&ada.email);
        let told = letters.iter().filter(|mail| mail.body.contains("23 December 2026, 23:59 UTC")).count();
        assert_eq!(told, 2, "both letters say until when");
        let forms = [format!("/my-comments/{gone}/appeal"), appeal_path(&ada, &cut)].map(|path| {
            ada.get(&path).expect(200).reads("until 23 December 2026, 23:59 UTC").form("main form").set("text", "Late.")
        });
        server.pass(TimeDelta::days(30) + TimeDelta::hours(12));
        ada.sign_in();
        let csrf = ada.get("/sign-out").form("main form").value("csrf").to_owned();
        for form in &forms {
            let late = form.clone().forge("csrf", &csrf).press().expect(409);
            late.reads("The time to appeal ended on 23 December 2026").reads("Late.");
            ada.get(form.action()).expect(409);
        }
        ada.get(&format!("/my-comments/{gone}")).expect(200).reads("The time to appeal is over");
        assert_eq!(server.count("appeals") + server.count("redaction_appeals"), 0);
    }
}

/// What the database itself refuses, past all code.
fn refuses(backend: Backend) {
    let server = Server::start(backend);
    let (ada, mo, sec) = (server.stakeholder("ada"), server.moderator("mo"), server.secretariat("sec"));
    let rows = Rows::of(server.db());
    let refusal = |sql: &str| match rows.try_execute(sql) {
        Ok(changed) => panic!("{changed} rows by {sql}"),
        Err(error) => error.to_string(),
    };
    declined(&ada, &mo);
    let second = |by: &str, statement: &str| {
        let id = match backend {
            Backend::Sqlite => "randomblob(16)",
            Backend::Postgresql => "decode(md5(random()::text), 'hex')",
        };
        format!(
            "INSERT INTO decisions (id, comment_id, revision, outcome, reason, statement, note, decided_by, decided_at, round, undone_words) \
             SELECT {id}, comment_id, revision, 'publish', NULL, '{statement}', '', {by}, decided_at, 1, '' FROM decisions"
        )
    };
    let somebody = "(SELECT id FROM accounts WHERE email = 'sec@example.org')";
    assert!(refusal(&second("decided_by", "Again.")).contains("decided by somebody else"));
    assert!(refusal(&second(somebody, " ")).contains("answered with reasons"));
    assert_eq!(rows.execute(&second(somebody, "Again.")), 1);

    let reference = ada.comment_on_whole(NORM, "Ask Jan Qwertz pronto.", "named");
    take_out(&sec, &reference, "Jan Qwertz");
    appeal(&ada, &reference, "Publicly known.");
    let end = |by: &str, statement: &str| {
        format!(
            "UPDATE redaction_appeals SET outcome = 'upheld', statement = '{statement}', decided_at = made_at, \
             decided_by = (SELECT id FROM accounts WHERE email = '{by}')"
        )
    };
    assert!(refusal(&end("sec@example.org", "It stays.")).contains("decided by somebody else"));
    assert!(refusal(&end("mo@example.org", "")).contains("answered with reasons"));
    assert_eq!(rows.execute(&end("mo@example.org", "It stays.")), 1);
    assert!(refusal(&end("mo@example.org", "It stays.")).contains("final"));
}

#[test]
fn sqlite_refuses_a_second_look_by_the_first_decider() {
    refuses(Backend::Sqlite);
}

#[test]
fn postgresql_refuses_a_second_look_by_the_first_decider() {
    refuses(Backend::Postgresql);
}
