//! `make bench-chat`: what the product adds to a model's own time, and what many turns at once take.
//!
//! A scripted model, this generator and the three services share the machine's cores.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may panic")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod alone;
mod crowd;
mod figures;
mod turn;

use std::process::ExitCode;

/// Settings of the benchmark, from the environment.
struct Sizes {
    /// Turns of the one user that are measured.
    turns: usize,
    /// Turns at once in the crowd.
    crowd: usize,
    /// Pieces of an answer of the crowd, and milliseconds between them.
    pieces: usize,
    every_ms: u64,
}

impl Sizes {
    fn read() -> Self {
        let number = |name: &str, usual: usize| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
        Self {
            turns: number("BENCH_TURNS", 400),
            crowd: number("BENCH_CROWD", 200),
            pieces: number("BENCH_PIECES", 200),
            every_ms: number("BENCH_EVERY_MS", 50) as u64,
        }
    }
}

fn main() -> ExitCode {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let held = runtime.block_on(async {
        let sizes = Sizes::read();
        let load = std::fs::read_to_string("/proc/loadavg").unwrap();
        let load = load.split(' ').next().unwrap();
        println!("{} cores, load before {load}", std::thread::available_parallelism().unwrap());
        let alone = alone::measure(&sizes).await;
        let crowd = crowd::measure(&sizes).await;
        alone && crowd
    });
    println!("\n{}", if held { "all bounds hold" } else { "NOT all bounds hold" });
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
