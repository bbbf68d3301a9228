//! One gzip file (RFC 1952) from pieces that were packed apart. Each piece of deflate ends on a whole byte and looks back
//! at nothing before itself, so that another can stand between two of them.

use actix_web::web::Bytes;
use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress, Status};

/// The head of a file without a name, a time or a system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// A page that is packed, but for the place where something is put in for each reader.
#[derive(Debug)]
pub struct Parted {
    before: Bytes,
    sum_before: Hasher,
    behind: Bytes,
    sum_behind: Hasher,
    length: usize,
}

impl Parted {
    /// Packs what stands before and behind the place.
    pub fn pack(before: &[u8], behind: &[u8]) -> Self {
        let sum = |text: &[u8]| {
            let mut sum = Hasher::new();
            sum.update(text);
            sum
        };
        Self {
            before: deflate(before, Compression::best(), FlushCompress::Full).into(),
            sum_before: sum(before),
            behind: deflate(behind, Compression::best(), FlushCompress::Finish).into(),
            sum_behind: sum(behind),
            length: before.len() + behind.len(),
        }
    }

    /// The whole file, with `between` in its place.
    pub fn with(&self, between: &[u8]) -> Vec<u8> {
        let packed = deflate(between, Compression::fast(), FlushCompress::Full);
        let mut sum = self.sum_before.clone();
        sum.update(between);
        sum.combine(&self.sum_behind);
        let length = u32::try_from((self.length + between.len()) & 0xffff_ffff).unwrap_or_default();
        let mut file = Vec::with_capacity(HEAD.len() + self.weight() + packed.len() + 8);
        for piece in [&HEAD[..], &self.before, &packed, &self.behind] {
            file.extend_from_slice(piece);
        }
        file.extend_from_slice(&sum.finalize().to_le_bytes());
        file.extend_from_slice(&length.to_le_bytes());
        file
    }

    /// Its size in bytes.
    pub fn weight(&self) -> usize {
        self.before.len() + self.behind.len()
    }
}

/// `text` as raw deflate. Ended by a full flush, another piece can follow; finished, none.
fn deflate(text: &[u8], level: Compression, end: FlushCompress) -> Vec<u8> {
    let mut zip = Compress::new(level, false);
    // A piece that can't be made smaller grows by five bytes for each block, and by the flush.
    let mut packed = Vec::with_capacity(text.len() / 2 + 128);
    let mut rest = text;
    loop {
        let taken = zip.total_in();
        let status = zip.compress_vec(rest, &mut packed, end);
        let step = usize::try_from(zip.total_in() - taken).unwrap_or(rest.len());
        rest = rest.get(step..).unwrap_or_default();
        match status {
            Ok(Status::Ok | Status::BufError) if packed.len() == packed.capacity() => {
                packed.reserve(packed.len() + 128);
            }
            _ => return packed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    fn unpacked(file: &[u8]) -> Vec<u8> {
        let mut all = Vec::new();
        // Fails on a wrong sum, a wrong length, or anything behind the end.
        let mut reader = flate2::bufread::GzDecoder::new(file);
        reader.read_to_end(&mut all).unwrap();
        assert!(reader.into_inner().is_empty());
        all
    }

    proptest! {
        #[test]
        fn the_pieces_read_as_one(
            before in prop::collection::vec(any::<u8>(), 0..9000),
            between in "\\PC{0,3000}",
            behind in "(<p>[a-c ]{0,40}</p>){0,300}",
        ) {
            let file = Parted::pack(&before, behind.as_bytes()).with(between.as_bytes());
            prop_assert_eq!(unpacked(&file), [&before[..], between.as_bytes(), behind.as_bytes()].concat());
        }
    }

    #[test]
    fn one_packed_page_serves_many_readers() {
        let page = Parted::pack("<p>before</p>".repeat(5000).as_bytes(), "<p>behind</p>".repeat(9000).as_bytes());
        for name in ["", "Ada", "Ada"] {
            let whole = format!("{}{name}{}", "<p>before</p>".repeat(5000), "<p>behind</p>".repeat(9000));
            assert_eq!(unpacked(&page.with(name.as_bytes())), whole.as_bytes());
        }
    }
}
