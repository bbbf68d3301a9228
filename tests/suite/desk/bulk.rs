//! Many at once: the exact number, a result for each, one letter each, undone together, and never more than a hundred.

use chrono::TimeDelta;

use super::{NORM, claim, desk, holding, later, letters};
use crate::harness::form::Filled;
use crate::harness::{Backend, Person, Server, on_both};

fn sent(server: &Server, author: &Person, how_many: usize) -> Vec<String> {
    let one = |number| {
        server.pass(TimeDelta::seconds(1));
        author.comment_on_whole(NORM, &format!("Number {number}."), "named")
    };
    (0..how_many).map(one).collect()
}

/// The page that confirms a decision on the comments at these rows of the queue.
#[track_caller]
fn chosen(person: &Person, rows: &[usize]) -> Filled {
    let queue = person.get("/secretariat").expect(200).form("form[action*='/bulk']");
    let boxes = queue.offered("item");
    let ticked = rows.iter().fold(queue, |queue, row| queue.tick("item", &boxes[*row]));
    let page = ticked.go("chosen").expect(200);
    assert_eq!(page.one("h1"), format!("Decide on {} comments", rows.len()));
    page.form("form[action*='/bulk']")
}

on_both! {
    fn each_of_many_has_a_result_an_entry_and_a_letter(backend: Backend) {
        let server = holding(backend);
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let all = sent(&server, &ada, 6);
        let own = mo.comment_on_whole(NORM, "By a moderator.", "named");
        let form = chosen(&mo, &[0, 1, 2, 3, 4, 6]);
        ray.publish(&all[2]);
        claim(&ray, &all[3], "claim").expect(303);
        ada.get(&format!("/my-comments/{}/withdrawal", all[4])).form("main form").press().expect(303);
        form.press().expect(422).reads("Choose what you decide");
        let form = form.set("outcome", "publish").set("note", "Together.");
        let page = form.press().expect(303).follow().expect(200);
        assert_eq!(page.one("h1"), "2 of 6 decided");
        let results = page.all("tbody td:nth-child(2)");
        let wanted = [
            "Decided".to_owned(),
            "Decided".to_owned(),
            format!("Not decided: {} was quicker", ray.name),
            format!("Not decided: {} works on it", ray.name),
            "Not decided: it changed meanwhile".to_owned(),
            "Not decided: your own comment, or one that you entered".to_owned(),
        ];
        assert_eq!(results, wanted);
        assert_eq!(server.count("decisions WHERE batch_id IS NOT NULL"), 2);
        assert_eq!(server.count("audit_log WHERE action = 'comment.published' AND detail LIKE '%\"batch\"%'"), 2);
        // The same form again is the same batch.
        let again = form.press().expect(303).location();
        assert_eq!((again, server.count("batches")), (page.path.clone(), 1));
        desk(&mo, &own).reads("your own comment");
        later(&server);
        assert_eq!(letters(&server, &ada, "is published"), 3, "the two, and the one of the other moderator");
        server.assert_audit_holds();
    }

    fn a_batch_is_undone_within_the_hold_and_after_it(backend: Backend) {
        let server = holding(backend);
        let (ada, mo, ray) = (server.stakeholder("ada"), server.moderator("mo"), server.moderator("ray"));
        let all = sent(&server, &ada, 3);
        let decline = |form: Filled| form.set("outcome", "decline").set("reason", "duplicate").press().expect(303).follow();
        let page = decline(chosen(&mo, &[0, 1, 2]));
        assert_eq!(server.count("decisions WHERE statement = ''"), 0, "the text for the reason is sent");
        mo.get("/secretariat").expect(200).reads("See or undo all that you decided with it");
        ray.get(&page.path).expect(200).reads("3 of 3 decided").lacks("/undo\"");
        page.reads("None of the letters has left").form("form[action$='/undo']").press().expect(303).follow()
            .reads("Every decision was undone");
        assert_eq!(server.count("comments WHERE state = 'pending'"), 3);
        later(&server);
        assert_eq!(letters(&server, &ada, "is declined") + letters(&server, &ada, "withdrawn"), 0);
        assert_eq!(server.audited("decision.undone"), 3);

        let page = decline(chosen(&mo, &[0, 1, 2]));
        later(&server);
        assert_eq!(letters(&server, &ada, "is declined"), 3);
        let appeal = ada.get(&format!("/my-comments/{}/appeal", all[1])).form("main form").set("text", "No.");
        appeal.press().expect(303);
        let form = mo.get(&page.path).expect(200).form("form[action$='/undo']");
        form.press().expect(422).reads("Write what the author is told");
        let some = form.set("words", "We had the wrong list.").press().expect(303).follow();
        some.reads("What could be undone was undone").reads("Appealed");
        assert_eq!(some.all("tbody td:nth-child(2)"), ["Decided and undone", "Decided", "Decided and undone"]);
        assert_eq!(letters(&server, &ada, "withdrawn"), 2);
        let csrf = ray.get("/sign-out").form("main form").value("csrf").to_owned();
        ray.post(&format!("{}/undo", page.path), &[("csrf", &csrf), ("words", "x")]).expect(403);
        server.assert_audit_holds();
    }

    fn all_that_is_listed_is_a_hundred_at_the_most(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let all = sent(&server, &ada, 3);
        let lever = ada.propose_lever(NORM, "Do it.", "named");
        let queue = mo.get("/secretariat?kind=general").expect(200).form("form[action*='/bulk']");
        let page = queue.go("filtered").expect(200);
        assert_eq!((page.one("h1"), page.all("tbody th")), ("Decide on 3 comments".to_owned(), all));
        page.form("form[action*='/bulk']").set("outcome", "publish").press().expect(303);
        assert_eq!(server.count("comments WHERE state = 'published'"), 3);
        mo.get("/secretariat").expect(200).reads(&lever);
        mo.get("/secretariat?kind=general").expect(200).reads("No comment fits the filter");
    }
}

#[test]
fn a_thousand_in_a_forged_form_are_refused_and_nothing_is_done() {
    let server = Server::start(Backend::Sqlite);
    let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
    let reference = sent(&server, &ada, 1).remove(0);
    let form = chosen_one(&mo);
    let mark = form.value("item").to_owned();
    let (_, rest) = mark.split_once('.').unwrap();
    let post = |how_many: usize, rest: &str, outcome: &str| {
        let items: String = (0..how_many).map(|n| format!("&item=018f0000-0000-7000-8000-{n:012}.{rest}")).collect();
        let (csrf, batch) = (form.value("csrf"), form.value("batch"));
        let body = format!("csrf={csrf}&batch={batch}&go=decide&outcome={outcome}&item={mark}{items}");
        mo.post_bytes("/secretariat/bulk", "application/x-www-form-urlencoded", body.as_bytes())
    };
    let refused = post(980, rest, "publish").expect(422);
    assert_eq!(refused.one("h1"), "981 comments are too many at a time");
    refused.reads("Nothing was decided");
    post(100, rest, "publish").expect(422).reads("101 comments are too many");
    post(1_000, rest, "publish").expect(400);
    post(1, rest, "publish").expect(400);
    post(0, rest, "delete").expect(422);
    for wrong in ["0.1.0", "1.1.2", "1.1", "x"] {
        post(1, wrong, "publish").expect(400);
    }
    let without = form.clone().without("batch").set("outcome", "publish");
    without.press().expect(400);
    form.clone().forge("item", "").set("outcome", "publish").press().expect(400);
    form.clone().without("item").set("outcome", "publish").press().expect(303).follow().reads("No comment was chosen");
    assert_eq!((server.count("decisions"), server.count("batches"), server.audited("comment.published")), (0, 0, 0));
    mo.get("/secretariat/batches/018f0000-0000-7000-8000-000000000000").expect(404);
    desk(&mo, &reference).reads("Waiting");
}

/// The confirmation for the only comment there is.
#[track_caller]
fn chosen_one(person: &Person) -> Filled {
    let queue = person.get("/secretariat").expect(200).form("form[action*='/bulk']");
    let one = queue.offered("item")[0].clone();
    queue.go("chosen").expect(303).follow().reads("No comment was chosen");
    let page = queue.tick("item", &one).go("chosen").expect(200);
    assert_eq!(page.one("h1"), "Decide on 1 comment");
    page.form("form[action*='/bulk']")
}
