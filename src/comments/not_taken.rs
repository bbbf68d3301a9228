//! What a composer shows when nothing can be taken now: why, and everything that was typed.

use actix_web::http::StatusCode;
use askama::Template;

use super::composer::Composer;
use super::model::Comment;
use crate::norms::model::Window;
use crate::web::{Ctx, Fields, Page};

#[derive(Template)]
#[template(path = "comments/kept.html")]
struct KeptPage<'a> {
    ctx: &'a Ctx,
    title: String,
    text: String,
    next: String,
    kept: Vec<(String, String)>,
}

/// The fields that hold what a person wrote, with the label to show them under.
pub(super) const WRITTEN: [(&str, &str); 9] = [
    ("proposed_wording", "summary-proposed"),
    ("rationale", "summary-rationale"),
    ("evidence", "summary-evidence"),
    ("action", "summary-action"),
    ("by_when", "summary-by-when"),
    ("example", "summary-example"),
    ("obstacles", "summary-obstacles"),
    ("cost", "summary-cost"),
    ("quote", "summary-words"),
];

/// Why the consultation takes nothing now; empty while it does.
pub fn shut_words(ctx: &Ctx, window: Window) -> String {
    match window {
        Window::Open(_) => String::new(),
        Window::NotYet(opens) => ctx.t1("compose-not-yet", "time", ctx.time(opens)),
        Window::Closed(closes) => ctx.t1("compose-closed", "time", ctx.time(closes)),
    }
}

impl Composer<'_> {
    /// 409: what was typed is not stored as it was meant, and is shown to be copied.
    pub(super) fn kept_page(&self, title: &str, text: String, fields: &Fields) -> Page {
        let kept = WRITTEN
            .iter()
            .filter(|(name, _)| !fields.get(name).is_empty())
            .map(|(name, label)| (self.ctx.t(label), fields.raw(name).to_owned()))
            .collect();
        let (title, next) = (self.ctx.t(title), self.ctx.t("compose-kept-next"));
        self.ctx.page_as(StatusCode::CONFLICT, &KeptPage { ctx: self.ctx, title, text, next, kept })
    }

    /// 409: nothing is taken now; what was typed is shown.
    pub fn shut_page(&self, window: Window, fields: &Fields) -> Page {
        self.kept_page("compose-shut-title", shut_words(self.ctx, window), fields)
    }

    /// 503: the portal can't store anything now; what was typed is shown.
    pub fn not_now(&self, fields: &Fields) -> Page {
        let page = self.kept_page("error-unavailable-title", self.ctx.t("compose-not-now"), fields);
        page.map(|mut answer| {
            *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            answer
        })
    }

    /// 409: the comment was decided, withdrawn or corrected meanwhile.
    pub fn overtaken(&self, now: &Comment, fields: &Fields) -> Page {
        let state = self.ctx.t(format!("state-{}", now.state));
        self.kept_page("compose-overtaken-title", self.ctx.t1("compose-overtaken-text", "state", state), fields)
    }
}
