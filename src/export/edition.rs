//! Which comments an edition holds: the one rule, for every format. Pure; [`super::store`] has the same in SQL.

use super::model::Edition;
use crate::comments::model::{Publication, State, is_public};
use crate::db::words;

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
