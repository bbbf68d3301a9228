//! XML out of a ZIP, read as it is unpacked: nothing of it is held but the piece at hand, so a small file that unpacks
//! to gigabytes costs what is read of it until the limit.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::Unreadable;
use crate::files::directory;

/// The most bytes of one unpacked entry.
const MOST_BYTES: u64 = 32 << 20;

/// How deep elements may be nested.
const DEEPEST: usize = 250;

/// A piece of XML. Names are local: without the prefix of their namespace.
pub enum Piece<'a> {
    /// An element begins.
    Open(&'a str, &'a BytesStart<'a>),
    /// An element ends.
    Close(&'a str),
    /// Characters.
    Text(&'a str),
}

/// A ZIP in memory.
pub type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens a ZIP, unless it holds more files than any document.
pub fn open(bytes: &[u8]) -> Result<Archive<'_>, Unreadable> {
    if directory::is_too_long(&mut Cursor::new(bytes)).map_err(|_| Unreadable::Broken)? {
        return Err(Unreadable::TooLarge);
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)
}

/// Hands every piece of the entry `name` to `take`, in order. `Ok(false)`: there is no such entry.
pub fn stream(
    archive: &mut Archive,
    name: &str,
    mut take: impl FnMut(Piece) -> Result<(), Unreadable>,
) -> Result<bool, Unreadable> {
    if archive.index_for_name(name).is_none() {
        return Ok(false);
    }
    let entry = archive.by_name(name).map_err(|_| Unreadable::Broken)?;
    let mut reader = Reader::from_reader(BufReader::new(entry.take(MOST_BYTES)));
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(_) if reader.buffer_position() >= MOST_BYTES => return Err(Unreadable::TooLarge),
            Err(_) => return Err(Unreadable::Broken),
        };
        match event {
            Event::Start(element) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Unreadable::Broken);
                }
                take(Piece::Open(element.local_name().into_inner(), &element))?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                take(Piece::Close(element.local_name().into_inner()))?;
            }
            Event::Text(text) => take(Piece::Text(&text))?,
            Event::CData(text) => take(Piece::Text(&text))?,
            Event::GeneralRef(name) => {
                let mut one = [0; 4];
                take(Piece::Text(character(&name).encode_utf8(&mut one)))?;
            }
            // An entity of the document's own could stand for anything.
            Event::DocType(_) => return Err(Unreadable::Broken),
            Event::Eof if reader.buffer_position() >= MOST_BYTES => return Err(Unreadable::TooLarge),
            Event::Eof if depth > 0 => return Err(Unreadable::Broken),
            Event::Eof => return Ok(true),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn character(name: &quick_xml::events::BytesRef) -> char {
    match name.resolve_char_ref() {
        Ok(Some('\0')) | Err(_) => char::REPLACEMENT_CHARACTER,
        Ok(Some(character)) => character,
        Ok(None) => match &**name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => char::REPLACEMENT_CHARACTER,
        },
    }
}

/// The value of the attribute whose local name is `name`.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let found = all.with_checks(false).flatten().find(|it| it.key.local_name().into_inner() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
