//! Which comments an edition holds: the one rule, for every format. Pure; [`super::store`] has the same in SQL.

use super::dossier::model::{Decided, Proposed, Raised};
use super::model::{Edition, Format};
use super::record::Record;
use crate::comments::attachments::model::Attachment;
use crate::comments::considered::model::Tally;
use crate::comments::model::{Comment, Publication, State, is_public};
use crate::db::words;
use crate::deliberation::board::model::{Issue, State as Standing, Texts};

words! {
    /// Why a comment is not in a file, as the manifest counts it.
    LeftOut {
        /// On another norm than the one asked for.
        OtherNorms = "other_norms",
        /// Not yet read by a moderator.
        Pending = "pending",
        /// Back with its author.
        Returned = "returned",
        /// Declined and appealed; not yet decided again.
        Appealed = "appealed",
        /// Published, where another status was asked for.
        Published = "published",
        /// Not accepted.
        Declined = "declined",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// Published for the Commission alone.
        Confidential = "confidential",
        /// No proposal to change words, in a file of such proposals.
        NoProposal = "no_proposal",
    }
}

/// Whether a comment on a norm asked for is in the file.
///
/// `asked` is a status explicitly asked for; it takes the place of `published` in the Commission's edition and can
/// only narrow the public one.
pub fn admits(edition: Edition, asked: Option<State>, state: State, publication: Publication) -> bool {
    let status = asked.unwrap_or(State::Published);
    state == status
        && match edition {
            Edition::Public => is_public(state, publication),
            Edition::Commission => true,
        }
}

/// Why a comment on a norm asked for is not in the file; `None` if it is.
pub fn left_out(edition: Edition, asked: Option<State>, state: State, publication: Publication) -> Option<LeftOut> {
    if admits(edition, asked, state, publication) {
        return None;
    }
    Some(match state {
        State::Pending => LeftOut::Pending,
        State::Returned => LeftOut::Returned,
        State::Appealed => LeftOut::Appealed,
        State::Declined => LeftOut::Declined,
        State::Withdrawn => LeftOut::Withdrawn,
        State::Published if publication == Publication::Commission && edition == Edition::Public => {
            LeftOut::Confidential
        }
        State::Published => LeftOut::Published,
    })
}

/// Whether a comment proposes to change words.
pub fn is_proposal(record: &Record) -> bool {
    match record.change.as_str() {
        "delete" => true,
        "replace" => record.quote != record.proposed_wording,
        _ => false,
    }
}

/// Whether a comment that the edition holds has a place in a file of this format.
pub fn has_a_place(format: Format, record: &Record) -> bool {
    is_proposal(record) || !format.is_of_proposals()
}

/// What of an issue an edition holds: for everyone the last decision that was published, with the question as it was then,
/// and nothing of what the board works on; for the Commission all of it. `tallies` were counted for the edition.
pub fn issue(edition: Edition, issue: Issue, decided: Option<Decided>, tallies: Vec<Tally>) -> Option<Raised> {
    let Issue { norm, number, about, version_of_text: version, texts, state, .. } = issue;
    let raised = Raised {
        norm,
        number,
        about,
        version,
        statement: String::new(),
        options: Vec::new(),
        recommendation: String::new(),
        proposed: None,
        state: Standing::Published,
        decided,
        tallies,
    };
    match edition {
        Edition::Public => {
            let statement = raised.decided.as_ref()?.statement.clone();
            Some(Raised { statement, ..raised })
        }
        Edition::Commission => {
            let is_proposed = state != Standing::Published && !texts.disposition.is_empty();
            let Texts { statement, options, recommendation, disposition, reasons, wording } = texts;
            Some(Raised {
                statement,
                options,
                recommendation,
                proposed: is_proposed.then_some(Proposed { disposition, reasons, wording }),
                state,
                ..raised
            })
        }
    }
}

/// Whether a file that came with a comment is listed. The public edition lists what everyone may have; the Commission's
/// does not list what may hold words that were taken out of the comment.
pub fn admits_file(edition: Edition, comment: &Comment, file: &Attachment, is_cleared: bool) -> bool {
    match edition {
        Edition::Public => file.is_public(comment, is_cleared),
        Edition::Commission => {
            file.holder == comment.id.as_bytes() && !file.is_unscanned && (comment.redactions == 0 || is_cleared)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> impl Iterator<Item = (Edition, Option<State>, State, Publication)> {
        let asked = || std::iter::once(None).chain(State::ALL.iter().copied().map(Some));
        Edition::ALL.iter().flat_map(move |edition| {
            asked().flat_map(move |asked| {
                State::ALL.iter().flat_map(move |state| {
                    Publication::ALL.iter().map(move |publication| (*edition, asked, *state, *publication))
                })
            })
        })
    }

    /// Written out, not computed: what each edition holds when nothing is asked for.
    #[test]
    fn the_default_of_each_edition() {
        let held = |wanted: Edition| -> Vec<_> {
            every()
                .filter(|(edition, asked, ..)| *edition == wanted && asked.is_none())
                .filter(|(edition, asked, state, publication)| admits(*edition, *asked, *state, *publication))
                .map(|(_, _, state, publication)| (state.as_str(), publication.as_str()))
                .collect()
        };
        assert_eq!(held(Edition::Public), [("published", "named"), ("published", "organisation")]);
        assert_eq!(
            held(Edition::Commission),
            [("published", "named"), ("published", "organisation"), ("published", "commission")]
        );
    }

    fn board_issue(state: Standing) -> Issue {
        use crate::deliberation::board::model::{About, Done, Texts};
        use crate::ids::{AccountId, IssueId, NormId, TextVersionId};
        Issue {
            id: IssueId::new(),
            norm: NormId::new(),
            number: 1,
            about: About::Whole,
            version_of_text: TextVersionId::new(),
            texts: Texts {
                statement: "The draft?".into(),
                options: vec!["An option".into()],
                recommendation: "Recommended".into(),
                disposition: "noted".into(),
                reasons: "Draft reasons".into(),
                wording: String::new(),
            },
            state,
            round: 2,
            answered: 1,
            version: 1,
            sent_back: "Sent back".into(),
            satisfied: 0,
            unsatisfied: 0,
            changed: Done { by: AccountId::new(), at: crate::clock::from_micros(0) },
            proposed: None,
            validated: None,
        }
    }

    #[test]
    fn the_public_edition_holds_of_an_issue_what_was_published_and_nothing_of_the_board() {
        let decided = Decided {
            statement: "The question?".into(),
            disposition: "adopted".into(),
            reasons: "Published reasons".into(),
            wording: String::new(),
            at: crate::clock::from_micros(0),
        };
        for state in Standing::ALL {
            assert_eq!(issue(Edition::Public, board_issue(*state), None, Vec::new()), None, "{state}");
            let public = issue(Edition::Public, board_issue(*state), Some(decided.clone()), Vec::new()).unwrap();
            let all = format!("{public:?}");
            for never in ["draft", "Draft", "An option", "Recommended", "noted", "Sent back"] {
                assert!(!all.contains(never), "{state}: {never} in {all}");
            }
            assert!(!public.is_open() && public.statement == "The question?");
            let commission =
                issue(Edition::Commission, board_issue(*state), Some(decided.clone()), Vec::new()).unwrap();
            assert_eq!((commission.statement.as_str(), commission.options.len()), ("The draft?", 1));
            assert_eq!(commission.proposed.is_some(), *state != Standing::Published);
            assert_eq!(commission.is_open(), *state != Standing::Published);
        }
    }

    #[test]
    fn nothing_that_is_not_public_is_ever_in_the_public_edition() {
        for (edition, asked, state, publication) in every() {
            if edition == Edition::Public && (state != State::Published || publication == Publication::Commission) {
                assert!(!admits(edition, asked, state, publication), "{asked:?} {state} {publication}");
            }
        }
    }

    #[test]
    fn a_status_asked_for_replaces_published_in_the_commissions_edition() {
        for (edition, asked, state, publication) in every() {
            if edition == Edition::Commission {
                let status = asked.unwrap_or(State::Published);
                assert_eq!(admits(edition, asked, state, publication), state == status);
            }
        }
    }

    #[test]
    fn a_comment_is_in_the_file_or_left_out_for_a_reason() {
        for (edition, asked, state, publication) in every() {
            let reason = left_out(edition, asked, state, publication);
            assert_eq!(reason.is_none(), admits(edition, asked, state, publication));
            let confidential =
                edition == Edition::Public && state == State::Published && publication == Publication::Commission;
            assert_eq!(reason == Some(LeftOut::Confidential), confidential, "{asked:?} {state} {publication}");
        }
    }
}
