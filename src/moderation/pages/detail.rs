//! A comment in full, with everything a decision on it needs, and the form to decide.

use actix_web::web;
use askama::Template;

use super::answers::{self, Answer, Superseded};
use super::{QUEUE, outcome_name, speaks_for, state_name};
use crate::accounts::organisations::model::Organisation;
use crate::comments;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown::{self, Shown};
use crate::comments::body::{Body, Change, web_link};
use crate::comments::life::model::{Appeal, Withdrawal};
use crate::comments::life::store as life;
use crate::comments::model::{Comment, Event, Publication, State};
use crate::comments::received::{self, model::Received};
use crate::comments::redline::Redline;
use crate::comments::reference::Reference;
use crate::comments::{cosigning, on_behalf};
use crate::db::{AnyConnection, DbResult};
use crate::moderation::flags::model::Raised;
use crate::moderation::flags::shown::{Shown as FlagShown, shown as shown_flag};
use crate::moderation::flags::store as flags;
use crate::moderation::model::{self, Decision, Filter, Outcome, round};
use crate::moderation::store::Earlier;
use crate::moderation::{form, store};
use crate::norms;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError};

/// How many earlier revisions are shown.
const MOST_EARLIER: i64 = 3;

#[derive(Template)]
#[template(path = "moderation/detail.html")]
struct DetailPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    norm: &'a Norm,
    form: &'a Form,
    queue: String,
    action: String,
    state: &'static str,
    place: String,
    /// Before the words, behind them, and the change of them.
    wording: Option<Wording>,
    answers: Vec<Answer>,
    evidence: &'a str,
    evidence_link: Option<String>,
    files: Vec<Shown>,
    superseded: Vec<Superseded>,
    decisions: Vec<Made<'a>>,
    history: Vec<(String, i64)>,
    group: &'a str,
    country: &'a str,
    on_behalf_of: String,
    supporters: i64,
    /// How it came, if staff entered it.
    came: Option<(String, Received)>,
    is_entered_by_viewer: bool,
    flags: Vec<FlagShown>,
    unseen: String,
    round: i32,
    appeal: Option<Appeal>,
    withdrawal: Option<Withdrawal>,
    is_pending: bool,
    /// Whether the person who looks declined the comment that is appealed.
    is_own_decision: bool,
    is_own: bool,
    outcomes: Vec<(&'static str, String, String)>,
    reasons: Vec<(&'a str, &'a str)>,
    statements: Vec<(&'a str, &'a str)>,
}

struct Wording {
    before: String,
    behind: String,
    redline: Redline,
    is_kept: bool,
}

/// A decision with its codes in words.
struct Made<'a> {
    it: &'a Decision,
    outcome: String,
    reason: &'a str,
}

/// What the page and the form are made from.
pub(super) struct Loaded {
    /// The comment.
    pub comment: Comment,
    /// What the queue was filtered by.
    pub filter: Filter,
    norm: Norm,
    text: TextVersion,
    decisions: Vec<Decision>,
    earlier: Vec<Earlier>,
    files: Vec<Attachment>,
    history: Vec<(State, i64)>,
    appeal: Option<Appeal>,
    withdrawal: Option<Withdrawal>,
    organisation: Option<Organisation>,
    supporters: i64,
    received: Option<Received>,
    raised: Vec<Raised>,
}

/// `GET /secretariat/comments/{reference}`
pub async fn detail(ctx: Ctx, path: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let loaded = loaded(&ctx, &path, &vocabulary).await?;
    show(&ctx, &vocabulary, loaded, &Form::default())
}

/// Everything about the comment that `reference` names; 404 if none.
pub(super) async fn loaded(
    ctx: &Ctx,
    reference: &str,
    vocabulary: &web::Data<Vocabulary>,
) -> Result<Loaded, PageError> {
    let reference = Reference::parse(reference).map_err(|_| PageError::NotFound)?;
    let (query, words) = (ctx.query.clone(), vocabulary.clone());
    let found = ctx.site().db().read(move |conn| load(conn, &reference, &query, &words)).await?;
    found.ok_or(PageError::NotFound)
}

fn load(
    conn: &mut AnyConnection,
    reference: &Reference,
    query: &Fields,
    vocabulary: &Vocabulary,
) -> DbResult<Option<Loaded>> {
    let Some(comment) = comments::store::by_reference(conn, reference.as_str())? else { return Ok(None) };
    let norms = norms::store::norms(conn)?;
    Ok(Some(Loaded {
        filter: form::filter(query, &norms, vocabulary),
        norm: norms::store::norm(conn, comment.norm_id)?,
        text: norms::store::version(conn, comment.text_version_id)?,
        decisions: store::decisions_of(conn, comment.id)?,
        earlier: store::earlier(conn, comment.id, MOST_EARLIER)?,
        files: comments::attachments::store::held_by(conn, comment.id.as_bytes())?,
        history: store::history(conn, comment.author.account)?,
        appeal: life::appeal(conn, comment.id)?,
        withdrawal: life::withdrawal(conn, comment.id)?,
        organisation: on_behalf::store::organisations_of(conn, &[comment.id])?.pop().map(|(_, it)| it),
        supporters: cosigning::store::by_group(conn, comment.id)?.iter().map(|it| it.organisations + it.people).sum(),
        received: received::store::of(conn, comment.id)?,
        raised: flags::of(conn, &[comment.id])?.into_iter().map(|(_, it)| it).collect(),
        comment,
    }))
}

/// The page with `form` as it was filled in; 422 if it has errors.
pub(super) fn show(ctx: &Ctx, vocabulary: &Vocabulary, loaded: Loaded, form: &Form) -> Page {
    let Loaded { comment, filter, norm, text, decisions, earlier, files, history, .. } = loaded;
    let Loaded { appeal, withdrawal, organisation, supporters, received, raised, .. } = loaded;
    let author = &comment.author;
    let place = comment.body.anchor().map(|anchor| text.cite(norm.number, anchor.first_word, anchor.last_word));
    let code = author.country.as_deref().unwrap_or_default();
    let evidence = answers::evidence(&comment.body);
    let action = format!("{QUEUE}/comments/{}/decision", comment.reference);
    let reasons = vocabulary.reasons.items();
    let looks = |id| ctx.viewer.as_ref().is_some_and(|viewer| viewer.id == id);
    let page = DetailPage {
        ctx,
        norm: &norm,
        form,
        queue: filter.address(QUEUE, &[]),
        action: filter.address(&action, &[]),
        state: state_name(comment.state),
        place: place.unwrap_or_default(),
        wording: wording(&text, &comment.body),
        answers: answers::answers(ctx, vocabulary, &comment.body),
        evidence,
        evidence_link: web_link(evidence),
        files: shown::shown(ctx.lang, &files),
        superseded: answers::superseded(ctx, vocabulary, &comment.body, earlier),
        decisions: decisions.iter().map(|it| made(ctx, vocabulary, it)).collect(),
        history: history.iter().map(|(state, count)| (ctx.t(state_name(*state)), *count)).collect(),
        group: vocabulary.groups.label_or_code(&author.stakeholder_group),
        country: rust_iso3166::from_alpha2(code).map_or(code, |country| country.name),
        on_behalf_of: speaks_for(ctx, author, organisation.as_ref()),
        supporters,
        is_entered_by_viewer: received.as_ref().is_some_and(|it| looks(it.entered_by)),
        came: received.map(|it| (channel(vocabulary, &comment), it)),
        flags: raised.iter().map(|it| shown_flag(ctx.lang, it)).collect(),
        unseen: unseen(ctx, vocabulary, &comment).join(", "),
        round: round(comment.state),
        appeal,
        withdrawal,
        is_pending: comment.state.apply(Event::Publish).is_some(),
        is_own_decision: comment.state == State::Appealed && decisions.last().is_some_and(|it| looks(it.decided_by)),
        is_own: looks(author.account),
        outcomes: outcomes(ctx, &comment),
        reasons: reasons.iter().map(|item| (item.code.as_str(), item.label.as_str())).collect(),
        statements: reasons
            .iter()
            .map(|item| (item.label.as_str(), item.statement.as_deref().unwrap_or_default()))
            .collect(),
        comment: &comment,
    };
    ctx.form_page(&page, form.failed())
}

fn made<'a>(ctx: &Ctx, vocabulary: &'a Vocabulary, it: &'a Decision) -> Made<'a> {
    let code = it.reason.as_deref().unwrap_or_default();
    let reason = vocabulary.reasons.label_or_code(code);
    Made { it, outcome: ctx.t(outcome_name(it.outcome)), reason }
}

fn wording(text: &TextVersion, body: &Body) -> Option<Wording> {
    let Body::Wording(it) = body else { return None };
    let (before, behind) = model::surroundings(text, &it.anchor).unwrap_or((&it.anchor.prefix, &it.anchor.suffix));
    Some(Wording {
        before: before.to_owned(),
        behind: behind.to_owned(),
        redline: it.redline(),
        is_kept: it.change == Change::Keep,
    })
}

/// By what a comment came that staff entered, in words.
fn channel(vocabulary: &Vocabulary, comment: &Comment) -> String {
    vocabulary.channels.label_or_code(comment.channel.as_deref().unwrap_or_default()).to_owned()
}

/// Characters that a reader would not notice, in all that the author wrote.
fn unseen(ctx: &Ctx, vocabulary: &Vocabulary, comment: &Comment) -> Vec<String> {
    let said = answers::every_answer(ctx, vocabulary, &comment.body);
    let author = &comment.author;
    let written = said.iter().map(|answer| answer.text.as_str()).chain([author.name.as_str()]);
    model::unseen(written.chain(author.organisation.as_deref()))
}

fn outcomes(ctx: &Ctx, comment: &Comment) -> Vec<(&'static str, String, String)> {
    let words = |outcome: &Outcome| match outcome {
        Outcome::Publish if comment.publication == Publication::Commission => {
            ("moderation-accept", "moderation-accept-hint")
        }
        Outcome::Publish => ("moderation-publish", "moderation-publish-hint"),
        Outcome::Return => ("moderation-return", "moderation-return-hint"),
        Outcome::Decline => ("moderation-decline", "moderation-decline-hint"),
    };
    let choice = |outcome: &Outcome| {
        let (name, hint) = words(outcome);
        (outcome.as_str(), ctx.t(name), ctx.t(hint))
    };
    let may_be = |outcome: &&Outcome| comment.state.apply(outcome.event()).is_some();
    Outcome::ALL.iter().filter(may_be).map(choice).collect()
}
