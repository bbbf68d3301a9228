//! A comment on its way into a file: its row, and what some formats say of it besides. As the row, an allow-list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answer::{Answer, answer, in_order};
use super::edition::admits_file;
use super::model::{Edition, Format, Request};
use super::record::{Record, Text, record};
use super::told;
use crate::accounts::model::OnBehalfOf;
use crate::accounts::organisations::model::folded;
use crate::clock::Moment;
use crate::comments::attachments;
use crate::comments::attachments::model::Attachment;
use crate::comments::considered;
use crate::comments::considered::model::Considered;
use crate::comments::cosigning;
use crate::comments::cosigning::model::Cosignature;
use crate::comments::model::{Comment, Publication};
use crate::comments::redaction;
use crate::db::{AnyConnection, DbError, DbResult};
use crate::deliberation::sheet::model::{Mark, Under, observation};
use crate::deliberation::text::marshalled::{Proposal, Supporter};
use crate::deliberation::{answers, sheet};
use crate::ids::{AccountId, AttachmentId, CommentId, ConsultationId};
use crate::norms;
use crate::norms::model::Norm;

/// What the board has for a comment, in a table that comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnBoard {
    /// From which state of the board the row is made.
    pub mark: Mark,
    /// What the comment gets, as it stands on the board.
    pub observation: String,
}

/// A file that came with a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// Which.
    pub id: String,
    /// The name it had.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its address.
    pub url: String,
}

/// A comment on its way into a file.
pub struct Entry {
    /// Its row.
    pub record: Record,
    /// `ge`, `te` or `ed`; empty if nobody said so.
    pub class: String,
    /// Up to 32 characters before the words.
    pub prefix: String,
    /// Up to 32 characters behind them.
    pub suffix: String,
    /// When it was sent.
    pub at: Moment,
    /// The author, then those who put their names to it where the format says so, as far as the edition shows them.
    pub supporters: Vec<Supporter>,
    /// The files that came with it, where the format lists them.
    pub files: Vec<FileLink>,
    /// What was published as decided about it, in the order of the issues, where the format has a place for it.
    pub decided: Vec<Considered>,
    /// The same in the words of formats that have one place for all of it.
    pub answer: Answer,
    /// What the board has for it, where the file comes back.
    pub on_board: Option<OnBoard>,
    /// The norm it is about.
    pub norm: Arc<Norm>,
    /// The wording it is about.
    pub text: Arc<Text>,
}

impl Entry {
    /// The proposal that it makes; fit for what [`super::edition::has_a_place`] lets into a list of proposals.
    pub fn proposal(&self) -> Proposal {
        let record = &self.record;
        Proposal {
            reference: record.reference.clone(),
            first_word: record.first_word.unwrap_or_default(),
            last_word: record.last_word.unwrap_or_default(),
            wording: record.proposed_wording.clone(),
            supporters: self.supporters.clone(),
            at: self.at,
            rationale: record.rationale.clone(),
            is_confidential: record.confidential == "yes",
        }
    }
}

/// What belongs to a batch of comments and is read for all of them at once, as far as the format has a place for it.
#[derive(Default)]
pub struct Beside {
    cosigners: BTreeMap<CommentId, Vec<Supporter>>,
    files: Vec<Attachment>,
    cleared: BTreeSet<AttachmentId>,
    board: Option<(ConsultationId, BTreeMap<CommentId, Vec<Under>>)>,
    decided: BTreeMap<CommentId, Vec<Considered>>,
    /// When the author of a comment was written to of a decision the last time.
    told: BTreeMap<CommentId, Moment>,
}

impl Beside {
    /// Reads it for `comments`.
    pub fn read(conn: &mut AnyConnection, request: &Request, comments: &[Comment]) -> DbResult<Self> {
        let ids: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
        let mut beside = Self::default();
        if request.format.names_supporters() {
            for signature in cosigning::store::of_comments(conn, &ids)? {
                beside.cosigners.entry(signature.comment).or_default().push(cosigner(&signature));
            }
        }
        if request.format.lists_files() {
            beside.files = attachments::store::of_comments(conn, &ids)?;
            beside.cleared = redaction::store::cleared(conn, &beside.files)?;
        }
        if request.comes_back() {
            let consultation = norms::store::consultation(conn)?.map(|it| it.id);
            let consultation = consultation.ok_or_else(|| DbError::Fault("comments without a consultation".into()))?;
            let mut board: BTreeMap<CommentId, Vec<Under>> = BTreeMap::new();
            for (comment, under) in sheet::store::under(conn, &ids)? {
                board.entry(comment).or_default().push(under);
            }
            beside.board = Some((consultation, board));
        }
        if request.format.tells_answers() {
            for (comment, decided) in considered::store::of_comments(conn, &ids)? {
                beside.decided.entry(comment).or_default().push(decided);
            }
            beside.told = answers::store::told(conn, &ids)?.into_iter().collect();
        }
        Ok(beside)
    }

    fn on_board(&self, comment: &Comment) -> Option<OnBoard> {
        let (consultation, board) = self.board.as_ref()?;
        let under = board.get(&comment.id).map(Vec::as_slice).unwrap_or_default();
        let observation = told::vocabulary().map(|lists| observation(&lists.dispositions, under)).unwrap_or_default();
        let mark = Mark::of_comment(*consultation, &comment.reference, under, &observation);
        Some(OnBoard { mark, observation })
    }

    fn files(&self, edition: Edition, origin: &str, comment: &Comment) -> Vec<FileLink> {
        let link = |file: &Attachment| FileLink {
            id: file.id.to_string(),
            name: file.name.clone(),
            media_type: file.media_type.to_string(),
            size: file.size,
            sha256: file.sha256.clone(),
            url: format!("{origin}/attachments/{}", file.id),
        };
        let is_listed = |file: &&Attachment| admits_file(edition, comment, file, self.cleared.contains(&file.id));
        self.files.iter().filter(is_listed).map(link).collect()
    }
}

/// The entry of `comment` as `request` asks for it; `text` is the wording it is pinned to, `origin` begins its address.
/// What the format has no place for stays empty.
pub fn entry(
    request: &Request,
    origin: &str,
    (norm, text): (&Arc<Norm>, &Arc<Text>),
    comment: Comment,
    beside: &Beside,
) -> Entry {
    let edition = request.edition;
    let mut decided = beside.decided.get(&comment.id).cloned().unwrap_or_default();
    in_order(&norm.slug, &mut decided);
    let told = beside.told.get(&comment.id).copied();
    let (prefix, suffix) = match comment.body.anchor().filter(|_| request.format == Format::AnnotationsJsonLines) {
        Some(anchor) => (anchor.prefix.clone(), anchor.suffix.clone()),
        None => Default::default(),
    };
    let files = beside.files(edition, origin, &comment);
    let on_board = beside.on_board(&comment);
    let cosigners = beside.cosigners.get(&comment.id).cloned().unwrap_or_default();
    let (class, at) = (comment.class.map(|class| class.to_string()).unwrap_or_default(), comment.submitted_at);
    let account = (comment.author.account, comment.publication);
    let record = record(edition, origin, norm, text, comment);
    let author = request.format.names_supporters().then(|| author(&record, account));
    Entry {
        class,
        prefix,
        suffix,
        at,
        supporters: author.into_iter().chain(cosigners).collect(),
        files,
        answer: answer(edition, &norm.slug, &decided, told),
        decided,
        on_board,
        norm: Arc::clone(norm),
        text: Arc::clone(text),
        record,
    }
}

/// The author as far as the edition shows them: the organisation they speak for, else the person, else only the group.
/// Nobody shall see by a count that the name on one comment belongs to another without.
fn author(record: &Record, (account, publication): (AccountId, Publication)) -> Supporter {
    let Record { author_name, organisation, stakeholder_group, country, on_behalf_of, .. } = record;
    if !organisation.is_empty() && *on_behalf_of == OnBehalfOf::Organisation.as_str() {
        return Supporter { key: of_organisation(organisation), label: organisation.clone() };
    }
    let of = |what: &str| if what.is_empty() { String::new() } else { format!(" ({what})") };
    let label = match (author_name.as_str(), organisation.as_str()) {
        ("", "") => format!("unnamed, {}{}", told::group(stakeholder_group), of(country)),
        ("", organisation) => format!("unnamed, {organisation}"),
        (name, organisation) => format!("{name}{}", of(organisation)),
    };
    Supporter { key: of_person(account, publication), label }
}

fn cosigner(signature: &Cosignature) -> Supporter {
    let label = signature.public_name().to_owned();
    let key = match &signature.organisation {
        Some(name) => of_organisation(name),
        None => of_person(signature.account, Publication::Named),
    };
    Supporter { key, label }
}

fn of_organisation(name: &str) -> String {
    format!("organisation:{}", folded(name))
}

fn of_person(account: AccountId, publication: Publication) -> String {
    format!("account:{account} {publication}")
}
