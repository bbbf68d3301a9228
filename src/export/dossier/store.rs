//! The SQL of dossiers: issues of the board with what was published of them and who stands behind them. Reads only.

use diesel::prelude::*;

use super::model::{Decided, Raised};
use crate::clock::Moment;
use crate::comments::considered;
use crate::comments::considered::model::Edition as Counted;
use crate::db::schema::{issue_decisions, issues};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::board::store::issues::of_norm;
use crate::export::edition;
use crate::export::model::Edition;
use crate::ids::{IssueId, NormId};
use crate::web::paging::ROWS;

/// What was published last of each issue of a text.
fn decided(conn: &mut AnyConnection, norm: NormId) -> DbResult<Vec<(IssueId, Decided)>> {
    let rows: Vec<(IssueId, String, String, String, String, Moment)> = issues::table
        .inner_join(
            issue_decisions::table
                .on(issue_decisions::issue_id.eq(issues::id).and(issue_decisions::round.eq(issues::answered))),
        )
        .filter(issues::norm_id.eq(norm))
        .select((
            issues::id,
            issue_decisions::statement,
            issue_decisions::disposition,
            issue_decisions::reasons,
            issue_decisions::wording,
            issue_decisions::published_at,
        ))
        .load(conn)?;
    let one = |(issue, statement, disposition, reasons, wording, at)| {
        (issue, Decided { statement, disposition, reasons, wording, at })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// The issues of a text that `edition` holds, in the order of the text.
pub fn raised(conn: &mut AnyConnection, edition: Edition, norm: NormId) -> DbResult<Vec<Raised>> {
    let published = decided(conn, norm)?;
    let counted = match edition {
        Edition::Public => Counted::Public,
        Edition::Commission => Counted::Board,
    };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let mut page = of_norm(conn, norm, after)?;
        let is_more = page.len() > ROWS;
        page.truncate(ROWS);
        after = page.last().map(|issue| (issue.about.place(), issue.number));
        let ids: Vec<IssueId> = page.iter().map(|issue| issue.id).collect();
        let tallies = considered::store::tallies(conn, counted, &ids)?;
        for issue in page {
            let id = issue.id;
            let own = tallies.iter().filter(|(of, _)| *of == id).map(|(_, tally)| tally.clone()).collect();
            let decision = published.iter().find(|(of, _)| *of == id).map(|(_, decided)| decided.clone());
            found.extend(edition::issue(edition, issue, decision, own));
        }
        if !is_more {
            return Ok(found);
        }
    }
}
