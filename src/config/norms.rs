//! `[norms]`: which norm package is loaded at the first start.

use std::path::PathBuf;

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norms {
    /// A TOML file; `None`: the package built in.
    pub package: Option<PathBuf>,
}
