//! Comments as rows of the board's tables: what each wants in a line, who speaks, what it carries.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::comments::body::Body;
use crate::comments::model::{Comment, Publication, State};
use crate::db::{AnyConnection, DbResult};
use crate::deliberation::coding::store as coding;
use crate::ids::{CommentId, TextVersionId};
use crate::moderation::gist::{Gist, gist};
use crate::norms::model::{Norm, TextVersion};
use crate::norms::store as norms;
use crate::norms::vocabulary::Vocabulary;
use crate::web::Ctx;

/// What rows are made of besides the comments.
#[derive(Default)]
pub struct Beside {
    norms: Vec<Norm>,
    texts: BTreeMap<TextVersionId, TextVersion>,
    codes: Vec<(CommentId, String, String)>,
}

impl Beside {
    /// Reads what belongs to these comments.
    pub fn read(conn: &mut AnyConnection, comments: &[Comment]) -> DbResult<Self> {
        let mut texts = BTreeMap::new();
        for comment in comments {
            if let Entry::Vacant(place) = texts.entry(comment.text_version_id) {
                place.insert(norms::version(conn, comment.text_version_id)?);
            }
        }
        let ids: Vec<CommentId> = comments.iter().map(|comment| comment.id).collect();
        Ok(Self { norms: norms::norms(conn)?, texts, codes: coding::of_comments(conn, &ids)? })
    }
}

/// A comment in a line.
pub struct Row {
    /// Which; the value of its box.
    pub id: CommentId,
    /// What people call it.
    pub reference: String,
    /// The text it is about.
    pub norm: String,
    /// The clauses its words lie in; empty for a comment on no words.
    pub place: String,
    /// What it wants.
    pub gist: Gist,
    /// Who should act by what; empty for any other kind.
    pub lever: String,
    /// The organisation or the person who speaks.
    pub by: String,
    /// Their stakeholder group.
    pub group: String,
    /// Whether it is for the Commission alone.
    pub is_confidential: bool,
    /// Whether it is accepted no more: it stays in the list and counts nowhere.
    pub is_gone: bool,
    /// The codes on it.
    pub codes: Vec<String>,
    /// What it gets that the others do not; mostly empty.
    pub own: String,
    /// Whether it is under the issue already.
    pub is_here: bool,
}

/// A row for each comment.
pub fn rows(ctx: &Ctx, vocabulary: &Vocabulary, comments: &[Comment], beside: &Beside) -> Vec<Row> {
    comments.iter().map(|comment| row(ctx, vocabulary, comment, beside)).collect()
}

fn row(ctx: &Ctx, vocabulary: &Vocabulary, comment: &Comment, beside: &Beside) -> Row {
    let norm = beside.norms.iter().find(|norm| norm.id == comment.norm_id);
    let place = match (norm, beside.texts.get(&comment.text_version_id), comment.body.anchor()) {
        (Some(norm), Some(text), Some(anchor)) => text.cite(norm.number, anchor.first_word, anchor.last_word),
        _ => String::new(),
    };
    let author = &comment.author;
    Row {
        id: comment.id,
        reference: comment.reference.clone(),
        norm: norm.map(|norm| norm.title.clone()).unwrap_or_default(),
        place,
        gist: gist(&comment.body),
        lever: match &comment.body {
            Body::Lever(it) => lever(ctx, vocabulary, &it.actor, &it.instrument),
            Body::Wording(_) | Body::General(_) => String::new(),
        },
        by: author.organisation.clone().unwrap_or_else(|| author.name.clone()),
        group: vocabulary.groups.label_or_code(&author.stakeholder_group).to_owned(),
        is_confidential: comment.publication == Publication::Commission,
        is_gone: comment.state != State::Published,
        codes: beside.codes.iter().filter(|(id, ..)| *id == comment.id).map(|(_, _, label)| label.clone()).collect(),
        own: String::new(),
        is_here: false,
    }
}

/// Who should act by what.
pub fn lever(ctx: &Ctx, vocabulary: &Vocabulary, actor: &str, instrument: &str) -> String {
    let actor = vocabulary.actors.label_or_code(actor);
    if instrument.is_empty() {
        return actor.to_owned();
    }
    let instrument = vocabulary.instruments.label_or_code(instrument);
    ctx.t2("moderation-lever", "actor", actor, "instrument", instrument)
}
