//! The handle by which components read the state and act.

use super::action::Action;
use super::state::State;
use super::toast::Toast;
use crate::time;
use gloo_timers::callback::Interval;
use std::ops::Deref;
use yew::prelude::*;

/// How often the page looks whether another day has begun.
const CLOCK_MS: u32 = 30_000;

/// The state, and the way to change it. Cheap to clone; equal while the state is the same.
#[derive(Clone, PartialEq, Debug)]
pub struct Store(UseReducerHandle<State>);

impl Deref for Store {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl Store {
    /// Lets an action happen.
    pub fn dispatch(&self, action: Action) {
        self.0.dispatch(action);
    }

    /// Shows a toast.
    pub fn toast(&self, toast: Toast) {
        self.dispatch(Action::Toast(toast));
    }
}

/// What [`StoreProvider`] takes.
#[derive(Properties, PartialEq)]
pub struct StoreProviderProps {
    /// The account's zone.
    pub zone: AttrValue,
    /// Who may use the store.
    pub children: Html,
}

/// Gives the store to all below it, fresh for each account.
#[component]
pub fn StoreProvider(props: &StoreProviderProps) -> Html {
    let zone = props.zone.clone();
    let state = use_reducer(move || State::new(time::today_in(&zone)));
    let store = Store(state);
    use_effect_with(props.zone.clone(), {
        let store = store.clone();
        move |zone| {
            store.dispatch(Action::Today(time::today_in(zone)));
            let zone = zone.clone();
            let clock = Interval::new(CLOCK_MS, move || store.dispatch(Action::Today(time::today_in(&zone))));
            move || drop(clock)
        }
    });
    html! { <ContextProvider<Store> context={store}>{props.children.clone()}</ContextProvider<Store>> }
}

/// The store.
///
/// # Panics
/// Outside of [`StoreProvider`].
#[hook]
#[expect(clippy::expect_used, reason = "a component outside of the provider is a mistake in the program")]
pub fn use_store() -> Store {
    use_context::<Store>().expect("a component that uses the store stands below StoreProvider")
}
