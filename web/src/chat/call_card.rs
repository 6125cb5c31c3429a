//! A tool call: what it did, to which tasks, and a way to take it back.

use super::call::{CallState, CallView};
use super::card::{Card, CardIcon, Failure};
use super::describe::{Context, describe};
use super::handle::Chat;
use super::state::ChatAction;
use super::task_links::{TaskRef, task_list};
use super::titles::use_titles;
use crate::activity::UndoButton;
use crate::store::use_store;
use crate::ui::{IconName, picture};
use crate::words::chat as words;
use std::rc::Rc;
use todo_contract::{Operation, ToolResult};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct CallCardProps {
    pub call: Rc<CallView>,
    pub state: CallState,
}

/// A tool call as it happens, and what came of it.
#[component]
pub(super) fn CallCard(props: &CallCardProps) -> Html {
    let store = use_store();
    let titles = use_titles();
    let Some(chat) = use_context::<Chat>() else { return Html::default() };
    let card = describe(&props.call, props.state, Context { today: store.today, title_of: &|id| titles.of(id) });
    let on_undone = {
        let chat = chat.clone();
        Callback::from(move |rows: Vec<Operation>| chat.dispatch(ChatAction::Recorded(rows)))
    };
    let first = props.call.operations().first().copied();
    let undone = first.is_some_and(|id| chat.ledger.is_undone(id));
    let takes_back = matches!(props.call.result, Some(ToolResult::Undone { .. }));
    let is_look_up = card.icon == CardIcon::LookUp;
    html! {
        <div class={crate::ui::class(&["call", state_class(props.state), crate::ui::when(undone, "is-undone")])} data-tool={props.call.name.clone()}>
            <div class="call-line">
                <span class="call-icon" data-icon={icon_class(card.icon)}>{ picture(icon_name(card.icon)) }</span>
                { line(&card) }
                if let Some(id) = first {
                    <UndoButton operation={chat.ledger.tip(id)} redo={undone != takes_back} what={card.line()} {on_undone} />
                }
            </div>
            { task_list(&card.tasks, is_look_up) }
            { for card.failures.iter().map(failure) }
        </div>
    }
}

/// The card's line, with its task as a link.
pub(crate) fn line(card: &Card) -> Html {
    let details = [card.subject.as_ref().and_then(|task| task.detail.as_ref()), card.detail.as_ref()];
    html! {
        <p class="call-text">
            <span class="call-lead">{ &card.lead }</span>
            if let Some(task) = &card.subject {
                { " " }<TaskRef task={task.clone()} />
            }
            { for details.into_iter().flatten().map(|detail| html! { <span class="call-detail">{ detail }</span> }) }
        </p>
    }
}

fn failure(failure: &Failure) -> Html {
    html! {
        <div class="call-failure">
            <p>{ picture(IconName::Warning) }<span>{ &failure.text }</span></p>
            if !failure.candidates.is_empty() {
                <p class="call-lead">{ words::DID_YOU_MEAN }</p>
                { task_list(&failure.candidates, false) }
            }
        </div>
    }
}

fn state_class(state: CallState) -> &'static str {
    match state {
        CallState::Running => "is-running",
        CallState::Waiting => "is-waiting",
        CallState::Done => "is-done",
        CallState::Failed => "is-failed",
        CallState::Declined | CallState::Stopped => "is-idle",
    }
}

pub(crate) fn icon_name(icon: CardIcon) -> IconName {
    match icon {
        CardIcon::Add => IconName::Plus,
        CardIcon::Change => IconName::Edit,
        CardIcon::Complete => IconName::Check,
        CardIcon::Reopen => IconName::Restore,
        CardIcon::Delete => IconName::Trash,
        CardIcon::LookUp => IconName::Search,
        CardIcon::TakeBack => IconName::Undo,
        CardIcon::BringBack => IconName::Redo,
        CardIcon::Problem => IconName::Warning,
    }
}

pub(crate) fn icon_class(icon: CardIcon) -> &'static str {
    match icon {
        CardIcon::Add => "add",
        CardIcon::Change => "change",
        CardIcon::Complete => "complete",
        CardIcon::Reopen => "reopen",
        CardIcon::Delete => "delete",
        CardIcon::LookUp => "look-up",
        CardIcon::TakeBack | CardIcon::BringBack => "take-back",
        CardIcon::Problem => "problem",
    }
}
