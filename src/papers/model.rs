//! A paper on its way: what its draft holds.

use serde::{Deserialize, Serialize};

use crate::comments::model::Kind;
use crate::db::words;
use crate::ids::{self, CommentId, DraftId};
use crate::web::Fields;

/// The longest paper, in graphemes.
pub const LONGEST_PAPER: usize = 100_000;
/// The longest title, in graphemes.
pub const LONGEST_TITLE: usize = 200;
/// The most parts of a paper.
pub const MOST_PARTS: usize = 100;

words! {
    /// What a part of a paper is.
    Role {
        /// A comment on a norm as a whole.
        General = "general",
        /// A comment on certain words.
        Wording = "wording",
        /// A proposal how to implement a norm.
        Lever = "lever",
        /// More of the part before it.
        Before = "before",
        /// Not a comment; it stays in the whole text.
        Out = "out",
    }
}

impl Role {
    /// The kind of comment it makes, if it makes one.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::General => Some(Kind::General),
            Self::Wording => Some(Kind::Wording),
            Self::Lever => Some(Kind::Lever),
            Self::Before | Self::Out => None,
        }
    }
}

/// A part of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its words, its heading first.
    pub text: String,
    /// The slug of the norm it is about; empty if none is chosen.
    pub norm: String,
    /// What it is, as far as the author has said so.
    pub role: Option<Role>,
    /// What its kind of comment asks for besides the text, by the names of the composers.
    pub details: Fields,
}

/// A paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its title.
    pub title: String,
    /// Its parts, which together are its text.
    pub parts: Vec<Part>,
    /// What becomes public, as far as chosen.
    pub publication: String,
}

/// A comment that the paper makes: a part and those that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined<'a> {
    /// The number of its first part, from 1.
    pub number: usize,
    /// That part.
    pub part: &'a Part,
    /// Of which kind it is.
    pub kind: Kind,
    /// Its words.
    pub text: String,
}

impl Paper {
    /// The comments it makes, in order. What belongs to a part that is left out is left out too.
    pub fn comments(&self) -> Vec<Joined<'_>> {
        let mut found: Vec<Joined> = Vec::new();
        let mut is_open = false;
        for (number, part) in (1..).zip(&self.parts) {
            match (part.role, found.last_mut()) {
                (Some(Role::Before), Some(last)) if is_open => {
                    last.text.push_str("\n\n");
                    last.text.push_str(part.text.trim());
                }
                (Some(Role::Before), _) => {}
                (role, _) => {
                    let kind = role.and_then(Role::kind);
                    is_open = kind.is_some();
                    found.extend(kind.map(|kind| Joined { number, part, kind, text: part.text.trim().to_owned() }));
                }
            }
        }
        found
    }

    /// The numbers of the parts that are in no comment, from 1.
    pub fn left_out(&self) -> Vec<usize> {
        let mut is_open = false;
        let mut found = Vec::new();
        for (number, part) in (1..).zip(&self.parts) {
            if part.role != Some(Role::Before) {
                is_open = part.role.and_then(Role::kind).is_some();
            }
            if !is_open {
                found.push(number);
            }
        }
        found
    }

    /// The whole text, what is left out included.
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.trim()).collect::<Vec<_>>().join("\n\n")
    }

    /// The part with this number, from 1.
    pub fn part(&self, number: usize) -> Option<&Part> {
        self.parts.get(number.checked_sub(1)?)
    }

    /// As its draft holds it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Part {
    /// Its first line, shortened to be read in a list.
    pub fn heading(&self) -> String {
        let line = self.text.lines().map(|line| line.trim().trim_start_matches('#').trim());
        shortened(line.clone().find(|line| !line.is_empty()).unwrap_or_default(), 80)
    }

    /// Its first words below the heading.
    pub fn opening(&self) -> String {
        let lines: Vec<&str> =
            self.text.lines().map(str::trim).filter(|line| !line.is_empty()).skip(1).take(6).collect();
        shortened(&lines.join(" "), 240)
    }
}

/// At most `most` characters, at the end of a word if it is shortened.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(before, _)| before);
    format!("{whole} \u{2026}")
}

/// The key of the comment that a part of a draft makes: the same however often it is sent.
pub fn comment_id(draft: DraftId, number: usize) -> CommentId {
    let digest = ids::sha256(format!("paper {draft} part {number}").as_bytes());
    CommentId::from_bytes(digest.get(..16).unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(roles: &[Role]) -> Paper {
        let part = |(n, role): (usize, &Role)| Part { text: format!("Part {n}"), role: Some(*role), ..Part::default() };
        Paper { parts: (1..).zip(roles).map(part).collect(), ..Paper::default() }
    }

    #[test]
    fn parts_join_the_one_before_and_follow_it_out() {
        let paper =
            paper(&[Role::Out, Role::Before, Role::General, Role::Before, Role::Lever, Role::Out, Role::Before]);
        let comments: Vec<(usize, String)> = paper.comments().into_iter().map(|it| (it.number, it.text)).collect();
        assert_eq!(comments, [(3, "Part 3\n\nPart 4".to_owned()), (5, "Part 5".to_owned())]);
        assert_eq!(paper.left_out(), [1, 2, 6, 7]);
        assert_eq!(paper.text().matches("Part").count(), 7);
    }

    #[test]
    fn a_draft_is_read_back_as_it_was_and_its_comments_keep_their_keys() {
        let paper = paper(&[Role::Wording, Role::Out]);
        assert_eq!(serde_json::from_str::<Paper>(&paper.to_json()).unwrap(), paper);
        let draft = DraftId::new();
        assert_eq!(comment_id(draft, 1), comment_id(draft, 1));
        assert_ne!(comment_id(draft, 1), comment_id(draft, 2));
    }

    #[test]
    fn a_heading_is_the_first_line_without_its_marks() {
        let part = Part { text: "\n\n## On botnets\n\nLong text.".into(), ..Part::default() };
        assert_eq!((part.heading().as_str(), part.opening().as_str()), ("On botnets", "Long text."));
        let long = Part { text: "word ".repeat(100), ..Part::default() };
        assert!(long.heading().chars().count() < 85);
    }
}
