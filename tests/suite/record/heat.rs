//! Where people commented, and levers as a matrix.

use super::{NORM, attributes, concern, norm, proposed, shown, speaker, withdraw};
use crate::harness::{Server, on_both};

on_both! {
    fn words_are_tinted_from_three_voices_on_and_nobody_counts_twice(server: Server) {
        let mo = server.moderator("mo");
        let ada = server.stakeholder("ada");
        let (bob, cy) = (speaker(&server, "bob", "Joint Office"), speaker(&server, "cy", "Joint Office"));
        let di = server.stakeholder("di");
        let first = proposed(&ada, &mo, "allow", "permit");
        proposed(&bob, &mo, "allow", "permit");
        proposed(&bob, &mo, "allow", "tolerate");
        proposed(&cy, &mo, "allow", "let");
        concern(&di, &mo, "nor allow them", "too-broad");
        // Four comments, two voices; and one that covers them.
        let page = norm(&server, "?heat=1");
        assert_eq!(page.all(".heat"), Vec::<String>::new());
        page.reads("No words have comments from three organisations or people yet").reads("Hide where people");
        let last = concern(&di, &mo, "allow", "too-broad");
        assert_eq!(norm(&server, "").all(".heat"), Vec::<String>::new(), "off by default");
        let page = norm(&server, "?heat=1");
        assert_eq!(page.all(".norm-text .heat"), ["allow"]);
        assert_eq!(attributes(&page, ".norm-text .heat", "class"), ["heat heat-5"]);
        let cells = page.all("section[aria-labelledby=heat] tbody td");
        assert_eq!(cells[..2], ["5", "3"]);
        assert!(cells[2].contains("deleted: allow") && cells[2].contains("inserted: permit"), "{}", cells[2]);
        assert!(cells[2].contains("2 comments from 2 organisations and people"), "{}", cells[2]);
        // The link leads to the proposals for these words, not to those before.
        let link = attributes(&page, "section[aria-labelledby=heat] tbody a", "href").remove(0);
        let there = server.anonymous().get(&link).expect(200);
        assert_eq!(there.all("section[aria-labelledby=wording] h3 q"), ["allow"]);
        // The marks between words and lines are as without a tint.
        let plain = norm(&server, "");
        assert_eq!(page.all(".line"), plain.all(".line"));
        assert_eq!(attributes(&page, ".line", "data-words"), attributes(&plain, ".line", "data-words"));
        withdraw(&di, &last);
        assert_eq!(norm(&server, "?heat=1").all(".heat"), Vec::<String>::new());
        withdraw(&ada, &first);
    }

    fn the_matrix_counts_each_lever_and_leads_to_its_list(server: Server) {
        let (ada, mo, bob) = (server.stakeholder("ada"), server.moderator("mo"), server.stakeholder("bob"));
        assert_eq!(norm(&server, "").all(".matrix"), Vec::<String>::new());
        let levers = [("regulator", "procurement", 2), ("regulator", "legislation", 1), ("legislature", "legislation", 1)];
        for (actor, instrument, count) in levers {
            for n in 0..count {
                let form = ada.lever_form(NORM, &format!("Do it {n}.")).set("actor", actor).set("instrument", instrument);
                mo.publish(&crate::harness::comments::send(&form));
            }
        }
        let waiting = bob.propose_lever(NORM, "Not read yet.", "named");
        let secret = bob.propose_lever(NORM, "For the Commission.", "commission");
        mo.publish(&secret);
        let page = norm(&server, "");
        assert_eq!(page.all(".matrix thead th"), ["Who should act", "Legislation", "Procurement"]);
        assert_eq!(page.all(".matrix tbody th"), ["Legislature", "Regulator"]);
        let cells = page.all(".matrix td");
        assert_eq!(cells, ["Legislation: 1 comment", "", "Legislation: 1 comment", "Procurement: 2 comments"]);
        let links = attributes(&page, ".matrix td a", "href");
        let list = server.anonymous().get(&links[2]).expect(200);
        assert_eq!(shown(&list).len(), 2);
        list.lacks(&waiting).lacks(&secret);
    }
}
