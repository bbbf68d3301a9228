//! Flags in words.

use super::model::{Flag, Raised};
use crate::web::{Language, language as languages};

/// A flag as a page shows it.
pub struct Shown {
    /// In a word or two, for a row of the queue.
    pub label: String,
    /// In a sentence, for the page of a comment.
    pub sentence: String,
}

/// The message that names a flag.
pub fn name(flag: Flag) -> String {
    format!("flag-{flag}")
}

/// A flag in the words of `lang`.
pub fn shown(lang: &Language, it: &Raised) -> Shown {
    let detail = match it.flag {
        Flag::Personal => {
            it.detail.split(", ").map(|sort| lang.t(&format!("flag-sort-{sort}"))).collect::<Vec<_>>().join(", ")
        }
        Flag::Language => named(lang, &it.detail),
        _ => it.detail.clone(),
    };
    Shown { label: lang.t(&name(it.flag)), sentence: lang.t1(&format!("flag-{}-says", it.flag), "detail", detail) }
}

fn named(lang: &Language, code: &str) -> String {
    let id = format!("record-language-{code}");
    if languages::known(&id) { lang.t(&id) } else { code.to_owned() }
}
