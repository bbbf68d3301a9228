//! The pages on which staff enter a comment for its author: how it came first, then the composer of everybody.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use chrono::TimeDelta;

use super::enter::{self, EnterError, Entry};
use super::form;
use super::model::{Came, Late, in_time, last_entry};
use crate::accounts::form::countries;
use crate::comments::attachments::attach::Holder;
use crate::comments::attachments::intake::{FormError, FormFiles, Takes};
use crate::comments::composer::{Composer, Purpose};
use crate::comments::model::Kind;
use crate::comments::not_taken::shut_words;
use crate::comments::pages::{Text, form_files, open, sign_in_first, stationery, text};
use crate::comments::submit::SubmitError;
use crate::comments::summary::Row;
use crate::db::{AnyConnection, DbError};
use crate::files::Files;
use crate::ids::CommentId;
use crate::norms::model::{Consultation, Norm, TextVersion};
use crate::norms::shelf::Shelf;
use crate::norms::store as norms;
use crate::norms::vocabulary::{List, Vocabulary};
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted, PostedFiles};

/// What the composer asks, which another text or another kind of comment asks anew.
const OF_TEXT: [&str; 7] = ["clause", "first_word", "last_word", "quote", "occurrence", "asked", "text_version"];

#[derive(Template)]
#[template(path = "comments/received.html")]
struct DetailsPage<'a> {
    ctx: &'a Ctx,
    form: Form,
    norms: Vec<(String, String)>,
    kinds: Vec<(&'static str, String, String)>,
    offered: Offered,
    /// Until when comments may be entered, in words.
    until: String,
    carried: Vec<(String, String)>,
}

/// The lists that the questions offer about how a comment came and whose it is.
pub struct Offered {
    /// By what it came: code and words.
    pub channels: Vec<(String, String)>,
    /// Stakeholder groups: code and words.
    pub groups: Vec<(String, String)>,
    /// Countries: code and name.
    pub countries: Vec<(String, String)>,
    /// For whom: value, words, no hint.
    pub behalf: Vec<(&'static str, String, String)>,
}

impl Offered {
    /// In the language of the page.
    pub fn new(ctx: &Ctx, vocabulary: &Vocabulary) -> Self {
        let labelled = |list: &List| list.items().iter().map(|it| (it.code.clone(), it.label.clone())).collect();
        let behalf = |word: &'static str| (word, ctx.t(format!("received-behalf-{word}")), String::new());
        Self {
            channels: labelled(&vocabulary.channels),
            groups: labelled(&vocabulary.groups),
            countries: countries(),
            behalf: vec![behalf("myself"), behalf("organisation")],
        }
    }
}

fn grace(ctx: &Ctx) -> TimeDelta {
    ctx.site().config().received.grace()
}

async fn consultation(ctx: &Ctx) -> Result<(Consultation, Vec<Norm>), PageError> {
    let read = |conn: &mut AnyConnection| Ok::<_, DbError>((norms::consultation(conn)?, norms::norms(conn)?));
    let (consultation, norms) = ctx.site().db().read(read).await?;
    Ok((consultation.ok_or(PageError::NotFound)?, norms))
}

/// Until when comments may be entered, in words.
fn until(ctx: &Ctx, consultation: &Consultation) -> String {
    match (consultation.closes_at, last_entry(consultation, grace(ctx))) {
        (Some(closes), Some(last)) => ctx.t2("received-until", "closes", ctx.time(closes), "last", ctx.time(last)),
        _ => ctx.t("received-until-open"),
    }
}

async fn details_page(ctx: &Ctx, vocabulary: &Vocabulary, form: Form) -> Page {
    let (consultation, norms) = consultation(ctx).await?;
    let own: Vec<&str> = form::FIELDS.iter().copied().chain(["csrf", "go", "norm", "kind"]).collect();
    let carried = form.carried(&own).into_iter();
    let carried = carried.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let kind = |kind: &Kind| (kind.as_str(), ctx.t(format!("kind-{kind}")), String::new());
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = DetailsPage {
        ctx,
        norms: norms.iter().map(|norm| (norm.slug.clone(), norm.title.clone())).collect(),
        kinds: Kind::ALL.iter().map(kind).collect(),
        offered: Offered::new(ctx, vocabulary),
        until: until(ctx, &consultation),
        form,
        carried,
    };
    ctx.page_as(status, &page)
}

/// `GET /secretariat/received/new`
pub async fn page(ctx: Ctx, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let fields = Fields::default().with("form_id", CommentId::new().to_string());
    details_page(&ctx, &vocabulary, Form::filled(fields)).await
}

/// Adds an error if the comment may not be entered any more, or came outside of the consultation.
async fn check_time(ctx: &Ctx, came: &Came, fields: &Fields) -> Result<Option<Form>, PageError> {
    let (consultation, _) = consultation(ctx).await?;
    Ok(in_time(came.on, ctx.now, &consultation, grace(ctx)).err().map(|late| late_form(ctx, late, fields)))
}

/// Why a comment is not entered now.
pub fn late_words(ctx: &Ctx, late: Late) -> String {
    match late {
        Late::Outside(window) => ctx.t1("received-on-outside", "why", shut_words(ctx, window)),
        Late::Over(last) => ctx.t1("received-too-late", "last", ctx.time(last)),
    }
}

fn late_form(ctx: &Ctx, late: Late, fields: &Fields) -> Form {
    let mut form = Form::filled(fields.clone());
    form.error("received_on", late_words(ctx, late));
    form
}

/// `POST /secretariat/received/new`
pub async fn begin(posted: Posted, vocabulary: web::Data<Vocabulary>, shelf: web::Data<Shelf>) -> Page {
    let (ctx, mut fields) = posted.checked()?;
    ctx.staff()?;
    let kind = Kind::parse(fields.get("kind"));
    let (_, norms) = consultation(&ctx).await?;
    let slug = norms.iter().map(|norm| norm.slug.as_str()).find(|slug| *slug == fields.get("norm"));
    let read = form::came(&fields, ctx.now, &vocabulary, ctx.lang);
    let (Some(slug), Some(kind), Ok(came)) = (slug, kind, &read) else {
        let mut form = read.err().unwrap_or_else(|| Form::filled(fields.clone()));
        for (name, is_chosen, message) in
            [("norm", slug.is_some(), "received-norm-missing"), ("kind", kind.is_some(), "received-kind-missing")]
        {
            if !is_chosen {
                form.error(name, ctx.t(message));
            }
        }
        return details_page(&ctx, &vocabulary, form).await;
    };
    if let Some(form) = check_time(&ctx, came, &fields).await? {
        return details_page(&ctx, &vocabulary, form).await;
    }
    let Text { norm, version, .. } = text(&ctx, &shelf, slug).await?;
    let begun_for = format!("{}/{kind}", norm.slug);
    if fields.get("begun_for") != begun_for {
        for name in OF_TEXT {
            fields.set(name, "");
        }
        fields.set("begun_for", begun_for);
    }
    fields.set("go", "");
    open(&composer(&ctx, &vocabulary, (&norm, &version), kind, came, &fields), fields, &vocabulary)
}

fn composer<'a>(
    ctx: &'a Ctx,
    vocabulary: &Vocabulary,
    (norm, version): (&'a Norm, &'a TextVersion),
    kind: Kind,
    came: &Came,
    fields: &Fields,
) -> Composer<'a> {
    let carried = form::FIELDS.iter().chain(&["norm", "kind"]);
    let carried = carried.map(|name| (*name, fields.raw(name).to_owned())).collect();
    let purpose = Purpose::Received { rows: rows(ctx, vocabulary, came), carried };
    Composer { ctx, norm, version, kind, purpose, files: FormFiles::default(), opened: None }
}

/// How the comment came, as rows of the page to check.
fn rows(ctx: &Ctx, vocabulary: &Vocabulary, came: &Came) -> Vec<Row> {
    let row = |label: &str, text: &str| Row { label: ctx.t(label), text: text.to_owned() };
    let address = came.email.as_ref().map_or_else(|| ctx.t("received-no-address"), |it| it.as_str().to_owned());
    let code = came.author.country.as_deref().unwrap_or_default();
    let mut rows = vec![
        row("received-channel", vocabulary.channels.label_or_code(&came.channel)),
        row("received-on", &ctx.lang.date(came.on)),
        row("received-event", &came.event),
        row("received-name", &came.author.name),
        row("account-group", vocabulary.groups.label_or_code(&came.author.stakeholder_group)),
        row("account-organisation", came.author.organisation.as_deref().unwrap_or_default()),
        row("account-country", rust_iso3166::from_alpha2(code).map_or(code, |it| it.name)),
        row("account-email", &address),
    ];
    rows.retain(|row| !row.text.is_empty());
    rows
}

/// `POST /secretariat/received/new/{slug}/{kind}`
pub async fn compose(
    sent: PostedFiles,
    path: web::Path<(String, String)>,
    vocabulary: web::Data<Vocabulary>,
    files: web::Data<Files>,
    shelf: web::Data<Shelf>,
) -> Page {
    if sent.posted.ctx.viewer.is_none() {
        return sign_in_first(sent);
    }
    let by = sent.posted.ctx.staff()?.id;
    let (slug, kind) = path.into_inner();
    let kind = Kind::parse(&kind).ok_or(PageError::NotFound)?;
    let Text { norm, version, .. } = text(&sent.posted.ctx, &shelf, &slug).await?;
    let genuine = sent.posted.is_genuine();
    let (uploads, ctx, fields) = ((sent.files, sent.too_many), sent.posted.ctx, sent.posted.fields);
    let came = match form::came(&fields, ctx.now, &vocabulary, ctx.lang) {
        Ok(_) if fields.get("go") == "details" => {
            return details_page(&ctx, &vocabulary, Form::filled(fields)).await;
        }
        Ok(came) => came,
        Err(form) => return details_page(&ctx, &vocabulary, form).await,
    };
    if let Some(form) = check_time(&ctx, &came, &fields).await? {
        return details_page(&ctx, &vocabulary, form).await;
    }
    let id = CommentId::parse(fields.get("form_id")).ok_or(PageError::BadRequest)?;
    let mut composer = composer(&ctx, &vocabulary, (&norm, &version), kind, &came, &fields);
    composer.files =
        match form_files(&ctx, &files, by, (Holder::Form(id), Takes::Scans), uploads, genuine, &fields).await {
            Ok(files) => files,
            Err(FormError::Changed) => return Err(PageError::Conflict),
            Err(FormError::NotNow) => return composer.not_now(&fields),
            Err(FormError::Page(error)) => return Err(error),
        };
    let answers = match composer.step(&fields, genuine, &vocabulary)? {
        Ok(answers) => answers,
        Err(page) => return Ok(page),
    };
    let it = Entry { id, by, came, norm: norm.id, text_version: version.id, answers };
    match store(&ctx, it, &vocabulary).await {
        Ok(reference) => ctx.to_with(&format!("/secretariat/comments/{reference}"), "flash-received"),
        Err(EnterError::Late(late)) => details_page(&ctx, &vocabulary, late_form(&ctx, late, &fields)).await,
        Err(EnterError::Submit(SubmitError::NotOpen(window))) => composer.shut_page(window, &fields),
        Err(EnterError::Submit(SubmitError::TextChanged)) => composer.text_changed(fields, &vocabulary),
        Err(EnterError::Submit(SubmitError::FormUsed)) => {
            composer.kept_page("received-used-title", ctx.t("received-used-text"), &fields)
        }
        Err(EnterError::Submit(SubmitError::Database(DbError::Unavailable(why)))) => {
            tracing::warn!(why, "a comment could not be entered");
            composer.not_now(&fields)
        }
        Err(EnterError::Submit(SubmitError::Database(error))) => Err(error.into()),
    }
}

/// How often an entry is tried again that something was quicker than.
const MOST_TRIES: usize = 5;

async fn store(ctx: &Ctx, it: Entry, vocabulary: &web::Data<Vocabulary>) -> Result<String, EnterError> {
    let (now, grace, letters) = (ctx.now, grace(ctx), stationery(ctx, vocabulary));
    let mut tries = 0;
    loop {
        let (once, letters) = (it.clone(), letters.clone());
        match ctx.site().db().write(move |conn| enter::enter(conn, now, once, grace, &letters)).await {
            // The same form arrived twice at once, or the reference or the address was taken: look again.
            Err(EnterError::Submit(SubmitError::Database(DbError::Taken(_)))) if tries < MOST_TRIES => tries += 1,
            outcome => return outcome,
        }
    }
}
