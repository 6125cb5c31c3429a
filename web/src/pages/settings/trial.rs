//! What a trial of the model found.

use super::copy::copy;
use crate::store::Store;
use crate::ui::{Button, IconName, Markdown, picture};
use crate::words::model as words;
use todo_contract::ProbeReport;
use todo_contract::probe::{Advice, TrialOutcome, TrialReport};
use yew::prelude::*;

/// The report, from its verdict to what to set.
pub(super) fn view(report: &ProbeReport, store: &Store) -> Html {
    let (verdict, kind) =
        if report.usable { (words::USABLE, "notice notice-good") } else { (words::UNUSABLE, "notice notice-error") };
    html! {
        <div class="trial">
            <p class={kind}>{ picture(if report.usable { IconName::Check } else { IconName::Warning }) }{verdict}</p>
            <dl class="facts">
                <dt>{words::DIALECT}</dt><dd>{words::dialect(report.dialect)}</dd>
                if let Some(waited) = report.first_token_ms {
                    <dt>{words::FIRST_TOKEN}</dt><dd>{words::seconds(waited)}</dd>
                }
            </dl>
            <h3>{words::TRIALS}</h3>
            <ul class="trials">{ for report.trials.iter().map(tried) }</ul>
            if !report.adapted.is_empty() {
                <h3>{words::ADAPTED}</h3>
                <ul>{ for report.adapted.iter().map(|what| html! { <li><Markdown text={what.clone()} /></li> }) }</ul>
            }
            if !report.advice.is_empty() {
                <h3>{words::ADVICE}</h3>
                <p class="note">{words::ADVICE_NOTE}</p>
                <ul class="rows">{ for report.advice.iter().map(|advice| advised(store, advice)) }</ul>
            }
        </div>
    }
}

fn tried(trial: &TrialReport) -> Html {
    let (icon, class) = match trial.outcome {
        TrialOutcome::Ok => (IconName::Check, "trial-ok"),
        TrialOutcome::Absent => (IconName::Circle, "trial-absent"),
        TrialOutcome::Failed => (IconName::Warning, "trial-failed"),
        TrialOutcome::Skipped => (IconName::More, "trial-absent"),
    };
    html! {
        <li {class}>
            { picture(icon) }
            <div class="rows-text">
                <span><strong>{words::trial(trial.trial)}</strong>{" — "}<span class="trial-outcome">{words::outcome(trial.outcome)}</span></span>
                <div class="note"><Markdown text={trial.detail.clone()} /></div>
            </div>
        </li>
    }
}

fn advised(store: &Store, advice: &Advice) -> Html {
    let line = format!("{}={}", advice.setting, advice.value);
    let on_copy = {
        let (store, line) = (store.clone(), line.clone());
        Callback::from(move |_: MouseEvent| copy(&store, line.clone()))
    };
    html! {
        <li>
            <div class="rows-text">
                <code>{line.clone()}</code>
                <span class="note">{advice.reason.clone()}</span>
            </div>
            <Button icon={IconName::Copy} class="button-small" onclick={on_copy}>
                {words::COPY}<span class="visually-hidden">{" "}{line}</span>
            </Button>
        </li>
    }
}
