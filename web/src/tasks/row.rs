//! A row of the list.

use super::meta::meta;
use super::title_edit::TitleEdit;
use crate::store::query::StatusFilter;
use crate::ui::{IconName, class, picture, when};
use crate::words::tasks as words;
use jiff::civil::Date;
use std::rc::Rc;
use todo_contract::{Tag, Task, TaskId, TaskStatus};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What happens on a row.
#[derive(Clone, Debug)]
pub(super) enum RowEvent {
    Focused,
    Toggled,
    EditTitle,
    Renamed(String),
    EditLeft,
    Details,
    Deleted,
    Restored,
    DeletedForGood,
    /// With Shift, up to here.
    Selected {
        range: bool,
    },
    Tag(Tag),
    Grabbed(PointerEvent),
}

/// How a row shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowItem {
    pub(super) task: Rc<Task>,
    pub(super) current: bool,
    pub(super) editing: bool,
    pub(super) leaving: bool,
    pub(super) pending: bool,
    /// `None` while nothing is being selected.
    pub(super) selected: Option<bool>,
    /// Dropped before (`false`) or after it (`true`).
    pub(super) drop: Option<bool>,
    pub(super) dragged: bool,
}

/// What all rows have in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowView {
    pub(super) today: Date,
    pub(super) status: StatusFilter,
    pub(super) movable: bool,
    pub(super) on: Callback<(TaskId, RowEvent)>,
}

#[derive(Properties, PartialEq)]
pub(super) struct RowProps {
    pub(super) item: RowItem,
    pub(super) view: RowView,
}

#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let RowProps { item, view } = props;
    let task = &item.task;
    let id = task.id;
    let send = |event: RowEvent| view.on.reform(move |_: MouseEvent| (id, event.clone()));
    let done = task.status == TaskStatus::Done;
    let class = class(&[
        "task",
        when(done, "task-done"),
        when(item.leaving, "task-leaving"),
        when(item.pending, "task-pending"),
        when(item.current, "task-current"),
        when(item.dragged, "task-dragged"),
        when(item.selected == Some(true), "task-selected"),
        item.drop.map_or("", |after| if after { "drop-after" } else { "drop-before" }),
    ]);
    let tab = if item.current { "0" } else { "-1" };
    let onfocusin = view.on.reform(move |_: FocusEvent| (id, RowEvent::Focused));
    html! {
        <div role="listitem" id={format!("task-{id}")} data-task={id.to_string()} {class} tabindex={tab} {onfocusin}>
            if view.movable && item.selected.is_none() { { grip(view, id) } }
            { box_of(item, view, tab) }
            <div class="task-body">
                if item.editing {
                    <TitleEdit title={task.title.to_string()} on={view.on.reform(move |event| (id, event))} />
                } else {
                    <button type="button" class="task-title" tabindex={tab} onclick={send(RowEvent::EditTitle)}
                        disabled={view.status == StatusFilter::Trash || item.selected.is_some()}>
                        {task.title.as_str()}
                    </button>
                }
                { meta(task, view.today, tab, &view.on.reform(move |tag| (id, RowEvent::Tag(tag)))) }
            </div>
            if item.selected.is_none() { <div class="task-actions">{ actions(task, view, tab) }</div> }
        </div>
    }
}

fn grip(view: &RowView, id: TaskId) -> Html {
    let onpointerdown = view.on.reform(move |event: PointerEvent| (id, RowEvent::Grabbed(event)));
    html! { <span class="grip" {onpointerdown} title={words::GRIP} aria-hidden="true">{ picture(IconName::Grip) }</span> }
}

fn box_of(item: &RowItem, view: &RowView, tab: &'static str) -> Html {
    let id = item.task.id;
    let title = item.task.title.as_str();
    if let Some(selected) = item.selected {
        let onclick = view.on.reform(move |event: MouseEvent| (id, RowEvent::Selected { range: event.shift_key() }));
        return html! {
            <input type="checkbox" class="select-box" checked={selected} {onclick} tabindex={tab}
                aria-label={words::select_task(title)} />
        };
    }
    if view.status == StatusFilter::Trash {
        return html! {};
    }
    let done = item.task.status == TaskStatus::Done;
    let on = view.on.clone();
    let onchange = Callback::from(move |event: Event| {
        // What is shown follows the store alone, also when the change is refused.
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            input.set_checked(done);
        }
        on.emit((id, RowEvent::Toggled));
    });
    html! {
        <input type="checkbox" class={class(&["check", item.task.priority.as_str()])}
            checked={done} {onchange} tabindex={tab} aria-label={words::complete_task(title)} />
    }
}

fn actions(task: &Task, view: &RowView, tab: &'static str) -> Html {
    let id = task.id;
    let button = |icon: IconName, label: String, event: RowEvent, kind: &'static str| {
        let onclick = view.on.reform(move |_: MouseEvent| (id, event.clone()));
        html! {
            <button type="button" class={class(&["icon-button", kind])} {onclick} tabindex={tab} aria-label={label.clone()}
                title={label}>{ picture(icon) }</button>
        }
    };
    let title = task.title.as_str();
    if view.status == StatusFilter::Trash {
        return html! {<>
            { button(IconName::Restore, words::restore_task(title), RowEvent::Restored, "") }
            { button(IconName::Trash, words::delete_for_good_task(title), RowEvent::DeletedForGood, "danger") }
        </>};
    }
    html! {<>
        { button(IconName::Edit, words::details_of(title), RowEvent::Details, "") }
        { button(IconName::Trash, words::delete_task(title), RowEvent::Deleted, "danger") }
    </>}
}
