//! A comment table that came by mail: entered row by row for its author, in one step.

use super::{Filled, closing_today};
use crate::harness::{Person, Server, on_both};
use crate::tables::CONFIRM;

const SHEET: &str = "Norm,Clause,Line,Words,Kind,Concern,Proposed wording,Why\n\
                     avoid-tampering,whole,,,,,,The first row.\n\
                     botnets,whole,,,,,,The second row.\n";

/// The preview of the table, with how it came filled in.
fn preview(desk: &Person, email: &str) -> Filled {
    let page = desk.preview_of("table.csv", SHEET.as_bytes());
    page.reads("2 comments ready to be sent").reads("Did the table come another way?");
    let form = page.form(CONFIRM).set("publication", "named").set("entered", "yes").set("channel", "e-mail");
    form.set("received_on", "2026-11-20")
        .set("name", "Petra Paper")
        .set("stakeholder_group", "individual")
        .set("email", email)
}

on_both! {
    fn a_table_is_entered_for_its_author(server: Server) {
        closing_today(&server);
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        ada.preview_of("table.csv", SHEET.as_bytes()).lacks("received_on");
        let form = preview(&mo, "petra@example.org");
        let wrong = form.clone().set("received_on", "2026-11-12").go("send").expect(422);
        wrong.reads("none of this consultation");
        assert_eq!(wrong.form(CONFIRM).value("name"), "Petra Paper");
        assert_eq!(form.clone().set("name", "").set("channel", "").go("send").expect(422).errors().len(), 2);
        assert_eq!(server.count("comments"), 0);
        form.go("send").expect(303).follow().reads("entered and wait in the queue");
        assert_eq!(form.go("send").expect(303).location(), "/secretariat", "sent twice");
        assert_eq!(server.count("comments WHERE channel = 'e-mail' AND author_name = 'Petra Paper'"), 2);
        assert_eq!((server.count("received_comments"), server.count("submissions")), (2, 1));
        assert_eq!((server.audited("comment.entered"), server.audited("submission.entered")), (2, 1));
        assert!(server.mail_to("petra@example.org").body.contains("The second row."));
        let queue = mo.get("/secretariat").expect(200);
        queue.reads("E-mail, entered");
        for reference in queue.all("tbody th a") {
            mo.decide(&reference, "publish", "", "").expect(422);
            ray.publish(&reference);
        }
        server.assert_audit_holds();
    }

    fn a_stakeholder_enters_nothing_for_others(server: Server) {
        closing_today(&server);
        let ada = server.stakeholder("ada");
        let form = ada.preview_of("table.csv", SHEET.as_bytes()).form(CONFIRM).set("publication", "named");
        let forged = form.forge("entered", "yes").forge("channel", "letter").forge("received_on", "2026-11-20");
        forged.forge("name", "Petra").forge("stakeholder_group", "individual").go("send").expect(403);
        assert_eq!((server.count("comments"), server.count("received_comments")), (0, 0));
    }
}
