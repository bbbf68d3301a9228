//! The part of a folded word that its forms share, by the script it is written in. Light rules: endings and what is
//! written together with a word are cut, nothing is looked up, so now and then two words meet that are not one. Pure.

use rust_stemmers::{Algorithm, Stemmer};

/// The stem of `word`, which is folded but for this.
pub(super) fn stem(word: &str) -> String {
    match word.chars().next().unwrap_or_default() {
        'а'..='я' => Stemmer::create(Algorithm::Russian).stem(word).into_owned(),
        '\u{620}'..='\u{64a}' => arabic(word).to_owned(),
        'a'..='z' => singular(word),
        _ => word.to_owned(),
    }
}

/// The singular of a word that is a plural in English, French or Spanish; a word that is none loses the same ending, so
/// both forms meet.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("eaux") {
        return format!("{stem}eau");
    }
    if let Some(stem) = word.strip_suffix("aux").filter(|stem| stem.len() >= 3) {
        return format!("{stem}al");
    }
    let one = match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with(['s', 'u']) && !stem.ends_with("si") => stem,
        _ => word,
    };
    match one.strip_suffix("ie").filter(|stem| stem.len() >= 3) {
        Some(stem) => format!("{stem}y"),
        None => without_e(one).to_owned(),
    }
}

/// Without the last `e`, which belongs to the plural in `processes` and `naciones` and to the word in `norme`.
fn without_e(word: &str) -> &str {
    match word.strip_suffix('e') {
        Some(stem) if stem.len() >= 4 || stem.len() == 3 && stem.ends_with(['d', 'x', 'y']) => stem,
        _ => word,
    }
}

/// The article, alone and behind what is written together with it; longest first.
const ARTICLES: &[&str] = &["وبال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال"];
/// Whose it is, and two of it: before these an ending `ه` is written `ت`.
const OPENING_ENDINGS: &[&str] = &["هما", "ها", "هم", "ان", "ين"];
/// Many of it, and what belongs to it.
const ENDINGS: &[&str] = &["ات", "ون", "يه"];

/// An Arabic word without article, the letters of `and`, `in` and `for`, and endings, as the light stemmers of the
/// literature do it; each cut leaves three letters at least.
fn arabic(word: &str) -> &str {
    let mut rest = word;
    while let Some(behind) = ARTICLES.iter().find_map(|article| cut_before(rest, article, 3)) {
        rest = behind;
    }
    rest = cut_before(rest, "و", 3).unwrap_or(rest);
    // Shorter words begin with these letters themselves too often.
    rest = cut_before(rest, "ب", 5).or_else(|| cut_before(rest, "ل", 5)).unwrap_or(rest);
    if let Some(before) = OPENING_ENDINGS.iter().find_map(|ending| cut_behind(rest, ending, 3)) {
        rest = cut_behind(before, "ت", 3).unwrap_or(before);
    } else if let Some(before) = ENDINGS.iter().find_map(|ending| cut_behind(rest, ending, 3)) {
        return before;
    }
    cut_behind(rest, "ه", 3).or_else(|| cut_behind(rest, "ي", 3)).unwrap_or(rest)
}

fn cut_before<'w>(word: &'w str, part: &str, least: usize) -> Option<&'w str> {
    word.strip_prefix(part).filter(|rest| rest.chars().count() >= least)
}

fn cut_behind<'w>(word: &'w str, part: &str, least: usize) -> Option<&'w str> {
    word.strip_suffix(part).filter(|rest| rest.chars().count() >= least)
}

#[cfg(test)]
mod tests {
    use super::super::fold::folded;

    fn meet(forms: &[&str]) {
        let (first, others) = forms.split_first().unwrap();
        for other in others {
            assert_eq!(folded(first), folded(other), "{first} {other}");
        }
    }

    fn part(words: &[&str]) {
        for (at, one) in words.iter().enumerate() {
            for other in words.iter().skip(at + 1) {
                assert_ne!(folded(one), folded(other), "{one} {other}");
            }
        }
    }

    #[test]
    fn forms_of_an_english_word_meet() {
        meet(&["vulnerability", "vulnerabilities", "Vulnerability's"]);
        meet(&["process", "processes"]);
        meet(&["breach", "breaches"]);
        meet(&["state", "states", "State\u{2019}s", "STATES'"]);
        meet(&["virus", "viruses"]);
        meet(&["tax", "taxes"]);
        part(&["not", "note", "node", "norm", "analysis", "should", "must", "shall"]);
    }

    #[test]
    fn forms_of_a_french_word_meet() {
        meet(&["État", "états", "l\u{2019}État", "d'états", "ETATS"]);
        meet(&["réseau", "réseaux", "reseaux"]);
        meet(&["national", "nationaux"]);
        meet(&["loi", "lois"]);
        meet(&["norme", "normes"]);
        part(&["État", "étape", "réseau", "raison"]);
    }

    #[test]
    fn forms_of_a_spanish_word_meet() {
        meet(&["nación", "naciones", "NACION"]);
        meet(&["red", "redes"]);
        meet(&["ataque", "ataques"]);
        meet(&["vulnerabilidad", "vulnerabilidades"]);
        part(&["nación", "noción", "red", "rey"]);
    }

    #[test]
    fn forms_of_a_russian_word_meet() {
        meet(&["государственный", "государственные", "государственного", "государственными"]);
        meet(&["уязвимость", "уязвимостей", "уязвимости"]);
        meet(&["норма", "нормы", "норм", "нормам"]);
        part(&["норма", "номер", "государство", "общество"]);
    }

    #[test]
    fn forms_of_an_arabic_word_meet() {
        meet(&["دولة", "الدولة", "الدول", "دول", "للدول", "والدول", "دولتها", "دولتين", "الدولتان"]);
        meet(&["حماية", "الحماية", "وحماية", "لحماية", "حمايتها", "بالحماية"]);
        meet(&["انتخابات", "الانتخابات", "للانتخابات", "انتخاب", "الانتخابية"]);
        meet(&["سيبراني", "السيبراني", "السيبرانية", "سيبرانية", "والسيبرانية"]);
        meet(&["أمن", "الأمن", "الامن", "للأمن", "والأمن", "الأمني", "أمنية"]);
        meet(&["التزام", "الالتزام", "والتزام"]);
        meet(&["وزارة", "الوزارة", "للوزارة"]);
        meet(&["فضاء", "الفضاء", "فضائية"]);
        part(&["دولة", "دورة", "أمن", "أمل", "لبنان", "بنك", "ولد", "بلد"]);
    }
}
