//! Drafts: what was begun is kept, shown again, shared, and never lost to another's save.
