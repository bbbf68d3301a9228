//! The rows of a file of comments. One thread reads the database, another writes: neither waits for the other but where
//! it is a batch ahead, so memory holds three batches of comments at the most.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use sha2::{Digest as _, Sha256};

use super::edition::{self, LeftOut};
use super::entry::{Beside, entry};
use super::make::{Gathered, MakeError};
use super::model::Request;
use super::record::Text;
use super::store::{self, Place};
use super::writer::{WriteError, Writer};
use crate::comments::model::Comment;
use crate::db::AnyConnection;
use crate::norms;
use crate::norms::model::Norm;

/// Batches that were read and wait to be written.
const AHEAD: usize = 1;

/// After so many batches the system is asked to put what there is of the file on its disk, so that the end does not wait
/// for all of it.
const TO_DISK: u64 = 16;

/// Comments on one norm as they were read, each with the wording it is pinned to.
struct Batch {
    norm: Arc<Norm>,
    comments: Vec<(Comment, Arc<Text>)>,
    beside: Beside,
}

/// What was written.
#[derive(Default)]
struct Written {
    rows: u64,
    without_place: u64,
    digest: Sha256,
}

impl Gathered {
    /// Writes every row: by norm, place in the text, time. `progress` is told (comments written, comments to write).
    pub(super) fn rows(
        &mut self,
        conn: &mut AnyConnection,
        origin: &str,
        request: &Request,
        (writer, file): (&mut dyn Writer, &File),
        progress: &mut dyn FnMut(i64, i64),
    ) -> Result<(), MakeError> {
        let total = i64::try_from(self.total).unwrap_or(i64::MAX);
        let done = AtomicU64::new(0);
        let mut tell = || progress(i64::try_from(done.load(Ordering::Relaxed)).unwrap_or(i64::MAX), total);
        let written = std::thread::scope(|scope| {
            let (send, batches) = sync_channel(AHEAD);
            let (to_disk, asked) = sync_channel(1);
            // What fails here fails once more when the whole file is put on its disk.
            scope.spawn(move || asked.into_iter().for_each(|()| drop(file.sync_data())));
            let writing = scope.spawn(|| write(batches, origin, request, writer, &done, to_disk));
            let read = self.read(conn, request, send, &mut tell);
            // Where the file can't be written the reading ends too: the file's reason is the one.
            let written = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            read.map(|()| written)
        })?;
        tell();
        self.written = written.rows;
        self.digest = written.digest;
        if written.without_place > 0 {
            self.left_out.insert(LeftOut::NoProposal.to_string(), written.without_place);
        }
        let handled = written.rows + written.without_place;
        if handled == self.total {
            Ok(())
        } else {
            Err(MakeError::Miscounted { written: handled, counted: self.total })
        }
    }

    /// Reads every comment and hands it on, until nobody takes them any more.
    fn read(
        &mut self,
        conn: &mut AnyConnection,
        request: &Request,
        send: SyncSender<Batch>,
        tell: &mut dyn FnMut(),
    ) -> Result<(), MakeError> {
        for norm in self.norms.clone() {
            let mut after = None;
            loop {
                tell();
                let held = (request.edition, request.status);
                let comments = store::batch(conn, norm.id, held, after, store::BATCH)?;
                let is_last = comments.len() < store::BATCH;
                after = comments.last().map(Place::of);
                let beside = Beside::read(conn, request, &comments)?;
                let comments = self.with_texts(conn, comments)?;
                if send.send(Batch { norm: Arc::clone(&norm), comments, beside }).is_err() {
                    return Ok(());
                }
                if is_last {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Each comment with the wording it is pinned to, which may be one of the past.
    fn with_texts(
        &mut self,
        conn: &mut AnyConnection,
        comments: Vec<Comment>,
    ) -> Result<Vec<(Comment, Arc<Text>)>, MakeError> {
        let mut with_texts = Vec::with_capacity(comments.len());
        for comment in comments {
            let text = if let Some(text) = self.texts.get(&comment.text_version_id) {
                Arc::clone(text)
            } else {
                let text = Arc::new(Text::of(norms::store::version(conn, comment.text_version_id)?));
                self.texts.insert(text.version.id, Arc::clone(&text));
                text
            };
            with_texts.push((comment, text));
        }
        Ok(with_texts)
    }
}

/// Writes what comes until nothing more does; `done` counts the comments, `to_disk` is asked now and then to put them there.
fn write(
    batches: Receiver<Batch>,
    origin: &str,
    request: &Request,
    writer: &mut dyn Writer,
    done: &AtomicU64,
    to_disk: SyncSender<()>,
) -> Result<Written, WriteError> {
    let mut written = Written::default();
    for (number, Batch { norm, comments, beside }) in (1..).zip(batches) {
        for (comment, text) in comments {
            let entry = entry(request, origin, (&norm, &text), comment, &beside);
            if edition::has_a_place(request.format, &entry.record) {
                let line = serde_json::to_string(&entry.record)?;
                writer.write(entry, &line)?;
                written.digest.update(line.as_bytes());
                written.digest.update(b"\n");
                written.rows += 1;
            } else {
                written.without_place += 1;
            }
        }
        done.store(written.rows + written.without_place, Ordering::Relaxed);
        // Where it is still busy with what came before, it is asked the next time.
        if number % TO_DISK == 0 {
            let _ = to_disk.try_send(());
        }
    }
    Ok(written)
}
