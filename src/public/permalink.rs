//! The page of one public comment: what it says, word by word, and how to cite it.

use askama::Template;

use super::entry::{about, by, country, mark};
use super::norm_page::Shared;
use super::social::Head;
use super::supporters::{Listed, Supporters};
use crate::accounts::organisations::model::Organisation;
use crate::comments::attachments::model::Attachment;
use crate::comments::attachments::shown::{self as attached, Shown as ShownFile};
use crate::comments::body::{Body, Change, Lever, web_link};
use crate::comments::considered::model::Considered;
use crate::comments::model::{Comment, Kind};
use crate::comments::record::language;
use crate::comments::redline::Redline;
use crate::moderation::gist;
use crate::moderation::model::surroundings;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::web::Ctx;

/// Above this many bytes two wordings are not compared: the one stands in place of the other.
const LONGEST_COMPARED: usize = 40_000;

/// The change that a comment wants, in its clause.
pub struct InClause<'a> {
    /// The clause's words before it.
    pub before: &'a str,
    /// The words as they stand.
    pub quote: &'a str,
    /// What is to become of them; `None` if they are to stay.
    pub redline: Option<Redline>,
    /// The clause's words behind it.
    pub behind: &'a str,
}

/// Who should act, by what, and what of it was answered besides.
pub struct ShownLever<'a> {
    /// The actor.
    pub actor: String,
    /// The instrument.
    pub instrument: String,
    /// What exactly they should do.
    pub action: &'a str,
    /// The answers to side questions: message id of the question, answer.
    pub answers: Vec<(&'static str, &'a str)>,
}

/// What the page of a comment is made of.
pub struct Shown {
    /// The comment, which everyone may see.
    pub comment: Comment,
    /// On which text.
    pub norm: Norm,
    /// On which wording of it.
    pub version: TextVersion,
    /// Whether that is the present one.
    pub is_current: bool,
    /// Whom it speaks for, if a member of an organisation sent it in its name.
    pub organisation: Option<Organisation>,
    /// Who put their name to it.
    pub supporters: Supporters,
    /// What it says with others.
    pub shared: Option<Shared>,
    /// The files that came with it and that everyone may have.
    pub files: Vec<Attachment>,
    /// The grounds on which words were taken out of it, with how many passages each has.
    pub grounds: Vec<(String, usize)>,
    /// What was decided about it, as published.
    pub decisions: Vec<Considered>,
}

/// `GET /comments/{reference}`.
#[derive(Template)]
#[template(path = "public/comment.html")]
pub struct CommentPage<'a> {
    ctx: &'a Ctx,
    head: Head,
    comment: &'a Comment,
    norm: &'a Norm,
    version: &'a TextVersion,
    is_current: bool,
    by: String,
    mark: String,
    supporters: &'a Supporters,
    listed: Listed,
    group: String,
    country: String,
    about: String,
    in_clause: Option<InClause<'a>>,
    lever: Option<ShownLever<'a>>,
    text: &'a str,
    concern: String,
    acceptable: String,
    evidence: &'a str,
    evidence_link: Option<String>,
    files: Vec<ShownFile>,
    citation: String,
    /// By what it came, if the Secretariat entered it for its author; in small letters.
    channel: Option<String>,
    /// What it says with others, if anybody else says it.
    shared: Option<&'a Shared>,
    /// The language it is written in; empty if that can't be told.
    language: &'a str,
    /// On which grounds words were taken out, and how many passages each has.
    grounds: Vec<(&'a str, usize)>,
    /// What was decided about it, with what became of it in words.
    decisions: Vec<(&'a Considered, &'a str)>,
}

impl<'a> CommentPage<'a> {
    /// The page that shows `shown`.
    pub fn new(ctx: &'a Ctx, vocabulary: &'a Vocabulary, shown: &'a Shown) -> Self {
        let Shown { comment, norm, version, supporters, .. } = shown;
        let group = vocabulary.groups.label_or_code(&comment.author.stakeholder_group).to_owned();
        let by = by(comment, &group, ctx.lang);
        let (text, evidence, concern, acceptable) = match &comment.body {
            Body::Wording(it) => {
                let concern = vocabulary.concerns.label(&it.concern).unwrap_or_default().to_owned();
                let acceptable = ctx.t(format!("acceptable-{}", it.acceptable));
                (it.rationale.as_str(), it.evidence.as_str(), concern, acceptable)
            }
            Body::General(it) => (it.rationale.as_str(), it.evidence.as_str(), String::new(), String::new()),
            Body::Lever(_) => ("", "", String::new(), String::new()),
        };
        let lever = match &comment.body {
            Body::Lever(it) => Some(shown_lever(it, vocabulary)),
            Body::Wording(_) | Body::General(_) => None,
        };
        Self {
            head: Head::comment(ctx, norm, comment, &by),
            citation: citation(ctx, comment, norm, version, &by),
            about: about(comment, norm, version, ctx.lang),
            country: country(comment),
            mark: mark(comment, shown.organisation.as_ref(), ctx.lang),
            listed: supporters.listed(vocabulary),
            supporters,
            in_clause: in_clause(comment, version),
            evidence_link: web_link(evidence),
            channel: comment.channel.as_deref().map(|it| vocabulary.channels.label_or_code(it).to_lowercase()),
            ctx,
            comment,
            norm,
            version,
            is_current: shown.is_current,
            by,
            group,
            lever,
            text,
            concern,
            acceptable,
            evidence,
            files: attached::shown(ctx.lang, &shown.files),
            shared: shown.shared.as_ref().filter(|shared| shared.others > 0),
            language: shown.shared.as_ref().map_or("", |shared| &shared.language),
            grounds: grounds(vocabulary, &shown.grounds),
            decisions: shown
                .decisions
                .iter()
                .map(|it| (it, vocabulary.dispositions.label_or_code(&it.disposition)))
                .collect(),
        }
    }

    /// How often it was corrected. Earlier revisions were never public: what is public can't be corrected.
    fn corrections(&self) -> i32 {
        self.comment.revision - 1
    }

    /// The name of the language it is written in.
    fn language_name(&self) -> String {
        language::named(self.language, self.ctx.lang)
    }

    /// Whether it asks for anything, and does not only say something.
    fn is_asked_for(&self) -> bool {
        match &self.comment.body {
            Body::Wording(it) => it.change != Change::Keep,
            Body::Lever(_) => true,
            Body::General(_) => false,
        }
    }

    /// The message that names what sort of comment it is.
    fn kind_name(&self) -> &'static str {
        match self.comment.kind {
            Kind::Wording => "kind-wording",
            Kind::Lever => "kind-lever",
            Kind::General => "kind-general",
        }
    }
}

fn in_clause<'a>(comment: &'a Comment, version: &'a TextVersion) -> Option<InClause<'a>> {
    let Body::Wording(wording) = &comment.body else { return None };
    let quote = wording.anchor.quote.as_str();
    let (before, behind) = surroundings(version, &wording.anchor).unwrap_or_default();
    let is_change = wording.change != Change::Keep;
    let redline = is_change.then(|| gist::compared(quote, wording.new_words(), LONGEST_COMPARED));
    Some(InClause { before, quote, redline, behind })
}

fn shown_lever<'a>(lever: &'a Lever, vocabulary: &Vocabulary) -> ShownLever<'a> {
    let answers = [
        ("public-lever-by-when", lever.by_when.as_str()),
        ("public-lever-example", &lever.example),
        ("public-lever-obstacles", &lever.obstacles),
        ("public-lever-cost", &lever.cost),
    ];
    ShownLever {
        actor: vocabulary.actors.label_or_code(&lever.actor).to_owned(),
        instrument: vocabulary.instruments.label_or_code(&lever.instrument).to_owned(),
        action: &lever.action,
        answers: answers.into_iter().filter(|(_, answer)| !answer.trim().is_empty()).collect(),
    }
}

fn grounds<'a>(vocabulary: &'a Vocabulary, counted: &'a [(String, usize)]) -> Vec<(&'a str, usize)> {
    counted.iter().map(|(code, count)| (vocabulary.redactions.label_or_code(code), *count)).collect()
}

/// A line to copy, so without the invisible marks that keep names apart on a page.
fn citation(ctx: &Ctx, comment: &Comment, norm: &Norm, version: &TextVersion, by: &str) -> String {
    let by = by.replace(['\u{2068}', '\u{2069}'], "");
    let dated = ctx.lang.partial_date(&version.dated);
    let published = ctx.date(comment.published_at.unwrap_or(comment.submitted_at));
    let address = ctx.link(&format!("/comments/{}", comment.reference));
    ctx.lang.plain(
        "public-citation",
        &[
            ("by", &by),
            ("reference", &comment.reference),
            ("title", &norm.title),
            ("version", &version.label),
            ("dated", &dated),
            ("published", &published),
            ("address", &address),
        ],
    )
}
