//! What raises a flag and what does not.

use proptest::prelude::*;

use super::*;
use crate::accounts::model::OnBehalfOf;
use crate::clock::from_micros;
use crate::comments::body::General;
use crate::comments::model::{Author, Kind, Publication, State};
use crate::ids::{AccountId, CommentId, NormId, TextVersionId};

fn comment(name: &str, text: &str) -> Comment {
    let body = Body::General(General { rationale: text.into(), evidence: "https://example.org/evidence".into() });
    Comment {
        id: CommentId::new(),
        reference: "GCSC-N3-7K4Q-MW2R-9".into(),
        norm_id: NormId::new(),
        text_version_id: TextVersionId::new(),
        author: Author {
            account: AccountId::new(),
            name: name.into(),
            organisation: None,
            stakeholder_group: "individual".into(),
            country: None,
            on_behalf_of: OnBehalfOf::Myself,
        },
        kind: Kind::General,
        state: State::Pending,
        revision: 1,
        version: 1,
        publication: Publication::Named,
        class: None,
        channel: None,
        redactions: 0,
        submitted_at: from_micros(0),
        changed_at: from_micros(0),
        published_at: None,
        digest: body.digest(),
        body,
    }
}

fn raised(name: &str, text: &str) -> String {
    let flags = of_words(&comment(name, text), "en");
    flags.iter().map(|it| format!("{}({})", it.flag, it.detail)).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_usual_comment_raises_nothing() {
    let text = "States should not allow it, and Article 2(4) says so. \u{201c}Caf\u{e9}\u{201d} costs \u{20ac}5 \u{2013} fine.";
    assert_eq!(raised("Ada Lovelace", text), "");
    assert_eq!(raised("\u{41c}\u{430}\u{440}\u{438}\u{44f}", "Short."), "", "a name in one script");
    assert_eq!(raised("\u{5c71}\u{7530} \u{82b1}\u{5b50}", "Kurz und knapp."), "", "too short to tell");
    assert_eq!(raised("\u{6c34}\u{306e}\u{30cf}\u{30eb}", "Short."), "", "Japanese mixes its own scripts");
}

#[test]
fn links_are_counted_and_the_evidence_is_none() {
    assert_eq!(raised("Ada", "See (https://a.example), HTTP://b.example and www.c.example."), "links(3)");
    assert_eq!(raised("Ada", "The http protocol and wwwords."), "");
}

#[test]
fn letters_that_deceive_are_named() {
    assert_eq!(raised("Ad\u{430} Lovelace", "Short."), "mixed-scripts(Ad\u{430})");
    assert_eq!(raised("Ada", "The St\u{430}tes should."), "mixed-scripts(St\u{430}tes)");
    assert_eq!(raised("Ada\u{200b}", "Turned \u{202e}around."), "unseen(U+200B, U+202E)");
}

#[test]
fn personal_data_is_named_by_its_sort_and_never_repeated() {
    assert_eq!(raised("Ada", "Call +44 20 7946 0958 or ada@example.org."), "personal-data(email, telephone)");
}

#[test]
fn length_and_language_are_judged_from_a_limit_on() {
    assert_eq!(raised("Ada", &"word ".repeat(VERY_LONG / 5 - 1)), "");
    assert!(raised("Ada", &"a".repeat(VERY_LONG)).contains("very-long(10000)"));
    let german = "Die Staaten sollen solche Handlungen weder vornehmen noch wissentlich dulden, auch nicht von ihrem \
                  Gebiet aus und nicht durch Dritte, die in ihrem Auftrag handeln.";
    assert_eq!(raised("Ada", german), "language(de)");
    assert_eq!(of_words(&comment("Ada", german), "de"), []);
    assert_eq!(raised("Ada", "Die Staaten sollen das nicht dulden."), "", "too short to be judged");
}

#[test]
fn a_burst_is_many_and_many_more_than_before() {
    assert!(is_burst(BURST_FROM, 0));
    assert!(!is_burst(BURST_FROM - 1, 0));
    assert!(is_burst(20, 288), "the day before had two in ten minutes");
    assert!(!is_burst(20, 289));
    assert!(!is_burst(1_000, 1_000_000));
    assert!(is_burst(i64::MAX, i64::MAX), "saturates");
}

#[test]
fn a_hundred_thousand_characters_of_anything_are_read() {
    for part in ["@", "a@b", "DE89", "0", "+0 ", "1-", "<", "A", "http://", "\u{430}a", "\u{202e}", "e\u{301}"] {
        let text: String = part.chars().cycle().take(100_000).collect();
        assert!(raised("Ada", &text).contains("very-long"), "{part:?}");
    }
}

proptest! {
    #[test]
    fn no_text_raises_a_fault(name in "\\PC{0,40}", text in "(?s).{0,400}") {
        let flags = of_words(&comment(&name, &text), "en");
        let mut sorts: Vec<Flag> = flags.iter().map(|it| it.flag).collect();
        sorts.dedup();
        prop_assert_eq!(sorts.len(), flags.len(), "each flag once");
    }
}
