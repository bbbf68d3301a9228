//! Proving anew who one is, before what a session left open must not do: by the password, and by a code where a second
//! factor is set (ASVS 7.5). A proof lasts ten minutes; what was typed meanwhile is kept in the page.

pub mod pages;
mod prove;
