//! What models have used up for the account.

use super::section;
use crate::api;
use crate::ui::use_loaded;
use crate::words::model as words;
use todo_contract::{MonthUsage, Usage};
use yew::prelude::*;

#[component]
pub(super) fn UsageCard() -> Html {
    let (usage, retry) = use_loaded(api::account::usage);
    section("usage", words::USAGE, words::USAGE_NOTE, usage.render(&retry, view))
}

fn view(usage: &Usage) -> Html {
    let Some((this, earlier)) = usage.months.split_first() else { return Html::default() };
    html! {
        <>
            <dl class="facts">
                <dt>{words::THIS_MONTH}</dt>
                <dd>
                    <strong>{words::tokens(used(this))}</strong>{" · "}{words::tokens_in_detail(this.input_tokens, this.output_tokens)}
                    { for cost(this, usage).map(|cost| html! { <>{" · "}{cost}</> }) }
                </dd>
            </dl>
            { for usage.monthly_budget.map(|budget| bar(used(this), budget, &usage.resets_on)) }
            if !earlier.is_empty() { { table(earlier, usage) } }
        </>
    }
}

fn used(month: &MonthUsage) -> u64 {
    month.input_tokens.saturating_add(month.output_tokens)
}

fn cost(month: &MonthUsage, usage: &Usage) -> Option<String> {
    month.cost.zip(usage.currency.as_deref()).map(|(amount, currency)| words::cost(amount, currency))
}

fn bar(used: u64, budget: u64, resets_on: &str) -> Html {
    let said = words::of_budget(used, budget);
    let class = if used >= budget { "budget budget-used-up" } else { "budget" };
    html! {
        <div {class}>
            <progress aria-label={words::BUDGET} aria-valuetext={said.clone()} max={budget.to_string()} value={used.min(budget).to_string()} />
            <p class="note">{said}{". "}{words::renewed(&words::month(resets_on))}{"."}</p>
        </div>
    }
}

fn table(months: &[MonthUsage], usage: &Usage) -> Html {
    let row = |month: &MonthUsage| {
        html! {
            <tr>
                <th scope="row">{words::month(&month.month)}</th>
                <td>{words::grouped(month.input_tokens)}</td>
                <td>{words::grouped(month.output_tokens)}</td>
                { for cost(month, usage).map(|cost| html! { <td>{cost}</td> }) }
            </tr>
        }
    };
    html! {
        <table class="figures">
            <caption>{words::EARLIER_MONTHS}</caption>
            <thead>
                <tr>
                    <th scope="col">{words::MONTH}</th><th scope="col">{words::READ}</th><th scope="col">{words::WRITTEN}</th>
                    if usage.currency.is_some() { <th scope="col">{words::COST}</th> }
                </tr>
            </thead>
            <tbody>{ for months.iter().map(row) }</tbody>
        </table>
    }
}
