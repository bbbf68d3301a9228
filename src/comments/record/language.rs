//! Which language a text is written in, by its letters and their order. Pure.

use whatlang::{Lang, detect};

use crate::web::{Language, language};

/// Those that the interface has a name for.
pub const NAMED: [&str; 16] =
    ["ar", "de", "en", "es", "fa", "fr", "hi", "it", "ja", "ko", "nl", "pt", "ru", "tr", "uk", "zh"];

/// The name of a language; its code where the interface has no name for it.
pub fn named(code: &str, lang: &Language) -> String {
    let id = format!("record-language-{code}");
    if language::known(&id) { lang.t(&id) } else { code.to_owned() }
}

/// By how many characters of a text its language is judged: more tell no more, and cost as much again.
const JUDGED: usize = 600;

/// The ISO 639 code of the language of `text`, by its beginning: two letters where there are, else three; empty if that
/// can't be told reliably.
pub fn of(text: &str) -> &'static str {
    let end = text.char_indices().nth(JUDGED).map_or(text.len(), |(at, _)| at);
    match detect(text.get(..end).unwrap_or_default()).filter(whatlang::Info::is_reliable).map(|it| it.lang()) {
        None => "",
        Some(Lang::Ara) => "ar",
        Some(Lang::Cmn) => "zh",
        Some(Lang::Deu) => "de",
        Some(Lang::Eng) => "en",
        Some(Lang::Fra) => "fr",
        Some(Lang::Hin) => "hi",
        Some(Lang::Ita) => "it",
        Some(Lang::Jpn) => "ja",
        Some(Lang::Kor) => "ko",
        Some(Lang::Nld) => "nl",
        Some(Lang::Pes) => "fa",
        Some(Lang::Por) => "pt",
        Some(Lang::Rus) => "ru",
        Some(Lang::Spa) => "es",
        Some(Lang::Tur) => "tr",
        Some(Lang::Ukr) => "uk",
        Some(other) => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_six_languages_of_the_united_nations_are_known() {
        for (text, code) in [
            (
                "State and non-state actors should neither conduct nor knowingly allow activity that damages the core.",
                "en",
            ),
            (
                "Les États et les acteurs non étatiques ne doivent ni mener ni permettre sciemment une telle activité.",
                "fr",
            ),
            (
                "Los Estados y los actores no estatales no deberían realizar ni permitir a sabiendas esa actividad.",
                "es",
            ),
            ("Государства и негосударственные субъекты не должны осуществлять такую деятельность.", "ru"),
            ("ينبغي للدول والجهات الفاعلة من غير الدول ألا تقوم بهذا النشاط عن علم", "ar"),
            ("国家和非国家行为体不应从事或明知而允许此类活动", "zh"),
        ] {
            assert_eq!(of(text), code, "{text}");
        }
        assert_eq!(of("ok"), "");
        assert_eq!(of(""), "");
    }
}
