//! The fonts of a PDF: the portal's own for Latin letters, the machine's for every other script. A letter that no font has
//! is shown as an empty box; its text stays in the file.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};

use fontdb::{Database, FaceInfo, Stretch, Style};
use rustybuzz::Face;
use rustybuzz::ttf_parser::{self, Permissions};
use subsetter::{GlyphRemapper, subset};

/// The fonts that the pages of the portal are set in: regular, then bold; the second of each has the rarer letters.
const SHIPPED: [&[u8]; 4] = [
    include_bytes!("../../../static/fonts/source-serif-4-latin-400-normal.woff2"),
    include_bytes!("../../../static/fonts/source-serif-4-latin-ext-400-normal.woff2"),
    include_bytes!("../../../static/fonts/source-serif-4-latin-600-normal.woff2"),
    include_bytes!("../../../static/fonts/source-serif-4-latin-ext-600-normal.woff2"),
];

/// Bytes of the machine's fonts that are kept in memory at most: once read, a font stays.
const MOST_KEPT: usize = 64 << 20;

/// Characters that fonts are asked for: the planes that have letters and signs.
const CHARACTERS: usize = 0x3_0000;

/// No font.
const NONE: u16 = u16::MAX;

/// Which font: those of the portal first, then those of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FaceId(u16);

/// A font that can be drawn and embedded.
pub struct Loaded {
    /// The file.
    pub data: &'static [u8],
    /// Which font of the file.
    pub index: u32,
    /// Its tables.
    pub face: Face<'static>,
}

impl Loaded {
    fn of(data: Vec<u8>, index: u32) -> Option<Self> {
        let data: &'static [u8] = Vec::leak(data);
        let face = Face::from_slice(data, index)?;
        // What can't be made smaller can't be embedded: better another font than no file.
        subset(data, index, &GlyphRemapper::new_from_glyphs(&[1])).ok()?;
        Some(Self { data, index, face })
    }
}

static OWN: LazyLock<Vec<Option<Loaded>>> = LazyLock::new(|| {
    let unpacked = |packed: &&[u8]| {
        let mut unpack = |bytes: &[u8], size: usize| {
            let mut whole = Vec::with_capacity(size);
            brotli::BrotliDecompress(&mut &*bytes, &mut whole)?;
            Ok(whole)
        };
        let data = wuff::decompress_woff2_with_custom_brotli(packed, &mut unpack).ok()?;
        Loaded::of(data, 0)
    };
    SHIPPED.iter().map(unpacked).collect()
});

/// The fonts of the machine and which of them has which character.
struct Machine {
    fonts: Database,
    /// In the order of preference, each with what was read of it.
    faces: Vec<(fontdb::ID, OnceLock<Option<Loaded>>)>,
    /// For each character the first font that has it.
    having: Vec<u16>,
}

static MACHINE: LazyLock<Machine> = LazyLock::new(Machine::look);
static KEPT: AtomicUsize = AtomicUsize::new(0);

impl Machine {
    /// Looks at every font that is installed; some 0.2 seconds for a thousand of them, once in the life of the program.
    fn look() -> Self {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        let mut ordered: Vec<(usize, usize, String, fontdb::ID)> = fonts.faces().filter_map(preference).collect();
        ordered.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
        ordered.truncate(usize::from(NONE) - SHIPPED.len());
        let mut having = vec![NONE; CHARACTERS];
        for (place, (.., id)) in (0..).zip(&ordered) {
            fonts.with_face_data(*id, |data, index| note(data, index, place, &mut having));
        }
        if ordered.is_empty() {
            tracing::warn!("no fonts are installed: PDF files show other letters than Latin ones as empty boxes");
        }
        let faces = ordered.into_iter().map(|(.., id)| (id, OnceLock::new())).collect();
        Self { fonts, faces, having }
    }

    fn loaded(&self, place: u16) -> Option<&Loaded> {
        let (id, cell) = self.faces.get(usize::from(place))?;
        cell.get_or_init(|| {
            let (data, index) = self.fonts.with_face_data(*id, |data, index| (data.to_vec(), index))?;
            if KEPT.fetch_add(data.len(), Ordering::Relaxed) + data.len() > MOST_KEPT {
                KEPT.fetch_sub(data.len(), Ordering::Relaxed);
                return None;
            }
            Loaded::of(data, index)
        })
        .as_ref()
    }
}

/// Where a font stands in the order of preference: serif before sans, the plain name of a family before longer ones. `None`
/// for slanted, bold and narrow ones.
fn preference(face: &FaceInfo) -> Option<(usize, usize, String, fontdb::ID)> {
    let is_plain = face.style == Style::Normal && face.stretch == Stretch::Normal;
    if !is_plain || !(350..=500).contains(&face.weight.0) {
        return None;
    }
    let name = face.families.first()?.0.clone();
    let odd = ["Display", "Nastaliq", "Rashi", "Mono", "UI", "Looped", "Unjoined", "Emoji"];
    let begins = ["Noto Naskh Arabic", "Noto Serif", "Noto Sans", "DejaVu Serif", "DejaVu Sans"];
    let rank = match begins.iter().position(|begin| name.starts_with(begin)) {
        _ if odd.iter().any(|word| name.contains(word)) => begins.len() + 1,
        Some(rank) => rank,
        None => begins.len(),
    };
    Some((rank, name.len(), name, face.id))
}

/// Notes which characters a font has that no font before it had.
fn note(data: &[u8], index: u32, place: u16, having: &mut [u16]) {
    let Ok(face) = ttf_parser::Face::parse(data, index) else { return };
    let tables = face.tables();
    let has_outlines = tables.glyf.is_some() || tables.cff.is_some();
    if !has_outlines || face.is_variable() || face.permissions() == Some(Permissions::Restricted) {
        return;
    }
    let Some(map) = tables.cmap else { return };
    for table in map.subtables.into_iter().filter(ttf_parser::cmap::Subtable::is_unicode) {
        table.codepoints(|code| {
            let Some(slot) = usize::try_from(code).ok().and_then(|code| having.get_mut(code)) else { return };
            if *slot == NONE && table.glyph_index(code).is_some_and(|glyph| glyph.0 != 0) {
                *slot = place;
            }
        });
    }
}

/// A font that is there; `None` if it can't be read after all.
pub fn face(id: FaceId) -> Option<&'static Loaded> {
    match OWN.get(usize::from(id.0)) {
        Some(own) => own.as_ref(),
        None => MACHINE.loaded(id.0 - u16::try_from(SHIPPED.len()).unwrap_or_default()),
    }
}

/// The font for what no font has.
pub fn fallback(is_bold: bool) -> FaceId {
    FaceId(if is_bold { 2 } else { 0 })
}

/// Whether a font is bold by itself.
pub fn is_bold(id: FaceId) -> bool {
    matches!(id.0, 2 | 3)
}

/// Whether the font has the character.
pub fn has(id: FaceId, c: char) -> bool {
    face(id).is_some_and(|loaded| loaded.face.glyph_index(c).is_some())
}

/// The font for a character; `None` if there is none.
pub fn face_for(c: char, is_bold: bool) -> Option<FaceId> {
    let own = fallback(is_bold);
    for id in [own, FaceId(own.0 + 1)] {
        if has(id, c) {
            return Some(id);
        }
    }
    let place = *MACHINE.having.get(usize::try_from(u32::from(c)).ok()?)?;
    let id = FaceId(place.checked_add(u16::try_from(SHIPPED.len()).ok()?)?);
    (place != NONE && has(id, c)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_are_set_in_the_portals_own_fonts_whatever_the_machine_has() {
        for c in "aZ09 (\u{e9})\u{201c}\u{2014}\u{20ac}".chars() {
            assert_eq!(face_for(c, false), Some(FaceId(0)), "{c}");
            assert_eq!(face_for(c, true), Some(FaceId(2)), "{c}");
        }
        assert_eq!(face_for('\u{159}', false), Some(FaceId(1)));
    }

    #[test]
    fn what_no_font_has_is_known() {
        assert_eq!(face_for('\u{e123}', false).filter(|id| id.0 < 4), None);
        assert_eq!(face_for('\u{10ffff}', false), None);
    }
}
