//! What the composers send, checked: a body and a publication choice, or the form with its errors.

use super::anchor::Anchor;
use super::body::{Acceptable, Body, Change, General, LONGEST_NOTE, LONGEST_TEXT, Lever, Wording, web_link};
use super::model::{Kind, Publication};
use super::record::model::language_of;
use super::redline::same_text;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// A comment that can be sent.
#[derive(Debug, Clone)]
pub struct Answers {
    /// What it says.
    pub body: Body,
    /// What becomes public.
    pub publication: Publication,
    /// The language it is written in; empty if that can't be told. Judged where nobody waits for the database.
    pub language: &'static str,
}

impl Answers {
    /// What a comment says, with its language.
    pub fn of(body: Body, publication: Publication) -> Self {
        Self { language: language_of(&body), body, publication }
    }
}

/// Reads a composer. A wording comment has its words found already.
pub fn parse(
    kind: Kind,
    anchor: Option<Anchor>,
    fields: Fields,
    vocabulary: &Vocabulary,
    lang: &Language,
) -> Result<Answers, Form> {
    let mut reader = Reader { form: Form::filled(fields.clone()), fields, vocabulary, lang };
    let body = match (kind, anchor) {
        (Kind::Wording, Some(anchor)) => reader.wording(anchor).map(Body::Wording),
        (Kind::Wording, None) => None,
        (Kind::Lever, _) => Some(Body::Lever(reader.lever())),
        (Kind::General, _) => Some(Body::General(reader.general())),
    };
    let publication = Publication::parse(reader.fields.get("publication"));
    if publication.is_none() {
        reader.fail("publication", "compose-publication-missing");
    }
    match (body, publication) {
        (Some(body), Some(publication)) if !reader.form.failed() => Ok(Answers::of(body, publication)),
        _ => Err(reader.form),
    }
}

struct Reader<'a> {
    fields: Fields,
    form: Form,
    vocabulary: &'a Vocabulary,
    lang: &'a Language,
}

impl Reader<'_> {
    fn fail(&mut self, name: &'static str, message: &str) {
        self.form.error(name, self.lang.t(message));
    }

    /// A text of at most `longest` graphemes; with `missing`, one that must be there.
    fn text(&mut self, name: &'static str, longest: usize, missing: Option<&str>) -> String {
        let text = self.fields.get(name).to_owned();
        let length = graphemes(&text);
        if length > longest {
            let (longest, length) = (longest.to_string(), length.to_string());
            let message = self.lang.plain("compose-too-long", &[("longest", &longest), ("length", &length)]);
            self.form.error(name, message);
        } else if let (true, Some(missing)) = (text.is_empty(), missing) {
            self.fail(name, missing);
        }
        text
    }

    fn code(&mut self, name: &'static str, list: &List, missing: &str, optional: bool) -> String {
        let code = self.fields.get(name).to_owned();
        let left_out = optional && code.is_empty();
        if !left_out && !list.has(&code) {
            self.fail(name, missing);
        }
        code
    }

    fn evidence(&mut self) -> String {
        let link = self.text("evidence", LONGEST_NOTE, None);
        if !link.is_empty() && web_link(&link).is_none() {
            self.fail("evidence", "compose-evidence-wrong");
        }
        link
    }

    fn wording(&mut self, anchor: Anchor) -> Option<Wording> {
        let typed = self.text("proposed_wording", LONGEST_TEXT, None);
        let change = match self.fields.get("change") {
            "" => Some(Change::Replace),
            word => Change::parse(word),
        };
        match change {
            None => self.fail("change", "compose-change-missing"),
            Some(Change::Replace) if typed.is_empty() => self.fail("proposed_wording", "compose-no-words"),
            Some(Change::Replace) if same_text(&typed, &anchor.quote) => {
                self.fail("proposed_wording", "compose-same-words");
            }
            Some(_) => {}
        }
        let concern = self.code("concern", &self.vocabulary.concerns, "compose-concern-wrong", true);
        let rationale = self.text("rationale", LONGEST_TEXT, Some("compose-rationale-missing"));
        let evidence = self.evidence();
        let acceptable = match self.fields.get("acceptable") {
            "" => Some(Acceptable::Unsure),
            word => Acceptable::parse(word),
        };
        if acceptable.is_none() {
            self.fail("acceptable", "compose-acceptable-wrong");
        }
        let change = change?;
        let proposed_wording = if change == Change::Replace { typed } else { String::new() };
        Some(Wording { anchor, change, proposed_wording, concern, rationale, evidence, acceptable: acceptable? })
    }

    fn lever(&mut self) -> Lever {
        Lever {
            actor: self.code("actor", &self.vocabulary.actors, "compose-actor-missing", false),
            instrument: self.code("instrument", &self.vocabulary.instruments, "compose-instrument-missing", false),
            action: self.text("action", LONGEST_TEXT, Some("compose-action-missing")),
            by_when: self.text("by_when", LONGEST_NOTE, None),
            example: self.text("example", LONGEST_TEXT, None),
            obstacles: self.text("obstacles", LONGEST_TEXT, None),
            cost: self.text("cost", LONGEST_TEXT, None),
        }
    }

    fn general(&mut self) -> General {
        let rationale = self.text("rationale", LONGEST_TEXT, Some("compose-comment-missing"));
        General { rationale, evidence: self.evidence() }
    }
}

/// The fields that show `body` in its composer.
pub fn filled(body: &Body, publication: Publication) -> Fields {
    let fields = Fields::default().with("publication", publication.as_str());
    match body {
        Body::Wording(it) => fields
            .with("first_word", it.anchor.first_word.to_string())
            .with("last_word", it.anchor.last_word.to_string())
            .with("change", it.change.as_str())
            .with("proposed_wording", it.new_words())
            .with("concern", &it.concern)
            .with("rationale", &it.rationale)
            .with("evidence", &it.evidence)
            .with("acceptable", it.acceptable.as_str()),
        Body::Lever(it) => fields
            .with("actor", &it.actor)
            .with("instrument", &it.instrument)
            .with("action", &it.action)
            .with("by_when", &it.by_when)
            .with("example", &it.example)
            .with("obstacles", &it.obstacles)
            .with("cost", &it.cost),
        Body::General(it) => fields.with("rationale", &it.rationale).with("evidence", &it.evidence),
    }
}
