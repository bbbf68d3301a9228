//! Issues: read, begun, changed. Every change is guarded by the version that was read.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::{accounts, issue_comments, issues};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::deliberation::board::model::{About, Done, Issue, Kind, State, Texts};
use crate::ids::{AccountId, IssueId, NormId, TextVersionId};
use crate::web::paging::ROWS;

#[derive(Queryable, Selectable)]
#[diesel(table_name = issues)]
struct Row {
    id: IssueId,
    norm_id: NormId,
    number: i32,
    about: Kind,
    text_version_id: TextVersionId,
    first_word: i32,
    last_word: i32,
    quote: String,
    actor: String,
    instrument: String,
    statement: String,
    options: String,
    recommendation: String,
    disposition: String,
    reasons: String,
    state: State,
    round: i32,
    answered: i32,
    version: i64,
    sent_back: String,
    satisfied: i64,
    unsatisfied: i64,
    changed_by: AccountId,
    changed_at: Moment,
    proposed_by: Option<AccountId>,
    proposed_at: Option<Moment>,
    validated_by: Option<AccountId>,
    validated_at: Option<Moment>,
    wording: String,
}

fn position(word: i32) -> usize {
    usize::try_from(word).unwrap_or_default()
}

fn done((by, at): (Option<AccountId>, Option<Moment>)) -> Option<Done> {
    Some(Done { by: by?, at: at? })
}

fn issue(row: Row) -> Issue {
    let about = match row.about {
        Kind::Words => {
            About::Words { first: position(row.first_word), last: position(row.last_word), quote: row.quote }
        }
        Kind::Lever => About::Lever { actor: row.actor, instrument: row.instrument },
        Kind::Whole => About::Whole,
    };
    let texts = Texts {
        statement: row.statement,
        options: row.options.lines().map(str::to_owned).collect(),
        recommendation: row.recommendation,
        disposition: row.disposition,
        reasons: row.reasons,
        wording: row.wording,
    };
    Issue {
        id: row.id,
        norm: row.norm_id,
        number: row.number,
        about,
        version_of_text: row.text_version_id,
        texts,
        state: row.state,
        round: row.round,
        answered: row.answered,
        version: row.version,
        sent_back: row.sent_back,
        satisfied: row.satisfied,
        unsatisfied: row.unsatisfied,
        changed: Done { by: row.changed_by, at: row.changed_at },
        proposed: done((row.proposed_by, row.proposed_at)),
        validated: done((row.validated_by, row.validated_at)),
    }
}

/// The issue with this id.
pub fn by_id(conn: &mut AnyConnection, id: IssueId) -> DbResult<Option<Issue>> {
    Ok(issues::table.find(id).select(Row::as_select()).first(conn).optional()?.map(issue))
}

/// Issues of a text in its order, behind the place and number `after`; one more than a page as the sign that more follow.
pub fn of_norm(conn: &mut AnyConnection, norm: NormId, after: Option<(i32, i32)>) -> DbResult<Vec<Issue>> {
    let mut query = issues::table.filter(issues::norm_id.eq(norm)).into_boxed();
    if let Some((place, number)) = after {
        // The first condition alone gives the index its start.
        query = query.filter(issues::place.ge(place));
        query = query.filter(issues::place.gt(place).or(issues::place.eq(place).and(issues::number.gt(number))));
    }
    let rows: Vec<Row> = query
        .order((issues::place, issues::number))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(issue).collect())
}

/// Issues in a state, by text and number, at most `most`.
pub fn in_state(conn: &mut AnyConnection, state: State, most: i64) -> DbResult<Vec<Issue>> {
    let rows: Vec<Row> = issues::table
        .filter(issues::state.eq(state))
        .order((issues::norm_id, issues::number))
        .limit(most)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(issue).collect())
}

/// Drafts of a text, by number, at most `most`: where comments can be put.
pub fn drafts_of(conn: &mut AnyConnection, norm: NormId, most: i64) -> DbResult<Vec<Issue>> {
    let drafts = issues::table.filter(issues::norm_id.eq(norm)).filter(issues::state.eq(State::Draft));
    let rows: Vec<Row> = drafts.order(issues::number).limit(most).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(issue).collect())
}

/// How many issues each text has in each state.
pub fn counts(conn: &mut AnyConnection) -> DbResult<Vec<(NormId, State, i64)>> {
    Ok(issues::table
        .group_by((issues::norm_id, issues::state))
        .select((issues::norm_id, issues::state, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The names of people, as far as they are still there.
pub fn names(conn: &mut AnyConnection, of: &[AccountId]) -> DbResult<Vec<(AccountId, String)>> {
    Ok(accounts::table.filter(accounts::id.eq_any(of.to_vec())).select((accounts::id, accounts::name)).load(conn)?)
}

fn lines(options: &[String]) -> String {
    options.join("\n")
}

/// Begins an issue on the text; its number. The same id again fails with [`DbError::Taken`], and so does a number that
/// somebody else took at the same moment.
pub fn begin(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, norm, version): (IssueId, NormId, TextVersionId),
    (about, texts): (&About, &Texts),
) -> DbResult<i32> {
    let last: Option<i32> =
        issues::table.filter(issues::norm_id.eq(norm)).select(diesel::dsl::max(issues::number)).first(conn)?;
    let number = last.unwrap_or_default() + 1;
    let word = |at: usize| i32::try_from(at).map_err(|_| DbError::Fault("a word past all words".into()));
    let none = String::new;
    let (first, last, quote, actor, instrument) = match about.clone() {
        About::Words { first, last, quote } => (word(first)?, word(last)?, quote, none(), none()),
        About::Lever { actor, instrument } => (0, 0, none(), actor, instrument),
        About::Whole => (0, 0, none(), none(), none()),
    };
    diesel::insert_into(issues::table)
        .values((
            (
                issues::id.eq(id),
                issues::norm_id.eq(norm),
                issues::number.eq(number),
                issues::about.eq(about.kind()),
                issues::place.eq(about.place()),
                issues::text_version_id.eq(version),
                issues::first_word.eq(first),
                issues::last_word.eq(last),
                issues::quote.eq(quote),
                issues::actor.eq(actor),
                issues::instrument.eq(instrument),
            ),
            (
                issues::statement.eq(&texts.statement),
                issues::options.eq(lines(&texts.options)),
                issues::recommendation.eq(&texts.recommendation),
                issues::disposition.eq(&texts.disposition),
                issues::reasons.eq(&texts.reasons),
                issues::wording.eq(&texts.wording),
            ),
            (
                issues::state.eq(State::Draft),
                issues::round.eq(1),
                issues::answered.eq(0),
                issues::version.eq(1_i64),
                issues::sent_back.eq(""),
                issues::satisfied.eq(0_i64),
                issues::unsatisfied.eq(0_i64),
                issues::created_by.eq(by),
                issues::created_at.eq(now),
                issues::changed_by.eq(by),
                issues::changed_at.eq(now),
            ),
        ))
        .execute(conn)?;
    Ok(number)
}

/// Puts other texts in place of those of `version` of a draft. `false`: it is another by now, or no draft.
pub fn write(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (IssueId, i64),
    texts: &Texts,
) -> DbResult<bool> {
    let draft =
        issues::table.filter(issues::id.eq(id).and(issues::version.eq(version))).filter(issues::state.eq(State::Draft));
    let changed = diesel::update(draft)
        .set((
            issues::statement.eq(&texts.statement),
            issues::options.eq(lines(&texts.options)),
            issues::recommendation.eq(&texts.recommendation),
            issues::disposition.eq(&texts.disposition),
            issues::reasons.eq(&texts.reasons),
            issues::wording.eq(&texts.wording),
            issues::changed_by.eq(by),
            issues::changed_at.eq(now),
            issues::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// How an issue is moved: from one state to another, and what that leaves.
#[derive(Debug)]
pub struct Moved<'a> {
    /// From.
    pub from: State,
    /// To.
    pub to: State,
    /// In which round it is then.
    pub round: i32,
    /// Which round everyone reads then.
    pub answered: i32,
    /// Why it was sent back; else empty.
    pub sent_back: &'a str,
    /// Who proposed the decision, if that stands.
    pub proposed: Option<Done>,
    /// Who found it right, if that stands.
    pub validated: Option<Done>,
}

/// Moves `version` of an issue. `false`: it is another by now, or in another state.
pub fn advance(
    conn: &mut AnyConnection,
    now: Moment,
    by: AccountId,
    (id, version): (IssueId, i64),
    it: &Moved,
) -> DbResult<bool> {
    let as_read =
        issues::table.filter(issues::id.eq(id).and(issues::version.eq(version))).filter(issues::state.eq(it.from));
    let changed = diesel::update(as_read)
        .set((
            issues::state.eq(it.to),
            issues::round.eq(it.round),
            issues::answered.eq(it.answered),
            issues::sent_back.eq(it.sent_back),
            issues::proposed_by.eq(it.proposed.as_ref().map(|done| done.by)),
            issues::proposed_at.eq(it.proposed.as_ref().map(|done| done.at)),
            issues::validated_by.eq(it.validated.as_ref().map(|done| done.by)),
            issues::validated_at.eq(it.validated.as_ref().map(|done| done.at)),
            issues::changed_by.eq(by),
            issues::changed_at.eq(now),
            issues::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Makes the caller the only one who changes a draft, whatever its version. `false`: it is no draft.
pub fn hold_draft(conn: &mut AnyConnection, id: IssueId) -> DbResult<bool> {
    let draft = issues::table.filter(issues::id.eq(id).and(issues::state.eq(State::Draft)));
    Ok(diesel::update(draft).set(issues::number.eq(issues::number)).execute(conn)? == 1)
}

/// Throws away `version` of a draft under which there are no comments. `false`: it is another by now.
pub fn discard(conn: &mut AnyConnection, (id, version): (IssueId, i64)) -> DbResult<bool> {
    use crate::db::schema::issue_tallies;
    diesel::delete(issue_tallies::table.filter(issue_tallies::issue_id.eq(id))).execute(conn)?;
    diesel::delete(issue_comments::table.filter(issue_comments::issue_id.eq(id))).execute(conn)?;
    let draft = issues::table.filter(issues::id.eq(id).and(issues::version.eq(version)));
    let draft = draft.filter(issues::state.eq(State::Draft)).filter(issues::answered.eq(0));
    Ok(diesel::delete(draft).execute(conn)? == 1)
}

/// Counts an author who said whether the answer satisfies them.
pub fn count_satisfied(conn: &mut AnyConnection, id: IssueId, is_satisfied: bool) -> DbResult<()> {
    let row = issues::table.find(id);
    if is_satisfied {
        diesel::update(row).set(issues::satisfied.eq(issues::satisfied + 1)).execute(conn)?;
    } else {
        diesel::update(row).set(issues::unsatisfied.eq(issues::unsatisfied + 1)).execute(conn)?;
    }
    Ok(())
}
