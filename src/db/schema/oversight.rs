//! The tables of oversight: why people were given or lost their place, what a day brought, thresholds that were crossed.

use super::accounts;

diesel::table! {
    staff_grounds (id) {
        id -> Binary,
        subject -> Text,
        action -> Text,
        text -> Text,
        written_by -> Binary,
        written_at -> Timestamp,
    }
}

diesel::table! {
    day_figures (day, norm_id, measure, value) {
        day -> Text,
        norm_id -> Binary,
        measure -> Text,
        value -> Text,
        n -> BigInt,
    }
}

diesel::table! {
    days_counted (day) {
        day -> Text,
        counted_at -> Timestamp,
    }
}

diesel::table! {
    alerts (threshold) {
        threshold -> Text,
        crossed_at -> Timestamp,
    }
}

diesel::joinable!(staff_grounds -> accounts (written_by));
