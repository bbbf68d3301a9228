//! What the API says of a comment: an allow-list, and no more than the comment's own page shows. Names only ever through
//! `Author::public_name` and `Author::public_organisation`. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::organisations::model::Organisation;
use crate::clock::rfc3339;
use crate::comments::attachments::model::Attachment;
use crate::comments::body::Body;
use crate::comments::considered::model::Considered;
use crate::comments::cosigning::model::GroupCount;
use crate::comments::model::Comment;
use crate::comments::{attachments, considered, cosigning, on_behalf, redaction};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AttachmentId, CommentId};
use crate::norms::model::Norm;
use crate::public::api::decision::PublicDecision;
use crate::public::store;
use crate::public::texts::{Text, Texts};

/// A published comment. Exactly one of `wording`, `lever` and `general` is there: the one that `kind` names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Comment)]
pub struct PublicComment {
    /// What people call it. It never changes.
    #[schema(example = "GCSC-N3-7K4Q-MW2R-9")]
    pub reference: String,
    /// Its address here.
    #[schema(format = "uri")]
    pub url: String,
    /// Its page. The same address answers with a Web Annotation when asked for `application/ld+json`.
    #[schema(format = "uri")]
    pub page: String,
    /// Slug of the text it is about.
    #[schema(example = "avoid-tampering")]
    pub norm: String,
    /// Label of the wording it is about.
    #[schema(example = "1")]
    pub text_version: String,
    /// `wording`, `lever` or `general`.
    #[schema(example = "wording")]
    pub kind: String,
    /// Who sent it, as far as they want it known.
    pub author: PublicAuthor,
    /// The language it is written in, as far as can be told: ISO 639.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "fr")]
    pub language: Option<String>,
    /// How it came, if its author did not send it here: code of the list `channels`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "letter")]
    pub channel: Option<String>,
    /// When it was sent, UTC; the day on which it came, if it came in another way.
    #[schema(format = "date-time")]
    pub submitted_at: String,
    /// When it was published, UTC.
    #[schema(format = "date-time")]
    pub published_at: String,
    /// How many passages were taken out of it; in the place of each stands `[redacted: ...]` with the ground.
    pub redactions: i32,
    /// About certain words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wording: Option<PublicWording>,
    /// How to implement the norm.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub lever: Option<PublicLever>,
    /// About the text as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub general: Option<PublicGeneral>,
    /// The files that came with it and that everyone may have, in the order in which they came.
    pub attachments: Vec<PublicFile>,
    /// How many put their names to it. The names are on its page.
    pub supporters: PublicSupporters,
    /// What was decided under the issues that it was considered under, the first decision first.
    pub decisions: Vec<PublicDecision>,
}

/// A file that came with a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Attachment)]
pub struct PublicFile {
    /// The name it had.
    #[schema(example = "letter.pdf")]
    pub name: String,
    /// Its address.
    #[schema(format = "uri")]
    pub url: String,
    /// What it is, by its content.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// In bytes.
    #[schema(minimum = 1)]
    pub size: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

/// How many put their names to a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Supporters)]
pub struct PublicSupporters {
    /// Organisations.
    #[schema(minimum = 0)]
    pub organisations: i64,
    /// People who speak for themselves.
    #[schema(minimum = 0)]
    pub people: i64,
    /// The same by stakeholder group, by code; groups that nobody is of are not there.
    pub groups: Vec<PublicGroup>,
}

/// How many of a stakeholder group put their names to a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SupportersOfGroup)]
pub struct PublicGroup {
    /// Code of the list `groups`.
    #[schema(example = "academia")]
    pub stakeholder_group: String,
    /// Organisations.
    #[schema(minimum = 0)]
    pub organisations: i64,
    /// People who speak for themselves.
    #[schema(minimum = 0)]
    pub people: i64,
}

/// Who sent a comment, as far as they want it known. What is not there is not public or was not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Author)]
pub struct PublicAuthor {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub organisation: Option<String>,
    /// `organisation` if it speaks for that organisation, `myself` if it only belongs to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub on_behalf_of: Option<String>,
    /// Whether it is confirmed that a member of that organisation sent it.
    pub organisation_is_confirmed: bool,
    /// Code of the list `groups`.
    #[schema(example = "civil-society")]
    pub stakeholder_group: String,
    /// ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "NL")]
    pub country: Option<String>,
}

/// What a comment wants of certain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Wording)]
pub struct PublicWording {
    /// The clause as people cite it.
    #[schema(example = "3(b)")]
    pub clause: String,
    /// The numbered line on which the words begin.
    pub line: u32,
    /// Position of the first word, from 1.
    pub first_word: usize,
    /// Position of the last word, inclusive.
    pub last_word: usize,
    /// The exact words.
    pub quote: String,
    /// Up to 32 characters before them.
    pub prefix: String,
    /// Up to 32 characters behind them.
    pub suffix: String,
    /// `replace`, `delete` or `keep`.
    #[schema(example = "replace")]
    pub change: String,
    /// The words that are to stand in their place; empty unless they are to be replaced.
    pub proposed_wording: String,
    /// Code of the list `concerns`; empty if not said.
    pub concern: String,
    /// Why.
    pub rationale: String,
    /// A link to evidence; empty if none.
    pub evidence: String,
    /// Whether the author would accept the norm without the change: `yes`, `no` or `unsure`.
    pub acceptable: String,
}

/// A proposal how to implement a norm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Lever)]
pub struct PublicLever {
    /// Who should act: code of the list `actors`.
    #[schema(example = "regulator")]
    pub actor: String,
    /// By what: code of the list `instruments`.
    #[schema(example = "procurement")]
    pub instrument: String,
    /// What exactly they should do.
    pub action: String,
    /// By when; empty if not said, as all that follow.
    pub by_when: String,
    /// An existing example.
    pub example: String,
    /// What could stand in the way.
    pub obstacles: String,
    /// What it would cost.
    pub cost: String,
}

/// A comment on a text as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = General)]
pub struct PublicGeneral {
    /// The comment.
    pub rationale: String,
    /// A link to evidence; empty if none.
    pub evidence: String,
}

/// What the API says of `comments`, which everyone may see. `origin` begins every address.
pub fn of_all(conn: &mut AnyConnection, origin: &str, comments: &[Comment]) -> DbResult<Vec<PublicComment>> {
    let texts = Texts::of(conn, comments.iter())?;
    let ids: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
    let files = attachments::store::of_comments(conn, &ids)?;
    let beside = Beside {
        organisations: on_behalf::store::organisations_of(conn, &ids)?.into_iter().collect(),
        languages: store::languages(conn, &ids)?.into_iter().collect(),
        cleared: redaction::store::cleared(conn, &files)?,
        files,
        supporters: cosigning::store::by_comment_and_group(conn, &ids)?,
        decisions: considered::store::of_comments(conn, &ids)?,
    };
    let all = comments.iter().filter_map(|comment| {
        let (norm, text) = texts.about(comment)?;
        Some(PublicComment::of(origin, norm, text, comment, &beside))
    });
    Ok(all.collect())
}

/// What belongs to comments and is read for all of them at once.
struct Beside {
    organisations: BTreeMap<CommentId, Organisation>,
    languages: BTreeMap<CommentId, String>,
    files: Vec<Attachment>,
    cleared: BTreeSet<AttachmentId>,
    supporters: Vec<(CommentId, GroupCount)>,
    decisions: Vec<(CommentId, Considered)>,
}

impl Beside {
    fn files(&self, origin: &str, comment: &Comment) -> Vec<PublicFile> {
        let file = |it: &Attachment| PublicFile {
            name: it.name.clone(),
            url: format!("{origin}/attachments/{}", it.id),
            media_type: it.media_type.to_string(),
            size: it.size,
            sha256: it.sha256.clone(),
        };
        self.files.iter().filter(|it| it.is_public(comment, self.cleared.contains(&it.id))).map(file).collect()
    }

    fn decisions(&self, comment: &Comment) -> Vec<PublicDecision> {
        self.decisions.iter().filter(|(id, _)| *id == comment.id).map(|(_, it)| it.into()).collect()
    }

    fn supporters(&self, comment: &Comment) -> PublicSupporters {
        let mut all = PublicSupporters::default();
        for (_, count) in self.supporters.iter().filter(|(id, _)| *id == comment.id) {
            all.organisations += count.organisations;
            all.people += count.people;
            all.groups.push(PublicGroup {
                stakeholder_group: count.group.clone(),
                organisations: count.organisations,
                people: count.people,
            });
        }
        all
    }
}

impl PublicComment {
    fn of(origin: &str, norm: &Norm, text: &Text, comment: &Comment, beside: &Beside) -> Self {
        let said = Said::of(norm, text, &comment.body);
        Self {
            reference: comment.reference.clone(),
            url: format!("{origin}/api/v1/comments/{}", comment.reference),
            page: format!("{origin}/comments/{}", comment.reference),
            norm: norm.slug.clone(),
            text_version: text.version.label.clone(),
            kind: comment.kind.to_string(),
            author: author(comment, beside.organisations.get(&comment.id)),
            language: beside.languages.get(&comment.id).filter(|code| !code.is_empty()).cloned(),
            channel: comment.channel.clone(),
            submitted_at: rfc3339(comment.submitted_at),
            published_at: rfc3339(comment.published_at.unwrap_or(comment.submitted_at)),
            redactions: comment.redactions,
            wording: said.wording,
            lever: said.lever,
            general: said.general,
            attachments: beside.files(origin, comment),
            supporters: beside.supporters(comment),
            decisions: beside.decisions(comment),
        }
    }
}

fn author(comment: &Comment, organisation: Option<&Organisation>) -> PublicAuthor {
    let author = &comment.author;
    let shown = author.public_organisation(comment.publication);
    PublicAuthor {
        name: author.public_name(comment.publication).map(str::to_owned),
        organisation: shown.map(str::to_owned),
        on_behalf_of: shown.map(|_| author.on_behalf_of.to_string()),
        organisation_is_confirmed: shown.is_some() && organisation.is_some_and(Organisation::is_confirmed),
        stakeholder_group: author.stakeholder_group.clone(),
        country: author.country.clone(),
    }
}

/// What a comment says, in the place of its kind.
#[derive(Default)]
struct Said {
    wording: Option<PublicWording>,
    lever: Option<PublicLever>,
    general: Option<PublicGeneral>,
}

impl Said {
    fn of(norm: &Norm, text: &Text, body: &Body) -> Self {
        match body.clone() {
            Body::Wording(it) => {
                let wording = PublicWording {
                    clause: text.version.cite(norm.number, it.anchor.first_word, it.anchor.last_word),
                    line: text.line_of(it.anchor.first_word),
                    first_word: it.anchor.first_word,
                    last_word: it.anchor.last_word,
                    quote: it.anchor.quote,
                    prefix: it.anchor.prefix,
                    suffix: it.anchor.suffix,
                    change: it.change.to_string(),
                    proposed_wording: it.proposed_wording,
                    concern: it.concern,
                    rationale: it.rationale,
                    evidence: it.evidence,
                    acceptable: it.acceptable.to_string(),
                };
                Self { wording: Some(wording), ..Self::default() }
            }
            Body::Lever(it) => {
                let lever = PublicLever {
                    actor: it.actor,
                    instrument: it.instrument,
                    action: it.action,
                    by_when: it.by_when,
                    example: it.example,
                    obstacles: it.obstacles,
                    cost: it.cost,
                };
                Self { lever: Some(lever), ..Self::default() }
            }
            Body::General(it) => {
                let general = PublicGeneral { rationale: it.rationale, evidence: it.evidence };
                Self { general: Some(general), ..Self::default() }
            }
        }
    }
}
