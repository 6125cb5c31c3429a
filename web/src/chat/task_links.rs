//! Tasks named in the chat and in the activity view, as links into the list.

use super::card::TaskLink;
use crate::app::Route;
use crate::store::{Action, use_store};
use crate::words::chat as words;
use todo_contract::TaskId;
use yew::prelude::*;

/// This many are shown without asking.
const SHOWN: usize = 6;

#[derive(Properties, PartialEq)]
pub(crate) struct TaskRefProps {
    pub task: TaskLink,
}

/// A task's title; a press shows it in the list.
#[component]
pub(crate) fn TaskRef(props: &TaskRefProps) -> Html {
    let store = use_store();
    let TaskLink { id, title, .. } = &props.task;
    match id {
        Some(id) => {
            let id: TaskId = *id;
            let show = Callback::from(move |_: MouseEvent| {
                store.dispatch(Action::Open(Some(id)));
                if Route::here() != Route::Home {
                    Route::Home.go();
                }
            });
            html! { <button class="task-ref" onclick={show} title={words::show_task(title)}>{ title }</button> }
        }
        None => html! { <span class="task-ref-new">{ title }</span> },
    }
}

/// Several tasks, the first ones at once and the rest on request; all of them on request if `folded`.
pub(crate) fn task_list(tasks: &[TaskLink], folded: bool) -> Html {
    if tasks.is_empty() {
        return Html::default();
    }
    let (first, rest) = tasks.split_at(tasks.len().min(if folded { 0 } else { SHOWN }));
    let summary = if first.is_empty() { words::SHOW_TASKS.to_owned() } else { words::more_tasks(rest.len()) };
    html! {
        <>
            if !first.is_empty() {
                <ul class="task-refs">{ for first.iter().map(row) }</ul>
            }
            if !rest.is_empty() {
                <details class="task-refs-more">
                    <summary>{ summary }</summary>
                    <ul class="task-refs">{ for rest.iter().map(row) }</ul>
                </details>
            }
        </>
    }
}

fn row(task: &TaskLink) -> Html {
    html! {
        <li>
            <TaskRef task={task.clone()} />
            if let Some(detail) = &task.detail {
                <span class="call-detail">{ detail }</span>
            }
        </li>
    }
}
