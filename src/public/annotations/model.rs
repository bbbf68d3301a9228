//! A published comment as a W3C Web Annotation (Web Annotation Data Model, 2017): which words of which wording, and what
//! should stand there. Made from what the API says of it, so that it says no more. Pure.

use serde_json::{Map, Value, json};

use crate::public::api::comment::{PublicAuthor, PublicComment, PublicLever, PublicWording};

/// The context of the model.
pub const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// Where our own terms are.
pub const OWN_CONTEXT: &str = "/api/v1/context.jsonld";
/// The media type of annotations.
pub const MEDIA_TYPE: &str = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";

/// The terms that the model lacks: JSON name, and what is meant.
const TERMS: &[(&str, &str)] = &[
    ("Lever", "A proposal how to implement a norm."),
    ("actor", "Who should act: a code of the list `actors`."),
    ("instrument", "By what: a code of the list `instruments`."),
    ("byWhen", "By when."),
    ("example", "An existing example."),
    ("obstacles", "What could stand in the way."),
    ("cost", "What it would cost."),
    ("reference", "What people call the comment."),
    ("change", "What is wanted of the words: replace, delete, keep."),
    ("concern", "What the comment is concerned about: a code of the list `concerns`."),
    ("acceptable", "Whether the author would accept the norm without the change."),
    ("evidence", "A link to evidence."),
    ("stakeholderGroup", "Stakeholder group: a code of the list `groups`."),
    ("country", "ISO 3166-1 alpha-2."),
    ("affiliation", "The organisation that a person belongs to or speaks for."),
    ("confidential", "Whether it was sent to the Commission alone; in its edition only."),
    ("status", "What became of the comment where it is not published; in exports of such comments only."),
];

/// The contexts of an answer, in the order in which they count.
fn contexts(origin: &str) -> Value {
    json!([CONTEXT, format!("{origin}{OWN_CONTEXT}")])
}

/// Our own context: every term has an address of its own, at which it is explained.
pub fn own_context(origin: &str) -> Value {
    let base = format!("{origin}{OWN_CONTEXT}#");
    let mut terms = Map::new();
    terms.insert("norms".to_owned(), base.clone().into());
    for (name, _) in TERMS {
        terms.insert((*name).to_owned(), format!("{base}{name}").into());
    }
    let meanings = TERMS.iter().map(|(name, meaning)| json!({ "@id": format!("{base}{name}"), "comment": meaning }));
    json!({ "@context": terms, "terms": meanings.collect::<Vec<_>>() })
}

/// The annotation of `comment` without its context. `place` is where its words stand in the wording, in Unicode code points.
pub fn annotation(origin: &str, comment: &PublicComment, place: Option<(usize, usize)>) -> Value {
    let source = format!("{origin}/norms/{}/versions/{}", comment.norm, comment.text_version);
    let changes = comment.wording.as_ref().is_some_and(|it| it.change != "keep");
    let mut target = json!({ "type": "SpecificResource", "source": source });
    if let Some(wording) = &comment.wording {
        put(&mut target, "selector", selectors(wording, place));
    }
    let mut all = json!({
        "id": comment.page,
        "type": "Annotation",
        "motivation": if changes { "editing" } else { "commenting" },
        "reference": comment.reference,
        "created": comment.submitted_at,
        "modified": comment.published_at,
        "creator": creator(&comment.author),
        "target": target,
        "body": bodies(comment),
    });
    if let Some(wording) = &comment.wording {
        say(&mut all, "change", &wording.change);
        say(&mut all, "concern", &wording.concern);
        say(&mut all, "acceptable", &wording.acceptable);
        say(&mut all, "evidence", &wording.evidence);
    }
    if let Some(general) = &comment.general {
        say(&mut all, "evidence", &general.evidence);
    }
    all
}

/// The annotation as an answer of its own.
pub fn alone(origin: &str, mut annotation: Value) -> Value {
    put(&mut annotation, "@context", contexts(origin));
    annotation
}

fn put(to: &mut Value, name: &str, value: Value) {
    if let Some(object) = to.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

/// Adds what was said; nothing for what was not.
fn say(to: &mut Value, name: &str, text: &str) {
    if !text.is_empty() {
        put(to, name, text.into());
    }
}

fn selectors(wording: &PublicWording, place: Option<(usize, usize)>) -> Value {
    let quote = json!({
        "type": "TextQuoteSelector",
        "exact": wording.quote,
        "prefix": wording.prefix,
        "suffix": wording.suffix,
    });
    let position = place.map(|(start, end)| json!({ "type": "TextPositionSelector", "start": start, "end": end }));
    std::iter::once(quote).chain(position).collect()
}

fn creator(author: &PublicAuthor) -> Value {
    let speaks_for_it = author.on_behalf_of.as_deref() == Some("organisation");
    let mut all = match (&author.name, &author.organisation) {
        (Some(name), organisation) => {
            let mut person = json!({ "type": "Person", "name": name });
            say(&mut person, "affiliation", organisation.as_deref().unwrap_or_default());
            person
        }
        (None, Some(organisation)) if speaks_for_it => json!({ "type": "Organization", "name": organisation }),
        (None, Some(organisation)) => json!({ "type": "Person", "affiliation": organisation }),
        (None, None) => json!({ "type": "Person" }),
    };
    say(&mut all, "stakeholderGroup", &author.stakeholder_group);
    say(&mut all, "country", author.country.as_deref().unwrap_or_default());
    all
}

fn bodies(comment: &PublicComment) -> Value {
    let text = |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value });
    let mut all = Vec::new();
    if let Some(wording) = &comment.wording {
        if wording.change != "keep" {
            // Words that are to go have nothing in their place.
            all.push(text("editing", &wording.proposed_wording));
        }
        if !wording.rationale.is_empty() {
            all.push(text("commenting", &wording.rationale));
        }
    }
    if let Some(general) = &comment.general {
        all.push(text("commenting", &general.rationale));
    }
    all.extend(comment.lever.as_ref().map(lever));
    all.into()
}

fn lever(it: &PublicLever) -> Value {
    let mut all = json!({
        "type": ["TextualBody", "Lever"],
        "purpose": "commenting",
        "format": "text/plain",
        "value": it.action,
        "actor": it.actor,
        "instrument": it.instrument,
    });
    for (name, text) in
        [("byWhen", &it.by_when), ("example", &it.example), ("obstacles", &it.obstacles), ("cost", &it.cost)]
    {
        say(&mut all, name, text);
    }
    all
}

/// A page of annotations: part of the collection at `collection`, itself at `own`, followed by the page at `next`.
pub fn page(origin: &str, collection: &str, own: &str, next: Option<&str>, items: Vec<Value>) -> Value {
    let mut all = json!({
        "@context": contexts(origin),
        "id": own,
        "type": "AnnotationPage",
        "partOf": { "id": collection, "type": "AnnotationCollection" },
        "items": items,
    });
    say(&mut all, "next", next.unwrap_or_default());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_ours_is_in_our_context() {
        let context = own_context("https://x");
        for (name, _) in TERMS {
            assert_eq!(context["@context"][name], format!("https://x/api/v1/context.jsonld#{name}"));
        }
        let lever = PublicLever {
            actor: "regulator".into(),
            instrument: "procurement".into(),
            action: "act".into(),
            by_when: "now".into(),
            example: "here".into(),
            obstacles: "none".into(),
            cost: "little".into(),
        };
        let standard = ["type", "purpose", "format", "value"];
        for name in super::lever(&lever).as_object().unwrap().keys().filter(|name| !standard.contains(&name.as_str())) {
            assert!(TERMS.iter().any(|(known, _)| known == name), "{name}");
        }
    }

    #[test]
    fn an_author_is_named_as_far_as_the_page_does() {
        let author = |name: Option<&str>, organisation: Option<&str>, on_behalf_of: Option<&str>| PublicAuthor {
            name: name.map(str::to_owned),
            organisation: organisation.map(str::to_owned),
            on_behalf_of: on_behalf_of.map(str::to_owned),
            organisation_is_confirmed: false,
            stakeholder_group: "academia".into(),
            country: None,
        };
        let of = |name, organisation, behalf| creator(&author(name, organisation, behalf));
        assert_eq!(of(Some("A"), Some("O"), Some("organisation"))["affiliation"], "O");
        let organisation = of(None, Some("O"), Some("organisation"));
        assert_eq!((&organisation["type"], &organisation["name"]), (&json!("Organization"), &json!("O")));
        let somebody = of(None, Some("O"), Some("myself"));
        assert_eq!((&somebody["type"], &somebody["name"]), (&json!("Person"), &Value::Null));
        assert_eq!(of(None, None, None)["stakeholderGroup"], "academia");
    }
}
