//! Another password.

use super::section;
use crate::api;
use crate::app::use_session;
use crate::store::{Toast, use_store};
use crate::ui::{Button, ButtonKind, TextField};
use crate::words::account as words;
use todo_contract::Password;
use todo_contract::account::PasswordChange;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub(super) fn PasswordForm() -> Html {
    let store = use_store();
    let email = use_session().account.email.to_string();
    let current = use_state(String::new);
    let new = use_state(String::new);
    let problem = use_state(Option::<(&'static str, String)>::default);
    let busy = use_state(bool::default);
    let onsubmit = {
        let (current, new, problem, busy) = (current.clone(), new.clone(), problem.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let new_password = match Password::new((*new).clone()) {
                Ok(password) => password,
                Err(error) => return problem.set(Some(("new", words::sentence(&error.0)))),
            };
            busy.set(true);
            let change = PasswordChange { current_password: (*current).clone(), new_password };
            let (current, new, problem, busy, store) =
                (current.setter(), new.setter(), problem.setter(), busy.setter(), store.clone());
            spawn_local(async move {
                let answer = api::account::change_password(&change).await;
                busy.set(false);
                match answer {
                    Ok(()) => {
                        current.set(String::new());
                        new.set(String::new());
                        problem.set(None);
                        store.toast(Toast::info(words::PASSWORD_CHANGED));
                    }
                    Err(error) => {
                        let at_new = error.field("new_password").map(|message| ("new", words::sentence(&message)));
                        let at_current = error.field("current_password").map(|message| words::sentence(&message));
                        problem.set(at_new.or(Some(("current", at_current.unwrap_or(error.detail)))));
                    }
                }
            });
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |text| state.set(text))
    };
    let error = |field: &str| (*problem).clone().filter(|(at, _)| *at == field).map(|(_, text)| AttrValue::from(text));
    let content = html! {
        <>
            <form class="form" {onsubmit} novalidate=true>
                <input type="text" name="username" autocomplete="username" value={email} hidden=true readonly=true />
                <TextField id="current-password" kind="password" label={words::CURRENT_PASSWORD} value={(*current).clone()}
                    autocomplete="current-password" on_input={set(&current)} error={error("current")} />
                <TextField id="new-password" kind="password" label={words::NEW_PASSWORD} value={(*new).clone()}
                    autocomplete="new-password" on_input={set(&new)} error={error("new")} hint={AttrValue::from(words::PASSWORD_HINT)} />
                <div class="form-end">
                    <Button submit={true} kind={ButtonKind::Primary} busy={*busy} disabled={current.is_empty() || new.is_empty()}>
                        {words::CHANGE_PASSWORD}
                    </Button>
                </div>
            </form>
        </>
    };
    section("change-password", words::CHANGE_PASSWORD, words::PASSWORD_NOTE, content)
}
