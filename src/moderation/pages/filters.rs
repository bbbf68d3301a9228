//! What the queue can be filtered by, and the filters that a person keeps.

use super::QUEUE;
use crate::comments::model::Kind;
use crate::comments::record::language;
use crate::moderation::flags::model::Flag;
use crate::moderation::flags::shown;
use crate::moderation::listing::{Age, Filter, Tab, Written};
use crate::moderation::saved::store::Saved;
use crate::norms::model::Norm;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form};

type Options = Vec<(String, String)>;

/// A list to choose from.
pub(super) struct Choice {
    pub name: &'static str,
    /// The message that names it.
    pub label: &'static str,
    pub options: Options,
}

/// The part of the page above the rows.
pub(super) struct Shown {
    pub form: Form,
    pub choices: Vec<Choice>,
    /// What the form carries along: the tab.
    pub carried: Vec<(&'static str, &'static str)>,
    pub is_filtered: bool,
    pub unfiltered: String,
    pub saved: Vec<Saved>,
    /// The tab and the filter as an address has them: what is kept under a name.
    pub query: String,
}

/// The filters of a tab as they are set.
pub(super) fn filters(
    ctx: &Ctx,
    vocabulary: &Vocabulary,
    norms: &[Norm],
    (tab, filter): (Tab, &Filter),
    saved: Vec<Saved>,
) -> Shown {
    let set = filter.pairs().iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, *value));
    let choice = |name, label, options| Choice { name, label, options };
    Shown {
        form: Form::filled(set),
        choices: vec![
            choice("norm", "moderation-norm", norms.iter().map(|it| (it.slug.clone(), it.title.clone())).collect()),
            choice("kind", "moderation-kind", kinds(ctx)),
            choice("group", "moderation-group", groups(vocabulary)),
            choice("language", "moderation-language", languages(ctx)),
            choice("age", "moderation-age", ages(ctx)),
            choice("flag", "flags-title", flags(ctx)),
        ],
        carried: tab.pairs(),
        is_filtered: *filter != Filter::default(),
        unfiltered: Filter::default().address(QUEUE, &tab.pairs()),
        query: filter.query(&tab.pairs()),
        saved,
    }
}

fn kinds(ctx: &Ctx) -> Options {
    Kind::ALL.iter().map(|kind| (kind.to_string(), ctx.t(format!("kind-{kind}")))).collect()
}

fn groups(vocabulary: &Vocabulary) -> Options {
    vocabulary.groups.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect()
}

fn languages(ctx: &Ctx) -> Options {
    let mut named: Options =
        language::NAMED.iter().map(|code| ((*code).to_owned(), language::named(code, ctx.lang))).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named.push((Written::UNKNOWN.to_owned(), ctx.t("moderation-language-unknown")));
    named
}

fn flags(ctx: &Ctx) -> Options {
    Flag::ALL.iter().map(|flag| (flag.to_string(), ctx.t(shown::name(*flag)))).collect()
}

fn ages(ctx: &Ctx) -> Options {
    let words = |age: &Age| match age {
        Age::Day => "moderation-age-day",
        Age::ThreeDays => "moderation-age-three-days",
        Age::Week => "moderation-age-week",
        Age::Month => "moderation-age-month",
    };
    Age::ALL.iter().map(|age| (age.to_string(), ctx.t(words(age)))).collect()
}
