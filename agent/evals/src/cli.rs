//! The command line.

use crate::run::Bounds;
use clap::Parser;
use std::path::PathBuf;
use std::time::Duration;

/// Says sayings to models, runs their calls on a list in memory, and prints how often they did what was meant.
///
/// The endpoint is set as the agent's is: OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL, OPENAI_API and the rest that
/// `todo-agent --help` lists. Without one, the built-in planner is asked.
#[derive(Clone, Debug, Parser)]
#[command(name = "todo-evals", version)]
pub struct Cli {
    /// Ask this model, in place of OPENAI_MODEL; may be given several times.
    #[arg(long = "model", value_name = "NAME")]
    pub models: Vec<String>,
    /// Ask the built-in planner, too.
    #[arg(long)]
    pub builtin: bool,
    /// A folder of sayings: one file a group, and the list they start from in seed.txt, here or one folder up.
    #[arg(long, value_name = "FOLDER", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/sayings"))]
    pub sayings: PathBuf,
    /// Only this group; may be given several times.
    #[arg(long = "group", value_name = "NAME")]
    pub groups: Vec<String>,
    /// Conversations at once.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub concurrency: u16,
    /// Most seconds for a turn.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub turn_timeout: u64,
    /// Most minutes for a model; what is left by then is skipped.
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=1440))]
    pub minutes: u64,
    /// Most tokens for a model, read and written; what is left by then is skipped.
    #[arg(long, value_name = "TOKENS", default_value_t = 2_000_000)]
    pub tokens: u64,
    /// What a million tokens cost that the model reads, for the line of costs.
    #[arg(long, value_name = "PRICE")]
    pub input_price: Option<f64>,
    /// What a million tokens cost that the model writes.
    #[arg(long, value_name = "PRICE")]
    pub output_price: Option<f64>,
    /// Exit with 1 if a model is right in fewer than this many of a hundred sayings.
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub at_least: f64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

impl Cli {
    /// What a run may take.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds {
            concurrency: usize::from(self.concurrency),
            turn_timeout: Duration::from_secs(self.turn_timeout),
            time: Duration::from_secs(self.minutes * 60),
            tokens: self.tokens,
        }
    }
}
