//! The end of the account.

use super::section;
use crate::api;
use crate::app::use_session;
use crate::ui::{Button, ButtonKind, Dialog, TextField, on_press};
use crate::words::{account as words, common};
use todo_contract::account::AccountDeletion;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub(super) fn Deletion() -> Html {
    let asking = use_state(bool::default);
    let set = |on: bool| {
        let asking = asking.clone();
        move || asking.set(on)
    };
    let (open, close) = (set(true), set(false));
    let content = html! {
        <>
            <div class="form-start">
                <Button kind={ButtonKind::Danger} onclick={Callback::from(move |_: MouseEvent| open())}>{words::DELETE_ACCOUNT}</Button>
            </div>
            if *asking { <Question on_close={Callback::from(move |()| close())} /> }
        </>
    };
    section("delete-account", words::DELETE_ACCOUNT, words::DELETE_ACCOUNT_NOTE, content)
}

#[derive(Properties, PartialEq)]
struct QuestionProps {
    on_close: Callback<()>,
}

#[component]
fn Question(props: &QuestionProps) -> Html {
    let session = use_session();
    let password = use_state(String::new);
    let problem = use_state(Option::<AttrValue>::default);
    let busy = use_state(bool::default);
    let onsubmit = {
        let (password, problem, busy) = (password.clone(), problem.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            busy.set(true);
            let deletion = AccountDeletion { password: (*password).clone() };
            let (ended, problem, busy) = (session.on_ended.clone(), problem.setter(), busy.setter());
            spawn_local(async move {
                match api::account::delete_me(&deletion).await {
                    Ok(()) => ended.emit(()),
                    Err(error) => {
                        busy.set(false);
                        let at_field = error.field("password").map(|message| words::sentence(&message));
                        problem.set(Some(at_field.unwrap_or(error.detail).into()));
                    }
                }
            });
        })
    };
    let on_input = {
        let password = password.clone();
        Callback::from(move |text| password.set(text))
    };
    let cancel = on_press(&props.on_close);
    html! {
        <Dialog title={words::DELETE_ACCOUNT_TITLE} on_close={props.on_close.clone()} class="dialog-small">
            <form {onsubmit} novalidate=true>
                <div class="dialog-body">
                    <p>{words::DELETE_ACCOUNT_NOTE}</p>
                    <TextField id="delete-password" kind="password" label={words::PASSWORD_AGAIN} value={(*password).clone()}
                        autocomplete="current-password" {on_input} error={(*problem).clone()} autofocus=true />
                </div>
                <footer class="dialog-foot">
                    <Button onclick={cancel}>{common::CANCEL}</Button>
                    <Button submit={true} kind={ButtonKind::Danger} busy={*busy} disabled={password.is_empty()}>{words::DELETE_ACCOUNT_ACTION}</Button>
                </footer>
            </form>
        </Dialog>
    }
}
