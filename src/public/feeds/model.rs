//! A feed as RFC 4287 wants it. Pure.

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig};

use crate::clock::Moment;
use crate::web::PageError;

/// The media type of a feed.
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// What a feed is made of.
pub struct Described<'a> {
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// The language of its own words.
    pub lang: &'a str,
    /// Its address without a query: what it is known by.
    pub id: String,
    /// The address of this page of it.
    pub own: String,
    /// The address of the next page.
    pub next: Option<String>,
    /// The page that shows the same.
    pub page: String,
    /// When it last changed, if nothing is in it.
    pub since: Moment,
}

/// Something in a feed.
pub struct Item {
    /// Its permanent address or name.
    pub id: String,
    /// The page that shows it.
    pub page: String,
    /// Its title.
    pub title: String,
    /// By whom.
    pub author: String,
    /// When it was published.
    pub published: Moment,
    /// When it last changed.
    pub updated: Moment,
    /// What it says, as HTML.
    pub html: String,
}

/// The feed as text.
pub fn written(about: Described, items: Vec<Item>) -> Result<String, PageError> {
    let updated = items.iter().map(|item| item.updated).max().unwrap_or(about.since);
    let mut links = vec![link("self", about.own, MEDIA_TYPE), link("alternate", about.page, "text/html")];
    links.extend(about.next.map(|next| link("next", next, MEDIA_TYPE)));
    let feed = Feed {
        title: Text::plain(sound(&about.title)),
        id: about.id,
        updated: time(updated),
        authors: vec![person(&about.author)],
        generator: Some(Generator { value: "Norm Portal".into(), ..Generator::default() }),
        links,
        entries: items.into_iter().map(entry).collect(),
        lang: Some(about.lang.to_owned()),
        ..Feed::default()
    };
    let config = WriteConfig { write_document_declaration: true, indent_size: None };
    let bytes = feed.write_with_config(Vec::new(), config).map_err(|error| {
        tracing::error!(%error, "a feed could not be written");
        PageError::Fault
    })?;
    String::from_utf8(bytes).map_err(|_| PageError::Fault)
}

fn entry(item: Item) -> Entry {
    let content = Content { value: Some(sound(&item.html)), content_type: Some("html".into()), ..Content::default() };
    Entry {
        title: Text::plain(sound(&item.title)),
        id: item.id,
        updated: time(item.updated),
        published: Some(time(item.published)),
        authors: vec![person(&item.author)],
        links: vec![link("alternate", item.page, "text/html")],
        content: Some(content),
        ..Entry::default()
    }
}

fn link(rel: &str, href: String, kind: &str) -> Link {
    let kind = kind.split(';').next().unwrap_or_default().to_owned();
    Link { rel: rel.to_owned(), href, mime_type: Some(kind), ..Link::default() }
}

fn person(name: &str) -> Person {
    // RFC 4287, 3.2.1: a name must be there.
    let name = sound(name.trim());
    Person { name: if name.is_empty() { "?".to_owned() } else { name }, ..Person::default() }
}

fn time(at: Moment) -> FixedDateTime {
    at.and_utc().fixed_offset()
}

/// `text` without the characters that XML 1.0 can't hold, and without the marks that keep names apart on a page.
fn sound(text: &str) -> String {
    let is_sound = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
            && !matches!(c, '\u{2068}' | '\u{2069}')
    };
    text.chars().filter(is_sound).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::from_micros;

    fn described() -> Described<'static> {
        Described {
            title: "A & B".into(),
            author: "Who".into(),
            lang: "en",
            id: "https://x/feed.atom".into(),
            own: "https://x/feed.atom?before=9".into(),
            next: None,
            page: "https://x/".into(),
            since: from_micros(0),
        }
    }

    #[test]
    fn an_empty_feed_has_what_the_standard_wants() {
        let text = written(described(), Vec::new()).unwrap();
        let feed = Feed::read_from(text.as_bytes()).unwrap();
        assert_eq!((feed.title.as_str(), feed.authors[0].name.as_str()), ("A & B", "Who"));
        assert_eq!(feed.updated, time(from_micros(0)));
        assert!(text.contains("xml:lang=\"en\"") && text.starts_with("<?xml"), "{text}");
    }

    #[test]
    fn no_text_of_a_person_breaks_the_feed() {
        let nasty = "</content>\u{1}]]>\u{fffe}<script>&amp;\u{2068}\u{1b}\u{10ffff}";
        let item = Item {
            id: "https://x/1".into(),
            page: "https://x/1".into(),
            title: nasty.into(),
            author: nasty.into(),
            published: from_micros(5),
            updated: from_micros(7_000_000),
            html: nasty.into(),
        };
        let text = written(described(), vec![item]).unwrap();
        let feed = Feed::read_from(text.as_bytes()).unwrap();
        let left = "</content>]]><script>&amp;\u{10ffff}";
        let entry = &feed.entries[0];
        assert_eq!((entry.title.as_str(), entry.authors[0].name.as_str()), (left, left));
        assert_eq!(entry.content.as_ref().unwrap().value.as_deref(), Some(left));
        assert_eq!(feed.updated, time(from_micros(7_000_000)));
    }
}
