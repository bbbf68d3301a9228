//! Words that somebody would try first who guesses passwords of this portal: the portal's own, and the person's (ASVS 6.1.2,
//! 6.2.11). Pure.

/// What the portal is called, who asks, what about, and in which roles people are here. Docs: `docs/security/access.md`.
pub const WORDS: &[&str] = &[
    "account",
    "actors",
    "against",
    "avoid",
    "basic",
    "botnets",
    "call",
    "commandeering",
    "comment",
    "comments",
    "commission",
    "consultation",
    "core",
    "create",
    "cyber",
    "cybernorms",
    "cyberspace",
    "cyberstability",
    "defense",
    "definition",
    "devices",
    "electoral",
    "equities",
    "foundational",
    "gcsc",
    "global",
    "hygiene",
    "infrastructure",
    "internet",
    "into",
    "mitigate",
    "moderation",
    "moderator",
    "norm",
    "normpackage",
    "normportal",
    "norms",
    "offensive",
    "operations",
    "package",
    "passphrase",
    "password",
    "portal",
    "process",
    "protect",
    "public",
    "publiccore",
    "reduce",
    "secretariat",
    "significant",
    "stability",
    "stakeholder",
    "stakeholders",
    "state",
    "states",
    "tampering",
    "vulnerabilities",
    "vulnerability",
    "welcome",
    "working",
];

/// With these words taken out, a password has to have so many letters and digits left.
pub const LEFT: usize = 8;

/// Names shorter than this are in too many other words.
const SHORTEST: usize = 3;

/// So many characters of a name are looked at: how long the list gets is not up to whoever sends the form.
const MOST: usize = 300;

/// The words in what a person says of themselves: each by itself, and all of one name written together.
pub fn of_person(own: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for text in own {
        let text: String = text.chars().take(MOST).collect();
        let parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.extend(parts.filter(|part| part.chars().count() >= SHORTEST));
        words.push(folded(&text));
    }
    words.retain(|word| word.chars().count() >= SHORTEST);
    words.sort();
    words.dedup();
    words
}

/// Whether `password` is made of little else than [`WORDS`] and `own`, whatever stands between them.
pub fn are_most_of(password: &str, own: &[String]) -> bool {
    let mut words: Vec<&str> = WORDS.iter().copied().chain(own.iter().map(String::as_str)).collect();
    // The longest first: no short one may break it up.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words.into_iter().fold(folded(password), |rest, word| rest.replace(word, " "));
    rest.chars().filter(|c| *c != ' ').count() < LEFT
}

/// Letters and digits alone, in small letters.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_our_words_is_known_however_it_is_written() {
        let ada = of_person(&["Ada Lovelace", "a.lovelace@engines.example", "Analytical Engine Society"]);
        for password in [
            "NormPortal2026!",
            "norm-portal-of-the-commission",
            "Secretariat#Secretariat",
            "Global Commission on the Stability of Cyberspace",
            "public core 2019",
            "AdaLovelace1815",
            "Analytical-Engine-1",
            "engines.example.9",
        ] {
            assert!(are_most_of(password, &ada), "{password}");
        }
        for password in ["harbour walks before dinner", "a portal of green glass bottles", "norm xk2 pj8 qa41"] {
            assert!(!are_most_of(password, &ada), "{password}");
        }
        assert!(!are_most_of("AdaLovelace1815", &[]));
    }

    #[test]
    fn names_of_two_letters_take_nothing_out() {
        assert!(of_person(&["Li", "", "@"]).is_empty());
        assert_eq!(of_person(&["Al Bo"]), ["albo"]);
        assert!(of_person(&["one two ".repeat(100_000).as_str()]).len() < 200);
    }
}
