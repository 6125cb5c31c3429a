//! The rows.

use super::chunk::{CHUNK, Chunk};
use super::drag;
use super::row::{RowItem, RowView};
use super::selection::Doing;
use crate::store::listing::Phase;
use crate::store::{Store, use_store};
use crate::ui::hooks::use_in_view;
use crate::ui::{Button, class, spinner, when};
use crate::words::{common, tasks as words};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct TaskListProps {
    pub(super) view: RowView,
    pub(super) doing: Rc<Doing>,
    pub(super) on_drop: Callback<Option<super::selection::Drop>>,
    pub(super) on_dragged: Callback<()>,
}

#[component]
pub(super) fn TaskList(props: &TaskListProps) -> Html {
    let store = use_store();
    let items = items(&store, &props.doing);
    let onpointermove = props.doing.drop.map(|drop| {
        let on = props.on_drop.clone();
        Callback::from(move |event: PointerEvent| on.emit(Some(drag::target(&event, drop.dragged).unwrap_or(drop))))
    });
    let onpointerup = props.doing.drop.map(|_| props.on_dragged.reform(|_: PointerEvent| ()));
    let onpointercancel = props.doing.drop.map(|_| props.on_drop.reform(|_: PointerEvent| None));
    let busy = matches!(store.listing.phase, Phase::Refreshing | Phase::More);
    html! {
        <>
            <div class={class(&["task-list", when(props.doing.drop.is_some(), "dragging")])} role="list" aria-label={words::TASKS}
                aria-busy={busy.then_some("true")} {onpointermove} {onpointerup} {onpointercancel}>
                { for items.chunks(CHUNK).enumerate().map(|(n, items)| html! {
                    <Chunk key={n} items={items.to_vec()} view={props.view.clone()} first={n == 0} />
                }) }
            </div>
            <More />
        </>
    }
}

fn items(store: &Store, doing: &Doing) -> Vec<RowItem> {
    let first = store.listing.ids.first().copied();
    let cursor = doing.cursor.filter(|id| store.listing.ids.contains(id)).or(first);
    let item = |task: Rc<todo_contract::Task>| RowItem {
        current: cursor == Some(task.id),
        editing: doing.editing == Some(task.id),
        leaving: store.leaving.contains(&task.id),
        pending: task.id.0 < 0,
        selected: doing.selecting.then(|| doing.selected.contains(&task.id)),
        drop: doing.drop.filter(|drop| drop.over == task.id && drop.dragged != task.id).map(|drop| drop.after),
        dragged: doing.drop.is_some_and(|drop| drop.dragged == task.id),
        task,
    };
    store.listed().map(item).collect()
}

/// Fetches the next page when the end of the list comes near.
#[component]
fn More() -> Html {
    let store = use_store();
    let node = use_node_ref();
    let near = use_state(bool::default);
    use_in_view(node.clone(), "1500px 0px", {
        let near = near.setter();
        Callback::from(move |is_near| near.set(is_near))
    });
    let waits = store.listing.phase == Phase::Ready && store.listing.next_cursor.is_some();
    use_effect_with((*near, waits, store.listing.ids.len()), {
        let store = store.clone();
        move |(near, waits, _)| {
            if *near && *waits {
                store.more();
            }
        }
    });
    let again = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| store.more())
    };
    html! {
        <div ref={node} class="list-end">
            if store.listing.phase == Phase::More {
                <span class="list-more">{ spinner() }{common::LOADING}</span>
            } else if let (Phase::Failed(error), Some(_)) = (&store.listing.phase, &store.listing.next_cursor) {
                <p>{&error.detail}</p><Button onclick={again}>{common::RETRY}</Button>
            }
        </div>
    }
}
