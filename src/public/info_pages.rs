//! The pages about the portal itself: contact, privacy, accessibility; where faults of its security are told.

use askama::Template;
use chrono::{Days, NaiveTime};

use super::answer;
use crate::clock::rfc3339;
use crate::data_rights::held::{HELD, Kept};
use crate::epochs::Scope;
use crate::web::{Ctx, Page};

/// Days for which what is told about security holds; at most a year (RFC 9116, 2.5.5).
const SECURITY_LASTS: Days = Days::new(180);

#[derive(Template)]
#[template(path = "public/contact.html")]
struct ContactPage<'a> {
    ctx: &'a Ctx,
    address: &'a str,
}

#[derive(Template)]
#[template(path = "public/privacy.html")]
struct PrivacyPage<'a> {
    ctx: &'a Ctx,
    address: &'a str,
    /// What is held: its name, what it is and why, how long.
    held: Vec<(&'static str, &'static str, String)>,
}

/// How long something is kept, in words.
fn kept(ctx: &Ctx, kept: Kept) -> String {
    let config = ctx.site().config();
    let span = |span| ctx.lang.span("public-span", span);
    match kept {
        Kept::WithAccount => ctx.t("privacy-kept-account"),
        Kept::WithRecord => ctx.t("privacy-kept-record"),
        Kept::Always => ctx.t("privacy-kept-always"),
        Kept::Session => {
            let (idle, longest) = (span(config.accounts.idle()), span(config.accounts.lifetime()));
            ctx.t2("privacy-kept-session", "idle", idle, "longest", longest)
        }
        Kept::After(time) => ctx.t1("privacy-kept-after", "span", span(time)),
        Kept::Letter(time) => ctx.t1("privacy-kept-letter", "span", span(time)),
        Kept::Exports => ctx.t1("privacy-kept-exports", "span", span(config.exports.kept())),
        Kept::Nowhere => String::new(),
    }
}

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct AccessibilityPage<'a> {
    ctx: &'a Ctx,
    address: &'a str,
}

/// Where people write to.
fn address(ctx: &Ctx) -> &str {
    &ctx.site().config().server.contact
}

/// `GET /contact`
pub async fn contact(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async { ctx.page(&ContactPage { ctx: &ctx, address: address(&ctx) }) }).await
}

/// `GET /privacy`: what is stored, why and for how long, from the one table of it.
pub async fn privacy(ctx: Ctx) -> Page {
    let held = HELD.iter().map(|it| (it.name, it.text, kept(&ctx, it.kept))).collect();
    ctx.cached(Scope::Site, async { ctx.page(&PrivacyPage { ctx: &ctx, address: address(&ctx), held }) }).await
}

/// `GET /.well-known/security.txt` (RFC 9116). It is made anew each day, so that it never runs out.
pub async fn security(ctx: Ctx) -> Page {
    let today = ctx.now.date();
    let expires = today.checked_add_days(SECURITY_LASTS).unwrap_or(today).and_time(NaiveTime::MIN);
    let text = format!(
        "Contact: mailto:{}\nContact: {}\nExpires: {}\nPreferred-Languages: en\nCanonical: {}\n",
        address(&ctx),
        ctx.link("/contact"),
        rfc3339(expires),
        ctx.link("/.well-known/security.txt"),
    );
    Ok(answer::data("text/plain; charset=utf-8", text))
}

/// `GET /accessibility`
pub async fn accessibility(ctx: Ctx) -> Page {
    ctx.cached(Scope::Site, async { ctx.page(&AccessibilityPage { ctx: &ctx, address: address(&ctx) }) }).await
}
