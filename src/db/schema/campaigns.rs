//! The tables by which the desk sees what arrives.

diesel::table! {
    arrivals (seq) {
        seq -> Integer,
        comment_id -> Binary,
        revision -> Integer,
    }
}
