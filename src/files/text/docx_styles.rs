//! Which styles of a Word document are headings: by their outline level, by their name (which Word stores in English
//! whatever its language), or by the style they are based on.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::Unreadable;
use super::markup::{self, Archive, Piece, attribute};

#[derive(Default)]
struct Style {
    level: Option<u8>,
    based_on: String,
}

/// The styles of a document.
#[derive(Default)]
pub struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// The level of headings of this style, from 1.
    pub fn level(&self, id: &str) -> Option<u8> {
        let mut id = id;
        // A chain of styles ends, unless somebody made it a ring.
        for _ in 0..10 {
            let style = self.0.get(id)?;
            if style.level.is_some() {
                return style.level;
            }
            id = &style.based_on;
        }
        None
    }
}

/// The level in `outlineLvl`: 9 stands for none.
pub fn outline(element: &BytesStart) -> Option<u8> {
    let level: u8 = attribute(element, "val")?.parse().ok()?;
    (level < 9).then_some(level + 1)
}

fn by_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name == "title" {
        return Some(1);
    }
    name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level))
}

/// Reads the styles, if the document has any.
pub fn read(archive: &mut Archive) -> Result<Styles, Unreadable> {
    let mut styles = Styles::default();
    let (mut id, mut style) = (None, Style::default());
    markup::stream(archive, "word/styles.xml", |piece| {
        match piece {
            Piece::Open("style", it) => {
                id = attribute(it, "styleId");
                style = Style::default();
            }
            Piece::Open("name", it) if style.level.is_none() => {
                style.level = attribute(it, "val").as_deref().and_then(by_name);
            }
            Piece::Open("basedOn", it) => style.based_on = attribute(it, "val").unwrap_or_default(),
            Piece::Open("outlineLvl", it) => style.level = outline(it),
            Piece::Close("style") => styles.0.extend(id.take().map(|id| (id, std::mem::take(&mut style)))),
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}
