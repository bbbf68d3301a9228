//! The SQL of the overview: counters only.

use diesel::prelude::*;

use crate::comments::record::model::Facet;
use crate::db::schema::tallies;
use crate::db::{AnyConnection, DbResult};

/// How many published comments have each value of `facet`, all texts together, the values in order.
pub fn tally(conn: &mut AnyConnection, facet: Facet) -> DbResult<Vec<(String, i64)>> {
    let rows: Vec<(String, i64)> = tallies::table
        .filter(tallies::facet.eq(facet.as_str()))
        .order(tallies::value)
        .select((tallies::value, tallies::comments))
        .load(conn)?;
    let mut sums: Vec<(String, i64)> = Vec::new();
    for (value, comments) in rows {
        match sums.last_mut() {
            Some((last, sum)) if *last == value => *sum += comments,
            _ => sums.push((value, comments)),
        }
    }
    Ok(sums)
}
