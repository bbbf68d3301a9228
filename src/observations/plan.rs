//! What the rows of a table mean for the board as it stands: which change it, which are in conflict with what was changed
//! meanwhile, which can't be taken. Reads, changes nothing.

use std::collections::BTreeMap;

use super::model::{Line, Plan, Problem, Returned, Verdict, Write, named};
use crate::comments::reference::Reference;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::deliberation::board::model::{Issue, State, Texts};
use crate::deliberation::board::store::members;
use crate::deliberation::sheet::model::{Fault, Given, Mark, Under, answers, decision, name, observation, plain};
use crate::deliberation::sheet::store;
use crate::ids::{CommentId, ConsultationId};
use crate::norms;
use crate::norms::vocabulary::List;
use crate::tables::columns::{Column, Layout};
use crate::tables::model::Row;

/// What every row is judged by.
struct Board<'a> {
    list: &'a List,
    consultation: ConsultationId,
    /// What rows name, and how often.
    names: BTreeMap<String, usize>,
}

/// The plan of a table, by the dispositions of the vocabulary.
pub fn plan(conn: &mut AnyConnection, list: &List, table: &Returned) -> DbResult<Plan> {
    let consultation = norms::store::consultation(conn)?.map(|it| it.id);
    let consultation = consultation.ok_or_else(|| DbError::Fault("a table without a consultation".into()))?;
    let mut names = BTreeMap::new();
    let keys: Vec<(String, String)> = table.rows.iter().map(|row| key(table.layout, row)).collect();
    for (name, _) in keys.iter().filter(|(name, _)| !name.is_empty()) {
        *names.entry(name.clone()).or_default() += 1;
    }
    let board = Board { list, consultation, names };
    let rows = table.rows.iter().zip(&keys).enumerate();
    let lines: DbResult<Vec<Line>> = match table.layout {
        Layout::Dispositions => rows.map(|(at, (row, key))| board.of_issue(conn, table, (at, row), key)).collect(),
        Layout::Iso | Layout::Own => {
            let known = Known::read(conn, &keys)?;
            Ok(rows.map(|(at, (row, key))| board.of_comment(&known, (at, row), key)).collect())
        }
    };
    lines.map(Plan)
}

/// What a row names, in the one way that counts, and its mark.
fn key(layout: Layout, row: &Row) -> (String, String) {
    match layout {
        Layout::Dispositions => (plain(row.get(Column::Issue)), plain(row.get(Column::MadeFrom))),
        Layout::Iso | Layout::Own => {
            let (reference, mark) = named(row);
            (Reference::parse(&reference).map(|it| it.to_string()).unwrap_or(reference), mark)
        }
    }
}

/// The comments that rows name, and the issues they are under.
struct Known {
    comments: BTreeMap<String, CommentId>,
    under: BTreeMap<CommentId, Vec<Under>>,
}

impl Known {
    fn read(conn: &mut AnyConnection, keys: &[(String, String)]) -> DbResult<Self> {
        let mut references: Vec<String> = keys.iter().map(|(reference, _)| reference.clone()).collect();
        references.sort_unstable();
        references.dedup();
        let comments: BTreeMap<String, CommentId> = store::comments(conn, &references)?.into_iter().collect();
        let ids: Vec<CommentId> = comments.values().copied().collect();
        let mut under: BTreeMap<CommentId, Vec<Under>> = BTreeMap::new();
        for (comment, it) in store::under(conn, &ids)? {
            under.entry(comment).or_default().push(it);
        }
        Ok(Self { comments, under })
    }
}

/// What the comment gets once these answers are given.
fn with(under: &[Under], given: &[Given]) -> Vec<Under> {
    let mut then = under.to_vec();
    for it in &mut then {
        if let Some(given) = given.iter().find(|given| given.issue == it.issue) {
            it.own.disposition.clone_from(&given.disposition);
            it.own.response.clone_from(&given.response);
        }
    }
    then
}

/// Reasons without the mark that a CSV puts before what begins like a formula, if the board's begin so: a program may have
/// made another sort of file of it.
fn unguarded<'t>(reasons: &'t str, known: &str) -> &'t str {
    let is_formula = |text: &str| text.starts_with(['=', '+', '-', '@']);
    match reasons.strip_prefix('\'') {
        Some(rest) if is_formula(rest) && is_formula(known) => rest,
        _ => reasons,
    }
}

/// A row of which nothing is known yet.
fn line(at: usize, subject: &str, problems: Vec<Problem>) -> Line {
    Line {
        at,
        subject: subject.to_owned(),
        issues: Vec::new(),
        before: String::new(),
        after: String::new(),
        verdict: if problems.is_empty() { Verdict::Same } else { Verdict::Wrong },
        writes: Vec::new(),
        problems,
    }
}

/// What becomes of a row, by its mark, that of the board now, and whether both say the same.
fn verdict(made: &Mark, now: &Mark, said: &str) -> Verdict {
    if said == now.text {
        Verdict::Same
    } else if said == made.text {
        Verdict::Untouched
    } else if made.state == now.state {
        Verdict::Change
    } else {
        Verdict::Conflict
    }
}

impl Board<'_> {
    /// What is wrong with a row before anybody reads what is written in it.
    fn problems(&self, row: &Row, (name, mark): &(String, String), is_known: bool) -> Vec<Problem> {
        let mut problems: Vec<Problem> =
            row.faults.iter().map(|(column, message)| Problem::Cell(column.clone(), message.clone())).collect();
        if name.is_empty() {
            // A row that stands for others says so already.
            problems.extend(problems.is_empty().then_some(Problem::NoReference));
            return problems;
        }
        if !is_known {
            problems.push(Problem::UnknownReference(name.clone()));
        }
        if self.names.get(name).is_some_and(|count| *count > 1) {
            problems.push(Problem::Doubled(name.clone()));
        }
        if Mark::parse(mark).is_none() {
            problems.push(Problem::NoMark);
        }
        problems
    }

    fn of_comment(&self, known: &Known, (at, row): (usize, &Row), key: &(String, String)) -> Line {
        let comment = known.comments.get(&key.0).copied();
        let problems = self.problems(row, key, comment.is_some());
        let text = plain(row.get(Column::Observations));
        let (Some(comment), Some(made), true) = (comment, Mark::parse(&key.1), problems.is_empty()) else {
            return Line { after: text, ..line(at, &key.0, problems) };
        };
        let under = known.under.get(&comment).map(Vec::as_slice).unwrap_or_default();
        let before = observation(self.list, under);
        let now = Mark::of_comment(self.consultation, &key.0, under, &before);
        let said = Mark::of_comment(self.consultation, &key.0, under, &text).text;
        let issues = under.iter().map(|it| (it.name(), it.issue)).collect();
        let shown = Line { issues, before, after: text.clone(), ..line(at, &key.0, Vec::new()) };
        let verdict = verdict(&made, &now, &said);
        if matches!(verdict, Verdict::Same | Verdict::Untouched) {
            return Line { verdict, ..shown };
        }
        match answers(self.list, under, &text) {
            Ok(given) if given.is_empty() => Line { verdict: Verdict::Same, ..shown },
            Ok(given) => {
                // As the board will say it: an emptied cell gives the comment what all get.
                let after = observation(self.list, &with(under, &given));
                let write = |given| Write::Answer { comment, reference: key.0.clone(), given };
                Line { verdict, after, writes: given.into_iter().map(write).collect(), ..shown }
            }
            Err(faults) => {
                let problems = faults.into_iter().map(Problem::Written).collect();
                Line { verdict: Verdict::Wrong, problems, ..shown }
            }
        }
    }

    fn of_issue(
        &self,
        conn: &mut AnyConnection,
        table: &Returned,
        (at, row): (usize, &Row),
        key: &(String, String),
    ) -> DbResult<Line> {
        let place = key.0.rsplit_once('/').and_then(|(slug, number)| Some((slug, number.parse().ok()?)));
        let found = match place {
            Some((slug, number)) => store::issue(conn, slug, number)?.filter(|_| name(slug, number) == key.0),
            None => None,
        };
        let problems = self.problems(row, key, found.is_some());
        let (word, reasons) = (plain(row.get(Column::Disposition)), plain(row.get(Column::Reasons)));
        let after = format!("{word}\n{reasons}").trim().to_owned();
        let (Some(issue), Some(made), true) = (found, Mark::parse(&key.1), problems.is_empty()) else {
            return Ok(Line { after, ..line(at, &key.0, problems) });
        };
        let is_own = members::has_own(conn, issue.id, table.by)?;
        Ok(self.judged(&issue, &made, (&word, &reasons), is_own, Line { after, ..line(at, &key.0, Vec::new()) }))
    }

    /// The row of an issue that can be read.
    fn judged(&self, issue: &Issue, made: &Mark, (word, reasons): (&str, &str), is_own: bool, shown: Line) -> Line {
        let (code, reasons) = (issue.texts.disposition.as_str(), unguarded(reasons, &issue.texts.reasons));
        let label = self.list.label_or_code(code);
        let mark =
            |word: &str, why: &str| Mark::of_issue(self.consultation, (issue.id, issue.version), word, &plain(why));
        let verdict = verdict(made, &mark(label, &issue.texts.reasons), &mark(word, reasons).text);
        let shown = Line {
            issues: vec![(shown.subject.clone(), issue.id)],
            before: format!("{label}\n{}", plain(&issue.texts.reasons)).trim().to_owned(),
            ..shown
        };
        if matches!(verdict, Verdict::Same | Verdict::Untouched) {
            return Line { verdict, ..shown };
        }
        let mut problems = Vec::new();
        if issue.state != State::Draft {
            problems.push(Problem::Written(Fault::Closed(shown.subject.clone())));
        }
        if is_own {
            problems.push(Problem::OwnComment);
        }
        match decision(self.list, word, reasons) {
            Ok((disposition, why)) if problems.is_empty() => {
                if disposition == code && why == plain(&issue.texts.reasons) {
                    return Line { verdict: Verdict::Same, ..shown };
                }
                let then = Texts { disposition: disposition.clone(), ..issue.texts.clone() };
                if !then.takes_words() && !then.wording.is_empty() {
                    return Line { verdict: Verdict::Wrong, problems: vec![Problem::OwnWords], ..shown };
                }
                let write = Write::Decision { issue: issue.id, version: issue.version, disposition, reasons: why };
                Line { verdict, writes: vec![write], ..shown }
            }
            Ok(_) => Line { verdict: Verdict::Wrong, problems, ..shown },
            Err(fault) => {
                problems.push(Problem::Written(fault));
                Line { verdict: Verdict::Wrong, problems, ..shown }
            }
        }
    }
}
