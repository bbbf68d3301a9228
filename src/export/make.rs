//! Makes a file: one moment of the database, row by row, then its manifest and its entry in the audit log.
//!
//! Memory holds one batch of comments, however many there are.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::edition::{self, LeftOut};
use super::manifest::{self, FORMAT_VERSION, Manifest};
use super::model::{Edition, Format, Refused, Request, RequestedBy};
use super::record::{Text, record};
use super::store::{self, Place};
use super::writer::{WriteError, Writer};
use super::xlsx;
use crate::audit::{self, Act, Actor};
use crate::clock::{Moment, rfc3339};
use crate::db::{AnyConnection, Db, DbError};
use crate::ids::{self, NormId, TextVersionId};
use crate::norms;
use crate::norms::model::{Consultation, Norm};

/// Why there is no file. Nothing is left behind under its name.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// What was asked for is not given.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No norm has this slug.
    #[error("there is no norm {0:?}")]
    NoSuchNorm(String),
    /// No norm package was imported.
    #[error("there is no consultation yet")]
    NoConsultation,
    /// More than a sheet holds.
    #[error("{0} comments are more than the {max} rows of a sheet: choose CSV or JSON Lines, or one norm", max = xlsx::MOST_ROWS)]
    TooMany(u64),
    /// The rows written are not those counted in the same moment: a fault of ours, and no file.
    #[error("{written} rows were written where {counted} were counted")]
    Miscounted {
        /// Rows in the file.
        written: u64,
        /// Rows there are.
        counted: u64,
    },
    /// The file.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The database.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl From<std::io::Error> for MakeError {
    fn from(error: std::io::Error) -> Self {
        Self::Write(WriteError::File(error))
    }
}

/// Writes the file `request` asks for to `out`, and `<out>.manifest.json` beside it; returns the manifest.
///
/// `origin` (scheme and host, no slash) begins every permalink; `progress` is told (rows written, rows to write). Until
/// it is whole the file is `<out>.part`; it gets its name after the audit log has its entry `export.made`. What was at
/// `out` is replaced.
pub fn make(
    db: &Db,
    origin: &str,
    now: Moment,
    request: &Request,
    requested_by: &RequestedBy,
    out: &Path,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<Manifest, MakeError> {
    request.check()?;
    let (part, sidecar) = (with_ending(out, ".part"), with_ending(out, ".manifest.json"));
    let sidecar_part = with_ending(&sidecar, ".part");
    let made = write(db, origin, now, request, requested_by, &part, progress).and_then(|manifest| {
        write_whole(&sidecar_part, &manifest.to_pretty_json())?;
        record_it(db, now, requested_by, &manifest)?;
        std::fs::rename(&sidecar_part, &sidecar)?;
        std::fs::rename(&part, out)?;
        Ok(manifest)
    });
    if made.is_err() {
        for unfinished in [&part, &sidecar_part] {
            if let Err(error) = std::fs::remove_file(unfinished)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, file = %unfinished.display(), "an unfinished export stayed behind");
            }
        }
    }
    made
}

/// `out` with `ending` behind its name.
fn with_ending(out: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = out.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn record_it(db: &Db, now: Moment, requested_by: &RequestedBy, manifest: &Manifest) -> Result<(), DbError> {
    let actor = match requested_by {
        RequestedBy::Operator => Actor::Operator,
        RequestedBy::Person { id, .. } => Actor::Account(*id),
    };
    let subject = format!("export:{}", manifest.sha256.as_deref().unwrap_or_default());
    let act = Act { action: "export.made", subject, detail: manifest.audited() };
    db.write_blocking(move |conn| audit::append(conn, now, actor, act))
}

/// Writes the file at `part`.
fn write(
    db: &Db,
    origin: &str,
    now: Moment,
    request: &Request,
    requested_by: &RequestedBy,
    part: &Path,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<Manifest, MakeError> {
    let (gathered, writer) = db.snapshot_blocking(|conn| {
        let mut gathered = Gathered::plan(conn, request)?;
        let mut writer = Writer::begin(request, part)?;
        gathered.rows(conn, origin, request, &mut writer, progress)?;
        Ok::<_, MakeError>((gathered, writer))
    })?;
    let adapted = writer.adapted();
    let mut manifest = Manifest {
        format_version: FORMAT_VERSION.into(),
        consultation: manifest::Consultation {
            code: gathered.consultation.code.clone(),
            title: gathered.consultation.title.clone(),
        },
        edition: request.edition.to_string(),
        format: request.format.to_string(),
        filters: in_words(request),
        text_versions: gathered.text_versions(),
        requested_by: requested_by.name().to_owned(),
        made_at: rfc3339(now),
        rows: gathered.written,
        left_out: gathered.left_out,
        rows_sha256: hex::encode(gathered.digest.finalize()),
        sha256: None,
        characters_dropped: adapted.characters_dropped,
        cells_continued: adapted.cells_continued,
    };
    writer.finish(&manifest)?;
    manifest.sha256 = Some(digest_of(part)?);
    Ok(manifest)
}

/// The filters of `request` in words.
fn in_words(request: &Request) -> Vec<String> {
    let edition = match request.edition {
        Edition::Public => {
            "public edition: published comments, without those for the Commission alone; names as far as their authors made them public"
        }
        Edition::Commission => {
            "Commission edition: those for the Commission alone included and marked confidential; every name"
        }
    };
    vec![
        edition.to_owned(),
        format!("status: {}", request.effective_status()),
        format!("norm: {}", request.norm.as_deref().unwrap_or("all")),
    ]
}

fn digest_of(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut sha = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex::encode(sha.finalize())),
            read => sha.update(buffer.get(..read).unwrap_or_default()),
        }
    }
}

/// What one moment of the database gives for a request.
struct Gathered {
    consultation: Consultation,
    norms: Vec<Norm>,
    texts: BTreeMap<TextVersionId, Text>,
    total: u64,
    written: u64,
    left_out: BTreeMap<String, u64>,
    digest: Sha256,
}

impl Gathered {
    /// Finds what is asked for and counts it, without a row of it.
    fn plan(conn: &mut AnyConnection, request: &Request) -> Result<Self, MakeError> {
        let consultation = norms::store::consultation(conn)?.ok_or(MakeError::NoConsultation)?;
        let mut norms = norms::store::norms(conn)?;
        if let Some(slug) = &request.norm {
            norms.retain(|norm| norm.slug == *slug);
            if norms.is_empty() {
                return Err(MakeError::NoSuchNorm(slug.clone()));
            }
        }
        let chosen: Vec<NormId> = norms.iter().map(|norm| norm.id).collect();
        let (total, left_out) = tally(request, &chosen, &store::counts(conn)?);
        if request.format == Format::Xlsx && total > xlsx::MOST_ROWS {
            return Err(MakeError::TooMany(total));
        }
        let mut texts = BTreeMap::new();
        for norm in &norms {
            let version = norms::store::current_version(conn, norm.id)?;
            texts.insert(version.id, Text::of(version));
        }
        Ok(Self { consultation, norms, texts, total, written: 0, left_out, digest: Sha256::new() })
    }

    /// Writes every row: by norm, place in the text, time.
    fn rows(
        &mut self,
        conn: &mut AnyConnection,
        origin: &str,
        request: &Request,
        writer: &mut Writer,
        progress: &mut dyn FnMut(i64, i64),
    ) -> Result<(), MakeError> {
        let total = i64::try_from(self.total).unwrap_or(i64::MAX);
        progress(0, total);
        for norm in &self.norms {
            let mut after = None;
            loop {
                let held = (request.edition, request.status);
                let batch = store::batch(conn, norm.id, held, after, store::BATCH)?;
                let is_last = batch.len() < store::BATCH;
                after = batch.last().map(Place::of);
                for comment in batch {
                    if !self.texts.contains_key(&comment.text_version_id) {
                        let version = norms::store::version(conn, comment.text_version_id)?;
                        self.texts.insert(version.id, Text::of(version));
                    }
                    let Some(text) = self.texts.get(&comment.text_version_id) else { continue };
                    let row = record(request.edition, origin, norm, text, comment);
                    let line = serde_json::to_string(&row).map_err(WriteError::Row)?;
                    writer.write(&row, &line)?;
                    self.digest.update(line.as_bytes());
                    self.digest.update(b"\n");
                    self.written += 1;
                }
                progress(i64::try_from(self.written).unwrap_or(i64::MAX), total);
                if is_last {
                    break;
                }
            }
        }
        if self.written == self.total {
            Ok(())
        } else {
            Err(MakeError::Miscounted { written: self.written, counted: self.total })
        }
    }

    /// The wordings of the norms asked for: those open for comment, and those that a row refers to.
    fn text_versions(&self) -> Vec<manifest::TextVersion> {
        let of_norm = |norm: &Norm| {
            let mut texts: Vec<_> =
                self.texts.values().map(|text| &text.version).filter(|version| version.norm_id == norm.id).collect();
            texts.sort_by_key(|version| version.id);
            texts
                .into_iter()
                .map(|version| manifest::TextVersion {
                    norm: norm.slug.clone(),
                    label: version.label.clone(),
                    dated: version.dated.clone(),
                    body_sha256: hex::encode(ids::sha256(version.body.as_bytes())),
                })
                .collect::<Vec<_>>()
        };
        self.norms.iter().flat_map(of_norm).collect()
    }
}

/// How many comments the file holds, and how many it leaves out for which reason.
fn tally(request: &Request, chosen: &[NormId], sorts: &[store::Sort]) -> (u64, BTreeMap<String, u64>) {
    let mut total = 0;
    let mut left_out = BTreeMap::new();
    for sort in sorts {
        let count = u64::try_from(sort.count).unwrap_or(0);
        let reason = if chosen.contains(&sort.norm) {
            edition::left_out(request.edition, request.status, sort.state, sort.publication)
        } else {
            Some(LeftOut::OtherNorms)
        };
        match reason {
            None => total += count,
            Some(reason) => *left_out.entry(reason.to_string()).or_default() += count,
        }
    }
    (total, left_out)
}
