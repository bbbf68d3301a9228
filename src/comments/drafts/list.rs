//! The drafts under My comments.

use super::model::{Draft, Purpose};
use super::store;
use crate::accounts::organisations::store as organisations;
use crate::accounts::store as accounts;
use crate::clock::Moment;
use crate::db::DbError;
use crate::ids::AccountId;
use crate::norms::store as norms;
use crate::web::{Ctx, PageError};

/// A draft as a row.
pub struct Listed {
    /// The draft.
    pub draft: Draft,
    /// The title of the text it is about; empty if it is about several.
    pub norm: String,
    /// The message that says what it becomes.
    pub becomes: String,
    /// The name of the organisation whose members may open it; empty if none.
    pub shared_with: String,
    /// Who else changed it last; empty if nobody else.
    pub changed_by: String,
    /// Whether the viewer began it.
    pub is_own: bool,
}

impl Listed {
    /// When it is thrown away.
    pub fn kept_until(&self) -> Moment {
        self.draft.kept_until()
    }
}

/// Every draft that the viewer may open, the last changed first.
pub async fn listed(ctx: &Ctx, viewer: AccountId) -> Result<Vec<Listed>, PageError> {
    let now = ctx.now;
    let rows = ctx
        .site()
        .db()
        .read(move |conn| {
            let texts = norms::norms(conn)?;
            let own = organisations::of_member(conn, viewer)?;
            let mut rows = Vec::new();
            for draft in store::all_open_to(conn, now, viewer)? {
                let norm = texts.iter().find(|norm| Some(norm.id) == draft.norm).map(|norm| norm.title.clone());
                let shared = own.as_ref().filter(|it| Some(it.id) == draft.organisation).map(|it| it.name.clone());
                let changed_by = if draft.edited_by == viewer {
                    String::new()
                } else {
                    accounts::by_id(conn, draft.edited_by)?.details.name
                };
                rows.push(Listed {
                    norm: norm.unwrap_or_default(),
                    becomes: becomes(&draft),
                    shared_with: shared.unwrap_or_default(),
                    changed_by,
                    is_own: draft.account == viewer,
                    draft,
                });
            }
            Ok::<_, DbError>(rows)
        })
        .await?;
    Ok(rows)
}

fn becomes(draft: &Draft) -> String {
    match (draft.purpose, draft.kind) {
        (Purpose::Comment, Some(kind)) => format!("kind-{kind}"),
        (purpose, _) => format!("draft-of-{purpose}"),
    }
}
