//! A walk through the pages of the record in a real browser, with scripts off and on, on a desk and on a phone.

use super::{NORM, attributes, concern, norm, official, proposed, speaker};
use crate::harness::{Backend, Server};
use crate::journeys::visitor::Visitor;

fn walk(scripts: bool, album: Option<&'static str>) {
    let server = Server::start(Backend::Sqlite);
    let mo = server.moderator("mo");
    let (ada, bob) = (server.stakeholder("ada"), official(&server, "bob"));
    let cy = speaker(&server, "cy", "Registry of Examples");
    let first = proposed(&ada, &mo, "should not", "must not");
    proposed(&bob, &mo, "should not", "must not");
    proposed(&cy, &mo, "should not", "shall not");
    concern(&cy, &mo, "should not", "strength");
    proposed(&bob, &mo, "allow", "knowingly permit");
    for (actor, instrument) in [("regulator", "procurement"), ("legislature", "legislation"), ("users", "legislation")]
    {
        let form = ada.lever_form(NORM, "Ask for it.").set("actor", actor).set("instrument", instrument);
        mo.publish(&crate::harness::comments::send(&form));
    }
    mo.publish(&bob.comment_on_whole(NORM, "A text that people can use.", "named"));
    let page = norm(&server, "");
    let together = attributes(&page, "article.comment a[href*='/positions/']", "href").remove(0);
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let reader = Visitor::start(&server.origin, scripts, album).await;
        reader.open(&format!("/norms/{NORM}")).await;
        reader.see_everywhere("70-record").await;
        reader.follow("Show where people commented").await;
        reader.see_everywhere("71-record-heat").await;
        reader.open(&format!("/norms/{NORM}?country=DE&clause=a&what=this")).await;
        reader.see_everywhere("72-record-chosen").await;
        reader.open(&together).await;
        reader.see_everywhere("73-position").await;
        reader.follow(&first).await;
        reader.see("74-permalink").await;
        for (path, name) in [("history", "75-history"), ("versions/1", "76-version"), ("compare", "77-compare")] {
            reader.open(&format!("/norms/{NORM}/{path}")).await;
            reader.see_everywhere(name).await;
        }
    });
}

#[test]
fn without_scripts() {
    walk(false, Some(""));
}

#[test]
fn with_scripts() {
    walk(true, None);
}
