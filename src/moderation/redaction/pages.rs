//! Taking words out of a comment: naming them, seeing what everyone will read, and publishing that.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::form;
use super::redact::{self, Order, RedactError};
use crate::accounts::pages::sign_in_with;
use crate::comments;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown::{self, Shown};
use crate::comments::model::{Comment, Event, Publication, State};
use crate::comments::redaction::cut::Passage;
use crate::comments::redaction::model::Original;
use crate::comments::reference::Reference;
use crate::comments::summary::{self, Row};
use crate::db::{AnyConnection, DbError, DbResult};
use crate::ids::AccountId;
use crate::moderation::decide::DecideError;
use crate::moderation::mail::Letterhead;
use crate::moderation::model::{Expected, round};
use crate::moderation::store as moderation;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "moderation/redaction.html")]
struct RedactionPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    norm: &'a Norm,
    form: &'a Form,
    rows: Vec<Row>,
    passages: Vec<Place>,
    carried: Vec<(&'a str, &'a str)>,
    fields: Vec<(String, String)>,
    codes: Vec<(String, String)>,
}

/// The places of one passage in the form: the names of its fields.
struct Place {
    number: usize,
    field: String,
    words: String,
    which: String,
    code: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "moderation/redaction_check.html")]
struct CheckPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    norm: &'a Norm,
    form: &'a Form,
    rows: Vec<Row>,
    carried: Vec<(&'a str, &'a str)>,
    /// Each with the name of its box and whether it is ticked.
    files: Vec<(Shown, String, bool)>,
    out: i32,
    is_published: bool,
}

#[derive(Template)]
#[template(path = "moderation/redaction_lost.html")]
struct LostPage<'a> {
    ctx: &'a Ctx,
    reference: &'a str,
    state: String,
    typed: Vec<(&'a str, &'a str)>,
}

/// What the pages are made from.
struct Loaded {
    comment: Comment,
    norm: Norm,
    version: TextVersion,
    files: Vec<Attachment>,
    /// Whether the viewer may not decide: it is their own comment, or they declined it before.
    is_barred: bool,
}

impl Loaded {
    /// Whether words can be taken out of it now.
    fn is_open(&self) -> bool {
        let state = self.comment.state;
        !self.is_barred && (state == State::Published || state.apply(Event::Publish).is_some())
    }

    /// What its author says in it, and under which name.
    fn rows(&self, ctx: &Ctx, vocabulary: &Vocabulary, comment: &Comment) -> Vec<Row> {
        let mut rows = summary::rows(ctx.lang, vocabulary, &self.norm, &self.version, &comment.body);
        let author = &comment.author;
        let names = [
            ("redaction-field-author_name", author.public_name(comment.publication)),
            ("redaction-field-organisation", author.public_organisation(comment.publication)),
        ];
        for (label, name) in names {
            rows.extend(
                name.filter(|name| !name.is_empty()).map(|name| Row { label: ctx.t(label), text: name.into() }),
            );
        }
        rows
    }
}

fn load(conn: &mut AnyConnection, reference: &Reference, viewer: AccountId) -> DbResult<Option<Loaded>> {
    let Some(comment) = comments::store::by_reference(conn, reference.as_str())? else { return Ok(None) };
    let first = moderation::decisions_of(conn, comment.id)?;
    let declined = comment.state == State::Appealed && first.iter().any(|it| it.decided_by == viewer);
    Ok(Some(Loaded {
        is_barred: comment.author.account == viewer || declined,
        norm: norms::norm(conn, comment.norm_id)?,
        version: norms::version(conn, comment.text_version_id)?,
        files: comments::attachments::store::held_by(conn, comment.id.as_bytes())?,
        comment,
    }))
}

async fn loaded(ctx: &Ctx, reference: &str) -> Result<Loaded, PageError> {
    let reference = Reference::parse(reference).map_err(|_| PageError::NotFound)?;
    let viewer = ctx.staff()?.id;
    let found = ctx.site().db().read(move |conn| load(conn, &reference, viewer)).await?;
    found.ok_or(PageError::NotFound)
}

/// `GET /secretariat/comments/{reference}/redaction`
pub async fn page(ctx: Ctx, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let it = loaded(&ctx, &reference).await?;
    if !it.is_open() {
        return lost(&ctx, &it.comment, &Fields::default());
    }
    let fields = Fields::default()
        .with("revision", it.comment.revision.to_string())
        .with("version", it.comment.version.to_string())
        .with("round", round(it.comment.state).to_string())
        .with("passages", "1");
    edit(&ctx, &vocabulary, &it, &Form::filled(fields))
}

/// `POST /secretariat/comments/{reference}/redaction`
pub async fn redact(posted: Posted, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    }
    let (ctx, mut fields) = posted.checked()?;
    let it = loaded(&ctx, &reference).await?;
    let expected = form::expected(&fields).ok_or(PageError::BadRequest)?;
    if !it.is_open() || (it.comment.revision, it.comment.version) != (expected.revision, expected.version) {
        return lost(&ctx, &it.comment, &fields);
    }
    let go = fields.get("go").to_owned();
    match go.as_str() {
        "add" => {
            fields.set("passages", (form::places(&fields) + 1).min(form::MOST_PASSAGES).to_string());
            return edit(&ctx, &vocabulary, &it, &Form::filled(fields));
        }
        "preview" | "publish" => {}
        _ => return edit(&ctx, &vocabulary, &it, &Form::filled(fields)),
    }
    let numbered = match form::passages(&fields, ctx.lang, &vocabulary) {
        Ok(numbered) => numbered,
        Err(form) => return edit(&ctx, &vocabulary, &it, &form),
    };
    let places: Vec<usize> = numbered.iter().map(|(number, _)| *number).collect();
    let passages: Vec<Passage> = numbered.iter().map(|(_, passage)| passage.clone()).collect();
    let (comment, asked) = (it.comment.clone(), passages.clone());
    let left = ctx.site().db().read(move |conn| redact::preview(conn, &comment, &asked)).await;
    let left = match left {
        Ok(left) => left,
        Err(RedactError::Refused(faults)) => {
            // What somebody else took out a moment ago can't be found any more: a race lost, not a wrong passage.
            let again = loaded(&ctx, &reference).await?;
            if (again.comment.revision, again.comment.version) != (expected.revision, expected.version) {
                return lost(&ctx, &again.comment, &fields);
            }
            let mut form = Form::filled(fields);
            form::refused(&mut form, &places, &faults, ctx.lang);
            return edit(&ctx, &vocabulary, &it, &form);
        }
        Err(RedactError::Decide(DecideError::Db(error))) => return Err(error.into()),
        Err(RedactError::Decide(_)) => return Err(PageError::Fault),
    };
    if go == "preview" && fields.get("statement").is_empty() {
        fields.set("statement", form::statement_of(&numbered, &vocabulary));
    }
    let mut form = Form::filled(fields.clone());
    if go == "publish" {
        form::said(&mut form, &fields, ctx.lang);
    }
    if go == "preview" || form.failed() {
        return check(&ctx, &vocabulary, &it, &left, &form);
    }
    let order = Order {
        passages,
        cleared: form::cleared(&fields, &it.files),
        statement: fields.get("statement").to_owned(),
        note: fields.get("note").to_owned(),
    };
    publish(&ctx, &vocabulary, it, expected, order, &fields).await
}

async fn publish(
    ctx: &Ctx,
    vocabulary: &web::Data<Vocabulary>,
    it: Loaded,
    expected: Expected,
    order: Order,
    fields: &Fields,
) -> Page {
    let (now, by, id, was) = (ctx.now, ctx.staff()?.id, it.comment.id, it.comment.state);
    let letters = Letterhead::of(ctx.site(), vocabulary.clone().into_inner());
    let outcome: Result<(), RedactError> = ctx
        .site()
        .db()
        .write(move |conn| match was {
            State::Published => redact::redact(conn, now, by, id, expected, &order, &letters).map(drop),
            _ => redact::publish(conn, now, by, id, expected, &order, &letters).map(drop),
        })
        .await;
    let own_page = format!("/secretariat/comments/{}", it.comment.reference);
    match outcome {
        Ok(()) => ctx.to_with(&own_page, "flash-redacted"),
        Err(RedactError::Decide(DecideError::Unscanned)) => Err(PageError::Unavailable),
        Err(RedactError::Decide(
            DecideError::OwnComment | DecideError::OwnDecision | DecideError::EnteredThemselves,
        )) => Err(PageError::Forbidden),
        Err(RedactError::Decide(DecideError::NoSuchComment)) => Err(PageError::NotFound),
        Err(
            RedactError::Decide(
                DecideError::Db(DbError::Taken(_))
                | DecideError::Decided(_)
                | DecideError::Changed(_)
                | DecideError::Claimed(_),
            )
            | RedactError::Refused(_),
        ) => {
            let now = loaded(ctx, &it.comment.reference).await?;
            lost(ctx, &now.comment, fields)
        }
        Err(RedactError::Decide(DecideError::Db(error))) => Err(error.into()),
    }
}

fn edit(ctx: &Ctx, vocabulary: &Vocabulary, it: &Loaded, form: &Form) -> Page {
    let fields = form.carried(&[]).into_iter().fold(Fields::default(), |all, (name, value)| all.with(name, value));
    let place = |number: usize| {
        let name = |part: &str| format!("p{number}_{part}");
        Place {
            number,
            field: name("field"),
            words: name("words"),
            which: name("place"),
            code: name("code"),
            reason: name("reason"),
        }
    };
    let own = Original::of(&it.comment).fields(it.comment.publication);
    let page = RedactionPage {
        ctx,
        comment: &it.comment,
        norm: &it.norm,
        form,
        rows: it.rows(ctx, vocabulary, &it.comment),
        passages: (1..=form::places(&fields)).map(place).collect(),
        carried: carried(form, |name| !is_of_passage(name)),
        fields: own.iter().map(|field| (field.to_string(), ctx.t(format!("redaction-field-{field}")))).collect(),
        codes: vocabulary.redactions.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect(),
    };
    ctx.form_page(&page, form.failed())
}

fn check(ctx: &Ctx, vocabulary: &Vocabulary, it: &Loaded, left: &Comment, form: &Form) -> Page {
    let name = |file: &Attachment| format!("file-{}", file.id);
    let files = shown::shown(ctx.lang, &it.files).into_iter().zip(&it.files);
    let page = CheckPage {
        ctx,
        comment: &it.comment,
        norm: &it.norm,
        form,
        rows: it.rows(ctx, vocabulary, left),
        carried: carried(form, |other| {
            !matches!(other, "statement" | "note") && !it.files.iter().any(|file| name(file) == other)
        }),
        files: files.map(|(shown, file)| (shown, name(file), form.is(&name(file), "yes"))).collect(),
        out: left.redactions,
        is_published: it.comment.state == State::Published,
    };
    ctx.form_page(&page, form.failed())
}

fn is_of_passage(name: &str) -> bool {
    name.strip_prefix('p').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What the page carries along unseen: everything typed elsewhere.
fn carried(form: &Form, is_carried: impl Fn(&str) -> bool) -> Vec<(&str, &str)> {
    let mut all = form.carried(&["go"]);
    all.retain(|(name, value)| !value.is_empty() && is_carried(name));
    all
}

/// 409: nothing was stored; where the comment stands, and what was typed.
fn lost(ctx: &Ctx, comment: &Comment, fields: &Fields) -> Page {
    let is_words =
        |name: &str| name.ends_with("_words") || name.ends_with("_reason") || matches!(name, "statement" | "note");
    let mut typed = fields.except(&[]);
    typed.retain(|(name, value)| is_words(name) && !value.trim().is_empty());
    let state = match comment.state {
        State::Published if comment.publication == Publication::Commission => "state-accepted".to_owned(),
        state => format!("state-{state}"),
    };
    let page = LostPage { ctx, reference: &comment.reference, state: ctx.t(state), typed };
    ctx.page_as(StatusCode::CONFLICT, &page)
}
