//! How the gate stands, as this server knows it: read again when its number among the epochs is another one.

use std::sync::{Arc, PoisonError, RwLock};

use super::model::Standing;
use super::store;
use crate::clock::Moment;
use crate::db::Db;
use crate::epochs::{Epochs, Scope};

/// What was read last, and the number it was read with.
#[derive(Default)]
pub struct Gate {
    last: RwLock<Option<(i64, Arc<Standing>)>>,
}

impl Gate {
    /// How the gate stands, if it is closed at `now`. While the database is away, what was known last; where nothing was,
    /// nobody is kept out.
    pub async fn closed(&self, db: &Db, epochs: &Epochs, now: Moment) -> Option<Arc<Standing>> {
        let number = epochs.current(now).await.ok().map(|reading| reading.number(&Scope::Gate.word()));
        let standing = match (self.known(number), number) {
            (Some(known), _) => known,
            // Never closed: not worth a question.
            (None, Some(0)) => return None,
            (None, _) => match db.look_up(store::numbered).await {
                Ok((number, standing)) => {
                    let standing = Arc::new(standing);
                    *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some((number, Arc::clone(&standing)));
                    standing
                }
                Err(_) => self.known(None)?,
            },
        };
        Some(standing).filter(|standing| standing.is_closed(now))
    }

    /// What was read with `number`; whatever was read last, if that can't be told.
    fn known(&self, number: Option<i64>) -> Option<Arc<Standing>> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(known, _)| number.is_none_or(|number| number == *known)).map(|(_, it)| Arc::clone(it))
    }
}
