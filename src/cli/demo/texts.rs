//! What demo comments say: bodies as the forms would accept them, made of the sentences in `words`. Pure.

use norm_portal::comments::anchor::Anchor;
use norm_portal::comments::body::{Acceptable, Body, Change, General, Lever, Wording};
use norm_portal::comments::model::Kind;
use norm_portal::norms::model::TextVersion;
use norm_portal::norms::vocabulary::{List, Vocabulary};

use super::dice::Dice;
use super::people;
use super::plan::{self, Outline};
use super::words::{AMENDMENTS, COUNTED, DEADLINES, FORMULAS, LETTER, POSTSCRIPTS, Tongue};

/// What comment `number` says in its first revision.
pub fn body(seed: u64, number: usize, outline: &Outline, version: &TextVersion, vocabulary: &Vocabulary) -> Body {
    let mut dice = plan::dice(seed, number, 2);
    let tongue = people::tongue(outline.author);
    if outline.is_letter {
        return letter(&mut dice);
    }
    match outline.kind {
        Kind::Wording => match anchor(&mut dice, version) {
            Some(anchor) => Body::Wording(wording(&mut dice, tongue, anchor, vocabulary)),
            None => Body::General(general(&mut dice, tongue)),
        },
        Kind::Lever => Body::Lever(lever(&mut dice, tongue, vocabulary)),
        Kind::General => Body::General(general(&mut dice, tongue)),
    }
}

/// The second revision: a sentence more.
pub fn corrected(seed: u64, number: usize, outline: &Outline, mut body: Body) -> Body {
    let mut dice = plan::dice(seed, number, 3);
    let sentence = dice.word(people::tongue(outline.author).reasons);
    let text = match &mut body {
        Body::Wording(it) => &mut it.rationale,
        Body::Lever(it) => &mut it.action,
        Body::General(it) => &mut it.rationale,
    };
    *text = format!("{text}\n\nP.S. {sentence}");
    body
}

/// A form letter: hardly two are the same to the byte, and all are the same to a reader.
fn letter(dice: &mut Dice) -> Body {
    let rationale = LETTER.replace('#', &(1 + dice.below(3)).to_string()) + dice.word(POSTSCRIPTS);
    Body::General(General { rationale, evidence: String::new() })
}

/// Some sentences; now and then very many, or a beginning that a spreadsheet takes for a formula.
fn reasons(dice: &mut Dice, tongue: &Tongue) -> String {
    let sentences = match dice.below(100) {
        0..70 => 1 + dice.below(3),
        70..97 => 4 + dice.below(6),
        _ => 40 + dice.below(60),
    };
    let mut text = if dice.once_in(20) { dice.word(FORMULAS).to_owned() } else { String::new() };
    for place in 0..sentences {
        if place > 0 {
            text.push_str(if place % 5 == 0 { "\n\n" } else { " " });
        }
        text.push_str(dice.word(tongue.reasons));
    }
    if dice.once_in(3) {
        text.push(' ');
        text.push_str(&counted(dice, COUNTED));
    }
    text
}

/// One of `sentences`, with numbers of its own in the places of `#`.
fn counted(dice: &mut Dice, sentences: &[&'static str]) -> String {
    let mut parts = dice.word(sentences).split('#');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}{}{part}", 2 + dice.below(300)))
}

/// The words as they stand, and something of one's own behind them: hardly two propose the same.
fn amended(dice: &mut Dice, quote: &str) -> String {
    let additions: Vec<String> = (0..2 + dice.below(2)).map(|_| counted(dice, AMENDMENTS)).collect();
    format!("{quote}, {},", additions.join(", "))
}

fn evidence(dice: &mut Dice) -> String {
    if dice.once_in(4) { format!("https://example.org/evidence/{}", dice.below(500)) } else { String::new() }
}

fn code(dice: &mut Dice, list: &List) -> String {
    dice.pick(list.items()).map(|item| item.code.clone()).unwrap_or_default()
}

/// Words that many argue about, a whole clause, or a few words anywhere.
fn anchor(dice: &mut Dice, version: &TextVersion) -> Option<Anchor> {
    let words = version.words();
    let is_disputed = |word: &&(usize, &str)| matches!(word.1, "should" | "must" | "substantially" | "intentionally");
    let numbered = (1..).zip(words.iter().map(|word| version.body.get(word.start..word.end).unwrap_or_default()));
    let numbered: Vec<(usize, &str)> = numbered.collect();
    let disputed: Vec<usize> = numbered.iter().filter(is_disputed).map(|(at, _)| *at).collect();
    match (dice.below(10), dice.pick(&disputed), dice.pick(&version.clauses)) {
        (0..4, Some(at), _) => Anchor::from_words(&version.body, *at, *at).ok(),
        (4, _, Some(clause)) => Anchor::from_clause(&version.body, clause).ok(),
        _ => {
            let first = 1 + dice.below(words.len());
            let last = (first + dice.below(6)).min(words.len());
            Anchor::from_words(&version.body, first, last).ok()
        }
    }
}

fn wording(dice: &mut Dice, tongue: &Tongue, anchor: Anchor, vocabulary: &Vocabulary) -> Wording {
    let quote = anchor.quote.as_str();
    let (change, proposed_wording) = match (quote, dice.below(8)) {
        _ if dice.once_in(5) => (Change::Replace, amended(dice, quote)),
        ("should", 0..6) => (Change::Replace, "must".to_owned()),
        (_, 0) => (Change::Delete, String::new()),
        (_, 1) => (Change::Keep, String::new()),
        (_, 2) => (Change::Replace, format!("knowingly {quote}")),
        (_, 3) => (Change::Replace, format!("{quote}, consistent with international law,")),
        (_, 4..6) if !tongue.wordings.is_empty() => (Change::Replace, dice.word(tongue.wordings).to_owned()),
        (_, 4) => (Change::Replace, format!("intentionally and substantially {quote}")),
        _ => (Change::Replace, format!("{quote} and those who act on their behalf")),
    };
    Wording {
        change,
        proposed_wording,
        concern: if dice.once_in(5) { String::new() } else { code(dice, &vocabulary.concerns) },
        rationale: reasons(dice, tongue),
        evidence: evidence(dice),
        acceptable: dice.pick(Acceptable::ALL).copied().unwrap_or(Acceptable::Unsure),
        anchor,
    }
}

fn lever(dice: &mut Dice, tongue: &Tongue, vocabulary: &Vocabulary) -> Lever {
    let side = |dice: &mut Dice| if dice.once_in(3) { dice.word(tongue.reasons).to_owned() } else { String::new() };
    let formula = if dice.once_in(25) { dice.word(FORMULAS) } else { "" };
    Lever {
        actor: code(dice, &vocabulary.actors),
        instrument: code(dice, &vocabulary.instruments),
        action: format!("{formula}{}", dice.word(tongue.actions)),
        by_when: dice.word(DEADLINES).to_owned(),
        example: side(dice),
        obstacles: side(dice),
        cost: side(dice),
    }
}

fn general(dice: &mut Dice, tongue: &Tongue) -> General {
    General { rationale: reasons(dice, tongue), evidence: evidence(dice) }
}

#[cfg(test)]
mod tests {
    use norm_portal::comments::body::LONGEST_TEXT;
    use norm_portal::comments::redline::same_text;
    use norm_portal::ids::{NormId, TextVersionId};
    use norm_portal::norms::package::{Package, SHIPPED};
    use norm_portal::norms::{vocabulary, words::graphemes};

    use super::*;

    fn versions() -> Vec<TextVersion> {
        let package = Package::parse(SHIPPED).unwrap();
        let version = |text: &norm_portal::norms::package::Text| {
            let words = text.version.text();
            TextVersion {
                id: TextVersionId::new(),
                norm_id: NormId::new(),
                label: "1".into(),
                dated: String::new(),
                source: String::new(),
                body: words.body,
                clauses: words.clauses,
            }
        };
        package.texts.iter().map(version).collect()
    }

    fn bodies(seed: u64, comments: usize) -> Vec<Body> {
        let (versions, vocabulary) = (versions(), Vocabulary::parse(vocabulary::SHIPPED).unwrap());
        let one = |number| {
            let outline = plan::outline(seed, number, 100, versions.len());
            body(seed, number, &outline, &versions[outline.norm], &vocabulary)
        };
        (0..comments).map(one).collect()
    }

    #[test]
    fn every_body_is_one_that_the_form_accepts() {
        for body in bodies(3, 2000) {
            match &body {
                Body::Wording(it) if it.change == Change::Replace => {
                    assert!(!it.proposed_wording.is_empty() && !same_text(&it.proposed_wording, &it.anchor.quote));
                }
                Body::Wording(it) => assert_eq!(it.proposed_wording, ""),
                Body::Lever(it) => assert!(!it.action.is_empty() && !it.actor.is_empty() && !it.instrument.is_empty()),
                Body::General(it) => assert!(!it.rationale.is_empty()),
            }
            if let Body::Wording(Wording { rationale, .. }) | Body::General(General { rationale, .. }) = &body {
                assert!(!rationale.is_empty() && graphemes(rationale) <= LONGEST_TEXT);
                assert_eq!(rationale.trim(), rationale);
            }
        }
    }

    #[test]
    fn there_are_scripts_formulas_links_letters_and_long_ones() {
        let texts: Vec<String> = bodies(1, 2000).iter().map(Body::canonical).collect();
        let any = |mark: &dyn Fn(&str) -> bool| texts.iter().any(|text| mark(text));
        for script in ['ا', '的', 'и', 'क', 'é', 'ñ'] {
            assert!(any(&|text| text.contains(script)), "{script}");
        }
        assert!(any(&|text| text.contains("\"rationale\":\"=")));
        assert!(any(&|text| text.contains("https://example.org/evidence/")));
        assert!(any(&|text| text.chars().count() > 4000) && any(&|text| text.chars().count() < 200));
        assert!(texts.iter().filter(|text| text.contains("Example Campaign")).count() > 100);
    }

    #[test]
    fn the_same_seed_says_the_same_and_a_correction_something_else() {
        assert_eq!(bodies(4, 50), bodies(4, 50));
        assert_ne!(bodies(4, 50), bodies(5, 50));
        for (number, first) in bodies(4, 50).into_iter().enumerate() {
            let outline = plan::outline(4, number, 100, 9);
            assert_ne!(corrected(4, number, &outline, first.clone()).digest(), first.digest());
        }
    }
}
