//! The tables by which the desk sees what arrives.

diesel::table! {
    arrivals (seq) {
        seq -> Integer,
        comment_id -> Binary,
        revision -> Integer,
    }
}

diesel::table! {
    clusters (id) {
        id -> Binary,
        norm_id -> Binary,
        kind -> Text,
        template_comment -> Binary,
        template_revision -> Integer,
        comments -> BigInt,
        texts -> BigInt,
        is_listed -> Bool,
        first_at -> Timestamp,
        last_at -> Timestamp,
        merged_into -> Nullable<Binary>,
    }
}

diesel::table! {
    cluster_members (comment_id) {
        comment_id -> Binary,
        revision -> Integer,
        cluster_id -> Binary,
        digest -> Binary,
        sent_at -> Timestamp,
        is_pinned -> Bool,
    }
}

diesel::table! {
    cluster_texts (digest, cluster_id) {
        digest -> Binary,
        cluster_id -> Binary,
        comments -> BigInt,
        first_at -> Timestamp,
        first_comment -> Binary,
    }
}

diesel::table! {
    bands (key, cluster_id) {
        key -> BigInt,
        cluster_id -> Binary,
    }
}

diesel::table! {
    alike_totals (norm_id) {
        norm_id -> Binary,
        comments -> BigInt,
        texts -> BigInt,
    }
}
