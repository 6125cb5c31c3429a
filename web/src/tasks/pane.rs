//! The list with all that belongs to it.

mod act;
mod selection_bar;

use super::details::Details;
use super::filters::Filters;
use super::list::TaskList;
use super::quick_add::QuickAdd;
use super::row::RowView;
use super::search::Search;
use super::selection::{Deed, Doing, Question};
use super::shortcuts::{Shortcuts, use_shortcuts};
use super::states::ListState;
use crate::store::listing::Phase;
use crate::store::query::{Sort, StatusFilter};
use crate::store::{Action, ManyKind, Store, use_store};
use crate::ui::ConfirmDialog;
use crate::ui::hooks::use_stable;
use crate::words::tasks as words;
use act::Hand;
use gloo_timers::callback::Timeout;
use selection_bar::selection_bar;
use std::rc::Rc;
use yew::prelude::*;

/// The list is asked for when the journal's stream stands, so that nothing is missed; but no later than this.
const WAIT_FOR_STREAM_MS: u32 = 400;
/// As long as the animation of a task that was checked off.
const LEAVING_MS: u32 = 700;

/// The list with all that belongs to it.
#[component]
pub fn TaskPane() -> Html {
    let store = use_store();
    let doing = use_reducer(Doing::default);
    let hand = Hand { store: store.clone(), doing: doing.clone() };
    use_listing(&store);
    use_leaving(&store);
    let count = use_announcement(&store);
    use_shortcuts({
        let hand = hand.clone();
        Callback::from(move |(command, event)| hand.command(command, &event))
    });
    let on = use_stable({
        let hand = hand.clone();
        Callback::from(move |(id, event)| hand.row(id, event))
    });
    let query = &store.listing.query;
    let status = query.shown_status();
    let movable = query.sort == Sort::Manual && status != StatusFilter::Trash && query.text.is_empty();
    let view = RowView { today: store.today, status, movable, on };
    let on_drop = doing.dispatcher();
    let on_dragged = {
        let hand = hand.clone();
        Callback::from(move |()| hand.dropped())
    };
    let selecting = doing.dispatcher();
    html! {
        <section class="pane list-pane scroller" aria-labelledby="list-title">
            <div class="list-column">
                <header class="list-head">
                    <h1 id="list-title">{words::view_title(status)}</h1>
                    if !matches!(store.listing.phase, Phase::Loading | Phase::Failed(_)) { <span class="list-count">{store.listing.total}</span> }
                    <Search />
                </header>
                <Filters selecting={doing.selecting} on_selecting={Callback::from(move |on| selecting.dispatch(Deed::Selecting(on)))} />
                if status != StatusFilter::Trash { <QuickAdd /> } else { <p class="note">{words::TRASH_NOTE}</p> }
                <TaskList {view} doing={Rc::new((*doing).clone())} {on_dragged}
                    on_drop={Callback::from(move |drop| on_drop.dispatch(Deed::Drag(drop)))} />
                <ListState />
            </div>
            if doing.selecting { { selection_bar(&hand) } }
            <div class="visually-hidden" role="status">{count}</div>
            <div class="visually-hidden" role="status">{&doing.announcement}</div>
            { details(&store) }
            { question(&hand) }
            if doing.help {
                <Shortcuts on_close={Callback::from(move |()| doing.dispatch(Deed::Help(false)))} />
            }
        </section>
    }
}

fn details(store: &Store) -> Html {
    match store.open {
        Some(id) => html! { <Details key={id.0} {id} /> },
        None => html! {},
    }
}

fn question(hand: &Hand) -> Html {
    let Some(question) = hand.doing.question.clone() else { return html! {} };
    let doing = hand.doing.dispatcher();
    let on_cancel = Callback::from(move |()| doing.dispatch(Deed::Ask(None)));
    let (title, confirm, body) = match &question {
        Question::Delete(ids) => (words::delete_many_title(ids.len()), words::DELETE, words::DELETE_MANY_BODY),
        Question::DeleteForGood(id) => {
            let title = hand.store.task(*id).map(|task| words::delete_for_good_title(&task.title));
            (title.unwrap_or_default(), words::DELETE_FOR_GOOD, words::DELETE_FOR_GOOD_BODY)
        }
    };
    let on_confirm = {
        let hand = hand.clone();
        Callback::from(move |()| {
            hand.doing.dispatch(Deed::Ask(None));
            match &question {
                Question::Delete(ids) => {
                    hand.store.many(ManyKind::Delete, ids);
                    hand.doing.dispatch(Deed::Selecting(false));
                }
                Question::DeleteForGood(id) => {
                    if let Some(task) = hand.store.task(*id) {
                        hand.store.delete_for_good(&task);
                    }
                }
            }
        })
    };
    html! { <ConfirmDialog {title} {confirm} danger={true} {on_confirm} {on_cancel}><p>{body}</p></ConfirmDialog> }
}

#[hook]
fn use_listing(store: &Store) {
    use_effect_with(store.journal_head.is_some(), {
        let store = store.clone();
        move |streams| {
            let timer = if *streams {
                store.reload();
                None
            } else {
                Some(Timeout::new(WAIT_FOR_STREAM_MS, move || store.reload()))
            };
            move || drop(timer)
        }
    });
    use_effect_with(store.online, {
        let store = store.clone();
        move |online| {
            if *online && matches!(store.listing.phase, Phase::Failed(_)) {
                store.reload();
            }
        }
    });
    // What the words find, only the api can say: ask again when something has changed.
    let by_words = (!store.listing.query.text.is_empty()).then_some(store.journal_head);
    use_effect_with(by_words, {
        let store = store.clone();
        move |by_words| {
            if by_words.is_some() && store.listing.phase == Phase::Ready {
                store.reload();
            }
        }
    });
}

#[hook]
fn use_leaving(store: &Store) {
    use_effect_with(store.leaving.clone(), {
        let store = store.clone();
        move |leaving| {
            let ids: Vec<_> = leaving.iter().copied().collect();
            let timer =
                (!ids.is_empty()).then(|| Timeout::new(LEAVING_MS, move || store.dispatch(Action::Settle(ids))));
            move || drop(timer)
        }
    });
}

/// How many tasks were found, said when a search or a filter has been answered.
#[hook]
fn use_announcement(store: &Store) -> String {
    let said = use_state(String::new);
    let narrowed = store.listing.query.is_narrowed();
    use_effect_with((store.listing.generation, store.listing.phase.clone()), {
        let (said, total) = (said.setter(), store.listing.total);
        move |(_, phase)| {
            if *phase == Phase::Ready && narrowed {
                said.set(words::found(total));
            }
        }
    });
    (*said).clone()
}
