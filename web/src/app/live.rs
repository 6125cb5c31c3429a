//! The journal's stream into the store, and whether the server can be reached.

use crate::api::events::{StreamEvent, follow};
use crate::api::journal::EVENTS_PATH;
use crate::api::json;
use crate::store::{Action, Store, use_store};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use todo_contract::{Operation, OperationId};
use yew::prelude::*;

/// A shorter break is not worth a word.
const PATIENCE_MS: u32 = 2_500;

/// Follows the journal. Renders nothing.
#[component]
pub fn Live() -> Html {
    let store = use_store();
    use_effect_with((), move |()| {
        let offline = Rc::new(RefCell::new(None::<Timeout>));
        let subscription = follow(EVENTS_PATH, &["ready", "operation"], None, {
            let (store, offline) = (store.clone(), Rc::clone(&offline));
            Callback::from(move |event| heard(&store, &offline, event))
        });
        let listeners = web_sys::window().map(|window| {
            let lost = {
                let store = store.clone();
                EventListener::new(&window, "offline", move |_| store.dispatch(Action::Online(false)))
            };
            (lost, window)
        });
        move || {
            drop(subscription);
            drop(listeners);
            offline.replace(None);
        }
    });
    html! {}
}

fn heard(store: &Store, offline: &Rc<RefCell<Option<Timeout>>>, event: StreamEvent) {
    match event {
        StreamEvent::Open => {
            offline.replace(None);
            store.dispatch(Action::Online(true));
        }
        StreamEvent::Lost => {
            let store = store.clone();
            offline
                .borrow_mut()
                .get_or_insert_with(|| Timeout::new(PATIENCE_MS, move || store.dispatch(Action::Online(false))));
        }
        StreamEvent::Message { name, id, data } => {
            if name == "ready" {
                if let Ok(id) = id.parse() {
                    store.dispatch(Action::JournalAt(OperationId(id)));
                }
            } else if let Ok(operation) = json::read::<Operation>(&data) {
                store.dispatch(Action::Journal(Box::new(operation)));
            }
        }
    }
}
