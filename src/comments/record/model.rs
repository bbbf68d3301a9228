//! What the record keeps of a published comment: by what it is found, with which others it says the same, for whom it
//! speaks. Pure.

use super::{fold, language};
use crate::accounts::model::OnBehalfOf;
use crate::accounts::organisations::model::folded as folded_name;
use crate::comments::anchor::fold as fold_typed;
use crate::comments::body::{Body, Change, Wording};
use crate::comments::model::{Comment, Kind};
use crate::db::words;
use crate::ids::{self, OrganisationId};
use crate::norms::model::TextVersion;

words! {
    /// By what published comments are counted and chosen.
    Facet {
        /// Wording, lever or the whole.
        Kind = "kind",
        /// The stakeholder group.
        Group = "group",
        /// The author's country, ISO 3166-1 alpha-2.
        Country = "country",
        /// The letter of a clause it touches.
        Clause = "clause",
        /// The concern of a wording comment.
        Concern = "concern",
        /// The language it is written in.
        Language = "language",
        /// Who should act.
        Actor = "actor",
        /// By what instrument.
        Instrument = "instrument",
        /// Actor and instrument together, `actor/instrument`: a cell of the matrix. Counted only.
        Lever = "lever",
        /// The day it was sent, `2019-01-17`. Counted only.
        Day = "day",
        /// The label of the version of the text it is about. Counted only.
        Version = "version",
        /// By kind, what is asked for in different words: positions, not comments. Counted only.
        Said = "said",
    }
}

impl Facet {
    /// What comments can be chosen by: each goes by its word in every address.
    pub fn choices() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|facet| facet.is_choice())
    }

    /// Whether comments can be chosen by it, not only counted.
    pub fn is_choice(self) -> bool {
        !matches!(self, Self::Lever | Self::Day | Self::Version | Self::Said)
    }
}

/// What the record keeps of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is counted and chosen by; nothing that is empty.
    pub facets: Vec<(Facet, String)>,
    /// The same for comments that ask for the same.
    pub digest: Vec<u8>,
    /// Where it stands among others in text order.
    pub sort: i64,
    /// The first word it is about; 0 for the whole.
    pub first_word: i32,
    /// The last one; 0 for the whole.
    pub last_word: i32,
    /// The same for comments of one organisation, or of one person who speaks for none.
    pub voice: Vec<u8>,
    /// The language it is written in; empty if that can't be told.
    pub language: String,
    /// What it is found by, word by word.
    pub tokens: Vec<String>,
}

/// The word between the fields of a comment, so that no phrase reaches over.
const BORDER: &str = "_";

impl Entry {
    /// What the record keeps of `comment` on `version` of the text at `slug`, for which `organisation` may speak.
    pub fn of(comment: &Comment, slug: &str, version: &TextVersion, organisation: Option<OrganisationId>) -> Self {
        let (first_word, last_word) = match comment.body.anchor() {
            Some(anchor) => (number(anchor.first_word), number(anchor.last_word)),
            None => (0, 0),
        };
        let language = language_of(&comment.body).to_owned();
        let facets = facets(comment, version, &language);
        Self {
            digest: digest(comment),
            sort: i64::from(first_word) * 10_000_000 + i64::from(last_word) * 10 + rank(&comment.body),
            first_word,
            last_word,
            voice: voice(comment, organisation),
            tokens: tokens(comment, slug, &facets),
            language,
            facets,
        }
    }

    /// The entry with the voice and the language that it entered with.
    #[must_use]
    pub fn as_entered(mut self, voice: Vec<u8>, language: String) -> Self {
        self.facets.retain(|(facet, _)| *facet != Facet::Language);
        if !language.is_empty() {
            self.facets.push((Facet::Language, language.clone()));
        }
        Self { voice, language, ..self }
    }
}

fn number(word: usize) -> i32 {
    i32::try_from(word).unwrap_or(i32::MAX)
}

/// Deletions before replacements before insertions at the same place, then concerns: the order of marshalled lists.
fn rank(body: &Body) -> i64 {
    match body {
        Body::Wording(it) => match it.change {
            Change::Delete => 0,
            Change::Replace if !only_adds(it) => 1,
            Change::Replace => 2,
            Change::Keep => 3,
        },
        Body::Lever(_) | Body::General(_) => 0,
    }
}

/// Whether every word that stands stays, in its order.
fn only_adds(wording: &Wording) -> bool {
    let mut new = wording.proposed_wording.split_whitespace();
    wording.anchor.quote.split_whitespace().all(|word| new.any(|other| other == word))
}

fn facets(comment: &Comment, version: &TextVersion, language: &str) -> Vec<(Facet, String)> {
    let author = &comment.author;
    let mut found = vec![
        (Facet::Kind, comment.kind.to_string()),
        (Facet::Group, author.stakeholder_group.clone()),
        (Facet::Country, author.country.clone().unwrap_or_default()),
        (Facet::Language, language.to_owned()),
        (Facet::Day, comment.submitted_at.date().to_string()),
        (Facet::Version, version.label.clone()),
    ];
    match &comment.body {
        Body::Wording(it) => {
            found.push((Facet::Concern, it.concern.clone()));
            let touched = version.clauses.iter();
            let touched = touched
                .filter(|clause| clause.first_word <= it.anchor.last_word && it.anchor.first_word <= clause.last_word);
            found.extend(touched.map(|clause| (Facet::Clause, clause.letter.clone())));
        }
        Body::Lever(it) => {
            found.push((Facet::Actor, it.actor.clone()));
            found.push((Facet::Instrument, it.instrument.clone()));
            found.push((Facet::Lever, format!("{}/{}", it.actor, it.instrument)));
        }
        Body::General(_) => {}
    }
    found.retain(|(_, value)| !value.is_empty());
    found
}

/// Everything of a comment that people read, apart from the words it is about.
pub fn texts(comment: &Comment) -> Vec<&str> {
    texts_of(&comment.body)
}

/// The language that `body` is written in; empty if that can't be told.
pub fn language_of(body: &Body) -> &'static str {
    language::of(&texts_of(body).join("\n"))
}

fn texts_of(body: &Body) -> Vec<&str> {
    let all: Vec<&str> = match body {
        Body::Wording(it) => vec![&it.proposed_wording, &it.rationale, &it.evidence],
        Body::Lever(it) => vec![&it.action, &it.by_when, &it.example, &it.obstacles, &it.cost],
        Body::General(it) => vec![&it.rationale, &it.evidence],
    };
    all.into_iter().filter(|text| !text.is_empty()).collect()
}

fn tokens(comment: &Comment, slug: &str, facets: &[(Facet, String)]) -> Vec<String> {
    let author = &comment.author;
    let mut found = Vec::new();
    let quote = comment.body.anchor().map_or("", |anchor| anchor.quote.as_str());
    let names = [
        author.public_name(comment.publication).unwrap_or_default(),
        author.public_organisation(comment.publication).unwrap_or_default(),
        &comment.reference,
        quote,
    ];
    for text in texts(comment).into_iter().chain(names).filter(|text| !text.is_empty()) {
        found.extend(fold::folded(text));
        found.push(BORDER.to_owned());
    }
    found.push(norm_token(slug));
    found.extend(facets.iter().filter(|(facet, _)| facet.is_choice()).map(|(facet, value)| facet_token(*facet, value)));
    found
}

/// The word that every comment on the text at `slug` is found by. No word of a text looks like it.
pub fn norm_token(slug: &str) -> String {
    format!("_norm-{slug}").to_lowercase()
}

/// The word that every comment with this value of `facet` is found by. No word of a text looks like it.
pub fn facet_token(facet: Facet, value: &str) -> String {
    let sound: String = value.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("_{facet}-{sound}").to_lowercase()
}

fn digest(comment: &Comment) -> Vec<u8> {
    let said: Vec<String> = match &comment.body {
        Body::Wording(it) if it.change == Change::Keep => vec![place(it), it.concern.clone(), alike(&it.rationale)],
        Body::Wording(it) => vec![place(it), typed(&it.proposed_wording)],
        Body::Lever(it) => vec![it.actor.clone(), it.instrument.clone(), alike(&it.action)],
        Body::General(it) => vec![alike(&it.rationale)],
    };
    let version = match comment.kind {
        Kind::Wording => comment.text_version_id.to_string(),
        Kind::Lever | Kind::General => String::new(),
    };
    ids::sha256(format!("{}\n{version}\n{}", comment.kind, said.join("\n")).as_bytes()).to_vec()
}

fn place(it: &Wording) -> String {
    format!("{} {} {}", it.anchor.first_word, it.anchor.last_word, it.change)
}

/// The same for wordings that differ only in how they were typed: white space, normalisation form, kinds of hyphens,
/// apostrophes and quotation marks, invisible marks. Case and punctuation are part of a wording.
pub fn typed(wording: &str) -> String {
    let quotes = |c: char| if matches!(c, '\u{201C}'..='\u{201F}' | '\u{AB}' | '\u{BB}') { '"' } else { c };
    let folded: String = fold_typed(wording).chars().map(quotes).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same for texts that differ in case, marks, spaces and punctuation only.
fn alike(text: &str) -> String {
    let words = fold::folded(text);
    // A text of signs only is like itself.
    if words.is_empty() { text.trim().to_owned() } else { words.join(" ") }
}

fn voice(comment: &Comment, organisation: Option<OrganisationId>) -> Vec<u8> {
    let author = &comment.author;
    let stated = author.organisation.as_deref().filter(|_| author.on_behalf_of == OnBehalfOf::Organisation);
    let who = match (organisation, stated) {
        (Some(organisation), _) => format!("organisation:{organisation}"),
        (None, Some(name)) => format!("name:{}", folded_name(name)),
        // Nobody shall see by a count that the name on one comment belongs to another without.
        (None, None) => format!("account:{} {}", author.account, comment.publication),
    };
    ids::sha256(who.as_bytes()).get(..16).unwrap_or_default().to_vec()
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
