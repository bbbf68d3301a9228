//! The pages of the board: overview, a text's issues, one issue, comments for it, what is left, publication.

pub mod board;
pub mod comments;
pub mod issue;
pub mod left;
pub mod new;
pub mod overview;
pub mod own_answer;
pub mod publication;
pub mod rows;
pub mod shown;
pub mod steps;

use super::model::{Gathered, Issue};
use super::store::issues;
use crate::db::AnyConnection;
use crate::ids::{CommentId, IssueId};
use crate::norms::model::Norm;
use crate::norms::store as norms;
use crate::web::{Ctx, Fields, PageError};

/// Where deliberation begins.
pub const PATH: &str = "/secretariat/deliberation";

/// The address of an issue.
pub fn address(issue: IssueId) -> String {
    format!("{PATH}/issues/{issue}")
}

/// The text with this slug; 404 for none.
async fn norm(ctx: &Ctx, slug: &str) -> Result<Norm, PageError> {
    let slug = slug.to_owned();
    let found = ctx.site().db().read(move |conn: &mut AnyConnection| norms::norm_by_slug(conn, &slug)).await?;
    found.ok_or(PageError::NotFound)
}

/// The issue with this id; 404 for none.
async fn issue(ctx: &Ctx, id: &str) -> Result<Issue, PageError> {
    let id = IssueId::parse(id).ok_or(PageError::NotFound)?;
    let found = ctx.site().db().read(move |conn: &mut AnyConnection| issues::by_id(conn, id)).await?;
    found.ok_or(PageError::NotFound)
}

/// The version that a form was made for.
fn version(fields: &Fields) -> Result<i64, PageError> {
    fields.get("version").parse().map_err(|_| PageError::BadRequest)
}

/// The comments whose boxes were ticked; 400 for a box that this portal did not make.
fn ticked(boxes: &[String]) -> Result<Vec<CommentId>, PageError> {
    boxes.iter().map(|it| CommentId::parse(it).ok_or(PageError::BadRequest)).collect()
}

/// What is said after comments were moved.
fn flash(gathered: Gathered, all: &'static str, some: &'static str, none: &'static str) -> &'static str {
    match (gathered.done, gathered.same + gathered.refused) {
        (0, _) => none,
        (_, 0) => all,
        _ => some,
    }
}
