//! The texts as they stand, kept for as long as nothing of them changes: what every form of a comment is held against.

use std::sync::{Arc, PoisonError, RwLock};

use super::model::{Consultation, Norm, TextVersion};
use super::store;
use crate::clock::Moment;
use crate::db::{AnyConnection, Db, DbError, DbResult};
use crate::epochs::{self, Epochs, Scope};

/// What there is to comment on while the number of [`Scope::Site`] stayed the same. The counts of published comments are
/// those of the moment at which it was read.
pub struct Texts {
    number: i64,
    /// Who asks, and when answers are taken.
    pub consultation: Consultation,
    open: Vec<(Norm, TextVersion)>,
}

impl Texts {
    /// The text that fits, with the wording that is open for comment.
    pub fn find(&self, fits: impl Fn(&Norm) -> bool) -> Option<(&Norm, &TextVersion)> {
        self.open.iter().find(|(norm, _)| fits(norm)).map(|(norm, version)| (norm, version))
    }

    /// Whether nothing of it has changed, in the caller's transaction.
    pub fn still_stand(&self, conn: &mut AnyConnection) -> DbResult<bool> {
        Ok(epochs::store::number(conn, Scope::Site)? == self.number)
    }
}

/// Keeps the texts that were read last.
#[derive(Default)]
pub struct Shelf {
    last: RwLock<Option<Arc<Texts>>>,
}

impl Shelf {
    /// The texts as they stand at `now`, as far as `epochs` knows; `None` if none were imported.
    pub async fn texts(&self, db: &Db, epochs: &Epochs, now: Moment) -> DbResult<Option<Arc<Texts>>> {
        let number = epochs.current(now).await?.number(&Scope::Site.word());
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = last.filter(|known| known.number == number) {
            return Ok(Some(known));
        }
        let Some(read) = db.read(read).await?.map(Arc::new) else { return Ok(None) };
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&read));
        Ok(Some(read))
    }
}

fn read(conn: &mut AnyConnection) -> DbResult<Option<Texts>> {
    // Before the rows: a change that comes between makes the next one read again.
    let number = epochs::store::number(conn, Scope::Site)?;
    let Some(consultation) = store::consultation(conn)? else { return Ok(None) };
    let mut versions = store::current_versions(conn)?;
    let mut texts = Vec::new();
    for norm in store::norms(conn)? {
        let at = versions.iter().position(|version| version.norm_id == norm.id);
        let at = at.ok_or_else(|| DbError::Fault(format!("{} has no wording", norm.slug)))?;
        texts.push((norm, versions.swap_remove(at)));
    }
    Ok(Some(Texts { number, consultation, open: texts }))
}
