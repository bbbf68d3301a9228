//! The SQL of the queue: pages of comments by tab and filter, how many there are, which one is next.
//!
//! Each page is one range of an index for each priority: `state, (what is filtered by,) priority, submitted_at, id`.

use std::collections::BTreeMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::clock::Moment;
use crate::comments::model::State;
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{claims, comment_flags, comments};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, CommentId};
use crate::moderation::listing::{Filter, Place, Priority, Tab, Waiting};
use crate::web::paging::ROWS;

/// Counting a state stops here: beyond it a page says "more than". Higher, and the page would cost more when more waits.
pub const MOST_COUNTED: i64 = 1_000;

/// How many comments one person can work on that the tabs still show.
const MOST_CLAIMED: i64 = 1_000;

/// Among how many the next one is looked for that nobody else works on.
const LOOKED_AT: usize = 20;

/// Which comments: of a state, published without some of their words, or claimed by somebody.
enum Which {
    InState(State),
    Redacted,
    Among(Vec<CommentId>),
}

fn which(conn: &mut AnyConnection, now: Moment, by: AccountId, tab: Tab) -> DbResult<Which> {
    if tab == Tab::Redacted {
        return Ok(Which::Redacted);
    }
    let Some(state) = tab.state() else {
        let mut live = claims::table.filter(claims::until.gt(now)).into_boxed();
        if tab == Tab::Mine {
            live = live.filter(claims::account_id.eq(by));
        }
        return Ok(Which::Among(live.limit(MOST_CLAIMED).select(claims::comment_id).load(conn)?));
    };
    Ok(Which::InState(state))
}

/// The comments of one priority behind `after`, the longest waiting first.
fn of_priority(
    conn: &mut AnyConnection,
    now: Moment,
    which: &Which,
    filter: &Filter,
    (priority, after): (Priority, Option<Place>),
    most: usize,
) -> DbResult<Vec<Waiting>> {
    let mut query = current().filter(comments::priority.eq(priority.number())).into_boxed();
    query = match which {
        Which::InState(state) => query.filter(comments::state.eq(*state)),
        Which::Redacted => query.filter(comments::is_redacted).filter(comments::state.eq(State::Published)),
        Which::Among(ids) => query.filter(
            comments::id.eq_any(ids.clone()).and(comments::state.eq_any(vec![State::Pending, State::Appealed])),
        ),
    };
    if let Some((norm, _)) = filter.norm {
        query = query.filter(comments::norm_id.eq(norm));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(comments::kind.eq(kind));
    }
    if let Some(group) = filter.group.clone() {
        query = query.filter(comments::stakeholder_group.eq(group));
    }
    if let Some(language) = filter.language.clone() {
        query = query.filter(comments::language.eq(language.into_code()));
    }
    if let Some(organisation) = filter.organisation.clone() {
        query = query.filter(comments::organisation.eq(organisation));
    }
    if let Some(flag) = filter.flag {
        let raised = comment_flags::table.filter(comment_flags::comment_id.eq(comments::id));
        query = query.filter(exists(raised.filter(comment_flags::flag.eq(flag))));
    }
    if let Some(age) = filter.age {
        query = query.filter(comments::submitted_at.le(now - age.span()));
    }
    if let Some(Place { at, id, .. }) = after {
        // The first condition alone gives the index its start.
        query = query.filter(comments::submitted_at.ge(at));
        query = query.filter(comments::submitted_at.gt(at).or(comments::submitted_at.eq(at).and(comments::id.gt(id))));
    }
    let rows: Vec<(CommentRow, RevisionRow, String)> = query
        .order((comments::submitted_at, comments::id))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select(), comments::language))
        .load(conn)?;
    rows.into_iter()
        .map(|(row, text, language)| Ok(Waiting { comment: comment((row, text))?, language, priority }))
        .collect()
}

fn listed(
    conn: &mut AnyConnection,
    now: Moment,
    which: &Which,
    filter: &Filter,
    after: Option<Place>,
    most: usize,
) -> DbResult<Vec<Waiting>> {
    let mut found: Vec<Waiting> = Vec::new();
    for priority in Priority::ALL {
        let left = most - found.len();
        // What is behind a place of one priority: the rest of it, and all that is less urgent.
        let after = after.filter(|place| place.priority.number() >= priority.number());
        if left > 0 && after.is_none_or(|place| place.priority == *priority) {
            found.extend(of_priority(conn, now, which, filter, (*priority, after), left)?);
        }
    }
    Ok(found)
}

/// The comments of a tab as `by` sees it: urgent ones first, then the longest waiting; one row more than a page as the
/// sign that more follow.
pub fn in_tab(
    conn: &mut AnyConnection,
    now: Moment,
    (tab, by): (Tab, AccountId),
    filter: &Filter,
    after: Option<Place>,
) -> DbResult<Vec<Waiting>> {
    listed_now(conn, now, (tab, by), filter, after, ROWS + 1)
}

/// The first `most` comments of a tab behind `after`.
pub fn listed_now(
    conn: &mut AnyConnection,
    now: Moment,
    (tab, by): (Tab, AccountId),
    filter: &Filter,
    after: Option<Place>,
    most: usize,
) -> DbResult<Vec<Waiting>> {
    let which = which(conn, now, by, tab)?;
    listed(conn, now, &which, filter, after, most)
}

/// The comment of a state for `by` to decide on after the one at `after`: the next that waits and that nobody else works
/// on, else the first such one.
pub fn next_for(
    conn: &mut AnyConnection,
    now: Moment,
    (state, by): (State, AccountId),
    filter: &Filter,
    after: Place,
) -> DbResult<Option<Waiting>> {
    for from in [Some(after), None] {
        let found = listed(conn, now, &Which::InState(state), filter, from, LOOKED_AT)?;
        let ids: Vec<CommentId> = found.iter().map(|it| it.comment.id).collect();
        let others: Vec<CommentId> = claims::table
            .filter(claims::comment_id.eq_any(ids).and(claims::until.gt(now)).and(claims::account_id.ne(by)))
            .select(claims::comment_id)
            .load(conn)?;
        let free = found.into_iter().find(|it| !others.contains(&it.comment.id) && it.comment.author.account != by);
        if free.is_some() {
            return Ok(free);
        }
    }
    Ok(None)
}

/// How many comments there are in each tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Of each state; none is larger than one past [`MOST_COUNTED`].
    pub states: Vec<(State, i64)>,
    /// Published without some of their words, counted as far.
    pub redacted: i64,
    /// That somebody works on.
    pub claimed: i64,
    /// That `by` works on.
    pub mine: i64,
}

impl Counts {
    /// How many are in `tab`.
    pub fn of(&self, tab: Tab) -> i64 {
        match tab.state() {
            Some(state) => self.states.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count),
            None if tab == Tab::Mine => self.mine,
            None if tab == Tab::Redacted => self.redacted,
            None => self.claimed,
        }
    }
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many comments are in each tab as `by` sees them; never counts further than one past [`MOST_COUNTED`].
pub fn counts(conn: &mut AnyConnection, now: Moment, by: AccountId) -> DbResult<Counts> {
    let mut states = Vec::new();
    for state in State::ALL {
        let counted: Counted = diesel::sql_query(
            "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM comments WHERE state = $1 LIMIT 1001) AS counted",
        )
        .bind::<Text, _>(state.as_str())
        .get_result(conn)?;
        states.push((*state, counted.n));
    }
    let redacted: Counted = diesel::sql_query(
        "SELECT COUNT(*) AS n FROM \
         (SELECT 1 AS one FROM comments WHERE is_redacted AND state = 'published' LIMIT 1001) AS counted",
    )
    .get_result(conn)?;
    let (claimed, mine) = claimed(conn, now, by)?;
    Ok(Counts { states, redacted: redacted.n, claimed, mine })
}

/// How many comments somebody works on that wait for a decision, and on how many of them `by` does. Two reads: joined,
/// they tempt the database to begin with everything that waits.
fn claimed(conn: &mut AnyConnection, now: Moment, by: AccountId) -> DbResult<(i64, i64)> {
    let live: Vec<(CommentId, AccountId)> = claims::table
        .filter(claims::until.gt(now))
        .limit(MOST_CLAIMED)
        .select((claims::comment_id, claims::account_id))
        .load(conn)?;
    let held: Vec<CommentId> = live.iter().map(|(comment, _)| *comment).collect();
    let states: BTreeMap<CommentId, State> = comments::table
        .filter(comments::id.eq_any(held))
        .select((comments::id, comments::state))
        .load_iter(conn)?
        .collect::<Result<_, _>>()?;
    let waits = |it: &&(CommentId, AccountId)| matches!(states.get(&it.0), Some(State::Pending | State::Appealed));
    let (mut all, mut own) = (0, 0);
    for (_, holder) in live.iter().filter(waits) {
        all += 1;
        own += i64::from(*holder == by);
    }
    Ok((all, own))
}

/// The code of the language of a comment, and its priority.
pub fn beside(conn: &mut AnyConnection, id: CommentId) -> DbResult<(String, Priority)> {
    let (language, number): (String, i32) =
        comments::table.find(id).select((comments::language, comments::priority)).first(conn)?;
    let urgent = number == Priority::Urgent.number();
    Ok((language, if urgent { Priority::Urgent } else { Priority::Normal }))
}

/// Moves a comment before or behind the others. `false`: it has this priority already, or there is none.
pub fn set_priority(conn: &mut AnyConnection, id: CommentId, priority: Priority) -> DbResult<bool> {
    let other = comments::table.filter(comments::id.eq(id).and(comments::priority.ne(priority.number())));
    Ok(diesel::update(other).set(comments::priority.eq(priority.number())).execute(conn)? == 1)
}
