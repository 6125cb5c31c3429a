//! What is new in the journal.

use crate::api::journal;
use crate::store::use_store;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use todo_contract::{Operation, OperationId};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Rows of a burst are fetched together.
const GATHER_MS: u32 = 120;
const PAGE: u32 = 100;
/// More news than this many pages is left to be paged through.
const PAGES_AT_MOST: usize = 5;

/// Calls back with the latest rows at first, and then with what is written, by whomever.
#[hook]
pub(crate) fn use_journal_news(on_news: Callback<Vec<Operation>>) {
    let head = use_store().journal_head;
    let seen = use_mut_ref(Option::<OperationId>::default);
    let newest_callback = use_mut_ref(Callback::noop);
    *newest_callback.borrow_mut() = on_news;
    use_effect_with(head, move |_| {
        let timer = Timeout::new(GATHER_MS, move || spawn_local(fetch(seen, newest_callback)));
        move || drop(timer)
    });
}

async fn fetch(seen: Rc<RefCell<Option<OperationId>>>, on_news: Rc<RefCell<Callback<Vec<Operation>>>>) {
    let (known, mut cursor) = (*seen.borrow(), None);
    for _ in 0..PAGES_AT_MOST {
        let Ok(page) = journal::operations(cursor, PAGE).await else { return };
        let reaches_known = page.items.iter().any(|row| Some(row.id) <= known);
        let newest = page.items.iter().map(|row| row.id).max();
        let at = (*seen.borrow()).max(newest);
        seen.replace(at);
        let callback = on_news.borrow().clone();
        callback.emit(page.items);
        cursor = page.next_cursor;
        if known.is_none() || reaches_known || cursor.is_none() {
            return;
        }
    }
}
