//! Rows become comments: the same rules and limits as in the composers, each error with its column. Pure.

use std::collections::HashMap;

use super::authors;
use super::columns::{Column, Layout, OF_AUTHOR};
use super::headings::fold;
use super::model::{Row, Table};
use super::places::{self, Place, Texts};
use crate::comments::anchor::{Anchor, find_quote};
use crate::comments::body::{Body, Change};
use crate::comments::form;
use crate::comments::iso;
use crate::comments::model::{Class, Kind, Publication};
use crate::comments::received::model::Came;
use crate::comments::redline::same_text;
use crate::ids::NormId;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::norms::words;
use crate::web::{Fields, Language};

/// What a row comes to.
pub enum Outcome {
    /// A comment: on which text (by its place in [`Texts`]), what it says, and of which type.
    Comment {
        /// On which text.
        text: usize,
        /// What it says.
        body: Body,
        /// Of which type.
        class: Option<Class>,
        /// The places that its words stand in, if they are several and one was chosen.
        places: Vec<(usize, usize)>,
    },
    /// The words stand in several places of a text: which?
    Which(usize, Vec<(usize, usize)>),
    /// It can't be sent: columns and what is wrong.
    Wrong(Vec<(Column, String)>),
}

/// A row, what it comes to, and whether the same was said before.
pub struct Judged<'t> {
    /// The row.
    pub row: &'t Row,
    /// What it comes to.
    pub outcome: Outcome,
    /// The reference of a comment of the same words that was sent before, or the row above that says the same.
    pub same_as: Option<String>,
    /// How it came and whose it is, if staff enter it for its author.
    pub came: Option<Came>,
}

/// What rows are read with.
pub struct Reader<'a> {
    /// The texts open for comment.
    pub texts: &'a Texts,
    /// The lists of codes.
    pub vocabulary: &'a Vocabulary,
    /// The language of messages.
    pub lang: &'a Language,
    /// Whether rows may be of different authors: then two that say the same in other names are two comments.
    pub by_author: bool,
}

impl Reader<'_> {
    /// Reads every row. `fields` say which place was chosen where there are several (`place-<number of the row>`);
    /// `sent` are the comments this person sent before: text, digest of what the form can say of them, reference.
    pub fn judge<'t>(
        &self,
        table: &'t Table,
        fields: &Fields,
        sent: &HashMap<(NormId, String), String>,
    ) -> Vec<Judged<'t>> {
        let about = places::norm_in(self.texts, &table.about);
        let mut seen = sent.clone();
        let mut judged = Vec::with_capacity(table.rows.len());
        for (number, row) in table.rows.iter().enumerate() {
            let chosen = fields.get(&format!("place-{number}"));
            let outcome = RowReader { it: self, row, layout: table.layout(), wrong: Vec::new() }.read(about, chosen);
            let mut same_as = None;
            if let Outcome::Comment { text, body, .. } = &outcome
                && let Some((norm, _)) = self.texts.get(*text)
            {
                let whose = if self.by_author { authors::named(row) } else { String::new() };
                let key = (norm.id, body.digest() + &whose);
                same_as = seen.get(&key).cloned();
                seen.entry(key).or_insert_with(|| row.place(self.lang));
            }
            judged.push(Judged { row, outcome, same_as, came: None });
        }
        judged
    }
}

/// The words of a row: their text, the places if they are several, and the one that is meant.
struct Found {
    text: usize,
    places: Vec<(usize, usize)>,
    chosen: Option<Anchor>,
}

struct RowReader<'a, 't> {
    it: &'a Reader<'a>,
    row: &'t Row,
    layout: Layout,
    wrong: Vec<(Column, String)>,
}

impl RowReader<'_, '_> {
    fn fail(&mut self, column: Column, message: &str) {
        self.wrong.push((column, self.it.lang.t(message)));
    }

    fn read(mut self, about: Option<usize>, chosen: &str) -> Outcome {
        for (column, message) in &self.row.faults {
            if let Some(column) = Column::parse(column).filter(|column| !OF_AUTHOR.contains(column)) {
                self.wrong.push((column, self.it.lang.t(message)));
            }
        }
        let class = self.class();
        let place = match places::find(self.it.texts, self.row.get(Column::Norm), self.row.get(Column::Clause), about) {
            Ok(place) => Some(place),
            Err((column, message)) => {
                self.fail(column, message);
                None
            }
        };
        let Some(place) = place else { return Outcome::Wrong(self.wrong) };
        let kind = self.kind(place);
        match (kind, place) {
            (Some(Kind::Wording), place) => match self.words(place, chosen) {
                Some(Found { text, places, chosen: Some(anchor) }) => {
                    self.finish(text, class, Kind::Wording, Some(anchor), places)
                }
                Some(Found { text, places, chosen: None }) if self.wrong.is_empty() => Outcome::Which(text, places),
                _ => Outcome::Wrong(self.wrong),
            },
            (Some(kind), Place::Clauses(text, _) | Place::Norm(text) | Place::Whole(text)) => {
                self.finish(text, class, kind, None, Vec::new())
            }
            (None, _) => Outcome::Wrong(self.wrong),
        }
    }

    fn class(&mut self) -> Option<Class> {
        let class = match fold(self.row.get(Column::Type)).as_str() {
            "" => return None,
            "ge" | "general" | "generalcomment" => Class::General,
            "te" | "technical" => Class::Technical,
            "ed" | "editorial" => Class::Editorial,
            _ => {
                self.fail(Column::Type, "table-type-unknown");
                return None;
            }
        };
        Some(class)
    }

    /// Said, or told by what is filled in.
    fn kind(&mut self, place: Place) -> Option<Kind> {
        let said = self.row.get(Column::Kind);
        let known =
            |kind: &&Kind| said == kind.as_str() || fold(said) == fold(&self.it.lang.t(&format!("kind-{kind}")));
        if !said.is_empty() {
            let kind = Kind::ALL.iter().find(known).copied();
            if kind.is_none() {
                self.fail(Column::Kind, "table-kind-unknown");
            }
            return kind;
        }
        let lever = [Column::Actor, Column::Instrument, Column::Action];
        if self.layout == Layout::Own && lever.iter().any(|column| !self.row.get(*column).is_empty()) {
            return Some(Kind::Lever);
        }
        let has_words = !self.row.get(Column::Words).is_empty() || self.row.old.is_some();
        let has_place = has_words || !self.row.get(Column::Line).is_empty();
        Some(match place {
            Place::Clauses(..) => Kind::Wording,
            Place::Norm(_) if has_place => Kind::Wording,
            Place::Norm(_) | Place::Whole(_) => Kind::General,
        })
    }

    /// The words of a wording comment, or the places to choose from; `None` if there are none.
    fn words(&mut self, place: Place, chosen: &str) -> Option<Found> {
        let (text, within) = match place {
            Place::Clauses(text, within) => (text, Some(within)),
            Place::Norm(text) | Place::Whole(text) => (text, None),
        };
        let version = &self.it.texts.get(text)?.1;
        let quote = match (self.row.get(Column::Words), &self.row.old) {
            ("", Some(old)) => old.trim(),
            (words, _) => words,
        };
        let places = if quote.is_empty() {
            vec![self.unquoted(text, within)?]
        } else {
            find_quote(&version.body, quote, within)
        };
        if places.is_empty() {
            let message = self.not_found(text, quote, within);
            self.wrong.push((Column::Words, message));
            return None;
        }
        let picked = match places.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|(first, last)| chosen == format!("{first}-{last}")),
        };
        let chosen = picked.and_then(|(first, last)| Anchor::from_words(&version.body, *first, *last).ok());
        let places = if places.len() > 1 { places } else { Vec::new() };
        Some(Found { text, places, chosen })
    }

    /// The words of a row that quotes none: those of its line, or of its clauses.
    fn unquoted(&mut self, text: usize, within: Option<(usize, usize)>) -> Option<(usize, usize)> {
        let version = &self.it.texts.get(text)?.1;
        let said = self.row.get(Column::Line);
        let number = said.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
        let (from, to) = within.unwrap_or((1, usize::MAX));
        match (number, within) {
            (None, Some(within)) => Some(within),
            (None, None) => {
                self.fail(Column::Words, "table-no-words");
                None
            }
            (Some(number), _) => {
                let line = number.parse().ok().and_then(|number| places::line(version, number));
                let inside = line.map(|(first, last)| (first.max(from), last.min(to))).filter(|(a, b)| a <= b);
                if inside.is_none() {
                    self.fail(Column::Line, "table-no-such-line");
                }
                inside
            }
        }
    }

    /// Says where the words do stand, or how far they can be followed.
    fn not_found(&self, text: usize, quote: &str, within: Option<(usize, usize)>) -> String {
        let lang = self.it.lang;
        let other = |(norm, version): &(crate::norms::model::Norm, crate::norms::model::TextVersion)| {
            let (first, last) = find_quote(&version.body, quote, None).first().copied()?;
            Some(version.cite(norm.number, first, last))
        };
        let here = self.it.texts.get(text).and_then(other);
        if let Some(cited) = here.or_else(|| self.it.texts.iter().find_map(other)) {
            return lang.t1("table-words-elsewhere", "clause", cited);
        }
        let Some((_, version)) = self.it.texts.get(text) else { return lang.t("table-words-not-found") };
        let sought = words::words(quote);
        let known = (1..sought.len()).rev().take(200).find_map(|count| {
            let begin = words::span(quote, &sought, 1, count)?;
            (!find_quote(&version.body, begin, within).is_empty()).then(|| begin.to_owned())
        });
        match known {
            Some(begin) => {
                let shown: Vec<char> = begin.chars().collect();
                let shown: String = shown.iter().skip(shown.len().saturating_sub(60)).collect();
                lang.t1("table-words-until", "words", shown)
            }
            None => lang.t("table-words-not-found"),
        }
    }

    /// The fields of a composer, checked as there.
    fn finish(
        mut self,
        text: usize,
        class: Option<Class>,
        kind: Kind,
        anchor: Option<Anchor>,
        places: Vec<(usize, usize)>,
    ) -> Outcome {
        let mut fields = Fields::default().with("publication", Publication::Named.as_str());
        for column in self.layout.columns().iter().filter(|column| self.layout.is_answer(**column)) {
            fields.set(column.as_str(), self.row.get(*column));
        }
        match kind {
            Kind::Wording => self.change(&mut fields, anchor.as_ref()),
            Kind::General => self.whole(&mut fields),
            Kind::Lever => {
                fields.set("actor", self.code(Column::Actor, &self.it.vocabulary.actors));
                fields.set("instrument", self.code(Column::Instrument, &self.it.vocabulary.instruments));
            }
        }
        if self.layout == Layout::Iso {
            evidence(&mut fields);
        }
        match form::parse(kind, anchor, fields, self.it.vocabulary, self.it.lang) {
            Ok(answers) if self.wrong.is_empty() => Outcome::Comment { text, body: answers.body, class, places },
            Ok(_) => Outcome::Wrong(self.wrong),
            Err(form) => {
                for (field, message) in form.errors() {
                    let column = Column::parse(field).unwrap_or(Column::Why);
                    if !self.wrong.iter().any(|(known, _)| *known == column) {
                        self.wrong.push((column, message.clone()));
                    }
                }
                Outcome::Wrong(self.wrong)
            }
        }
    }

    /// What a wording comment wants of the words.
    fn change(&mut self, fields: &mut Fields, anchor: Option<&Anchor>) {
        let proposed = self.row.get(Column::Proposed);
        let is_struck = proposed.is_empty() && self.row.old.as_ref().is_some_and(|old| !old.trim().is_empty());
        let says_delete = matches!(proposed.to_lowercase().trim_matches(['(', ')', '.', ' ']), "delete");
        let change = if is_struck || says_delete {
            Change::Delete
        } else if proposed.is_empty() {
            Change::Keep
        } else {
            Change::Replace
        };
        if change == Change::Replace && anchor.is_some_and(|anchor| same_text(proposed, &anchor.quote)) {
            self.fail(Column::Proposed, "table-same-words");
        }
        fields.set("change", change.as_str());
        fields.set("concern", self.code(Column::Concern, &self.it.vocabulary.concerns));
    }

    /// A comment on the whole: what stands in other columns is put below it, so that nothing is lost.
    fn whole(&mut self, fields: &mut Fields) {
        let (words, proposed) = (self.row.get(Column::Words), self.row.get(Column::Proposed));
        let mut text = fields.get("rationale").to_owned();
        for (label, more) in [("table-about-words", words), ("table-proposed-change", proposed)] {
            if !more.is_empty() {
                let gap = if text.is_empty() { "" } else { "\n\n" };
                text = format!("{text}{gap}{}\n{more}", self.it.lang.t(label));
            }
        }
        fields.set("rationale", text);
    }

    /// The code of what is written into a column: itself, or its label.
    fn code(&mut self, column: Column, list: &List) -> String {
        let said = self.row.get(column);
        let fits = |label: &str| fold(label) == fold(said);
        let item = list.items().iter().find(|item| item.code == said || fits(&item.label));
        if item.is_none() && !said.is_empty() {
            let message = self.it.lang.t1("table-not-in-list", "words", said.chars().take(60).collect::<String>());
            self.wrong.push((column, message));
        }
        item.map(|item| item.code.clone()).unwrap_or_default()
    }
}

/// The link that our own tables have as the last line of the comments.
fn evidence(fields: &mut Fields) {
    let text = fields.get("rationale").to_owned();
    if let Some((rationale, link)) = text.rsplit_once(&format!("\n\n{}", iso::EVIDENCE))
        && !link.contains(char::is_whitespace)
    {
        fields.set("rationale", rationale);
        fields.set("evidence", link);
    }
}
