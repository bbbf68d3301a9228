//! A published decision as everyone reads it. Pure.

use crate::clock::Moment;
use crate::comments::considered::model::Tally;
use crate::comments::redline::Redline;
use crate::ids::{IssueId, TextVersionId};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::web::Ctx;
use crate::web::chart::{Bar, bars};

/// A decision as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// On which issue.
    pub issue: IssueId,
    /// Its number on the text.
    pub number: i32,
    /// Its place among the issues of the text.
    pub place: i32,
    /// On which wording of the text.
    pub version: TextVersionId,
    /// The words it is about, first and last, counted from 1; 0 for none.
    pub words: (usize, usize),
    /// These words.
    pub quote: String,
    /// The lever it is about: codes of the vocabulary; empty for none.
    pub lever: (String, String),
    /// The question.
    pub statement: String,
    /// The decision: a code of the vocabulary.
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// What the words in question read then, where the Commission adopted something in words of its own; else empty.
    pub wording: String,
    /// When it was published.
    pub published_at: Moment,
}

/// A decision in words.
pub struct Shown {
    /// The decision.
    pub it: Decided,
    /// The clauses it is about; empty for a lever or the whole.
    pub clauses: String,
    /// The words or the lever it is about.
    pub about: String,
    /// Whether that is a quotation of the text.
    pub is_quote: bool,
    /// What was decided.
    pub disposition: String,
    /// The words in question and what they read then, where the Commission has words of its own.
    pub adopted: Option<Redline>,
    /// Who stands behind it.
    pub all: Tally,
    /// Organisations and people by group.
    pub bars: Vec<Bar>,
}

/// `it`, on `norm`, in words; `texts` hold the wording it is about, `tallies` who stands behind it.
pub fn shown(
    (ctx, vocabulary): (&Ctx, &Vocabulary),
    norm: &Norm,
    it: Decided,
    texts: &[TextVersion],
    tallies: &[(IssueId, Tally)],
) -> Shown {
    let is_quote = !it.quote.is_empty();
    let text = texts.iter().find(|text| text.id == it.version);
    let about = match (is_quote, it.lever.0.is_empty()) {
        (true, _) => it.quote.clone(),
        (false, false) => lever(ctx, vocabulary, &it.lever),
        (false, true) => ctx.t("outcome-whole"),
    };
    let own = || tallies.iter().filter(|(issue, _)| *issue == it.issue).map(|(_, tally)| tally);
    let groups = own().filter(|tally| !tally.group.is_empty() && tally.voices > 0);
    let counted = groups.map(|tally| (vocabulary.groups.label_or_code(&tally.group).to_owned(), tally.voices));
    Shown {
        clauses: match text {
            Some(text) if is_quote => text.cite(norm.number, it.words.0, it.words.1),
            _ => String::new(),
        },
        about,
        is_quote,
        disposition: vocabulary.dispositions.label_or_code(&it.disposition).to_owned(),
        adopted: (is_quote && !it.wording.is_empty()).then(|| Redline::between(&it.quote, &it.wording)),
        bars: bars(counted.collect()),
        all: own().find(|tally| tally.group.is_empty()).cloned().unwrap_or_default(),
        it,
    }
}

fn lever(ctx: &Ctx, vocabulary: &Vocabulary, (actor, instrument): &(String, String)) -> String {
    let actor = vocabulary.actors.label_or_code(actor);
    if instrument.is_empty() {
        return actor.to_owned();
    }
    ctx.t2("moderation-lever", "actor", actor, "instrument", vocabulary.instruments.label_or_code(instrument))
}
