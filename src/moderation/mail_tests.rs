//! What a letter to an author says.

use super::*;
use crate::accounts::model::{Details, OnBehalfOf};
use crate::clock;
use crate::comments::body::{Body, General};
use crate::comments::model::{Author, Kind, State};
use crate::ids::{AccountId, CommentId, NormId, TextVersionId};
use crate::moderation::model::Reason;
use crate::web::Role;

fn details() -> Details {
    Details {
        name: "An author".into(),
        stakeholder_group: "individual".into(),
        organisation: None,
        country: None,
        on_behalf_of: OnBehalfOf::Myself,
    }
}

fn account() -> Account {
    Account {
        id: AccountId::new(),
        email: "author@example.org".into(),
        details: details(),
        language: "en".into(),
        password_hash: String::new(),
        role: Role::Stakeholder,
        confirmed_at: None,
        version: 1,
    }
}

fn comment(publication: Publication) -> Comment {
    let body = Body::General(General { rationale: "SECRET TEXT".into(), evidence: String::new() });
    Comment {
        id: CommentId::new(),
        reference: "GCSC-N3-7K4Q-MW2R-9".into(),
        norm_id: NormId::new(),
        text_version_id: TextVersionId::new(),
        author: Author::of(AccountId::new(), details()),
        kind: Kind::General,
        state: State::Pending,
        revision: 2,
        version: 3,
        publication,
        class: None,
        channel: None,
        submitted_at: clock::from_micros(0),
        changed_at: clock::from_micros(0),
        published_at: None,
        digest: body.digest(),
        redactions: 0,
        body,
    }
}

fn letterhead() -> Letterhead {
    let vocabulary = Arc::new(Vocabulary::parse(crate::norms::vocabulary::SHIPPED).expect("the vocabulary"));
    Letterhead {
        origin: "https://portal.example".into(),
        appeal_days: 30,
        hold: chrono::TimeDelta::zero(),
        batch: None,
        vocabulary,
    }
}

fn letter(outcome: Outcome, publication: Publication, statement: &str) -> (Letter, Comment) {
    let reason = (outcome == Outcome::Decline).then(|| Reason {
        code: "abuse".into(),
        label: "Abuse".into(),
        rule: "A comment must not insult.".into(),
    });
    let verdict =
        Verdict { outcome, reason, statement: statement.into(), note: "INTERNAL NOTE".into(), answer_by: None };
    let comment = comment(publication);
    let once = ("decision:x".to_owned(), &verdict);
    let letter =
        to_author(&account(), &comment, "Norm to Avoid Tampering", once, &[], clock::from_micros(0), &letterhead());
    (letter, comment)
}

#[test]
fn every_letter_is_whole_and_tells_nothing_internal() {
    for outcome in Outcome::ALL {
        for publication in Publication::ALL {
            let (letter, _) = letter(*outcome, *publication, "What we ask { $own }.");
            assert_eq!(letter.to, "author@example.org");
            assert_eq!(letter.once_key, "decision:x");
            assert!(letter.subject.contains("GCSC-N3-7K4Q-MW2R-9") && !letter.subject.contains('\n'));
            let text = format!("{}\n{}", letter.subject, letter.body);
            assert!(letter.body.contains("What we ask { $own }."), "{}", letter.body);
            assert!(letter.body.contains("\"Norm to Avoid Tampering\""));
            assert!(letter.body.ends_with("The Secretariat\nNorm Portal"));
            for wrong in ["INTERNAL NOTE", "SECRET TEXT", "\u{27e6}", "\u{2068}", "\u{2069}"] {
                assert!(!text.contains(wrong), "{outcome} {publication}: {wrong:?} in {text}");
            }
        }
    }
}

#[test]
fn only_what_is_public_is_called_so() {
    let permalink = "https://portal.example/comments/GCSC-N3-7K4Q-MW2R-9";
    for publication in [Publication::Named, Publication::Organisation] {
        let (letter, _) = letter(Outcome::Publish, publication, "");
        assert!(letter.body.contains(permalink) && !letter.body.contains("adds:"), "{}", letter.body);
    }
    let (letter, _) = letter(Outcome::Publish, Publication::Commission, "");
    assert!(!letter.body.contains(permalink), "{}", letter.body);
    assert!(letter.body.contains("accepted for the Commission") && letter.body.contains("not published"));
}

#[test]
fn a_decline_names_reason_and_rule_and_a_return_leads_back() {
    let (declined, _) = letter(Outcome::Decline, Publication::Named, "Because.");
    assert!(
        declined
            .body
            .contains("Reason: Abuse\n\nRule: A comment must not insult.\n\nWhat the decision rests on:\n\nBecause."),
        "{}",
        declined.body
    );
    let (returned, _) = letter(Outcome::Return, Publication::Named, "Which clause?");
    assert!(returned.body.contains("https://portal.example/my-comments/GCSC-N3-7K4Q-MW2R-9"), "{}", returned.body);
}
