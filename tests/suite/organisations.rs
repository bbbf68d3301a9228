//! Organisations: founding, joining, speaking for one, co-signing.
