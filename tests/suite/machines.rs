//! Feeds, the API, annotations, what robots read.
