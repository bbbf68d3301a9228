//! The rows of the queue: each comment in a line.

use std::collections::BTreeMap;

use super::{comment_page, speaks_for};
use crate::accounts::model::OnBehalfOf;
use crate::accounts::organisations::model::Organisation;
use crate::clock::Moment;
use crate::comments::body::Body;
use crate::comments::record::language;
use crate::ids::{AccountId, ClusterId, CommentId, TextVersionId};
use crate::moderation::bulk::form::{as_shown, mark};
use crate::moderation::campaigns::Campaigns;
use crate::moderation::claims::model::Claim;
use crate::moderation::flags;
use crate::moderation::flags::model::Raised;
use crate::moderation::gist::{Gist, gist};
use crate::moderation::listing::{Filter, Priority, Tab, Waiting};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::web::Ctx;

/// What the rows are made from.
pub(super) struct Listed {
    pub waiting: Vec<Waiting>,
    pub norms: Vec<Norm>,
    pub texts: BTreeMap<TextVersionId, TextVersion>,
    pub organisations: BTreeMap<CommentId, Organisation>,
    pub claims: BTreeMap<CommentId, Claim>,
    /// By when answers were asked.
    pub due: BTreeMap<CommentId, Moment>,
    pub raised: Vec<(CommentId, Raised)>,
    pub campaigns: Campaigns,
}

/// A row.
pub(super) struct Row {
    pub it: Waiting,
    pub address: String,
    pub norm: String,
    /// The clauses that the words lie in; empty for a comment on no words.
    pub place: String,
    pub gist: Gist,
    /// Who should act by which instrument; empty for any other kind.
    pub lever: String,
    pub group: String,
    /// Whom its author speaks for; empty if for themselves.
    pub speaks_for: String,
    pub language: String,
    /// By what it came, if staff entered it.
    pub channel: String,
    pub flags: Vec<String>,
    /// The campaign that it belongs to, and how many that are.
    pub campaign: Option<(ClusterId, i64)>,
    pub is_urgent: bool,
    pub claim: Option<Claim>,
    pub is_mine: bool,
    /// Where it is claimed and given back.
    pub claiming: String,
    /// What a box for it stands for: the comment as it is shown.
    pub mark: String,
    /// By when an answer was asked, and whether that is over.
    pub due: Option<(Moment, bool)>,
}

/// A row for each comment that is listed.
pub(super) fn rows(
    ctx: &Ctx,
    vocabulary: &Vocabulary,
    listed: &Listed,
    (tab, filter): (Tab, &Filter),
    by: AccountId,
) -> Vec<Row> {
    let row = |it: &Waiting| {
        let comment = &it.comment;
        let norm = listed.norms.iter().find(|norm| norm.id == comment.norm_id);
        let text = listed.texts.get(&comment.text_version_id);
        let place = match (norm, text, comment.body.anchor()) {
            (Some(norm), Some(text), Some(anchor)) => text.cite(norm.number, anchor.first_word, anchor.last_word),
            _ => String::new(),
        };
        let path = comment_page(comment);
        let claim = listed.claims.get(&comment.id);
        Row {
            address: filter.address(&path, &[]),
            norm: norm.map(|norm| norm.title.clone()).unwrap_or_default(),
            place,
            gist: gist(&comment.body),
            lever: lever(ctx, vocabulary, &comment.body),
            group: vocabulary.groups.label_or_code(&comment.author.stakeholder_group).to_owned(),
            speaks_for: match comment.author.on_behalf_of {
                OnBehalfOf::Myself => String::new(),
                OnBehalfOf::Organisation => speaks_for(ctx, &comment.author, listed.organisations.get(&comment.id)),
            },
            language: if it.language.is_empty() { String::new() } else { language::named(&it.language, ctx.lang) },
            channel: comment.channel.as_deref().map_or("", |code| vocabulary.channels.label_or_code(code)).to_owned(),
            flags: raised(ctx, listed, comment.id),
            campaign: listed.campaigns.of.get(&comment.id).copied(),
            is_urgent: it.priority == Priority::Urgent,
            is_mine: claim.is_some_and(|claim| claim.holder == by),
            claim: claim.cloned(),
            claiming: filter.address(&format!("{path}/claim"), &[tab.pairs(), vec![("back", "queue")]].concat()),
            mark: mark(as_shown(comment)),
            due: listed.due.get(&comment.id).map(|at| (*at, *at < ctx.now)),
            it: it.clone(),
        }
    };
    listed.waiting.iter().map(row).collect()
}

/// The flags of a comment, in a word or two each.
fn raised(ctx: &Ctx, listed: &Listed, comment: CommentId) -> Vec<String> {
    let own = listed.raised.iter().filter(|(id, _)| *id == comment);
    own.map(|(_, it)| flags::shown::shown(ctx.lang, it).label).collect()
}

fn lever(ctx: &Ctx, vocabulary: &Vocabulary, body: &Body) -> String {
    let Body::Lever(lever) = body else { return String::new() };
    let actor = vocabulary.actors.label_or_code(&lever.actor);
    let instrument = vocabulary.instruments.label_or_code(&lever.instrument);
    ctx.t2("moderation-lever", "actor", actor, "instrument", instrument)
}
