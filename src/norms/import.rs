//! Imports a norm package: all of it in one transaction, again without harm.

use serde_json::json;

use super::model::{Consultation, Norm, Published, TextKind, TextVersion};
use super::package::{self, Kind, Package, Text};
use super::store;
use crate::audit::{self, Act, Actor};
use crate::clock::{self, Moment};
use crate::db::{AnyConnection, DbError};
use crate::epochs::{self, Scope};
use crate::ids::{ConsultationId, NormId, TextVersionId};

/// Why a package was not imported; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A label that is known, with other words behind it.
    #[error("{slug}: version {label} is already there with other words; give the changed text a new label")]
    OtherWords {
        /// The text.
        slug: String,
        /// The version.
        label: String,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Texts that are new.
    pub texts: usize,
    /// Versions that are new; each is now open for comment.
    pub versions: usize,
}

/// Brings the database in line with `package`. Published versions stay as they are; comments keep theirs.
///
/// An opening or closing time in the package goes over the one that is set; without one, what is set stays.
pub fn import(conn: &mut AnyConnection, now: Moment, package: &Package) -> Result<Imported, ImportError> {
    // First, as whoever publishes does before counting at a norm.
    epochs::raise(conn, Scope::Record)?;
    epochs::raise(conn, Scope::Site)?;
    let known = store::consultation(conn)?.filter(|known| known.code == package.consultation.code);
    let consultation = describe(&package.consultation, known.as_ref(), now);
    store::put_consultation(conn, now, &consultation)?;
    let mut imported = Imported::default();
    for text in &package.texts {
        let norm_id = put_norm(conn, &consultation, text, &mut imported)?;
        put_version(conn, now, norm_id, text, &mut imported)?;
    }
    let act = Act {
        action: "norms.imported",
        subject: format!("consultation:{}", consultation.code),
        detail: json!({ "new_texts": imported.texts, "new_versions": imported.versions }),
    };
    audit::append(conn, now, Actor::Operator, act)?;
    Ok(imported)
}

fn describe(it: &package::Consultation, known: Option<&Consultation>, now: Moment) -> Consultation {
    let moment = |at: chrono::DateTime<chrono::Utc>| clock::from_micros(at.timestamp_micros());
    Consultation {
        id: known.map_or_else(ConsultationId::new, |known| known.id),
        code: it.code.clone(),
        title: it.title.clone(),
        commission: it.commission.clone(),
        summary: it.summary.clone(),
        summary_source: it.summary_source.clone(),
        timeline: it.timeline.iter().map(|step| (step.date.clone(), step.words.clone())).collect(),
        opens_at: it.opens_at.map(moment).or(known.map(|known| known.opens_at)).unwrap_or(now),
        closes_at: it.closes_at.map(moment).or(known.and_then(|known| known.closes_at)),
        version: 1,
    }
}

fn put_norm(
    conn: &mut AnyConnection,
    consultation: &Consultation,
    text: &Text,
    imported: &mut Imported,
) -> Result<NormId, ImportError> {
    let known = store::norm_by_slug(conn, &text.slug)?;
    let norm = Norm {
        id: known.as_ref().map_or_else(NormId::new, |known| known.id),
        slug: text.slug.clone(),
        number: i32::try_from(text.number).unwrap_or(i32::MAX),
        kind: match text.kind {
            Kind::Call => TextKind::Call,
            Kind::Norm => TextKind::Norm,
            Kind::Definition => TextKind::Definition,
        },
        title: text.title.clone(),
        context: text.context.clone(),
        context_source: text.context_source.clone(),
        published: Published::default(),
    };
    if known.is_some() {
        store::change_norm(conn, norm.id, &norm)?;
    } else {
        store::add_norm(conn, consultation.id, &norm)?;
        imported.texts += 1;
    }
    Ok(norm.id)
}

fn put_version(
    conn: &mut AnyConnection,
    now: Moment,
    norm_id: NormId,
    text: &Text,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let words = text.version.text();
    match store::body_of(conn, norm_id, &text.version.label)? {
        Some(body) if body == words.body => Ok(()),
        Some(_) => Err(ImportError::OtherWords { slug: text.slug.clone(), label: text.version.label.clone() }),
        None => {
            let version = TextVersion {
                id: TextVersionId::new(),
                norm_id,
                label: text.version.label.clone(),
                dated: text.version.dated.clone(),
                source: text.version.source.clone(),
                body: words.body,
                clauses: words.clauses,
            };
            store::add_version(conn, now, &version, text.version.is_final)?;
            imported.versions += 1;
            Ok(())
        }
    }
}
