//! The texts that comments of a list are about: each read and measured once, however many comments it has.

use std::collections::BTreeMap;

use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::TextVersionId;
use crate::norms::lines::{Line, line_of_word, lines};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::words::{Word, at};

/// A wording with its words and lines.
pub struct Text {
    /// The wording.
    pub version: TextVersion,
    /// Its words.
    pub words: Vec<Word>,
    /// Its numbered lines.
    pub lines: Vec<Line>,
}

impl Text {
    /// Measures `version`.
    pub fn of(version: TextVersion) -> Self {
        let (words, lines) = (version.words(), lines(&version.body, &version.clauses));
        Self { version, words, lines }
    }

    /// The numbered line on which a word begins.
    pub fn line_of(&self, word: usize) -> u32 {
        line_of_word(&self.lines, &self.words, word)
    }

    /// Where words `first` to `last` stand, in Unicode code points: the first of them, and just behind the last.
    pub fn code_points(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let (start, end) = (at(&self.words, first)?.start, at(&self.words, last)?.end);
        let before = self.version.body.get(..start)?.chars().count();
        Some((before, before + self.version.body.get(start..end)?.chars().count()))
    }
}

/// The texts of some comments.
pub struct Texts {
    norms: Vec<Norm>,
    versions: BTreeMap<TextVersionId, Text>,
}

impl Texts {
    /// Those that `comments` are about.
    pub fn of<'a>(conn: &mut AnyConnection, comments: impl Iterator<Item = &'a Comment>) -> DbResult<Self> {
        let norms = norms::norms(conn)?;
        let mut versions = BTreeMap::new();
        for comment in comments {
            let id = comment.text_version_id;
            if let std::collections::btree_map::Entry::Vacant(place) = versions.entry(id) {
                place.insert(Text::of(norms::version(conn, id)?));
            }
        }
        Ok(Self { norms, versions })
    }

    /// The norm and the wording that `comment` is about.
    pub fn about(&self, comment: &Comment) -> Option<(&Norm, &Text)> {
        let norm = self.norms.iter().find(|norm| norm.id == comment.norm_id)?;
        Some((norm, self.versions.get(&comment.text_version_id)?))
    }
}
