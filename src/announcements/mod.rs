//! Announcements: word of the Secretariat to everyone, by date. Knows accounts.
