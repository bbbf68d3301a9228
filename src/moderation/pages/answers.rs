//! What a comment says as labelled answers, and what changed in them from one revision to the next.

use crate::comments::body::{Acceptable, Body};
use crate::comments::redline::Redline;
use crate::moderation::gist::compared;
use crate::moderation::store::Earlier;
use crate::norms::vocabulary::Vocabulary;
use crate::web::Ctx;

/// Above this many bytes two answers are shown one after the other instead of compared.
const LONGEST_COMPARED: usize = 8_000;

/// An answer of the form.
pub(in crate::moderation) struct Answer {
    /// The message that names it.
    pub label: &'static str,
    /// The answer, codes in words; may be empty.
    pub text: String,
}

/// A revision that a newer one took the place of.
pub(super) struct Superseded {
    /// Which, and when it was sent.
    pub title: String,
    /// Each answer that the next revision changed.
    pub changes: Vec<(&'static str, Redline)>,
}

/// The answers of `body`, apart from the words it is about and the link to evidence.
pub(super) fn answers(ctx: &Ctx, vocabulary: &Vocabulary, body: &Body) -> Vec<Answer> {
    let answer = |label, text: &str| Answer { label, text: text.to_owned() };
    match body {
        Body::Wording(it) => vec![
            answer("moderation-concern", vocabulary.concerns.label_or_code(&it.concern)),
            answer("moderation-rationale", &it.rationale),
            answer("moderation-acceptable", &ctx.t(acceptable(it.acceptable))),
        ],
        Body::Lever(it) => vec![
            answer("moderation-actor", vocabulary.actors.label_or_code(&it.actor)),
            answer("moderation-instrument", vocabulary.instruments.label_or_code(&it.instrument)),
            answer("moderation-action", &it.action),
            answer("moderation-by-when", &it.by_when),
            answer("moderation-example", &it.example),
            answer("moderation-obstacles", &it.obstacles),
            answer("moderation-cost", &it.cost),
        ],
        Body::General(it) => vec![answer("moderation-comment", &it.rationale)],
    }
}

/// The link to evidence as it was typed; empty if none.
pub(super) fn evidence(body: &Body) -> &str {
    match body {
        Body::Wording(it) => &it.evidence,
        Body::General(it) => &it.evidence,
        Body::Lever(_) => "",
    }
}

fn acceptable(answer: Acceptable) -> &'static str {
    match answer {
        Acceptable::Yes => "moderation-acceptable-yes",
        Acceptable::No => "moderation-acceptable-no",
        Acceptable::Unsure => "moderation-acceptable-unsure",
    }
}

/// All that `body` says.
pub(in crate::moderation) fn every_answer(ctx: &Ctx, vocabulary: &Vocabulary, body: &Body) -> Vec<Answer> {
    let mut all = Vec::new();
    if let Body::Wording(it) = body {
        all.push(Answer { label: "moderation-words", text: it.anchor.quote.clone() });
        all.push(Answer { label: "moderation-change", text: ctx.t(format!("change-{}", it.change)) });
        all.push(Answer { label: "moderation-proposed", text: it.proposed_wording.clone() });
    }
    all.extend(answers(ctx, vocabulary, body));
    all.push(Answer { label: "moderation-evidence", text: evidence(body).to_owned() });
    all
}

/// Each of `earlier` (the newest first) with what the revision after it changed; `current` came after the first.
pub(super) fn superseded(ctx: &Ctx, vocabulary: &Vocabulary, current: &Body, earlier: Vec<Earlier>) -> Vec<Superseded> {
    let mut newer = every_answer(ctx, vocabulary, current);
    let mut found = Vec::new();
    for earlier in earlier {
        let older = every_answer(ctx, vocabulary, &earlier.body);
        let pairs = older.iter().zip(&newer).filter(|(old, new)| old.text != new.text);
        let changes = pairs.map(|(old, new)| (old.label, compared(&old.text, &new.text, LONGEST_COMPARED))).collect();
        let (revision, time) = (earlier.revision, ctx.time(earlier.sent_at));
        let title = ctx.t2("moderation-earlier-one", "revision", revision, "time", time);
        found.push(Superseded { title, changes });
        newer = older;
    }
    found
}
