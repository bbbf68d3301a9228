//! Which part of which norm a row is about, from what people write in its columns. Pure.

use super::columns::Column;
use super::headings::fold;
use crate::norms::lines::lines;
use crate::norms::model::{Norm, TextVersion};

/// The texts open for comment, by number.
pub type Texts = Vec<(Norm, TextVersion)>;

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Clauses: the text by its place in [`Texts`], first and last word.
    Clauses(usize, (usize, usize)),
    /// A text; not said which part of it.
    Norm(usize),
    /// Expressly the whole of a text.
    Whole(usize),
}

/// Why a row is about nothing: the column and the message.
pub type Fault = (Column, &'static str);

/// Words before a number or letter that say nothing else.
const FILLERS: [&str; 14] = [
    "norm",
    "norms",
    "clause",
    "clauses",
    "subclause",
    "article",
    "art",
    "no",
    "nr",
    "para",
    "section",
    "to",
    "and",
    "abschnitt",
];

/// A number of a norm and letters of clauses.
#[derive(Debug, Default, PartialEq, Eq)]
struct Cited {
    number: Option<i32>,
    letters: Vec<String>,
}

/// Reads `3(b)`, `3 (b)`, `3b`, `Norm 3 (b)`, `(b)`, `3(a)-(c)`, `3`; `None` for anything else.
fn cited(text: &str) -> Option<Cited> {
    let mut found = Cited::default();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let run = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit())
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic())
        } else {
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        };
        let (word, behind) = rest.split_at(run.unwrap_or(rest.len()));
        let word = word.to_lowercase();
        if first.is_ascii_digit() {
            if found.number.is_some() || !found.letters.is_empty() {
                return None;
            }
            found.number = Some(word.parse().ok()?);
        } else if word.chars().count() == 1 {
            found.letters.push(word);
        } else if !FILLERS.contains(&word.as_str()) {
            return None;
        }
        rest = behind;
    }
    let says = found.number.is_some() || !found.letters.is_empty();
    (says && found.letters.len() < 3).then_some(found)
}

/// The text that `words` name: by number, title or address, alone or as `3 Title`.
pub fn norm_named(texts: &Texts, words: &str) -> Option<usize> {
    let folded = fold(words);
    let titled = |(norm, _): &(Norm, TextVersion)| folded == fold(&norm.title) || folded == fold(&norm.slug);
    let numbered = |number: i32| texts.iter().position(|(norm, _)| norm.number == number);
    if !folded.is_empty()
        && let Some(found) = texts.iter().position(titled)
    {
        return Some(found);
    }
    let cited = cited(words)?;
    cited.number.filter(|_| cited.letters.is_empty()).and_then(numbered)
}

/// The one text whose title or address stands in the lines above a table.
pub fn norm_in(texts: &Texts, above: &str) -> Option<usize> {
    let named = |line: &str| {
        let folded = fold(line);
        let at = |(norm, _): &(Norm, TextVersion)| folded.contains(&fold(&norm.title));
        let mut all = texts.iter().enumerate().filter(|(_, text)| at(text)).map(|(index, _)| index);
        let first = all.next();
        first.filter(|_| all.next().is_none())
    };
    let document = above.split("Document:").nth(1).and_then(|rest| rest.split(['|', '\n']).next());
    let document = document.map(|name| name.split("Project:").next().unwrap_or_default().trim());
    document.and_then(|name| norm_named(texts, name)).or_else(|| above.lines().find_map(named))
}

/// What a row is about, from its columns for norm and clause, and the text that the whole table is about.
pub fn find(texts: &Texts, norm: &str, clause: &str, about: Option<usize>) -> Result<Place, Fault> {
    let named = match norm.trim() {
        "" => None,
        norm => Some(norm_named(texts, norm).ok_or((Column::Norm, "table-norm-unknown"))?),
    };
    let whole = clause.to_lowercase();
    if let Some(at) = whole.find("whole") {
        let number = cited(whole.get(..at).unwrap_or_default()).and_then(|cited| cited.number);
        let numbered = texts.iter().position(|(norm, _)| Some(norm.number) == number);
        return numbered.or(named).or(about).map(Place::Whole).ok_or((Column::Clause, "table-norm-missing"));
    }
    if clause.trim().is_empty() {
        return named.or(about).map(Place::Norm).ok_or((Column::Clause, "table-clause-missing"));
    }
    let Some(cited) = cited(clause) else {
        return norm_named(texts, clause).map(Place::Norm).ok_or((Column::Clause, "table-clause-unknown"));
    };
    let numbered = match cited.number {
        None => None,
        Some(number) => {
            let found = texts.iter().position(|(norm, _)| norm.number == number);
            Some(found.ok_or((Column::Clause, "table-norm-unknown"))?)
        }
    };
    if named.is_some() && numbered.is_some() && named != numbered {
        return Err((Column::Clause, "table-clause-other-norm"));
    }
    let index = numbered.or(named).or(about).ok_or((Column::Clause, "table-norm-missing"))?;
    clauses(texts, index, &cited.letters)
}

fn clauses(texts: &Texts, index: usize, letters: &[String]) -> Result<Place, Fault> {
    let (Some((_, version)), [first, ..]) = (texts.get(index), letters) else { return Ok(Place::Norm(index)) };
    let last = letters.last().unwrap_or(first);
    match (version.clause(first), version.clause(last)) {
        (Some(from), Some(to)) if from.first_word <= to.last_word => {
            Ok(Place::Clauses(index, (from.first_word, to.last_word)))
        }
        _ => Err((Column::Clause, "table-no-such-clause")),
    }
}

/// First and last word of a numbered line.
pub fn line(version: &TextVersion, number: u32) -> Option<(usize, usize)> {
    let all = lines(&version.body, &version.clauses);
    let line = all.iter().find(|line| line.number == number)?;
    let words = version.words();
    let on = || (1..).zip(&words).filter(|(_, word)| line.start <= word.start && word.start < line.end);
    Some((on().next()?.0, on().last()?.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_read_as_people_write_them() {
        for text in ["3(b)", "3 (b)", "3b", "Norm 3 (b)", "norm 3, clause B", "3.b", "3-b"] {
            assert_eq!(cited(text), Some(Cited { number: Some(3), letters: vec!["b".into()] }), "{text}");
        }
        assert_eq!(cited("3(a)-(c)").unwrap().letters, ["a", "c"]);
        assert_eq!(cited("(b)").unwrap().number, None);
        assert_eq!(cited("3").unwrap().number, Some(3));
        for text in ["", "3.4", "Annex", "b3", "99999999999"] {
            assert_eq!(cited(text), None, "{text}");
        }
    }
}
