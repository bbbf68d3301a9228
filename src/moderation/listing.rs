//! What the queue lists: its tabs, what it is filtered by, in which order, and how places in it are named. Pure.

use chrono::TimeDelta;

use crate::comments::model::{Comment, Kind, State};
use crate::db::words;
use crate::ids::{CommentId, NormId};
use crate::moderation::flags::model::Flag;
use crate::web::paging::{self, Cursor};

words! {
    /// A part of the queue.
    Tab {
        /// What waits for a decision.
        Pending = "pending",
        /// What the person who looks works on.
        Mine = "mine",
        /// What anybody works on.
        Claimed = "claimed",
        /// What is back with its author.
        Returned = "returned",
        /// Appeals.
        Appealed = "appealed",
        /// What was accepted.
        Published = "published",
        /// What was accepted but for words that were taken out of it.
        Redacted = "redacted",
        /// What was declined.
        Declined = "declined",
        /// What was taken back.
        Withdrawn = "withdrawn",
    }
}

impl Tab {
    /// The state that all of it is in, and nothing else is; `None` if it is chosen in another way.
    pub fn state(self) -> Option<State> {
        match self {
            Self::Pending => Some(State::Pending),
            Self::Returned => Some(State::Returned),
            Self::Appealed => Some(State::Appealed),
            Self::Published => Some(State::Published),
            Self::Declined => Some(State::Declined),
            Self::Withdrawn => Some(State::Withdrawn),
            Self::Mine | Self::Claimed | Self::Redacted => None,
        }
    }

    /// Whether what is in it waits for a decision.
    pub fn waits(self) -> bool {
        matches!(self, Self::Pending | Self::Mine | Self::Claimed | Self::Appealed)
    }

    /// The tab as names and values of an address; nothing for the first one.
    pub fn pairs(self) -> Vec<(&'static str, &'static str)> {
        if self == Self::Pending { Vec::new() } else { vec![("state", self.as_str())] }
    }
}

words! {
    /// How long a comment waits at the least.
    Age {
        /// A day.
        Day = "day",
        /// Three days.
        ThreeDays = "three-days",
        /// A week.
        Week = "week",
        /// Thirty days.
        Month = "month",
    }
}

impl Age {
    /// How long that is.
    pub fn span(self) -> TimeDelta {
        TimeDelta::days(match self {
            Self::Day => 1,
            Self::ThreeDays => 3,
            Self::Week => 7,
            Self::Month => 30,
        })
    }
}

words! {
    /// Before or behind the others.
    Priority {
        /// Before all that is normal.
        Urgent = "urgent",
        /// In the order in which they came.
        Normal = "normal",
    }
}

impl Priority {
    /// As it is stored: what comes first is smaller.
    pub fn number(self) -> i32 {
        match self {
            Self::Urgent => 0,
            Self::Normal => 1,
        }
    }
}

/// A language that comments are written in, as far as that can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// In the one with this ISO 639 code.
    In(String),
    /// That can't be told.
    Unknown,
}

impl Written {
    /// The word for "can't be told" in addresses.
    pub const UNKNOWN: &'static str = "unknown";

    /// Reads a value of an address.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            Self::UNKNOWN => Some(Self::Unknown),
            code => {
                let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
                is_code.then(|| Self::In(code.to_owned()))
            }
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::In(code) => code,
            Self::Unknown => Self::UNKNOWN,
        }
    }

    /// The code as it is stored.
    pub fn into_code(self) -> String {
        match self {
            Self::In(code) => code,
            Self::Unknown => String::new(),
        }
    }
}

/// Which comments of a tab the queue shows; `None` is any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// On this text: its id, and its slug for addresses.
    pub norm: Option<(NormId, String)>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// From this stakeholder group: a code of the vocabulary.
    pub group: Option<String>,
    /// Written in this language.
    pub language: Option<Written>,
    /// Sent at least this long ago.
    pub age: Option<Age>,
    /// From this organisation, by its exact name.
    pub organisation: Option<String>,
    /// With this flag.
    pub flag: Option<Flag>,
}

impl Filter {
    /// The filter as names and values of an address.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let norm = self.norm.as_ref().map(|(_, slug)| ("norm", slug.as_str()));
        let kind = self.kind.map(|kind| ("kind", kind.as_str()));
        let group = self.group.as_deref().map(|group| ("group", group));
        let language = self.language.as_ref().map(|language| ("language", language.as_str()));
        let age = self.age.map(|age| ("age", age.as_str()));
        let organisation = self.organisation.as_deref().map(|name| ("organisation", name));
        let flag = self.flag.map(|flag| ("flag", flag.as_str()));
        [norm, kind, group, language, age, organisation, flag].into_iter().flatten().collect()
    }

    /// What stands behind the question mark of an address: the filter, and `more`.
    pub fn query(&self, more: &[(&'static str, &str)]) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs()).extend_pairs(more);
        query.finish()
    }

    /// `path` with the filter and `more` behind the question mark, if there is anything to put there.
    pub fn address(&self, path: &str, more: &[(&'static str, &str)]) -> String {
        let query = self.query(more);
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// A comment in the queue.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The comment.
    pub comment: Comment,
    /// The code of the language it is written in; empty if that can't be told.
    pub language: String,
    /// Before or behind the others.
    pub priority: Priority,
}

impl Waiting {
    /// Where it stands in the queue.
    pub fn place(&self) -> Place {
        Place { priority: self.priority, at: self.comment.submitted_at, id: self.comment.id }
    }
}

/// A place in the queue: by priority, then time, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Of which priority.
    pub priority: Priority,
    /// When that comment was sent.
    pub at: crate::clock::Moment,
    /// Which comment.
    pub id: CommentId,
}

impl Place {
    /// The form it has in an address.
    pub fn encode(&self) -> String {
        format!("{}.{}", self.priority, Cursor { at: self.at, id: self.id }.encode())
    }

    /// Reads what [`Place::encode`] wrote; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        let (priority, rest) = text.split_once('.')?;
        let Cursor { at, id } = paging::decode(rest, CommentId::parse)?;
        Some(Self { priority: Priority::parse(priority)?, at, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn a_filter_writes_its_address() {
        let none = Filter::default();
        assert_eq!(none.address("/secretariat", &[]), "/secretariat");
        let filter = Filter {
            norm: Some((NormId::new(), "botnets".into())),
            kind: Some(Kind::Lever),
            group: Some("civil-society".into()),
            language: Some(Written::Unknown),
            age: Some(Age::ThreeDays),
            organisation: Some("A & B".into()),
            flag: Some(Flag::Links),
        };
        let place = Place { priority: Priority::Normal, at: clock::from_micros(1), id: CommentId::new() }.encode();
        assert_eq!(
            filter.address("/secretariat", &[("state", "returned"), ("after", &place)]),
            format!(
                "/secretariat?norm=botnets&kind=lever&group=civil-society&language=unknown&age=three-days\
                 &organisation=A+%26+B&flag=links&state=returned&after={place}"
            )
        );
    }

    #[test]
    fn a_place_survives_its_address() {
        let place = Place { priority: Priority::Urgent, at: clock::from_micros(7), id: CommentId::new() };
        assert_eq!(Place::decode(&place.encode()), Some(place));
        let cursor = place.encode().replace("urgent.", "");
        for wrong in ["", ".", "urgent.", &cursor, &format!("soon.{cursor}"), "urgent.x"] {
            assert_eq!(Place::decode(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn languages_are_codes_or_unknown() {
        assert_eq!(Written::parse("fr").map(Written::into_code).as_deref(), Some("fr"));
        assert_eq!(Written::parse("unknown").map(Written::into_code).as_deref(), Some(""));
        for wrong in ["", "f", "FR", "fran", "f1", "é"] {
            assert_eq!(Written::parse(wrong), None, "{wrong}");
        }
    }
}
