//! The tables that tell what became of a comment: taken back, appealed, words taken out, what its author was told.

use super::{accounts, comments};

diesel::table! {
    appeals (comment_id) {
        comment_id -> Binary,
        text -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    withdrawals (comment_id) {
        comment_id -> Binary,
        reason -> Text,
        withdrawn_at -> Timestamp,
    }
}

diesel::table! {
    originals (comment_id, revision) {
        comment_id -> Binary,
        revision -> Integer,
        body -> Text,
        author_name -> Text,
        organisation -> Nullable<Text>,
        kept_at -> Timestamp,
    }
}

diesel::table! {
    redactions (id) {
        id -> Binary,
        comment_id -> Binary,
        revision -> Integer,
        statement -> Text,
        note -> Text,
        decided_by -> Binary,
        decided_at -> Timestamp,
        appeal_until -> Timestamp,
    }
}

diesel::table! {
    redaction_spans (redaction_id, ordinal) {
        redaction_id -> Binary,
        ordinal -> Integer,
        field -> Text,
        begins_at -> Integer,
        ends_at -> Integer,
        code -> Text,
        mark -> Text,
        reason -> Text,
        lifted -> Bool,
    }
}

diesel::table! {
    redaction_appeals (redaction_id) {
        redaction_id -> Binary,
        text -> Text,
        made_at -> Timestamp,
        outcome -> Nullable<Text>,
        statement -> Text,
        decided_by -> Nullable<Binary>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    cleared_files (attachment_id) {
        attachment_id -> Binary,
        redaction_id -> Binary,
    }
}

diesel::table! {
    statements (once_key) {
        once_key -> Text,
        comment_id -> Binary,
        subject -> Text,
        body -> Text,
        appeal_until -> Nullable<Timestamp>,
        written_at -> Timestamp,
    }
}

diesel::joinable!(redactions -> accounts (decided_by));
diesel::joinable!(redactions -> comments (comment_id));
diesel::joinable!(redaction_spans -> redactions (redaction_id));
diesel::joinable!(redaction_appeals -> redactions (redaction_id));
diesel::joinable!(cleared_files -> redactions (redaction_id));
