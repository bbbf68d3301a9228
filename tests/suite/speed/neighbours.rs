//! Two servers on one database: each shows what the other published, at the latest when its reading is a second old.

use chrono::TimeDelta;

use super::{NORM, ask, published, rendered};
use crate::harness::server::secret;
use crate::harness::{Backend, Server};

#[test]
fn a_server_shows_what_its_neighbour_published() {
    let here = Server::start(Backend::Postgresql);
    let url = here.database_url().unwrap().to_owned();
    let there = Server::start_with(Backend::Sqlite, |config| config.database.url = Some(secret(&url)));
    let reader = there.anonymous();
    ask(&reader, NORM, "br").lacks("Published next door.");
    let (_, mo, page) = published(&here, "Published next door.");
    ask(&here.anonymous(), NORM, "br").reads("Published next door.");
    // Within the second it may or may not; a second later it must.
    there.pass(TimeDelta::seconds(1));
    ask(&reader, NORM, "br").reads("Published next door.");
    ask(&reader, &page, "br").expect(200);
    let kept = rendered(&there);
    ask(&reader, NORM, "br").reads("Published next door.");
    assert_eq!(rendered(&there), kept, "what did not change is not rendered again");
    mo.sign_out();
    there.pass(TimeDelta::seconds(1));
    ask(&reader, NORM, "br").reads("Published next door.");
    assert_eq!(rendered(&there), kept, "a commit that changes nothing shown renders nothing");
}

#[test]
fn a_reading_is_believed_for_less_than_a_second() {
    let server = Server::start(Backend::Sqlite);
    let (site, now) = (server.portal().site().clone(), server.portal().site().now());
    let reading = || actix_web::rt::System::new().block_on(site.epochs().current(now)).unwrap();
    assert!(site.epochs().known(now).is_none(), "nothing was read yet");
    reading();
    let known = |micros| site.epochs().known(now + TimeDelta::microseconds(micros)).is_some();
    assert!(known(0) && known(999_999) && known(-999_999));
    assert!(!known(1_000_000) && !known(-1_000_000));
    server.execute("UPDATE epochs SET epoch = epoch + 1");
    assert!(!known(0), "this server committed something");
    let before = reading().number("site");
    server.execute("UPDATE epochs SET epoch = epoch + 1");
    assert_eq!(reading().number("site"), before + 1);
}
