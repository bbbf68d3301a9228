//! The page to put one's name under a comment, or one's organisation's, and to take it off.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::model::{Cosignature, Signatory};
use super::sign::{self, Ready, SignError};
use super::store;
use crate::accounts::organisations::model::Organisation;
use crate::accounts::organisations::store as organisations;
use crate::comments::model::Comment;
use crate::comments::redline::Redline;
use crate::comments::summary::{self, Row};
use crate::db::{AnyConnection, DbError};
use crate::ids::AccountId;
use crate::norms::model::Window;
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

#[derive(Template)]
#[template(path = "comments/cosignature.html")]
struct SignPage<'a> {
    ctx: &'a Ctx,
    comment: &'a Comment,
    rows: Vec<Row>,
    redline: Option<Redline>,
    form: Form,
    /// Why it can't be signed; empty if it can.
    refusal: String,
    /// What can be chosen: the value, its words, a hint.
    signatories: Vec<(&'static str, String, String)>,
    name: String,
    group: &'a str,
    /// One's own name under it, and that of one's organisation: to be taken off.
    signed: Vec<(Signatory, String)>,
}

/// What the page is made of.
struct Looked {
    comment: Comment,
    rows: Vec<Row>,
    organisation: Option<Organisation>,
    signed: Vec<Cosignature>,
    ready: Result<Ready, SignError>,
    group: String,
}

/// `GET /comments/{reference}/cosignature`
pub async fn page(ctx: Ctx, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let fields = Fields::default().with("signatory", ctx.query.get("as"));
    show(&ctx, &vocabulary, reference.into_inner(), Form::filled(fields), None).await
}

fn look(
    conn: &mut AnyConnection,
    ctx: (AccountId, crate::clock::Moment, &'static crate::web::Language),
    reference: &str,
    vocabulary: &Vocabulary,
) -> Result<Looked, SignError> {
    let (viewer, now, lang) = ctx;
    let comment = sign::public_comment(conn, reference)?.ok_or(SignError::NotFound)?;
    let (norm, version) = (norms::norm(conn, comment.norm_id)?, norms::version(conn, comment.text_version_id)?);
    let organisation = organisations::of_member(conn, viewer)?;
    let mut signed: Vec<_> = store::by_account(conn, comment.id, viewer)?.into_iter().collect();
    signed.retain(|it| it.organisation_id.is_none());
    if let Some(it) = &organisation {
        signed.extend(store::by_organisation(conn, comment.id, it.id)?);
    }
    let account = crate::accounts::store::by_id(conn, viewer)?;
    Ok(Looked {
        rows: summary::rows(lang, vocabulary, &norm, &version, &comment.body),
        ready: sign::ready(conn, now, viewer, reference),
        group: account.details.stakeholder_group,
        comment,
        organisation,
        signed,
    })
}

/// The page with `form` as it was filled in, and why it was refused if it was.
async fn show(
    ctx: &Ctx,
    vocabulary: &web::Data<Vocabulary>,
    reference: String,
    form: Form,
    refused: Option<SignError>,
) -> Page {
    let (asker, words) = ((ctx.signed_in()?.id, ctx.now, ctx.lang), vocabulary.clone());
    let looked = ctx.site().db().read(move |conn| look(conn, asker, &reference, &words)).await?;
    let signatories = signatories(ctx, looked.organisation.as_ref());
    if form.failed() && signatories.is_empty() {
        // Nothing was to be chosen, so no form of ours was sent.
        return Err(PageError::BadRequest);
    }
    let is_sent = refused.is_some() || form.failed();
    let refusal = refused.or(looked.ready.err());
    let was_refused = is_sent && refusal.is_some();
    let form = if was_refused { Form::default() } else { form };
    if let Some(SignError::Database(error)) = refusal {
        return Err(error.into());
    }
    let page = SignPage {
        ctx,
        rows: looked.rows,
        redline: looked.comment.body.redline(),
        refusal: refusal.map(|error| reason(ctx, &error)).unwrap_or_default(),
        signatories,
        name: ctx.viewer_name().to_owned(),
        group: vocabulary.groups.label_or_code(&looked.group),
        signed: looked.signed.iter().map(signed).collect(),
        comment: &looked.comment,
        form,
    };
    if was_refused { ctx.page_as(StatusCode::CONFLICT, &page) } else { ctx.form_page(&page, page.form.failed()) }
}

fn signed(it: &Cosignature) -> (Signatory, String) {
    let signatory = if it.organisation_id.is_some() { Signatory::Organisation } else { Signatory::Myself };
    (signatory, it.public_name().to_owned())
}

/// In whose name the viewer can sign: to be chosen only by a member of a confirmed organisation.
fn signatories(ctx: &Ctx, organisation: Option<&Organisation>) -> Vec<(&'static str, String, String)> {
    let Some(it) = organisation.filter(|it| it.is_confirmed()) else { return Vec::new() };
    vec![
        ("myself", ctx.t("cosign-as-myself"), ctx.t("cosign-as-myself-hint")),
        ("organisation", ctx.t1("cosign-as-organisation", "name", &it.name), ctx.t("cosign-as-organisation-hint")),
    ]
}

/// Why somebody can't sign, in words.
fn reason(ctx: &Ctx, error: &SignError) -> String {
    match error {
        SignError::Own => ctx.t("cosign-refused-own"),
        SignError::Signed(None) => ctx.t("cosign-refused-signed"),
        SignError::Signed(Some(organisation)) => ctx.t1("cosign-refused-signed-for", "organisation", organisation),
        SignError::OrganisationSigned(name) => ctx.t1("cosign-refused-organisation", "name", name),
        SignError::NotOpen(Window::NotYet(opens)) => ctx.t1("compose-not-yet", "time", ctx.time(opens)),
        SignError::NotOpen(Window::Closed(closed)) => ctx.t1("cosign-refused-closed", "time", ctx.time(closed)),
        SignError::NoOrganisation => ctx.t("cosign-refused-none"),
        SignError::NotConfirmed => ctx.t("cosign-refused-unconfirmed"),
        SignError::NotOpen(Window::Open(_)) | SignError::NotFound | SignError::Database(_) => String::new(),
    }
}

impl From<SignError> for PageError {
    fn from(error: SignError) -> Self {
        match error {
            SignError::NotFound => Self::NotFound,
            SignError::Database(error) => error.into(),
            _ => Self::Conflict,
        }
    }
}

/// `POST /comments/{reference}/cosignature`
pub async fn sign(posted: Posted, reference: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let account = ctx.signed_in()?.id;
    let reference = reference.into_inner();
    let Some(signatory) = Signatory::parse(fields.get("signatory")) else {
        let mut form = Form::filled(fields);
        form.error("signatory", ctx.t("cosign-as-missing"));
        return show(&ctx, &vocabulary, reference, form, None).await;
    };
    let now = ctx.now;
    let mut tries = 0;
    let outcome = loop {
        let named = reference.clone();
        match ctx.site().db().write(move |conn| sign::sign(conn, now, account, &named, signatory)).await {
            // The same person or organisation signed at the same moment: now it can be seen.
            Err(SignError::Database(DbError::Taken(_))) if tries < 5 => tries += 1,
            outcome => break outcome,
        }
    };
    match outcome {
        Ok(()) => ctx.to_with(&format!("/comments/{reference}"), "flash-cosigned"),
        Err(error @ (SignError::NotFound | SignError::Database(_))) => Err(error.into()),
        Err(refused) => show(&ctx, &vocabulary, reference, Form::filled(fields), Some(refused)).await,
    }
}

/// `POST /comments/{reference}/cosignature/removal`
pub async fn remove(posted: Posted, reference: web::Path<String>) -> Page {
    let (ctx, fields) = posted.checked()?;
    let account = ctx.signed_in()?.id;
    let signatory = Signatory::parse(fields.get("signatory")).ok_or(PageError::BadRequest)?;
    let (now, named) = (ctx.now, reference.clone());
    let is_public = ctx.site().db().write(move |conn| sign::remove(conn, now, account, &named, signatory)).await?;
    let next = if is_public { format!("/comments/{reference}") } else { "/my-comments".to_owned() };
    ctx.to_with(&next, "flash-cosign-removed")
}
