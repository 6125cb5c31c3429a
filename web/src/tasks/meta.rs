//! What stands below a title: due date, repeat, priority, tags, notes.

use super::due_label::{self, Nearness};
use crate::ui::{IconName, class, picture};
use crate::words::common::capitalised;
use crate::words::tasks as words;
use jiff::civil::Date;
use todo_contract::{Priority, Tag, Task};
use todo_language::describe;
use yew::prelude::*;

/// The line below a title; nothing if there is nothing to say.
pub(super) fn meta(task: &Task, today: Date, tab: &'static str, on: &Callback<Tag>) -> Html {
    let nothing = task.due.is_none()
        && task.repeat.is_none()
        && task.priority == Priority::None
        && task.tags.is_empty()
        && task.notes.as_str().is_empty();
    if nothing {
        return html! {};
    }
    html! {
        <div class="task-meta">
            { due(task, today) }
            if let Some(repeat) = &task.repeat {
                <span class="meta">{ picture(IconName::Repeat) }{capitalised(&describe::repeat(repeat))}</span>
            }
            { priority(task.priority) }
            { for task.tags.iter().map(|tag| tag_chip(tag, tab, on)) }
            if !task.notes.as_str().is_empty() {
                <span class="meta">{ picture(IconName::Notes) }<span class="visually-hidden">{words::HAS_NOTES}</span></span>
            }
        </div>
    }
}

fn due(task: &Task, today: Date) -> Html {
    let Some(due) = &task.due else { return html! {} };
    let nearness = due_label::nearness(task, due, today);
    html! {
        <span class={class(&["meta", nearness.class()])}>
            { picture(IconName::Calendar) }
            if nearness == Nearness::Overdue { <span>{words::OVERDUE}{" · "}</span> }
            <time datetime={due.date.to_string()}>{due_label::label(due, today)}</time>
        </span>
    }
}

pub(super) fn priority(priority: Priority) -> Html {
    if priority == Priority::None {
        return html! {};
    }
    html! {
        <span class={class(&["meta", priority_class(priority)])}>
            { picture(IconName::Flag) }{words::priority(priority)}
        </span>
    }
}

/// Its colour; the word stands beside it.
pub(super) fn priority_class(priority: Priority) -> &'static str {
    match priority {
        Priority::None => "",
        Priority::Low => "priority-low",
        Priority::Medium => "priority-medium",
        Priority::High => "priority-high",
        Priority::Urgent => "priority-urgent",
    }
}

fn tag_chip(tag: &Tag, tab: &'static str, on: &Callback<Tag>) -> Html {
    let wanted = tag.clone();
    let onclick = on.reform(move |_: MouseEvent| wanted.clone());
    html! {
        <button type="button" class="tag" tabindex={tab} {onclick} aria-label={words::filter_by_tag(tag.as_str())}>
            <span aria-hidden="true">{"#"}</span>{tag.as_str()}
        </button>
    }
}
