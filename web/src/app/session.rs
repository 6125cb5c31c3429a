//! Who is signed in, and what they may see.

use super::route::{Route, use_route};
use crate::api::refresh::on_signed_out;
use crate::api::{self, ApiError};
use crate::pages;
use crate::store::StoreProvider;
use crate::ui::{error_state, spinner};
use crate::words::common as words;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use todo_contract::Account;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// A server that was not there is asked again after this long.
const AGAIN_MS: u32 = 4_000;

/// Who is signed in, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
enum Who {
    Unknown,
    Failed(ApiError),
    Nobody,
    Someone(Rc<Account>),
}

/// The account that is signed in, and the ways to change that.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The account.
    pub account: Rc<Account>,
    /// The account was changed.
    pub on_changed: Callback<Account>,
    /// The session has ended.
    pub on_ended: Callback<()>,
}

/// The account that is signed in.
///
/// # Panics
/// Where nobody is signed in.
#[hook]
#[expect(clippy::expect_used, reason = "pages of an account are rendered for someone signed in only")]
pub fn use_session() -> Session {
    use_context::<Session>().expect("a component that uses the session stands below SessionGate")
}

/// Shows the pages of an account to whom is signed in, and the way in to everyone else.
#[component]
pub fn SessionGate() -> Html {
    let who = use_state(|| Who::Unknown);
    let asked = use_state(|| 0_u32);
    let route = use_route();
    use_effect_with(*asked, {
        let who = who.clone();
        move |_| {
            let ended = who.setter();
            on_signed_out(Callback::from(move |()| ended.set(Who::Nobody)));
            spawn_local(async move {
                who.set(match api::account::me().await {
                    Ok(account) => Who::Someone(Rc::new(account)),
                    Err(error) if error.is_signed_out() => Who::Nobody,
                    Err(error) => Who::Failed(error),
                });
            });
        }
    });
    use_effect_with((*asked, matches!(*who, Who::Failed(_))), {
        let asked = asked.clone();
        move |(count, failed)| {
            let next = count.wrapping_add(1);
            let timer = failed.then(|| Timeout::new(AGAIN_MS, move || asked.set(next)));
            move || drop(timer)
        }
    });
    use_effect_with((route, matches!(*who, Who::Someone(_))), |(route, signed_in)| {
        if *signed_in && matches!(route, Route::Login | Route::Register) {
            Route::Home.replace();
        }
    });
    let on_changed = {
        let who = who.setter();
        Callback::from(move |account: Account| who.set(Who::Someone(Rc::new(account))))
    };
    let on_ended = {
        let who = who.setter();
        Callback::from(move |()| who.set(Who::Nobody))
    };
    match &*who {
        Who::Unknown => {
            html! { <main class="centre" aria-busy="true" aria-label={words::LOADING}>{ spinner() }</main> }
        }
        Who::Failed(error) => {
            let retry = Callback::from(move |()| asked.set(asked.wrapping_add(1)));
            html! { <main class="centre">{ error_state(&error.detail, &retry) }</main> }
        }
        Who::Nobody => pages::outside(route, &on_changed),
        Who::Someone(account) => {
            let zone = account.time_zone.to_string();
            let session = Session { account: Rc::clone(account), on_changed, on_ended };
            html! {
                <ContextProvider<Session> context={session}>
                    <StoreProvider key={account.id} {zone}>
                        { pages::inside(route) }
                    </StoreProvider>
                </ContextProvider<Session>>
            }
        }
    }
}
