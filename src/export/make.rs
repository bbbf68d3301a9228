//! Makes a file: one moment of the database, row by row, then its manifest and its entry in the audit log.
//!
//! Memory holds one batch of comments, however many there are.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::dossier::{self, model::Raised};
use super::edition::{self, LeftOut};
use super::manifest::{self, FORMAT_VERSION, Manifest};
use super::model::{Container, Edition, Refused, Request, RequestedBy};
use super::record::Text;
use super::store;
use super::workbook::MOST_ROWS;
use super::writer::{self, Adapted, Head, WriteError};
use super::{archive, dispositions};
use crate::audit::{self, Act, Actor};
use crate::clock::{Moment, rfc3339};
use crate::comments::model::Publication;
use crate::db::{AnyConnection, Db, DbError};
use crate::deliberation::report;
use crate::files::Files;
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
    #[error("{0} comments are more than the {max} rows of a sheet: choose CSV or JSON Lines, or one norm", max = MOST_ROWS)]
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
    /// An archive.
    #[error(transparent)]
    Archive(#[from] crate::archive::write::WriteError),
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
    make_with((db, None), origin, now, request, requested_by, out, progress)
}

/// [`make`] with the files that came with comments, which an archive holds.
pub fn make_with(
    (db, files): (&Db, Option<&Files>),
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
    let written = match files {
        _ if !request.format.is_archive() => write(db, origin, now, request, requested_by, &part, progress),
        Some(files) => archive::write((db, files), now, request, requested_by, &part, progress),
        None => Err(std::io::Error::other("an archive needs the files that came with comments").into()),
    };
    let made = written.and_then(|manifest| {
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
    let (gathered, mut writer) = db.snapshot_blocking(|conn| {
        let mut gathered = Gathered::plan(conn, request)?;
        let mut head = gathered.head(origin, now, request, requested_by);
        head.issues = gathered.issues(conn, request)?;
        head.report = report::store::of(conn, head.consultation.id)?.words;
        let mut writer = writer::begin(request, head, part)?;
        if request.format.is_of_issues() {
            gathered.sheet(conn, writer.as_mut(), progress)?;
        } else {
            gathered.rows(conn, origin, request, (writer.as_mut(), &File::open(part)?), progress)?;
        }
        Ok::<_, MakeError>((gathered, writer))
    })?;
    let adapted = writer.close()?;
    let rows_sha256 = hex::encode(gathered.digest.clone().finalize());
    let mut manifest = gathered.manifest(now, request, requested_by, rows_sha256, adapted);
    let file = writer.finish(&manifest)?;
    let digest = std::thread::scope(|scope| {
        let digest = scope.spawn(|| digest_of(part));
        file.sync_all()?;
        digest.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    manifest.sha256 = Some(digest);
    Ok(manifest)
}

pub(super) fn digest_of(path: &Path) -> std::io::Result<String> {
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
pub(super) struct Gathered {
    pub(super) consultation: Consultation,
    pub(super) norms: Vec<Arc<Norm>>,
    pub(super) texts: BTreeMap<TextVersionId, Arc<Text>>,
    pub(super) total: u64,
    pub(super) written: u64,
    pub(super) left_out: BTreeMap<String, u64>,
    pub(super) digest: Sha256,
}

impl Gathered {
    /// Finds what is asked for and counts it, without a row of it.
    pub(super) fn plan(conn: &mut AnyConnection, request: &Request) -> Result<Self, MakeError> {
        let consultation = norms::store::consultation(conn)?.ok_or(MakeError::NoConsultation)?;
        let mut norms = norms::store::norms(conn)?;
        if let Some(slug) = &request.norm {
            norms.retain(|norm| norm.slug == *slug);
            if norms.is_empty() {
                return Err(MakeError::NoSuchNorm(slug.clone()));
            }
        }
        let chosen: Vec<NormId> = norms.iter().map(|norm| norm.id).collect();
        let (total, left_out) = if request.format.is_of_issues() {
            (dispositions::count(conn, request.norm.as_ref().and(chosen.first()))?, BTreeMap::new())
        } else {
            tally(request, &chosen, &store::counts(conn)?)
        };
        if request.container() == Container::Xlsx && total > MOST_ROWS {
            return Err(MakeError::TooMany(total));
        }
        let mut texts = BTreeMap::new();
        for norm in &norms {
            let version = norms::store::current_version(conn, norm.id)?;
            texts.insert(version.id, Arc::new(Text::of(version)));
        }
        let norms = norms.into_iter().map(Arc::new).collect();
        Ok(Self { consultation, norms, texts, total, written: 0, left_out, digest: Sha256::new() })
    }

    /// What the file says of itself.
    pub(super) fn manifest(
        self,
        now: Moment,
        request: &Request,
        requested_by: &RequestedBy,
        rows_sha256: String,
        adapted: Adapted,
    ) -> Manifest {
        Manifest {
            format_version: FORMAT_VERSION.into(),
            consultation: manifest::Consultation {
                code: self.consultation.code.clone(),
                title: self.consultation.title.clone(),
            },
            edition: request.edition.to_string(),
            format: request.format.to_string(),
            filters: manifest::in_words(request),
            text_versions: self.text_versions(),
            requested_by: requested_by.name().to_owned(),
            made_at: rfc3339(now),
            rows: self.written,
            left_out: self.left_out,
            rows_sha256,
            sha256: None,
            characters_dropped: adapted.characters_dropped,
            cells_continued: adapted.cells_continued,
            characters_unknown: adapted.characters_unknown,
        }
    }

    /// What the file is about.
    fn head(&self, origin: &str, now: Moment, request: &Request, requested_by: &RequestedBy) -> Head {
        let current = |norm: &Arc<Norm>| {
            let text = self.texts.values().find(|text| text.version.norm_id == norm.id)?;
            Some((Arc::clone(norm), Arc::clone(text)))
        };
        Head {
            consultation: self.consultation.clone(),
            texts: self.norms.iter().filter_map(current).collect(),
            edition: request.edition,
            status: request.effective_status(),
            issues: Vec::new(),
            report: report::model::Words::default(),
            is_of_one_norm: request.norm.is_some(),
            origin: origin.to_owned(),
            made_at: now,
            requested_by: requested_by.name().to_owned(),
        }
    }

    /// The issues of the norms asked for, where the format holds them.
    fn issues(&self, conn: &mut AnyConnection, request: &Request) -> Result<Vec<Raised>, MakeError> {
        let mut issues = Vec::new();
        for norm in self.norms.iter().filter(|_| request.format.holds_issues()) {
            issues.extend(dossier::store::raised(conn, request.edition, norm.id)?);
        }
        Ok(issues)
    }

    /// The wordings of the norms asked for: those open for comment, and those that a row refers to.
    fn text_versions(&self) -> Vec<manifest::TextVersion> {
        let of_norm = |norm: &Arc<Norm>| {
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
        let reason = if request.format.is_archive() && request.edition == Edition::Commission {
            None
        } else if chosen.contains(&sort.norm) {
            // Whether it is for the Commission alone is all that matters of it.
            let publication = if sort.is_closed { Publication::Commission } else { Publication::Named };
            edition::left_out(request.edition, request.status, sort.state, publication)
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
