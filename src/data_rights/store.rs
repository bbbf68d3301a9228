//! The SQL of deleting an account.

use diesel::prelude::*;

use crate::accounts::model::{Account, OnBehalfOf};
use crate::clock::Moment;
use crate::comments::attachments::model::Attachment;
use crate::comments::model::{Comment, Publication, State};
use crate::comments::store::{CommentRow, RevisionRow, comment, current};
use crate::db::schema::{
    accounts, attachments, claims, comments, cosignatures, desk_settings, drafts, half_sessions, memberships, passkeys,
    recovery_codes, saved_filters, second_factors, sessions, submissions, tokens,
};
use crate::db::{AnyConnection, DbResult};
use crate::files::MediaType;
use crate::ids::{AccountId, CommentId, DraftId, SubmissionId};
use crate::web::Role;

/// Takes everything personal off the account, which stays as a number. `false`: it changed meanwhile.
pub fn empty(conn: &mut AnyConnection, now: Moment, account: &Account) -> DbResult<bool> {
    let nothing: Option<String> = None;
    let target = accounts::table.filter(accounts::id.eq(account.id)).filter(accounts::version.eq(account.version));
    let emptied = diesel::update(target.filter(accounts::deleted_at.is_null()))
        .set((
            accounts::email.eq(format!("deleted:{}", account.id)),
            accounts::name.eq(""),
            accounts::stakeholder_group.eq("other"),
            accounts::organisation.eq(&nothing),
            accounts::country.eq(&nothing),
            accounts::on_behalf_of.eq(OnBehalfOf::Myself),
            accounts::password_hash.eq("deleted"),
            accounts::role.eq(Role::Stakeholder),
            accounts::version.eq(accounts::version + 1),
            accounts::deleted_at.eq(Some(now)),
        ))
        .execute(conn)?;
    Ok(emptied == 1)
}

/// Every comment of a person, in an order that is always the same.
pub fn comments_of(conn: &mut AnyConnection, account: AccountId) -> DbResult<Vec<Comment>> {
    let rows: Vec<(CommentRow, RevisionRow)> = current()
        .filter(comments::account_id.eq(account))
        .order(comments::id)
        .select((CommentRow::as_select(), RevisionRow::as_select()))
        .load(conn)?;
    rows.into_iter().map(comment).collect()
}

/// How many comments of a person are accepted: public, or for the Commission alone.
pub fn accepted(conn: &mut AnyConnection, account: AccountId) -> DbResult<i64> {
    let all = comments::table.filter(comments::account_id.eq(account)).filter(comments::state.eq(State::Published));
    Ok(all.count().get_result(conn)?)
}

/// Takes the author's name off a comment; one they wrote for themselves loses their organisation too. With `withdraw`
/// it is taken back as well. `false`: it changed meanwhile.
pub fn let_go(conn: &mut AnyConnection, now: Moment, it: &Comment, withdraw: bool) -> DbResult<bool> {
    let for_all = it.author.on_behalf_of == OnBehalfOf::Organisation;
    let organisation = it.author.organisation.clone().filter(|_| for_all);
    let publication = if it.publication == Publication::Named { Publication::Organisation } else { it.publication };
    let (state, changed_at, published_at) = match it.state {
        _ if withdraw => (State::Withdrawn, now, None),
        // Readers of feeds learn that the name is gone.
        State::Published => (it.state, now, it.published_at),
        _ => (it.state, it.changed_at, it.published_at),
    };
    let target = comments::table.filter(comments::id.eq(it.id)).filter(comments::version.eq(it.version));
    let changed = diesel::update(target)
        .set((
            comments::author_name.eq(""),
            comments::organisation.eq(organisation),
            comments::publication.eq(publication),
            comments::state.eq(state),
            comments::changed_at.eq(changed_at),
            comments::published_at.eq(published_at),
            comments::version.eq(comments::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Deletes sessions, the second factor, passkeys, links, memberships, what the desk keeps for the person, their own co-signatures and drafts, and the
/// names of their files. A draft that a colleague changed last goes to that colleague; what an organisation signed stays
/// signed, without their name.
pub fn sweep(conn: &mut AnyConnection, account: AccountId) -> DbResult<()> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(conn)?;
    diesel::delete(half_sessions::table.filter(half_sessions::account_id.eq(account))).execute(conn)?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account))).execute(conn)?;
    diesel::delete(second_factors::table.filter(second_factors::account_id.eq(account))).execute(conn)?;
    diesel::delete(passkeys::table.filter(passkeys::account_id.eq(account))).execute(conn)?;
    diesel::delete(tokens::table.filter(tokens::account_id.eq(account))).execute(conn)?;
    diesel::delete(memberships::table.filter(memberships::account_id.eq(account))).execute(conn)?;
    diesel::delete(claims::table.filter(claims::account_id.eq(account))).execute(conn)?;
    diesel::delete(saved_filters::table.filter(saved_filters::account_id.eq(account))).execute(conn)?;
    diesel::delete(desk_settings::table.filter(desk_settings::account_id.eq(account))).execute(conn)?;
    let signed = || cosignatures::table.filter(cosignatures::account_id.eq(account));
    diesel::delete(signed().filter(cosignatures::organisation_id.is_null())).execute(conn)?;
    diesel::update(signed()).set(cosignatures::name.eq("")).execute(conn)?;
    let own = || drafts::table.filter(drafts::account_id.eq(account));
    let shared = own().filter(drafts::organisation_id.is_not_null()).filter(drafts::edited_by.ne(account));
    diesel::update(shared).set(drafts::account_id.eq(drafts::edited_by)).execute(conn)?;
    diesel::delete(own()).execute(conn)?;
    for kind in MediaType::ALL {
        let files =
            attachments::table.filter(attachments::account_id.eq(account).and(attachments::media_type.eq(*kind)));
        diesel::update(files).set(attachments::name.eq(format!("file.{}", kind.ending()))).execute(conn)?;
    }
    Ok(())
}

/// Whether an attachment belongs to something that was sent, or to a draft that stays.
pub fn is_held(conn: &mut AnyConnection, it: &Attachment) -> DbResult<bool> {
    let holder = it.holder.as_slice();
    let (Some(comment), Some(submission), Some(draft)) =
        (CommentId::from_bytes(holder), SubmissionId::from_bytes(holder), DraftId::from_bytes(holder))
    else {
        return Ok(false);
    };
    let held = diesel::dsl::exists(comments::table.find(comment))
        .or(diesel::dsl::exists(submissions::table.find(submission)))
        .or(diesel::dsl::exists(drafts::table.find(draft)));
    Ok(diesel::select(held).get_result(conn)?)
}
