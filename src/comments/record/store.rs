//! The SQL that keeps the record.

use diesel::prelude::*;

use super::model::{Entry, Facet};
use crate::clock::Moment;
use crate::comments::model::Comment;
use crate::comments::store::{CommentRow, RevisionRow, comment, current, is_public};
use crate::db::dialect::search;
use crate::db::schema::{
    comments, epochs, norms, position_facets, position_voices, positions, published, span_voices, spans, tallies,
};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, NormId, PositionId};

/// The row of `epochs` that holds the form of the record.
const FORM: &str = "form";

/// What the record knows of a comment besides what it says.
#[derive(Queryable, Selectable)]
#[diesel(table_name = published)]
pub struct Kept {
    /// Its place in the order of publication.
    pub seq: i64,
    /// With which others it says the same.
    #[diesel(column_name = position_id)]
    pub position: PositionId,
    /// For whom it spoke when it entered.
    pub voice: Vec<u8>,
    /// The language that it was taken for when it entered.
    pub language: String,
}

/// What the record knows of a comment; `None` if it is not in it.
pub fn kept(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Option<Kept>> {
    let row = published::table.filter(published::comment_id.eq(comment)).select(Kept::as_select());
    Ok(row.first(conn).optional()?)
}

/// Adds a comment to the list.
pub fn insert(
    conn: &mut AnyConnection,
    seq: i64,
    comment: &Comment,
    position: PositionId,
    entry: &Entry,
) -> DbResult<()> {
    let value =
        |facet: Facet| entry.facets.iter().find(|(known, _)| *known == facet).map_or("", |(_, value)| value.as_str());
    diesel::insert_into(published::table)
        .values((
            published::seq.eq(seq),
            published::comment_id.eq(comment.id),
            published::norm_id.eq(comment.norm_id),
            published::position_id.eq(position),
            published::kind.eq(comment.kind),
            published::stakeholder_group.eq(value(Facet::Group)),
            published::country.eq(value(Facet::Country)),
            published::concern.eq(value(Facet::Concern)),
            published::language.eq(value(Facet::Language)),
            published::voice.eq(&entry.voice),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a comment off the list.
pub fn remove(conn: &mut AnyConnection, seq: i64) -> DbResult<()> {
    diesel::delete(published::table.find(seq)).execute(conn)?;
    Ok(())
}

/// Adds a comment to those that say the same, or begins with it.
pub fn add_to_position(conn: &mut AnyConnection, comment: &Comment, entry: &Entry) -> DbResult<PositionId> {
    let same = positions::table.filter(positions::norm_id.eq(comment.norm_id).and(positions::digest.eq(&entry.digest)));
    let known: Option<(PositionId, i64)> = diesel::update(same)
        .set(positions::comments.eq(positions::comments + 1))
        .returning((positions::id, positions::sort))
        .get_result(conn)
        .optional()?;
    let Some((id, sort)) = known else { return begin_position(conn, comment, entry) };
    add_voice_to_position(conn, id, &entry.voice)?;
    for (facet, value) in entry.facets.iter().filter(|(facet, _)| facet.is_choice()) {
        let row = position_facets::table.find((id, facet.as_str(), value));
        let changed =
            diesel::update(row).set(position_facets::comments.eq(position_facets::comments + 1)).execute(conn)?;
        if changed == 0 {
            insert_facet(conn, (id, sort), comment, (*facet, value))?;
        }
    }
    Ok(id)
}

fn begin_position(conn: &mut AnyConnection, comment: &Comment, entry: &Entry) -> DbResult<PositionId> {
    let id = PositionId::new();
    diesel::insert_into(positions::table)
        .values((
            positions::id.eq(id),
            positions::norm_id.eq(comment.norm_id),
            positions::text_version_id.eq(comment.text_version_id),
            positions::kind.eq(comment.kind),
            positions::first_word.eq(entry.first_word),
            positions::last_word.eq(entry.last_word),
            positions::sort.eq(entry.sort),
            positions::digest.eq(&entry.digest),
            positions::comments.eq(1_i64),
            positions::voices.eq(1_i64),
        ))
        .execute(conn)?;
    insert_voice(conn, id, &entry.voice)?;
    add_to_tally(conn, comment.norm_id, (Facet::Said, comment.kind.as_str()), 1)?;
    for (facet, value) in entry.facets.iter().filter(|(facet, _)| facet.is_choice()) {
        insert_facet(conn, (id, entry.sort), comment, (*facet, value))?;
    }
    Ok(id)
}

/// `sort` is the position's: its first comment may have been typed with other marks.
fn insert_facet(
    conn: &mut AnyConnection,
    (id, sort): (PositionId, i64),
    comment: &Comment,
    (facet, value): (Facet, &str),
) -> DbResult<()> {
    diesel::insert_into(position_facets::table)
        .values((
            position_facets::position_id.eq(id),
            position_facets::facet.eq(facet.as_str()),
            position_facets::value.eq(value),
            position_facets::norm_id.eq(comment.norm_id),
            position_facets::kind.eq(comment.kind),
            position_facets::sort.eq(sort),
            position_facets::comments.eq(1_i64),
        ))
        .execute(conn)?;
    Ok(())
}

fn insert_voice(conn: &mut AnyConnection, id: PositionId, voice: &[u8]) -> DbResult<()> {
    diesel::insert_into(position_voices::table)
        .values((
            position_voices::position_id.eq(id),
            position_voices::voice.eq(voice),
            position_voices::comments.eq(1_i64),
        ))
        .execute(conn)?;
    Ok(())
}

fn add_voice_to_position(conn: &mut AnyConnection, id: PositionId, voice: &[u8]) -> DbResult<()> {
    let row = position_voices::table.find((id, voice));
    let changed = diesel::update(row).set(position_voices::comments.eq(position_voices::comments + 1)).execute(conn)?;
    if changed == 0 {
        insert_voice(conn, id, voice)?;
        diesel::update(positions::table.find(id)).set(positions::voices.eq(positions::voices + 1)).execute(conn)?;
    }
    Ok(())
}

/// Takes a comment from those that say the same; the last one takes all of it away.
pub fn take_from_position(conn: &mut AnyConnection, id: PositionId, comment: &Comment, entry: &Entry) -> DbResult<()> {
    let voice = || position_voices::table.find((id, &entry.voice));
    diesel::update(voice()).set(position_voices::comments.eq(position_voices::comments - 1)).execute(conn)?;
    let silent = voice().filter(position_voices::comments.le(0));
    let gone = i64::try_from(diesel::delete(silent).execute(conn)?).unwrap_or_default();
    diesel::update(positions::table.find(id))
        .set((positions::comments.eq(positions::comments - 1), positions::voices.eq(positions::voices - gone)))
        .execute(conn)?;
    for (facet, value) in entry.facets.iter().filter(|(facet, _)| facet.is_choice()) {
        let row = position_facets::table.find((id, facet.as_str(), value));
        diesel::update(row).set(position_facets::comments.eq(position_facets::comments - 1)).execute(conn)?;
    }
    let empty =
        position_facets::table.filter(position_facets::position_id.eq(id)).filter(position_facets::comments.le(0));
    diesel::delete(empty).execute(conn)?;
    let empty = positions::table.filter(positions::id.eq(id)).filter(positions::comments.le(0));
    if diesel::delete(empty).execute(conn)? > 0 {
        add_to_tally(conn, comment.norm_id, (Facet::Said, comment.kind.as_str()), -1)?;
    }
    Ok(())
}

/// Adds `by` (1 or -1) to the comments on exactly these words, and to those who say something of them. Nothing for a
/// comment on the whole.
pub fn add_to_span(conn: &mut AnyConnection, comment: &Comment, entry: &Entry, by: i64) -> DbResult<()> {
    if entry.first_word == 0 {
        return Ok(());
    }
    let span = (comment.text_version_id, entry.first_word, entry.last_word);
    let row = span_voices::table.find((span.0, span.1, span.2, &entry.voice));
    let changed = diesel::update(row).set(span_voices::comments.eq(span_voices::comments + by)).execute(conn)?;
    let mut voices = 0;
    if changed == 0 {
        diesel::insert_into(span_voices::table)
            .values((
                span_voices::text_version_id.eq(span.0),
                span_voices::first_word.eq(span.1),
                span_voices::last_word.eq(span.2),
                span_voices::voice.eq(&entry.voice),
                span_voices::comments.eq(by),
            ))
            .execute(conn)?;
        voices = 1;
    }
    if by < 0 {
        let row = span_voices::table.find((span.0, span.1, span.2, &entry.voice));
        let silent = diesel::delete(row.filter(span_voices::comments.le(0))).execute(conn)?;
        voices -= i64::try_from(silent).unwrap_or_default();
    }
    let row = spans::table.find(span);
    let changed = diesel::update(row)
        .set((spans::comments.eq(spans::comments + by), spans::voices.eq(spans::voices + voices)))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(spans::table)
            .values((
                spans::text_version_id.eq(span.0),
                spans::first_word.eq(span.1),
                spans::last_word.eq(span.2),
                spans::comments.eq(by),
                spans::voices.eq(voices),
            ))
            .execute(conn)?;
    }
    if by < 0 {
        diesel::delete(spans::table.find(span).filter(spans::comments.le(0))).execute(conn)?;
    }
    Ok(())
}

/// Adds `by` (1 or -1) to every count that a comment is in.
pub fn tally(conn: &mut AnyConnection, norm: NormId, entry: &Entry, by: i64) -> DbResult<()> {
    entry.facets.iter().try_for_each(|(facet, value)| add_to_tally(conn, norm, (*facet, value), by))
}

fn add_to_tally(conn: &mut AnyConnection, norm: NormId, (facet, value): (Facet, &str), by: i64) -> DbResult<()> {
    let row = || tallies::table.find((norm, facet.as_str(), value));
    let changed = diesel::update(row()).set(tallies::comments.eq(tallies::comments + by)).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(tallies::table)
            .values((
                tallies::norm_id.eq(norm),
                tallies::facet.eq(facet.as_str()),
                tallies::value.eq(value),
                tallies::comments.eq(by),
            ))
            .execute(conn)?;
    }
    if by < 0 {
        diesel::delete(row().filter(tallies::comments.le(0))).execute(conn)?;
    }
    Ok(())
}

/// In which form the record was made; `None` if it never was.
pub fn form(conn: &mut AnyConnection) -> DbResult<Option<i64>> {
    Ok(epochs::table.find(FORM).select(epochs::epoch).first(conn).optional()?)
}

/// Notes in which form the record was made.
pub fn set_form(conn: &mut AnyConnection, form: i64) -> DbResult<()> {
    diesel::delete(epochs::table.find(FORM)).execute(conn)?;
    diesel::insert_into(epochs::table).values((epochs::scope.eq(FORM), epochs::epoch.eq(form))).execute(conn)?;
    Ok(())
}

/// Empties the record.
pub fn clear(conn: &mut AnyConnection) -> DbResult<()> {
    search::clear(conn)?;
    diesel::delete(published::table).execute(conn)?;
    diesel::delete(position_facets::table).execute(conn)?;
    diesel::delete(position_voices::table).execute(conn)?;
    diesel::delete(positions::table).execute(conn)?;
    diesel::delete(span_voices::table).execute(conn)?;
    diesel::delete(spans::table).execute(conn)?;
    diesel::delete(tallies::table).execute(conn)?;
    diesel::update(norms::table)
        .set((norms::published_wording.eq(0), norms::published_lever.eq(0), norms::published_general.eq(0)))
        .execute(conn)?;
    Ok(())
}

/// Comments that everyone may see, in the order in which they were accepted, behind `last`.
pub fn public_after(conn: &mut AnyConnection, last: Option<(Moment, CommentId)>, most: i64) -> DbResult<Vec<Comment>> {
    let mut query = current().filter(is_public()).into_boxed();
    if let Some((at, id)) = last {
        let later = comments::published_at.eq(at).and(comments::id.gt(id));
        // The first condition alone gives the index its start.
        query = query.filter(comments::published_at.ge(at));
        query = query.filter(comments::published_at.gt(at).or(later));
    }
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((comments::published_at, comments::id))
        .limit(most)
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// The place of the newest published comment; 0 if there is none.
pub fn newest(conn: &mut AnyConnection) -> DbResult<i64> {
    let newest = published::table.order(published::seq.desc()).select(published::seq).first(conn).optional()?;
    Ok(newest.unwrap_or_default())
}

/// The newest `most` places of published comments below `below`, on one text or on all; newest first.
pub fn places(conn: &mut AnyConnection, norm: Option<NormId>, below: Option<i64>, most: i64) -> DbResult<Vec<i64>> {
    let mut query = published::table.into_boxed();
    if let Some(norm) = norm {
        query = query.filter(published::norm_id.eq(norm));
    }
    if let Some(below) = below {
        query = query.filter(published::seq.lt(below));
    }
    Ok(query.order(published::seq.desc()).limit(most).select(published::seq).load(conn)?)
}

/// The public comments at these places, newest first. One that is not public by the rule is left out, whatever the
/// record says.
pub fn at_places(conn: &mut AnyConnection, places: &[i64]) -> DbResult<Vec<(i64, Comment)>> {
    let rows: Vec<(i64, CommentRow, RevisionRow)> = current()
        .inner_join(published::table.on(published::comment_id.eq(comments::id)))
        .filter(is_public())
        .filter(published::seq.eq_any(places.to_vec()))
        .order(published::seq.desc())
        .select((published::seq, CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(|(place, row, revision)| Ok((place, comment((row, revision))?))).collect()
}
