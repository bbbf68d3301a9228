//! The queue: what waits, and what was decided, as a table.

use std::collections::BTreeMap;

use actix_web::web;
use askama::Template;

use super::{QUEUE, speaks_for, state_name};
use crate::accounts::model::OnBehalfOf;
use crate::accounts::organisations::model::Organisation;
use crate::comments::body::Body;
use crate::comments::model::{Comment, Kind, State};
use crate::comments::on_behalf;
use crate::db::{AnyConnection, DbResult};
use crate::ids::{ClusterId, CommentId, TextVersionId};
use crate::moderation::campaigns::Campaigns;
use crate::moderation::flags::model::Raised;
use crate::moderation::gist::{Gist, gist};
use crate::moderation::model::Filter;
use crate::moderation::store::MOST_COUNTED;
use crate::moderation::{alert, flags, form, reports, store};
use crate::norms;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Fields, Form, Page, PageError};

#[derive(Template)]
#[template(path = "moderation/queue.html")]
struct QueuePage<'a> {
    ctx: &'a Ctx,
    state: State,
    tabs: Vec<Tab>,
    form: Form,
    norms: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    groups: Vec<(String, String)>,
    is_filtered: bool,
    unfiltered: String,
    rows: Vec<Row>,
    first_page: String,
    next_page: String,
    /// Thresholds that are crossed, in words.
    alerts: Vec<String>,
    open_reports: i64,
    /// How many campaigns there are, and of how many comments and texts.
    campaigns: Campaigns,
}

struct Tab {
    address: String,
    words: String,
    is_current: bool,
}

struct Row {
    comment: Comment,
    address: String,
    /// By what it came, if staff entered it.
    channel: String,
    flags: Vec<String>,
    norm: String,
    /// The clauses that the words lie in; empty for a comment on no words.
    place: String,
    gist: Gist,
    /// Who should act by which instrument; empty for any other kind.
    lever: String,
    group: String,
    /// Whom its author speaks for; empty if for themselves.
    speaks_for: String,
    /// The campaign that it belongs to, and how many that are.
    campaign: Option<(ClusterId, i64)>,
}

struct Listed {
    filter: Filter,
    norms: Vec<Norm>,
    comments: Vec<Comment>,
    texts: BTreeMap<TextVersionId, TextVersion>,
    organisations: BTreeMap<CommentId, Organisation>,
    raised: Vec<(CommentId, Raised)>,
    counts: Vec<(State, i64)>,
    open_reports: i64,
    campaigns: Campaigns,
}

/// `GET /secretariat`
pub async fn queue(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let state = form::state(&ctx.query);
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let (query, words) = (ctx.query.clone(), vocabulary.clone());
    let mut listed = ctx.site().db().read(move |conn| load(conn, &query, &words, state, after)).await?;
    let next = paging::cut(&mut listed.comments, |comment| Cursor { at: comment.submitted_at, id: comment.id });
    let (now, desk) = (ctx.now, ctx.site().config().desk);
    let alerts = ctx.site().db().read(move |conn| alert::crossed(conn, now, desk)).await?;
    let filter = &listed.filter;
    let asked = tab_pairs(state);
    let next_page = next.map(|cursor| {
        let cursor = cursor.encode();
        filter.address(QUEUE, &[asked.as_slice(), &[("after", cursor.as_str())]].concat())
    });
    let filtered = filter.pairs().iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, *value));
    let page = QueuePage {
        ctx: &ctx,
        state,
        tabs: listed.counts.iter().map(|(of, count)| tab(&ctx, filter, *of, *count, state)).collect(),
        form: Form::filled(filtered),
        norms: listed.norms.iter().map(|norm| (norm.slug.clone(), norm.title.clone())).collect(),
        kinds: Kind::ALL.iter().map(|kind| (kind.to_string(), ctx.t(format!("kind-{kind}")))).collect(),
        groups: vocabulary.groups.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect(),
        is_filtered: *filter != Filter::default(),
        unfiltered: Filter::default().address(QUEUE, &asked),
        first_page: if after.is_some() { filter.address(QUEUE, &asked) } else { String::new() },
        next_page: next_page.unwrap_or_default(),
        rows: rows(&ctx, &vocabulary, &listed),
        alerts: alerts.iter().map(|it| it.words(ctx.lang)).collect(),
        open_reports: listed.open_reports,
        campaigns: listed.campaigns,
    };
    ctx.page(&page)
}

fn load(
    conn: &mut AnyConnection,
    query: &Fields,
    vocabulary: &Vocabulary,
    state: State,
    after: Option<Cursor<CommentId>>,
) -> DbResult<Listed> {
    let norms = norms::store::norms(conn)?;
    let filter = form::filter(query, &norms, vocabulary);
    let comments = store::in_state(conn, state, &filter, after)?;
    let current = norms::store::current_versions(conn)?;
    let mut texts: BTreeMap<_, _> = current.into_iter().map(|text| (text.id, text)).collect();
    for comment in &comments {
        if !texts.contains_key(&comment.text_version_id) {
            let text = norms::store::version(conn, comment.text_version_id)?;
            texts.insert(text.id, text);
        }
    }
    let ids: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
    let organisations = on_behalf::store::organisations_of(conn, &ids)?.into_iter().collect();
    let raised = flags::store::of(conn, &ids)?;
    let counts = store::counts(conn)?;
    let open_reports = reports::staff_pages::open(conn)?;
    let campaigns = Campaigns::read(conn, &ids)?;
    Ok(Listed { filter, norms, comments, texts, organisations, raised, counts, open_reports, campaigns })
}

fn tab_pairs(state: State) -> Vec<(&'static str, &'static str)> {
    if state == State::Pending { Vec::new() } else { vec![("state", state.as_str())] }
}

fn tab(ctx: &Ctx, filter: &Filter, of: State, count: i64, shown: State) -> Tab {
    let count = if count > MOST_COUNTED { ctx.t("moderation-many") } else { count.to_string() };
    Tab {
        address: filter.address(QUEUE, &tab_pairs(of)),
        words: ctx.t2("moderation-tab", "state", ctx.t(state_name(of)), "count", count),
        is_current: of == shown,
    }
}

fn rows(ctx: &Ctx, vocabulary: &Vocabulary, listed: &Listed) -> Vec<Row> {
    let row = |comment: &Comment| {
        let norm = listed.norms.iter().find(|norm| norm.id == comment.norm_id);
        let text = listed.texts.get(&comment.text_version_id);
        let place = match (norm, text, comment.body.anchor()) {
            (Some(norm), Some(text), Some(anchor)) => text.cite(norm.number, anchor.first_word, anchor.last_word),
            _ => String::new(),
        };
        let path = format!("{QUEUE}/comments/{}", comment.reference);
        let group = &comment.author.stakeholder_group;
        Row {
            address: listed.filter.address(&path, &[]),
            channel: comment.channel.as_deref().map_or("", |code| vocabulary.channels.label_or_code(code)).to_owned(),
            flags: raised(ctx, listed, comment.id),
            norm: norm.map(|norm| norm.title.clone()).unwrap_or_default(),
            place,
            gist: gist(&comment.body),
            lever: lever(ctx, vocabulary, &comment.body),
            group: vocabulary.groups.label_or_code(group).to_owned(),
            speaks_for: match comment.author.on_behalf_of {
                OnBehalfOf::Myself => String::new(),
                OnBehalfOf::Organisation => speaks_for(ctx, &comment.author, listed.organisations.get(&comment.id)),
            },
            campaign: listed.campaigns.of.get(&comment.id).copied(),
            comment: comment.clone(),
        }
    };
    listed.comments.iter().map(row).collect()
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
