//! Pictures of paper, JPEG and PNG: what of one is shown and nothing else. When and where it was taken, with what, by whom,
//! what it showed before it was cut, and whatever was put behind its end, stays out. No pixel is read.

use super::MediaType;

/// The most pixels of a picture: a sheet of A3 at 600 dots an inch has 70 million.
const MOST_PIXELS: u64 = 100_000_000;

const JPEG: &[u8] = b"\xff\xd8\xff";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks of a PNG that its picture is made of, or its colours and its size on paper.
const CHUNKS: [&[u8]; 11] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"];

/// Which picture begins with these bytes, if any.
pub fn kind_of_head(head: &[u8]) -> Option<MediaType> {
    match head {
        _ if head.starts_with(JPEG) => Some(MediaType::Jpeg),
        _ if head.starts_with(PNG) => Some(MediaType::Png),
        _ => None,
    }
}

/// The picture in `bytes` alone; `None` if it is damaged, or larger than paper is.
pub fn cleaned(kind: MediaType, bytes: &[u8]) -> Option<Vec<u8>> {
    match kind {
        MediaType::Jpeg => Jpeg { rest: bytes.get(2..)?, out: vec![0xff, 0xd8], framed: false }.clean(),
        MediaType::Png => png(bytes),
        _ => None,
    }
}

fn is_paper(width: u32, height: u32) -> bool {
    let pixels = u64::from(width) * u64::from(height);
    (1..=MOST_PIXELS).contains(&pixels)
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

/// PNG (ISO/IEC 15948): chunks of length, kind, content and checksum.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut out, mut first) = (bytes.get(PNG.len()..)?, PNG.to_vec(), true);
    loop {
        let whole = rest;
        let length = usize::try_from(number(take(&mut rest, 4)?)).ok()?;
        let named = rest.get(..length.checked_add(4)?)?;
        let (kind, content) = named.split_at_checked(4)?;
        take(&mut rest, named.len())?;
        if number(take(&mut rest, 4)?) != crc32fast::hash(named) || first != (kind == b"IHDR") {
            return None;
        }
        // Of these two a longer one would hold more than shows.
        if (kind == b"IHDR" && length != 13) || (kind == b"IEND" && length != 0) {
            return None;
        }
        if first && !is_paper(number(content.get(..4)?), number(content.get(4..8)?)) {
            return None;
        }
        first = false;
        if CHUNKS.contains(&kind) {
            out.extend(whole.get(..length + 12)?);
        } else if kind.first().is_some_and(u8::is_ascii_uppercase) {
            // One that a picture can't be shown without, and that nobody knows.
            return None;
        }
        if kind == b"IEND" {
            return Some(out);
        }
    }
}

/// JPEG (ITU-T T.81): segments of marker, length and content, and after the head of a scan its data.
struct Jpeg<'b> {
    rest: &'b [u8],
    out: Vec<u8>,
    framed: bool,
}

impl Jpeg<'_> {
    fn clean(mut self) -> Option<Vec<u8>> {
        let mut scanned = false;
        loop {
            let marker = self.marker()?;
            if marker == 0xd9 {
                self.out.extend([0xff, marker]);
                return (self.framed && scanned).then_some(self.out);
            }
            let length = usize::try_from(number(take(&mut self.rest, 2)?)).ok()?;
            let content = take(&mut self.rest, length.checked_sub(2)?)?;
            match marker {
                // Frames, tables, and how many lines there are.
                0xc0..=0xc7 | 0xc9..=0xcf | 0xdb..=0xdd => self.frame(marker, content)?,
                0xda => {
                    self.keep(marker, content);
                    self.scan()?;
                    scanned = true;
                }
                // JFIF, without the small picture in it.
                0xe0 if content.starts_with(b"JFIF\0") => self.keep(marker, &[content.get(..12)?, &[0, 0]].concat()),
                0xe1 => self.turn(content),
                // How its colours are meant.
                0xee if content.starts_with(b"Adobe") => self.keep(marker, content.get(..12)?),
                0xe0..=0xef | 0xfe => {}
                _ => return None,
            }
        }
    }

    fn marker(&mut self) -> Option<u8> {
        if take(&mut self.rest, 1)? != [0xff] {
            return None;
        }
        loop {
            match take(&mut self.rest, 1)? {
                [0xff] => {}
                [marker] => return Some(*marker),
                _ => return None,
            }
        }
    }

    fn keep(&mut self, marker: u8, content: &[u8]) {
        let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
        self.out.extend([0xff, marker]);
        self.out.extend(length.to_be_bytes());
        self.out.extend(content);
    }

    fn frame(&mut self, marker: u8, content: &[u8]) -> Option<()> {
        if !matches!(marker, 0xc4 | 0xcc | 0xdb..=0xdd) {
            let (height, width) = (number(content.get(1..3)?), number(content.get(3..5)?));
            if self.framed || !is_paper(width, height) {
                return None;
            }
            self.framed = true;
        }
        self.keep(marker, content);
        Some(())
    }

    /// The data of a scan: up to the next marker that is none of its own.
    fn scan(&mut self) -> Option<()> {
        let ends = |pair: &[u8]| matches!(pair, [0xff, next] if !matches!(next, 0 | 0xd0..=0xd7));
        let length = self.rest.windows(2).position(ends)?;
        self.out.extend(take(&mut self.rest, length)?);
        Some(())
    }

    /// Of Exif, which way up the picture is; nothing else.
    fn turn(&mut self, content: &[u8]) {
        if let Some(turned @ 2..=8) = content.strip_prefix(b"Exif\0\0").and_then(orientation) {
            let head = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
            self.keep(0xe1, &[head.as_slice(), &[turned, 0, 0, 0, 0, 0, 0]].concat());
        }
    }
}

/// The value of tag 0x0112 in the first directory of a TIFF.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let is_little = tiff.starts_with(b"II");
    let read = |at: usize, length: usize| {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let number =
            if is_little { bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)) } else { number(bytes) };
        usize::try_from(number).ok()
    };
    let directory = read(4, 4)?;
    let count = read(directory, 2)?;
    let entries = (0..count).map_while(|at| directory.checked_add(2 + at * 12));
    let entry = entries.take_while(|at| *at < tiff.len()).find(|at| read(*at, 2) == Some(0x0112))?;
    u8::try_from(read(entry + 8, 2)?).ok()
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A JPEG segment.
    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], length.as_slice(), content].concat()
    }

    fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
        let named = [kind, content].concat();
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [length.as_slice(), &named, &crc32fast::hash(&named).to_be_bytes()].concat()
    }

    fn exif(is_little: bool, turned: u8) -> Vec<u8> {
        let tiff: &[u8] = if is_little {
            &[b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0]
        } else {
            &[b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0]
        };
        [b"Exif\0\0", tiff, b"GPS 52.1N 4.3E"].concat()
    }

    fn jpeg(exif: &[u8], frame: &[u8]) -> Vec<u8> {
        let parts = [
            vec![0xff, 0xd8],
            segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01small"),
            segment(0xe1, exif),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<by>Petra</by>"),
            segment(0xfe, b"made by Petra"),
            segment(0xdb, &[0; 65]),
            segment(0xc0, frame),
            segment(0xda, &[1, 1, 0, 0, 63, 0]),
            vec![0x12, 0xff, 0x00, 0xff, 0xd0, 0x34, 0xff, 0xd9],
            jpeg_behind(),
        ];
        parts.concat()
    }

    /// What telephones put behind the end: another picture with what the first said of its place.
    fn jpeg_behind() -> Vec<u8> {
        [vec![0xff, 0xd8], segment(0xe1, b"GPS of Petra"), vec![0xff, 0xd9]].concat()
    }

    const FRAME: [u8; 11] = [8, 0, 40, 0, 30, 1, 1, 0x11, 0, 0, 0];

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn of_a_jpeg_the_picture_and_which_way_up_it_is_are_left() {
        for is_little in [false, true] {
            let clean = cleaned(MediaType::Jpeg, &jpeg(&exif(is_little, 6), &FRAME)).unwrap();
            for secret in [&b"GPS"[..], b"Petra", b"small", b"xap"] {
                assert!(!holds(&clean, secret), "{}", String::from_utf8_lossy(secret));
            }
            assert!(holds(&clean, &[1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]), "which way up");
            assert!(holds(&clean, &[0x12, 0xff, 0x00, 0xff, 0xd0, 0x34, 0xff, 0xd9]), "its data to the byte");
            assert!(clean.ends_with(&[0x34, 0xff, 0xd9]));
            assert_eq!(cleaned(MediaType::Jpeg, &clean).as_ref(), Some(&clean), "cleaned twice");
        }
        let upright = cleaned(MediaType::Jpeg, &jpeg(&exif(true, 1), &FRAME)).unwrap();
        assert!(!holds(&upright, b"Exif"));
    }

    #[test]
    fn of_a_png_the_picture_is_left() {
        let head = [0, 0, 0, 40, 0, 0, 0, 30, 8, 0, 0, 0, 0];
        let text = chunk(b"tEXt", b"Author\0Petra");
        let parts =
            [chunk(b"IHDR", &head), text, chunk(b"eXIf", b"MM GPS"), chunk(b"IDAT", b"data"), chunk(b"IEND", b"")];
        let bytes = [PNG, &parts.concat(), b"behind"].concat();
        let clean = cleaned(MediaType::Png, &bytes).unwrap();
        let whole = [PNG, &chunk(b"IHDR", &head), &chunk(b"IDAT", b"data"), &chunk(b"IEND", b"")].concat();
        assert_eq!(clean, whole);
        let mut flipped = whole.clone();
        let last = flipped.len() - 14;
        flipped[last] ^= 1;
        assert_eq!(cleaned(MediaType::Png, &flipped), None, "a wrong checksum");
        let unknown = [PNG, &chunk(b"IHDR", &head), &chunk(b"EVIL", b"x"), &chunk(b"IEND", b"")].concat();
        assert_eq!(cleaned(MediaType::Png, &unknown), None);
        let behind = [PNG, &chunk(b"IHDR", &head), &chunk(b"IDAT", b"data"), &chunk(b"IEND", b"Exif GPS")].concat();
        assert_eq!(cleaned(MediaType::Png, &behind), None, "something in its end");
        let headed = [PNG, &chunk(b"IHDR", &[&head[..], b"GPS"].concat()), &chunk(b"IEND", b"")].concat();
        assert_eq!(cleaned(MediaType::Png, &headed), None, "something in its head");
    }

    #[test]
    fn what_is_cut_or_larger_than_paper_is_refused() {
        let bytes = jpeg(&exif(true, 6), &FRAME);
        let end = bytes.len() - jpeg_behind().len();
        for cut in 0..end {
            assert_eq!(cleaned(MediaType::Jpeg, &bytes[..cut]), None, "{cut}");
        }
        let huge = [8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0, 0, 0];
        assert_eq!(cleaned(MediaType::Jpeg, &jpeg(b"", &huge)), None);
        assert_eq!(cleaned(MediaType::Jpeg, &jpeg(b"", &[8, 0, 0, 0, 30, 1, 1, 0x11, 0, 0, 0])), None);
        assert_eq!(kind_of_head(&bytes), Some(MediaType::Jpeg));
        assert_eq!(kind_of_head(b"%PDF-1.7"), None);
    }
}
