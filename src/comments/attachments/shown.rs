//! A file as pages and letters name it: name, sort and size in words, digest.

use super::model::Attachment;
use crate::web::Language;

/// A file as it is shown.
pub struct Shown {
    /// Its address.
    pub address: String,
    /// What takes it away again, as the value of a button.
    pub removal: String,
    /// Its name.
    pub name: String,
    /// Its sort, in words.
    pub sort: String,
    /// Its size, in words.
    pub size: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Whether it has yet to be looked through.
    pub is_unscanned: bool,
    /// Whether it is a picture.
    pub is_picture: bool,
}

/// What the button that takes a file away sends, before the file's id.
pub const REMOVAL: &str = "remove-";

/// `files` in the words of `lang`.
pub fn shown(lang: &Language, files: &[Attachment]) -> Vec<Shown> {
    let one = |it: &Attachment| Shown {
        address: format!("/attachments/{}", it.id),
        removal: format!("{REMOVAL}{}", it.id),
        name: it.name.clone(),
        sort: lang.t(&format!("attachments-sort-{}", it.media_type.ending())),
        size: size(lang, it.size),
        sha256: it.sha256.clone(),
        is_unscanned: it.is_unscanned,
        is_picture: it.media_type.is_picture(),
    };
    files.iter().map(one).collect()
}

/// The files at the end of a letter, as lines of text; empty if there are none.
pub fn letter_lines(lang: &Language, files: &[Attachment]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let lines = shown(lang, files).into_iter().map(|it| {
        let about = [("name", it.name.as_str()), ("sort", &it.sort), ("size", &it.size), ("sha256", &it.sha256)];
        format!("    {}\n", lang.plain("attachments-mail-line", &about).replace('\n', "\n    "))
    });
    format!("\n{}\n{}", lang.t("attachments-title"), lines.collect::<String>())
}

/// `1.4 MB`.
pub fn size(lang: &Language, bytes: i64) -> String {
    const KILO: i64 = 1 << 10;
    const MEGA: i64 = 1 << 20;
    let tenths = |unit: i64| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        // For letters too: without the marks that keep a number's direction on a page.
        ..KILO => lang.tn("attachments-size-bytes", bytes).replace(['\u{2068}', '\u{2069}'], ""),
        KILO..MEGA => lang.plain("attachments-size-kilobytes", &[("size", &tenths(KILO))]),
        _ => lang.plain("attachments-size-megabytes", &[("size", &tenths(MEGA))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language;

    #[test]
    fn a_size_is_said_in_its_unit() {
        let lang = language::named("en");
        for (bytes, words) in
            [(1, "1 byte"), (1023, "1023 bytes"), (1536, "1.5 kB"), (10 << 20, "10.0 MB"), (1_468_006, "1.4 MB")]
        {
            assert_eq!(size(lang, bytes), words);
        }
    }
}
