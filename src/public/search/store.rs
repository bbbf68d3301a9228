//! The SQL of the search page, beside what `comments::record::find` asks.

use diesel::prelude::*;

use super::filters::Counted;
use crate::clock::Moment;
use crate::comments::record::model::Facet;
use crate::db::schema::{comments, published, tallies};
use crate::db::{AnyConnection, DbResult};

/// The countries and languages of published comments.
pub fn counted(conn: &mut AnyConnection) -> DbResult<Counted> {
    let mut found = Vec::new();
    for facet in [Facet::Country, Facet::Language] {
        let values: Vec<String> = tallies::table
            .filter(tallies::facet.eq(facet.as_str()))
            .select(tallies::value)
            .distinct()
            .order(tallies::value)
            .load(conn)?;
        found.extend(values.into_iter().map(|value| (facet, value)));
    }
    Ok(found)
}

/// When the first comment at `place` or behind it was published.
pub fn published_from(conn: &mut AnyConnection, place: i64) -> DbResult<Option<Moment>> {
    let found: Option<Option<Moment>> = published::table
        .inner_join(comments::table)
        .filter(published::seq.ge(place))
        .order(published::seq)
        .select(comments::published_at)
        .first(conn)
        .optional()?;
    Ok(found.flatten())
}
