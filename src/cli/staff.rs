//! `staff invite`, `staff reset-second-factor`.

use clap::{Args, Subcommand, ValueEnum};
use norm_portal::accounts::factor::set;
use norm_portal::accounts::invite::{self, Invitation};
use norm_portal::accounts::model::{DisplayName, Email};
use norm_portal::accounts::store;
use norm_portal::app;
use norm_portal::audit::Actor;
use norm_portal::clock::Clock;
use norm_portal::config::Config;
use norm_portal::db::DbError;
use norm_portal::web::Role;

use super::{Failure, open_portal};

/// The desk's people.
#[derive(Subcommand)]
pub enum Staff {
    /// Print an invitation link and send it by mail; it works once, within seven days.
    Invite(Invite),
    /// Take the second factor, with any passkeys, off somebody who lost it and has nobody else to do it: the person's
    /// sessions end, they are told by mail, and set up another one when they sign in.
    ResetSecondFactor(ResetSecondFactor),
}

/// Whose second factor.
#[derive(Args)]
pub struct ResetSecondFactor {
    /// The address of the account.
    #[arg(long)]
    email: String,
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
        match self {
            Self::Invite(invite) => invite.run(config),
            Self::ResetSecondFactor(reset) => reset.run(config),
        }
    }
}

fn address(email: &str) -> Result<Email, Failure> {
    Email::parse(email).ok_or_else(|| Failure::Use(format!("--email {email:?} is no address")))
}

impl ResetSecondFactor {
    fn run(self, config: &Config) -> Result<(), Failure> {
        let email = address(&self.email)?;
        let origin = public_origin(config)?;
        let (db, now) = (open_portal(config)?, Clock::System.now());
        let shown = email.as_str().to_owned();
        let is_reset = db.write_blocking(move |conn| match store::by_email(conn, &email)? {
            Some(account) => set::reset_by_operator(conn, now, account.id, &origin),
            None => Ok::<_, DbError>(false),
        })?;
        if !is_reset {
            return Err(Failure::Failed(format!("{shown} has no account with a second factor or a passkey")));
        }
        println!("{shown} has no second factor and no passkey any more and is signed out everywhere");
        Ok(())
    }
}

impl Invite {
    fn run(self, config: &Config) -> Result<(), Failure> {
        let Self { email, name, role } = self;
        let email = address(&email)?;
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
