//! Somebody's name was used: anybody reports, the desk handles.

use chrono::TimeDelta;

use super::NORM;
use crate::harness::form::Filled;
use crate::harness::{Client, Server, on_both};

fn filled(client: &Client, email: &str) -> Filled {
    let form = client.get("/name-report?reference=GCSC-N3-7K4Q-MW2R-9").expect(200).form("main form");
    form.set("name", "Nina Named").set("email", email).set("text", "That was not me.")
}

on_both! {
    fn a_report_reaches_the_desk_and_is_handled_once(server: Server) {
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let reference = ada.comment_on_whole(NORM, "In the name of Nina.", "named");
        mo.publish(&reference);
        let nina = server.anonymous();
        let link = format!("/name-report?reference={reference}");
        assert!(nina.get(&format!("/comments/{reference}")).expect(200).text().contains(&link));
        let form = nina.get(&link).expect(200).form("main form");
        assert_eq!(form.value("reference"), reference);
        let wrong = form.clone().set("reference", &format!("{reference}\nGCSC-N4-7K4Q-MW2R-9")).press().expect(422);
        assert_eq!(wrong.errors().len(), 4, "{:?}", wrong.errors());
        let form = form.set("name", "Nina Named").set("email", "nina@example.org").set("text", "That was not me.");
        form.press().expect(200).reads("The Secretariat has your report");
        form.press().expect(200);
        assert_eq!((server.count("name_reports"), server.audited("name_report.made")), (1, 1));
        let letter = server.mail_to("nina@example.org");
        assert!(letter.body.contains(&reference) && !letter.body.contains("That was not me"), "{letter:?}");
        assert_eq!(server.count("audit_log WHERE detail LIKE '%Nina%' OR detail LIKE '%nina%'"), 0);

        mo.get("/secretariat").expect(200).reads("Reports (1)");
        let list = mo.get("/secretariat/reports").expect(200);
        list.reads("Nina Named").reads(&reference).reads("A name was used");
        let dom = list.dom();
        let path = dom.select(&crate::harness::client::css("tbody th a")).next().unwrap();
        let path = path.value().attr("href").unwrap().to_owned();
        assert!(path.starts_with("/secretariat/name-reports/"), "{path}");
        let page = mo.get(&path).expect(200);
        page.reads("That was not me.").reads("nina@example.org");
        let form = page.form("main form").set("answer", "nothing").set("reply", "It was withdrawn.");
        let late = ray.get(&path).form("main form").set("answer", "review").set("note", "Mine.");
        form.press().expect(422).reads("Note what was done");
        form.set("note", "Withdrawn by its author.").press().expect(303).follow().reads("The reports are answered");
        late.press().expect(409).reads("Mine.").reads("Withdrawn by its author.");
        assert_eq!(server.audited("name_report.handled"), 1);
        let letter = server.mail_to("nina@example.org");
        assert!(letter.body.contains("It was withdrawn.") && !letter.body.contains("by its author"), "{letter:?}");
        assert_eq!(server.mails_to("nina@example.org").len(), 2);
        mo.get("/secretariat").reads("Reports (0)");
        mo.get("/secretariat/reports?state=answered").expect(200).reads("Nina Named");
        mo.get("/secretariat/reports?after=x").expect(400);
        mo.get("/secretariat/name-reports/x").expect(404);
        ada.get(&path).expect(403).lacks("nina@example.org");
        server.assert_audit_holds();
    }

    fn reports_can_not_flood_the_desk(server: Server) {
        let nina = server.anonymous();
        for _ in 0..20 {
            filled(&nina, "nina@example.org").press().expect(200);
        }
        let full = filled(&nina, "nina@example.org").press().expect(422);
        full.reads("can't take more reports");
        assert_eq!(full.form("main form").value("text"), "That was not me.");
        filled(&nina, "other@example.org").press().expect(200);
        assert_eq!(server.mails_to("nina@example.org").len(), 10, "ten letters an hour");
        server.pass(TimeDelta::minutes(61));
        filled(&nina, "nina@example.org").press().expect(200);
        nina.get("/name-report").form("main form").forge("form_id", "x").press().expect(400);
        assert_eq!(server.count("name_reports"), 22);
    }
}
