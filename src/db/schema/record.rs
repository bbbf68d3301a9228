//! The tables that hold what readers are shown: counts, positions, places in the index, announcements.

use super::comments;

diesel::table! {
    epochs (scope) {
        scope -> Text,
        epoch -> BigInt,
    }
}

diesel::table! {
    positions (id) {
        id -> Binary,
        norm_id -> Binary,
        text_version_id -> Binary,
        kind -> Text,
        first_word -> Integer,
        last_word -> Integer,
        sort -> BigInt,
        digest -> Binary,
        comments -> BigInt,
        voices -> BigInt,
    }
}

diesel::table! {
    position_voices (position_id, voice) {
        position_id -> Binary,
        voice -> Binary,
        comments -> BigInt,
    }
}

diesel::table! {
    position_facets (position_id, facet, value) {
        position_id -> Binary,
        facet -> Text,
        value -> Text,
        norm_id -> Binary,
        kind -> Text,
        sort -> BigInt,
        comments -> BigInt,
    }
}

diesel::table! {
    published (seq) {
        seq -> BigInt,
        comment_id -> Binary,
        norm_id -> Binary,
        position_id -> Binary,
        kind -> Text,
        stakeholder_group -> Text,
        country -> Text,
        concern -> Text,
        language -> Text,
        voice -> Binary,
    }
}

diesel::table! {
    spans (text_version_id, first_word, last_word) {
        text_version_id -> Binary,
        first_word -> Integer,
        last_word -> Integer,
        comments -> BigInt,
        voices -> BigInt,
    }
}

diesel::table! {
    span_voices (text_version_id, first_word, last_word, voice) {
        text_version_id -> Binary,
        first_word -> Integer,
        last_word -> Integer,
        voice -> Binary,
        comments -> BigInt,
    }
}

diesel::table! {
    tallies (norm_id, facet, value) {
        norm_id -> Binary,
        facet -> Text,
        value -> Text,
        comments -> BigInt,
    }
}

diesel::table! {
    announcements (id) {
        id -> Binary,
        title -> Text,
        text -> Text,
        published_at -> Timestamp,
        changed_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
        written_by -> Binary,
        version -> BigInt,
    }
}

diesel::joinable!(published -> comments (comment_id));
diesel::joinable!(published -> positions (position_id));
diesel::joinable!(position_facets -> positions (position_id));
