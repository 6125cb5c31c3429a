//! What the model may cost.

use super::parse::{self, Optional};
use clap::Args;

const MILLION: f64 = 1_000_000.0;

/// What the model may cost, and does.
#[derive(Args, Clone, Debug)]
pub struct ModelCosts {
    /// Most tokens, read and written, that the model may use up for an account in a month of UTC; no bound if
    /// empty. It is looked at before each step, and never concerns the built-in planner.
    #[arg(long = "model-monthly-tokens", env = "MODEL_MONTHLY_TOKENS", value_name = "MODEL_MONTHLY_TOKENS")]
    #[arg(default_value = "", value_parser = parse::optional(parse::number::<u64>(1..=1_000_000_000_000, "MODEL_MONTHLY_TOKENS=2000000")))]
    monthly_tokens: Optional<u64>,

    /// Price of a million tokens that the model reads; no costs are told if neither price is set.
    #[arg(long = "model-input-price", env = "MODEL_INPUT_PRICE", value_name = "MODEL_INPUT_PRICE")]
    #[arg(default_value = "", value_parser = parse::optional(parse::price("MODEL_INPUT_PRICE=0.25")))]
    input_price: Optional<f64>,

    /// Price of a million tokens that the model writes.
    #[arg(long = "model-output-price", env = "MODEL_OUTPUT_PRICE", value_name = "MODEL_OUTPUT_PRICE")]
    #[arg(default_value = "", value_parser = parse::optional(parse::price("MODEL_OUTPUT_PRICE=2.00")))]
    output_price: Optional<f64>,

    /// Currency of the prices (ISO 4217).
    #[arg(long = "model-currency", env = "MODEL_CURRENCY", value_name = "MODEL_CURRENCY", default_value = "USD")]
    #[arg(value_parser = parse::currency)]
    currency: String,
}

impl ModelCosts {
    /// Most tokens of an account in a month, read and written.
    #[must_use]
    pub fn monthly_tokens(&self) -> Option<u64> {
        self.monthly_tokens.0
    }

    /// The currency of the prices, if there are any.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.is_priced().then_some(self.currency.as_str())
    }

    /// What these tokens cost, to the millionth, if there are prices; a price that is not set is nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "tokens of a month are far below 2^53")]
    pub fn cost(&self, input_tokens: u64, output_tokens: u64) -> Option<f64> {
        let price = |price: Optional<f64>, tokens: u64| price.0.unwrap_or(0.0) * tokens as f64 / MILLION;
        let cost = || price(self.input_price, input_tokens) + price(self.output_price, output_tokens);
        self.is_priced().then(|| (cost() * MILLION).round() / MILLION)
    }

    fn is_priced(&self) -> bool {
        self.input_price.0.is_some() || self.output_price.0.is_some()
    }
}
