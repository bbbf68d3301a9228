//! Which norm a part seems to be about, by the words in it. Only ever a suggestion. Pure.

use crate::norms::model::{Norm, TextKind};

/// Titles begin alike; the words behind these tell them apart.
const BEGINNINGS: [&str; 7] = [
    "norm for states to create a ",
    "norm against commandeering of ",
    "norm to reduce and mitigate ",
    "norm against ",
    "norm to ",
    "norm on ",
    "call to protect the ",
];

/// The norm that the text names more clearly than any other.
pub fn norm<'a>(text: &str, norms: &'a [Norm]) -> Option<&'a Norm> {
    let text = text.to_lowercase();
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let score = |norm: &Norm| named(norm, heading) * 5 + named(norm, &text);
    let mut scores: Vec<(usize, &Norm)> = norms.iter().map(|norm| (score(norm), norm)).collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scores.as_slice() {
        [(best, norm), rest @ ..] if *best > rest.first().map_or(0, |(second, _)| *second) => Some(norm),
        _ => None,
    }
}

/// How clearly `text`, in small letters, names the norm: its title counts more than its subject, that as much as its
/// number.
fn named(norm: &Norm, text: &str) -> usize {
    let title = norm.title.to_lowercase();
    let subject = BEGINNINGS.iter().find_map(|begin| title.strip_prefix(begin)).unwrap_or(&title);
    let slug = norm.slug.replace('-', " ");
    let kind = if norm.kind == TextKind::Call { "call" } else { "norm" };
    let number = format!("{kind} {}", norm.number);
    let ends = |behind: &str| !behind.starts_with(|c: char| c.is_alphanumeric());
    let numbered = text.match_indices(&number).filter(|(at, _)| text.get(at + number.len()..).is_none_or(ends)).count();
    4 * text.matches(&title).count().min(2)
        + 2 * text.matches(subject).count().min(3)
        + 2 * text.matches(&slug).count().min(3)
        + 2 * numbered.min(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::NormId;

    fn norms() -> Vec<Norm> {
        let norm = |number, slug: &str, title: &str, kind| Norm {
            id: NormId::new(),
            slug: slug.into(),
            number,
            kind,
            title: title.into(),
            context: String::new(),
            context_source: String::new(),
            published: crate::norms::model::Published::default(),
        };
        vec![
            norm(1, "public-core", "Call to Protect the Public Core of the Internet", TextKind::Call),
            norm(3, "avoid-tampering", "Norm to Avoid Tampering", TextKind::Norm),
            norm(4, "botnets", "Norm Against Commandeering of ICT Devices into Botnets", TextKind::Norm),
        ]
    }

    #[test]
    fn title_subject_and_number_suggest_a_norm() {
        let norms = norms();
        let suggested = |text: &str| norm(text, &norms).map(|it| it.slug.as_str());
        assert_eq!(suggested("2. Norm to avoid tampering\n\nText on botnets."), Some("avoid-tampering"));
        assert_eq!(suggested("On NORM 4\n\nText."), Some("botnets"));
        assert_eq!(suggested("Norm 42 and norm 30"), None);
        assert_eq!(suggested("The public core matters."), Some("public-core"));
        assert_eq!(suggested("Nothing of the kind."), None);
        assert_eq!(suggested("Norm 3 and norm 4 alike"), None);
    }
}
