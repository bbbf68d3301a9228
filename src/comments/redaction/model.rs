//! What was taken out of a comment in one act, and what became of it. Pure.

use crate::clock::Moment;
use crate::comments::body::Body;
use crate::comments::model::{Comment, Publication};
use crate::db::words;
use crate::ids::{AccountId, CommentId, RedactionId};

words! {
    /// A text of a comment out of which words can be taken.
    Field {
        /// The words as the author wants them.
        ProposedWording = "proposed_wording",
        /// Why, or the comment on the whole.
        Rationale = "rationale",
        /// A link to evidence; taken out as a whole.
        Evidence = "evidence",
        /// What a lever should do.
        Action = "action",
        /// By when.
        ByWhen = "by_when",
        /// An existing example.
        Example = "example",
        /// What could stand in the way.
        Obstacles = "obstacles",
        /// What it would cost.
        Cost = "cost",
        /// The name of the author as it is shown; taken out as a whole.
        AuthorName = "author_name",
        /// The organisation of the author as it is shown; taken out as a whole.
        Organisation = "organisation",
    }
}

impl Field {
    /// Whether it can only be taken out as a whole: half a link leads elsewhere, half a name names somebody else.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Evidence | Self::AuthorName | Self::Organisation)
    }

    /// Whether it says who sent the comment, not what they say.
    pub fn is_name(self) -> bool {
        matches!(self, Self::AuthorName | Self::Organisation)
    }
}

/// Words that were taken out: bytes of the text as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Out of which text.
    pub field: Field,
    /// Where they begin.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// On which ground: a code of the vocabulary.
    pub code: String,
    /// What stands in their place.
    pub mark: String,
    /// What is special about them, in a moderator's words; may be empty.
    pub reason: String,
    /// Whether they were put back.
    pub lifted: bool,
}

words! {
    /// How an appeal against a redaction ended.
    Ending {
        /// The words were put back.
        Restored = "restored",
        /// They stay out.
        Upheld = "upheld",
    }
}

/// An author's appeal against a redaction; each has one at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// Why the words should be public.
    pub text: String,
    /// When.
    pub made_at: Moment,
    /// How it ended, if it did.
    pub end: Option<End>,
}

/// The end of an appeal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// How.
    pub outcome: Ending,
    /// With which reasons.
    pub statement: String,
    /// When.
    pub decided_at: Moment,
}

/// Words taken out in one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// Which.
    pub id: RedactionId,
    /// Out of which comment.
    pub comment: CommentId,
    /// Out of which revision of it.
    pub revision: i32,
    /// What its author was told.
    pub statement: String,
    /// For the Secretariat's desk only.
    pub note: String,
    /// By whom.
    pub decided_by: AccountId,
    /// When.
    pub decided_at: Moment,
    /// Until when its author may appeal.
    pub appeal_until: Moment,
    /// What.
    pub spans: Vec<Span>,
    /// If its author appealed.
    pub appeal: Option<Appeal>,
}

impl Redaction {
    /// Whether its author may appeal at `now`: once, in time, and while something of it is out.
    pub fn can_be_appealed(&self, now: Moment) -> bool {
        self.appeal.is_none() && now <= self.appeal_until && self.spans.iter().any(|span| !span.lifted)
    }

    /// The codes of its grounds, each once, in their order.
    pub fn codes(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for span in &self.spans {
            if !found.contains(&span.code.as_str()) {
                found.push(&span.code);
            }
        }
        found
    }
}

/// A comment as it came: what its digest covers, and the name it came under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// What it said.
    pub body: Body,
    /// The name of its author.
    pub author_name: String,
    /// The organisation of its author.
    pub organisation: Option<String>,
}

impl Original {
    /// A comment out of which nothing was taken yet.
    pub fn of(comment: &Comment) -> Self {
        Self {
            body: comment.body.clone(),
            author_name: comment.author.name.clone(),
            organisation: comment.author.organisation.clone(),
        }
    }

    /// The text of a field; empty if the comment has none.
    pub fn text(&self, field: Field) -> &str {
        match (field, &self.body) {
            (Field::AuthorName, _) => &self.author_name,
            (Field::Organisation, _) => self.organisation.as_deref().unwrap_or_default(),
            (Field::ProposedWording, Body::Wording(it)) => &it.proposed_wording,
            (Field::Rationale, Body::Wording(it)) => &it.rationale,
            (Field::Rationale, Body::General(it)) => &it.rationale,
            (Field::Evidence, Body::Wording(it)) => &it.evidence,
            (Field::Evidence, Body::General(it)) => &it.evidence,
            (Field::Action, Body::Lever(it)) => &it.action,
            (Field::ByWhen, Body::Lever(it)) => &it.by_when,
            (Field::Example, Body::Lever(it)) => &it.example,
            (Field::Obstacles, Body::Lever(it)) => &it.obstacles,
            (Field::Cost, Body::Lever(it)) => &it.cost,
            _ => "",
        }
    }

    /// The fields that have a text, those that say who sent it only as far as `publication` shows them.
    pub fn fields(&self, publication: Publication) -> Vec<Field> {
        let is_shown = |field: Field| match field {
            Field::AuthorName => publication == Publication::Named,
            Field::Organisation => publication != Publication::Commission,
            _ => true,
        };
        Field::ALL.iter().copied().filter(|field| is_shown(*field) && !self.text(*field).trim().is_empty()).collect()
    }

    /// The same with `text` in place of a field's.
    fn put(&mut self, field: Field, text: String) {
        match (field, &mut self.body) {
            (Field::AuthorName, _) => self.author_name = text,
            (Field::Organisation, _) => self.organisation = Some(text),
            (Field::ProposedWording, Body::Wording(it)) => it.proposed_wording = text,
            (Field::Rationale, Body::Wording(it)) => it.rationale = text,
            (Field::Rationale, Body::General(it)) => it.rationale = text,
            (Field::Evidence, Body::Wording(it)) => it.evidence = text,
            (Field::Evidence, Body::General(it)) => it.evidence = text,
            (Field::Action, Body::Lever(it)) => it.action = text,
            (Field::ByWhen, Body::Lever(it)) => it.by_when = text,
            (Field::Example, Body::Lever(it)) => it.example = text,
            (Field::Obstacles, Body::Lever(it)) => it.obstacles = text,
            (Field::Cost, Body::Lever(it)) => it.cost = text,
            _ => {}
        }
    }

    /// What is left of it without `spans`, a mark in the place of each. Those that were put back are none.
    #[must_use]
    pub fn without(&self, spans: &[Span]) -> Self {
        let mut left = self.clone();
        for field in Field::ALL {
            let own: Vec<&Span> = spans.iter().filter(|span| span.field == *field && !span.lifted).collect();
            if !own.is_empty() && !self.text(*field).is_empty() {
                left.put(*field, super::text::without(self.text(*field), &own));
            }
        }
        left
    }

    /// The words of a span.
    pub fn words(&self, span: &Span) -> &str {
        self.text(span.field).get(span.start..span.end).unwrap_or_default()
    }
}
