//! The fonts that a PDF shows: of each the glyphs that occur, and what text they stand for.

use std::collections::BTreeMap;
use std::io::{self, Write};

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Finish, Name, Rect, Ref, Str};
use rustybuzz::ttf_parser::{self, GlyphId};
use subsetter::{GlyphRemapper, subset};

use super::fonts::{self, FaceId, Loaded};
use super::out::{Objects, packed};

const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// What is shown of one font.
struct Used {
    /// The object of the font.
    id: Ref,
    /// Its name in the resources of a page.
    name: String,
    glyphs: GlyphRemapper,
    /// What each glyph stands for, by its new number.
    texts: Vec<Option<String>>,
}

/// The fonts shown so far.
#[derive(Default)]
pub struct Shown(BTreeMap<FaceId, Used>);

/// A glyph as a page shows it.
pub struct Sign {
    /// Its number in the embedded font.
    pub number: u16,
    /// Whether the font says what text it stands for; else the page has to.
    pub is_plain: bool,
}

impl Shown {
    /// The name of a font in the resources of pages.
    pub fn name<W: Write>(&mut self, objects: &mut Objects<W>, face: FaceId) -> String {
        let number = self.0.len();
        let new =
            || Used { id: objects.next(), name: format!("F{number}"), glyphs: GlyphRemapper::new(), texts: Vec::new() };
        self.0.entry(face).or_insert_with(new).name.clone()
    }

    /// Takes note that `glyph` of a font that has a name is shown for `text`.
    pub fn sign(&mut self, face: FaceId, glyph: u16, text: &str) -> Sign {
        let Some(used) = self.0.get_mut(&face) else { return Sign { number: 0, is_plain: false } };
        let number = used.glyphs.remap(glyph);
        let place = usize::from(number);
        if used.texts.len() <= place {
            used.texts.resize(place + 1, None);
        }
        let known = used.texts.get_mut(place);
        // The empty box stands for anything.
        let is_plain = match known {
            Some(known) if glyph != 0 && !text.is_empty() => known.get_or_insert_with(|| text.to_owned()) == text,
            _ => false,
        };
        Sign { number, is_plain }
    }

    /// The fonts for the resources of a page, by name.
    pub fn resources(&self) -> impl Iterator<Item = (&str, Ref)> {
        self.0.values().map(|used| (used.name.as_str(), used.id))
    }

    /// Writes the fonts.
    pub fn write<W: Write>(&self, objects: &mut Objects<W>) -> io::Result<()> {
        for (face, used) in &self.0 {
            let loaded = fonts::face(*face).ok_or_else(|| io::Error::other("a font is gone"))?;
            used.write(objects, loaded)?;
        }
        Ok(())
    }
}

impl Used {
    fn write<W: Write>(&self, objects: &mut Objects<W>, loaded: &Loaded) -> io::Result<()> {
        let file = subset(loaded.data, loaded.index, &self.glyphs).map_err(io::Error::other)?;
        let outlines =
            ttf_parser::RawFace::parse(&file, 0).ok().and_then(|raw| raw.table(ttf_parser::Tag::from_bytes(b"CFF ")));
        let (is_cff, bytes) = (outlines.is_some(), packed(outlines.unwrap_or(&file))?);
        let [font, descriptor, data, map] = [(); 4].map(|()| objects.next());
        let name = format!("NORMPT+{}", self.name);
        let name = Name(name.as_bytes());
        objects.object(self.id, |chunk| {
            let mut it = chunk.type0_font(self.id);
            it.base_font(name).encoding_predefined(Name(b"Identity-H")).descendant_font(font).to_unicode(map);
        })?;
        objects.object(font, |chunk| self.cid_font(chunk, (font, descriptor), name, loaded, is_cff))?;
        objects.object(descriptor, |chunk| describe(chunk, (descriptor, data), name, loaded, is_cff))?;
        objects.object(data, |chunk| {
            let mut stream = chunk.stream(data, &bytes);
            stream.filter(Filter::FlateDecode);
            if is_cff {
                stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
            }
        })?;
        let mut unicode = UnicodeCmap::<u16>::new(Name(b"Text"), SYSTEM);
        for (number, text) in (0..).zip(&self.texts) {
            if let Some(text) = text {
                unicode.pair_with_multiple(number, text.chars());
            }
        }
        let unicode = packed(unicode.finish().as_slice())?;
        objects.object(map, |chunk| {
            chunk.stream(map, &unicode).filter(Filter::FlateDecode);
        })
    }

    fn cid_font(&self, chunk: &mut Chunk, (id, descriptor): (Ref, Ref), name: Name<'_>, loaded: &Loaded, is_cff: bool) {
        let mut it = chunk.cid_font(id);
        it.subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 });
        it.base_font(name).system_info(SYSTEM).font_descriptor(descriptor).default_width(0.0);
        if !is_cff {
            it.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        it.widths().consecutive(0, self.glyphs.remapped_gids().map(|glyph| width(loaded, glyph)));
        it.finish();
    }
}

/// How wide a glyph is, in thousandths of the size.
pub fn width(loaded: &Loaded, glyph: u16) -> f32 {
    scaled(loaded, f32::from(loaded.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default()))
}

/// Units of a font in thousandths of the size.
pub fn scaled(loaded: &Loaded, units: f32) -> f32 {
    let em = u16::try_from(loaded.face.units_per_em()).unwrap_or(1000).max(1);
    units * 1000.0 / f32::from(em)
}

fn describe(chunk: &mut Chunk, (id, data): (Ref, Ref), name: Name<'_>, loaded: &Loaded, is_cff: bool) {
    let face = &loaded.face;
    let thousandths = |units: i16| scaled(loaded, f32::from(units));
    let ascent = thousandths(face.ascender());
    let bounds = face.global_bounding_box();
    let mut it = chunk.font_descriptor(id);
    it.name(name).flags(FontFlags::SYMBOLIC | FontFlags::SERIF);
    it.bbox(Rect::new(
        thousandths(bounds.x_min),
        thousandths(bounds.y_min),
        thousandths(bounds.x_max),
        thousandths(bounds.y_max),
    ));
    it.italic_angle(0.0).ascent(ascent).descent(thousandths(face.descender()));
    it.cap_height(face.capital_height().map_or(ascent, thousandths)).stem_v(80.0);
    if is_cff {
        it.font_file3(data);
    } else {
        it.font_file2(data);
    }
    it.finish();
}
