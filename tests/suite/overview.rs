//! The overview of the consultation, announcements, the briefing.
