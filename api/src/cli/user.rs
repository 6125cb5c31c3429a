//! `todo-api user …`.

use super::{Failure, say};
use crate::accounts::service;
use crate::config::DatabaseArgs;
use crate::db::{self, Connection};
use crate::error::ApiError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use std::io::{IsTerminal, stdin};
use todo_contract::{Email, Password};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Add an account. Works while REGISTRATION=closed.
    Add {
        #[command(flatten)]
        with: WithPassword,
    },
    /// List all accounts.
    List(DatabaseArgs),
    /// Make an invitation and print its token: for REGISTRATION=invite. Good once.
    Invite {
        /// Days until it can no longer be used.
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=30))]
        days: u16,
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Set a new password, sign the account out everywhere and end its API tokens.
    ResetPassword {
        #[command(flatten)]
        with: WithPassword,
    },
    /// Delete an account with all its data, for good.
    Delete {
        /// The email address.
        #[arg(value_parser = email)]
        email: Email,
        /// Do it: nothing brings the data back.
        #[arg(long, required = true)]
        yes: bool,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

/// The password is asked for at a terminal, and else read as one line from standard input.
#[derive(clap::Args)]
pub(super) struct WithPassword {
    /// The email address.
    #[arg(value_parser = email)]
    email: Email,
    /// Make a password and print it.
    #[arg(long)]
    generate: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

fn email(text: &str) -> Result<Email, String> {
    Email::new(text).map_err(|error| error.to_string())
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    let now = Timestamp::now();
    match command {
        Command::Add { with } => {
            let (password, generated) = with.password()?;
            let email = with.email.clone();
            let account = change(&with.database, |tx| service::add_from_command_line(tx, email, &password, now))?;
            say(&format!("Added {}.", account.email))?;
            show(&password, generated)
        }
        Command::List(database) => {
            for account in change(&database, service::all)? {
                say(&format!("{}\t{}\t{}", account.id, account.email, account.created_at))?;
            }
            Ok(())
        }
        Command::Invite { days, database } => {
            let made = change(&database, |tx| service::invite_from_command_line(tx, now, days))?;
            say(&format!(
                "Open this path of your server's address: {}\nIt can be used once, until {}.",
                made.path, made.info.expires_at
            ))
        }
        Command::ResetPassword { with } => {
            let (password, generated) = with.password()?;
            change(&with.database, |tx| service::reset_password(tx, &with.email, &password, now))?;
            say(&format!("Set a new password for {} and signed it out everywhere.", with.email))?;
            show(&password, generated)
        }
        Command::Delete { email, database, .. } => {
            change(&database, |tx| service::delete_from_command_line(tx, &email))?;
            say(&format!("Deleted {email}."))
        }
    }
}

/// Works beside a server, which sees the change within seconds.
fn change<T>(database: &DatabaseArgs, work: impl FnOnce(&mut Connection) -> Result<T, ApiError>) -> Result<T, Failure> {
    db::migrate(&database.database_url)?;
    db::alone(&database.database_url, |connection| {
        work(connection).map_err(|error| error.source.unwrap_or_else(|| error.detail.into()))
    })
}

impl WithPassword {
    fn password(&self) -> Result<(Password, bool), Failure> {
        let text = match (self.generate, stdin().is_terminal()) {
            (true, _) => generated()?,
            (false, true) => asked()?,
            (false, false) => stdin().lines().next().transpose()?.unwrap_or_default(),
        };
        Ok((Password::new(text)?, self.generate))
    }
}

fn asked() -> Result<String, Failure> {
    let password = rpassword::prompt_password("Password: ")?;
    match rpassword::prompt_password("The same again: ")? == password {
        true => Ok(password),
        false => Err("the two passwords differ".into()),
    }
}

fn generated() -> Result<String, Failure> {
    let mut bytes = [0; 15];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn show(password: &Password, generated: bool) -> Result<(), Failure> {
    if generated { say(&format!("Password: {}", password.as_str())) } else { Ok(()) }
}
