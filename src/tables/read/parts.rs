//! The parts of a packed file, unpacked under a limit: what its directory says of sizes is not believed.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;

/// The most bytes of the texts that cells share, unpacked. They are the one part that is held in memory whole: three
/// times as much, while it grows, is well within what the process may use (`files::reader`). A table of 10,000 rows
/// saved by Excel has some 20 MiB.
pub(super) const MOST_SHARED: u64 = 32 << 20;
/// The most bytes of text that a cell may have: far more than any program lets one.
pub(super) const MOST_CELL: usize = 1 << 20;
/// The most bytes of any other part, unpacked.
pub(super) const MOST_PART: u64 = 64 << 20;
/// The most bytes between two tags: ten times what a cell holds.
const MOST_EVENT: u64 = 1 << 20;
/// The most tags, attributes and texts of all the parts that are read: small ones cost time, not bytes.
const MOST_MARKS: u32 = 5_000_000;

/// An opened package.
pub(super) struct Package<'f> {
    archive: ZipArchive<&'f mut File>,
    /// Tags, attributes and texts that may still be read.
    marks: Rc<Cell<u32>>,
}

impl<'f> Package<'f> {
    pub fn open(file: &'f mut File) -> Result<Self, ReadError> {
        Ok(Self { archive: ZipArchive::new(file).map_err(broken)?, marks: Rc::new(Cell::new(MOST_MARKS)) })
    }

    /// The XML of a part of at most `most` bytes; `None` if there is no such part.
    pub fn part(&mut self, name: &str, most: u64) -> Result<Option<Xml<'_>>, ReadError> {
        match self.archive.by_name(name) {
            Ok(entry) if entry.encrypted() => Err(ReadError::Kind("table-kind-old".into())),
            Ok(entry) => Ok(Some(Xml::over(entry, most, Rc::clone(&self.marks)))),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(ZipError::UnsupportedArchive(_)) => Err(ReadError::Kind("table-kind-old".into())),
            Err(error) => Err(broken(error)),
        }
    }

    /// The names of its parts.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect()
    }
}

fn broken(error: ZipError) -> ReadError {
    ReadError::Broken(error.to_string())
}

/// Reads until a limit, then fails.
struct Capped<R> {
    inner: R,
    left: u64,
    /// Bytes since the last tag.
    event: Rc<Cell<u64>>,
}

/// What [`Capped`] fails with.
const OVER: &str = "over the limit";

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let length = read as u64;
        self.event.set(self.event.get() + length);
        if length > self.left || self.event.get() > MOST_EVENT {
            return Err(io::Error::other(OVER));
        }
        self.left -= length;
        Ok(read)
    }
}

/// A tag or a text.
#[derive(Debug)]
pub(super) enum Mark {
    /// A tag opens.
    Open(Tag),
    /// A tag closes; its name without prefix.
    Close(String),
    /// Characters.
    Text(String),
    /// The end of the part.
    End,
}

/// A tag that opens.
#[derive(Debug)]
pub(super) struct Tag {
    /// Its name without prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Whether it closes at once; no [`Mark::Close`] follows then.
    pub is_empty: bool,
}

impl Tag {
    fn of(start: &BytesStart, is_empty: bool, marks: &Cell<u32>) -> Self {
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().take(40).map(|attribute| {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default();
            (attribute.key.local_name().into_inner().to_owned(), value)
        });
        let attributes: Vec<_> = attributes.collect();
        let counted = u32::try_from(attributes.len()).unwrap_or(u32::MAX);
        marks.set(marks.get().saturating_sub(counted));
        Self { name: start.local_name().into_inner().to_owned(), attributes, is_empty }
    }

    /// The value of an attribute, by its name without prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether an attribute is set to true.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.get(name), Some("1" | "true" | "on"))
    }
}

/// The XML of a part, tag by tag.
pub(super) struct Xml<'p> {
    reader: Reader<BufReader<Capped<Box<dyn Read + 'p>>>>,
    event: Rc<Cell<u64>>,
    marks: Rc<Cell<u32>>,
    buffer: Vec<u8>,
}

impl<'p> Xml<'p> {
    fn over(part: impl Read + 'p, most: u64, marks: Rc<Cell<u32>>) -> Self {
        let event = Rc::new(Cell::new(0));
        let inner: Box<dyn Read + 'p> = Box::new(part);
        let capped = Capped { inner, left: most, event: Rc::clone(&event) };
        Self { reader: Reader::from_reader(BufReader::new(capped)), event, marks, buffer: Vec::new() }
    }

    /// Another tag or text is about to be read.
    fn begin(&mut self) -> Result<(), ReadError> {
        self.buffer.clear();
        self.event.set(0);
        self.marks.set(self.marks.get().checked_sub(1).ok_or(ReadError::TooLarge)?);
        Ok(())
    }

    /// The next tag of this name; what is between is passed over. `None`: there is none.
    pub fn find(&mut self, name: &str) -> Result<Option<Tag>, ReadError> {
        loop {
            self.begin()?;
            match self.reader.read_event_into(&mut self.buffer).map_err(fault)? {
                Event::Start(start) | Event::Empty(start) if start.local_name().into_inner() == name => {
                    return Ok(Some(Tag::of(&start, false, &self.marks)));
                }
                Event::DocType(_) => return Err(own_entities()),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// The next tag or text. Entities other than those of XML itself are left out: none is ever expanded.
    pub fn next(&mut self) -> Result<Mark, ReadError> {
        loop {
            self.begin()?;
            let event = self.reader.read_event_into(&mut self.buffer).map_err(fault)?;
            return Ok(match event {
                Event::Start(start) => Mark::Open(Tag::of(&start, false, &self.marks)),
                Event::Empty(start) => Mark::Open(Tag::of(&start, true, &self.marks)),
                Event::End(end) => Mark::Close(end.local_name().into_inner().to_owned()),
                Event::Text(text) => Mark::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Mark::Text(text.to_string()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => Mark::Text(c.to_string()),
                    _ => Mark::Text(entity(&reference).to_owned()),
                },
                Event::Eof => Mark::End,
                Event::DocType(_) => return Err(own_entities()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }
}

/// No program writes a document type into a package (ECMA-376 part 2 forbids it): an entity of its own could stand for
/// anything.
fn own_entities() -> ReadError {
    ReadError::Broken("a document type".into())
}

fn fault(error: quick_xml::Error) -> ReadError {
    match error {
        quick_xml::Error::Io(error) if error.to_string() == OVER => ReadError::TooLarge,
        other => ReadError::Broken(other.to_string()),
    }
}

fn entity(name: &str) -> &'static str {
    match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}
