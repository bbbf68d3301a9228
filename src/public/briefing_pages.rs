//! The norms as a hand-out for constituency meetings, to be printed: all of them, or one.

use askama::Template;

use super::text::{self, ShownClause};
use crate::db::{AnyConnection, DbResult};
use crate::epochs::Scope;
use crate::norms::model::{Consultation, Norm, TextKind, TextVersion, Window};
use crate::norms::store as norms;
use crate::web::qr::{Qr, qr};
use crate::web::{Ctx, Page, PageError};

/// A text of the hand-out.
struct Text {
    norm: Norm,
    version: TextVersion,
    clauses: Vec<ShownClause>,
    /// The message above its title.
    kicker: &'static str,
}

#[derive(Template)]
#[template(path = "public/briefing.html")]
struct BriefingPage<'a> {
    ctx: &'a Ctx,
    consultation: &'a Consultation,
    window: Window,
    texts: Vec<Text>,
    /// Whether it holds one text only.
    is_one: bool,
    address: String,
    qr: Option<Qr>,
}

/// `GET /briefing`, `?norm=` for one text.
pub async fn briefing(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async {
        let read = |conn: &mut AnyConnection| -> DbResult<_> {
            Ok((norms::consultation(conn)?, norms::norms(conn)?, norms::current_versions(conn)?))
        };
        let (consultation, norms, mut versions) = ctx.site().db().read(read).await?;
        let consultation = consultation.ok_or(PageError::NotFound)?;
        let wanted = ctx.query.get("norm");
        let mut texts = Vec::new();
        for norm in norms.into_iter().filter(|norm| wanted.is_empty() || norm.slug == wanted) {
            if let Some(at) = versions.iter().position(|version| version.norm_id == norm.id) {
                texts.push(shown(norm, versions.swap_remove(at)));
            }
        }
        if texts.is_empty() {
            return Err(PageError::NotFound);
        }
        let address = if wanted.is_empty() { ctx.link("/") } else { ctx.link(&format!("/norms/{wanted}")) };
        ctx.page(&BriefingPage {
            ctx: &ctx,
            window: consultation.window(ctx.now),
            consultation: &consultation,
            texts,
            is_one: !wanted.is_empty(),
            qr: qr(&address),
            address,
        })
    })
    .await
}

fn shown(norm: Norm, version: TextVersion) -> Text {
    Text {
        clauses: text::clauses(&version, &[]),
        kicker: match norm.kind {
            TextKind::Norm => "public-kicker-norm",
            TextKind::Call => "briefing-call",
            TextKind::Definition => "public-kicker-definition",
        },
        norm,
        version,
    }
}
