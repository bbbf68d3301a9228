//! The tables of the Secretariat's desk: decisions, who works on what, decisions on many at once, how each likes the desk.

use super::{accounts, comments};

diesel::table! {
    decisions (id) {
        id -> Binary,
        comment_id -> Binary,
        revision -> Integer,
        outcome -> Text,
        reason -> Nullable<Text>,
        statement -> Text,
        note -> Text,
        decided_by -> Binary,
        decided_at -> Timestamp,
        round -> Integer,
        answer_by -> Nullable<Timestamp>,
        batch_id -> Nullable<Binary>,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<Binary>,
        undone_words -> Text,
    }
}

diesel::table! {
    claims (comment_id) {
        comment_id -> Binary,
        account_id -> Binary,
        taken_at -> Timestamp,
        until -> Timestamp,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> Binary,
        account_id -> Binary,
        name -> Text,
        query -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    batches (id) {
        id -> Binary,
        made_by -> Binary,
        outcome -> Text,
        reason -> Nullable<Text>,
        made_at -> Timestamp,
    }
}

diesel::table! {
    batch_items (batch_id, place) {
        batch_id -> Binary,
        place -> Integer,
        comment_id -> Binary,
        result -> Text,
        other_id -> Nullable<Binary>,
    }
}

diesel::table! {
    desk_settings (account_id) {
        account_id -> Binary,
        shortcuts -> Bool,
    }
}

diesel::joinable!(decisions -> accounts (decided_by));
diesel::joinable!(claims -> accounts (account_id));
diesel::joinable!(claims -> comments (comment_id));
diesel::joinable!(batch_items -> comments (comment_id));
diesel::joinable!(batch_items -> batches (batch_id));
