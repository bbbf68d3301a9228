//! Bad uploads: each answered with a message that says what and where, nothing lost, memory flat.
