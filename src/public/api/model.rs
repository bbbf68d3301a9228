//! What the API says of texts and lists. Pure.

use serde::Serialize;
use utoipa::ToSchema;

use super::comment::PublicComment;
use crate::clock::rfc3339;
use crate::norms::model::{Consultation, Norm, Published, TextVersion};
use crate::norms::vocabulary::{List, Vocabulary};
use crate::norms::words::span;
use crate::public::texts::Text;

/// How many published comments there are.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Counts {
    /// About certain words.
    #[schema(minimum = 0)]
    wording: i64,
    /// On implementation.
    #[schema(minimum = 0)]
    lever: i64,
    /// On the whole.
    #[schema(minimum = 0)]
    general: i64,
    /// All of them.
    #[schema(minimum = 0)]
    all: i64,
}

impl From<Published> for Counts {
    fn from(it: Published) -> Self {
        Self { wording: it.wording, lever: it.lever, general: it.general, all: it.all() }
    }
}

/// A text that is open for comment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Norm)]
pub struct NormItem {
    /// Its place in addresses. It never changes.
    #[schema(example = "avoid-tampering")]
    slug: String,
    /// Its number in the package.
    number: i32,
    /// `norm`, `call` (an earlier one) or `definition`.
    #[schema(example = "norm")]
    kind: String,
    /// Its title.
    title: String,
    /// Label of its present wording.
    #[schema(example = "1")]
    text_version: String,
    /// Its published comments.
    comments: Counts,
    /// Its address here.
    #[schema(format = "uri")]
    url: String,
    /// Its page.
    #[schema(format = "uri")]
    page: String,
    /// The feed of its comments.
    #[schema(format = "uri")]
    feed: String,
}

impl NormItem {
    /// `norm`, whose present wording has `label`.
    pub fn of(origin: &str, norm: &Norm, label: &str) -> Self {
        Self {
            slug: norm.slug.clone(),
            number: norm.number,
            kind: norm.kind.to_string(),
            title: norm.title.clone(),
            text_version: label.to_owned(),
            comments: norm.published.into(),
            url: format!("{origin}/api/v1/norms/{}", norm.slug),
            page: format!("{origin}/norms/{}", norm.slug),
            feed: format!("{origin}/norms/{}/feed.atom", norm.slug),
        }
    }
}

/// Every text of the consultation.
#[derive(Debug, Serialize, ToSchema)]
pub struct NormList {
    /// By number.
    pub norms: Vec<NormItem>,
}

/// A text with its present wording.
#[derive(Debug, Serialize, ToSchema)]
pub struct NormDetail {
    /// The text.
    #[serde(flatten)]
    pub norm: NormItem,
    /// Quotations that bear on it; empty if none.
    pub context: String,
    /// Where they stand.
    pub context_source: String,
    /// Its present wording.
    pub current: Version,
}

/// One wording of a text. It never changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionItem {
    /// What it is called.
    #[schema(example = "1")]
    label: String,
    /// The date of its source: a year, a month or a day.
    #[schema(example = "2018-11-08", pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    dated: String,
    /// Where the words stand.
    source: String,
    /// Whether it is the one open for comment.
    is_current: bool,
    /// Its address here.
    #[schema(format = "uri")]
    url: String,
    /// Its page.
    #[schema(format = "uri")]
    page: String,
}

impl VersionItem {
    /// `version` of the text at `slug`.
    pub fn of(origin: &str, slug: &str, version: &TextVersion, is_current: bool) -> Self {
        Self {
            label: version.label.clone(),
            dated: version.dated.clone(),
            source: version.source.clone(),
            is_current,
            url: format!("{origin}/api/v1/norms/{slug}/versions/{}", version.label),
            page: format!("{origin}/norms/{slug}/versions/{}", version.label),
        }
    }
}

/// Every wording of a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionList {
    /// Oldest first.
    pub versions: Vec<VersionItem>,
}

/// A wording with its words, clauses and lines. Words are counted from 1 through the whole text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Version {
    /// The wording.
    #[serde(flatten)]
    item: VersionItem,
    /// The text.
    body: String,
    /// Its words in order.
    words: Vec<String>,
    /// Its lettered clauses.
    clauses: Vec<ClauseItem>,
    /// Its numbered lines.
    lines: Vec<LineItem>,
}

/// A lettered clause.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Clause)]
pub struct ClauseItem {
    /// Without brackets.
    #[schema(example = "a")]
    letter: String,
    /// Position of its first word.
    #[schema(minimum = 1)]
    first_word: usize,
    /// Position of its last word, inclusive.
    #[schema(minimum = 1)]
    last_word: usize,
    /// From its first word to its last.
    text: String,
}

/// A numbered line.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Line)]
pub struct LineItem {
    /// Counted from 1 through the whole text.
    #[schema(minimum = 1)]
    number: u32,
    /// Letter of its clause; empty before the first.
    clause: String,
    /// What stands on it.
    text: String,
}

impl Version {
    /// `text` of the norm at `slug`.
    pub fn of(origin: &str, slug: &str, text: &Text, is_current: bool) -> Self {
        let body = &text.version.body;
        let clause = |it: &crate::norms::words::Clause| ClauseItem {
            letter: it.letter.clone(),
            first_word: it.first_word,
            last_word: it.last_word,
            text: span(body, &text.words, it.first_word, it.last_word).unwrap_or_default().to_owned(),
        };
        let line = |it: &crate::norms::lines::Line| LineItem {
            number: it.number,
            clause: it.clause.clone().unwrap_or_default(),
            text: body.get(it.start..it.end).unwrap_or_default().to_owned(),
        };
        Self {
            item: VersionItem::of(origin, slug, &text.version, is_current),
            words: text.words.iter().filter_map(|it| body.get(it.start..it.end)).map(str::to_owned).collect(),
            clauses: text.version.clauses.iter().map(clause).collect(),
            lines: text.lines.iter().map(line).collect(),
            body: body.clone(),
        }
    }
}

/// A page of comments, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentList {
    /// The comments.
    pub comments: Vec<PublicComment>,
    /// The address of the next page; `null` on the last. The header `Link` says the same.
    #[schema(format = "uri")]
    pub next: Option<String>,
    /// Whether the search stopped before the page was full, because it took long: there may be more on the next page.
    pub is_partial: bool,
}

/// The addresses of this API.
#[derive(Debug, Serialize, ToSchema)]
pub struct Index {
    /// Its description, `OpenAPI` 3.1.
    #[schema(format = "uri")]
    openapi: String,
    /// The consultation.
    #[schema(format = "uri")]
    consultation: String,
    /// The closed lists that comments are made with.
    #[schema(format = "uri")]
    vocabulary: String,
    /// The texts.
    #[schema(format = "uri")]
    norms: String,
    /// Published comments.
    #[schema(format = "uri")]
    comments: String,
    /// The same as Web Annotations.
    #[schema(format = "uri")]
    annotations: String,
    /// The terms of annotations that are ours.
    #[schema(format = "uri")]
    context: String,
    /// The feed of what is published.
    #[schema(format = "uri")]
    feed: String,
}

impl Index {
    /// Those of the portal at `origin`.
    pub fn at(origin: &str) -> Self {
        let of = |path: &str| format!("{origin}{path}");
        Self {
            openapi: of("/api/openapi.json"),
            consultation: of("/api/v1/consultation"),
            vocabulary: of("/api/v1/vocabulary"),
            norms: of("/api/v1/norms"),
            comments: of("/api/v1/comments"),
            annotations: of("/api/v1/annotations"),
            context: of("/api/v1/context.jsonld"),
            feed: of("/feed.atom"),
        }
    }
}

/// The consultation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Consultation)]
pub struct ConsultationItem {
    /// Begins every reference.
    #[schema(example = "GCSC")]
    code: String,
    /// Its name.
    title: String,
    /// Who asks.
    commission: String,
    /// What is asked, in the Commission's words.
    summary: String,
    /// Where they stand.
    summary_source: String,
    /// The first moment at which comments are taken, UTC.
    #[schema(format = "date-time")]
    opens_at: String,
    /// The last minute in which comments are taken, UTC; `null` while none is set.
    #[schema(format = "date-time")]
    closes_at: Option<String>,
    /// The steps of the Commission's work.
    timeline: Vec<Step>,
    /// The published comments on all texts.
    comments: Counts,
}

/// A step of the Commission's work.
#[derive(Debug, Serialize, ToSchema)]
pub struct Step {
    /// A year, a month or a day; `null` if none is set.
    #[schema(example = "2019-03")]
    date: Option<String>,
    /// What happens.
    name: String,
}

impl ConsultationItem {
    /// `consultation` on `norms`.
    pub fn of(consultation: Consultation, norms: &[Norm]) -> Self {
        let sum = |of: fn(&Published) -> i64| norms.iter().map(|norm| of(&norm.published)).sum();
        Self {
            comments: Published {
                wording: sum(|it| it.wording),
                lever: sum(|it| it.lever),
                general: sum(|it| it.general),
            }
            .into(),
            opens_at: rfc3339(consultation.opens_at),
            closes_at: consultation.closes_at.map(rfc3339),
            timeline: consultation.timeline.into_iter().map(|(date, name)| Step { date, name }).collect(),
            code: consultation.code,
            title: consultation.title,
            commission: consultation.commission,
            summary: consultation.summary,
            summary_source: consultation.summary_source,
        }
    }
}

/// The closed lists that comments are made with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lists {
    /// Stakeholder groups.
    groups: Vec<Code>,
    /// Who should act.
    actors: Vec<Code>,
    /// By what kind of instrument.
    instruments: Vec<Code>,
    /// What a comment on the wording is concerned about.
    concerns: Vec<Code>,
    /// What became of a proposal.
    dispositions: Vec<Code>,
}

/// A code and what it means.
#[derive(Debug, Serialize, ToSchema)]
pub struct Code {
    /// It never changes.
    code: String,
    /// In English.
    label: String,
}

impl From<&Vocabulary> for Lists {
    fn from(it: &Vocabulary) -> Self {
        let codes = |list: &List| {
            list.items().iter().map(|it| Code { code: it.code.clone(), label: it.label.clone() }).collect()
        };
        Self {
            groups: codes(&it.groups),
            actors: codes(&it.actors),
            instruments: codes(&it.instruments),
            concerns: codes(&it.concerns),
            dispositions: codes(&it.dispositions),
        }
    }
}
