//! The SQL of norm pages: what is proposed, in text order, and who says it; what was counted. The comments
//! themselves are read by `public::store`.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::PositionCursor;
use crate::comments::model::Kind;
use crate::comments::record::model::Facet;
use crate::db::schema::{position_facets, positions, published, spans, tallies};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, NormId, PositionId, TextVersionId};

/// What one or more published comments say alike.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = positions)]
pub struct Position {
    /// Which.
    pub id: PositionId,
    /// On which text.
    pub norm_id: NormId,
    /// On which wording of it, where it is about words.
    pub text_version_id: TextVersionId,
    /// Of what kind.
    pub kind: Kind,
    /// The first word it is about; 0 for the whole.
    pub first_word: i32,
    /// The last one.
    pub last_word: i32,
    /// Its place in text order.
    pub sort: i64,
    /// How many comments say it.
    pub comments: i64,
    /// How many organisations, and people who speak for none, say it.
    pub voices: i64,
}

impl Position {
    /// Its place in lists.
    pub fn cursor(&self) -> PositionCursor {
        PositionCursor { sort: self.sort, id: self.id }
    }
}

/// Where a comment stands in the record.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = published)]
pub struct Place {
    /// In the order of publication.
    pub seq: i64,
    /// Which.
    pub comment_id: CommentId,
    /// With which others it says the same.
    pub position_id: PositionId,
    /// The language it is written in; empty if that can't be told.
    pub language: String,
}

/// Words that people commented on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = spans)]
pub struct Span {
    /// The first word.
    pub first_word: i32,
    /// The last word.
    pub last_word: i32,
    /// How many comments are about exactly these words.
    pub comments: i64,
    /// From how many organisations, and people who speak for none.
    pub voices: i64,
}

/// Every count of published comments on a text that a page shows or offers.
pub fn tallies(conn: &mut AnyConnection, norm: NormId) -> DbResult<Vec<(Facet, String, i64)>> {
    let facets: Vec<Facet> = Facet::ALL.iter().copied().filter(|facet| *facet != Facet::Day).collect();
    Ok(tallies::table
        .filter(tallies::norm_id.eq(norm).and(tallies::facet.eq_any(facets)))
        .order((tallies::facet, tallies::value))
        .select((tallies::facet, tallies::value, tallies::comments))
        .load(conn)?)
}

/// What is proposed for a text, in text order; at most `most`.
pub fn positions(
    conn: &mut AnyConnection,
    norm: NormId,
    kind: Kind,
    after: Option<PositionCursor>,
    most: i64,
) -> DbResult<Vec<Position>> {
    let stretch = |conn: &mut AnyConnection, stretch: Stretch, most: i64| -> DbResult<Vec<Position>> {
        let mut query = positions::table.filter(positions::norm_id.eq(norm).and(positions::kind.eq(kind))).into_boxed();
        query = match stretch {
            Stretch::All => query,
            Stretch::At(PositionCursor { sort, id }) => {
                query.filter(positions::sort.eq(sort).and(positions::id.gt(id)))
            }
            Stretch::Behind(sort) => query.filter(positions::sort.gt(sort)),
        };
        Ok(query.order((positions::sort, positions::id)).limit(most).select(Position::as_select()).load(conn)?)
    };
    in_stretches(conn, after, most, stretch)
}

/// A part of a list that an index gives without looking at the rest: all of it, what follows at the same place, what
/// stands at later ones.
#[derive(Clone, Copy)]
enum Stretch {
    All,
    At(PositionCursor),
    Behind(i64),
}

/// What follows `after`: at its place, then at later ones. Asked for in one, many proposals at one place would all be
/// walked over.
fn in_stretches(
    conn: &mut AnyConnection,
    after: Option<PositionCursor>,
    most: i64,
    read: impl Fn(&mut AnyConnection, Stretch, i64) -> DbResult<Vec<Position>>,
) -> DbResult<Vec<Position>> {
    let Some(after) = after else { return read(conn, Stretch::All, most) };
    let mut found = read(conn, Stretch::At(after), most)?;
    let wanting = most - i64::try_from(found.len()).unwrap_or(most);
    if wanting > 0 {
        found.extend(read(conn, Stretch::Behind(after.sort), wanting)?);
    }
    Ok(found)
}

/// The same of those that a comment with this value of `facet` asks for.
pub fn positions_with(
    conn: &mut AnyConnection,
    norm: NormId,
    kind: Kind,
    (facet, value): (Facet, &str),
    after: Option<PositionCursor>,
    most: i64,
) -> DbResult<Vec<Position>> {
    let stretch = |conn: &mut AnyConnection, stretch: Stretch, most: i64| -> DbResult<Vec<Position>> {
        let mut query = position_facets::table
            .inner_join(positions::table)
            .filter(position_facets::norm_id.eq(norm).and(position_facets::kind.eq(kind)))
            .filter(position_facets::facet.eq(facet).and(position_facets::value.eq(value.to_owned())))
            .into_boxed();
        query = match stretch {
            Stretch::All => query,
            Stretch::At(PositionCursor { sort, id }) => {
                query.filter(position_facets::sort.eq(sort).and(position_facets::position_id.gt(id)))
            }
            Stretch::Behind(sort) => query.filter(position_facets::sort.gt(sort)),
        };
        Ok(query
            .order((position_facets::sort, position_facets::position_id))
            .limit(most)
            .select(Position::as_select())
            .load(conn)?)
    };
    in_stretches(conn, after, most, stretch)
}

/// Those of `ids` that a comment with this value of `facet` asks for.
pub fn having(conn: &mut AnyConnection, ids: &[PositionId], facet: Facet, value: &str) -> DbResult<Vec<PositionId>> {
    Ok(position_facets::table
        .filter(position_facets::position_id.eq_any(ids.to_vec()))
        .filter(position_facets::facet.eq(facet).and(position_facets::value.eq(value)))
        .select(position_facets::position_id)
        .load(conn)?)
}

/// Those of `ids` that one and the same comment with all these values asks for. Values that are of the proposal, not of
/// the comment, are not looked at.
pub fn said_by_one(
    conn: &mut AnyConnection,
    ids: &[PositionId],
    choices: &[(Facet, String)],
) -> DbResult<Vec<PositionId>> {
    let mut query = published::table.filter(published::position_id.eq_any(ids.to_vec())).into_boxed();
    for (facet, value) in choices.iter().cloned() {
        query = match facet {
            Facet::Group => query.filter(published::stakeholder_group.eq(value)),
            Facet::Country => query.filter(published::country.eq(value)),
            Facet::Concern => query.filter(published::concern.eq(value)),
            Facet::Language => query.filter(published::language.eq(value)),
            Facet::Kind
            | Facet::Clause
            | Facet::Actor
            | Facet::Instrument
            | Facet::Lever
            | Facet::Day
            | Facet::Version
            | Facet::Said => query,
        };
    }
    Ok(query.select(published::position_id).distinct().load(conn)?)
}

/// Whether one and the same comment of a proposal has all these values, where there are many comments: each combination of
/// them with the values that comments of this proposal have is looked up in the index, so that nothing is walked over.
pub fn one_of_many_says(conn: &mut AnyConnection, id: PositionId, choices: &[(Facet, String)]) -> DbResult<bool> {
    let facets = [Facet::Group, Facet::Country, Facet::Concern, Facet::Language];
    let known: Vec<(Facet, String)> = position_facets::table
        .filter(position_facets::position_id.eq(id).and(position_facets::facet.eq_any(facets.to_vec())))
        .select((position_facets::facet, position_facets::value))
        .load(conn)?;
    let values = |facet: Facet| -> Vec<String> {
        match choices.iter().find(|(chosen, _)| *chosen == facet) {
            Some((_, value)) => vec![value.clone()],
            // What was not said is no facet, and stands as an empty text.
            None => known
                .iter()
                .filter(|(of, _)| *of == facet)
                .map(|(_, value)| value.clone())
                .chain(std::iter::once(String::new()))
                .collect(),
        }
    };
    let fitting = published::table
        .filter(published::position_id.eq(id))
        .filter(published::stakeholder_group.eq_any(values(Facet::Group)))
        .filter(published::country.eq_any(values(Facet::Country)))
        .filter(published::concern.eq_any(values(Facet::Concern)))
        .filter(published::language.eq_any(values(Facet::Language)));
    Ok(diesel::select(exists(fitting.select(published::position_id))).get_result(conn)?)
}

/// The proposal with this id, if it is one for this text.
pub fn position(conn: &mut AnyConnection, norm: NormId, id: PositionId) -> DbResult<Option<Position>> {
    Ok(positions::table
        .filter(positions::id.eq(id).and(positions::norm_id.eq(norm)))
        .select(Position::as_select())
        .first(conn)
        .optional()?)
}

/// Where a comment stands, and what it says with others.
pub fn of_comment(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Option<(Place, Position)>> {
    Ok(published::table
        .inner_join(positions::table)
        .filter(published::comment_id.eq(comment))
        .select((Place::as_select(), Position::as_select()))
        .first(conn)
        .optional()?)
}

/// The places of the comments of proposals that one comment each asks for.
pub fn single_places(conn: &mut AnyConnection, ids: &[PositionId]) -> DbResult<Vec<Place>> {
    Ok(published::table.filter(published::position_id.eq_any(ids.to_vec())).select(Place::as_select()).load(conn)?)
}

/// The places of the comments that ask for a proposal, in the order of publication, behind `after`; at most `most`.
pub fn places(conn: &mut AnyConnection, id: PositionId, after: i64, most: i64) -> DbResult<Vec<Place>> {
    Ok(published::table
        .filter(published::position_id.eq(id).and(published::seq.gt(after)))
        .order(published::seq)
        .limit(most)
        .select(Place::as_select())
        .load(conn)?)
}

/// The words of a version on which at least `least` organisations and people commented, those with the most first; at
/// most `most`.
pub fn spans(conn: &mut AnyConnection, version: TextVersionId, least: i64, most: i64) -> DbResult<Vec<Span>> {
    Ok(spans::table
        .filter(spans::text_version_id.eq(version).and(spans::voices.ge(least)))
        .order((spans::voices.desc(), spans::first_word.desc(), spans::last_word.desc()))
        .limit(most)
        .select(Span::as_select())
        .load(conn)?)
}

/// What is proposed for exactly these words, what the most ask for first; at most `most`.
pub fn on_span(conn: &mut AnyConnection, version: TextVersionId, span: Span, most: i64) -> DbResult<Vec<Position>> {
    Ok(positions::table
        .filter(positions::text_version_id.eq(version))
        .filter(positions::first_word.eq(span.first_word).and(positions::last_word.eq(span.last_word)))
        .order((positions::voices.desc(), positions::id.desc()))
        .limit(most)
        .select(Position::as_select())
        .load(conn)?)
}
