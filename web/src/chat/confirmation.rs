//! The question that a big change asks first.

use super::call::CallView;
use super::describe::{Context, affected, verb_of};
use super::handle::Chat;
use super::task_links::task_list;
use super::titles::use_titles;
use crate::api::ApiError;
use crate::store::use_store;
use crate::ui::{Button, ButtonKind, IconName, picture};
use crate::words::chat as words;
use std::rc::Rc;
use todo_contract::{ToolCall, TurnId};
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ConfirmationCardProps {
    pub turn: TurnId,
    pub call: Rc<CallView>,
}

/// What would happen, to which tasks, and Yes or No. It takes the focus, on the question and not on an answer, so
/// that a key pressed by chance decides nothing.
#[component]
pub(super) fn ConfirmationCard(props: &ConfirmationCardProps) -> Html {
    let store = use_store();
    let titles = use_titles();
    let card = use_node_ref();
    use_effect_with((), {
        let card = card.clone();
        move |()| {
            if let Some(card) = card.cast::<HtmlElement>() {
                drop(card.focus());
            }
        }
    });
    let Some(chat) = use_context::<Chat>() else { return Html::default() };
    let answer = |approve: bool| {
        let (chat, store, turn, call) = (chat.clone(), store.clone(), props.turn, props.call.id.clone());
        Callback::from(move |_: MouseEvent| {
            let store = store.clone();
            let on_error = Callback::from(move |error: ApiError| store.report(&error));
            chat.answer(turn, call.clone(), approve, on_error);
        })
    };
    let context = Context { today: store.today, title_of: &|id| titles.of(id) };
    let tasks = props.call.call.as_ref().map(|call| affected(call, context)).unwrap_or_default();
    let destroys = matches!(props.call.call, Some(ToolCall::DeleteTasks(_)));
    let yes =
        props.call.call.as_ref().map_or_else(|| words::YES.to_owned(), |call| words::yes(verb_of(call), tasks.len()));
    let kind = if destroys { ButtonKind::Danger } else { ButtonKind::Primary };
    let heading = format!("confirm-{}", props.call.id);
    let summary = props.call.confirmation.as_ref().map(|asked| asked.summary.clone()).unwrap_or_default();
    html! {
        <div class="confirm" role="group" aria-labelledby={heading.clone()} tabindex="-1" ref={card}>
            <p class="confirm-summary" id={heading}>{ picture(IconName::Warning) }<span>{ summary }</span></p>
            { task_list(&tasks, false) }
            <div class="chat-buttons">
                <Button {kind} onclick={answer(true)}>{ yes }</Button>
                <Button onclick={answer(false)}>{ words::no(tasks.len()) }</Button>
            </div>
        </div>
    }
}
