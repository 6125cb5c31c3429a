//! What stands in place of the list while it loads, when it is empty, and when it could not be fetched.

use crate::store::listing::Phase;
use crate::store::query::StatusFilter;
use crate::store::{Store, use_store};
use crate::ui::{Button, IconName, empty_state, error_state};
use crate::words::{common, tasks as words};
use yew::prelude::*;

const SKELETON_ROWS: usize = 7;

/// Stands in place of the list, or beside it; nothing if there are tasks to show.
#[component]
pub(super) fn ListState() -> Html {
    let store = use_store();
    let empty = store.listing.ids.is_empty();
    match &store.listing.phase {
        Phase::Loading if empty => skeleton(),
        Phase::Failed(error) if store.listing.next_cursor.is_none() => {
            let store = store.clone();
            error_state(&error.detail, &Callback::from(move |()| store.reload()))
        }
        Phase::Ready if empty => nothing(&store),
        _ => html! {},
    }
}

fn skeleton() -> Html {
    html! {
        <div class="skeleton" role="status" aria-label={common::LOADING}>
            { for (0..SKELETON_ROWS).map(|n| html! { <div key={n} class="skeleton-row"><span></span><span></span></div> }) }
        </div>
    }
}

fn nothing(store: &Store) -> Html {
    let query = &store.listing.query;
    if query.is_narrowed() {
        let clear = {
            let store = store.clone();
            Callback::from(move |_: MouseEvent| store.show(store.listing.query.widened()))
        };
        return empty_state(
            IconName::Search,
            words::NO_MATCH,
            words::NO_MATCH_DETAIL,
            html! { <Button onclick={clear}>{words::CLEAR_FILTERS}</Button> },
        );
    }
    let (icon, title, detail) = match query.status {
        StatusFilter::Open | StatusFilter::All => (IconName::Check, words::EMPTY_OPEN, words::EMPTY_OPEN_DETAIL),
        StatusFilter::Done => (IconName::Check, words::EMPTY_DONE, words::EMPTY_DONE_DETAIL),
        StatusFilter::Trash => (IconName::Trash, words::EMPTY_TRASH, words::EMPTY_TRASH_DETAIL),
    };
    empty_state(icon, title, detail, Html::default())
}
