//! The tables of people: their accounts, what keeps them signed in, the links they are sent.

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
        deleted_at -> Nullable<Timestamp>,
        suspended_at -> Nullable<Timestamp>,
        digest -> Bool,
    }
}

diesel::table! {
    sessions (hash) {
        hash -> Binary,
        account_id -> Binary,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        device -> Text,
        verified_at -> Nullable<Timestamp>,
        tries -> BigInt,
    }
}

diesel::table! {
    half_sessions (hash) {
        hash -> Binary,
        account_id -> Binary,
        created_at -> Timestamp,
        tries -> BigInt,
    }
}

diesel::table! {
    second_factors (account_id) {
        account_id -> Binary,
        secret -> Binary,
        last_step -> BigInt,
        set_at -> Timestamp,
        tries -> BigInt,
        tries_since -> Timestamp,
    }
}

diesel::table! {
    recovery_codes (hash) {
        hash -> Binary,
        account_id -> Binary,
        made_at -> Timestamp,
        spent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkeys (id) {
        id -> Binary,
        account_id -> Binary,
        credential_id -> Binary,
        public_key -> Binary,
        counter -> BigInt,
        is_synced -> Bool,
        name -> Text,
        added_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkey_challenges (hash) {
        hash -> Binary,
        browser -> Binary,
        purpose -> Text,
        made_at -> Timestamp,
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
