//! Reads who says what is proposed: of each proposal the first comments, of each comment for whom it speaks.

use std::collections::BTreeMap;

use super::store::{self, Place, Position};
use crate::accounts::organisations::model::Organisation;
use crate::comments::model::Comment;
use crate::comments::on_behalf;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{CommentId, TextVersionId};
use crate::norms::model::TextVersion;
use crate::norms::store as norms;
use crate::public::store as public_store;

/// The comments of a proposal among which names are looked for.
const FIRST: i64 = 8;

/// A proposal and the first who asked for it.
pub struct Told {
    /// The proposal.
    pub position: Position,
    /// In the order of publication; never empty.
    pub said: Vec<(Place, Comment)>,
}

/// Each of `positions` with its first comments. One whose comments nobody may see is left out, whatever the record says.
pub fn told(conn: &mut AnyConnection, positions: Vec<Position>) -> DbResult<Vec<Told>> {
    let (alone, shared): (Vec<_>, Vec<_>) = positions.iter().partition(|position| position.comments == 1);
    let alone: Vec<_> = alone.into_iter().map(|position| position.id).collect();
    let mut places = store::single_places(conn, &alone)?;
    for position in shared {
        places.extend(store::places(conn, position.id, 0, FIRST)?);
    }
    let mut said = with_comments(conn, places)?;
    let told = positions.into_iter().map(|position| {
        let (own, others) =
            std::mem::take(&mut said).into_iter().partition(|(place, _)| place.position_id == position.id);
        said = others;
        Told { position, said: own }
    });
    Ok(told.filter(|told| !told.said.is_empty()).collect())
}

/// The comments at `places`, in the same order, without those that nobody may see.
pub fn with_comments(conn: &mut AnyConnection, places: Vec<Place>) -> DbResult<Vec<(Place, Comment)>> {
    let ids: Vec<CommentId> = places.iter().map(|place| place.comment_id).collect();
    let comments = public_store::by_ids(conn, &ids)?;
    let mut by_id: BTreeMap<CommentId, Comment> = comments.into_iter().map(|comment| (comment.id, comment)).collect();
    Ok(places
        .into_iter()
        .filter_map(|place| Some((by_id.remove(&place.comment_id)?, place)))
        .map(|(it, at)| (at, it))
        .collect())
}

/// What surrounds comments: wordings that are not the present one, and organisations.
#[derive(Default)]
pub struct Around {
    earlier: Vec<TextVersion>,
    organisations: BTreeMap<CommentId, Organisation>,
}

impl Around {
    /// What surrounds `comments`, where `current` is the wording that the page shows.
    pub fn read<'a>(
        conn: &mut AnyConnection,
        current: &TextVersion,
        comments: impl Iterator<Item = &'a Comment>,
    ) -> DbResult<Self> {
        let mut around = Self::default();
        let mut ids = Vec::new();
        for comment in comments {
            let version = comment.text_version_id;
            if version != current.id && around.earlier.iter().all(|known| known.id != version) {
                around.earlier.push(norms::version(conn, version)?);
            }
            ids.push(comment.id);
        }
        around.organisations = on_behalf::store::organisations_of(conn, &ids)?.into_iter().collect();
        Ok(around)
    }

    /// The wording with this id, unless it is the present one.
    pub fn earlier(&self, id: TextVersionId) -> Option<&TextVersion> {
        self.earlier.iter().find(|version| version.id == id)
    }

    /// The organisation that a comment speaks for.
    pub fn organisation(&self, id: CommentId) -> Option<&Organisation> {
        self.organisations.get(&id)
    }
}
