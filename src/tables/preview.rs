//! The last look at a table before it is sent: what each row becomes, what is wrong, what is asked. One confirmation.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

use super::authors::{self, Authors, FormFaults};
use super::columns::{Column, Layout};
use super::downloads::texts;
use super::keep;
use super::model::{Shown, Table};
use super::pages::HERE;
use super::places::Texts;
use super::rows::{Judged, Outcome, Reader};
use super::said;
use crate::comments::compose::surroundings;
use crate::comments::drafts::model::Draft;
use crate::comments::model::{Comment, Publication};
use crate::comments::not_taken::shut_words;
use crate::comments::received::enter::EnterError;
use crate::comments::received::model::Came;
use crate::comments::received::pages::{Offered, late_words};
use crate::comments::received::sheet::{self, Sheet};
use crate::comments::redline::Redline;
use crate::comments::store as comments;
use crate::comments::submissions::model::Form as Shape;
use crate::comments::submissions::send::{self, Drafted, Incoming, SendError};
use crate::comments::submissions::store as submissions;
use crate::comments::submit::{Stationery, SubmitError};
use crate::comments::summary::{self, Row};
use crate::db::{AnyConnection, DbError};
use crate::ids::{AccountId, DraftId, NormId, SubmissionId};
use crate::norms::model::{Consultation, Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::{Ctx, Fields, Form, Page, PageError, Posted};

/// Where whoever entered a table goes on.
const DESK: &str = "/secretariat";

/// A row that becomes a comment.
struct Ready {
    number: usize,
    place: String,
    rows: Vec<Row>,
    redline: Option<Redline>,
    /// What the row says of its author and its arrival; for staff.
    author: Vec<Row>,
    same_as: Option<String>,
    /// Whether it is to be sent although the same was said before.
    is_again: bool,
}

/// A row that has to say which words it means.
struct Asked {
    place: String,
    name: String,
    norm: String,
    chosen: String,
    places: Vec<(String, (String, String, String))>,
}

impl Asked {
    fn of(
        number: usize,
        place: &str,
        (norm, version): (&Norm, &TextVersion),
        places: Vec<(usize, usize)>,
        fields: &Fields,
    ) -> Self {
        let name = format!("place-{number}");
        let shown = |place: (usize, usize)| (format!("{}-{}", place.0, place.1), surroundings(version, place));
        Self {
            place: place.to_owned(),
            norm: norm.title.clone(),
            chosen: fields.get(&name).to_owned(),
            name,
            places: places.into_iter().map(shown).collect(),
        }
    }
}

/// A row with errors: where it is, and column and message of each.
struct Wrong {
    place: String,
    faults: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "tables/preview.html")]
struct PreviewPage<'a> {
    ctx: &'a Ctx,
    draft: &'a Draft,
    table: Shown<'a>,
    form: Form,
    ready: Vec<Ready>,
    asked: Vec<Asked>,
    wrong: Vec<Wrong>,
    hidden: usize,
    shut: String,
    most_mebibytes: u64,
    /// For staff who enter the table for its author.
    offered: Offered,
}

impl PreviewPage<'_> {
    fn layout(&self) -> String {
        self.ctx.t(match self.table.layout {
            Layout::Own => "table-layout-own",
            Layout::Iso | Layout::Dispositions => "table-layout-iso",
        })
    }

    fn repeated(&self) -> usize {
        self.ready.iter().filter(|row| row.same_as.is_some()).count()
    }

    fn publications(&self) -> Vec<(&'static str, String, String)> {
        let choice = |it: &Publication| {
            let (label, hint) = (format!("publication-{it}"), format!("publication-{it}-hint"));
            (it.as_str(), self.ctx.t(label), self.ctx.t(hint))
        };
        Publication::ALL.iter().map(choice).collect()
    }
}

/// Everything that a preview is made of.
struct Opened {
    draft: Draft,
    table: Table,
    texts: Texts,
    said: HashMap<(NormId, String), String>,
    mine: Vec<Comment>,
    consultation: Consultation,
    shut: String,
    last: Option<Publication>,
}

/// The table, or where its comments are if it was sent.
async fn open(ctx: &Ctx, account: AccountId, id: DraftId) -> Result<Result<Opened, String>, PageError> {
    let now = ctx.now;
    let read = move |conn: &mut AnyConnection| {
        let Some((draft, table)) = keep::open(conn, now, account, id)? else {
            let sent = SubmissionId::from_bytes(id.as_bytes()).map_or(Ok(None), |id| submissions::by_id(conn, id))?;
            return Ok::<_, DbError>(Err(match sent {
                Some(sent) if sheet::was_entered_by(conn, sent.id, account)? => Some(DESK.to_owned()),
                Some(sent) if sent.account == account => Some(format!("/receipts/{}", sent.reference)),
                _ => None,
            }));
        };
        let said = comments::said_by(conn, account)?.into_iter();
        let said = said.map(|(norm, digest, reference)| ((norm, digest), reference)).collect();
        let last = comments::last_publication(conn, account)?;
        let mine = said::mine(conn, account, table.layout())?;
        Ok(Ok((draft, table, texts(conn)?, said, mine, norms::consultation(conn)?, last)))
    };
    match ctx.site().db().read(read).await? {
        Err(None) => Err(PageError::NotFound),
        Err(Some(path)) => Ok(Err(path)),
        Ok((draft, table, texts, said, mine, consultation, last)) => {
            let consultation = consultation.ok_or(PageError::NotFound)?;
            let shut = shut_words(ctx, consultation.window(now));
            Ok(Ok(Opened { draft, table, texts, said, mine, consultation, shut, last }))
        }
    }
}

impl Opened {
    /// The rows with their authors if staff enter them, and what is then wrong with the form.
    fn judge(&self, ctx: &Ctx, vocabulary: &Vocabulary, fields: &Fields) -> (Vec<Judged<'_>>, FormFaults) {
        let reader = Reader { texts: &self.texts, vocabulary, lang: ctx.lang, by_author: ctx.is_staff() };
        let mut sent = said::in_iso_form(&self.mine, &reader);
        sent.extend(self.said.clone());
        let mut judged = reader.judge(&self.table, fields, &sent);
        // A page that nobody sent yet does not say what holds for rows that say nothing.
        let is_sent = !fields.get("version").is_empty();
        if !is_sent || !is_entered(fields) || !ctx.is_staff() {
            return (judged, FormFaults::new());
        }
        let authors = Authors {
            fields,
            vocabulary,
            lang: ctx.lang,
            now: ctx.now,
            consultation: &self.consultation,
            grace: ctx.site().config().received.grace(),
            late: &|late| late_words(ctx, late),
        };
        let faults = authors.give(&mut judged);
        (judged, faults)
    }

    /// The page; 422 if the form has errors.
    fn page(&self, ctx: &Ctx, vocabulary: &Vocabulary, form: Form, status: StatusCode) -> Page {
        let values = form.clone();
        let fields =
            values.carried(&[]).into_iter().fold(Fields::default(), |all, (name, value)| all.with(name, value));
        let (mut ready, mut asked, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
        for (number, row) in self.judge(ctx, vocabulary, &fields).0.into_iter().enumerate() {
            let place = row.row.place(ctx.lang);
            match row.outcome {
                Outcome::Comment { text, body, places, .. } => {
                    let Some((norm, version)) = self.texts.get(text) else { continue };
                    let rows = summary::rows(ctx.lang, vocabulary, norm, version, &body);
                    let redline = body.redline();
                    if !places.is_empty() {
                        asked.push(Asked::of(number, &place, (norm, version), places, &fields));
                    }
                    let (same_as, is_again) = (row.same_as, is_again(&fields, number));
                    let author = author_rows(ctx, row.row);
                    ready.push(Ready { number, place, rows, redline, author, same_as, is_again });
                }
                Outcome::Which(text, places) => {
                    let Some((norm, version)) = self.texts.get(text) else { continue };
                    asked.push(Asked::of(number, &place, (norm, version), places, &fields));
                }
                Outcome::Wrong(faults) => {
                    let layout = self.table.layout();
                    let faults =
                        faults.into_iter().map(|(column, message)| (layout.heading(column, ctx.lang), message));
                    wrong.push(Wrong { place, faults: faults.collect() });
                }
            }
        }
        let page = PreviewPage {
            ctx,
            draft: &self.draft,
            table: self.table.shown(ctx.lang),
            form,
            ready,
            asked,
            wrong,
            hidden: self.table.rows.iter().filter(|row| row.is_hidden).count(),
            shut: self.shut.clone(),
            most_mebibytes: ctx.site().config().files.most_mebibytes,
            offered: Offered::new(ctx, vocabulary),
        };
        ctx.page_as(status, &page)
    }
}

/// `GET /submissions/table/{id}`
pub async fn show(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let account = ctx.signed_in()?.id;
    let id = DraftId::parse(&id).ok_or(PageError::NotFound)?;
    let opened = match open(&ctx, account, id).await? {
        Ok(opened) => opened,
        Err(sent) => return ctx.to(&sent),
    };
    let mut form = Form::default();
    form.prefill("publication", opened.last.map_or("", Publication::as_str));
    // A table that names authors is not its sender's own.
    if ctx.is_staff() && opened.table.rows.iter().any(|row| authors::said(row).next().is_some()) {
        form.prefill("entered", "yes");
    }
    opened.page(&ctx, &vocabulary, form, StatusCode::OK)
}

/// `POST /submissions/table/{id}`
pub async fn send(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    if posted.ctx.viewer.is_none() {
        return Err(PageError::SignIn(format!("{HERE}/{id}")));
    }
    let (ctx, fields) = posted.checked()?;
    let account = ctx.signed_in()?.id;
    let id = DraftId::parse(&id).ok_or(PageError::NotFound)?;
    let opened = match open(&ctx, account, id).await? {
        Ok(opened) => opened,
        Err(sent) => return ctx.to(&sent),
    };
    if fields.get("version") != opened.draft.version.to_string() {
        return Err(PageError::Conflict);
    }
    let mut form = Form::filled(fields.clone());
    let publication = Publication::parse(fields.get("publication"));
    if is_entered(&fields) {
        ctx.staff()?;
    }
    let parts = parts(&ctx, &opened, &vocabulary, &fields, &mut form);
    let Some(publication) = publication else {
        form.error("publication", ctx.t("compose-publication-missing"));
        return opened.page(&ctx, &vocabulary, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if form.failed() {
        return opened.page(&ctx, &vocabulary, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let submission = SubmissionId::from_bytes(id.as_bytes()).ok_or(PageError::Fault)?;
    let title = opened.table.file.clone();
    let (drafted, came): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let parts = send::judged(drafted).await?;
    if is_entered(&fields) {
        let parts = parts.into_iter().zip(came).filter_map(|(part, came)| Some((part, came?))).collect();
        let it = Sheet { id: submission, by: account, title, publication, parts };
        return enter(&ctx, &vocabulary, opened, form, it).await;
    }
    let text = String::new();
    let it = Incoming { id: submission, account, form: Shape::Table, title, text, publication, parts };
    let stationery = Stationery { origin: ctx.site().origin(), vocabulary: vocabulary.clone().into_inner() };
    match send::send(ctx.site().db(), ctx.now, it, stationery).await {
        Ok(reference) => ctx.to(&format!("/receipts/{reference}")),
        Err(SendError::NotOpen(window)) => {
            Opened { shut: shut_words(&ctx, window), ..opened }.page(&ctx, &vocabulary, form, StatusCode::CONFLICT)
        }
        Err(SendError::TextChanged(_)) => {
            form.error("leave_out", ctx.t("table-text-changed"));
            opened.page(&ctx, &vocabulary, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SendError::FormUsed) => Err(PageError::Conflict),
        Err(SendError::Database(error)) => Err(error.into()),
    }
}

/// Whether the table is entered for others.
fn is_entered(fields: &Fields) -> bool {
    fields.get("entered") == "yes"
}

/// What a row says of its author and its arrival, for staff.
fn author_rows(ctx: &Ctx, row: &super::model::Row) -> Vec<Row> {
    if !ctx.is_staff() {
        return Vec::new();
    }
    let shown =
        |(column, text): (Column, &str)| Row { label: ctx.t(format!("table-column-{column}")), text: text.to_owned() };
    authors::said(row).map(shown).collect()
}

/// Enters the table for its author.
async fn enter(ctx: &Ctx, vocabulary: &web::Data<Vocabulary>, opened: Opened, mut form: Form, it: Sheet) -> Page {
    let stationery = Stationery { origin: ctx.site().origin(), vocabulary: vocabulary.clone().into_inner() };
    let (now, grace) = (ctx.now, ctx.site().config().received.grace());
    let write = move |conn: &mut AnyConnection| sheet::enter(conn, now, it, grace, &stationery);
    match ctx.site().db().write(write).await {
        Ok(()) => return ctx.to_with(DESK, "flash-received-sheet"),
        Err(EnterError::Late(late)) => form.error("received_on", late_words(ctx, late)),
        Err(EnterError::Submit(SubmitError::TextChanged)) => form.error("leave_out", ctx.t("table-text-changed")),
        Err(EnterError::Submit(SubmitError::Database(DbError::Taken(_)) | SubmitError::FormUsed)) => {
            return Err(PageError::Conflict);
        }
        Err(EnterError::Submit(SubmitError::NotOpen(window))) => form.error("received_on", shut_words(ctx, window)),
        Err(EnterError::Submit(SubmitError::Database(error))) => return Err(error.into()),
    }
    opened.page(ctx, vocabulary, form, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Whether a row is to be sent although the same was said before.
fn is_again(fields: &Fields, number: usize) -> bool {
    fields.get(&format!("again-{number}")) == "yes"
}

/// The comments that are sent, with how they came if they are entered; what stands in the way goes into the form.
fn parts(
    ctx: &Ctx,
    opened: &Opened,
    vocabulary: &Vocabulary,
    fields: &Fields,
    form: &mut Form,
) -> Vec<(Drafted, Option<Came>)> {
    let (mut parts, mut wrong, mut which) = (Vec::new(), 0, 0);
    let (judged, faults) = opened.judge(ctx, vocabulary, fields);
    for (name, message) in faults {
        if form.error_of(&name).is_empty() {
            form.error(name, message);
        }
    }
    for (number, row) in judged.into_iter().enumerate() {
        match row.outcome {
            Outcome::Comment { text, body, class, .. } => {
                let Some((norm, version)) = opened.texts.get(text) else { continue };
                if row.same_as.is_none() || is_again(fields, number) {
                    let (id, norm, text_version) = (row.row.comment(), norm.id, version.id);
                    parts.push((Drafted { id, norm, text_version, class, body }, row.came));
                }
            }
            Outcome::Which(..) => which += 1,
            Outcome::Wrong(_) => wrong += 1,
        }
    }
    if wrong > 0 && fields.get("leave_out") != "yes" {
        form.error("leave_out", ctx.tn("table-leave-out-missing", wrong));
    }
    if which > 0 {
        form.error("places", ctx.tn("table-which-missing", which));
    }
    if parts.is_empty() && !form.failed() {
        form.error("rows", ctx.t("table-nothing-to-send"));
    }
    parts
}
