//! `todo-api`.

use std::process::ExitCode;
use todo_api::cli::Cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Cli::read(std::env::args_os()).run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("todo-api: {reason}");
            ExitCode::FAILURE
        }
    }
}
