//! A stakeholder's own comments: the list, and the whole life of one.

use actix_web::web;
use askama::Template;
use chrono::NaiveDate;

use super::attachments::model::Attachment;
use super::attachments::shown::{self, Shown};
use super::attachments::store as attachments;
use super::considered::model::Considered;
use super::cosigning::model::Cosigned;
use super::cosigning::store as cosigning;
use super::drafts::list::{self as drafts, Listed};
use super::life::model::{Life, Step, What};
use super::life::store as life;
use super::model::{Comment, Event, State};
use super::on_behalf;
use super::redaction::in_words::InWords;
use super::redaction::model::{Original, Redaction, Span};
use super::redaction::store as redaction;
use super::redline::Redline;
use super::statements::Statement;
use super::store;
use super::submissions::model::Submission;
use super::submissions::store as submissions;
use super::summary::{self, Row};
use crate::clock::Moment;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::{AccountId, CommentId};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::paging::{self, Cursor};
use crate::web::{Ctx, Page, PageError};

#[derive(Template)]
#[template(path = "comments/list.html")]
struct ListPage<'a> {
    ctx: &'a Ctx,
    drafts: Vec<Listed>,
    comments: Vec<(Comment, String)>,
    submissions: Vec<Submission>,
    /// The states to choose from, and the one chosen.
    states: Vec<(String, String)>,
    state: String,
    first_page: String,
    next_page: String,
    /// What the viewer put their name to, or their organisation's; on the first page alone.
    cosigned: Vec<Cosigned>,
}

#[derive(Template)]
#[template(path = "comments/show.html")]
struct ShowPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    is_author: bool,
    submission: Option<&'a Submission>,
    steps: Vec<Told>,
    now: String,
    next: &'static str,
    /// What the Commission does next: partial date and words.
    ahead: Vec<(String, String)>,
    can_be_appealed: bool,
    /// By when the author is asked to answer.
    answer_by: Option<Moment>,
    appeal_until: Option<Moment>,
    taken_out: Vec<TakenOut<'a>>,
    decisions: &'a [Considered],
    statements: &'a [Statement],
    rows: Vec<Row>,
    redline: Option<Redline>,
    files: Vec<Shown>,
}

/// A step in words.
struct Told {
    name: String,
    at: Moment,
    reason: String,
    text: String,
    wording: String,
}

/// What was taken out in one act, as its author reads it.
struct TakenOut<'a> {
    it: &'a Redaction,
    passages: Vec<Passage>,
    can_be_appealed: bool,
}

struct Passage {
    told: InWords,
    /// Empty for everybody but the author.
    words: String,
    is_back: bool,
}

/// A comment of one's own, or of one's organisation, with all that belongs to it.
pub(super) struct Own {
    pub comment: Comment,
    /// Whether the viewer sent it; else they are a member of the organisation that it speaks for.
    pub is_author: bool,
    pub norm: Norm,
    pub version: TextVersion,
    pub life: Life,
    pub submission: Option<Submission>,
    pub files: Vec<Attachment>,
    /// The comment as it came, if words were taken out of it and the viewer wrote them.
    pub original: Option<Original>,
}

impl Own {
    pub fn rows(&self, ctx: &Ctx, vocabulary: &Vocabulary) -> Vec<Row> {
        summary::rows(ctx.lang, vocabulary, &self.norm, &self.version, &self.comment.body)
    }

    /// Whether it is published and the Commission has decided about it.
    fn is_considered(&self) -> bool {
        self.comment.state == State::Published && !self.life.decisions.is_empty()
    }

    /// Whether its author may still appeal at `now`: once, in time, and only when it was declined.
    pub fn can_be_appealed(&self, now: Moment) -> bool {
        self.waits_for_appeal() && self.was_appealable_until(now).is_none()
    }

    fn waits_for_appeal(&self) -> bool {
        self.is_author && self.comment.state.apply(Event::Appeal).is_some() && self.life.appeal.is_none()
    }

    /// Until when its author could have appealed, if that is over at `now` and they did not.
    pub fn was_appealable_until(&self, now: Moment) -> Option<Moment> {
        self.life.appeal_until().filter(|until| self.waits_for_appeal() && now > *until)
    }
}

/// The comment with this reference and all that belongs to it, if it is this person's or speaks for an organisation that
/// they are a member of.
pub(super) fn load(conn: &mut AnyConnection, account: AccountId, reference: &str) -> DbResult<Option<Own>> {
    let Some(comment) = store::by_reference(conn, reference)? else { return Ok(None) };
    let is_author = comment.author.account == account;
    if !is_author && !on_behalf::store::is_of_member(conn, comment.id, account)? {
        return Ok(None);
    }
    Ok(Some(Own {
        is_author,
        norm: norms::norm(conn, comment.norm_id)?,
        version: norms::version(conn, comment.text_version_id)?,
        life: life::of(conn, comment.id)?,
        // A table with rows of several authors is open to none of them.
        submission: submissions::of_comment(conn, comment.id)?.filter(|it| it.account == comment.author.account),
        files: attachments::held_by(conn, comment.id.as_bytes())?,
        original: if is_author { redaction::original(conn, comment.id, comment.revision)? } else { None },
        comment,
    }))
}

/// The comment with this reference as its author or a colleague may see it; 404 for everybody else, as for none.
pub(super) async fn own(ctx: &Ctx, reference: String) -> Result<Own, PageError> {
    let account = ctx.signed_in()?.id;
    let found = ctx.site().db().read(move |conn| load(conn, account, &reference)).await?;
    found.ok_or(PageError::NotFound)
}

/// [`own`], for what only its author may do.
pub(super) async fn own_as_author(ctx: &Ctx, reference: String) -> Result<Own, PageError> {
    let found = own(ctx, reference).await?;
    if found.is_author { Ok(found) } else { Err(PageError::NotFound) }
}

/// `GET /my-comments`
pub async fn list(ctx: Ctx) -> Page {
    let (account, is_staff) = ctx.signed_in().map(|it| (it.id, it.role.is_staff()))?;
    let after = match ctx.query.get("after") {
        "" => None,
        text => Some(paging::decode(text, CommentId::parse).ok_or(PageError::BadRequest)?),
    };
    let state = State::parse(ctx.query.get("state"));
    let (mut comments, norms, submissions, cosigned) = ctx
        .site()
        .db()
        .read(move |conn| {
            let comments = store::of_account(conn, account, state, after)?;
            let cosigned = if after.is_none() { cosigning::of_account(conn, account)? } else { Vec::new() };
            let submissions = submissions::of_account(conn, account, is_staff)?;
            Ok::<_, DbError>((comments, norms::norms(conn)?, submissions, cosigned))
        })
        .await?;
    let next = paging::cut(&mut comments, |it| Cursor { at: it.submitted_at, id: it.id });
    let filter = state.map(|state| format!("state={state}")).unwrap_or_default();
    let first = if filter.is_empty() { "/my-comments".to_owned() } else { format!("/my-comments?{filter}") };
    let next_page = next.map(|cursor| {
        let mark = if filter.is_empty() { '?' } else { '&' };
        format!("{first}{mark}after={}", cursor.encode())
    });
    let title = |comment: &Comment| norms.iter().find(|norm| norm.id == comment.norm_id).map(|norm| norm.title.clone());
    let comments = comments
        .into_iter()
        .map(|it| {
            let title = title(&it).unwrap_or_default();
            (it, title)
        })
        .collect();
    ctx.page(&ListPage {
        ctx: &ctx,
        drafts: if after.is_none() { drafts::listed(&ctx, account).await? } else { Vec::new() },
        comments,
        submissions: if after.is_none() { submissions } else { Vec::new() },
        states: State::ALL.iter().map(|state| (state.to_string(), ctx.t(format!("state-{state}")))).collect(),
        state: state.map(|state| state.to_string()).unwrap_or_default(),
        first_page: if after.is_some() { first } else { String::new() },
        next_page: next_page.unwrap_or_default(),
        cosigned,
    })
}

/// `GET /my-comments/{reference}`
pub async fn show(ctx: Ctx, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let own = own(&ctx, reference.into_inner()).await?;
    let consultation = ctx.site().db().read(norms::consultation).await?;
    let timeline = consultation.map(|consultation| consultation.timeline).unwrap_or_default();
    let told = own.life.steps().into_iter().map(|step| Told {
        name: name(&ctx, &vocabulary, &step),
        at: step.at,
        reason: vocabulary.reasons.label(&step.reason).unwrap_or_default().to_owned(),
        text: step.text,
        wording: step.wording,
    });
    let state = own.comment.state;
    let is_ahead = matches!(state, State::Pending | State::Returned | State::Appealed | State::Published);
    ctx.page(&ShowPage {
        ctx: &ctx,
        comment: &own.comment,
        is_author: own.is_author,
        submission: own.submission.as_ref(),
        steps: told.collect(),
        now: place(&own),
        next: next(&own, ctx.now),
        ahead: if is_ahead { ahead(&timeline, ctx.now.date()) } else { Vec::new() },
        can_be_appealed: own.can_be_appealed(ctx.now),
        answer_by: own.life.answer_by(own.comment.revision).filter(|_| state == State::Returned),
        appeal_until: own.life.appeal_until(),
        taken_out: own.life.redactions.iter().map(|it| taken_out(&ctx, &vocabulary, &own, it)).collect(),
        decisions: if own.is_author { &own.life.decisions } else { &[] },
        statements: if own.is_author { &own.life.statements } else { &[] },
        rows: own.rows(&ctx, &vocabulary),
        redline: own.comment.body.redline(),
        files: shown::shown(ctx.lang, &own.files),
    })
}

fn name(ctx: &Ctx, vocabulary: &Vocabulary, step: &Step) -> String {
    match step.what {
        What::Received => ctx.t("own-received"),
        What::Revised(number) => ctx.t1("own-revised", "revision", number),
        What::Published(false) => ctx.t("own-answer-publish"),
        What::Published(true) => ctx.t("appeal-answer-publish"),
        What::Returned => ctx.t("own-answer-return"),
        What::Declined(false) => ctx.t("own-answer-decline"),
        What::Declined(true) => ctx.t("appeal-answer-decline"),
        What::Appealed => ctx.t("appeal-made"),
        What::Undone => ctx.t("own-undone"),
        What::Redacted => ctx.t("redaction-made"),
        What::RedactionAppealed => ctx.t("redaction-appeal-made"),
        What::RedactionHeard(true) => ctx.t("redaction-appeal-restored"),
        What::RedactionHeard(false) => ctx.t("redaction-appeal-upheld"),
        What::Considered(number) => {
            let disposition = vocabulary.dispositions.label_or_code(&step.reason);
            ctx.t2("own-considered", "number", number, "disposition", disposition)
        }
        What::Withdrawn => ctx.t("withdrawal-made"),
    }
}

fn taken_out<'a>(ctx: &Ctx, vocabulary: &Vocabulary, own: &Own, it: &'a Redaction) -> TakenOut<'a> {
    let original = own.original.as_ref().filter(|_| it.revision == own.comment.revision);
    let passage = |span: &Span| Passage {
        told: InWords::of(ctx.lang, vocabulary, span),
        words: original.map(|original| original.words(span).to_owned()).unwrap_or_default(),
        is_back: span.lifted,
    };
    let can_be_appealed = own.is_author && it.can_be_appealed(ctx.now);
    TakenOut { it, passages: it.spans.iter().map(passage).collect(), can_be_appealed }
}

/// The message that says where it is.
fn place(own: &Own) -> String {
    if own.is_considered() { "own-now-considered".to_owned() } else { format!("own-now-{}", own.comment.state) }
}

/// The message that says what comes next.
fn next(own: &Own, now: Moment) -> &'static str {
    match own.comment.state {
        State::Pending => "own-next-pending",
        State::Returned => "own-next-returned",
        State::Appealed => "own-next-appealed",
        State::Published if own.is_considered() => "own-next-considered",
        State::Published => "own-next-published",
        State::Declined if own.can_be_appealed(now) => "own-next-declined",
        State::Declined if own.was_appealable_until(now).is_some() => "own-next-too-late",
        State::Declined => "own-next-final",
        State::Withdrawn => "own-next-withdrawn",
    }
}

/// The steps of the Commission's work that lie ahead, today's included. One without a date is not known to.
fn ahead(timeline: &[(Option<String>, String)], today: NaiveDate) -> Vec<(String, String)> {
    let today = today.to_string();
    let dated = timeline.iter().filter_map(|(date, words)| Some((date.clone()?, words.clone())));
    // A date may be a year or a month only: then it lies ahead until that is over.
    dated.filter(|(date, _)| today.get(..date.len()).is_some_and(|today| date.as_str() >= today)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_ahead_counts_until_it_is_over() {
        let step = |date: &str, words: &str| (Some(date.to_owned()), words.to_owned());
        let timeline =
            [step("2018-11", "Past"), (None, "Delhi".to_owned()), step("2019-01", "Geneva"), step("2019", "Report")];
        let words = |day: u32| {
            let today = NaiveDate::from_ymd_opt(2019, 1, day).unwrap();
            ahead(&timeline, today).into_iter().map(|(_, words)| words).collect::<Vec<_>>()
        };
        assert_eq!(words(31), ["Geneva", "Report"]);
        let later = NaiveDate::from_ymd_opt(2019, 2, 1).unwrap();
        assert_eq!(ahead(&timeline, later).len(), 1);
        assert_eq!(ahead(&timeline, NaiveDate::from_ymd_opt(2020, 1, 1).unwrap()), []);
    }
}
