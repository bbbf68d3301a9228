//! What a page says of a public comment: by whom, about which words, what it wants. The author only ever through
//! `Author::public_name` and `Author::public_organisation`.

use crate::accounts::model::OnBehalfOf;
use crate::accounts::organisations::model::Organisation;
use crate::comments::body::{Body, Change, Wording};
use crate::comments::model::Comment;
use crate::comments::redline::Redline;
use crate::moderation::gist;
use crate::norms::model::{Norm, TextVersion};
use crate::norms::vocabulary::Vocabulary;
use crate::web::Language;

/// The longest text of a comment in a list, in graphemes; the rest is on its own page.
const OPENING: usize = 280;
/// Above this many bytes two wordings are not compared in a list.
const LONGEST_COMPARED: usize = 4_000;

/// A comment in a list.
pub struct Entry<'a> {
    /// The comment.
    pub comment: &'a Comment,
    /// By whom.
    pub by: String,
    /// What is confirmed about the organisation it speaks for; empty if nothing.
    pub mark: String,
    /// The stakeholder group.
    pub group: String,
    /// Whether `by` names nobody but that group, so that a list need not say it again.
    pub is_nameless: bool,
    /// The country's name; empty if not said.
    pub country: String,
    /// The words it is about, as people cite them; empty for the whole.
    pub about: String,
    /// The label of the version it is about, unless that is the one on the page.
    pub old_version: Option<&'a str>,
    /// The change of words, unless it is too long for a list.
    pub redline: Option<Redline>,
    /// The words that stay, where only a concern is explained.
    pub kept: &'a str,
    /// Who should act and by what instrument.
    pub lever: Option<(String, String)>,
    /// The reason, the action or the comment, or how it begins.
    pub text: String,
    /// Whether more stands on the comment's own page.
    pub has_more: bool,
    /// The language it is written in; empty if that can't be told.
    pub language: String,
}

impl<'a> Entry<'a> {
    /// The entry for `comment` on `version` of `norm`; `is_current` says whether the page shows that version.
    pub fn new(
        comment: &'a Comment,
        norm: &Norm,
        version: &'a TextVersion,
        is_current: bool,
        organisation: Option<&Organisation>,
        (vocabulary, lang): (&Vocabulary, &Language),
    ) -> Self {
        let group = vocabulary.groups.label_or_code(&comment.author.stakeholder_group).to_owned();
        let (text, redline, kept, lever) = match &comment.body {
            Body::Wording(it) if it.change == Change::Keep => (&it.rationale, None, it.anchor.quote.as_str(), None),
            Body::Wording(it) => (&it.rationale, short_redline(it), "", None),
            Body::Lever(it) => {
                let who = (
                    vocabulary.actors.label_or_code(&it.actor).to_owned(),
                    vocabulary.instruments.label_or_code(&it.instrument).to_owned(),
                );
                (&it.action, None, "", Some(who))
            }
            Body::General(it) => (&it.rationale, None, "", None),
        };
        let opening = gist::opening(text.trim(), OPENING);
        let is_too_long = redline.is_none() && matches!(&comment.body, Body::Wording(it) if it.change != Change::Keep);
        Self {
            by: by(comment, &group, lang),
            is_nameless: is_nameless(comment),
            mark: mark(comment, organisation, lang),
            group,
            country: country(comment),
            about: about(comment, norm, version, lang),
            old_version: (!is_current).then_some(version.label.as_str()),
            has_more: is_too_long || opening != text.trim(),
            text: opening,
            language: String::new(),
            comment,
            redline,
            kept,
            lever,
        }
    }

    /// Whether its change is too long for a list.
    pub fn is_too_long(&self) -> bool {
        matches!(self.comment.body, Body::Wording(_)) && self.redline.is_none() && self.kept.is_empty()
    }
}

fn short_redline(wording: &Wording) -> Option<Redline> {
    (wording.new_words().len() <= LONGEST_COMPARED).then(|| wording.redline())
}

/// The name of the author's country; empty if none was given.
pub fn country(comment: &Comment) -> String {
    let code = comment.author.country.as_deref().unwrap_or_default();
    rust_iso3166::from_alpha2(code).map(|country| country.name.to_owned()).unwrap_or_default()
}

/// Who a public comment is from, as far as its author wants it known. A person who speaks for themselves is never
/// shown as the organisation.
pub fn by(comment: &Comment, group: &str, lang: &Language) -> String {
    let author = &comment.author;
    let name = author.public_name(comment.publication);
    let organisation = author.public_organisation(comment.publication);
    let speaks_for_it = author.on_behalf_of == OnBehalfOf::Organisation;
    match (name, organisation) {
        (Some(name), Some(organisation)) if speaks_for_it => {
            lang.t2("public-by-for", ("name", name), ("organisation", organisation))
        }
        (Some(name), Some(organisation)) => lang.t2("public-by-at", ("name", name), ("organisation", organisation)),
        (Some(name), None) => lang.t1("public-by-alone", "name", name),
        (None, Some(organisation)) if speaks_for_it => lang.t1("public-by-alone", "name", organisation),
        (None, Some(organisation)) => lang.t1("public-by-somebody-at", "organisation", organisation),
        (None, None) => lang.t1("public-by-group", "group", group),
    }
}

/// Whether neither the author's name nor their organisation is public.
fn is_nameless(comment: &Comment) -> bool {
    let Comment { author, publication, .. } = comment;
    author.public_name(*publication).is_none() && author.public_organisation(*publication).is_none()
}

/// What is confirmed about the organisation that a public comment speaks for: its member sent it, and the Secretariat
/// confirmed its name, or its people have addresses at its domain. Empty if nothing is.
pub fn mark(comment: &Comment, organisation: Option<&Organisation>, lang: &Language) -> String {
    let is_shown = comment.author.public_organisation(comment.publication).is_some();
    match organisation.filter(|it| is_shown && it.is_confirmed()) {
        Some(it) => confirmed(it, lang),
        None => String::new(),
    }
}

/// The mark of a confirmed organisation: it names the domain where that is all that was shown.
pub fn confirmed(it: &Organisation, lang: &Language) -> String {
    match &it.domain {
        Some(domain) if it.confirmed_at.is_none() => lang.t1("public-member-at", "domain", domain),
        _ => lang.t("public-member"),
    }
}

/// The words a comment is about, as people cite them: `3(b), words 7-9`. Empty for the whole.
pub fn about(comment: &Comment, norm: &Norm, version: &TextVersion, lang: &Language) -> String {
    let Some(anchor) = comment.body.anchor() else { return String::new() };
    cited(norm, version, (anchor.first_word, anchor.last_word), lang)
}

/// The words `first` to `last` as people cite them.
pub fn cited(norm: &Norm, version: &TextVersion, (first, last): (usize, usize), lang: &Language) -> String {
    let clause = version.cite(norm.number, first, last);
    let (from, to) = (first.to_string(), last.to_string());
    if first == last {
        return lang.plain("public-about-word", &[("clause", &clause), ("word", &from)]);
    }
    lang.plain("public-about-words", &[("clause", &clause), ("first", &from), ("last", &to)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;
    use crate::comments::anchor::Anchor;
    use crate::comments::body::{Acceptable, General};
    use crate::comments::model::{Author, Kind, Publication, State};
    use crate::ids::{AccountId, CommentId, NormId, TextVersionId};
    use crate::norms::model::{Published, TextKind};
    use crate::norms::vocabulary::SHIPPED;
    use crate::web::language;

    fn comment(body: Body, publication: Publication, on_behalf_of: OnBehalfOf) -> Comment {
        Comment {
            id: CommentId::new(),
            reference: "GCSC-N3-7K4Q-MW2R-9".into(),
            norm_id: NormId::new(),
            text_version_id: TextVersionId::new(),
            author: Author {
                account: AccountId::new(),
                name: "Secret Name".into(),
                organisation: Some("Example Registry".into()),
                stakeholder_group: "technical-community".into(),
                country: Some("NL".into()),
                on_behalf_of,
            },
            kind: Kind::General,
            state: State::Published,
            revision: 1,
            version: 2,
            publication,
            class: None,
            channel: None,
            submitted_at: from_micros(0),
            changed_at: from_micros(0),
            published_at: Some(from_micros(0)),
            digest: body.digest(),
            body,
            redactions: 0,
        }
    }

    fn general(text: &str) -> Body {
        Body::General(General { rationale: text.into(), evidence: String::new() })
    }

    fn wording(change: Change, proposed: &str) -> Body {
        Body::Wording(Wording {
            anchor: Anchor::from_words("States should not.", 2, 2).unwrap(),
            change,
            proposed_wording: proposed.into(),
            concern: String::new(),
            rationale: "because".into(),
            evidence: String::new(),
            acceptable: Acceptable::Unsure,
        })
    }

    fn by_of(publication: Publication, on_behalf_of: OnBehalfOf, organisation: Option<&str>) -> String {
        let mut comment = comment(general("x"), publication, on_behalf_of);
        comment.author.organisation = organisation.map(str::to_owned);
        by(&comment, "Civil society", language::named("en")).replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn a_name_appears_only_if_its_author_wants_it() {
        use OnBehalfOf::{Myself, Organisation};
        let org = Some("Example Registry");
        for behalf in [Myself, Organisation] {
            for organisation in [org, None] {
                assert!(by_of(Publication::Named, behalf, organisation).contains("Secret Name"));
                assert!(!by_of(Publication::Organisation, behalf, organisation).contains("Secret"));
                let hidden = by_of(Publication::Commission, behalf, organisation);
                assert!(!hidden.contains("Secret") && !hidden.contains("Example"), "{hidden}");
            }
        }
        assert_eq!(by_of(Publication::Organisation, Organisation, org), "Example Registry");
        assert_ne!(by_of(Publication::Organisation, Myself, org), "Example Registry");
        assert!(by_of(Publication::Organisation, Myself, None).contains("Civil society"));
    }

    fn entry_of(body: Body, check: impl Fn(Entry)) {
        let comment = comment(body, Publication::Named, OnBehalfOf::Myself);
        let norm = Norm {
            id: NormId::new(),
            slug: "x".into(),
            number: 3,
            kind: TextKind::Norm,
            title: "X".into(),
            context: String::new(),
            context_source: String::new(),
            published: Published::default(),
        };
        let version = TextVersion {
            id: comment.text_version_id,
            norm_id: norm.id,
            label: "1".into(),
            dated: "2019".into(),
            source: String::new(),
            body: "States should not.".into(),
            clauses: vec![crate::norms::words::Clause { letter: "a".into(), first_word: 1, last_word: 3 }],
        };
        let vocabulary = Vocabulary::parse(SHIPPED).unwrap();
        check(Entry::new(&comment, &norm, &version, true, None, (&vocabulary, language::named("en"))));
    }

    #[test]
    fn a_change_is_shown_and_a_huge_one_is_not_compared() {
        entry_of(wording(Change::Replace, "must"), |entry| {
            assert_eq!(entry.redline.as_ref().map(Redline::clean).as_deref(), Some("must"));
            assert_eq!(entry.about, "3(a), word 2");
            assert!(!entry.has_more && !entry.is_too_long());
        });
        entry_of(wording(Change::Replace, &"must ".repeat(1_000)), |entry| {
            assert!(entry.redline.is_none() && entry.has_more && entry.is_too_long());
        });
        entry_of(wording(Change::Keep, ""), |entry| {
            assert_eq!(entry.kept, "should");
            assert!(entry.redline.is_none() && !entry.has_more && !entry.is_too_long());
        });
    }

    #[test]
    fn a_long_text_is_opened_only() {
        entry_of(general(&"word ".repeat(1_000)), |entry| {
            assert!(entry.has_more && entry.text.len() < 300 && entry.text.ends_with('…'));
        });
        entry_of(general(" short \n"), |entry| {
            assert!(!entry.has_more);
            assert_eq!((entry.text.as_str(), entry.country.as_str()), ("short", "Netherlands (Kingdom of the)"));
        });
    }
}
