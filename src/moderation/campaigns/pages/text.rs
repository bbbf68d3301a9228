//! A text of a campaign: all it has of its own, who says it, and deciding once for all of them.

use actix_web::web;
use askama::Template;

use super::card::shared;
use super::{PATH, says};
use crate::comments::model::Comment;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{ClusterId, CommentId};
use crate::moderation::campaigns::card::{Own, own};
use crate::moderation::campaigns::model::{Cluster, Text};
use crate::moderation::campaigns::store::{self, reading};
use crate::moderation::model::round;
use crate::moderation::pages::state_name;
use crate::norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError};

/// How many comments are decided in one step.
const STEP: usize = 100;

#[derive(Template)]
#[template(path = "moderation/campaign_text.html")]
struct TextPage<'a> {
    ctx: &'a Ctx,
    it: &'a Cluster,
    norm: &'a str,
    text: &'a Text,
    own: Own,
    says: String,
    rows: Vec<Row<'a>>,
    /// What the form to decide carries: each comment as it is shown here.
    marks: Vec<String>,
    /// Whether more wait than are decided in one step.
    is_more: bool,
    next_page: String,
}

struct Row<'a> {
    comment: &'a Comment,
    state: String,
    group: &'a str,
}

struct Loaded {
    cluster: Cluster,
    norm: String,
    text: Text,
    first: Comment,
    common: String,
    comments: Vec<Comment>,
    waiting: Vec<Comment>,
}

fn load(
    conn: &mut AnyConnection,
    id: ClusterId,
    comment: CommentId,
    after: Option<Cursor<CommentId>>,
) -> DbResult<Option<Loaded>> {
    let Some(text) = reading::text_of(conn, id, comment)? else { return Ok(None) };
    let cluster = store::cluster(conn, id)?;
    let first = reading::comments_with(conn, &[text.first])?.remove(&text.first);
    let Some(first) = first else { return Ok(None) };
    let most = i64::try_from(STEP + 1).unwrap_or(i64::MAX);
    Ok(Some(Loaded {
        norm: norms::store::norm(conn, cluster.norm)?.title,
        common: shared(conn, &cluster)?,
        comments: reading::same(conn, id, &text.digest, after)?,
        waiting: reading::waiting(conn, id, &text.digest, most)?,
        text,
        first,
        cluster,
    }))
}

/// `GET /secretariat/campaigns/{id}/texts/{text}`
pub async fn text(ctx: Ctx, path: web::Path<(String, String)>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let (id, name) = path.into_inner();
    let id = ClusterId::parse(&id).ok_or(PageError::NotFound)?;
    let comment = CommentId::parse(&name).ok_or(PageError::NotFound)?;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let found = ctx.site().db().read(move |conn| load(conn, id, comment, after)).await?;
    let mut loaded = found.ok_or(PageError::NotFound)?;
    let next = paging::cut(&mut loaded.comments, |it| Cursor { at: it.submitted_at, id: it.id });
    let here = format!("{PATH}/{id}/texts/{name}");
    let says = says(&loaded.first);
    let page = TextPage {
        ctx: &ctx,
        it: &loaded.cluster,
        norm: &loaded.norm,
        text: &loaded.text,
        own: own(&loaded.common, &says),
        says,
        rows: loaded
            .comments
            .iter()
            .map(|comment| Row {
                comment,
                state: ctx.t(state_name(comment.state)),
                group: vocabulary.groups.label_or_code(&comment.author.stakeholder_group),
            })
            .collect(),
        marks: loaded.waiting.iter().take(STEP).map(mark).collect(),
        is_more: loaded.waiting.len() > STEP,
        next_page: next.map(|cursor| format!("{here}?after={}", cursor.encode())).unwrap_or_default(),
    };
    ctx.page(&page)
}

/// The comment as it is shown: what the form of decisions on many takes.
fn mark(comment: &Comment) -> String {
    format!("{}.{}.{}.{}", comment.id, comment.revision, comment.version, round(comment.state))
}
