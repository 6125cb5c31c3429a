//! Says which planner is at work, and how to have another one.

use super::popover::Popover;
use crate::words::chat as words;
use todo_contract::step::{PlannerInfo, PlannerKind};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct PlannerBadgeProps {
    pub planner: Option<PlannerInfo>,
}

/// The planner's name; a press explains it.
#[component]
pub(super) fn PlannerBadge(props: &PlannerBadgeProps) -> Html {
    let open = use_state_eq(bool::default);
    let Some(planner) = &props.planner else { return Html::default() };
    let set_open = {
        let open = open.clone();
        Callback::from(move |shall: bool| open.set(shall))
    };
    let (state, name, note, about) = told(planner);
    let label = if note.is_empty() { name.clone() } else { format!("{name} — {note}") };
    let button = html! {
        <>
            <span class="planner-dot" data-state={state} />
            <span class="planner-name">{ name }</span>
            if !note.is_empty() { <span class="planner-note">{ note }</span> }
        </>
    };
    html! {
        <Popover class="planner" open={*open} on_toggle={set_open} {label} {button}>
            <div class="planner-about">
                <p>{ about }</p>
                if planner.available && planner.default == PlannerKind::Builtin {
                    <p>{ words::PLANNER_HOW_TO }</p>
                    <p class="chat-muted">{ words::PLANNER_DOCS }</p>
                }
            </div>
        </Popover>
    }
}

fn told(planner: &PlannerInfo) -> (&'static str, String, &'static str, String) {
    match (&planner.model, planner.default) {
        _ if !planner.available => ("down", words::PLANNER_DOWN.to_owned(), "", words::PLANNER_ABOUT_DOWN.to_owned()),
        (Some(model), PlannerKind::Openai) => {
            let host = planner.host.as_deref();
            ("model", words::planner_model(model, host), "", words::planner_about_model(model, host))
        }
        _ => {
            let name = words::PLANNER_BUILTIN.to_owned();
            ("builtin", name, words::PLANNER_BUILTIN_NOTE, words::PLANNER_ABOUT_BUILTIN.to_owned())
        }
    }
}
