//! What ASVS asks of the whole portal and no room alone: lines in the server's log, words of faults, forms with more fields
//! than they have, what browsers keep, secrets and folders.

mod browser;
mod forms;
mod lines;
mod secrets;
mod sources;
mod tarpit;
mod words;
