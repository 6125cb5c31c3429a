//! The command line.

mod backup;
mod daily;
mod database;
mod healthcheck;
mod serve;
mod smoke;
mod user;

use crate::config::{DatabaseArgs, Settings};
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

/// What a command that failed has to say.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The server of todo-app: it owns the data and every rule.
///
/// Without a command it serves. Every setting is an environment variable; the flags do the same.
#[derive(Parser)]
#[command(name = "todo-api", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT. This is what happens without a command.
    Serve(Box<Settings>),
    /// Bring the database up to date, making it if it is not there. `serve` does this too.
    Migrate(DatabaseArgs),
    /// Write a consistent copy of the database to FILE, while the server may be at work.
    Backup(backup::Args),
    /// Put the backup FILE in the place of the database; the old one is kept beside it. Stop the server first.
    Restore {
        /// The backup.
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Check that the database is whole; exit code 0 says yes. The server may be at work.
    Check(DatabaseArgs),
    /// Print the OpenAPI document of the HTTP interface.
    Openapi,
    /// Ask the server that runs at API_BIND whether it is alive; exit code 0 says yes.
    Healthcheck(healthcheck::Args),
    /// Register, log in, chat, see the task and delete the account, through the gateway at --url; exit code 0 says
    /// that all of it worked.
    Smoke(smoke::Args),
    /// Manage accounts. The server may be at work.
    User {
        #[command(subcommand)]
        command: user::Command,
    },
}

impl Cli {
    /// Reads a command line, of which the first is the program's name. Ends the program if it is wrong.
    #[must_use]
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let mut arguments: Vec<OsString> = arguments.into_iter().collect();
        let asks = |text: &OsString| ["-h", "--help", "-V", "--version"].iter().any(|flag| text == flag);
        let serves = |text: &OsString| text.to_string_lossy().starts_with('-') && !asks(text);
        if arguments.get(1).is_none_or(serves) {
            arguments.insert(1.min(arguments.len()), "serve".into());
        }
        Self::parse_from(arguments)
    }

    /// Does what it says.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Serve(settings) => serve::run(*settings),
            Command::Migrate(database) => database::migrate(&database),
            Command::Backup(args) => backup::run(&args),
            Command::Restore { file, database } => database::restore(&database, &file),
            Command::Check(database) => database::check(&database),
            Command::Openapi => say(&crate::openapi::document().to_pretty_json()?),
            Command::Healthcheck(args) => healthcheck::ask(&args),
            Command::Smoke(args) => smoke::run(&args),
            Command::User { command } => user::run(command),
        }
    }
}

/// A client for neighbours that speak plain HTTP.
fn client(timeout: Duration) -> reqwest::Result<reqwest::Client> {
    crate::plain_http::client().timeout(timeout).build()
}

/// Writes a line for whoever called.
fn say(line: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout(), "{line}") {
        // Whoever reads has read enough: `todo-api openapi | head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
