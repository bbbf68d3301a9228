//! The tables of the deliberation board: issues, the comments under them, published decisions, answers, codes.

use super::{comments, norms};

diesel::table! {
    issues (id) {
        id -> Binary,
        norm_id -> Binary,
        number -> Integer,
        about -> Text,
        place -> Integer,
        text_version_id -> Binary,
        first_word -> Integer,
        last_word -> Integer,
        quote -> Text,
        actor -> Text,
        instrument -> Text,
        statement -> Text,
        options -> Text,
        recommendation -> Text,
        disposition -> Text,
        reasons -> Text,
        state -> Text,
        round -> Integer,
        answered -> Integer,
        version -> BigInt,
        sent_back -> Text,
        satisfied -> BigInt,
        unsatisfied -> BigInt,
        created_by -> Binary,
        created_at -> Timestamp,
        changed_by -> Binary,
        changed_at -> Timestamp,
        proposed_by -> Nullable<Binary>,
        proposed_at -> Nullable<Timestamp>,
        validated_by -> Nullable<Binary>,
        validated_at -> Nullable<Timestamp>,
        wording -> Text,
    }
}

diesel::table! {
    issue_comments (issue_id, comment_id) {
        issue_id -> Binary,
        comment_id -> Binary,
        disposition -> Text,
        response -> Text,
        version -> BigInt,
        answered_by -> Nullable<Binary>,
        voice -> Binary,
        said -> Binary,
        put_by -> Binary,
        put_at -> Timestamp,
    }
}

diesel::table! {
    issue_decisions (id) {
        id -> Binary,
        issue_id -> Binary,
        round -> Integer,
        statement -> Text,
        disposition -> Text,
        reasons -> Text,
        proposed_by -> Binary,
        validated_by -> Binary,
        published_by -> Binary,
        published_at -> Timestamp,
        batch_id -> Binary,
        comments -> BigInt,
        wording -> Text,
    }
}

diesel::table! {
    answers (decision_id, comment_id) {
        decision_id -> Binary,
        comment_id -> Binary,
        disposition -> Text,
        response -> Text,
        voice -> Binary,
        said -> Binary,
    }
}

diesel::table! {
    satisfactions (issue_id, comment_id) {
        issue_id -> Binary,
        comment_id -> Binary,
        is_satisfied -> Bool,
        remark -> Text,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    issue_tallies (issue_id, edition, stakeholder_group) {
        issue_id -> Binary,
        edition -> Text,
        stakeholder_group -> Text,
        comments -> BigInt,
        voices -> BigInt,
        texts -> BigInt,
        confidential -> BigInt,
    }
}

diesel::table! {
    codes (code) {
        code -> Text,
        label -> Text,
        description -> Text,
        is_retired -> Bool,
        comments -> BigInt,
        version -> BigInt,
        changed_by -> Binary,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    codings (comment_id, code) {
        comment_id -> Binary,
        code -> Text,
        put_by -> Binary,
        put_at -> Timestamp,
    }
}

diesel::table! {
    returned_tables (id) {
        id -> Binary,
        layout -> Text,
        name -> Text,
        sha256 -> Text,
        content -> Text,
        uploaded_by -> Binary,
        uploaded_at -> Timestamp,
        applied_at -> Nullable<Timestamp>,
        batch_id -> Nullable<Binary>,
        changes -> BigInt,
    }
}

diesel::table! {
    reports (consultation_id) {
        consultation_id -> Binary,
        overview -> Text,
        summary -> Text,
        version -> BigInt,
        changed_by -> Binary,
        changed_at -> Timestamp,
    }
}

diesel::joinable!(issues -> norms (norm_id));
diesel::joinable!(issue_comments -> issues (issue_id));
diesel::joinable!(issue_comments -> comments (comment_id));
diesel::joinable!(issue_decisions -> issues (issue_id));
diesel::joinable!(answers -> issue_decisions (decision_id));
diesel::joinable!(answers -> comments (comment_id));
diesel::joinable!(satisfactions -> comments (comment_id));
diesel::joinable!(codings -> codes (code));
diesel::joinable!(codings -> comments (comment_id));
