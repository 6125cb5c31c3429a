//! Takes a change back, or brings it back.

use crate::api::jobs::Settled;
use crate::api::{ApiError, journal};
use crate::store::{Action, use_store};
use crate::ui::{IconName, picture, spinner};
use crate::words::{activity as words, common};
use todo_contract::{Operation, OperationId, UndoScope};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct UndoButtonProps {
    /// What is to be undone, with all of its group.
    pub operation: OperationId,
    /// Whether that brings a change back.
    pub redo: bool,
    /// The change in words, for a screen reader.
    pub what: String,
    /// The rows that the undo made.
    pub on_undone: Callback<Vec<Operation>>,
}

/// Undo or Redo. A refusal is explained beside it.
#[component]
pub(crate) fn UndoButton(props: &UndoButtonProps) -> Html {
    let store = use_store();
    let busy = use_state_eq(bool::default);
    let refusal = use_state_eq(Option::<String>::default);
    let press = {
        let (busy, refusal, operation) = (busy.clone(), refusal.clone(), props.operation);
        let on_undone = props.on_undone.clone();
        Callback::from(move |_: MouseEvent| {
            busy.set(true);
            let (store, busy, refusal, on_undone) = (store.clone(), busy.clone(), refusal.clone(), on_undone.clone());
            spawn_local(async move {
                match journal::undo(operation, UndoScope::Group).await {
                    // The journal's page is fetched anew, and so is the list.
                    Ok(Settled::ByJob(_)) => {
                        store.reload();
                        refusal.set(None);
                        on_undone.emit(Vec::new());
                    }
                    Ok(Settled::Now(answer)) => {
                        for task in answer.operations.iter().filter_map(|row| row.after.clone()) {
                            store.dispatch(Action::Fetched(task));
                        }
                        refusal.set(None);
                        on_undone.emit(answer.operations);
                    }
                    Err(error) => refusal.set(Some(explained(&error))),
                }
                busy.set(false);
            });
        })
    };
    let (icon, text, label) = if props.redo {
        (IconName::Redo, words::REDO, words::redo_of(&props.what))
    } else {
        (IconName::Undo, common::UNDO, words::undo_of(&props.what))
    };
    html! {
        <span class="undo">
            <button type="button" class="undo-button" onclick={press} disabled={*busy} aria-label={label}>
                if *busy { { spinner() } } else { { picture(icon) } }
                <span>{ text }</span>
            </button>
            if let Some(refusal) = (*refusal).clone() {
                <span class="undo-refusal" role="alert">{ refusal }</span>
            }
        </span>
    }
}

fn explained(error: &ApiError) -> String {
    match error.code.as_str() {
        "undo_conflict" => words::UNDO_CONFLICT.to_owned(),
        "already_undone" => words::ALREADY_UNDONE.to_owned(),
        _ => error.detail.clone(),
    }
}
