//! `demo`: a fresh data folder with synthetic comments in every state, served like any other.

mod dice;
mod fill;
mod people;
mod plan;
mod texts;
mod words;

use clap::Args;
use norm_portal::accounts::factor::model::Secret;
use norm_portal::config::Config;
use norm_portal::ids;
use norm_portal::norms::vocabulary::{self, Vocabulary};

use self::fill::{FillError, Order};
use super::{Failure, serve};

/// How much to invent.
#[derive(Args)]
pub struct Demo {
    /// How many comments.
    #[arg(long, default_value_t = 200, value_name = "N")]
    comments: u32,
    /// The same seed makes the same comments; their references, ids and the password are new each time.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
}

impl From<FillError> for Failure {
    fn from(error: FillError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Demo {
    /// Runs the command.
    pub fn run(self, config: Config) -> Result<(), Failure> {
        let listener = serve::listen(&config)?;
        let portal = serve::open(config, &listener)?;
        let vocabulary = Vocabulary::parse(vocabulary::SHIPPED).map_err(|error| Failure::Failed(error.to_string()))?;
        let order = Order {
            comments: usize::try_from(self.comments).unwrap_or(usize::MAX),
            seed: self.seed,
            password: ids::secret(),
            secret: Secret::random(),
            now: portal.site().now(),
            origin: portal.site().origin(),
        };
        fill::fill(portal.site().db(), vocabulary, &order)?;
        // As on a portal that runs for a month: nothing is left to be looked at.
        portal.porter().round().map_err(FillError::from)?;
        println!("{} synthetic comments. All demo accounts have the password {}", order.comments, order.password);
        for (name, what) in [
            ("secretariat", "the Secretariat"),
            ("moderator", "a moderator"),
            ("stakeholder", "an author with comments in every state"),
        ] {
            println!("Sign in as {what}: {}", people::address(name));
        }
        println!(
            "Staff sign in with a code as well: add this secret to an app for one-time codes, or open its address"
        );
        println!("Second factor of the demo staff: {}", order.secret.grouped());
        println!("{}", order.secret.address("demo staff").unwrap_or_default());
        serve::answer(&portal, listener)
    }
}
