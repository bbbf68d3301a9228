//! An issue as the board shows it: where it stands in the text, who stands behind it, what was decided, in words.

use super::address;
use super::rows::lever;
use crate::comments::considered::model::{Edition, Tally};
use crate::comments::considered::store as considered;
use crate::comments::redline::Redline;
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::model::{About, Issue, State};
use crate::ids::IssueId;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::Ctx;
use crate::web::chart::{Bar, bars};

/// Who stands behind issues, and the wordings that they are about.
#[derive(Default)]
pub struct Around {
    tallies: Vec<(IssueId, Tally)>,
    texts: Vec<TextVersion>,
}

impl Around {
    /// Reads what belongs to these issues.
    pub fn read(conn: &mut AnyConnection, issues: &[Issue]) -> DbResult<Self> {
        let ids: Vec<IssueId> = issues.iter().map(|issue| issue.id).collect();
        let mut texts: Vec<TextVersion> = Vec::new();
        for issue in issues {
            if texts.iter().all(|known| known.id != issue.version_of_text) {
                texts.push(norms::version(conn, issue.version_of_text)?);
            }
        }
        Ok(Self { tallies: considered::tallies(conn, Edition::Board, &ids)?, texts })
    }

    fn tallies(&self, issue: IssueId) -> impl Iterator<Item = &Tally> {
        self.tallies.iter().filter(move |(id, _)| *id == issue).map(|(_, tally)| tally)
    }
}

/// An issue in words.
pub struct Shown {
    /// The issue.
    pub it: Issue,
    /// Where its page is.
    pub address: String,
    /// The clauses it is about; empty for a lever or the whole.
    pub place: String,
    /// The words or the lever it is about.
    pub about: String,
    /// Whether that is a quotation of the text.
    pub is_quote: bool,
    /// Where it stands.
    pub state: String,
    /// How that is coloured.
    pub state_class: &'static str,
    /// The decision; empty while there is none.
    pub disposition: String,
    /// The words that it is about and what they read then, if the board has words of its own.
    pub wording: Option<Redline>,
    /// Who stands behind it.
    pub all: Tally,
    /// Organisations and people by group.
    pub bars: Vec<Bar>,
}

/// An issue of `norm` in words.
pub fn shown(ctx: &Ctx, vocabulary: &Vocabulary, norm: &Norm, issue: Issue, around: &Around) -> Shown {
    let text = around.texts.iter().find(|text| text.id == issue.version_of_text);
    let (place, about, is_quote) = match &issue.about {
        About::Words { first, last, quote } => {
            (text.map(|text| text.cite(norm.number, *first, *last)).unwrap_or_default(), quote.clone(), true)
        }
        About::Lever { actor, instrument } => (String::new(), lever(ctx, vocabulary, actor, instrument), false),
        About::Whole => (String::new(), ctx.t("board-about-whole"), false),
    };
    let groups = around.tallies(issue.id).filter(|tally| !tally.group.is_empty());
    let counted = groups.map(|it| (vocabulary.groups.label_or_code(&it.group).to_owned(), it.voices));
    Shown {
        address: address(issue.id),
        place,
        about,
        is_quote,
        state: ctx.t(format!("board-state-{}", issue.state)),
        state_class: match issue.state {
            State::Draft => "tag tag-quiet",
            State::Proposed => "tag tag-warn",
            State::Validated => "tag",
            State::Published => "tag tag-good",
        },
        disposition: match issue.texts.disposition.as_str() {
            "" => String::new(),
            code => vocabulary.dispositions.label_or_code(code).to_owned(),
        },
        wording: match &issue.about {
            About::Words { quote, .. } if !issue.texts.wording.is_empty() => {
                Some(Redline::between(quote, &issue.texts.wording))
            }
            _ => None,
        },
        bars: bars(counted.filter(|(_, voices)| *voices > 0).collect()),
        all: around.tallies(issue.id).find(|tally| tally.group.is_empty()).cloned().unwrap_or_default(),
        it: issue,
    }
}

impl Shown {
    /// Whether it is about certain words, for which the board can have others of its own.
    pub fn is_about_words(&self) -> bool {
        matches!(self.it.about, About::Words { .. })
    }

    /// Everything that is counted behind it, in words; organisations come before letters.
    pub fn counted(&self, ctx: &Ctx) -> Vec<String> {
        let mut counted = vec![
            ctx.tn("record-voices-bare", self.all.voices),
            ctx.tn("board-comments", self.all.comments),
            ctx.tn("board-texts", self.all.texts),
        ];
        if self.all.confidential > 0 {
            counted.push(ctx.tn("board-confidential-count", self.all.confidential));
        }
        counted
    }
}
