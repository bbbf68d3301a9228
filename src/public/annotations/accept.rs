//! What a program would rather have at an address that can give several things (RFC 9110, 12.5.1). Pure.

/// What the permalink of a comment can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// A page. Whoever wants nothing that there is gets it too.
    Html,
    /// The comment as the API gives it.
    Json,
    /// A Web Annotation.
    JsonLd,
}

const OFFERS: [(Offer, &str, &str); 4] = [
    (Offer::Html, "text", "html"),
    (Offer::Html, "application", "xhtml+xml"),
    (Offer::Json, "application", "json"),
    (Offer::JsonLd, "application", "ld+json"),
];

/// The most ranges that are looked at.
const MOST: usize = 40;

/// A range of media types and how much it is wanted, in thousandths.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    quality: u32,
}

impl Range<'_> {
    /// How exactly it names `kind/subtype`; `None` if it does not.
    fn fit(&self, kind: &str, subtype: &str) -> Option<u8> {
        let names = |own: &str, other: &str| own.eq_ignore_ascii_case(other);
        match (self.kind, self.subtype) {
            ("*", "*") => Some(0),
            (own, "*") if names(own, kind) => Some(1),
            (own, own_subtype) if names(own, kind) && names(own_subtype, subtype) => Some(2),
            _ => None,
        }
    }
}

/// The best offer under the header `accept`; of two that are wanted equally, the earlier of [`Offer`].
pub fn best(accept: &str) -> Offer {
    let ranges: Vec<Range> = accept.split(',').take(MOST).filter_map(range).collect();
    let quality = |kind: &str, subtype: &str| {
        let fits = ranges.iter().filter_map(|range| Some((range.fit(kind, subtype)?, range.quality)));
        fits.max_by_key(|(fit, _)| *fit).map_or(0, |(_, quality)| quality)
    };
    let mut found = (Offer::Html, 0);
    for (offer, kind, subtype) in OFFERS {
        let quality = quality(kind, subtype);
        if quality > found.1 {
            found = (offer, quality);
        }
    }
    found.0
}

fn range(text: &str) -> Option<Range<'_>> {
    let mut parts = text.split(';');
    let (kind, subtype) = parts.next()?.trim().split_once('/')?;
    let mut wanted = 1_000;
    for parameter in parts {
        // Behind the quality stands nothing that says more of the type; before it, `profile` only narrows it.
        if let Some((name, value)) = parameter.split_once('=')
            && name.trim().eq_ignore_ascii_case("q")
        {
            wanted = quality(value.trim())?;
            break;
        }
    }
    Some(Range { kind, subtype, quality: wanted })
}

/// `0.5` as thousandths; `None` for what is no quality.
fn quality(text: &str) -> Option<u32> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_sound = rest.len() <= 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    let thousandths = format!("{rest:0<3}").parse::<u32>().ok().filter(|_| is_sound)?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn browsers_and_whoever_wants_nothing_we_have_get_the_page() {
        for accept in [
            "",
            "*/*",
            "text/html",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
            "text/*",
            "nonsense",
            "/;q=,;;,",
            "image/png",
            "application/activity+json",
            "application/ld+json;q=0",
            "text/html;q=0",
            "application/json;q=2",
            "application/json, text/html",
            "application/json;q=0.5, */*;q=0.6",
        ] {
            assert_eq!(best(accept), Offer::Html, "{accept}");
        }
    }

    #[test]
    fn programs_get_what_they_would_rather_have() {
        for (accept, offer) in [
            ("application/json", Offer::Json),
            ("APPLICATION/JSON", Offer::Json),
            ("application/json, text/html;q=0.9", Offer::Json),
            ("application/*", Offer::Html),
            ("application/*, text/html;q=0.5, application/xhtml+xml;q=0", Offer::Json),
            ("text/html;q=0.2, application/xhtml+xml;q=0, application/ld+json;q=0.21", Offer::JsonLd),
            ("application/ld+json", Offer::JsonLd),
            ("application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"", Offer::JsonLd),
            (
                "application/ld+json;profile=\"http://www.w3.org/ns/anno.jsonld\";q=0.9, application/json;q=0.8",
                Offer::JsonLd,
            ),
            ("application/json;q=0.9, application/ld+json;q=0.8", Offer::Json),
            ("*/*;q=0.1, application/json;q=0.2", Offer::Json),
            ("application/json;q=0, application/*", Offer::Html),
            ("application/json ; q=1.000", Offer::Json),
        ] {
            assert_eq!(best(accept), offer, "{accept}");
        }
    }

    proptest! {
        #[test]
        fn no_header_panics(accept in "\\PC{0,200}") {
            let _ = best(&accept);
        }
    }
}
