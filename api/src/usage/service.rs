//! The rules of usage: what is counted, what it costs, and when it is too much.

use super::month::Month;
use super::store::{self, MonthRow};
use crate::db::Connection;
use crate::error::ApiError;
use crate::state::AppState;
use jiff::Timestamp;
use jiff::civil::Date;
use todo_contract::{MonthUsage, Usage};

/// Most months that are told.
const MONTHS: usize = 12;

/// Counts what a step cost. To be called in the transaction that stores the step's own event, so that each is
/// counted once, whatever happens.
///
/// # Errors
/// The database's.
pub fn count(
    connection: &mut Connection,
    user_id: i64,
    (input, output): (u64, u64),
    now: Timestamp,
) -> Result<(), ApiError> {
    let month = Month::of(now).name();
    let before = store::month(connection, user_id, &month)?;
    let (read, written) = before.map_or((0, 0), |row| (row.input_tokens, row.output_tokens));
    let whole = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
    let after = MonthRow {
        user_id,
        month,
        input_tokens: read.saturating_add(whole(input)),
        output_tokens: written.saturating_add(whole(output)),
    };
    Ok(store::put(connection, &after)?)
}

/// The day on which the account may use a model again, if it has used up its month.
///
/// # Errors
/// The database's.
pub async fn exhausted_until(state: &AppState, user_id: i64) -> Result<Option<Date>, ApiError> {
    let Some(budget) = state.settings.model.monthly_tokens() else { return Ok(None) };
    let month = Month::of(state.clock.now());
    let row = state.db.read(move |connection| Ok(store::month(connection, user_id, &month.name())?)).await?;
    let used = row.map_or(0, |row| tokens(row.input_tokens).saturating_add(tokens(row.output_tokens)));
    Ok((used >= budget).then(|| month.ends_on()))
}

/// What the account used, the newest month first.
pub(super) async fn usage(state: &AppState, user_id: i64) -> Result<Usage, ApiError> {
    let rows = state.db.read(move |connection| Ok(store::months(connection, user_id, MONTHS)?)).await?;
    let this_month = Month::of(state.clock.now());
    let model = &state.settings.model;
    let told = |month: String, input_tokens: u64, output_tokens: u64| MonthUsage {
        month,
        input_tokens,
        output_tokens,
        cost: model.cost(input_tokens, output_tokens),
    };
    let missing = rows.first().is_none_or(|newest| newest.month < this_month.name());
    let nothing_yet = missing.then(|| told(this_month.name(), 0, 0));
    let used = rows.into_iter().map(|row| told(row.month, tokens(row.input_tokens), tokens(row.output_tokens)));
    Ok(Usage {
        months: nothing_yet.into_iter().chain(used).take(MONTHS).collect(),
        monthly_budget: model.monthly_tokens(),
        resets_on: this_month.ends_on().to_string(),
        currency: model.currency().map(str::to_owned),
    })
}

fn tokens(column: i64) -> u64 {
    u64::try_from(column).unwrap_or(0)
}
