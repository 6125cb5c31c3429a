//! Personal API tokens.

use super::reauthentication::{self, Asked, with_password};
use super::secret::Secret;
use super::section;
use crate::api;
use crate::app::use_session;
use crate::store::{Store, Toast, use_store};
use crate::time;
use crate::ui::{Button, ButtonKind, TextField, use_loaded, value_of};
use crate::words::{account as words, tasks};
use todo_contract::{ApiTokenInfo, ApiTokenRequest, PersonName, TokenScope};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[component]
pub(super) fn Tokens() -> Html {
    let store = use_store();
    let zone = use_session().account.time_zone.to_string();
    let (tokens, reload) = use_loaded(api::account::tokens);
    let made = use_state(Option::<String>::default);
    let on_made = {
        let (made, reload) = (made.clone(), reload.clone());
        Callback::from(move |secret| {
            made.set(Some(secret));
            reload.emit(());
        })
    };
    let seen = {
        let made = made.clone();
        Callback::from(move |()| made.set(None))
    };
    let content = html! {
        <>
            { tokens.render(&reload, |tokens| if tokens.is_empty() {
                html! { <p class="note">{words::NO_TOKENS}</p> }
            } else {
                html! { <ul class="rows">{ for tokens.iter().map(|token| row(&store, token, &zone, &reload)) }</ul> }
            }) }
            if let Some(secret) = (*made).clone() { <Secret {secret} label={words::TOKENS} once={words::TOKEN_ONCE} on_seen={seen} /> } else { <NewToken {on_made} /> }
        </>
    };
    section("tokens", words::TOKENS, words::TOKENS_NOTE, content)
}

fn row(store: &Store, token: &ApiTokenInfo, zone: &str, reload: &Callback<()>) -> Html {
    let used =
        token.last_used_at.map_or_else(words::never_used, |at| words::last_used(&tasks::moment(time::local(at, zone))));
    let ends = words::expires(&tasks::moment(time::local(token.expires_at, zone)));
    let revoke = {
        let (store, reload, id) = (store.clone(), reload.clone(), token.id);
        Callback::from(move |_: MouseEvent| {
            let (store, reload) = (store.clone(), reload.clone());
            spawn_local(async move {
                match api::account::revoke_token(id).await {
                    Ok(()) => store.toast(Toast::info(words::TOKEN_REVOKED)),
                    Err(error) => store.report(&error),
                }
                reload.emit(());
            });
        })
    };
    html! {
        <li key={token.id.to_string()}>
            <div class="rows-text">
                <strong>{&token.name}</strong>
                <span class="note">{words::scope(token.scope)}{" · "}{used}{" · "}{ends}</span>
            </div>
            <Button class="button-small" onclick={revoke}>
                {words::DELETE_TOKEN}<span class="visually-hidden">{words::revoke_token(&token.name)}</span>
            </Button>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct NewTokenProps {
    on_made: Callback<String>,
}

#[component]
fn NewToken(props: &NewTokenProps) -> Html {
    let store = use_store();
    let name = use_state(String::new);
    let scope = use_state(TokenScope::default);
    let problem = use_state(Option::<AttrValue>::default);
    let busy = use_state(bool::default);
    let asked = use_state(Asked::default);
    let onsubmit = {
        let (name, scope, problem, busy, on_made) =
            (name.clone(), *scope, problem.clone(), busy.clone(), props.on_made.clone());
        let asked = asked.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let request = match PersonName::new((*name).clone()) {
                Ok(name) => ApiTokenRequest { name, scope, expires_in_days: None },
                Err(error) => return problem.set(Some(words::sentence(&error.0).into())),
            };
            busy.set(true);
            let (store, busy, on_made) = (store.clone(), busy.setter(), on_made.clone());
            let asked = asked.clone();
            spawn_local(async move {
                let answer = with_password(&asked, api::account::create_token(&request)).await;
                busy.set(false);
                match answer {
                    Ok(secret) => on_made.emit(secret),
                    Err(error) if reauthentication::is_wanted(&error) => {
                        asked.set(Asked { password: Some(String::new()) });
                    }
                    Err(error) => store.report(&error),
                }
            });
        })
    };
    let on_name = {
        let (name, problem) = (name.clone(), problem.clone());
        Callback::from(move |text| {
            name.set(text);
            problem.set(None);
        })
    };
    let on_scope = {
        let scope = scope.clone();
        Callback::from(move |event: Event| {
            let read = value_of(&event) == "read";
            scope.set(if read { TokenScope::Read } else { TokenScope::ReadWrite });
        })
    };
    html! {
        <form class="form form-line" {onsubmit} novalidate=true>
            <TextField id="token-name" label={words::TOKEN_NAME} value={(*name).clone()} on_input={on_name} autocomplete="off" error={(*problem).clone()} />
            <div class="field">
                <label for="token-scope">{words::TOKEN_SCOPE}</label>
                <select id="token-scope" class="input" onchange={on_scope}>
                    <option value="read_write" selected={*scope == TokenScope::ReadWrite}>{words::scope(TokenScope::ReadWrite)}</option>
                    <option value="read" selected={*scope == TokenScope::Read}>{words::scope(TokenScope::Read)}</option>
                </select>
            </div>
            { reauthentication::field("token-password", &asked) }
            <Button submit={true} kind={ButtonKind::Plain} busy={*busy}>{words::MAKE_TOKEN}</Button>
        </form>
    }
}
