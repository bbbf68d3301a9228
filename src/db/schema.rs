//! The tables, as the migrations of both databases make them.

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
    }
}

diesel::table! {
    accounts (id) {
        id -> Binary,
        email -> Text,
        name -> Text,
        stakeholder_group -> Text,
        organisation -> Nullable<Text>,
        country -> Nullable<Text>,
        on_behalf_of -> Text,
        language -> Text,
        password_hash -> Text,
        role -> Text,
        confirmed_at -> Nullable<Timestamp>,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sessions (hash) {
        hash -> Binary,
        account_id -> Binary,
        created_at -> Timestamp,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    tokens (hash) {
        hash -> Binary,
        purpose -> Text,
        account_id -> Nullable<Binary>,
        detail -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        spent_at -> Nullable<Timestamp>,
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
    }
}

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
    }
}

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

diesel::joinable!(norms -> consultations (consultation_id));
diesel::joinable!(text_versions -> norms (norm_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(comments -> norms (norm_id));
diesel::joinable!(comments -> text_versions (text_version_id));
diesel::joinable!(comments -> accounts (account_id));
diesel::joinable!(decisions -> accounts (decided_by));
diesel::joinable!(comment_revisions -> comments (comment_id));

diesel::allow_tables_to_appear_in_same_query!(
    consultations,
    norms,
    text_versions,
    accounts,
    sessions,
    tokens,
    comments,
    comment_revisions,
    decisions,
    audit_log,
    audit_head,
    outbox,
    jobs,
);
