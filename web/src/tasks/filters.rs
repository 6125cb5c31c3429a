//! Which tasks the list shows, and in which order.

use crate::api;
use crate::store::query::{DueFilter, Sort, StatusFilter};
use crate::store::{Store, TaskQuery, use_store};
use crate::ui::{Button, ButtonKind, IconName, Menu, MenuItem, class, picture, when};
use crate::words::common::capitalised;
use crate::words::tasks as words;
use todo_contract::Priority;
use todo_contract::task::TagCount;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct FiltersProps {
    pub(super) selecting: bool,
    pub(super) on_selecting: Callback<bool>,
}

#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let store = use_store();
    let tags = use_tags(&store);
    let query = &store.listing.query;
    let status = query.shown_status();
    let toggle = {
        let (on, selecting) = (props.on_selecting.clone(), props.selecting);
        Callback::from(move |_: MouseEvent| on.emit(!selecting))
    };
    let clear = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| store.show(store.listing.query.widened()))
    };
    html! {
        <div class="filters" role="group" aria-label={words::FILTERS}>
            { menu(words::FILTER_STATUS, words::status(status), status != StatusFilter::Open, statuses(&store)) }
            { menu(words::FILTER_DUE, due_label(query), query.due != DueFilter::Any, dues(&store)) }
            { menu(words::FILTER_PRIORITY, query.priority.map_or(words::PRIORITY, words::priority), query.priority.is_some(), priorities(&store)) }
            { menu(words::FILTER_TAG, &tag_label(query), query.tag.is_some(), tag_items(&store, &tags)) }
            if query.is_narrowed() {
                <Button kind={ButtonKind::Quiet} class="button-small filters-clear" onclick={clear}>{words::CLEAR_FILTERS}</Button>
            }
            <span class="filters-gap"></span>
            <Menu label={words::sort_label(query.sort)} class="filter" items={sorts(&store)}>
                { picture(IconName::Sort) }<span class="filter-sort">{words::sort(query.sort)}</span>
            </Menu>
            <button type="button" class={class(&["filter", when(props.selecting, "filter-on")])} onclick={toggle}
                aria-label={words::SELECT} title={words::SELECT} aria-pressed={if props.selecting { "true" } else { "false" }}>
                { picture(IconName::Select) }<span class="filter-sort">{words::SELECT}</span>
            </button>
        </div>
    }
}

/// The tags of open tasks; asked for anew when a change of a task may have changed them.
#[hook]
fn use_tags(store: &Store) -> Vec<TagCount> {
    let tags = use_state(Vec::new);
    use_effect_with((store.journal_head, store.online), {
        let tags = tags.setter();
        move |_| {
            spawn_local(async move {
                if let Ok(found) = api::tasks::tags().await {
                    tags.set(found);
                }
            });
        }
    });
    (*tags).clone()
}

fn menu(name: &'static str, value: &str, on: bool, items: Vec<MenuItem>) -> Html {
    let class = class(&["filter", when(on, "filter-on")]);
    html! {
        <Menu label={words::filter_label(name, value)} {class} {items}>
            <span>{value.to_owned()}</span>{ picture(IconName::ChevronDown) }
        </Menu>
    }
}

fn choice(store: &Store, label: impl Into<AttrValue>, query: TaskQuery) -> MenuItem {
    let checked = query == store.listing.query;
    let store = store.clone();
    MenuItem::choice(label, checked, Callback::from(move |()| store.show(query.clone())))
}

fn statuses(store: &Store) -> Vec<MenuItem> {
    let query = |status| {
        let sort = match status {
            StatusFilter::Done => Sort::Completed,
            _ if store.listing.query.sort == Sort::Completed => Sort::Manual,
            _ => store.listing.query.sort,
        };
        TaskQuery { status, sort, ..store.listing.query.clone() }
    };
    StatusFilter::ALL.map(|status| choice(store, words::status(status), query(status))).to_vec()
}

fn dues(store: &Store) -> Vec<MenuItem> {
    DueFilter::ALL
        .map(|due| choice(store, words::due_filter(due), TaskQuery { due, ..store.listing.query.clone() }))
        .to_vec()
}

fn priorities(store: &Store) -> Vec<MenuItem> {
    let query = |priority| TaskQuery { priority, ..store.listing.query.clone() };
    let each = Priority::ALL.iter().rev().map(|p| choice(store, words::priority(*p), query(Some(*p))));
    std::iter::once(choice(store, words::ANY_PRIORITY, query(None))).chain(each).collect()
}

fn due_label(query: &TaskQuery) -> &'static str {
    if query.due == DueFilter::Any { words::DUE } else { words::due_filter(query.due) }
}

fn tag_label(query: &TaskQuery) -> String {
    query.tag.as_ref().map_or_else(|| words::FILTER_TAG.to_owned(), |tag| format!("#{tag}"))
}

fn tag_items(store: &Store, tags: &[TagCount]) -> Vec<MenuItem> {
    let query = |tag| TaskQuery { tag, ..store.listing.query.clone() };
    let each =
        tags.iter().map(|tag| choice(store, words::tag_count(&tag.tag, tag.count), query(Some(tag.tag.clone()))));
    std::iter::once(choice(store, words::ANY_TAG, query(None))).chain(each).collect()
}

fn sorts(store: &Store) -> Vec<MenuItem> {
    Sort::ALL
        .map(|sort| choice(store, capitalised(words::sort(sort)), TaskQuery { sort, ..store.listing.query.clone() }))
        .to_vec()
}
