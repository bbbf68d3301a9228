//! A comment in full, with everything a decision on it needs, and the form to decide.

use actix_web::web;
use askama::Template;
use chrono::TimeDelta;

use super::answers::{self, Answer, Superseded};
use super::last::{self, Last};
use super::verdict::next_page;
use super::{QUEUE, outcome_name, speaks_for, state_name};
use crate::accounts;
use crate::accounts::organisations::model::Organisation;
use crate::clock::Moment;
use crate::comments;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown::{self, Shown};
use crate::comments::body::{Body, Change, web_link};
use crate::comments::life::model::{Appeal, Withdrawal};
use crate::comments::life::store as life;
use crate::comments::model::{Comment, Event, Publication, State};
use crate::comments::received::{self, model::Received};
use crate::comments::record::language;
use crate::comments::redline::Redline;
use crate::comments::reference::Reference;
use crate::comments::{cosigning, on_behalf};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, DecisionId};
use crate::moderation::claims::hold::{self, ClaimError};
use crate::moderation::claims::model::{Claim, LEASE};
use crate::moderation::flags::model::Raised;
use crate::moderation::flags::shown::{Shown as FlagShown, shown as shown_flag};
use crate::moderation::flags::store as flags;
use crate::moderation::keys::{self, Keys};
use crate::moderation::listing::{Filter, Priority};
use crate::moderation::model::{self, Decision, Outcome, round};
use crate::moderation::store::Earlier;
use crate::moderation::undo::Undoer;
use crate::moderation::{claims, form, store};
use crate::norms;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::{Item, Vocabulary};
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
    statements: Vec<Prepared<'a>>,
    /// The language of those texts that are not in the author's, if there are any: its name.
    untranslated: String,
    claim: Option<&'a Claim>,
    is_mine: bool,
    claiming: String,
    priority: Priority,
    prioritising: String,
    language: String,
    organisation_page: String,
    /// The decision that can be undone by whoever looks.
    undo: Option<DecisionId>,
    last: Option<Last>,
    next: String,
    keys: Keys,
}

/// The text for a reason.
struct Prepared<'a> {
    code: &'a str,
    label: &'a str,
    text: &'a str,
    /// The code of the language it is in.
    language: &'a str,
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
    /// The language its author is written to in.
    pub author_language: String,
    /// Before or behind the others.
    pub priority: Priority,
    /// Who works on it.
    pub claim: Option<Claim>,
    language: String,
    last: Option<Last>,
    keys: Keys,
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

/// `GET /secretariat/comments/{reference}/next`
pub async fn next(ctx: Ctx, path: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let loaded = loaded(&ctx, &path, &vocabulary).await?;
    ctx.to(&next_page(&ctx, &loaded).await?)
}

/// Everything about the comment that `reference` names; 404 if none.
pub(super) async fn loaded(
    ctx: &Ctx,
    reference: &str,
    vocabulary: &web::Data<Vocabulary>,
) -> Result<Loaded, PageError> {
    let by = ctx.staff()?.id;
    let reference = Reference::parse(reference).map_err(|_| PageError::NotFound)?;
    let (query, words) = (ctx.query.clone(), vocabulary.clone());
    let looker = Looker { by, now: ctx.now, hold: ctx.site().config().moderation.hold() };
    let found = ctx.site().db().read(move |conn| load(conn, &reference, &query, &words, looker)).await?;
    let mut loaded = found.ok_or(PageError::NotFound)?;
    keep(ctx, &mut loaded, by).await?;
    Ok(loaded)
}

/// Who works on a comment and opens its page or sends a form of it keeps it for another lease.
async fn keep(ctx: &Ctx, loaded: &mut Loaded, by: AccountId) -> Result<(), PageError> {
    let (id, now) = (loaded.comment.id, ctx.now);
    let Some(claim) = loaded.claim.as_mut().filter(|it| it.holder == by && it.is_to_be_renewed(now)) else {
        return Ok(());
    };
    match ctx.site().db().write(move |conn| hold::renew(conn, now, by, id)).await {
        Ok(()) => claim.until = now + LEASE,
        Err(ClaimError::Held(other)) => loaded.claim = other.map(|it| *it),
        Err(ClaimError::NotWaiting) => loaded.claim = None,
        Err(ClaimError::Db(error)) => return Err(error.into()),
    }
    Ok(())
}

/// Who looks, and when.
#[derive(Clone, Copy)]
struct Looker {
    by: AccountId,
    now: Moment,
    hold: TimeDelta,
}

fn load(
    conn: &mut AnyConnection,
    reference: &Reference,
    query: &Fields,
    vocabulary: &Vocabulary,
    looker: Looker,
) -> DbResult<Option<Loaded>> {
    let Some(comment) = comments::store::by_reference(conn, reference.as_str())? else { return Ok(None) };
    let norms = norms::store::norms(conn)?;
    let Looker { by, now, hold } = looker;
    let (language, priority) = store::beside(conn, comment.id)?;
    Ok(Some(Loaded {
        author_language: accounts::store::by_id(conn, comment.author.account)?.language,
        claim: claims::store::of(conn, now, comment.id)?,
        last: last::of(conn, by, now, hold)?,
        keys: keys::of(conn, by)?,
        language,
        priority,
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
    let Loaded { appeal, withdrawal, organisation, supporters, claim, author_language, priority, .. } = loaded;
    let Loaded { received, raised, .. } = loaded;
    let form = &with_day(ctx, form);
    let author = &comment.author;
    let place = comment.body.anchor().map(|anchor| text.cite(norm.number, anchor.first_word, anchor.last_word));
    let code = author.country.as_deref().unwrap_or_default();
    let evidence = answers::evidence(&comment.body);
    let own_page = super::comment_page(&comment);
    let reasons = vocabulary.reasons.items();
    let looks = |id| ctx.viewer.as_ref().is_some_and(|viewer| viewer.id == id);
    let page = DetailPage {
        ctx,
        norm: &norm,
        form,
        queue: filter.address(QUEUE, &[]),
        action: filter.address(&format!("{own_page}/decision"), &[]),
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
        is_own_decision: comment.state == State::Appealed
            && decisions.iter().rfind(|it| it.undone.is_none()).is_some_and(|it| looks(it.decided_by)),
        is_own: looks(author.account),
        outcomes: outcomes(ctx, &comment),
        reasons: reasons.iter().map(|item| (item.code.as_str(), item.label.as_str())).collect(),
        statements: prepared(vocabulary, &author_language),
        untranslated: untranslated(ctx, vocabulary, &author_language),
        is_mine: claim.as_ref().is_some_and(|claim| looks(claim.holder)),
        claim: claim.as_ref(),
        claiming: filter.address(&format!("{own_page}/claim"), &[]),
        priority,
        prioritising: format!("{own_page}/priority"),
        language: if loaded.language.is_empty() { String::new() } else { language::named(&loaded.language, ctx.lang) },
        organisation_page: of_organisation(author.organisation.as_deref()),
        undo: undoable(ctx, &comment, &decisions),
        last: loaded.last,
        next: filter.address(&format!("{own_page}/next"), &[]),
        keys: loaded.keys,
        comment: &comment,
    };
    ctx.form_page(&page, form.failed())
}

/// The form with a day for the answer, where none was typed.
fn with_day(ctx: &Ctx, form: &Form) -> Form {
    let mut form = form.clone();
    if !form.failed() {
        form.prefill("answer_by", &form::proposed_day(ctx.now));
    }
    form
}

/// The texts for reasons, in the language of the author where there are.
fn prepared<'a>(vocabulary: &'a Vocabulary, language: &str) -> Vec<Prepared<'a>> {
    let one = |item: &'a Item| {
        let (text, language) = item.statement_in(language);
        Prepared { code: &item.code, label: &item.label, text, language }
    };
    vocabulary.reasons.items().iter().map(one).collect()
}

/// The name of the author's language, if some text for a reason is not there in it; else nothing.
fn untranslated(ctx: &Ctx, vocabulary: &Vocabulary, wanted: &str) -> String {
    let all_there = vocabulary.reasons.items().iter().all(|item| item.statement_in(wanted).1 == wanted);
    if all_there { String::new() } else { language::named(wanted, ctx.lang) }
}

fn of_organisation(name: Option<&str>) -> String {
    let filter = Filter { organisation: name.map(str::to_owned), ..Filter::default() };
    filter.address(QUEUE, &[])
}

/// The decision that stands, if whoever looks may undo it and nothing followed from it.
fn undoable(ctx: &Ctx, comment: &Comment, decisions: &[Decision]) -> Option<DecisionId> {
    let viewer = ctx.viewer.as_ref()?;
    let last = decisions.iter().rfind(|it| it.undone.is_none())?;
    let stands = comment.state == last.outcome.leads_to() && comment.revision == last.revision;
    (stands && Undoer { id: viewer.id, role: viewer.role }.may(last)).then_some(last.id)
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
