//! The list of names at the end of a ZIP, read in pieces: a hostile one of a million entries costs no memory.

use std::io::{BufReader, Read, Seek, SeekFrom};

/// The longest tail in which the list's own end can stand (APPNOTE 4.3.16: 22 bytes and a comment).
const TAIL: u64 = 22 + 0xffff;

/// The most files that a packed document may have: a table or a paper has some dozens.
const MOST_ENTRIES: u64 = 2_000;

/// Whether a ZIP says that it has more than [`MOST_ENTRIES`] files: asked before its list is read into memory.
pub fn is_too_long(file: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    let tail = tail(file)?;
    // Any end record counts: readers differ in which of several they take. The number of entries stands at 10.
    let records = tail.windows(22).filter(|window| window.starts_with(END));
    Ok(records.filter_map(|record| number(record, 10, 2)).any(|count| count > MOST_ENTRIES))
}

/// What the list's own end begins with.
const END: &[u8] = b"PK\x05\x06";

fn tail(file: &mut (impl Read + Seek)) -> std::io::Result<Vec<u8>> {
    let size = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.by_ref().take(TAIL).read_to_end(&mut tail)?;
    Ok(tail)
}

/// The first entry in the list that is one of `names`. `None` as well for what is no sound ZIP.
pub(super) fn first_of<'a>(file: &mut (impl Read + Seek), names: &[&'a str]) -> std::io::Result<Option<&'a str>> {
    let tail = tail(file)?;
    let Some(at) = tail.windows(4).rposition(|bytes| bytes == END) else { return Ok(None) };
    let (Some(start), true) = (number(&tail, at + 16, 4), tail.len() >= at + 22) else { return Ok(None) };
    file.seek(SeekFrom::Start(start))?;
    let mut list = BufReader::new(file);
    let longest = names.iter().map(|name| name.len()).max().unwrap_or_default();
    let mut header = [0; 46];
    while filled(&mut list, &mut header)? && header.starts_with(b"PK\x01\x02") {
        let length = |at| number(&header, at, 2).unwrap_or_default();
        let (of_name, of_rest) = (length(28), length(30) + length(32));
        let mut name = Vec::new();
        list.by_ref().take(of_name.min(longest as u64 + 1)).read_to_end(&mut name)?;
        if let Some(known) = names.iter().find(|known| known.as_bytes() == name) {
            return Ok(Some(known));
        }
        let unread = of_name - name.len().min(usize::try_from(of_name).unwrap_or_default()) as u64 + of_rest;
        list.seek_relative(i64::try_from(unread).unwrap_or_default())?;
    }
    Ok(None)
}

/// Whether there were bytes enough.
fn filled(from: &mut impl Read, bytes: &mut [u8]) -> std::io::Result<bool> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// The little-endian number of `length` bytes at `at`.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn zip_of(names: &[String], comment: &str) -> Cursor<Vec<u8>> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(b"x").unwrap();
        }
        archive.set_comment(comment).unwrap();
        archive.finish().unwrap()
    }

    #[test]
    fn a_name_is_found_behind_longer_and_shorter_ones() {
        let mut names: Vec<String> = (0..500).map(|n| format!("{}{n}", "long/".repeat(n % 50))).collect();
        names.push("wanted.xml".to_owned());
        let mut file = zip_of(&names, "a comment behind it all");
        assert_eq!(first_of(&mut file, &["wanted.xml"]).unwrap(), Some("wanted.xml"));
        assert_eq!(first_of(&mut file, &["other.xml"]).unwrap(), None);
        assert_eq!(first_of(&mut file, &["wanted.xm"]).unwrap(), None);
    }

    #[test]
    fn two_thousand_files_are_taken_and_one_more_is_not() {
        let names: Vec<String> = (0..=2_000).map(|n| n.to_string()).collect();
        assert!(!is_too_long(&mut zip_of(&names[1..], "")).unwrap());
        assert!(is_too_long(&mut zip_of(&names, "a comment behind it all")).unwrap());
        assert!(!is_too_long(&mut Cursor::new(Vec::new())).unwrap());
    }

    #[test]
    fn what_is_broken_has_no_names() {
        let whole = zip_of(&["wanted.xml".to_owned()], "").into_inner();
        for cut in 0..whole.len() {
            let mut broken = Cursor::new(whole[..cut].to_vec());
            assert_eq!(first_of(&mut broken, &["wanted.xml"]).unwrap(), None, "{cut}");
        }
        let mut far = whole;
        let end = far.len() - 22;
        far[end + 16..end + 20].fill(0xff);
        assert_eq!(first_of(&mut Cursor::new(far), &["wanted.xml"]).unwrap(), None);
    }
}
