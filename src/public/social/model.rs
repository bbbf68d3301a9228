//! The head of a page for programs: words for a link to it, and schema.org data. The same words that the page shows.

use serde_json::{Value, json};

use crate::clock::rfc3339;
use crate::comments::model::Comment;
use crate::comments::record::model::texts;
use crate::moderation::gist;
use crate::norms::model::{Consultation, Norm, TextKind, TextVersion};
use crate::web::Ctx;

/// The longest description of a page, in graphemes.
const DESCRIPTION: usize = 200;

/// What the head of a page says.
pub struct Head {
    /// The page's title.
    pub title: String,
    /// What the page is about, in a sentence or two.
    pub description: String,
    /// Its full address.
    pub address: String,
    /// The feed of what it shows: its address, and its title.
    pub feed: (String, String),
    /// The picture for a link.
    pub picture: String,
    data: Value,
}

impl Head {
    fn new(ctx: &Ctx, path: &str, title: String, description: &str, data: Value) -> Self {
        let feed = ("/feed.atom".to_owned(), ctx.t("feed-link"));
        let description = gist::opening(description.trim(), DESCRIPTION);
        let (address, picture) = (ctx.link(path), ctx.link(&ctx.asset("card.png")));
        Self { title, description, address, feed, picture, data }
    }

    /// The head of the home page.
    pub fn home(ctx: &Ctx, consultation: &Consultation) -> Self {
        let data = json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": consultation.title,
            "url": ctx.link("/"),
            "publisher": publisher(&consultation.commission),
        });
        Self::new(ctx, "/", consultation.title.clone(), &consultation.summary, data)
    }

    /// The head of a norm's page.
    pub fn norm(ctx: &Ctx, norm: &Norm, version: &TextVersion) -> Self {
        let path = format!("/norms/{}", norm.slug);
        let data = json!({
            "@context": "https://schema.org",
            "@type": if norm.kind == TextKind::Norm { json!(["CreativeWork", "Legislation"]) } else { json!("CreativeWork") },
            "@id": ctx.link(&path),
            "url": ctx.link(&path),
            "name": norm.title,
            "text": version.body,
            "version": version.label,
            "datePublished": version.dated,
            "inLanguage": "en",
            "publisher": publisher(&ctx.t("commission-name")),
            "commentCount": norm.published.all(),
        });
        let mut head = Self::new(ctx, &path, norm.title.clone(), &version.body, data);
        head.feed = (format!("{path}/feed.atom"), ctx.t("feed-link-norm"));
        head
    }

    /// The head of a comment's page; `by` says who it is from, as the page does.
    pub fn comment(ctx: &Ctx, norm: &Norm, comment: &Comment, by: &str) -> Self {
        let path = format!("/comments/{}", comment.reference);
        let title = ctx.lang.plain("public-comment-title", &[("reference", &comment.reference)]);
        let text = texts(comment).join("\n");
        let by = by.replace(['\u{2068}', '\u{2069}'], "");
        let data = json!({
            "@context": "https://schema.org",
            "@type": "Comment",
            "@id": ctx.link(&path),
            "url": ctx.link(&path),
            "identifier": comment.reference,
            "name": format!("{title}, {}", norm.title),
            "text": text,
            "creditText": by,
            "dateCreated": rfc3339(comment.submitted_at),
            "datePublished": rfc3339(comment.published_at.unwrap_or(comment.submitted_at)),
            "about": { "@type": "CreativeWork", "@id": ctx.link(&format!("/norms/{}", norm.slug)), "name": norm.title },
        });
        let mut head = Self::new(ctx, &path, format!("{title}, {}", norm.title), &format!("{by}: {text}"), data);
        head.feed = (format!("/norms/{}/feed.atom", norm.slug), ctx.t("feed-link-norm"));
        head
    }

    /// The data, in a form that nothing in it can end the element it stands in.
    pub fn data(&self) -> String {
        let text = self.data.to_string();
        text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    }
}

fn publisher(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_ends_its_element() {
        let nasty = "</script><!--<script>&amp;'\"";
        let head = Head {
            title: String::new(),
            description: String::new(),
            address: String::new(),
            feed: (String::new(), String::new()),
            picture: String::new(),
            data: json!({ "text": nasty }),
        };
        let data = head.data();
        assert!(!data.contains(['<', '>', '&']), "{data}");
        assert_eq!(serde_json::from_str::<Value>(&data).unwrap()["text"], nasty);
    }
}
