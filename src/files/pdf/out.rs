//! The file of a PDF: objects one after the other as they come, and the table of where they are.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Chunk, Ref};

/// Objects on their way to a file. Of those that were written only the place is kept.
pub struct Objects<W: Write> {
    out: W,
    at: u64,
    places: Vec<u64>,
}

impl<W: Write> Objects<W> {
    /// Begins the file.
    pub fn begin(mut out: W) -> io::Result<Self> {
        let head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
        out.write_all(head)?;
        Ok(Self { out, at: head.len() as u64, places: Vec::new() })
    }

    /// A number for an object that is to come.
    pub fn next(&mut self) -> Ref {
        self.places.push(0);
        Ref::new(i32::try_from(self.places.len()).unwrap_or(i32::MAX))
    }

    /// Writes object `id`: what `fill` puts into a chunk under that number.
    pub fn object(&mut self, id: Ref, fill: impl FnOnce(&mut Chunk)) -> io::Result<()> {
        let mut chunk = Chunk::new();
        fill(&mut chunk);
        if let Some(place) = usize::try_from(id.get()).ok().and_then(|number| self.places.get_mut(number - 1)) {
            *place = self.at;
        }
        let bytes = chunk.as_bytes();
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    /// Ends the file; returns what it was written to.
    pub fn finish(mut self, catalog: Ref, info: Ref) -> io::Result<W> {
        let (begin, size) = (self.at, self.places.len() + 1);
        write!(self.out, "xref\n0 {size}\n0000000000 65535 f\r\n")?;
        for place in &self.places {
            // Every line of the table has twenty bytes.
            write!(self.out, "{place:010} 00000 n\r\n")?;
        }
        let (catalog, info) = (catalog.get(), info.get());
        write!(
            self.out,
            "trailer\n<< /Size {size} /Root {catalog} 0 R /Info {info} 0 R >>\nstartxref\n{begin}\n%%EOF\n"
        )?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// `bytes` for a stream with the filter of zlib.
pub fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}
