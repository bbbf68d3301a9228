//! The public record is made anew from the comments alone: what an upgrade from a portal without one does.

use norm_portal::comments::record::rebuild::rebuild;

use crate::harness::rows::Rows;
use crate::harness::{Server, on_both};

/// Everything the record says, without the numbers and ids that it gives.
fn said(server: &Server) -> Vec<String> {
    let rows = Rows::of(server.db());
    let queries = [
        "SELECT 'tally ' || facet || ' ' || value || ' ' || comments AS t FROM tallies ORDER BY 1",
        "SELECT 'span ' || first_word || '-' || last_word || ' ' || comments || ' ' || voices AS t FROM spans ORDER BY 1",
        "SELECT 'position ' || kind || ' ' || sort || ' ' || comments || ' ' || voices AS t FROM positions ORDER BY 1",
        "SELECT 'facet ' || facet || ' ' || value || ' ' || kind || ' ' || comments AS t FROM position_facets ORDER BY 1",
        "SELECT 'comment ' || c.reference || ' ' || p.kind || ' ' || p.stakeholder_group || ' ' || p.language AS t \
         FROM published p JOIN comments c ON c.id = p.comment_id ORDER BY p.seq",
        "SELECT slug || ' ' || published_wording || ' ' || published_lever || ' ' || published_general AS t FROM norms ORDER BY 1",
    ];
    queries.iter().flat_map(|query| rows.names(query)).collect()
}

on_both! {
    fn a_record_that_is_made_anew_says_the_same(server: Server) {
        let (one, two, moderator) = (server.stakeholder("one"), server.stakeholder("two"), server.moderator("mod"));
        let references = [
            one.comment_on_wording("avoid-tampering", "should not", "must not", "named"),
            two.comment_on_wording("avoid-tampering", "should not", "must  not", "organisation"),
            one.propose_lever("cyber-hygiene", "Fund national response teams.", "named"),
            two.comment_on_whole("public-core", "A norm worth having.", "named"),
            two.comment_on_whole("botnets", "For the Commission only.", "commission"),
        ];
        for reference in &references {
            moderator.publish(reference);
        }
        let before = said(&server);
        assert_eq!(before.iter().filter(|line| line.starts_with("comment ")).count(), 4, "{before:?}");
        assert_eq!(before.iter().filter(|line| line.starts_with("position wording")).count(), 1, "{before:?}");

        assert_eq!(server.db().write_blocking(rebuild).expect("nothing to do"), 0);
        // As an older portal leaves it: no record, and nothing that says in which form it was.
        server.execute("UPDATE epochs SET epoch = 0 WHERE scope = 'form'");
        server.execute("DELETE FROM tallies");
        server.execute("UPDATE norms SET published_wording = 7");
        assert_ne!(said(&server), before);
        assert_eq!(server.db().write_blocking(rebuild).expect("made anew"), 4);
        assert_eq!(said(&server), before);
        assert_eq!(server.db().write_blocking(rebuild).expect("nothing to do"), 0);
    }

    fn a_withdrawn_comment_leaves_nothing_in_the_record(server: Server) {
        let (one, moderator) = (server.stakeholder("one"), server.moderator("mod"));
        let nothing = said(&server);
        let references = [
            one.comment_on_wording("avoid-tampering", "should not", "must not", "named"),
            one.propose_lever("cyber-hygiene", "Fund national response teams.", "named"),
        ];
        for reference in &references {
            moderator.publish(reference);
            assert_ne!(said(&server), nothing);
            let form = one.get(&format!("/my-comments/{reference}/withdrawal")).expect(200).form("main form");
            form.press().expect(303);
            assert_eq!(said(&server), nothing);
        }
        assert_eq!(server.count("search"), 0);
        assert_eq!(server.count("position_voices"), 0);
        assert_eq!(server.count("span_voices"), 0);
        server.assert_audit_holds();
    }
}
