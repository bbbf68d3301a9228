//! The tables of reports, of comments that came another way, of flags and of senders.

use super::{accounts, comment_revisions, comments};

diesel::table! {
    received_comments (comment_id) {
        comment_id -> Binary,
        event -> Text,
        entered_by -> Binary,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    name_reports (id) {
        id -> Binary,
        reference -> Text,
        name -> Text,
        email -> Text,
        text -> Text,
        made_at -> Timestamp,
        handled_at -> Nullable<Timestamp>,
        handled_by -> Nullable<Binary>,
        note -> Text,
        answer -> Nullable<Text>,
        reply -> Text,
    }
}

diesel::table! {
    report_cases (id) {
        id -> Binary,
        comment_id -> Binary,
        reports -> Integer,
        opened_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
        answered_by -> Nullable<Binary>,
        answer -> Nullable<Text>,
        reply -> Text,
        note -> Text,
    }
}

diesel::table! {
    comment_reports (id) {
        id -> Binary,
        case_id -> Binary,
        complaint -> Text,
        text -> Text,
        email -> Text,
        language -> Text,
        sender -> Nullable<Binary>,
        made_at -> Timestamp,
    }
}

diesel::table! {
    sender_keys (day) {
        day -> Text,
        secret -> Binary,
        made_at -> Timestamp,
    }
}

diesel::table! {
    sender_marks (mark, account_id) {
        mark -> Binary,
        account_id -> Binary,
        made_at -> Timestamp,
    }
}

diesel::table! {
    arrival_spans (norm_id, begins_at) {
        norm_id -> Binary,
        begins_at -> Timestamp,
        arrived -> BigInt,
    }
}

diesel::table! {
    comment_flags (comment_id, flag) {
        comment_id -> Binary,
        flag -> Text,
        detail -> Text,
    }
}

diesel::joinable!(received_comments -> comments (comment_id));
diesel::joinable!(received_comments -> accounts (entered_by));
diesel::joinable!(report_cases -> comments (comment_id));
diesel::joinable!(comment_flags -> comments (comment_id));

diesel::allow_tables_to_appear_in_same_query!(received_comments, comments);
diesel::allow_tables_to_appear_in_same_query!(received_comments, comment_revisions);
diesel::allow_tables_to_appear_in_same_query!(received_comments, accounts);
diesel::allow_tables_to_appear_in_same_query!(report_cases, comments);
diesel::allow_tables_to_appear_in_same_query!(report_cases, accounts);
diesel::allow_tables_to_appear_in_same_query!(report_cases, comment_reports);
diesel::allow_tables_to_appear_in_same_query!(comment_flags, comments);
diesel::allow_tables_to_appear_in_same_query!(comment_flags, comment_revisions);
