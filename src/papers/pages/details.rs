//! The third page, for parts on words and on implementation: which words and what should become of them; who should act
//! and by what means.

use actix_web::web;
use askama::Template;

use super::{Found, Opened, find};
use crate::accounts::pages::sign_in_with;
use crate::comments::compose;
use crate::comments::drafts::typed::told_saved;
use crate::comments::model::Kind;
use crate::comments::pages::fresh_token;
use crate::norms::lines;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::{List, Vocabulary};
use crate::papers::model::Joined;
use crate::papers::{details, form};
use crate::web::{Ctx, Form, Page, Posted};

/// The places of words: value, and words before, at and behind it.
type Places = Vec<(String, (String, String, String))>;

/// A comment that needs more.
struct Asked<'a> {
    comment: Joined<'a>,
    heading: String,
    norm: &'a Norm,
    version: &'a TextVersion,
    clauses: Vec<(String, String)>,
    places: Places,
}

impl Asked<'_> {
    fn name(&self, field: &str) -> String {
        format!("c{}_{field}", self.comment.number)
    }

    fn is_wording(&self) -> bool {
        self.comment.kind == Kind::Wording
    }
}

#[derive(Template)]
#[template(path = "papers/details.html")]
struct DetailsPage<'a> {
    ctx: &'a Ctx,
    it: &'a Opened,
    form: Form,
    asked: Vec<Asked<'a>>,
    concerns: Vec<(String, String)>,
    actors: Vec<(String, String)>,
    instruments: Vec<(String, String)>,
    changes: Vec<(&'static str, String, String)>,
}

/// What is asked, and, if `form` is to be checked, what is wrong with the answers.
fn asked<'a>(ctx: &Ctx, it: &'a Opened, vocabulary: &Vocabulary, form: &mut Form, checks: bool) -> Vec<Asked<'a>> {
    let mut found = Vec::new();
    for comment in it.paper.comments().into_iter().filter(|comment| comment.kind != Kind::General) {
        let Some((norm, version)) = it.texts.find(&comment.part.norm) else { continue };
        let mut places = Vec::new();
        if let Err(lacking) = details::body(&comment, version, vocabulary, ctx.lang) {
            places.clone_from(&lacking.places);
            for (field, message) in lacking.faults.into_iter().filter(|_| checks) {
                let number = comment.number;
                form.error(
                    format!("c{number}_{field}"),
                    ctx.t2("papers-of-part", "number", number, "message", message),
                );
            }
        }
        let heading = comment.part.heading();
        let places = places.iter().map(|it| (format!("{}-{}", it.0, it.1), compose::surroundings(version, *it)));
        let places = places.collect();
        found.push(Asked { heading, norm, version, clauses: clauses(version), places, comment });
    }
    found
}

fn clauses(version: &TextVersion) -> Vec<(String, String)> {
    let words = version.words();
    let all = version.clauses.iter().enumerate();
    let shown = all.filter_map(|(at, clause)| {
        let text = lines::clause_text(&version.body, &words, &version.clauses, at)?;
        Some((clause.letter.clone(), format!("({}) {text}", clause.letter)))
    });
    shown.collect()
}

fn page(ctx: &Ctx, it: &Opened, mut form: Form, vocabulary: &Vocabulary, checks: bool) -> Page {
    let asked = asked(ctx, it, vocabulary, &mut form, checks);
    let labelled = |list: &List| list.items().iter().map(|item| (item.code.clone(), item.label.clone())).collect();
    let change = |word: &'static str| (word, ctx.t(format!("change-{word}")), String::new());
    let failed = form.failed();
    let page = DetailsPage {
        ctx,
        it,
        form,
        asked,
        concerns: labelled(&vocabulary.concerns),
        actors: labelled(&vocabulary.actors),
        instruments: labelled(&vocabulary.instruments),
        changes: vec![change("replace"), change("delete"), change("keep")],
    };
    ctx.form_page(&page, failed)
}

/// `GET /submissions/paper/{id}/details`
pub async fn details_page(ctx: Ctx, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let account = ctx.signed_in()?.id;
    let it = match find(&ctx, account, &id).await? {
        Found::Sent(receipt) => return Ok(receipt),
        Found::Open(it) => it,
    };
    if !it.texts.is_open() {
        return it.shut(&ctx);
    }
    let mut first = form::filled(&it.paper, it.version);
    form::check(&mut first, &it.paper, &it.texts.norms, ctx.lang);
    if first.failed() {
        return ctx.to(&it.address(""));
    }
    // Somebody sent back from the last page is told why.
    let checks = ctx.query.get("again") == "yes";
    page(&ctx, &it, details::filled(&it.paper, it.version), &vocabulary, checks)
}

/// `POST /submissions/paper/{id}/details`
pub async fn details(posted: Posted, id: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    let Some(account) = posted.ctx.viewer.as_ref().map(|viewer| viewer.id) else {
        return sign_in_with(&posted.ctx, &posted.ctx.path, &posted.fields);
    };
    let genuine = posted.is_genuine();
    let (ctx, fields) = (posted.ctx, posted.fields);
    let mut it = match find(&ctx, account, &id).await? {
        Found::Sent(receipt) => return Ok(receipt),
        Found::Open(it) => it,
    };
    it.paper = details::applied(it.paper, &fields);
    if let Some(token) = fresh_token(&ctx, genuine) {
        return token;
    }
    if !genuine || fields.get("go") == "edit" {
        let version = fields.get("version").parse().unwrap_or(it.version);
        let mut form = details::filled(&it.paper, version);
        if !genuine {
            form.error("main", ctx.t("papers-stale"));
        }
        return page(&ctx, &it, form, &vocabulary, false);
    }
    if let Some(answer) = it.save(&ctx, account, &fields).await? {
        return Ok(answer);
    }
    if ctx.asks_json() {
        return told_saved(&ctx, it.id, it.version);
    }
    if !it.texts.is_open() {
        return it.shut(&ctx);
    }
    match fields.get("go") {
        "save" => return ctx.to_with("/my-comments", "flash-paper-saved"),
        "back" => return ctx.to(&it.address("")),
        _ => {}
    }
    let mut form = details::filled(&it.paper, it.version);
    let lacks = !asked(&ctx, &it, &vocabulary, &mut form, true).is_empty() && form.failed();
    if lacks {
        return page(&ctx, &it, details::filled(&it.paper, it.version), &vocabulary, true);
    }
    ctx.to(&it.address("check"))
}
