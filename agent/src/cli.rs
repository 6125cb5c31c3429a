//! The command line.

use crate::settings::TABLE;
use clap::{Parser, Subcommand};

/// Turns a conversation into text and proposed changes to a todo list. It changes nothing itself: the api
/// runs what the agent proposes.
#[derive(Debug, Parser)]
#[command(name = "todo-agent", version, after_help = TABLE)]
pub struct Cli {
    /// What to do; `serve` if nothing is given.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Serve until SIGTERM or Ctrl-C (this is the default).
    #[default]
    Serve,
    /// Ask the service at AGENT_BIND whether it is alive; exit 0 if so, 1 if not.
    Healthcheck,
    /// Try the configured model out: what works, what is adapted, what to set. Exit 0 if it can be used, 1 if not.
    Probe {
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
}
