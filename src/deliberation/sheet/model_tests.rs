//! Answers as tables hold them: there and back again.

use proptest::prelude::*;

use super::*;
use crate::norms::vocabulary::{SHIPPED, Vocabulary};

fn list() -> List {
    Vocabulary::parse(SHIPPED).unwrap().dispositions
}

fn under(number: i32, disposition: &str, response: &str) -> Under {
    Under {
        issue: IssueId::new(),
        slug: "botnets".into(),
        number,
        state: State::Draft,
        disposition: String::new(),
        reasons: String::new(),
        own: OwnAnswer { disposition: disposition.into(), response: response.into(), version: 3 },
    }
}

#[test]
fn one_answer_stands_alone_and_different_ones_say_their_issue() {
    let all = [under(1, "noted", "Because."), under(2, "noted", "Because.")];
    assert_eq!(observation(&list(), &all), "Noted\nBecause.");
    let all = [under(1, "noted", "Because."), under(2, "", ""), under(3, "not-adopted", "No.\nNever.")];
    let text = observation(&list(), &all);
    assert_eq!(text, "botnets/1: Noted\nBecause.\nbotnets/3: Not adopted\nNo.\nNever.");
    assert_eq!(answers(&list(), &all, &text), Ok(Vec::new()), "nothing changed");
    assert_eq!(observation(&list(), &[]), "");
}

#[test]
fn what_is_written_becomes_the_answer_under_each_issue() {
    let all = [under(1, "", ""), under(2, "", "")];
    let given = answers(&list(), &all, "adopted IN part.\r\nHalf of it.\r\n").unwrap();
    let told: Vec<_> = given.iter().map(|it| (it.issue, it.disposition.as_str(), it.response.as_str())).collect();
    assert_eq!(told, all.each_ref().map(|it| (it.issue, "adopted-in-part", "Half of it.")));
    let given = answers(&list(), &all, "botnets/2: Noted\nWell.").unwrap();
    assert_eq!(given.iter().map(|it| it.issue).collect::<Vec<_>>(), [all[1].issue]);
    // An emptied cell takes an own answer back, and changes nothing of what holds for all.
    let own = [under(1, "noted", "Because.")];
    assert_eq!(answers(&list(), &own, " ").unwrap()[0].disposition, "");
    let general = [Under { disposition: "noted".into(), reasons: "For all.".into(), ..under(1, "", "") }];
    assert_eq!(observation(&list(), &general), "Noted\nFor all.");
    assert_eq!(answers(&list(), &general, ""), Ok(Vec::new()));
}

#[test]
fn a_response_may_say_what_looks_like_another_answer() {
    let response = "See the other.\nbotnets/2: Noted\n botnets/2: Noted\nas the board decided there.";
    let all = [under(1, "noted", response), under(2, "", "")];
    let text = observation(&list(), &all);
    assert_eq!(answers(&list(), &all, &text), Ok(Vec::new()), "{text}");
    let given = answers(&list(), &all, &text.replace("See", "Please see")).unwrap();
    let told: Vec<_> = given.iter().map(|it| (it.issue, it.response.clone())).collect();
    assert_eq!(told, [(all[0].issue, response.replace("See", "Please see"))]);
}

#[test]
fn programs_may_put_other_spaces_marks_and_capitals() {
    let all = [under(1, "", ""), under(2, "", "")];
    for text in ["Adopted\u{a0}in  part\u{200f}\nHalf.", "Botnets/1:Adopted in part\nHalf."] {
        let given = answers(&list(), &all, text).unwrap();
        assert_eq!((&*given[0].disposition, &*given[0].response), ("adopted-in-part", "Half."), "{text}");
    }
}

#[test]
fn each_fault_has_its_name() {
    let all = [under(1, "", "")];
    let faults = |text: &str| answers(&list(), &all, text).unwrap_err();
    assert_eq!(faults("Noted"), [Fault::NoReasons]);
    assert_eq!(faults("Noted\n \n"), [Fault::NoReasons]);
    assert_eq!(faults("Won\nBecause."), [Fault::Unknown("Won".into())]);
    assert_eq!(faults(&format!("Noted\n{}", "x".repeat(LONGEST_TEXT + 1))), [Fault::TooLong]);
    assert_eq!(answers(&list(), &[], "Noted\nBecause."), Err(vec![Fault::NoIssue]));
    let closed = [Under { state: State::Validated, ..under(4, "", "") }];
    assert_eq!(answers(&list(), &closed, "Noted\nBecause."), Err(vec![Fault::Closed("botnets/4".into())]));
    assert_eq!(decision(&list(), "", "Because."), Err(Fault::NoDisposition));
    let twice = "botnets/1: Noted\nFirst.\nbotnets/1: Adopted\nSecond.";
    assert_eq!(faults(twice), [Fault::Twice("botnets/1".into())]);
    assert_eq!(decision(&list(), " ", ""), Ok(Default::default()));
}

#[test]
fn a_mark_changes_with_the_board_and_with_the_words() {
    let consultation = ConsultationId::new();
    let all = [under(1, "noted", "Because."), under(2, "", "")];
    let mark = Mark::of_comment(consultation, "R-1", &all, "Noted\nBecause.");
    assert_eq!(Mark::parse(&mark.to_string()), Some(mark.clone()));
    let turned = [all[1].clone(), all[0].clone()];
    assert_eq!(Mark::of_comment(consultation, "R-1", &turned, "Noted\r\nBecause.\n"), mark);
    let other = Mark::of_comment(consultation, "R-2", &all, "Noted\nBecause.");
    assert!(other.state != mark.state && other.text == mark.text && other.consultation == mark.consultation);
    assert_ne!(Mark::of_comment(consultation, "R-1", &all[..1], "").state, mark.state);
    let decided = |reasons: &str| Under { disposition: "noted".into(), reasons: reasons.into(), ..all[1].clone() };
    let of = |it: Under| Mark::of_comment(consultation, "R-1", &[all[0].clone(), it], "").state;
    assert!(of(decided("For all.")) != mark.state && of(decided("For all.")) != of(decided("For most.")));
    let own = Under { disposition: "noted".into(), reasons: "For all.".into(), ..all[0].clone() };
    let with_own = Mark::of_comment(consultation, "R-1", &[own, all[1].clone()], "");
    assert_eq!(with_own.state, mark.state, "it has an answer of its own");
    assert_ne!(Mark::of_comment(ConsultationId::new(), "R-1", &all, "").consultation, mark.consultation);
    for wrong in ["", "1234", "1234-12345678", "1234-12345678-1234567x", "1234-12345678-12345678-1"] {
        assert_eq!(Mark::parse(wrong), None, "{wrong:?}");
    }
}

proptest! {
    /// What was written on the board, handed out and not touched, changes nothing; and every answer comes back to the byte.
    #[test]
    fn every_answer_comes_back_as_it_was(response in "['=+@ a-z\t\n\u{1}\u{202e}]{0,30}", also in "\\PC{1,40}") {
        let response = plain(&format!("{response}{also}x"));
        let all = [under(1, "noted", &response), under(2, "deferred", "Later.")];
        prop_assert_eq!(answers(&list(), &all, &observation(&list(), &all)), Ok(Vec::new()));
        let fresh = [under(1, "", "")];
        let given = answers(&list(), &fresh, &format!("Noted\n{response}")).unwrap();
        prop_assert_eq!(&given[0].response, &response);
    }
}
