//! Comments as they would have been sent, many at once.

use chrono::TimeDelta;
use norm_portal::comments;
use norm_portal::comments::body::{Body, General};
use norm_portal::comments::model::{Comment, State};
use norm_portal::db::DbError;
use norm_portal::ids::CommentId;

use crate::harness::Server;

/// On which text.
pub const NORM: &str = "public-core";

/// Adds a comment on the whole of [`NORM`] with each of `texts`; their ids in order. The author sends one by hand before.
pub fn stored(server: &Server, texts: &[String]) -> Vec<CommentId> {
    let author = server.stakeholder("ada");
    let model = author.comment_on_whole(NORM, "What the others are made of.", "named");
    let (texts, sent) = (texts.to_vec(), server.clock().now() - TimeDelta::hours(1));
    let made: Result<Vec<CommentId>, DbError> = server.db().write_blocking(move |conn| {
        let model = comments::store::by_reference(conn, &model)?.expect("the model");
        let mut ids = Vec::new();
        for (at, text) in texts.into_iter().enumerate() {
            let body = Body::General(General { rationale: text, evidence: String::new() });
            let it = Comment {
                id: CommentId::new(),
                reference: reference(at),
                state: State::Pending,
                submitted_at: sent + TimeDelta::milliseconds(i64::try_from(at).unwrap_or_default()),
                digest: body.digest(),
                body,
                ..model.clone()
            };
            comments::store::insert(conn, &it, "en")?;
            ids.push(it.id);
        }
        Ok(ids)
    });
    made.unwrap()
}

/// What the comment with the text number `at` is called.
pub fn reference(at: usize) -> String {
    let digit = |place: u32| u8::try_from(at / 19_usize.pow(place) % 19).unwrap_or_default();
    comments::reference::Reference::make("GCSC", 1, [0, 0, 0, 0, digit(3), digit(2), digit(1), digit(0)]).to_string()
}
