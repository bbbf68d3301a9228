//! Whether two letters are of one campaign: how many shingles they share, and that neither turns what the other says into
//! its opposite. Pure.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::letter::{Letter, Sentence};
use crate::comments::record::fold;

/// Shingles that two letters share at the least: some sentences. What is shorter is alike only if it is the same.
const LEAST_SHARED: usize = 12;
/// Of a hundred shingles of the shorter letter.
const OF_SHORTER: usize = 50;
/// Of a hundred shingles of the longer one: whoever quotes a letter in a paper of their own sends another letter.
const OF_LONGER: usize = 20;
/// Of a hundred words of two sentences, if they are one and the same sentence with a change.
const OF_SENTENCE: usize = 60;
/// Of a hundred words of either of them, those that the other has not got, at the most.
const OF_CHANGED: usize = 45;
/// Sentences of each letter that are compared one by one.
const MOST_SENTENCES: usize = 60;

/// How much of both letters together they share, from 0 to 1; `None` if they are not alike.
pub fn likeness(one: &Letter, other: &Letter) -> Option<f64> {
    if one.scope != other.scope {
        return None;
    }
    if one.digest == other.digest {
        return Some(1.0);
    }
    let shared = shared(&one.shingles, &other.shingles);
    let (a, b) = (one.shingles.len(), other.shingles.len());
    let is_enough =
        shared >= LEAST_SHARED && shared * 100 >= a.min(b) * OF_SHORTER && shared * 100 >= a.max(b) * OF_LONGER;
    (is_enough && !oppose(one, other)).then(|| part(shared, a + b - shared))
}

/// How many things both lists hold, each as often as it is in both. Both are sorted.
pub fn shared<T: Ord>(one: &[T], other: &[T]) -> usize {
    let mut rest = other;
    let mut count = 0;
    for thing in one {
        while let [first, behind @ ..] = rest
            && first < thing
        {
            rest = behind;
        }
        if let [first, behind @ ..] = rest
            && first == thing
        {
            rest = behind;
            count += 1;
        }
    }
    count
}

fn part(some: usize, all: usize) -> f64 {
    let exact = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    if all == 0 { 0.0 } else { exact(some) / exact(all) }
}

/// Whether a sentence of the one is a sentence of the other that was turned round: `not` put in, `keep` for `delete`.
fn oppose(one: &Letter, other: &Letter) -> bool {
    let (own, theirs) = (lacking(one, other), lacking(other, one));
    let turns = |some: &[Sorted], others: &[Sorted]| {
        some.iter().any(|it| nearest(it, others).is_some_and(|near| is_turned(it.sentence, near)))
    };
    turns(&own, &theirs) || turns(&theirs, &own)
}

/// A sentence with its words in the order of the alphabet too, so that two are compared in one pass.
struct Sorted<'l> {
    sentence: &'l Sentence,
    words: Vec<&'l str>,
}

/// The first sentences of `one` that `other` has not got.
fn lacking<'l>(one: &'l Letter, other: &Letter) -> Vec<Sorted<'l>> {
    let is_own = |it: &&Sentence| !other.sentences.contains(*it);
    let sorted = |sentence: &'l Sentence| {
        let mut words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        Sorted { sentence, words }
    };
    one.sentences.iter().filter(is_own).take(MOST_SENTENCES).map(sorted).collect()
}

/// The sentence of `others` that is this one but for a change.
fn nearest<'l>(it: &Sorted, others: &[Sorted<'l>]) -> Option<&'l Sentence> {
    let measured = others.iter().map(|other| {
        let both = it.words.len() + other.words.len();
        (shared(&it.words, &other.words) * 200 / both.max(1), other.sentence)
    });
    measured.filter(|(alike, _)| *alike >= OF_SENTENCE).max_by_key(|(alike, _)| *alike).map(|(_, other)| other)
}

fn counts(words: &[String]) -> HashMap<&str, usize> {
    words.iter().fold(HashMap::new(), |mut counts, word| {
        *counts.entry(word.as_str()).or_default() += 1;
        counts
    })
}

/// Whether what the two sentences do not share says no on one side, or the contrary on the other. A word that is only
/// mistyped there says nothing, and neither does a sentence that is mostly another.
fn is_turned(one: &Sentence, other: &Sentence) -> bool {
    let (own, theirs) = (apart(&one.words, &other.words), apart(&other.words, &one.words));
    if own.len() * 100 > one.words.len() * OF_CHANGED || theirs.len() * 100 > other.words.len() * OF_CHANGED {
        return false;
    }
    let (own, theirs) = (told(&own, &theirs), told(&theirs, &own));
    let says = |sides: &BTreeMap<Side, usize>, side: Side| sides.get(&side).copied().unwrap_or_default();
    let against =
        |a: Side, b: Side| says(&own, a) > 0 && says(&theirs, b) > 0 || says(&own, b) > 0 && says(&theirs, a) > 0;
    says(&own, Side::Not) != says(&theirs, Side::Not)
        || against(Side::For, Side::Against)
        || against(Side::Shall, Side::May)
}

/// The words of `one` beyond those of `other`.
fn apart<'w>(one: &'w [String], other: &[String]) -> Vec<&'w str> {
    let mut left = counts(other);
    one.iter()
        .map(String::as_str)
        .filter(|word| match left.get_mut(word) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .collect()
}

/// How often each side is taken by `words`, but for words that stand mistyped among `others`.
fn told(words: &[&str], others: &[&str]) -> BTreeMap<Side, usize> {
    let telling = words.iter().filter_map(|word| SIDES.get(*word).map(|side| (*word, *side)));
    let meant = telling.filter(|(word, _)| !others.iter().any(|other| is_mistyped(word, other)));
    meant.fold(BTreeMap::new(), |mut counts, (_, side)| {
        *counts.entry(side).or_default() += 1;
        counts
    })
}

/// Whether `other` is `word` with one letter changed, left out, put in, or swapped with its neighbour; and means nothing
/// by itself.
fn is_mistyped(word: &str, other: &str) -> bool {
    if SIDES.contains_key(other) {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    if a.len() < 2 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (left, other_left) = (a.len() - head - tail, b.len() - head - tail);
    let is_swapped =
        || left == 2 && other_left == 2 && a.get(head) == b.get(head + 1) && a.get(head + 1) == b.get(head);
    left <= 1 && other_left <= 1 || is_swapped()
}

/// What a word does to what a sentence asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Not,
    For,
    Against,
    Shall,
    May,
}

/// Words that turn a sentence round, in the languages of the United Nations and some others, as they are found in texts.
const WORDS: &[(Side, &str)] = &[
    (Side::Not, "not no never neither nor cannot without don doesn isn aren shouldn mustn won wouldn"),
    (
        Side::Not,
        "ne pas jamais aucun aucune sans non ni nunca sin jamás ninguna ninguno não sem nicht kein keine nie ohne",
    ),
    (Side::Not, "не нет ни без никогда нельзя لا لم لن ليس ليست دون بدون عدم غير ألا 不 没 未 勿 无 非 नहीं मत बिना"),
    (
        Side::For,
        "support endorse keep retain adopt accept welcome approve strengthen add include maintain widen binding",
    ),
    (
        Side::For,
        "soutenons soutenir maintenir garder conserver renforcer adopter ajouter apoyamos apoyar mantener conservar",
    ),
    (
        Side::For,
        "reforzar adoptar añadir поддерживаем поддержать сохранить усилить принять добавить نؤيد ندعم إبقاء تعزيز إضافة",
    ),
    (Side::Against, "oppose reject delete remove weaken refuse abandon drop strike withdraw exclude narrow voluntary"),
    (
        Side::Against,
        "rejetons rejeter supprimer affaiblir retirer abandonner rechazamos rechazar suprimir eliminar debilitar",
    ),
    (Side::Against, "retirar отвергаем отклонить удалить исключить ослабить نرفض نعارض حذف إضعاف إزالة"),
    (Side::Shall, "must shall doivent debe deben должны يجب"),
    (Side::May, "may can could peuvent puede pueden могут يجوز يمكن"),
];

/// The side that a folded word takes.
static SIDES: LazyLock<HashMap<String, Side>> = LazyLock::new(|| {
    let each = |(side, words): &(Side, &str)| {
        let side = *side;
        words.split(' ').flat_map(fold::folded).map(move |word| (word, side)).collect::<Vec<_>>()
    };
    WORDS.iter().flat_map(each).collect()
});

#[cfg(test)]
#[path = "likeness_tests.rs"]
mod tests;
