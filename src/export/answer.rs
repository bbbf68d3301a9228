//! What was published as decided about a comment, in the words of formats that have one place for it. Pure.
//!
//! Both editions hold what was published and nothing else of the board: what is proposed or validated there can still
//! change, and its authors were not told. Whether an author is satisfied was said to the Commission, and is in its
//! edition alone.

use super::model::Edition;
use super::told;
use crate::clock::Moment;
use crate::comments::considered::model::Considered;

/// What the Commission answered to a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What became of it, as the vocabulary calls it.
    pub disposition: String,
    /// The response to its author.
    pub response: String,
    /// Both, as the last column of the ISO form has them: the disposition, the response below it.
    pub observations: String,
    /// The day on which its author was told, `2019-03-01`; empty until then, and where nobody could be written to.
    pub acknowledged: String,
    /// Whether its author is satisfied with the answer: `yes`, `no`; empty until they said so, and in the public edition.
    pub satisfied: String,
}

/// Decisions in the order of the issues: those on the comment's own text before those on others, by number.
pub fn in_order(slug: &str, decided: &mut [Considered]) {
    decided.sort_by(|a, b| (a.slug != slug, &a.slug, a.number).cmp(&(b.slug != slug, &b.slug, b.number)));
}

/// The reasons, and below them the words of a proposal that was adopted in part.
fn response(it: &Considered) -> String {
    match it.wording.as_str() {
        "" => it.reasons.clone(),
        words => format!("{}\n\nWords adopted: \"{words}\"", it.reasons),
    }
}

/// The answer to a comment on the text `slug`, made of its decisions in their order; `told` is when its author was
/// written to the last time. Where there are several, each part begins with the issue it is of.
pub fn answer(edition: Edition, slug: &str, decided: &[Considered], told: Option<Moment>) -> Answer {
    let named = |it: &Considered, text: &str| match decided {
        [_] => text.to_owned(),
        _ if it.slug == slug => format!("Issue {}: {text}", it.number),
        _ => format!("Issue {} on {}: {text}", it.number, it.slug),
    };
    let joined = |between: &str, text: &dyn Fn(&Considered) -> String| {
        let said = decided.iter().map(|it| (it, text(it))).filter(|(_, text)| !text.is_empty());
        said.map(|(it, text)| named(it, &text)).collect::<Vec<_>>().join(between)
    };
    let satisfied = |it: &Considered| match (edition, it.is_satisfied) {
        (Edition::Public, _) | (_, None) => String::new(),
        (_, Some(true)) => "yes".to_owned(),
        (_, Some(false)) => "no".to_owned(),
    };
    Answer {
        disposition: joined("; ", &|it| told::disposition(&it.disposition).to_owned()),
        response: joined("\n\n", &response),
        observations: joined("\n\n", &|it| format!("{}\n{}", told::disposition(&it.disposition), response(it))),
        acknowledged: told.map(|at| at.date().to_string()).unwrap_or_default(),
        satisfied: joined("; ", &satisfied),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::parse_rfc3339;
    use crate::ids::IssueId;

    fn decided(slug: &str, number: i32, disposition: &str, is_satisfied: Option<bool>) -> Considered {
        Considered {
            issue: IssueId::new(),
            number,
            norm: String::new(),
            slug: slug.to_owned(),
            statement: String::new(),
            disposition: disposition.to_owned(),
            reasons: format!("Reason {number}."),
            wording: String::new(),
            decided_at: parse_rfc3339("2019-03-01T10:00:00Z").unwrap(),
            is_satisfied,
        }
    }

    #[test]
    fn one_decision_is_the_answer_as_it_was_published() {
        let only = [decided("botnets", 4, "adopted-in-part", Some(false))];
        let told = parse_rfc3339("2019-03-02T10:00:00Z");
        let made = answer(Edition::Commission, "botnets", &only, told);
        let expected = Answer {
            disposition: "Adopted in part".into(),
            response: "Reason 4.".into(),
            observations: "Adopted in part\nReason 4.".into(),
            acknowledged: "2019-03-02".into(),
            satisfied: "no".into(),
        };
        assert_eq!(made, expected);
        assert_eq!(answer(Edition::Commission, "botnets", &[], None), Answer::default());
    }

    #[test]
    fn several_decisions_are_told_in_the_order_of_the_issues_each_with_its_own() {
        let mut all = [
            decided("avoid-tampering", 1, "noted", None),
            decided("botnets", 7, "adopted", Some(true)),
            decided("botnets", 2, "not-adopted", None),
        ];
        in_order("botnets", &mut all);
        let made = answer(Edition::Commission, "botnets", &all, None);
        assert_eq!(made.disposition, "Issue 2: Not adopted; Issue 7: Adopted; Issue 1 on avoid-tampering: Noted");
        assert_eq!(made.response, "Issue 2: Reason 2.\n\nIssue 7: Reason 7.\n\nIssue 1 on avoid-tampering: Reason 1.");
        assert!(made.observations.starts_with("Issue 2: Not adopted\nReason 2.\n\nIssue 7: Adopted\n"));
        assert_eq!(made.satisfied, "Issue 7: yes");
    }

    #[test]
    fn words_of_a_proposal_that_was_adopted_in_part_are_below_the_reasons() {
        let part = Considered { wording: "or allow".into(), ..decided("botnets", 4, "adopted-in-part", None) };
        let made = answer(Edition::Public, "botnets", &[part], None);
        assert_eq!(made.response, "Reason 4.\n\nWords adopted: \"or allow\"");
        assert_eq!(made.observations, "Adopted in part\nReason 4.\n\nWords adopted: \"or allow\"");
    }

    #[test]
    fn what_an_author_says_of_the_answer_is_not_public() {
        for said in [None, Some(true), Some(false)] {
            let made = answer(Edition::Public, "botnets", &[decided("botnets", 1, "noted", said)], None);
            assert_eq!(made.satisfied, "");
        }
    }
}
