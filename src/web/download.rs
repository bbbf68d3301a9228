//! A finished file on its way to a browser: from the disk in pieces, never whole in memory; one that does not change can be
//! fetched on from where a connection broke (RFC 9110, section 14).

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, Header as _, HeaderMap};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::Stream;
use futures_util::stream::unfold;

/// Bytes read at once.
const PIECE: usize = 1 << 16;

/// The answer that sends `file` (of `length` bytes) as an attachment called `name`.
pub fn streamed(file: File, length: u64, name: &str, media_type: &'static str) -> HttpResponse {
    attachment(name, media_type).body(SizedStream::new(length, pieces(file)))
}

/// [`streamed`], or the one part of it that `request` asks for. `sha256` is the file's digest: a part of another file is not
/// put behind what was fetched before (`If-Range`).
///
/// # Errors
///
/// The file can't be read from there.
pub fn resumable(
    request: &HttpRequest,
    (mut file, length, sha256): (File, u64, &str),
    name: &str,
    media_type: &'static str,
) -> io::Result<HttpResponse> {
    let tag = format!("\"{sha256}\"");
    let mut answer = attachment(name, media_type);
    answer.insert_header((header::ACCEPT_RANGES, "bytes")).insert_header((header::ETAG, tag.clone()));
    // Parts are of the bytes as they are: packed on the way they would not fit together.
    answer.insert_header((header::CONTENT_ENCODING, "identity"));
    let (first, last) = match asked(request, &tag, length) {
        Asked::Whole => return Ok(answer.body(SizedStream::new(length, pieces(file)))),
        Asked::Part(first, last) => (first, last),
        Asked::Beyond => {
            answer.insert_header((header::CONTENT_RANGE, format!("bytes */{length}")));
            return Ok(answer.status(StatusCode::RANGE_NOT_SATISFIABLE).finish());
        }
    };
    file.seek(SeekFrom::Start(first))?;
    answer.insert_header((header::CONTENT_RANGE, format!("bytes {first}-{last}/{length}")));
    let size = last - first + 1;
    Ok(answer.status(StatusCode::PARTIAL_CONTENT).body(SizedStream::new(size, pieces(file.take(size)))))
}

/// How much of a file a request asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    /// First and last byte.
    Part(u64, u64),
    /// What is behind its end.
    Beyond,
}

/// Several parts at once, and parts of a file that is another now, are answered with the whole.
fn asked(request: &HttpRequest, tag: &str, length: u64) -> Asked {
    let only = |headers: &HeaderMap| headers.get(header::IF_RANGE).is_none_or(|sent| sent.as_bytes() == tag.as_bytes());
    let ranges = match header::Range::parse(request) {
        Ok(header::Range::Bytes(ranges)) if only(request.headers()) => ranges,
        _ => return Asked::Whole,
    };
    match ranges.as_slice() {
        [one] => one.to_satisfiable_range(length).map_or(Asked::Beyond, |(first, last)| Asked::Part(first, last)),
        _ => Asked::Whole,
    }
}

/// The beginning of an answer that a browser saves under `name` and keeps nowhere else.
pub fn attachment(name: &str, media_type: &'static str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}

fn pieces(file: impl io::Read + Send + 'static) -> impl Stream<Item = io::Result<Bytes>> {
    unfold(Some(file), |file| async move {
        let mut file = file?;
        let read = web::block(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, io::Error>((piece, file))
        });
        match read.await {
            Ok(Ok((piece, _))) if piece.is_empty() => None,
            Ok(Ok((piece, file))) => Some((Ok(piece.into()), Some(file))),
            Ok(Err(error)) => Some((Err(error), None)),
            Err(_) => Some((Err(io::Error::other("a read ended early")), None)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::body::to_bytes;
    use actix_web::test::TestRequest;

    #[tokio::test]
    async fn every_byte_arrives_however_long_the_file_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let content: Vec<u8> = (0..=255).cycle().take(3 * PIECE + 17).collect();
        std::fs::write(&path, &content).unwrap();
        let answer = streamed(File::open(&path).unwrap(), content.len() as u64, "a.csv", "text/csv");
        let name = answer.headers().get(header::CONTENT_DISPOSITION).unwrap();
        assert_eq!(name, "attachment; filename=\"a.csv\"");
        assert_eq!(to_bytes(answer.into_body()).await.unwrap(), content);
    }

    #[test]
    fn a_part_is_one_of_this_file_and_inside_it() {
        let sent = |range: &str, tag: Option<&str>| {
            let request = TestRequest::default().insert_header((header::RANGE, range));
            let request = match tag {
                Some(tag) => request.insert_header((header::IF_RANGE, tag)),
                None => request,
            };
            asked(&request.to_http_request(), "\"abc\"", 100)
        };
        assert_eq!(asked(&TestRequest::default().to_http_request(), "\"abc\"", 100), Asked::Whole);
        assert_eq!(sent("bytes=10-19", None), Asked::Part(10, 19));
        assert_eq!(sent("bytes=90-", Some("\"abc\"")), Asked::Part(90, 99));
        assert_eq!(sent("bytes=-5", None), Asked::Part(95, 99));
        assert_eq!(sent("bytes=0-1000", None), Asked::Part(0, 99));
        assert_eq!(sent("bytes=90-", Some("\"of another\"")), Asked::Whole);
        assert_eq!(sent("bytes=90-", Some("W/\"abc\"")), Asked::Whole);
        assert_eq!(sent("bytes=100-", None), Asked::Beyond);
        for whole in ["bytes=0-1,5-6", "lines=1-2", "bytes=", "bytes=a-b"] {
            assert_eq!(sent(whole, None), Asked::Whole, "{whole}");
        }
    }
}
