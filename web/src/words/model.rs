//! Words of the model, its trial, and what it uses up.

use super::tasks::MONTHS;
use todo_contract::probe::{Dialect, Trial, TrialOutcome};

pub const MODEL: &str = "Model";
pub const PLANNER: &str = "Planner";
pub const PLANNER_MODEL: &str = "A model";
pub const HOST: &str = "Served by";
pub const TEST: &str = "Test my model";
pub const TESTING: &str = "Testing…";
pub const TEST_NOTE: &str = "Asks the model a few small things. It costs a few hundred tokens.";
pub const TESTING_NOTE: &str = "The model is being asked a few small things. This can take a minute and a half.";
pub const USABLE: &str = "This model works.";
pub const UNUSABLE: &str = "Chatting with this model does not work yet.";
pub const DIALECT: &str = "API";
pub const FIRST_TOKEN: &str = "Answers after";
pub const TRIALS: &str = "What was tried";
pub const ADAPTED: &str = "What was adapted";
pub const ADVICE: &str = "What to set";
pub const ADVICE_NOTE: &str = "Environment variables of todo-agent:";
pub const COPY: &str = "Copy";

pub fn dialect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Responses => "Responses",
        Dialect::Chat => "Chat Completions",
        Dialect::Structured => "Chat Completions with structured output",
    }
}

pub fn trial(trial: Trial) -> &'static str {
    match trial {
        Trial::Reach => "Reach and key",
        Trial::Streaming => "Streaming",
        Trial::Tools => "Tool calls",
        Trial::Strict => "Strict arguments",
        Trial::Parallel => "One call at a time",
        Trial::Structured => "Structured output",
        Trial::Usage => "Token counts",
    }
}

pub fn outcome(outcome: TrialOutcome) -> &'static str {
    match outcome {
        TrialOutcome::Ok => "works",
        TrialOutcome::Absent => "not there",
        TrialOutcome::Failed => "failed",
        TrialOutcome::Skipped => "not tried",
    }
}

/// "0.4 seconds".
pub fn seconds(milliseconds: u64) -> String {
    let tenths = milliseconds.saturating_add(50) / 100;
    format!("{}.{} seconds", tenths / 10, tenths % 10)
}

pub const USAGE: &str = "Usage";
pub const USAGE_NOTE: &str = "Tokens that models read and wrote for you. The built-in planner uses none.";
pub const THIS_MONTH: &str = "This month";
pub const READ: &str = "Read";
pub const WRITTEN: &str = "Written";
pub const COST: &str = "Cost";
pub const MONTH: &str = "Month";
pub const BUDGET: &str = "Monthly budget";
pub const EARLIER_MONTHS: &str = "Earlier months";

pub fn tokens(count: u64) -> String {
    format!("{} {}", grouped(count), if count == 1 { "token" } else { "tokens" })
}

pub fn tokens_in_detail(read: u64, written: u64) -> String {
    format!("{} read, {} written", grouped(read), grouped(written))
}

pub fn of_budget(used: u64, budget: u64) -> String {
    format!("{} of {} tokens used", grouped(used), grouped(budget))
}

pub fn renewed(day: &str) -> String {
    format!("New ones on {day} (UTC)")
}

/// "1,234,567".
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "USD 1.25". By cents as a whole number: what formats fractions would weigh more than this page's part of it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no negative cost, and none of 10^17")]
pub fn cost(amount: f64, currency: &str) -> String {
    let cents = (amount * 100.0 + 0.5) as u64;
    if cents == 0 && amount > 0.0 {
        return format!("under {currency} 0.01");
    }
    format!("{currency} {}.{:02}", grouped(cents / 100), cents % 100)
}

/// "Nov 2026", of "2026-11"; "1 Nov 2026" of "2026-11-01".
pub fn month(iso: &str) -> String {
    let mut parts = iso.split('-');
    let (year, number) = (parts.next().unwrap_or_default(), parts.next().and_then(|n| n.parse::<usize>().ok()));
    let Some(name) = number.and_then(|number| MONTHS.get(number.saturating_sub(1))) else { return iso.to_owned() };
    match parts.next() {
        Some(day) => format!("{} {name} {year}", day.trim_start_matches('0')),
        None => format!("{name} {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_costs_are_rounded_to_cents() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [0.0, 0.004, 0.006, 1.25, 1234.5].map(|amount| cost(amount, "EUR")),
            ["EUR 0.00", "under EUR 0.01", "EUR 0.01", "EUR 1.25", "EUR 1,234.50"]
        );
        assert_eq!([0, 40, 1250].map(seconds), ["0.0 seconds", "0.0 seconds", "1.3 seconds"]);
    }

    #[test]
    fn months_and_days_are_told_in_words() {
        assert_eq!([month("2026-11"), month("2026-12-01"), month("soon")], ["Nov 2026", "1 Dec 2026", "soon"]);
    }
}
