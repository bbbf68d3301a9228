//! The tables, as the migrations of both databases make them.

mod board;
mod campaigns;
mod desk;
mod life;
mod oversight;
mod people;
mod received;
mod record;
mod services;

pub use board::*;
pub use campaigns::*;
pub use desk::*;
pub use life::*;
pub use oversight::*;
pub use people::*;
pub use received::*;
pub use record::*;
pub use services::*;

diesel::table! {
    consultations (id) {
        id -> Binary,
        code -> Text,
        title -> Text,
        commission -> Text,
        summary -> Text,
        summary_source -> Text,
        timeline -> Text,
        opens_at -> Timestamp,
        closes_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    norms (id) {
        id -> Binary,
        consultation_id -> Binary,
        slug -> Text,
        number -> Integer,
        kind -> Text,
        title -> Text,
        context -> Text,
        context_source -> Text,
        published_wording -> BigInt,
        published_lever -> BigInt,
        published_general -> BigInt,
    }
}

diesel::table! {
    text_versions (id) {
        id -> Binary,
        norm_id -> Binary,
        label -> Text,
        dated -> Text,
        source -> Text,
        body -> Text,
        clauses -> Text,
        is_current -> Bool,
        created_at -> Timestamp,
        is_final -> Bool,
    }
}

diesel::table! {
    comments (id) {
        id -> Binary,
        reference -> Text,
        norm_id -> Binary,
        text_version_id -> Binary,
        account_id -> Binary,
        kind -> Text,
        state -> Text,
        revision -> Integer,
        version -> BigInt,
        publication -> Text,
        place -> Integer,
        author_name -> Text,
        organisation -> Nullable<Text>,
        stakeholder_group -> Text,
        country -> Nullable<Text>,
        on_behalf_of -> Text,
        submitted_at -> Timestamp,
        changed_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        class -> Nullable<Text>,
        language -> Text,
        priority -> Integer,
        channel -> Nullable<Text>,
        is_redacted -> Bool,
        issues -> Integer,
    }
}

diesel::table! {
    comment_revisions (comment_id, revision) {
        comment_id -> Binary,
        revision -> Integer,
        first_word -> Nullable<Integer>,
        last_word -> Nullable<Integer>,
        quote -> Text,
        prefix -> Text,
        suffix -> Text,
        change -> Nullable<Text>,
        proposed_wording -> Text,
        concern -> Text,
        rationale -> Text,
        evidence -> Text,
        acceptable -> Text,
        actor -> Text,
        instrument -> Text,
        action -> Text,
        by_when -> Text,
        example -> Text,
        obstacles -> Text,
        cost -> Text,
        digest -> Text,
        created_at -> Timestamp,
        redactions -> Integer,
    }
}

diesel::table! {
    organisations (id) {
        id -> Binary,
        name -> Text,
        folded_name -> Text,
        domain -> Nullable<Text>,
        stakeholder_group -> Text,
        country -> Nullable<Text>,
        founded_by -> Binary,
        confirmed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    memberships (organisation_id, account_id) {
        organisation_id -> Binary,
        account_id -> Binary,
        state -> Text,
        grounds -> Text,
        asked_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Binary>,
    }
}

diesel::table! {
    organisation_comments (comment_id) {
        comment_id -> Binary,
        organisation_id -> Binary,
        submitted_at -> Timestamp,
    }
}

diesel::table! {
    cosignatures (comment_id, account_id) {
        comment_id -> Binary,
        account_id -> Binary,
        organisation_id -> Nullable<Binary>,
        name -> Text,
        organisation -> Nullable<Text>,
        stakeholder_group -> Text,
        country -> Nullable<Text>,
        signed_at -> Timestamp,
    }
}

diesel::table! {
    submissions (id) {
        id -> Binary,
        reference -> Text,
        account_id -> Binary,
        kind -> Text,
        title -> Text,
        text -> Text,
        digest -> Text,
        parts -> Integer,
        publication -> Text,
        submitted_at -> Timestamp,
    }
}

diesel::table! {
    submission_parts (comment_id) {
        comment_id -> Binary,
        submission_id -> Binary,
        part -> Integer,
    }
}

diesel::table! {
    drafts (id) {
        id -> Binary,
        account_id -> Binary,
        organisation_id -> Nullable<Binary>,
        purpose -> Text,
        norm_id -> Nullable<Binary>,
        text_version_id -> Nullable<Binary>,
        kind -> Nullable<Text>,
        reference -> Nullable<Text>,
        title -> Text,
        content -> Text,
        version -> BigInt,
        edited_by -> Binary,
        edited_at -> Timestamp,
        opened_by -> Nullable<Binary>,
        opened_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    attachments (id) {
        id -> Binary,
        holder -> Binary,
        account_id -> Binary,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    unscanned_files (attachment_id) {
        attachment_id -> Binary,
        tried_at -> Timestamp,
    }
}

diesel::joinable!(norms -> consultations (consultation_id));
diesel::joinable!(text_versions -> norms (norm_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(second_factors -> accounts (account_id));
diesel::joinable!(passkeys -> accounts (account_id));
diesel::joinable!(comments -> norms (norm_id));
diesel::joinable!(comments -> text_versions (text_version_id));
diesel::joinable!(comments -> accounts (account_id));
diesel::joinable!(comment_revisions -> comments (comment_id));
diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(memberships -> accounts (account_id));
diesel::joinable!(organisation_comments -> comments (comment_id));
diesel::joinable!(organisation_comments -> organisations (organisation_id));
diesel::joinable!(cosignatures -> comments (comment_id));
diesel::joinable!(submission_parts -> comments (comment_id));
diesel::joinable!(submission_parts -> submissions (submission_id));

diesel::allow_tables_to_appear_in_same_query!(
    consultations,
    norms,
    text_versions,
    accounts,
    sessions,
    half_sessions,
    second_factors,
    recovery_codes,
    passkeys,
    passkey_challenges,
    tokens,
    comments,
    comment_revisions,
    decisions,
    claims,
    saved_filters,
    batches,
    batch_items,
    desk_settings,
    organisations,
    memberships,
    organisation_comments,
    cosignatures,
    submissions,
    submission_parts,
    drafts,
    attachments,
    unscanned_files,
    appeals,
    withdrawals,
    originals,
    redactions,
    redaction_spans,
    redaction_appeals,
    cleared_files,
    statements,
    name_reports,
    audit_log,
    audit_head,
    outbox,
    jobs,
    epochs,
    positions,
    position_voices,
    position_facets,
    published,
    spans,
    span_voices,
    tallies,
    announcements,
    staff_grounds,
    day_figures,
    days_counted,
    alerts,
    clusters,
    cluster_members,
    cluster_texts,
    issues,
    issue_comments,
    issue_decisions,
    answers,
    satisfactions,
    issue_tallies,
    codes,
    codings,
    returned_tables,
    reports,
    backups,
    gate,
    gate_passes,
);
