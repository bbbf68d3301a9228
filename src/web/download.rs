//! A finished file on its way to a browser: from the disk in pieces, never whole in memory.

use std::fs::File;
use std::io::{self, Read as _};

use actix_web::body::SizedStream;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use actix_web::{HttpResponse, HttpResponseBuilder};
use futures_util::Stream;
use futures_util::stream::unfold;

/// Bytes read at once.
const PIECE: usize = 1 << 16;

/// The answer that sends `file` (of `length` bytes) as an attachment called `name`.
pub fn streamed(file: File, length: u64, name: &str, media_type: &'static str) -> HttpResponse {
    attachment(name, media_type).body(SizedStream::new(length, pieces(file)))
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

fn pieces(file: File) -> impl Stream<Item = io::Result<Bytes>> {
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
}
