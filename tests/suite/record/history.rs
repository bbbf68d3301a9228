//! The versions of a text, each by itself, and two compared.

use norm_portal::norms::import;
use norm_portal::norms::package::{self, Package};

use super::{NORM, norm, proposed, shown};
use crate::harness::{Server, on_both};

/// A second version with "must" for "should", imported as an operator does.
fn reword(server: &Server) {
    let mut package = Package::parse(package::SHIPPED).unwrap();
    let text = package.texts.iter_mut().find(|text| text.slug == NORM).unwrap();
    "2".clone_into(&mut text.version.label);
    let clause = &mut text.version.clauses[0];
    clause.words = clause.words.replace("should not", "must not");
    let now = server.clock().now();
    server.db().write_blocking(move |conn| import::import(conn, now, &package)).unwrap();
}

on_both! {
    fn every_version_is_kept_with_its_comments_and_can_be_compared(server: Server) {
        let (ada, mo) = (server.stakeholder("ada"), server.moderator("mo"));
        let reader = server.anonymous();
        let history = format!("/norms/{NORM}/history");
        let old = proposed(&ada, &mo, "should not", "must not");
        norm(&server, "").reads("All versions of this text");
        reader.get(&history).expect(200).reads("The text has one version so far");
        reader.get(&format!("/norms/{NORM}/compare")).expect(200).reads("The text has one version so far");
        reader.get(&format!("/norms/{NORM}/versions/1")).expect(200).reads("This is the present text");

        reword(&server);
        let new = proposed(&ada, &mo, "must not", "shall not");
        mo.publish(&ada.comment_on_whole(NORM, "Better than before.", "named"));
        let page = reader.get(&history).expect(200);
        page.reads("The text has 2 versions");
        assert_eq!(page.all("tbody td.number"), ["2", "1"]);
        let page = reader.get(&format!("/norms/{NORM}/versions/1")).expect(200);
        page.reads("This is not the present text").reads("should not").reads("1 published comment");
        assert_eq!(page.all("a[href$='/compare?from=1&to=2']"), ["See what changed since"]);
        let page = reader.get(&format!("/norms/{NORM}/versions/2")).expect(200);
        page.reads("This is the present text").reads("must not").reads("2 published comments");
        assert!(page.all(".line").len() > 2);
        for query in ["", "?from=1&to=2", "?from=&to=2"] {
            let page = reader.get(&format!("/norms/{NORM}/compare{query}")).expect(200);
            assert_eq!(page.all(".redline del, .redline ins"), ["deleted: should", "inserted: must"]);
            page.reads("Replace \u{201c}should\u{201d} with \u{201c}must\u{201d}.");
        }
        let back = reader.get(&format!("/norms/{NORM}/compare?from=2&to=1")).expect(200);
        assert_eq!(back.all(".redline del"), ["deleted: must"]);
        reader.get(&format!("/norms/{NORM}/compare?from=2&to=2")).expect(200).reads("the same text");
        // Both stand at the same place of the norm's page; the older says of which version it is.
        let page = norm(&server, "?heat=1");
        assert_eq!(shown(&page).len(), 3);
        assert!(shown(&page).contains(&old) && shown(&page).contains(&new));
        assert_eq!(page.all("section[aria-labelledby=wording] h3 q"), ["should not", "must not"]);
        page.reads("On version 1, not the present one");
        for wrong in [
            "/norms/none/history",
            "/norms/none/compare",
            "/norms/avoid-tampering/versions/3",
            "/norms/avoid-tampering/versions/%3Cb%3E",
            "/norms/avoid-tampering/compare?from=1&to=9",
            "/norms/avoid-tampering/compare?from=%27&to=2",
            "/norms/avoid-tampering/positions/x",
            "/norms/avoid-tampering/positions/018f0000-0000-7000-8000-000000000000",
        ] {
            reader.get(wrong).expect(404);
        }
    }
}
