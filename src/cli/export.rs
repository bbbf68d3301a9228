//! `export`.

use std::path::PathBuf;

use clap::Args;
use norm_portal::clock::Clock;
use norm_portal::comments::model::State;
use norm_portal::config::Config;
use norm_portal::export::command;
use norm_portal::export::make::MakeError;
use norm_portal::export::model::{Edition, Format, Request};

use super::{Failure, is_free, open_portal, staff};

/// What to write where.
#[derive(Args)]
pub struct Export {
    /// `public`: what everybody may see. `commission`: all accepted comments, those for the Commission only marked.
    #[arg(long, value_parser = edition)]
    edition: Edition,
    /// One of those of docs/formats/README.md: `csv`, `jsonl`, `xlsx`, `iso-docx`, `tracked-docx`, ...
    #[arg(long, value_parser = format)]
    format: Format,
    /// The file to write; its manifest goes beside it as <PATH>.manifest.json.
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// One text only, by its place in addresses (`avoid-tampering`).
    #[arg(long, value_name = "SLUG")]
    norm: Option<String>,
    /// Comments in this state instead of the accepted ones: pending, returned, appealed, published, declined, withdrawn.
    #[arg(long, value_name = "STATE", value_parser = state)]
    status: Option<State>,
    /// Begin a CSV file with a byte order mark, as some spreadsheet programs want it.
    #[arg(long)]
    bom: bool,
}

fn edition(text: &str) -> Result<Edition, String> {
    Edition::parse(text).ok_or_else(|| "one of: public, commission".to_owned())
}

fn format(text: &str) -> Result<Format, String> {
    Format::parse(text).ok_or_else(|| {
        let all: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
        format!("one of: {}", all.join(", "))
    })
}

fn state(text: &str) -> Result<State, String> {
    State::parse(text).ok_or_else(|| "one of: pending, returned, appealed, published, declined, withdrawn".to_owned())
}

impl Export {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let request =
            Request { edition: self.edition, format: self.format, norm: self.norm, status: self.status, bom: self.bom };
        is_free(&self.out)?;
        let origin = staff::public_origin(config)?;
        let db = open_portal(config)?;
        let files = config.files.open(&config.data_dir).map_err(|error| Failure::Failed(error.to_string()))?;
        let manifest = command::run((&db, &files), &origin, Clock::System.now(), &request, &self.out).map_err(
            |error| match error {
                MakeError::Refused(_) | MakeError::NoSuchNorm(_) => Failure::Use(error.to_string()),
                other => Failure::Failed(other.to_string()),
            },
        )?;
        let sha256 = manifest.sha256.unwrap_or_default();
        println!("{}: {} comments, SHA-256 {sha256}", self.out.display(), manifest.rows);
        Ok(())
    }
}
