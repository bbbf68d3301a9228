//! The pages about the portal itself: contact, privacy, accessibility.

use askama::Template;

use crate::epochs::Scope;
use crate::web::{Ctx, Page};

/// Where people write to, as in the Commission's briefing.
const ADDRESS: &str = "info@cyberstability.org";

#[derive(Template)]
#[template(path = "public/contact.html")]
struct ContactPage<'a> {
    ctx: &'a Ctx,
    address: &'static str,
}

#[derive(Template)]
#[template(path = "public/privacy.html")]
struct PrivacyPage<'a> {
    ctx: &'a Ctx,
    address: &'static str,
    idle: String,
    longest: String,
}

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct AccessibilityPage<'a> {
    ctx: &'a Ctx,
    address: &'static str,
}

/// `GET /contact`
pub async fn contact(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async { ctx.page(&ContactPage { ctx: &ctx, address: ADDRESS }) }).await
}

/// `GET /privacy`: what is stored and why. To be changed together with a migration.
pub async fn privacy(ctx: Ctx) -> Page {
    let accounts = &ctx.site().config().accounts;
    let (idle, longest) =
        (ctx.lang.span("public-span", accounts.idle()), ctx.lang.span("public-span", accounts.lifetime()));
    ctx.cached(Scope::Site, async { ctx.page(&PrivacyPage { ctx: &ctx, address: ADDRESS, idle, longest }) }).await
}

/// `GET /accessibility`
pub async fn accessibility(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async { ctx.page(&AccessibilityPage { ctx: &ctx, address: ADDRESS }) }).await
}
