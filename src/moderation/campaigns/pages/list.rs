//! `GET /secretariat/campaigns`

use askama::Template;

use super::{PATH, says};
use crate::db::{AnyConnection, DbResult};
use crate::ids::ClusterId;
use crate::moderation::campaigns::model::{Cluster, LEAST};
use crate::moderation::campaigns::store::reading;
use crate::moderation::gist::opening;
use crate::norms;
use crate::norms::model::Norm;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError};

/// How much of a letter is shown, in graphemes.
const OPENING: usize = 200;

#[derive(Template)]
#[template(path = "moderation/campaigns.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    rows: Vec<Row>,
    least: i64,
    comments: i64,
    texts: i64,
    next_page: String,
}

struct Row {
    it: Cluster,
    norm: String,
    opening: String,
}

struct Loaded {
    clusters: Vec<Cluster>,
    openings: Vec<String>,
    norms: Vec<Norm>,
    totals: (i64, i64),
}

fn load(conn: &mut AnyConnection, after: Option<Cursor<ClusterId>>) -> DbResult<Loaded> {
    let clusters = reading::listed(conn, after)?;
    let ids: Vec<_> = clusters.iter().map(|it| it.template.0).collect();
    let templates = reading::comments_with(conn, &ids)?;
    let begins = |it: &Cluster| templates.get(&it.template.0).map(|comment| opening(&says(comment), OPENING));
    let openings = clusters.iter().map(|it| begins(it).unwrap_or_default()).collect();
    Ok(Loaded { openings, norms: norms::store::norms(conn)?, totals: reading::totals(conn, None)?, clusters })
}

/// `GET /secretariat/campaigns`
pub async fn list(ctx: Ctx) -> Page {
    ctx.staff()?;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, ClusterId::parse).ok_or(PageError::BadRequest)?),
    };
    let Loaded { mut clusters, openings, norms, totals } = ctx.site().db().read(move |conn| load(conn, after)).await?;
    let next = paging::cut(&mut clusters, |it| Cursor { at: it.last_at, id: it.id });
    let title = |it: &Cluster| norms.iter().find(|norm| norm.id == it.norm).map(|norm| norm.title.clone());
    let page = ListPage {
        ctx: &ctx,
        rows: clusters
            .into_iter()
            .zip(openings)
            .map(|(it, opening)| Row { norm: title(&it).unwrap_or_default(), it, opening })
            .collect(),
        least: LEAST,
        comments: totals.0,
        texts: totals.1,
        next_page: next.map(|cursor| format!("{PATH}?after={}", cursor.encode())).unwrap_or_default(),
    };
    ctx.page(&page)
}
