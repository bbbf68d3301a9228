//! The wordings that a text had: all of them with the comments on each, one by itself, and two compared word by word.

pub mod pages;
