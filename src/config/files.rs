//! `[files]`: what may be sent along with comments, and where it is kept.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::Secret;
use super::server::is_loopback;
use crate::files;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The largest file, in mebibytes.
    pub most_mebibytes: u64,
    /// How many files one comment or submission may have.
    pub most_files: usize,
    /// The program that reads documents; `None`: this one.
    pub reader: Option<PathBuf>,
    /// Where clamd listens, `host:port` or the path of a socket; `None`: files are not looked through.
    pub clamd: Option<String>,
    /// Whether nobody else can listen between the portal and a clamd on another machine.
    pub clamd_network_is_private: bool,
    /// Seconds for which clamd may be silent.
    pub clamd_seconds: u64,
    /// A folder or a store that speaks S3.
    pub store: FileStore,
    /// Scheme and host of the store; `None`: Amazon's in the region.
    pub s3_endpoint: Option<String>,
    /// The bucket, for `s3`.
    pub s3_bucket: Option<String>,
    /// The region, for `s3`.
    pub s3_region: String,
    /// The access key, for `s3`.
    pub s3_key_id: Option<String>,
    /// The secret of the access key, for `s3`.
    pub s3_secret: Option<Secret>,
    /// Whether the store may be asked without encryption; on this machine only.
    pub s3_allow_http: bool,
}

/// Where files are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileStore {
    /// `<data dir>/attachments`.
    Folder,
    /// A bucket of a store that speaks S3.
    S3,
}

impl Files {
    /// Refuses limits that can't be right, and a store that can't be reached safely.
    pub(super) fn check(&self) -> Result<(), String> {
        if !(1..=100).contains(&self.most_mebibytes) || !(1..=50).contains(&self.most_files) {
            return Err("files.most_mebibytes has to be from 1 to 100, files.most_files from 1 to 50".into());
        }
        if !(1..=600).contains(&self.clamd_seconds) {
            return Err("files.clamd_seconds has to be from 1 to 600".into());
        }
        let is_elsewhere = self.clamd()?.is_some_and(|clamd| clamd.host().is_some_and(|host| !is_loopback(host)));
        if is_elsewhere && !self.clamd_network_is_private {
            return Err(
                "files.clamd: what is sent to a clamd that is not on this machine is not encrypted; use its socket, \
                        or set files.clamd_network_is_private where nobody else can listen between the two"
                    .into(),
            );
        }
        match self.store {
            FileStore::Folder => Ok(()),
            FileStore::S3 => self.bucket().and_then(|_| self.check_endpoint()),
        }
    }

    fn check_endpoint(&self) -> Result<(), String> {
        let Some(endpoint) = &self.s3_endpoint else { return Ok(()) };
        let url = url::Url::parse(endpoint).map_err(|error| format!("files.s3_endpoint {endpoint:?}: {error}"))?;
        let is_here = url.host_str().is_some_and(is_loopback);
        match url.scheme() {
            "https" => Ok(()),
            "http" if self.s3_allow_http && is_here => Ok(()),
            "http" => Err(format!(
                "files.s3_endpoint {endpoint:?}: http is for a store on this machine only, with files.s3_allow_http; \
                 use https"
            )),
            _ => Err(format!("files.s3_endpoint {endpoint:?} has to begin with https://")),
        }
    }

    /// The bucket of the settings, and the secret that opens it.
    fn bucket(&self) -> Result<(files::Bucket<'_>, &str), String> {
        let bucket = files::Bucket {
            endpoint: self.s3_endpoint.as_deref(),
            name: needed(self.s3_bucket.as_deref(), "s3_bucket")?,
            region: needed(Some(&self.s3_region), "s3_region")?,
            key_id: needed(self.s3_key_id.as_deref(), "s3_key_id")?,
            in_the_clear: self.s3_allow_http,
        };
        Ok((bucket, needed(self.s3_secret.as_ref().map(Secret::reveal), "s3_secret")?))
    }

    /// Who looks through files.
    pub fn clamd(&self) -> Result<Option<files::Clamd>, String> {
        let patience = Duration::from_secs(self.clamd_seconds);
        let clamd = self.clamd.as_deref().map(|place| files::Clamd::at(place, patience));
        clamd.transpose().map_err(|error| format!("files.clamd: {error}"))
    }

    /// The largest file, in bytes.
    pub fn most_bytes(&self) -> u64 {
        self.most_mebibytes << 20
    }

    /// Opens the store that the settings name. Nothing is asked of one that speaks S3 yet.
    pub fn open(&self, data_dir: &Path) -> Result<files::Files, files::FileError> {
        match self.store {
            FileStore::Folder => files::Files::in_folder(&data_dir.join("attachments")),
            FileStore::S3 => {
                let (bucket, secret) = self.bucket().map_err(files::FileError::Store)?;
                files::Files::in_bucket(&bucket, secret)
            }
        }
    }
}

fn needed<'a>(value: Option<&'a str>, name: &str) -> Result<&'a str, String> {
    let there = value.filter(|value| !value.trim().is_empty());
    there.ok_or_else(|| format!("files.{name} must be set when files.store is \"s3\""))
}
