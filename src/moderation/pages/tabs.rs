//! The tabs of the queue with their counts. A part that is a list of its own, not of comments, is a link among them.

use super::{QUEUE, state_name};
use crate::moderation::listing::{Filter, Tab};
use crate::moderation::store::{Counts, MOST_COUNTED};
use crate::web::Ctx;

/// A tab as it is shown.
pub(super) struct Shown {
    pub address: String,
    pub words: String,
    pub is_current: bool,
}

fn name(tab: Tab) -> &'static str {
    match (tab, tab.state()) {
        (_, Some(state)) => state_name(state),
        (Tab::Mine, _) => "moderation-tab-mine",
        (Tab::Redacted, _) => "moderation-tab-redacted",
        _ => "moderation-tab-claimed",
    }
}

/// Every tab; the filter stays from one to the other.
pub(super) fn tabs(ctx: &Ctx, filter: &Filter, counts: &Counts, current: Tab) -> Vec<Shown> {
    let shown = |tab: &Tab| Shown {
        address: filter.address(QUEUE, &tab.pairs()),
        words: words(ctx, name(*tab), counts.of(*tab)),
        is_current: *tab == current,
    };
    Tab::ALL.iter().map(shown).collect()
}

fn words(ctx: &Ctx, name: &str, count: i64) -> String {
    let count = if count > MOST_COUNTED { ctx.t("moderation-many") } else { count.to_string() };
    ctx.t2("moderation-tab", "state", ctx.t(name), "count", count)
}
