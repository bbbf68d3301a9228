//! What the forms and addresses of the queue carry, read strictly.

use chrono::{Days, NaiveDate, NaiveTime};

use super::flags::model::Flag;
use super::listing::{Age, Filter, Priority, Tab, Written};
use super::model::{Expected, LONGEST_STATEMENT, Outcome, Reason, Verdict};
use crate::clock::Moment;
use crate::comments::model::{Kind, State};
use crate::norms::model::Norm;
use crate::norms::vocabulary::{Item, Vocabulary};
use crate::norms::words::graphemes;
use crate::web::{Fields, Form, Language};

/// The revision, version and round a form was made for; `None` if it was not made by this portal.
pub fn expected(fields: &Fields) -> Option<Expected> {
    let revision: i32 = fields.get("revision").parse().ok()?;
    let version: i64 = fields.get("version").parse().ok()?;
    let round: i32 = fields.get("round").parse().ok()?;
    (revision >= 1 && version >= 1 && (0..=1).contains(&round)).then_some(Expected { revision, version, round })
}

/// For what a verdict is read.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// What the comment waits as.
    pub state: State,
    /// The language of its author.
    pub language: &'a str,
    /// When.
    pub now: Moment,
}

/// How long an author is given to answer unless the moderator says otherwise, in days.
pub const ANSWER_DAYS: u64 = 14;

/// The longest an author is given to answer, in days.
const MOST_ANSWER_DAYS: u64 = 366;

/// The day that is proposed for an answer, as a field of type date has it.
pub fn proposed_day(now: Moment) -> String {
    now.date().checked_add_days(Days::new(ANSWER_DAYS)).unwrap_or(now.date()).to_string()
}

/// The end of the day `text` names, in UTC; `None` if it is none, not later than today, or too far away.
fn end_of_day(text: &str, now: Moment) -> Option<Moment> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let last = now.date().checked_add_days(Days::new(MOST_ANSWER_DAYS))?;
    let at = NaiveTime::from_hms_opt(23, 59, 0)?;
    (day > now.date() && day <= last).then(|| day.and_time(at))
}

/// The verdict, or the form with every error found.
///
/// A declined comment needs a reason of the vocabulary; where its statement is left empty, the author gets the
/// vocabulary's. A returned one says by which day an answer is asked. Another outcome has no reason and no day, whatever
/// was chosen. The verdict on an appeal always has a statement of its own, and sends nothing back.
pub fn verdict(fields: &Fields, case: Case, lang: &Language, vocabulary: &Vocabulary) -> Result<Verdict, Form> {
    let mut form = Form::filled(fields.clone());
    let is_appeal = case.state == State::Appealed;
    let outcome = Outcome::parse(fields.get("outcome")).filter(|outcome| !is_appeal || *outcome != Outcome::Return);
    if outcome.is_none() {
        form.error("outcome", lang.t("moderation-outcome-missing"));
    }
    let item = vocabulary.reasons.item(fields.get("reason")).filter(|_| outcome == Some(Outcome::Decline));
    if outcome == Some(Outcome::Decline) && item.is_none() {
        form.error("reason", lang.t("moderation-reason-missing"));
    }
    let mut statement = fields.get("statement");
    if outcome == Some(Outcome::Return) && statement.is_empty() {
        form.error("statement", lang.t("moderation-statement-missing"));
    }
    if is_appeal && statement.is_empty() {
        form.error("statement", lang.t("appeal-statement-missing"));
    } else if statement.is_empty() {
        statement = item.map_or("", |item| item.statement_in(case.language).0);
    }
    let is_returned = outcome == Some(Outcome::Return);
    let answer_by = end_of_day(fields.get("answer_by"), case.now).filter(|_| is_returned);
    if is_returned && answer_by.is_none() {
        form.error("answer_by", lang.t("moderation-answer-by-wrong"));
    }
    let note = fields.get("note");
    for (name, text, message) in
        [("statement", statement, "moderation-statement-long"), ("note", note, "moderation-note-long")]
    {
        let length = graphemes(text);
        if length > LONGEST_STATEMENT {
            form.error(name, lang.t2(message, ("length", length), ("most", LONGEST_STATEMENT)));
        }
    }
    match outcome {
        Some(outcome) if !form.failed() => {
            Ok(Verdict { outcome, reason: item.map(reason), statement: statement.into(), note: note.into(), answer_by })
        }
        _ => Err(form),
    }
}

fn reason(item: &Item) -> Reason {
    Reason { code: item.code.clone(), label: item.label.clone(), rule: item.rule.clone().unwrap_or_default() }
}

/// The tab an address asks for; what waits, unless it names another.
pub fn tab(query: &Fields) -> Tab {
    Tab::parse(query.get("state")).unwrap_or(Tab::Pending)
}

/// The filter an address asks for. What is not known is left out.
pub fn filter(query: &Fields, norms: &[Norm], vocabulary: &Vocabulary) -> Filter {
    let norm = norms.iter().find(|norm| norm.slug == query.get("norm"));
    let group = query.get("group");
    let organisation = query.get("organisation");
    Filter {
        norm: norm.map(|norm| (norm.id, norm.slug.clone())),
        kind: Kind::parse(query.get("kind")),
        group: vocabulary.groups.has(group).then(|| group.to_owned()),
        language: Written::parse(query.get("language")),
        age: Age::parse(query.get("age")),
        organisation: (!organisation.is_empty()).then(|| organisation.to_owned()),
        flag: Flag::parse(query.get("flag")),
    }
}

/// The priority a form asks for.
pub fn priority(fields: &Fields) -> Option<Priority> {
    Priority::parse(fields.get("priority"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norms::vocabulary::SHIPPED;
    use crate::web::language;

    fn noon() -> Moment {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(12, 0, 0).unwrap()
    }

    fn case(state: State) -> Case<'static> {
        Case { state, language: "en", now: noon() }
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Verdict, Vec<&'static str>> {
        let fields = Fields::default().with("answer_by", "2026-12-07");
        let fields = pairs.iter().fold(fields, |fields, (name, value)| fields.with(name, *value));
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        verdict(&fields, case(State::Pending), language::named("en"), &vocabulary).map_err(|form| {
            form.errors()
                .iter()
                .map(|(name, _)| if let std::borrow::Cow::Borrowed(name) = name { *name } else { "" })
                .collect()
        })
    }

    #[test]
    fn an_appeal_is_answered_in_words_of_its_own_and_never_returned() {
        let read = |outcome: &str, statement: &str| {
            let fields =
                Fields::default().with("outcome", outcome).with("reason", "abuse").with("statement", statement);
            verdict(&fields, case(State::Appealed), language::named("en"), &Vocabulary::parse(SHIPPED).unwrap()).is_ok()
        };
        assert!(read("publish", "You are right.") && read("decline", "It stays as it is."));
        assert!(!read("publish", "") && !read("decline", " ") && !read("return", "Say more."));
    }

    #[test]
    fn nothing_is_decided_by_default() {
        assert_eq!(read(&[]), Err(vec!["outcome"]));
        assert_eq!(read(&[("outcome", "delete")]), Err(vec!["outcome"]));
        assert_eq!(read(&[("outcome", "PUBLISH")]), Err(vec!["outcome"]));
        let published = read(&[("outcome", "publish"), ("reason", "abuse"), ("note", " seen ")]).unwrap();
        assert_eq!((published.reason, published.statement.as_str(), published.note.as_str()), (None, "", "seen"));
    }

    #[test]
    fn a_return_says_what_is_asked() {
        assert_eq!(read(&[("outcome", "return"), ("statement", " \n ")]), Err(vec!["statement"]));
        assert_eq!(read(&[("outcome", "return"), ("statement", "Which clause?")]).unwrap().statement, "Which clause?");
    }

    #[test]
    fn a_return_names_a_day_that_is_to_come() {
        let on = |day: &str| read(&[("outcome", "return"), ("statement", "Which clause?"), ("answer_by", day)]);
        let (first, last) = (on("2026-11-24").unwrap(), on("2027-11-24"));
        assert_eq!(first.answer_by.unwrap().to_string(), "2026-11-24 23:59:00");
        assert!(last.is_ok());
        for wrong in ["", "2026-11-23", "2027-11-25", "tomorrow", "2026-02-30", "24.11.2026"] {
            assert_eq!(on(wrong), Err(vec!["answer_by"]), "{wrong}");
        }
        assert_eq!(read(&[("outcome", "publish"), ("answer_by", "never")]).unwrap().answer_by, None);
        assert_eq!(proposed_day(noon()), "2026-12-07");
    }

    #[test]
    fn a_decline_has_a_listed_reason_and_always_a_statement() {
        assert_eq!(read(&[("outcome", "decline"), ("statement", "x")]), Err(vec!["reason"]));
        assert_eq!(read(&[("outcome", "decline"), ("reason", "viewpoint")]), Err(vec!["reason"]));
        let template = read(&[("outcome", "decline"), ("reason", "abuse")]).unwrap();
        assert!(template.statement.starts_with("Your comment has been declined"), "{}", template.statement);
        assert_eq!(template.reason.unwrap().code, "abuse");
        let own = read(&[("outcome", "decline"), ("reason", "abuse"), ("statement", "Mine")]).unwrap();
        assert_eq!(own.statement, "Mine");
    }

    #[test]
    fn an_over_long_text_is_refused_not_cut() {
        let (fits, long) = ("e\u{301}".repeat(LONGEST_STATEMENT), "a".repeat(LONGEST_STATEMENT + 1));
        assert_eq!(read(&[("outcome", "publish"), ("note", &fits)]).unwrap().note, fits);
        let found = read(&[("outcome", "publish"), ("note", &long), ("statement", &long)]);
        assert_eq!(found, Err(vec!["statement", "note"]));
    }

    #[test]
    fn a_forged_revision_or_version_is_no_expectation() {
        let fields = |revision: &str, version: &str| {
            expected(&Fields::default().with("revision", revision).with("version", version).with("round", "0"))
        };
        assert_eq!(fields("2", "7"), Some(Expected { revision: 2, version: 7, round: 0 }));
        let of_round = |round: &str| {
            expected(&Fields::default().with("revision", "2").with("version", "7").with("round", round)).is_some()
        };
        assert!(of_round("1") && !of_round("") && !of_round("2") && !of_round("-1"));
        for (revision, version) in
            [("", "1"), ("1", ""), ("one", "1"), ("0", "1"), ("1", "-1"), ("1.0", "1"), ("1", "9223372036854775808")]
        {
            assert_eq!(fields(revision, version), None, "{revision:?} {version:?}");
        }
    }

    #[test]
    fn an_unknown_filter_is_none() {
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        let query = Fields::default().with("norm", "x").with("kind", "x").with("group", "x").with("state", "x");
        assert_eq!(filter(&query, &[], &vocabulary), Filter::default());
        assert_eq!(tab(&query), Tab::Pending);
        let query = Fields::default().with("kind", "lever").with("group", "academia").with("state", "declined");
        let expected = Filter { kind: Some(Kind::Lever), group: Some("academia".into()), ..Filter::default() };
        assert_eq!(filter(&query, &[], &vocabulary), expected);
        assert_eq!(tab(&query), Tab::Declined);
    }
}
