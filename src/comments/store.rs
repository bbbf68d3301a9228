//! The SQL of comments.

use diesel::prelude::*;

use super::anchor::Anchor;
use super::arrivals::store as arrivals;
use super::body::{Acceptable, Body, Change, General, Lever, Wording};
use super::form::Answers;
use super::model::{Author, Class, Comment, Kind, Publication, State};
use crate::accounts::model::OnBehalfOf;
use crate::clock::Moment;
use crate::db::schema::{comment_revisions, comments, organisation_comments};
use crate::db::{AnyConnection, DbError, DbResult, straight};
use crate::ids::{AccountId, CommentId, NormId, OrganisationId, TextVersionId};
use crate::web::paging::{Cursor, ROWS};

/// A row of `comments`; other rooms select it together with [`RevisionRow`] and call [`comment`].
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = comments, treat_none_as_default_value = false)]
pub struct CommentRow {
    id: CommentId,
    reference: String,
    norm_id: NormId,
    text_version_id: TextVersionId,
    account_id: AccountId,
    kind: Kind,
    state: State,
    revision: i32,
    version: i64,
    publication: Publication,
    place: i32,
    author_name: String,
    organisation: Option<String>,
    stakeholder_group: String,
    country: Option<String>,
    on_behalf_of: OnBehalfOf,
    submitted_at: Moment,
    changed_at: Moment,
    published_at: Option<Moment>,
    class: Option<Class>,
    channel: Option<String>,
}

/// A row of `comment_revisions`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = comment_revisions, treat_none_as_default_value = false)]
pub struct RevisionRow {
    comment_id: CommentId,
    revision: i32,
    first_word: Option<i32>,
    last_word: Option<i32>,
    quote: String,
    prefix: String,
    suffix: String,
    change: Option<Change>,
    proposed_wording: String,
    concern: String,
    rationale: String,
    evidence: String,
    acceptable: Acceptable,
    actor: String,
    instrument: String,
    action: String,
    by_when: String,
    example: String,
    obstacles: String,
    cost: String,
    digest: String,
    created_at: Moment,
    redactions: i32,
}

impl RevisionRow {
    fn empty(comment_id: CommentId, revision: i32, digest: String, created_at: Moment) -> Self {
        let none = String::new;
        Self {
            comment_id,
            revision,
            first_word: None,
            last_word: None,
            quote: none(),
            prefix: none(),
            suffix: none(),
            change: None,
            proposed_wording: none(),
            concern: none(),
            rationale: none(),
            evidence: none(),
            acceptable: Acceptable::Unsure,
            actor: none(),
            instrument: none(),
            action: none(),
            by_when: none(),
            example: none(),
            obstacles: none(),
            cost: none(),
            digest,
            created_at,
            redactions: 0,
        }
    }

    fn of(comment_id: CommentId, revision: i32, body: &Body, digest: String, now: Moment) -> Self {
        let empty = Self::empty(comment_id, revision, digest, now);
        match body.clone() {
            Body::Wording(it) => Self {
                first_word: i32::try_from(it.anchor.first_word).ok(),
                last_word: i32::try_from(it.anchor.last_word).ok(),
                quote: it.anchor.quote,
                prefix: it.anchor.prefix,
                suffix: it.anchor.suffix,
                change: Some(it.change),
                proposed_wording: it.proposed_wording,
                concern: it.concern,
                rationale: it.rationale,
                evidence: it.evidence,
                acceptable: it.acceptable,
                ..empty
            },
            Body::Lever(it) => Self {
                actor: it.actor,
                instrument: it.instrument,
                action: it.action,
                by_when: it.by_when,
                example: it.example,
                obstacles: it.obstacles,
                cost: it.cost,
                ..empty
            },
            Body::General(it) => Self { rationale: it.rationale, evidence: it.evidence, ..empty },
        }
    }

    fn body(self, kind: Kind) -> DbResult<Body> {
        let position = |at: Option<i32>| at.and_then(|at| usize::try_from(at).ok());
        Ok(match kind {
            Kind::Wording => {
                let (Some(first_word), Some(last_word), Some(change)) =
                    (position(self.first_word), position(self.last_word), self.change)
                else {
                    return Err(DbError::Fault(format!("comment {} has no anchor", self.comment_id)));
                };
                let anchor =
                    Anchor { first_word, last_word, quote: self.quote, prefix: self.prefix, suffix: self.suffix };
                Body::Wording(Wording {
                    anchor,
                    change,
                    proposed_wording: self.proposed_wording,
                    concern: self.concern,
                    rationale: self.rationale,
                    evidence: self.evidence,
                    acceptable: self.acceptable,
                })
            }
            Kind::Lever => Body::Lever(Lever {
                actor: self.actor,
                instrument: self.instrument,
                action: self.action,
                by_when: self.by_when,
                example: self.example,
                obstacles: self.obstacles,
                cost: self.cost,
            }),
            Kind::General => Body::General(General { rationale: self.rationale, evidence: self.evidence }),
        })
    }
}

/// The comment that a row and its current revision make.
pub fn comment((row, revision): (CommentRow, RevisionRow)) -> DbResult<Comment> {
    let (digest, redactions) = (revision.digest.clone(), revision.redactions);
    Ok(Comment {
        id: row.id,
        reference: row.reference,
        norm_id: row.norm_id,
        text_version_id: row.text_version_id,
        author: Author {
            account: row.account_id,
            name: row.author_name,
            organisation: row.organisation,
            stakeholder_group: row.stakeholder_group,
            country: row.country,
            on_behalf_of: row.on_behalf_of,
        },
        kind: row.kind,
        state: row.state,
        revision: row.revision,
        version: row.version,
        publication: row.publication,
        class: row.class,
        channel: row.channel,
        submitted_at: row.submitted_at,
        changed_at: row.changed_at,
        published_at: row.published_at,
        body: revision.body(row.kind)?,
        digest,
        redactions,
    })
}

/// Comments joined with their current revision: the start of every query.
#[diesel::dsl::auto_type]
pub fn current() -> _ {
    comments::table.inner_join(
        comment_revisions::table
            .on(comment_revisions::comment_id.eq(comments::id).and(comment_revisions::revision.eq(comments::revision))),
    )
}

/// The rule of [`super::model::is_public`] as a condition: every public query has it, and none has another.
#[diesel::dsl::auto_type]
pub fn is_public() -> _ {
    let published: State = State::Published;
    let unpublished: Publication = Publication::Commission;
    comments::state.eq(published).and(comments::publication.ne(unpublished))
}

fn load_one(found: Option<(CommentRow, RevisionRow)>) -> DbResult<Option<Comment>> {
    found.map(comment).transpose()
}

/// The comment with this id.
pub fn by_id(conn: &mut AnyConnection, id: CommentId) -> DbResult<Option<Comment>> {
    let query = current().filter(comments::id.eq(id));
    load_one(query.select((CommentRow::as_select(), RevisionRow::as_select())).first(conn).optional()?)
}

/// The comment with this reference, whoever may see it.
pub fn by_reference(conn: &mut AnyConnection, reference: &str) -> DbResult<Option<Comment>> {
    let query = current().filter(comments::reference.eq(reference));
    load_one(query.select((CommentRow::as_select(), RevisionRow::as_select())).first(conn).optional()?)
}

/// Adds a comment, written in `language`, and its first revision.
pub fn insert(conn: &mut AnyConnection, comment: &Comment, language: &str) -> DbResult<()> {
    let author = comment.author.clone();
    let row = CommentRow {
        id: comment.id,
        reference: comment.reference.clone(),
        norm_id: comment.norm_id,
        text_version_id: comment.text_version_id,
        account_id: author.account,
        kind: comment.kind,
        state: comment.state,
        revision: comment.revision,
        version: comment.version,
        publication: comment.publication,
        place: comment.body.place(),
        author_name: author.name,
        organisation: author.organisation,
        stakeholder_group: author.stakeholder_group,
        country: author.country,
        on_behalf_of: author.on_behalf_of,
        submitted_at: comment.submitted_at,
        changed_at: comment.changed_at,
        published_at: comment.published_at,
        class: comment.class,
        channel: comment.channel.clone(),
    };
    let language = comments::language.eq(language);
    straight!(conn, diesel::insert_into(comments::table).values((&row, language)).execute(conn))?;
    let revision =
        RevisionRow::of(comment.id, comment.revision, &comment.body, comment.digest.clone(), comment.submitted_at);
    straight!(conn, diesel::insert_into(comment_revisions::table).values(&revision).execute(conn))?;
    arrivals::note(conn, comment.id, comment.revision)
}

/// Moves a comment to `to`, unless it changed since `expected`. `false`: it did.
pub fn set_state(conn: &mut AnyConnection, now: Moment, id: CommentId, expected: i64, to: State) -> DbResult<bool> {
    let target = comments::table.filter(comments::id.eq(id)).filter(comments::version.eq(expected));
    let published = (to == State::Published).then_some(now);
    let changed = diesel::update(target)
        .set((
            comments::state.eq(to),
            comments::version.eq(comments::version + 1),
            comments::changed_at.eq(now),
            comments::published_at.eq(published),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Adds a revision and puts the comment back in the queue, unless it changed since `expected`. `false`: it did.
pub fn revise(
    conn: &mut AnyConnection,
    now: Moment,
    comment: &Comment,
    expected: i64,
    answers: &Answers,
) -> DbResult<bool> {
    let body = &answers.body;
    let revision = comment.revision + 1;
    let target = comments::table.filter(comments::id.eq(comment.id)).filter(comments::version.eq(expected));
    let changed = diesel::update(target)
        .set((
            comments::state.eq(State::Pending),
            comments::revision.eq(revision),
            comments::version.eq(comments::version + 1),
            comments::place.eq(body.place()),
            comments::language.eq(answers.language),
            comments::publication.eq(answers.publication),
            comments::changed_at.eq(now),
        ))
        .execute(conn)?;
    if changed == 1 {
        let row = RevisionRow::of(comment.id, revision, body, body.digest(), now);
        diesel::insert_into(comment_revisions::table).values(&row).execute(conn)?;
        arrivals::note(conn, comment.id, revision)?;
    }
    Ok(changed == 1)
}

/// An author's comments, in one state or all, newest first; one row more than a page as the sign that more follow.
pub fn of_account(
    conn: &mut AnyConnection,
    account: AccountId,
    state: Option<State>,
    after: Option<Cursor<CommentId>>,
) -> DbResult<Vec<Comment>> {
    let mut query = current().filter(comments::account_id.eq(account)).into_boxed();
    if let Some(state) = state {
        query = query.filter(comments::state.eq(state));
    }
    if let Some(Cursor { at, id }) = after {
        // The first condition alone gives the index its start.
        query = query.filter(comments::submitted_at.le(at));
        query = query.filter(comments::submitted_at.lt(at).or(comments::submitted_at.eq(at).and(comments::id.lt(id))));
    }
    let rows: Vec<(CommentRow, RevisionRow)> = query
        .order((comments::submitted_at.desc(), comments::id.desc()))
        .limit(i64::try_from(ROWS + 1).unwrap_or(i64::MAX))
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// Every comment of an author that was not taken back, oldest first; at most `most`.
pub fn kept_of_account(conn: &mut AnyConnection, account: AccountId, most: i64) -> DbResult<Vec<Comment>> {
    let withdrawn: State = State::Withdrawn;
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(comments::account_id.eq(account).and(comments::state.ne(withdrawn)))
        .order((comments::submitted_at, comments::id))
        .limit(most)
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// What an author said before and did not take back: text, digest of the words, reference.
pub fn said_by(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<(NormId, String, String)>> {
    let withdrawn: State = State::Withdrawn;
    Ok(current()
        .filter(comments::account_id.eq(account).and(comments::state.ne(withdrawn)))
        .order((comments::submitted_at, comments::id))
        .select((comments::norm_id, comment_revisions::digest, comments::reference))
        .load(conn)?)
}

/// The organisation that a comment speaks for, if a member of it sent it in its name.
pub fn organisation_of(conn: &mut AnyConnection, comment: CommentId) -> DbResult<Option<OrganisationId>> {
    let row = organisation_comments::table.find(comment).select(organisation_comments::organisation_id);
    Ok(row.first(conn).optional()?)
}

/// What the author chose last time, to be offered again.
pub fn last_publication(conn: &mut AnyConnection, account: AccountId) -> DbResult<Option<Publication>> {
    Ok(comments::table
        .filter(comments::account_id.eq(account))
        .order((comments::submitted_at.desc(), comments::id.desc()))
        .select(comments::publication)
        .first(conn)
        .optional()?)
}
