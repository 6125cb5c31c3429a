//! The `todo-agent` command.

use clap::Parser;
use std::process::ExitCode;
use todo_agent::cli::{Cli, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    todo_agent::install_crypto();
    let outcome = match Cli::parse().command.unwrap_or_default() {
        Command::Serve => todo_agent::serve(),
        Command::Healthcheck => todo_agent::healthcheck(),
        Command::Probe { json } => match todo_agent::probe(json) {
            Ok(false) => return ExitCode::FAILURE,
            outcome => outcome.map(drop),
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("todo-agent: {problem}");
            ExitCode::FAILURE
        }
    }
}
