//! The tables of what serves every room: the audit log, the outbox, long work.

diesel::table! {
    audit_log (seq) {
        seq -> BigInt,
        at -> Timestamp,
        actor -> Nullable<Binary>,
        action -> Text,
        subject -> Text,
        detail -> Text,
        detail_digest -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    audit_head (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Binary,
    }
}

diesel::table! {
    outbox (id) {
        id -> Binary,
        once_key -> Text,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        last_error -> Text,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Binary,
        kind -> Text,
        payload -> Text,
        state -> Text,
        done -> BigInt,
        total -> BigInt,
        attempts -> Integer,
        lease_until -> Timestamp,
        requested_by -> Binary,
        result -> Text,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    backups (id) {
        id -> Binary,
        name -> Text,
        by_itself -> Bool,
        begun_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        size -> BigInt,
        sha256 -> Text,
        error -> Text,
    }
}

diesel::table! {
    gate (id) {
        id -> Integer,
        version -> BigInt,
        since -> Nullable<Timestamp>,
        until -> Nullable<Timestamp>,
        grounds -> Text,
        key -> Binary,
    }
}

diesel::table! {
    gate_passes (digest) {
        digest -> Binary,
        way -> Text,
        passed_at -> Timestamp,
    }
}
