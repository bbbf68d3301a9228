//! What the portal holds of people, where, and for how long: one table. The privacy page is made from it, the keeper throws
//! away by the same figures, and a test holds it against the schema of the database.

use chrono::TimeDelta;

use crate::accounts::model::LINKS_KEPT;
use crate::comments::drafts::model as drafts;
use crate::mail::model::ADDRESSES_KEPT;
use crate::senders::model as senders;

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Until its person deletes the account.
    WithAccount,
    /// With the record of the consultation.
    WithRecord,
    /// For good: it names nobody.
    Always,
    /// As long as the settings let a session last.
    Session,
    /// For so long.
    After(TimeDelta),
    /// A letter's address and subject, for so long after it left.
    Letter(TimeDelta),
    /// As long as the settings keep exports.
    Exports,
    /// Not in the database at all.
    Nowhere,
}

/// How something is protected: what each level asks is in `docs/security/data.md` (ASVS 14.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The desk's own work.
    Internal,
    /// Says something of somebody, or is not public yet.
    Personal,
    /// Opens something.
    Secret,
}

impl Level {
    /// The level's name in the list.
    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Personal => "personal",
            Self::Secret => "secret",
        }
    }
}

/// One kind of thing that is held of people.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The message that names it.
    pub name: &'static str,
    /// The message that says what it is and why.
    pub text: &'static str,
    /// How well it is kept from whom.
    pub level: Level,
    /// How long.
    pub kept: Kept,
    /// Tables, with their columns that say something of a person.
    pub columns: &'static [(&'static str, &'static [&'static str])],
}

macro_rules! held {
    ($($name:literal, $text:literal, $level:expr, $kept:expr, { $($table:ident: $($column:ident)*;)* })*) => {
        /// Everything that is held of people, in the order of the privacy page.
        pub const HELD: &[Held] = &[$(Held {
            name: $name,
            text: $text,
            level: $level,
            kept: $kept,
            columns: &[$((stringify!($table), &[$(stringify!($column)),*])),*],
        }),*];
    };
}

held! {
    "public-privacy-account-name", "public-privacy-account", Level::Personal, Kept::WithAccount, {
        accounts: email name stakeholder_group organisation country on_behalf_of language password_hash role digest;
        desk_settings: account_id shortcuts;
        saved_filters: account_id name query;
    }
    "public-privacy-session-name", "public-privacy-session", Level::Secret, Kept::Session, {
        sessions: hash account_id seen_at device;
        half_sessions: hash account_id;
        passkey_challenges: hash browser;
    }
    "factor-title", "privacy-factor", Level::Secret, Kept::WithAccount, {
        second_factors: account_id secret;
        recovery_codes: hash account_id;
    }
    "passkeys-title", "privacy-passkeys", Level::Personal, Kept::WithAccount, {
        passkeys: account_id credential_id public_key counter is_synced name added_at used_at;
    }
    "public-privacy-links-name", "public-privacy-links", Level::Secret, Kept::After(LINKS_KEPT), {
        tokens: hash account_id detail;
    }
    "public-privacy-comments-name", "public-privacy-comments", Level::Personal, Kept::WithRecord, {
        comments: account_id author_name organisation stakeholder_group country on_behalf_of language;
        comment_revisions: quote prefix suffix proposed_wording concern rationale evidence acceptable actor instrument
            action by_when example obstacles cost digest;
        appeals: text;
        withdrawals: reason;
        comment_flags: detail;
        published: stakeholder_group country language voice;
        position_voices: voice;
        span_voices: voice;
    }
    "public-privacy-submissions-name", "public-privacy-submissions", Level::Personal, Kept::WithRecord, {
        submissions: account_id title text digest;
    }
    "public-privacy-drafts-name", "public-privacy-drafts", Level::Personal, Kept::After(drafts::KEPT), {
        drafts: account_id organisation_id title content edited_by opened_by;
    }
    "public-privacy-files-name", "public-privacy-files", Level::Personal, Kept::WithRecord, {
        attachments: account_id name sha256;
    }
    "public-privacy-organisations-name", "public-privacy-organisations", Level::Personal, Kept::WithRecord, {
        organisations: name folded_name domain stakeholder_group country founded_by;
        memberships: account_id grounds decided_by;
        organisation_comments: organisation_id;
        cosignatures: account_id organisation_id name organisation stakeholder_group country;
    }
    "public-privacy-decisions-name", "public-privacy-decisions", Level::Internal, Kept::WithRecord, {
        decisions: statement note decided_by undone_by undone_words;
        claims: account_id;
        batches: made_by;
        statements: subject body;
        staff_grounds: subject text written_by;
        announcements: written_by;
    }
    "privacy-deliberation-name", "privacy-deliberation", Level::Internal, Kept::WithRecord, {
        issues: quote statement options recommendation reasons wording created_by changed_by proposed_by validated_by;
        issue_comments: response answered_by voice said put_by;
        issue_decisions: statement reasons wording proposed_by validated_by published_by;
        answers: response voice said;
        satisfactions: remark;
        codes: changed_by;
        codings: put_by;
        returned_tables: name content uploaded_by;
        reports: overview summary changed_by;
    }
    "privacy-redactions-name", "privacy-redactions", Level::Personal, Kept::WithRecord, {
        originals: body author_name organisation;
        redactions: statement note decided_by;
        redaction_appeals: text statement decided_by;
    }
    "public-privacy-reports-name", "public-privacy-reports", Level::Personal, Kept::WithRecord, {
        name_reports: name email text handled_by note answer reply;
        report_cases: answered_by answer reply note;
        comment_reports: complaint text email language sender;
    }
    "public-privacy-received-name", "public-privacy-received", Level::Internal, Kept::WithRecord, {
        received_comments: event entered_by;
    }
    "public-privacy-senders-name", "public-privacy-senders", Level::Personal, Kept::After(senders::KEPT), {
        sender_keys: secret;
        sender_marks: mark account_id;
    }
    "public-privacy-mail-name", "public-privacy-mail", Level::Secret, Kept::Letter(ADDRESSES_KEPT), {
        outbox: recipient subject body last_error;
    }
    "public-privacy-exports-name", "public-privacy-exports", Level::Personal, Kept::Exports, {
        jobs: payload requested_by result;
    }
    "public-privacy-audit-name", "public-privacy-audit", Level::Internal, Kept::Always, {
        audit_log: actor;
    }
    "public-privacy-log-name", "public-privacy-log", Level::Internal, Kept::Nowhere, {}
}
