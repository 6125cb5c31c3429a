//! The bounds of a turn.

use super::parse;
use clap::Args;
use std::time::Duration;

/// The bounds of a turn.
#[derive(Args, Clone, Debug)]
pub struct ChatLimits {
    /// Most steps of a turn.
    #[arg(long = "chat-steps", env = "CHAT_STEPS", value_name = "CHAT_STEPS", default_value = "8")]
    #[arg(value_parser = parse::number::<u32>(1..=100, "CHAT_STEPS=8"))]
    pub steps: u32,

    /// How long the agent may take for a step: 60s.
    #[arg(
        long = "chat-step-timeout",
        env = "CHAT_STEP_TIMEOUT",
        value_name = "CHAT_STEP_TIMEOUT",
        default_value = "60s"
    )]
    #[arg(value_parser = parse::duration)]
    pub step_timeout: Duration,

    /// How long a turn may take, without the time that it waits for a person: 120s.
    #[arg(
        long = "chat-turn-timeout",
        env = "CHAT_TURN_TIMEOUT",
        value_name = "CHAT_TURN_TIMEOUT",
        default_value = "120s"
    )]
    #[arg(value_parser = parse::duration)]
    pub turn_timeout: Duration,

    /// Most tokens of a turn, read and written.
    #[arg(
        long = "chat-turn-tokens",
        env = "CHAT_TURN_TOKENS",
        value_name = "CHAT_TURN_TOKENS",
        default_value = "200000"
    )]
    #[arg(value_parser = parse::number::<u64>(1_000..=100_000_000, "CHAT_TURN_TOKENS=200000"))]
    pub turn_tokens: u64,

    /// How often a turn may make the very same call.
    #[arg(
        long = "chat-repeated-calls",
        env = "CHAT_REPEATED_CALLS",
        value_name = "CHAT_REPEATED_CALLS",
        default_value = "3"
    )]
    #[arg(value_parser = parse::number::<u32>(1..=100, "CHAT_REPEATED_CALLS=3"))]
    pub repeated_calls: u32,
}
