//! A proposal as a list shows it: once for all who ask for the same, with their true number and the first of their names.

use super::read::{Around, Told};
use super::store::{Place, Position};
use crate::comments::body::{Body, Change};
use crate::comments::model::{Comment, Kind};
use crate::moderation::gist::{self, Gist};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words;
use crate::public::entry::{Entry, by};
use crate::web::Language;

/// The names that a list shows of those who ask for the same.
const NAMES: usize = 3;
/// The longest quotation in a heading, in graphemes.
const QUOTED: usize = 200;
/// A redline with more bytes than this is shortened in a list.
const LONGEST_REDLINE: usize = 900;

/// What proposals are shown with.
#[derive(Clone, Copy)]
pub struct Show<'a> {
    /// On which text.
    pub norm: &'a Norm,
    /// Its present wording.
    pub version: &'a TextVersion,
    /// What surrounds the comments.
    pub around: &'a Around,
    /// The names of codes.
    pub vocabulary: &'a Vocabulary,
    /// The reader's.
    pub lang: &'a Language,
}

impl<'a> Show<'a> {
    /// A comment as a list shows it.
    pub fn entry(self, place: &Place, comment: &'a Comment) -> Entry<'a> {
        let earlier = self.around.earlier(comment.text_version_id);
        let version = earlier.unwrap_or(self.version);
        let organisation = self.around.organisation(comment.id);
        let mut entry =
            Entry::new(comment, self.norm, version, earlier.is_none(), organisation, (self.vocabulary, self.lang));
        entry.language.clone_from(&place.language);
        entry
    }

    /// How a comment names its author.
    fn by(self, comment: &Comment) -> String {
        let group = self.vocabulary.groups.label_or_code(&comment.author.stakeholder_group);
        by(comment, group, self.lang)
    }
}

/// What one or more comments ask for.
pub struct Proposal<'a> {
    /// Through the first comment that asks for it.
    pub entry: Entry<'a>,
    /// What all who ask for it are called by in addresses.
    pub id: String,
    /// How many comments ask for it.
    pub comments: i64,
    /// How many comments from how many, in words; empty where it is one comment.
    pub numbers: String,
    /// The first names; none where it is one comment.
    pub names: Vec<String>,
    /// Whether more ask for it than are named.
    pub has_others: bool,
    /// The concern that a comment explains which leaves the words; empty for others.
    pub concern: String,
}

impl<'a> Proposal<'a> {
    /// What `told` asks for; `None` if nobody may be heard.
    pub fn of(told: &'a Told, show: Show<'a>) -> Option<Self> {
        let (place, comment) = told.said.first()?;
        let mut entry = show.entry(place, comment);
        shorten(&mut entry);
        let Position { comments, .. } = told.position;
        let mut names = if comments > 1 { names(told, show) } else { Vec::new() };
        let known = i64::try_from(names.len()).unwrap_or(i64::MAX);
        let has_others = names.len() > NAMES || told.position.voices > known;
        names.truncate(NAMES);
        let numbers = if comments > 1 { numbers(&told.position, show.lang) } else { String::new() };
        Some(Self {
            id: told.position.id.to_string(),
            comments,
            numbers,
            has_others,
            names,
            concern: concern(comment, show.vocabulary),
            entry,
        })
    }

    /// Whether it changes no words.
    pub fn is_concern(&self) -> bool {
        !self.entry.kept.is_empty()
    }
}

/// "12 comments from 9 organisations and people ask for this".
pub fn numbers(position: &Position, lang: &Language) -> String {
    let comments = lang.tn("record-comments", position.comments);
    let voices = lang.tn("record-voices", position.voices);
    let (comments, voices) = (("comments", comments), ("voices", voices));
    match position.kind {
        // The last figure of a place says what sort of change it is.
        Kind::Wording if position.sort % 10 == 3 => lang.t2("record-raise", comments, voices),
        Kind::Wording => lang.t2("record-ask", comments, voices),
        Kind::Lever => lang.t2("record-propose", comments, voices),
        Kind::General => lang.t2("record-say", comments, voices),
    }
}

/// The names of the first who ask for it, each once.
fn names(told: &Told, show: Show) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (_, comment) in &told.said {
        let name = show.by(comment);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The concern of a comment that leaves the words as they are; empty for others.
pub fn concern(comment: &Comment, vocabulary: &Vocabulary) -> String {
    match &comment.body {
        Body::Wording(it) if it.change == Change::Keep => {
            vocabulary.concerns.label(&it.concern).unwrap_or_default().to_owned()
        }
        Body::Wording(_) | Body::Lever(_) | Body::General(_) => String::new(),
    }
}

/// Shows of a long change what changes.
pub fn shorten(entry: &mut Entry) {
    let Some(redline) = &entry.redline else { return };
    if redline.original().len() + redline.clean().len() <= LONGEST_REDLINE {
        return;
    }
    if let Gist::Change(short) = gist::gist(&entry.comment.body) {
        entry.redline = Some(short);
        entry.has_more = true;
    }
}

/// What is proposed for the same words.
pub struct Group<'a> {
    /// The words; empty for the whole.
    pub quote: String,
    /// As people cite them; empty for the whole.
    pub about: String,
    /// In the order of marshalled lists: deletions, replacements, insertions, concerns.
    pub proposals: Vec<Proposal<'a>>,
}

/// Proposals under the words that they are about, in text order.
pub fn groups<'a>(told: &'a [Told], show: Show<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<(_, Group<'a>)> = Vec::new();
    for told in told {
        let Some(proposal) = Proposal::of(told, show) else { continue };
        let at = &told.position;
        let words = (at.text_version_id, at.first_word, at.last_word);
        let key = (at.kind == Kind::Wording).then_some(words);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.proposals.push(proposal),
            None => groups.push((key, group(at, proposal, show))),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn group<'a>(at: &Position, first: Proposal<'a>, show: Show<'a>) -> Group<'a> {
    let version = show.around.earlier(at.text_version_id).unwrap_or(show.version);
    Group {
        quote: quote(version, at.first_word, at.last_word),
        about: first.entry.about.clone(),
        proposals: vec![first],
    }
}

/// The words `first` to `last` of `version`, or how they begin; empty for the whole.
pub fn quote(version: &TextVersion, first: i32, last: i32) -> String {
    let place = |word: i32| usize::try_from(word).unwrap_or_default();
    let words = version.words();
    let quote = words::span(&version.body, &words, place(first), place(last)).unwrap_or_default();
    gist::opening(quote, QUOTED)
}
