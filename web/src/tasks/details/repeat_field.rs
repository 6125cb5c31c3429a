//! The repeat: a choice by name, or a rule of RFC 5545.

use super::FieldProps;
use super::draft::Draft;
use super::repeat_choice::{RepeatChoice, rule_of};
use crate::ui::value_of;
use crate::words::tasks as words;
use todo_contract::limits::RULE_MAX;
use todo_contract::{RepeatFrom, Rule};
use yew::prelude::*;

pub(super) fn repeat_field(props: &FieldProps) -> Html {
    let on_choice = {
        let (draft, change) = (props.draft.clone(), props.change.clone());
        Callback::from(move |event: Event| {
            let chosen = value_of(&event);
            let repeat = RepeatChoice::ALL.into_iter().find(|choice| choice.name() == chosen);
            if let Some(repeat) = repeat {
                change.emit(Draft { repeat, rule: starting_rule(&draft, repeat), ..draft.clone() });
            }
        })
    };
    let on_from = {
        let (draft, change) = (props.draft.clone(), props.change.clone());
        Callback::from(move |event: Event| {
            let completion = value_of(&event) == "completion";
            let from = if completion { RepeatFrom::Completion } else { RepeatFrom::Due };
            change.emit(Draft { from, ..draft.clone() });
        })
    };
    let choice = props.draft.repeat;
    html! {
        <div class="field">
            <label for="details-repeat">{words::REPEAT}</label>
            <div class="field-row">
                <select id="details-repeat" class="input" onchange={on_choice}>
                    { for RepeatChoice::ALL.into_iter().map(|each| html! {
                        <option value={each.name()} selected={each == choice}>{words::repeat_choice(each.name(), props.draft.due_date())}</option>
                    }) }
                </select>
                if choice != RepeatChoice::Never {
                    <select class="input" onchange={on_from} aria-label={words::REPEAT_FROM}>
                        <option value="due" selected={props.draft.from == RepeatFrom::Due}>{words::FROM_DUE}</option>
                        <option value="completion" selected={props.draft.from == RepeatFrom::Completion}>{words::FROM_COMPLETION}</option>
                    </select>
                }
            </div>
            if choice == RepeatChoice::Custom { { rule_field(props) } }
        </div>
    }
}

/// A custom rule begins as what was chosen before.
fn starting_rule(draft: &Draft, next: RepeatChoice) -> String {
    match (next, rule_of(draft.repeat, draft.due_date())) {
        (RepeatChoice::Custom, Some(rule)) => rule.to_string(),
        (RepeatChoice::Custom, None) if draft.rule.is_empty() => "FREQ=DAILY;INTERVAL=2".to_owned(),
        _ => draft.rule.clone(),
    }
}

fn rule_field(props: &FieldProps) -> Html {
    let (draft, change) = (props.draft.clone(), props.change.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        change.emit(Draft { rule: value_of(&event), ..draft.clone() });
    });
    let problem = Rule::new(props.draft.rule.clone()).err().map(|error| error.0);
    html! {
        <>
            <input class="input input-code" type="text" value={props.draft.rule.clone()} {oninput} spellcheck="false"
                autocapitalize="characters" maxlength={RULE_MAX.to_string()} aria-label={words::RULE} aria-describedby="rule-note"
                aria-invalid={problem.is_some().then_some("true")} />
            <span id="rule-note" class={if problem.is_some() { "field-error" } else { "note" }} aria-live="polite">
                {problem.unwrap_or_else(|| words::RULE_NOTE.to_owned())}
            </span>
        </>
    }
}
