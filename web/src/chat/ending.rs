//! How a turn ended, where it did not end well, and what can be done about it.

use super::handle::Chat;
use super::turn::TurnView;
use crate::api::ApiError;
use crate::store::use_store;
use crate::ui::{Button, ButtonKind, IconName, picture};
use crate::words::{chat as words, common};
use std::rc::Rc;
use todo_contract::TurnStatus;
use todo_contract::step::PlannerKind;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct EndingProps {
    pub turn: Rc<TurnView>,
}

/// The error or the stop, with Retry.
#[component]
pub(super) fn Ending(props: &EndingProps) -> Html {
    let store = use_store();
    let Some(chat) = use_context::<Chat>() else { return Html::default() };
    let turn = &props.turn;
    let error = turn.error.as_ref().filter(|_| turn.status.is_final());
    let text = match (turn.status, error) {
        (_, Some(error)) => error.detail.clone(),
        (TurnStatus::Interrupted, None) => words::STOPPED.to_owned(),
        (TurnStatus::Failed, None) => words::FAILED.to_owned(),
        _ => return Html::default(),
    };
    let retry_with = |planner: Option<PlannerKind>| {
        let (chat, store, id) = (chat.clone(), store.clone(), turn.id);
        Callback::from(move |_: MouseEvent| {
            let store = store.clone();
            chat.retry(id, planner, Callback::from(move |error: ApiError| store.report(&error)));
        })
    };
    let stopped = turn.status == TurnStatus::Interrupted;
    let offers_builtin = error.is_some_and(|error| error.offer_builtin);
    let may_help = error.is_none_or(|error| error.retryable);
    html! {
        <div class={if stopped { "chat-ending is-stopped" } else { "chat-ending" }} role={(!stopped).then_some("alert")}>
            <p>{ picture(if stopped { IconName::Stop } else { IconName::Warning }) }<span>{ text }</span></p>
            if offers_builtin {
                <p class="chat-muted">{ words::BUILTIN_HINT }</p>
            }
            <div class="chat-buttons">
                if offers_builtin {
                    <Button kind={ButtonKind::Primary} onclick={retry_with(Some(PlannerKind::Builtin))}>{ words::USE_BUILTIN }</Button>
                }
                if may_help || !offers_builtin {
                    <Button onclick={retry_with(None)}>{ common::RETRY }</Button>
                }
            </div>
        </div>
    }
}
