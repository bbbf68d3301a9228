//! What stands in a row that is handed out: the answer in words, and a mark by which the row tells, when it comes back,
//! from which state of the board it was made. Pure.

use std::fmt;

use crate::deliberation::board::model::{LONGEST_TEXT, OwnAnswer, State};
use crate::files::xml::sound;
use crate::ids::{self, ConsultationId, IssueId};
use crate::norms::vocabulary::List;
use crate::norms::words::graphemes;

/// What an issue is called in a table: `avoid-tampering/7`.
pub fn name(slug: &str, number: i32) -> String {
    format!("{slug}/{number}")
}

/// An issue that a comment is under, with what the comment gets there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Under {
    /// Which issue.
    pub issue: IssueId,
    /// The slug of its text.
    pub slug: String,
    /// Its number on the text.
    pub number: i32,
    /// Where it stands.
    pub state: State,
    /// What is decided on it, for all: a code, empty while there is nothing.
    pub disposition: String,
    /// Why.
    pub reasons: String,
    /// What the comment gets of its own; mostly nothing.
    pub own: OwnAnswer,
}

impl Under {
    /// What the issue is called.
    pub fn name(&self) -> String {
        name(&self.slug, self.number)
    }

    /// What holds for the comment: its own answer, else that of all.
    pub fn holds(&self) -> (&str, &str) {
        match self.own.disposition.as_str() {
            "" if self.disposition.is_empty() => ("", ""),
            "" => (&self.disposition, &self.reasons),
            own => (own, &self.own.response),
        }
    }
}

/// A decision in words: the disposition in the first line, the reasons below it; nothing while there is none.
fn in_words(list: &List, (disposition, reasons): (&str, &str)) -> String {
    match disposition {
        "" => String::new(),
        code => plain(&format!("{}\n{reasons}", list.label_or_code(code))),
    }
}

/// Column 8: what a comment gets. Where it is under several issues and gets different answers, each begins with the name
/// of its issue.
pub fn observation(list: &List, under: &[Under]) -> String {
    match under {
        [] => String::new(),
        [first, rest @ ..] if rest.iter().all(|it| it.holds() == first.holds()) => in_words(list, first.holds()),
        all => {
            let one = |it: &Under| match in_words(list, it.holds()) {
                words if words.is_empty() => String::new(),
                words => {
                    let mut lines = words.lines();
                    let first = lines.next().unwrap_or_default().to_owned();
                    let said = lines.fold(first, |said, line| said + "\n" + &set_in(all, line));
                    format!("{}: {said}\n", it.name())
                }
            };
            plain(&all.iter().map(one).collect::<String>())
        }
    }
}

/// The issue that a line of column 8 names at its beginning, and what follows.
fn begins<'u, 'l>(under: &'u [Under], line: &'l str) -> Option<(&'u Under, &'l str)> {
    let (first, rest) = line.split_once(':')?;
    let is_it = |it: &&Under| it.name().eq_ignore_ascii_case(first.trim_end());
    Some((under.iter().find(is_it)?, rest.trim_start_matches(' ')))
}

/// A line of a response, a space further in if it would be taken for the beginning of the next answer.
fn set_in(under: &[Under], line: &str) -> String {
    if begins(under, line.trim_start_matches(' ')).is_some() { format!(" {line}") } else { line.to_owned() }
}

/// The line that [`set_in`] was given.
fn set_out<'l>(under: &[Under], line: &'l str) -> &'l str {
    match line.strip_prefix(' ') {
        Some(rest) if begins(under, rest.trim_start_matches(' ')).is_some() => rest,
        _ => line,
    }
}

/// A text as files keep it: single line breaks, no white space around it, nothing that XML can't hold.
pub fn plain(text: &str) -> String {
    sound(text).0.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// What is wrong with an answer that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A disposition without reasons.
    NoReasons,
    /// Reasons without a disposition.
    NoDisposition,
    /// The word is no disposition of the vocabulary.
    Unknown(String),
    /// Longer than an answer may be.
    TooLong,
    /// The comment is under no issue.
    NoIssue,
    /// This issue is no draft.
    Closed(String),
    /// This issue gets two answers in one cell.
    Twice(String),
}

/// The code of a disposition by its label or its code, however it is capitalised.
fn code<'l>(list: &'l List, word: &str) -> Option<&'l str> {
    // Marks of direction can't be seen, and programs put other spaces than were typed.
    let unseen =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let seen: String = word.chars().filter(|c| !unseen(*c)).collect();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = seen.trim_end_matches(['.', ':', ',', ';']).to_lowercase();
    let is_it = |known: &str| known.to_lowercase() == wanted;
    list.items().iter().find(|item| is_it(&item.code) || is_it(&item.label)).map(|item| item.code.as_str())
}

/// A decision from its two parts: code and reasons, both empty for none.
pub fn decision(list: &List, disposition: &str, reasons: &str) -> Result<(String, String), Fault> {
    let (disposition, reasons) = (plain(disposition), plain(reasons));
    match (disposition.as_str(), reasons.as_str()) {
        ("", "") => Ok((disposition, reasons)),
        ("", _) => Err(Fault::NoDisposition),
        (word, reasons) => {
            let code = code(list, word).ok_or_else(|| Fault::Unknown(word.chars().take(80).collect()))?;
            match graphemes(reasons) {
                0 => Err(Fault::NoReasons),
                long if long > LONGEST_TEXT => Err(Fault::TooLong),
                _ => Ok((code.to_owned(), reasons.to_owned())),
            }
        }
    }
}

/// An answer for one comment under one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Under which issue.
    pub issue: IssueId,
    /// In place of which version of the comment's own answer.
    pub version: i64,
    /// A code; empty: the same as the others.
    pub disposition: String,
    /// Why.
    pub response: String,
}

/// What column 8 of a comment changes: the answers under its issues that are not what holds now, or what is wrong.
pub fn answers(list: &List, under: &[Under], text: &str) -> Result<Vec<Given>, Vec<Fault>> {
    let (mut given, mut faults) = (Vec::new(), Vec::new());
    let parts = parts(under, &plain(text));
    if parts.is_empty() {
        return Err(vec![Fault::NoIssue]);
    }
    for (at, (it, words)) in parts.iter().enumerate() {
        if parts.iter().take(at).any(|(before, _)| before.issue == it.issue) {
            faults.push(Fault::Twice(it.name()));
            continue;
        }
        let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
        match decision(list, first, rest) {
            Ok((disposition, response)) => {
                let is_own = !it.own.disposition.is_empty();
                let is_new = it.holds() != (disposition.as_str(), response.as_str());
                // Nothing said of a comment that gets what all get: it stays so.
                if is_new && (is_own || !disposition.is_empty()) {
                    given.push(Given { issue: it.issue, version: it.own.version, disposition, response });
                    faults.extend((it.state != State::Draft).then(|| Fault::Closed(it.name())));
                }
            }
            Err(fault) => faults.push(fault),
        }
    }
    faults.dedup();
    if faults.is_empty() { Ok(given) } else { Err(faults) }
}

/// The text for each issue: parts that begin with the name of one, or the whole text for all.
fn parts<'u>(under: &'u [Under], text: &str) -> Vec<(&'u Under, String)> {
    let begins = |line| begins(under, line);
    if text.lines().next().and_then(begins).is_none() {
        return under.iter().map(|it| (it, text.to_owned())).collect();
    }
    let mut parts: Vec<(&Under, String)> = Vec::new();
    for line in text.lines() {
        match (begins(line), parts.last_mut()) {
            (Some((it, rest)), _) => parts.push((it, rest.to_owned())),
            (None, Some((_, words))) => words.extend(["\n", set_out(under, line)]),
            (None, None) => {}
        }
    }
    // What is said of none of the parts is taken back.
    let left = under.iter().filter(|it| parts.iter().all(|(known, _)| known.issue != it.issue));
    let left: Vec<(&Under, String)> = left.map(|it| (it, String::new())).collect();
    parts.into_iter().chain(left).collect()
}

/// From which state of the board a row was made: `4f1c-9b02aa31-77d0e514`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Of which consultation.
    pub consultation: String,
    /// The state of the board.
    pub state: String,
    /// What the row said then.
    pub text: String,
}

fn digest(parts: &[&str], length: usize) -> String {
    let mut hashed = Vec::new();
    for part in parts {
        hashed.extend(part.len().to_be_bytes());
        hashed.extend(part.as_bytes());
    }
    hex::encode(ids::sha256(&hashed)).chars().take(length).collect()
}

impl Mark {
    /// That of a comment's row, whose column 8 says `text`.
    pub fn of_comment(consultation: ConsultationId, reference: &str, under: &[Under], text: &str) -> Self {
        // What holds for all counts where the comment has no answer of its own.
        let general = |it: &Under| match it.own.disposition.as_str() {
            "" => digest(&[&it.disposition, &it.reasons], 64),
            _ => String::new(),
        };
        let mut issues: Vec<String> =
            under.iter().map(|it| format!("{} {} {}", it.issue, it.own.version, general(it))).collect();
        issues.sort_unstable();
        let mut state = vec![reference];
        state.extend(issues.iter().map(String::as_str));
        Self::with(consultation, &state, text)
    }

    /// That of an issue's row, which says `disposition` and `reasons`.
    pub fn of_issue(
        consultation: ConsultationId,
        (issue, version): (IssueId, i64),
        disposition: &str,
        reasons: &str,
    ) -> Self {
        let (issue, version) = (issue.to_string(), version.to_string());
        Self::with(consultation, &[&issue, &version], &format!("{disposition}\n{reasons}"))
    }

    fn with(consultation: ConsultationId, state: &[&str], text: &str) -> Self {
        Self {
            consultation: digest(&[&consultation.to_string()], 4),
            state: digest(state, 8),
            text: digest(&[&plain(text)], 8),
        }
    }

    /// Reads a mark; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-').map(str::to_owned);
        let (consultation, state, text) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hex = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let holds = is_hex(&consultation, 4) && is_hex(&state, 8) && is_hex(&text, 8) && parts.next().is_none();
        holds.then_some(Self { consultation, state, text })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.consultation, self.state, self.text)
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
