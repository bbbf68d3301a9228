//! The SQL of norms.

use diesel::prelude::*;

use super::model::{Consultation, Norm, Published, TextKind, TextVersion};
use crate::clock::Moment;
use crate::db::schema::{consultations, norms, text_versions};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{ConsultationId, NormId, TextVersionId};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = consultations, treat_none_as_default_value = false)]
struct ConsultationRow {
    id: ConsultationId,
    code: String,
    title: String,
    commission: String,
    summary: String,
    summary_source: String,
    timeline: String,
    opens_at: Moment,
    closes_at: Option<Moment>,
    version: i64,
    created_at: Moment,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = norms, treat_none_as_default_value = false)]
struct NormRow {
    id: NormId,
    consultation_id: ConsultationId,
    slug: String,
    number: i32,
    kind: TextKind,
    title: String,
    context: String,
    context_source: String,
    published_wording: i64,
    published_lever: i64,
    published_general: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = text_versions, treat_none_as_default_value = false)]
struct VersionRow {
    id: TextVersionId,
    norm_id: NormId,
    label: String,
    dated: String,
    source: String,
    body: String,
    clauses: String,
    is_current: bool,
    created_at: Moment,
    is_final: bool,
}

fn unreadable(error: &serde_json::Error) -> DbError {
    DbError::Fault(format!("a JSON column: {error}"))
}

impl TryFrom<ConsultationRow> for Consultation {
    type Error = DbError;

    fn try_from(row: ConsultationRow) -> DbResult<Self> {
        Ok(Self {
            id: row.id,
            code: row.code,
            title: row.title,
            commission: row.commission,
            summary: row.summary,
            summary_source: row.summary_source,
            timeline: serde_json::from_str(&row.timeline).map_err(|error| unreadable(&error))?,
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            version: row.version,
        })
    }
}

impl From<NormRow> for Norm {
    fn from(row: NormRow) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            number: row.number,
            kind: row.kind,
            title: row.title,
            context: row.context,
            context_source: row.context_source,
            published: Published {
                wording: row.published_wording,
                lever: row.published_lever,
                general: row.published_general,
            },
        }
    }
}

impl TryFrom<VersionRow> for TextVersion {
    type Error = DbError;

    fn try_from(row: VersionRow) -> DbResult<Self> {
        Ok(Self {
            id: row.id,
            norm_id: row.norm_id,
            label: row.label,
            dated: row.dated,
            source: row.source,
            body: row.body,
            clauses: serde_json::from_str(&row.clauses).map_err(|error| unreadable(&error))?,
        })
    }
}

/// The consultation, if one was imported.
pub fn consultation(conn: &mut AnyConnection) -> DbResult<Option<Consultation>> {
    let row = consultations::table
        .order(consultations::created_at.desc())
        .select(ConsultationRow::as_select())
        .first(conn)
        .optional()?;
    row.map(Consultation::try_from).transpose()
}

/// The moments at which the consultation opens and closes.
pub fn turns(conn: &mut AnyConnection) -> DbResult<Vec<Moment>> {
    Ok(consultation(conn)?.map(|it| it.turns().collect()).unwrap_or_default())
}

/// Every text of the consultation, by number.
pub fn norms(conn: &mut AnyConnection) -> DbResult<Vec<Norm>> {
    let rows = norms::table.order(norms::number).select(NormRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Norm::from).collect())
}

/// The text at this address.
pub fn norm_by_slug(conn: &mut AnyConnection, slug: &str) -> DbResult<Option<Norm>> {
    let row = norms::table.filter(norms::slug.eq(slug)).select(NormRow::as_select()).first(conn).optional()?;
    Ok(row.map(Norm::from))
}

/// The text with this id.
pub fn norm(conn: &mut AnyConnection, id: NormId) -> DbResult<Norm> {
    Ok(norms::table.find(id).select(NormRow::as_select()).first(conn)?.into())
}

/// The wording now open for comment.
pub fn current_version(conn: &mut AnyConnection, norm: NormId) -> DbResult<TextVersion> {
    text_versions::table
        .filter(text_versions::norm_id.eq(norm).and(text_versions::is_current))
        .select(VersionRow::as_select())
        .first(conn)?
        .try_into()
}

/// Every wording of every text that is open for comment.
pub fn current_versions(conn: &mut AnyConnection) -> DbResult<Vec<TextVersion>> {
    let rows = text_versions::table.filter(text_versions::is_current).select(VersionRow::as_select()).load(conn)?;
    rows.into_iter().map(TextVersion::try_from).collect()
}

/// The wording with this id, if there is one.
pub fn find_version(conn: &mut AnyConnection, id: TextVersionId) -> DbResult<Option<TextVersion>> {
    let row = text_versions::table.find(id).select(VersionRow::as_select()).first(conn).optional()?;
    row.map(TextVersion::try_from).transpose()
}

/// A wording, current or not.
pub fn version(conn: &mut AnyConnection, id: TextVersionId) -> DbResult<TextVersion> {
    text_versions::table.find(id).select(VersionRow::as_select()).first(conn)?.try_into()
}

/// How many wordings there are of all texts.
pub fn count_versions(conn: &mut AnyConnection) -> DbResult<i64> {
    Ok(text_versions::table.count().get_result(conn)?)
}

/// Every wording that a text ever had, in the order in which they came.
pub fn versions(conn: &mut AnyConnection, norm: NormId) -> DbResult<Vec<TextVersion>> {
    let rows = text_versions::table
        .filter(text_versions::norm_id.eq(norm))
        .order((text_versions::created_at, text_versions::id))
        .select(VersionRow::as_select())
        .load(conn)?;
    rows.into_iter().map(TextVersion::try_from).collect()
}

/// The last wording of a text that was put out for comment: the present one until there is a final one.
pub fn consulted_version(conn: &mut AnyConnection, norm: NormId) -> DbResult<TextVersion> {
    let row = text_versions::table
        .filter(text_versions::norm_id.eq(norm))
        .order((text_versions::is_final, text_versions::created_at.desc(), text_versions::id.desc()))
        .select(VersionRow::as_select())
        .first(conn)?;
    row.try_into()
}

/// What the Commission made of a text in the end, if that was imported.
pub fn final_version(conn: &mut AnyConnection, norm: NormId) -> DbResult<Option<TextVersion>> {
    let row = text_versions::table
        .filter(text_versions::norm_id.eq(norm).and(text_versions::is_final))
        .order((text_versions::created_at.desc(), text_versions::id.desc()))
        .select(VersionRow::as_select())
        .first(conn)
        .optional()?;
    row.map(TextVersion::try_from).transpose()
}

/// Adds the consultation, or changes what the package says of it.
pub(super) fn put_consultation(conn: &mut AnyConnection, now: Moment, it: &Consultation) -> DbResult<()> {
    let row = ConsultationRow {
        id: it.id,
        code: it.code.clone(),
        title: it.title.clone(),
        commission: it.commission.clone(),
        summary: it.summary.clone(),
        summary_source: it.summary_source.clone(),
        timeline: serde_json::to_string(&it.timeline).map_err(|error| unreadable(&error))?,
        opens_at: it.opens_at,
        closes_at: it.closes_at,
        version: it.version,
        created_at: now,
    };
    let changed = diesel::update(consultations::table.find(it.id))
        .set((
            consultations::title.eq(&row.title),
            consultations::commission.eq(&row.commission),
            consultations::summary.eq(&row.summary),
            consultations::summary_source.eq(&row.summary_source),
            consultations::timeline.eq(&row.timeline),
            consultations::opens_at.eq(row.opens_at),
            consultations::closes_at.eq(row.closes_at),
            consultations::version.eq(consultations::version + 1),
        ))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(consultations::table).values(&row).execute(conn)?;
    }
    Ok(())
}

/// Sets the window, unless somebody changed it since `expected`. `false`: somebody did.
pub(super) fn set_window(
    conn: &mut AnyConnection,
    id: ConsultationId,
    expected: i64,
    opens_at: Moment,
    closes_at: Option<Moment>,
) -> DbResult<bool> {
    let target = consultations::table.filter(consultations::id.eq(id)).filter(consultations::version.eq(expected));
    let changed = diesel::update(target)
        .set((
            consultations::opens_at.eq(opens_at),
            consultations::closes_at.eq(closes_at),
            consultations::version.eq(consultations::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Adds a text without comments.
pub(super) fn add_norm(conn: &mut AnyConnection, consultation: ConsultationId, norm: &Norm) -> DbResult<()> {
    let row = NormRow {
        id: norm.id,
        consultation_id: consultation,
        slug: norm.slug.clone(),
        number: norm.number,
        kind: norm.kind,
        title: norm.title.clone(),
        context: norm.context.clone(),
        context_source: norm.context_source.clone(),
        published_wording: 0,
        published_lever: 0,
        published_general: 0,
    };
    diesel::insert_into(norms::table).values(&row).execute(conn)?;
    Ok(())
}

/// Changes what surrounds a text: title, number, context.
pub(super) fn change_norm(conn: &mut AnyConnection, id: NormId, norm: &Norm) -> DbResult<()> {
    diesel::update(norms::table.find(id))
        .set((
            norms::number.eq(norm.number),
            norms::kind.eq(norm.kind),
            norms::title.eq(&norm.title),
            norms::context.eq(&norm.context),
            norms::context_source.eq(&norm.context_source),
        ))
        .execute(conn)?;
    Ok(())
}

/// The words of a version by its label, if there is one.
pub(super) fn body_of(conn: &mut AnyConnection, norm: NormId, label: &str) -> DbResult<Option<String>> {
    Ok(text_versions::table
        .filter(text_versions::norm_id.eq(norm).and(text_versions::label.eq(label)))
        .select(text_versions::body)
        .first(conn)
        .optional()?)
}

/// Adds a wording and makes it the present one: open for comment, unless it is final.
pub(super) fn add_version(
    conn: &mut AnyConnection,
    now: Moment,
    version: &TextVersion,
    is_final: bool,
) -> DbResult<()> {
    diesel::update(text_versions::table.filter(text_versions::norm_id.eq(version.norm_id)))
        .set(text_versions::is_current.eq(false))
        .execute(conn)?;
    let row = VersionRow {
        id: version.id,
        norm_id: version.norm_id,
        label: version.label.clone(),
        dated: version.dated.clone(),
        source: version.source.clone(),
        body: version.body.clone(),
        clauses: serde_json::to_string(&version.clauses).map_err(|error| unreadable(&error))?,
        is_current: true,
        created_at: now,
        is_final,
    };
    diesel::insert_into(text_versions::table).values(&row).execute(conn)?;
    Ok(())
}

/// Which counter of a norm.
#[derive(Debug, Clone, Copy)]
pub enum Counter {
    /// Comments on wording.
    Wording,
    /// Comments on levers.
    Lever,
    /// Comments on the whole.
    General,
}

/// Adds `by` to a counter of published comments, in the transaction that publishes or withdraws.
pub fn count_published(conn: &mut AnyConnection, norm: NormId, counter: Counter, by: i64) -> DbResult<()> {
    let target = norms::table.find(norm);
    match counter {
        Counter::Wording => {
            diesel::update(target).set(norms::published_wording.eq(norms::published_wording + by)).execute(conn)?
        }
        Counter::Lever => {
            diesel::update(target).set(norms::published_lever.eq(norms::published_lever + by)).execute(conn)?
        }
        Counter::General => {
            diesel::update(target).set(norms::published_general.eq(norms::published_general + by)).execute(conn)?
        }
    };
    Ok(())
}
