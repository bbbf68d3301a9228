//! The SQL of what is held about one person, as JSON.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::accounts::model::{OnBehalfOf, Purpose};
use crate::accounts::organisations::model::{Grounds, Standing};
use crate::accounts::passkeys::model::Passkey;
use crate::accounts::{factor, passkeys};
use crate::clock::{Moment, rfc3339};
use crate::comments::drafts::model::Purpose as DraftPurpose;
use crate::comments::model::Publication;
use crate::comments::submissions::model::Form;
use crate::db::schema::{
    accounts, comments, cosignatures, drafts, memberships, name_reports, organisations, outbox, sessions,
    submission_parts, submissions, tokens,
};
use crate::db::{AnyConnection, DbResult};
use crate::ids::{AccountId, SubmissionId};
use crate::mail::model::MailState;
use crate::web::Role;

type Names = (String, String, String, Option<String>, Option<String>);
type Rest = (OnBehalfOf, String, Role, Option<Moment>, Moment);

/// What the account says, but for the hash of its password.
pub(super) fn account(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let (names, rest): (Names, Rest) = accounts::table
        .find(id)
        .select((
            (accounts::email, accounts::name, accounts::stakeholder_group, accounts::organisation, accounts::country),
            (accounts::on_behalf_of, accounts::language, accounts::role, accounts::confirmed_at, accounts::created_at),
        ))
        .first(conn)?;
    let (email, name, stakeholder_group, organisation, country) = names;
    let (on_behalf_of, language, role, confirmed_at, created_at) = rest;
    Ok(json!({
        "id": id.to_string(),
        "email": email,
        "name": name,
        "stakeholder_group": stakeholder_group,
        "organisation": organisation,
        "country": country,
        "on_behalf_of": on_behalf_of,
        "language": language,
        "role": role,
        "confirmed_at": confirmed_at.map(rfc3339),
        "created_at": rfc3339(created_at),
    }))
}

/// When the person signed in and was last seen.
pub(super) fn sessions(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let rows: Vec<(Moment, Moment, String)> = sessions::table
        .filter(sessions::account_id.eq(id))
        .order(sessions::created_at)
        .select((sessions::created_at, sessions::seen_at, sessions::device))
        .load(conn)?;
    let row = |(created, seen, device): (_, _, String)| json!({ "signed_in_at": rfc3339(created), "last_seen_at": rfc3339(seen), "browser_and_system": device });
    Ok(rows.into_iter().map(row).collect())
}

/// Since when the person has a second factor, if they have one, and how many recovery codes are left.
pub(super) fn second_factor(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let factor = factor::store::of(conn, id)?;
    Ok(factor.map_or(Value::Null, |it| json!({ "set_at": rfc3339(it.set_at), "recovery_codes_left": it.left })))
}

/// The person's passkeys: what they call each, since when, and when it was last used.
pub(super) fn passkeys(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let row = |it: Passkey| {
        json!({
            "name": it.name,
            "added_at": rfc3339(it.added_at),
            "last_used_at": it.used_at.map(rfc3339),
            "is_synced": it.is_synced,
            "uses_counted": it.counter,
            "credential_id": hex::encode(it.credential),
            "public_key": hex::encode(it.public_key),
        })
    };
    Ok(passkeys::store::of(conn, id)?.into_iter().map(row).collect())
}

/// The links that were mailed: what for and when.
pub(super) fn links(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let rows: Vec<(Purpose, Moment, Moment, Option<Moment>)> = tokens::table
        .filter(tokens::account_id.eq(id))
        .order(tokens::created_at)
        .select((tokens::purpose, tokens::created_at, tokens::expires_at, tokens::spent_at))
        .load(conn)?;
    let row = |(purpose, made, ends, used): (Purpose, Moment, Moment, Option<Moment>)| {
        json!({
            "purpose": purpose,
            "made_at": rfc3339(made),
            "ends_at": rfc3339(ends),
            "used_or_ended_at": used.map(rfc3339),
        })
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Which organisations the person belongs or belonged to.
pub(super) fn memberships(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let rows: Vec<(String, Standing, Grounds, Moment, Option<Moment>)> = memberships::table
        .inner_join(organisations::table)
        .filter(memberships::account_id.eq(id))
        .order(memberships::asked_at)
        .select((
            organisations::name,
            memberships::state,
            memberships::grounds,
            memberships::asked_at,
            memberships::decided_at,
        ))
        .load(conn)?;
    let row =
        |(organisation, standing, grounds, asked, decided): (String, Standing, Grounds, Moment, Option<Moment>)| {
            json!({
                "organisation": organisation,
                "standing": standing,
                "grounds": grounds,
                "asked_at": rfc3339(asked),
                "decided_at": decided.map(rfc3339),
            })
        };
    Ok(rows.into_iter().map(row).collect())
}

/// Which comments of others the person co-signed.
pub(super) fn cosignatures(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let rows: Vec<(String, String, Option<String>, Moment)> = cosignatures::table
        .inner_join(comments::table)
        .filter(cosignatures::account_id.eq(id))
        .order(cosignatures::signed_at)
        .select((comments::reference, cosignatures::name, cosignatures::organisation, cosignatures::signed_at))
        .load(conn)?;
    let row = |(reference, name, organisation, at): (String, String, Option<String>, Moment)| json!({ "reference": reference, "name": name, "organisation": organisation, "signed_at": rfc3339(at) });
    Ok(rows.into_iter().map(row).collect())
}

/// What was reported from the person's address about the use of their name.
pub(super) fn name_reports(conn: &mut AnyConnection, email: &str) -> DbResult<Value> {
    let rows: Vec<(String, String, String, Moment)> = name_reports::table
        .filter(name_reports::email.eq(email))
        .order(name_reports::made_at)
        .select((name_reports::reference, name_reports::name, name_reports::text, name_reports::made_at))
        .load(conn)?;
    let row = |(references, name, text, at): (String, String, String, Moment)| {
        let references: Vec<&str> = references.lines().collect();
        json!({ "references": references, "name": name, "text": text, "made_at": rfc3339(at) })
    };
    Ok(rows.into_iter().map(row).collect())
}

type Sent = (SubmissionId, String, Form, String, String, String, Publication, Moment);

/// What was sent as a whole, with the references of its comments.
pub(super) fn submissions(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let rows: Vec<Sent> = submissions::table
        .filter(submissions::account_id.eq(id))
        .order((submissions::submitted_at, submissions::id))
        .select((
            submissions::id,
            submissions::reference,
            submissions::kind,
            submissions::title,
            submissions::text,
            submissions::digest,
            submissions::publication,
            submissions::submitted_at,
        ))
        .load(conn)?;
    let mut all = Vec::new();
    for (id, reference, form, title, text, sha256, publication, at) in rows {
        let parts: Vec<String> = submission_parts::table
            .inner_join(comments::table)
            .filter(submission_parts::submission_id.eq(id))
            .order(submission_parts::part)
            .select(comments::reference)
            .load(conn)?;
        all.push(json!({
            "reference": reference,
            "came_as": form,
            "title": title,
            "text": text,
            "sha256": sha256,
            "publication": publication,
            "submitted_at": rfc3339(at),
            "comments": parts,
        }));
    }
    Ok(Value::Array(all))
}

/// What was begun and not sent.
pub(super) fn drafts(conn: &mut AnyConnection, id: AccountId) -> DbResult<Value> {
    let rows: Vec<(DraftPurpose, String, String, Moment, Moment)> = drafts::table
        .filter(drafts::account_id.eq(id))
        .order((drafts::created_at, drafts::id))
        .select((drafts::purpose, drafts::title, drafts::content, drafts::created_at, drafts::edited_at))
        .load(conn)?;
    let row = |(purpose, title, content, created, edited): (DraftPurpose, String, String, Moment, Moment)| {
        let content: Value = serde_json::from_str(&content).unwrap_or(Value::String(content));
        json!({
            "purpose": purpose,
            "title": title,
            "content": content,
            "begun_at": rfc3339(created),
            "changed_at": rfc3339(edited),
        })
    };
    Ok(rows.into_iter().map(row).collect())
}

/// The letters to the person's address: about what and when.
pub(super) fn letters(conn: &mut AnyConnection, email: &str) -> DbResult<Value> {
    let rows: Vec<(String, MailState, Moment, Option<Moment>)> = outbox::table
        .filter(outbox::recipient.eq(email))
        .order((outbox::created_at, outbox::id))
        .select((outbox::subject, outbox::state, outbox::created_at, outbox::sent_at))
        .load(conn)?;
    let row = |(subject, state, written, sent): (String, MailState, Moment, Option<Moment>)| json!({ "subject": subject, "state": state, "written_at": rfc3339(written), "sent_at": sent.map(rfc3339) });
    Ok(rows.into_iter().map(row).collect())
}
