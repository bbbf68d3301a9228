//! `staff invite`.

use clap::{Args, Subcommand, ValueEnum};
use norm_portal::accounts::invite::{self, Invitation};
use norm_portal::accounts::model::{DisplayName, Email};
use norm_portal::app;
use norm_portal::audit::Actor;
use norm_portal::clock::Clock;
use norm_portal::config::Config;
use norm_portal::web::Role;

use super::Failure;

/// The desk's people.
#[derive(Subcommand)]
pub enum Staff {
    /// Print an invitation link and send it by mail; it works once, within seven days.
    Invite(Invite),
}

/// Whom to invite, to what.
#[derive(Args)]
pub struct Invite {
    /// Where the invitation goes.
    #[arg(long)]
    email: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// A moderator decides on comments; the Secretariat also exports, invites, opens and closes.
    #[arg(long, value_enum)]
    role: StaffRole,
}

#[derive(Clone, Copy, ValueEnum)]
enum StaffRole {
    Moderator,
    Secretariat,
}

impl Staff {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let Self::Invite(Invite { email, name, role }) = self;
        let email = Email::parse(&email).ok_or_else(|| Failure::Use(format!("--email {email:?} is no address")))?;
        let name = DisplayName::parse(&name).ok_or_else(|| Failure::Use("--name must be one line".to_owned()))?;
        let role = match role {
            StaffRole::Moderator => Role::Moderator,
            StaffRole::Secretariat => Role::Secretariat,
        };
        let origin = public_origin(config)?;
        let (db, now) = (app::open_database(config)?, Clock::System.now());
        let invitation = Invitation::by_mail(&email, name, role);
        let link = db.write_blocking(move |conn| invite::invite(conn, now, Actor::Operator, &invitation, &origin))?;
        println!("{link}");
        Ok(())
    }
}

/// The address of links made while the portal may not be running: the one configured, else the one it listens on.
pub fn public_origin(config: &Config) -> Result<String, Failure> {
    let url = config.server.public_url(config.server.listen).map_err(Failure::Failed)?;
    Ok(url.origin().ascii_serialization())
}
