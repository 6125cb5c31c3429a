//! The `todo-evals` command.

use clap::Parser;
use std::process::ExitCode;
use todo_agent::Fatal;
use todo_evals::cli::Cli;
use todo_evals::{report, run, subjects, suite};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    todo_agent::install_crypto();
    match evaluate(&Cli::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("todo-evals: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Whether every subject is as right as was asked for.
async fn evaluate(cli: &Cli) -> Result<bool, Fatal> {
    let suite = suite::load(&cli.sayings, &cli.groups)?;
    let mut reports = Vec::new();
    for subject in subjects(cli, &|name| std::env::var(name).ok())? {
        eprintln!("{}: {} sayings", subject.name, suite.len());
        reports.push(run::run(&subject, &suite, &cli.bounds()).await);
    }
    report::print(&reports, cli)?;
    Ok(reports.iter().all(|report| report.percent() >= cli.at_least))
}
