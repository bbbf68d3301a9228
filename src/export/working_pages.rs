//! The desk's page of a working text: what the board adopted, and every proposal against it.

use actix_web::web;
use askama::Template;

use super::documents::{Document, Listed};
use super::text_pages::{MOST, Read, find};
use crate::comments::redline::Redline;
use crate::deliberation::text::working::{Placed, Standing, Working, Written, placed};
use crate::norms::vocabulary::Vocabulary;
use crate::norms::words::{span, words};
use crate::web::{Ctx, Page};

#[derive(Template)]
#[template(path = "export/working.html")]
struct WorkingPage<'a> {
    ctx: &'a Ctx,
    read: &'a Read,
    texts: Vec<Shown<'a>>,
    vocabulary: &'a Vocabulary,
}

/// A wording as it reads now.
struct Shown<'a> {
    document: &'a Document,
    /// Clause by clause.
    paragraphs: Vec<(Option<String>, Redline)>,
    /// How many proposals are in it.
    adopted: usize,
    /// In how many places it has words of the board's own.
    own: usize,
    /// Words of the board's own, each with what they change of those in question.
    written: Vec<(Written, Redline)>,
    rows: Vec<Row>,
}

/// A proposal against it.
struct Row {
    listed: Listed,
    placed: Placed,
    /// What it would change of the text as it reads now; of others than those that still apply, what it asks for.
    redline: Redline,
}

/// `GET /secretariat/deliberation/norms/{slug}/working`
pub async fn working(ctx: Ctx, slug: web::Path<String>, vocabulary: web::Data<Vocabulary>) -> Page {
    ctx.staff()?;
    let read = find(&ctx, slug.into_inner(), true).await?;
    let texts = read.documents.iter().map(|document| shown(&ctx, &read, document)).collect();
    ctx.page(&WorkingPage { ctx: &ctx, read: &read, texts, vocabulary: &vocabulary })
}

fn shown<'a>(ctx: &Ctx, read: &Read, document: &'a Document) -> Shown<'a> {
    let version = &document.text.version;
    let own = read.own_words.get(&version.id).map_or(&[][..], Vec::as_slice);
    let (working, all, written) = placed(&version.body, &document.items, &read.decided, own);
    let adopted = all.iter().filter(|it| it.is_adopted).count();
    let own = written.iter().filter(|it| it.is_in).count();
    let known = words(&version.body);
    let redline = |it: &Written| {
        let (first, last) = it.words.place;
        Redline::between(span(&version.body, &known, first, last).unwrap_or_default(), &it.words.wording)
    };
    let written = written.into_iter().map(|it| (it.clone(), redline(&it))).collect();
    let listed = document.list(ctx.lang, "");
    let rows = document.items.iter().zip(listed).zip(all).map(|((item, listed), placed)| {
        let redline = match placed.standing {
            Standing::StillApplies if working.adopted() > 0 => working.against(item),
            _ => listed.redline.clone(),
        };
        Row { listed, placed, redline }
    });
    let rows = rows.collect();
    Shown { document, paragraphs: paragraphs(&working, document), adopted, own, written, rows }
}

fn paragraphs(working: &Working<'_>, document: &Document) -> Vec<(Option<String>, Redline)> {
    working.paragraphs(&document.text.version.clauses)
}

impl WorkingPage<'_> {
    /// Where a proposal stands, in words, and how that is coloured.
    fn standing(&self, placed: &Placed) -> (String, &'static str) {
        let ctx = self.ctx;
        match &placed.standing {
            _ if placed.is_adopted => (ctx.t("working-adopted"), "tag tag-good"),
            Standing::StillApplies => (ctx.t("working-applies"), "tag tag-quiet"),
            Standing::AlreadyMet => (ctx.t("working-met"), "tag tag-good"),
            Standing::InConflict(with) => {
                let joined = |numbers: Vec<String>| numbers.join(", ");
                let numbers = joined(with.iter().map(|place| (place + 1).to_string()).collect());
                let issues = joined(placed.against.iter().map(i32::to_string).collect());
                let words = match (with.is_empty(), placed.against.is_empty()) {
                    (_, true) => ctx.t1("working-conflict", "numbers", numbers),
                    (true, false) => ctx.t1("working-conflict-words", "issues", issues),
                    (false, false) => ctx.t2("working-conflict-both", "numbers", numbers, "issues", issues),
                };
                (words, "tag tag-bad")
            }
        }
    }
}
